// SPDX-License-Identifier: Apache-2.0
// A question about places: customers that are to be served, candidates where a facility may stand,
// how far each is from each, and what is asked. A value without arithmetic: the solver and the
// checker each read it with their own. Not here: how a distance is computed, what is feasible.
//
//   Problem problem;
//   problem.kind = Kind::pmedian;
//   problem.customers = problem.candidates = points;
//   problem.p = 10;
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huan::siting_problem {

enum class Kind { pmedian, capacitated, cover, maxcover, pcenter, tiered, facility };

/// How the distance between a customer and a candidate follows from the input.
enum class Metric {
  planar,        ///< Euclidean on x and y, as IEEE doubles
  planar_floor,  ///< the same, rounded down to whole units
  great_circle,  ///< x longitude, y latitude in degrees (WGS-84); metres on a sphere
  table,         ///< `table`, by candidate
  listed,        ///< `links`: which candidate covers whom; nothing else is reachable
};

inline constexpr double kEarthRadiusM = 6'371'008.8;  ///< mean radius of the great-circle metric

struct Point {
  double x{0};
  double y{0};
};

/// Candidate `candidate` covers `customer`.
struct Link {
  std::uint32_t candidate{0};
  std::uint32_t customer{0};
};

/// A size that a candidate may be built in.
struct Size {
  double capacity{0};
  double cost{0};
};

struct Problem {
  Kind kind{Kind::pmedian};
  Metric metric{Metric::planar};
  std::uint32_t customer_count{0};
  std::uint32_t candidate_count{0};
  std::vector<Point> customers;            ///< of a metric on points
  std::vector<Point> candidates;           ///< of a metric on points; same size and order as ids
  std::vector<double> table;               ///< [candidate * customer_count + customer]
  std::vector<Link> links;                 ///< sorted by customer, then candidate
  std::vector<double> weight;              ///< of a customer in the objective; over 0; empty: all 1
  std::vector<double> demand;              ///< of a customer on a capacity; empty: none
  std::vector<double> capacity;            ///< of a candidate; empty: none
  std::vector<double> cost;                ///< of opening a candidate; empty: all 1 (cover)
  std::vector<std::uint8_t> required;      ///< by candidate; empty: none
  std::vector<std::uint8_t> forbidden;     ///< by candidate; empty: none
  std::vector<std::string> customer_ids;   ///< empty: numbers from 1
  std::vector<std::string> candidate_ids;  ///< empty: numbers from 1
  std::int64_t p{0};                       ///< how many facilities; cover: not used
  double radius{0};                        ///< cover, maxcover: what covers
  double detour{1};                        ///< distances are multiplied by it
  /// facility: by candidate, by rising capacity; it is built in one of them. Empty: `capacity` and
  /// `cost` say the only one.
  std::vector<std::vector<Size>> sizes;
  bool split{false};  ///< capacitated, facility: several facilities may share a customer
  double reach{0};    ///< nobody is served from farther; 0: no limit
  double gini{1};     ///< pmedian: most unequal that distances may be (see gini_of); 1: no limit
  std::int64_t times{1};  ///< cover: each customer is covered by so many
  double share{1};        ///< cover: of all weight, so much has to be covered

  [[nodiscard]] double weight_of(std::uint32_t customer) const {
    return weight.empty() ? 1.0 : weight[customer];
  }
  [[nodiscard]] bool is_required(std::uint32_t candidate) const {
    return !required.empty() && required[candidate] != 0;
  }
  [[nodiscard]] bool is_forbidden(std::uint32_t candidate) const {
    return !forbidden.empty() && forbidden[candidate] != 0;
  }
};

[[nodiscard]] std::string_view name(Kind kind);

}  // namespace huan::siting_problem
