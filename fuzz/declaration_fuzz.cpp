// SPDX-License-Identifier: Apache-2.0
// Declarations and cities' returns from anywhere: whatever is accepted reads back as the same, and
// moves without harm.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/base/quantity.hpp"
#include "huan/declarations/moves.hpp"
#include "huan/declarations/province.hpp"
#include "huan/json/document.hpp"

namespace declarations = huan::declarations;
namespace json = huan::json;

namespace {

/// Sums of a hostile form may leave the range, which is thrown and answered at the door.
void move_on(declarations::Declaration declaration) {
  try {
    const auto done = declarations::submit(declaration, {{20'000}, true});
    HUAN_ASSERT(!done.has_value() || declaration.revision > 0);
  } catch (const huan::base::Overflow&) {
    return;
  }
}

/// What a city hands on: reads back as the same, and adds up with itself or is refused.
void hand_on(json::Value value) {
  const auto city = declarations::parse_return(value);
  if (!city.has_value()) {
    return;
  }
  const std::string once = declarations::to_json(*city);
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value());
  const auto parsed = declarations::parse_return(again->root());
  HUAN_ASSERT(parsed.has_value() && declarations::to_json(*parsed) == once);
  const auto sums = declarations::add_up({&*city, 1});
  HUAN_ASSERT(!sums.has_value() || sums->size() == city->cells.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = json::Document::parse(text);
  if (!document.has_value()) {
    return 0;
  }
  hand_on(document->root());
  auto declaration = declarations::parse_declaration(document->root(), "/data");
  if (!declaration.has_value()) {
    HUAN_ASSERT(declaration.error().at.starts_with("/data"));
    return 0;
  }
  const std::string once = declarations::to_json(*declaration);
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value());
  const auto parsed = declarations::parse_declaration(again->root(), "/data");
  HUAN_ASSERT(parsed.has_value());
  HUAN_ASSERT(declarations::to_json(*parsed) == once);
  move_on(std::move(*declaration));
  return 0;
}
