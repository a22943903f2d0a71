// SPDX-License-Identifier: Apache-2.0
// The strict reader against an independent one, and against itself: what it accepts simdjson
// accepts too, its canonical bytes are accepted and stay what they are, and a bulk body falls into
// the pieces that the reader sees in it.
#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/json/json.hpp"

namespace json = huan::json;

namespace {

using huan::base::ErrorCode;

bool simdjson_takes(std::string_view text) {
  static simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (text.empty()) {
    return false;  // it would copy from a null pointer
  }
  return parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS;
}

void read_strictly(std::string_view text) {
  const auto document = json::Document::parse(text);
  const bool they_take_it = simdjson_takes(text);
  if (!document.has_value()) {
    HUAN_ASSERT(!they_take_it || document.error().code != ErrorCode::bad_json);
    HUAN_ASSERT(document.error().at.empty() || document.error().at.front() == '/');
    return;
  }
  HUAN_ASSERT(they_take_it);
  const std::string once = json::canonical(document->root());
  HUAN_ASSERT(once.size() <= text.size());
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value() && json::canonical(again->root()) == once);
}

void read_fractions(std::string_view text) {
  json::ParseOptions options;
  options.allow_fractions = true;
  const auto document = json::Document::parse(text, options);
  if (document.has_value()) {
    // Above 2^53 a decimal may become a whole number that is too large for an integer: that must
    // not be taken in again.
    const std::string once = json::canonical(document->root());
    const auto again = json::Document::parse(once, options);
    HUAN_ASSERT(again.has_value() ? json::canonical(again->root()) == once
                                  : again.error().code == ErrorCode::bad_number);
  }
}

void split(std::string_view text) {
  const auto pieces = json::split(text);
  if (!pieces.has_value()) {
    HUAN_ASSERT(!json::Document::parse(text).has_value() || text.size() > 100000);
    return;
  }
  for (const std::string_view piece : pieces->items) {
    HUAN_ASSERT(!piece.empty() && piece.data() >= text.data() &&
                piece.data() + piece.size() <= text.data() + text.size());
  }
  const auto document = json::Document::parse(text);
  if (document.has_value() && pieces->shape == json::Shape::array) {
    HUAN_ASSERT(document->root().size() == pieces->items.size());
    auto piece = pieces->items.begin();
    for (const json::Value element : document->root().elements()) {
      const auto alone = json::Document::parse(*piece++);
      HUAN_ASSERT(alone.has_value() && json::canonical(alone->root()) == json::canonical(element));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_strictly(text);
  read_fractions(text);
  split(text);
  return 0;
}
