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
  if (visits.patterns.size() > kPatternsMax) {
    return not_supported(at("stops", stop, "visits/patterns"), "over 2,000 patterns");
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

Result<void> days_supported(const DayRule& rule, const Problem& problem, const std::string& where) {
  if (!rule.free() && rule.too_large()) {
    return not_supported(where, "over 2,000 patterns, or over a million ways from day to day");
  }
  if (!rule.possible(std::vector<std::uint8_t>(problem.days, 0))) {
    return bad_field(where, "no days of the horizon keep to it");
  }
  return {};
}

Result<void> stops_supported(const Problem& problem) {
  std::size_t dues = 0;
  for (std::size_t i = 0; i < problem.stops.size(); ++i) {
    if (has_forecast(problem.stops[i])) {
      HUAN_CHECK(forecast_supported(problem, i, dues));
      continue;
    }
    HUAN_CHECK(days_supported(DayRule(problem.stops[i].visits, problem.days), problem,
                              at("stops", i, "visits")));
  }
  return {};
}

Result<void> pairs_supported(const Problem& problem) {
  for (std::size_t i = 0; i < problem.pairs.size(); ++i) {
    const Stop& from = problem.stops[problem.pairs[i].pickup];
    const Stop& to = problem.stops[problem.pairs[i].delivery];
    if (has_forecast(from) || has_forecast(to)) {
      return bad_field(at("pairs", i, ""), "what grows at a stop cannot be what a pair carries");
    }
    const auto rule =
        DayRule::both(DayRule(from.visits, problem.days), DayRule(to.visits, problem.days));
    if (!rule) {
      return not_supported(at("pairs", i, ""), "stops with very many days each, and not the same");
    }
    if (!rule->possible(std::vector<std::uint8_t>(problem.days, 0))) {
      return bad_field(at("pairs", i, ""), "its two stops have no days together");
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
