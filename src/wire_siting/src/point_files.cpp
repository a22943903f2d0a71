// SPDX-License-Identifier: Apache-2.0
// Capacitated p-median in its two forms, and TSPLIB coordinates. Each point is a customer and a
// candidate.
#include "formats.hpp"
#include "number_reader.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Kind;
using siting_problem::Metric;
using siting_problem::Problem;

void both(Problem& problem, const ReadOptions& options) {
  problem.kind = options.kind;
  problem.radius = options.radius;
  problem.detour = options.detour;
  problem.candidates = problem.customers;
  problem.customer_count = problem.candidate_count =
      static_cast<std::uint32_t>(problem.customers.size());
  if (problem.kind != Kind::capacitated) {
    problem.demand.clear();
    problem.capacity.clear();
  }
}

base::Result<void> check_end(NumberReader& in) {
  return in.at_end() ? base::Result<void>{} : in.wrong("more than the stated points");
}

}  // namespace

base::Result<Problem> read_pmedcap(std::string_view bytes, const ReadOptions& options) {
  NumberReader in(bytes);
  HUAN_CHECK(in.number("number of the problem"));
  in.skip_line();  // a best known value may stand here; it is not looked at
  HUAN_TRY(n, in.integer("number of customers", 1, kPointsMax));
  HUAN_TRY(p, in.integer("p", 1, n));
  HUAN_TRY(capacity, in.number("capacity"));
  Problem problem;
  problem.metric = Metric::planar_floor;
  problem.p = options.p.value_or(p);
  for (std::int64_t k = 1; k <= n; ++k) {
    HUAN_CHECK(in.integer("number of the customer", k, k));
    HUAN_TRY(x, in.number("x"));
    HUAN_TRY(y, in.number("y"));
    HUAN_TRY(demand, in.number("demand"));
    problem.customers.push_back({x, y});
    problem.demand.push_back(demand);
    problem.capacity.push_back(capacity);
  }
  HUAN_CHECK(check_end(in));
  both(problem, options);
  return problem;
}

base::Result<Problem> read_cpmp(std::string_view bytes, const ReadOptions& options) {
  NumberReader in(bytes);
  HUAN_TRY(n, in.integer("number of points", 1, kPointsMax));
  HUAN_TRY(p, in.integer("p", 1, n));
  Problem problem;
  problem.p = options.p.value_or(p);
  for (std::int64_t k = 1; k <= n; ++k) {
    HUAN_TRY(x, in.number("x"));
    HUAN_TRY(y, in.number("y"));
    HUAN_TRY(capacity, in.number("capacity"));
    HUAN_TRY(demand, in.number("demand"));
    problem.customers.push_back({x, y});
    problem.demand.push_back(demand);
    problem.capacity.push_back(capacity);
  }
  HUAN_CHECK(check_end(in));
  both(problem, options);
  return problem;
}

base::Result<Problem> read_tsplib(std::string_view bytes, const ReadOptions& options) {
  NumberReader in(bytes);
  std::int64_t n = 0;
  while (true) {
    std::string_view key = in.word();
    if (key.empty()) {
      return in.wrong("no NODE_COORD_SECTION");
    }
    if (key.ends_with(':')) {
      key.remove_suffix(1);
    } else if (key != "NODE_COORD_SECTION") {
      const std::string_view colon = in.word();
      if (colon != ":") {
        return in.wrong("`KEY : value` expected");
      }
    }
    if (key == "NODE_COORD_SECTION") {
      break;
    }
    if (key == "DIMENSION") {
      HUAN_TRY(dimension, in.integer("DIMENSION", 1, kPointsMax));
      n = dimension;
    } else if (key == "EDGE_WEIGHT_TYPE") {
      const std::string_view type = in.word();
      if (type != "EUC_2D" && type != "CEIL_2D") {
        return Error{ErrorCode::not_supported, in.place(), "EDGE_WEIGHT_TYPE other than EUC_2D"};
      }
    }
    in.skip_line();
  }
  if (n == 0) {
    return in.wrong("DIMENSION has to stand before the coordinates");
  }
  Problem problem;
  for (std::int64_t k = 1; k <= n; ++k) {
    HUAN_CHECK(in.integer("number of the point", k, k));
    HUAN_TRY(x, in.number("x"));
    HUAN_TRY(y, in.number("y"));
    problem.customers.push_back({x, y});
  }
  if (!in.at_end() && in.word() != "EOF") {
    return in.wrong("more than the stated points");
  }
  problem.p = options.p.value_or(0);
  both(problem, options);
  return problem;
}

}  // namespace huan::wire_siting
