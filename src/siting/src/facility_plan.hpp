// SPDX-License-Identifier: Apache-2.0
// A plan of facilities that cost something to open, in one of their sizes: each customer is served
// whole by one, or by several where it may be split. How many open is free, or p. Built by what a
// customer adds (way, and what the facility has to grow), made better by moving customers, and by
// taking the facilities around one customer apart.
#pragma once

#include <cstdint>
#include <vector>

#include "arcs.hpp"
#include "open_sites.hpp"
#include "random.hpp"
#include "space.hpp"

namespace huan::siting {

class FacilityPlan {
 public:
  /// `near`: candidates of each customer, nearest first; need not go far.
  FacilityPlan(const Problem& problem, const Space& space, const Arcs& near);

  /// What one facility serves of one customer.
  struct Piece {
    std::uint32_t facility{kNone};
    double share{1};
    bool operator==(const Piece& other) const = default;
  };
  struct State {
    std::vector<std::uint32_t> open;
    std::vector<std::vector<Piece>> pieces;  ///< by customer
  };

  /// Opens these and whatever else is needed; false when customers do not fit.
  bool build(const std::vector<std::uint32_t>& facilities, Random& random);
  /// Customers in random order join or open the nearest, by what is cheaper (Meyerson 2001).
  bool build_online(Random& random);
  void restore(const State& state);
  /// The same where little differs; sums are not made anew.
  void return_to(const State& state);
  void save_to(State& state) const;
  void improve(const std::vector<std::uint32_t>& facilities);
  /// As CapacityPlan::shake.
  bool shake(Random& random);
  /// Closes what serves nobody; unless p are asked for.
  void close_idle();
  /// Of a plan whose facilities are settled: parts of customers go along the cheapest chains until
  /// no chain is left that makes it cheaper (cycles of negative cost are cancelled, Klein 1967), or
  /// so many were. Only where they may be split.
  void balance(int chains);

  [[nodiscard]] double cost() const { return ways_ + opening_; }
  [[nodiscard]] const std::vector<std::uint32_t>& area() const { return area_; }
  [[nodiscard]] const std::vector<std::uint32_t>& open() const { return open_.list(); }
  [[nodiscard]] const std::vector<Piece>& pieces(std::uint32_t customer) const {
    return pieces_[customer];
  }
  /// Which of its sizes holds what it serves and costs least.
  [[nodiscard]] std::uint32_t size_of(std::uint32_t facility) const;
  void refresh();
  /// Whether nothing is too full, by sums just made anew.
  [[nodiscard]] bool holds() const;

 private:
  /// The cheapest customer to go from one facility to another.
  struct Shift {
    std::uint32_t to{kNone};  ///< place in open_
    std::uint32_t customer{kNone};
    double cost{0};  ///< for a unit of demand
  };
  void find_shifts(std::vector<std::vector<Shift>>& shifts);
  [[nodiscard]] std::vector<std::uint32_t> cheaper_chain(
      const std::vector<std::vector<Shift>>& shifts) const;
  bool go_along(const std::vector<std::vector<Shift>>& shifts,
                const std::vector<std::uint32_t>& chain);
  void shift(std::uint32_t customer, const Piece& from, std::uint32_t to);
  [[nodiscard]] double share_at(std::uint32_t customer, std::uint32_t facility) const;
  [[nodiscard]] double spare(std::uint32_t facility) const;
  [[nodiscard]] double way(std::uint32_t candidate, std::uint32_t customer) const {
    return weight_[customer] * space_.distance(candidate, customer);
  }
  [[nodiscard]] double cost_of(std::uint32_t facility, double load) const;
  [[nodiscard]] double room(std::uint32_t facility) const;
  void set_open(std::uint32_t candidate, bool open);
  void give(std::uint32_t customer, const Piece& piece);
  void release(std::uint32_t customer);
  void drop_member(std::uint32_t facility, std::uint32_t customer);
  bool serve(std::uint32_t customer, std::size_t look);
  bool open_for(std::uint32_t customer);
  bool fill(const std::vector<std::uint32_t>& customers, Random& random);
  bool try_move(std::uint32_t customer);
  bool recentre(std::uint32_t facility);
  void reshape(std::vector<std::uint32_t>& loose, Random& random);
  [[nodiscard]] bool may_count(std::size_t count) const {
    return problem_.p == 0 || count <= static_cast<std::size_t>(problem_.p);
  }

  const Problem& problem_;
  const Space& space_;
  const Arcs& near_;
  std::vector<double> weight_;
  std::vector<double> demand_;
  std::vector<std::vector<siting_problem::Size>> sizes_;  ///< by candidate
  OpenSites open_;
  std::vector<std::vector<Piece>> pieces_;
  std::vector<std::vector<std::uint32_t>> members_;  ///< by candidate
  std::vector<double> load_;
  std::vector<std::uint32_t> area_;
  double ways_{0};
  double opening_{0};
};

}  // namespace huan::siting
