// SPDX-License-Identifier: Apache-2.0
// What the model can say and the solver cannot do yet, in one place.
#include <algorithm>

#include "check.hpp"
#include "forecast.hpp"
#include "huan/routing/solve.hpp"
#include "patterns.hpp"

namespace huan::routing {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

Error not_supported(std::string where, std::string detail) {
  return Error{ErrorCode::not_supported, std::move(where), std::move(detail)};
}

Result<void> forecast_supported(const Problem& problem, std::size_t stop, std::size_t& count) {
  const Visits& visits = problem.stops[stop].visits;
  if (!visits.patterns.empty()) {
    return not_supported(at("stops", stop, "visits/patterns"), "patterns beside a forecast");
  }
  const std::vector<Due> dues = dues_of(problem, visits);
  if (!some_days_do(problem, visits, dues)) {
    return bad_field(at("stops", stop, "visits/limit"),
                     "no days of the horizon keep what is stored below it");
  }
  count += dues.size();
  if (count > kDuesMax) {
    return not_supported(at("stops", stop, "visits/growth"),
                         "forecasts with over 20,000 visits to choose from");
  }
  return {};
}

Result<void> stops_supported(const Problem& problem) {
  std::size_t dues = 0;
  for (std::size_t i = 0; i < problem.stops.size(); ++i) {
    const Visits& v = problem.stops[i].visits;
    if (has_forecast(problem.stops[i])) {
      HUAN_CHECK(forecast_supported(problem, i, dues));
      continue;
    }
    const auto patterns = patterns_of(v, problem.days);
    if (patterns.empty() && (v.times != 1 || !v.days.empty())) {
      return bad_field(at("stops", i, "visits"), "no days of the horizon keep to it");
    }
    const auto other_length = [&](const std::vector<std::uint32_t>& pattern) {
      return pattern.size() != patterns.front().size();
    };
    if (patterns.size() > kPatternsMax ||
        std::any_of(patterns.begin(), patterns.end(), other_length)) {
      return not_supported(at("stops", i, "visits"), "over 2,000 patterns, or of unequal lengths");
    }
  }
  return {};
}

Result<void> pairs_supported(const Problem& problem) {
  for (std::size_t i = 0; i < problem.pairs.size(); ++i) {
    for (const Index stop : {problem.pairs[i].pickup, problem.pairs[i].delivery}) {
      if (has_forecast(problem.stops[stop]) ||
          !patterns_of(problem.stops[stop].visits, problem.days).empty()) {
        return not_supported(at("pairs", i, ""), "pairs with several visits or days of their own");
      }
    }
  }
  return {};
}

}  // namespace

Result<void> unsupported(const Problem& problem, const Options& /*options*/) {
  HUAN_CHECK(stops_supported(problem));
  return pairs_supported(problem);
}

}  // namespace huan::routing
