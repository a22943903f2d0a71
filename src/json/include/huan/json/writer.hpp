// SPDX-License-Identifier: Apache-2.0
// Composes JSON text at the end of a string: commas and escapes are its business, the order of keys
// the caller's (stored records write theirs in canonical order, so that the text is RFC 8785 as it
// stands). Text has to be well-formed UTF-8.
//
//   std::string out;
//   json::Writer w(out);
//   w.begin_object().member("id",
//   id).key("lots").begin_array().string("L-7").end_array().end_object();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "huan/json/value.hpp"

namespace huan::json {

class Writer {
 public:
  /// Appends one value to `out`, which has to outlive the writer and not be touched by others
  /// meanwhile.
  explicit Writer(std::string& out) : out_(out), start_(out.size()) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view key);

  Writer& string(std::string_view text);
  Writer& integer(std::int64_t value);
  Writer& boolean(bool value);
  Writer& null();
  Writer& number(double value);        ///< ECMAScript's form; not finite: null
  Writer& raw(std::string_view json);  ///< a complete value, already written
  Writer& value(Value value);          ///< canonical

  Writer& member(std::string_view key, std::string_view text) {
    return this->key(key).string(text);
  }
  Writer& member(std::string_view key, const char* text) { return this->key(key).string(text); }
  Writer& member(std::string_view key, const std::string& text) {
    return this->key(key).string(text);
  }
  Writer& member(std::string_view key, std::int64_t value) { return this->key(key).integer(value); }
  Writer& member(std::string_view key, int value) { return this->key(key).integer(value); }
  Writer& member(std::string_view key, bool value) { return this->key(key).boolean(value); }
  Writer& member(std::string_view key, Value value) { return this->key(key).value(value); }

 private:
  void separate();

  std::string& out_;
  std::size_t start_;
};

}  // namespace huan::json
