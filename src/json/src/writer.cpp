// SPDX-License-Identifier: Apache-2.0
#include "huan/json/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "huan/json/canonical.hpp"

namespace huan::json {

/// The last byte tells whether something stands before in the same container: a value never ends in
/// one of these.
void Writer::separate() {
  if (out_.size() == start_) {
    return;
  }
  const char last = out_.back();
  if (last != '{' && last != '[' && last != ':') {
    out_ += ',';
  }
}

Writer& Writer::begin_object() {
  separate();
  out_ += '{';
  return *this;
}

Writer& Writer::end_object() {
  out_ += '}';
  return *this;
}

Writer& Writer::begin_array() {
  separate();
  out_ += '[';
  return *this;
}

Writer& Writer::end_array() {
  out_ += ']';
  return *this;
}

Writer& Writer::key(std::string_view key) {
  separate();
  quote(key, out_);
  out_ += ':';
  return *this;
}

Writer& Writer::string(std::string_view text) {
  separate();
  quote(text, out_);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  separate();
  std::array<char, 24> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out_.append(digits.data(), written.ptr);
  return *this;
}

Writer& Writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
  return *this;
}

Writer& Writer::null() {
  separate();
  out_ += "null";
  return *this;
}

Writer& Writer::number(double value) {
  if (!std::isfinite(value)) {
    return null();
  }
  separate();
  json::number(value, out_);
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

Writer& Writer::value(Value value) {
  separate();
  canonical(value, out_);
  return *this;
}

}  // namespace huan::json
