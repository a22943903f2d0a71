// SPDX-License-Identifier: Apache-2.0
// What a solver says to a Problem: a plan, between which two values the best plan lies, and the
// multipliers from which the proven one follows. `upper` is never below and `lower` never above the
// best value: when the objective is to be small the plan's own value is `upper` and the proven one
// `lower`, when it is to be large (maximal cover) the other way round.
//
//   answer.status == Status::optimal   only when both ends meet (see kMet); a time-out never
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace huan::siting_problem {

enum class Status { optimal, feasible, infeasible, time_limit };
enum class Stop { proven, seconds, iterations, cancelled, settled };

inline constexpr double kMet = 1e-9;  ///< relative: two ends nearer than that have met
inline constexpr std::uint32_t kNobody = 0xFFFF'FFFF;  ///< assignment of who is not served

/// A proof by cases. Node 0 is the whole problem. The multipliers of a node give a lower bound with
/// its cases assumed (`branch` of an ancestor open or closed), and close or open what cannot be
/// otherwise below it. A node without `branch` stands by its own bound.
struct ProofNode {
  std::vector<double> multipliers;  ///< by customer, per unit of weight
  std::uint32_t branch{kNobody};    ///< candidate that the two cases differ in
  std::uint32_t when_open{0};       ///< node of each case; 0: none
  std::uint32_t when_closed{0};
};

/// A candidate that needs not open: `by`, which is no dearer and itself not closed before, covers
/// whom it covers.
struct Dominated {
  std::uint32_t candidate{0};
  std::uint32_t by{0};
};

/// A proof for some customers alone, whom no candidate covers together with those of another part.
/// Multipliers are by place in `customers`.
struct ProofPart {
  std::vector<std::uint32_t> customers;
  std::vector<ProofNode> nodes;
  double bound{0};
};

struct Proof {
  std::vector<ProofNode> nodes;  ///< empty, and no parts: no bound is claimed
  double bound{0};               ///< what the nodes prove together
  /// Cover: whoever is in no part is left out, then these leave one by one, then the bounds of the
  /// parts and what has to open are summed.
  std::vector<Dominated> dominated{};
  std::vector<ProofPart> parts{};
};

/// What one of several facilities serves of a customer.
struct Portion {
  std::uint32_t customer{0};
  std::uint32_t candidate{0};
  double share{1};  ///< of the customer's demand; all of one customer come to 1
};

struct Answer {
  Status status{Status::feasible};
  Stop stop{Stop::settled};
  double upper{0};
  double lower{0};
  std::vector<std::uint32_t> facilities;  ///< candidates, ascending
  std::vector<std::uint32_t> assignment;  ///< by customer: candidate or kNobody
  std::vector<Portion> portions;          ///< of customers that are split, by customer; the largest
                                          ///< stands in `assignment` as well
  std::vector<std::uint32_t> sizes;       ///< by place in `facilities`: which of Problem::sizes
  Proof proof;
  std::int64_t iterations{0};

  /// (upper - lower) / upper; 0 when both are 0.
  [[nodiscard]] double gap() const;
};

[[nodiscard]] std::string_view name(Status status);
[[nodiscard]] std::string_view name(Stop stop);

}  // namespace huan::siting_problem
