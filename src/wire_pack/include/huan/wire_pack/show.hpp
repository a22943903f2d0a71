// SPDX-License-Identifier: Apache-2.0
// A pack's rules as JSON, one row an article, indicator, bracket, step, form, quota. What a
// document does not state is null, beside the reason where one is known.
//
//   show(city, Rows::own);   // {"campaigns":[…],"norms":[{"article":"1","class":"N",…
#pragma once

#include <cstdint>
#include <string>

#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {

enum class Rows : std::uint8_t {
  own,       ///< what the pack itself states
  inherited  ///< its parents' too
};

[[nodiscard]] std::string show(const City& city, Rows rows);

}  // namespace huan::wire_pack
