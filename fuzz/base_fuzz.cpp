// SPDX-License-Identifier: Apache-2.0
// The small parsers that every input passes through: whatever they accept must come back the same
// when it is written and read again.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/base/time.hpp"

namespace base = huan::base;

namespace {

void times(std::string_view text) {
  if (const auto instant = base::parse_time(text)) {
    constexpr std::int32_t kBeijing = 8 * 3600;
    HUAN_ASSERT(base::parse_time(base::format_time(*instant, 0)) == instant);
    const auto day = base::day_of(*instant, kBeijing);
    HUAN_ASSERT(base::format_time(*instant, kBeijing).substr(0, 10) == base::format_day(day));
  }
  if (const auto day = base::parse_day(text)) {
    HUAN_ASSERT(base::format_day(*day) == text);
    HUAN_ASSERT(base::day_of(base::civil_of(*day)) == *day);
  }
}

void encodings(std::string_view text) {
  if (const auto bytes = base::unbase64(text)) {
    HUAN_ASSERT(base::base64(*bytes) == text);
  }
  if (const auto plain = base::percent_decode(text)) {
    HUAN_ASSERT(base::percent_decode(base::percent_encode(*plain)) == plain);
  }
  HUAN_ASSERT(base::unbase64(base::base64(text)) == std::string(text));
  HUAN_ASSERT(base::percent_decode(base::percent_encode(text)) == std::string(text));
  if (const auto bytes = base::unhex(text)) {
    HUAN_ASSERT(bytes->size() * 2 == text.size());
  }
}

void names(std::string_view text) {
  if (const auto id = base::Uuid::parse(text)) {
    HUAN_ASSERT(base::Uuid::parse(id->text()) == id);
  }
  if (const auto integer = base::parse_integer(text)) {
    HUAN_ASSERT(text == "-0" || std::to_string(*integer) == text);
  }
  if (base::is_city(text)) {
    HUAN_ASSERT(base::is_name(text, base::kShortNameMax));
  }
  if (base::is_name(text, base::kLongNameMax)) {
    HUAN_ASSERT(base::is_clean_utf8(text));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  times(text);
  encodings(text);
  names(text);
  return 0;
}
