// SPDX-License-Identifier: Apache-2.0
// RFC 8785 (JCS): the one byte form of a JSON value. Keys are sorted by UTF-16 code units, strings
// escaped only where JSON demands it, no white space. Two documents say the same exactly if these
// bytes are equal. Decimals, which records never hold, are written as ECMAScript writes the nearest
// double.
#pragma once

#include <string>
#include <string_view>

#include "huan/json/value.hpp"

namespace huan::json {

[[nodiscard]] std::string canonical(Value value);
void canonical(Value value, std::string& out);  ///< appends

/// A string literal with its quotes, e.g. "a\nb"; the text has to be well-formed UTF-8.
[[nodiscard]] std::string quote(std::string_view utf8);
void quote(std::string_view utf8, std::string& out);

/// Order of keys: by UTF-16 code units, which differs from the order of bytes above U+FFFF.
[[nodiscard]] bool key_less(std::string_view a, std::string_view b) noexcept;

/// ECMAScript's shortest form of a finite double: 0.1, 1e+21, 5e-324.
void number(double value, std::string& out);

}  // namespace huan::json
