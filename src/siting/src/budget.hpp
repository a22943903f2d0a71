// SPDX-License-Identifier: Apache-2.0
// What may still be spent, and why the work ended.
#pragma once

#include <algorithm>

#include "huan/siting/solve.hpp"

namespace huan::siting {

class Budget {
 public:
  explicit Budget(const Limits& limits)
      : limits_(limits), started_(limits.spent ? limits.spent() : 0) {}

  /// One unit of work is done; false when no more may be.
  bool spend() {
    ++iterations_;
    return look();
  }
  bool look() {
    if (ended_) {
      return false;
    }
    if (limits_.iterations > 0 && iterations_ >= limits_.iterations) {
      return end(siting_problem::Stop::iterations);
    }
    if (over()) {
      return end(siting_problem::Stop::seconds);
    }
    if (limits_.cancelled && limits_.cancelled()) {
      return end(siting_problem::Stop::cancelled);
    }
    if (limits_.share) {
      limits_.share(share());
    }
    return true;
  }
  /// Without the iterations: for loops far shorter than one unit.
  [[nodiscard]] bool in_time() const { return !over(); }
  [[nodiscard]] double share() const {
    double share = 0;
    if (limits_.iterations > 0) {
      share = static_cast<double>(iterations_) / static_cast<double>(limits_.iterations);
    }
    if (limits_.seconds > 0 && limits_.spent) {
      share = std::max(share, elapsed() / limits_.seconds);
    }
    return std::min(share, 1.0);
  }
  /// Iterations that are left; 0: as many as there is time for.
  [[nodiscard]] std::int64_t left() const {
    return limits_.iterations > 0 ? std::max<std::int64_t>(1, limits_.iterations - iterations_) : 0;
  }
  /// Limits of a part of the work: so many iterations, and a share of the time that is left.
  [[nodiscard]] Limits part(std::int64_t iterations, double share) const {
    Limits limits;
    limits.iterations = iterations;
    limits.seed = limits_.seed;
    limits.cancelled = limits_.cancelled;
    if (limits_.seconds > 0 && limits_.spent) {
      limits.spent = limits_.spent;
      limits.seconds = std::max(1e-3, share * (limits_.seconds - elapsed()));
    }
    return limits;
  }
  /// What a part of the work took; false when no more may be.
  bool took(std::int64_t iterations) {
    iterations_ += iterations;
    return look();
  }
  /// So many seconds are kept for what comes after the last look.
  void reserve(double seconds) { reserved_ = seconds; }
  [[nodiscard]] double elapsed() const { return limits_.spent ? limits_.spent() - started_ : 0; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] siting_problem::Stop why() const { return why_; }
  [[nodiscard]] std::int64_t iterations() const { return iterations_; }
  [[nodiscard]] std::uint64_t seed() const { return limits_.seed; }

 private:
  bool end(siting_problem::Stop why) {
    ended_ = true;
    why_ = why;
    return false;
  }
  [[nodiscard]] bool over() const {
    return limits_.seconds > 0 && limits_.spent && elapsed() + reserved_ >= limits_.seconds;
  }

  const Limits& limits_;
  double started_;
  double reserved_{0};
  std::int64_t iterations_{0};
  bool ended_{false};
  siting_problem::Stop why_{siting_problem::Stop::settled};
};

}  // namespace huan::siting
