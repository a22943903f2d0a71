// SPDX-License-Identifier: Apache-2.0
// verify (T8): everything that the store keeps is derived again from the stored records alone and
// held against it: the log's leaves, tiles and root, each event's legs and what was drawn, every
// balance, roll-up, lot, shipment, run, item. The first differences are named. Open imbalances are
// listed and leave `ok` true (events.md §4).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "huan/store/store.hpp"

namespace huan::app {

inline constexpr std::uint64_t kAllShares = UINT64_MAX;

struct VerifyOptions {
  std::uint64_t shares{
      100};  ///< lots, drawn by a seed, whose shares are added up; kAllShares: every lot
  std::size_t differences_max{20};
  /// Called now and then with records done and in all; false stops.
  std::function<bool(std::uint64_t done, std::uint64_t all)> progress;
};

struct CityRoot {
  std::string city;
  std::uint64_t size{0};
  std::string root;  ///< hexadecimal
};

struct Difference {
  std::string city;
  std::uint64_t seq{0};  ///< 0: not of one record
  std::string what;
};

struct VerifyReport {
  bool ok{true};
  bool complete{true};  ///< false: stopped
  std::uint64_t records{0};
  std::uint64_t events{0};
  std::uint64_t shares{0};  ///< lots whose shares were added up
  std::vector<CityRoot> roots;
  std::vector<store::ImbalanceRow> imbalances;
  std::vector<Difference> differences;
};

/// Of what is committed when it is called. Reads in several threads, each by a snapshot of its own;
/// `progress` is called in the caller's. Shares are added up where nothing else differs.
[[nodiscard]] VerifyReport verify(store::Store& store, const VerifyOptions& options);

}  // namespace huan::app
