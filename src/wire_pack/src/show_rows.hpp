// SPDX-License-Identifier: Apache-2.0
// The parts that show() puts together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/json/writer.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {

void show_norm(json::Writer& w, const norms::Norm& norm, const norms::FactTable& facts);
void show_indicator(json::Writer& w, const indicators::Indicator& indicator);
/// The lists of duties as members of the open object; those of `pack` alone unless it is empty.
void show_duties(json::Writer& w, const Rules& rules, std::string_view pack);

inline void put_texts(json::Writer& w, std::string_view key,
                      const std::vector<std::string>& texts) {
  w.key(key).begin_array();
  for (const std::string& text : texts) {
    w.string(text);
  }
  w.end_array();
}

inline void put_text(json::Writer& w, std::string_view key, const std::string& text) {
  w.key(key);
  text.empty() ? w.null() : w.string(text);
}

inline void put_integer(json::Writer& w, std::string_view key,
                        const std::optional<std::int64_t>& value) {
  w.key(key);
  value ? w.integer(*value) : w.null();
}

inline void put_day(json::Writer& w, std::string_view key, const std::optional<base::Day>& day) {
  w.key(key);
  day ? w.string(base::format_day(*day)) : w.null();
}

}  // namespace huan::wire_pack
