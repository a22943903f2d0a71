// SPDX-License-Identifier: Apache-2.0
// The city as the simulator sees it: who receives, gathers, sorts and uses, which vehicles and
// scales there are. Filled from the registry by the caller; the order of its lists decides what a
// seed gives, so the caller sorts them by key.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "huan/base/time.hpp"

namespace huan::simulator {

enum class SiteKind : std::uint8_t {
  station,
  transfer,
  centre,
  processor,
  dismantler,
  battery_store,
  second_hand,
  hazardous,
};
inline constexpr std::size_t kSiteKinds = 8;

struct Site {
  std::string key;
  SiteKind kind{SiteKind::station};
  std::string district;
  std::string operator_id;
  std::string scale;           ///< asset; empty: nothing is weighed here
  std::int64_t interval_g{0};  ///< of that scale
  std::int64_t scale_max_g{0};
  std::int64_t capacity_g_per_day{0};  ///< 0: not stated
};

/// What the city's price list says that stations pay.
struct ListedPrice {
  std::string material;
  std::int64_t fen{0};
  bool per_piece{false};  ///< else per kg
};

struct City {
  std::string code;
  std::int32_t offset_s{0};
  std::vector<Site> sites;
  std::vector<std::string> vehicles;
  std::vector<ListedPrice> prices;  ///< by material
  std::string market;               ///< party of the trading market; empty: none
};

}  // namespace huan::simulator
