// SPDX-License-Identifier: Apache-2.0
// Reading one JSON object against a table of fields: what is unknown, missing or of the wrong form
// is refused with its pointer. Each reader takes a value and returns the typed field.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/json/value.hpp"

namespace huan::ledger {

using Read = base::Result<void>;

[[nodiscard]] base::Error bad_field(std::string_view key, std::string_view expected);
[[nodiscard]] base::Result<std::string> read_short_name(
    json::Value value);  ///< place, party, vehicle
[[nodiscard]] base::Result<std::string> read_long_name(
    json::Value value);  ///< lot, shipment, run, item
[[nodiscard]] base::Result<std::string> read_text(json::Value value, std::size_t size_max);
[[nodiscard]] base::Result<std::int64_t> read_integer(json::Value value, std::int64_t min,
                                                      std::int64_t max);
[[nodiscard]] base::Result<base::Mass> read_mass(json::Value value);          ///< 1 … 10^12 g
[[nodiscard]] base::Result<base::Mass> read_mass_or_zero(json::Value value);  ///< 0 … 10^12 g
[[nodiscard]] base::Result<base::Count> read_count(json::Value value);        ///< 0 … 2^53-1
[[nodiscard]] base::Result<bool> read_bool(json::Value value);

/// One field of an object of type T.
template <class T>
struct Field {
  std::string_view key;
  bool required;
  Read (*read)(T&, json::Value);
};

/// Reads every member by the table. Errors carry "/key" (below it what the reader said).
template <class T>
Read read_object(T& into, json::Value value, std::span<const Field<T>> fields) {
  if (!value.is_object()) {
    return base::Error{base::ErrorCode::bad_field, "", "an object is expected"};
  }
  std::uint64_t seen = 0;
  for (const auto& member : value.members()) {
    std::size_t i = 0;
    while (i < fields.size() && fields[i].key != member.key) {
      ++i;
    }
    if (i == fields.size()) {
      return bad_field(member.key, "no such field here");
    }
    if (auto read = fields[i].read(into, member.value); !read) {
      return std::move(read).error().within("/" + std::string{fields[i].key});
    }
    seen |= std::uint64_t{1} << i;
  }
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].required && (seen >> i & 1) == 0) {
      return bad_field(fields[i].key, "required");
    }
  }
  return {};
}

/// Reads every element of an array with 1 … size_max elements. Errors carry "/index".
template <class T>
Read read_array(std::vector<T>& into, json::Value value, std::size_t size_max,
                base::Result<T> (*read)(json::Value)) {
  if (!value.is_array()) {
    return base::Error{base::ErrorCode::bad_field, "", "an array is expected"};
  }
  if (value.size() == 0) {
    return base::Error{base::ErrorCode::bad_field, "", "at least one element is expected"};
  }
  if (value.size() > size_max) {
    return base::Error{base::ErrorCode::too_large, "", "more elements than allowed"};
  }
  into.reserve(value.size());
  for (const auto element : value.elements()) {
    auto item = read(element);
    if (!item) {
      return std::move(item).error().within("/" + std::to_string(into.size()));
    }
    into.push_back(std::move(item).value());
  }
  return {};
}

/// Binds `reader(value)` to `target`, or returns its error.
#define HUAN_READ(target, reader)            \
  do {                                       \
    auto huan_read = (reader);               \
    if (!huan_read)                          \
      return std::move(huan_read).error();   \
    (target) = std::move(huan_read).value(); \
    return {};                               \
  } while (false)

}  // namespace huan::ledger
