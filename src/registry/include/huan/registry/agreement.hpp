// SPDX-License-Identifier: Apache-2.0
// What was agreed or ordered: a published price, a standing contract 长期合同 (定点定时), a hold on
// a lot. A price without a place is the city's; the record's `time` is from when it holds. A hold's
// key is the lot; a version with `active` false releases it.
//
//   {"material":"paper.occ","fen":140,"per":"kg"}
//   {"party":"I-7","place":"S-1","from":"2026-01-01","visits":[{"days":[2,5],"from":"09:00","to":"11:00"}]}
//   {"active":true,"reason":"inspection 2026-118"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/material.hpp"
#include "huan/registry/place.hpp"

namespace huan::registry {

enum class PriceSide : std::uint8_t { buy, sell };  ///< what the place pays, or asks

struct Price {
  std::string material;
  std::string place;  ///< empty: the city's
  PriceSide side{PriceSide::buy};
  base::Money price;                     ///< per unit, ≥ 0
  MaterialUnit per{MaterialUnit::mass};  ///< kg or piece
  bool synthetic{false};                 ///< made up, to try things on
};
[[nodiscard]] base::Result<Price> parse_price(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Price& price);

struct Contract {
  std::string party;  ///< who hands over
  std::string place;  ///< who comes; empty: the other party alone is named
  std::string with;   ///< the other party; empty: the place's operator
  std::string number;
  std::optional<base::Day> from;
  std::optional<base::Day> to;         ///< included
  std::vector<std::string> materials;  ///< empty: everything
  std::vector<OpeningHours> visits;    ///< fixed times
};
[[nodiscard]] base::Result<Contract> parse_contract(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Contract& contract);

struct Hold {
  bool active{true};
  std::string reason;
};
[[nodiscard]] base::Result<Hold> parse_hold(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Hold& hold);

}  // namespace huan::registry
