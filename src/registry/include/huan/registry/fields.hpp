// SPDX-License-Identifier: Apache-2.0
// Reads the members of one JSON object by name and remembers the first thing wrong, so that a
// record's parser is a list of its fields. finish() refuses whatever was not asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::registry {

struct IntegerRange {
  std::int64_t min{0};
  std::int64_t max{9'007'199'254'740'991};
};

class Fields {
 public:
  /// Anything but an object is refused at `pointer`.
  Fields(json::Value object, std::string pointer);

  std::optional<json::Value> any(std::string_view key);
  std::optional<json::Value> array(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key, std::size_t bytes_max = 400);
  std::string text(std::string_view key, std::size_t bytes_max = 400);
  std::optional<std::string> optional_name(std::string_view key, std::size_t size_max = 40);
  std::string name(std::string_view key, std::size_t size_max = 40);
  std::vector<std::string> names(std::string_view key, std::size_t count_max = 1000);
  std::optional<std::int64_t> optional_integer(std::string_view key, IntegerRange range = {});
  std::int64_t integer(std::string_view key, IntegerRange range = {});
  bool flag(std::string_view key, bool absent);
  std::optional<base::Day> optional_day(std::string_view key);
  std::optional<base::Instant> optional_time(std::string_view key);
  /// Index of the member's text in `words`; refused with the list of words otherwise.
  std::optional<std::size_t> optional_choice(std::string_view key,
                                             std::span<const std::string_view> words);
  std::size_t choice(std::string_view key, std::span<const std::string_view> words);

  [[nodiscard]] std::string pointer(std::string_view key) const;
  [[nodiscard]] bool refused() const { return error_.has_value(); }
  void refuse(base::ErrorCode code, std::string_view key, std::string detail);
  void adopt(base::Error error);
  /// `personal` names get a message of their own; `ext` is always allowed.
  base::Result<void> finish();

 private:
  std::optional<json::Value> take(std::string_view key);
  void missing(std::string_view key);

  std::optional<json::Value> object_;
  std::string pointer_;
  std::vector<std::string_view> asked_{"ext"};
  std::optional<base::Error> error_;
};

}  // namespace huan::registry
