// SPDX-License-Identifier: Apache-2.0
// Random transactions, drawn from a seed, that any store can run; and everything a reading says, as
// text. Two stores that ran the same history say the same.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "huan/store/store.hpp"

namespace huan::contract {

struct Plan {
  std::string city;
  std::vector<std::function<void(store::Transaction&)>> steps;
  bool commit{true};
};

class History {
 public:
  explicit History(std::uint64_t seed) : random_(seed) {}

  /// With savepoints, some rolled back, and reads between; every fourth is abandoned.
  Plan next_transaction();

 private:
  using Step = std::function<void(store::Transaction&)>;

  std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  std::int64_t amount() { return std::uniform_int_distribution<std::int64_t>(-50, 100)(random_); }
  std::string one_of(const char* prefix, std::size_t count) {
    return prefix + std::to_string(below(count));
  }
  Step step();
  Step lot_step();
  Step account_step();
  Step identity_step();
  Step record_step();
  Step look();

  std::mt19937_64 random_;
  store::Seq seq_{0};
  std::string city_;  ///< of the transaction being drawn
};

/// Both cities of the histories, all tables.
[[nodiscard]] std::string dump(store::Reading& reading);

}  // namespace huan::contract
