// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/fields.hpp"

#include <algorithm>

#include "huan/base/id.hpp"
#include "huan/base/text.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;
using json::Kind;
using json::Value;

std::string listed(std::span<const std::string_view> words) {
  std::string out;
  for (const auto word : words) {
    out += out.empty() ? "" : " ";
    out += word;
  }
  return out;
}

}  // namespace

Fields::Fields(Value object, std::string pointer) : pointer_(std::move(pointer)) {
  if (object.kind() == Kind::object) {
    object_ = object;
  } else {
    error_ = Error{ErrorCode::bad_field, pointer_, "an object is expected"};
  }
}

std::string Fields::pointer(std::string_view key) const {
  return pointer_ + "/" + base::pointer_token(key);
}

void Fields::refuse(ErrorCode code, std::string_view key, std::string detail) {
  adopt(Error{code, pointer(key), std::move(detail)});
}

void Fields::adopt(Error error) {
  if (!error_) {
    error_ = std::move(error);
  }
}

std::optional<Value> Fields::take(std::string_view key) {
  asked_.push_back(key);
  return object_ ? object_->find(key) : std::nullopt;
}

void Fields::missing(std::string_view key) {
  refuse(ErrorCode::bad_field, key, "this field is required");
}

std::optional<Value> Fields::any(std::string_view key) { return take(key); }

std::optional<Value> Fields::array(std::string_view key) {
  const auto value = take(key);
  if (value && value->kind() != Kind::array) {
    refuse(ErrorCode::bad_field, key, "an array is expected");
    return std::nullopt;
  }
  return value;
}

std::optional<std::string> Fields::optional_text(std::string_view key, std::size_t bytes_max) {
  const auto value = take(key);
  if (!value) {
    return std::nullopt;
  }
  if (value->kind() != Kind::string || value->string().empty()) {
    refuse(ErrorCode::bad_field, key, "text that is not empty is expected");
    return std::nullopt;
  }
  if (value->string().size() > bytes_max) {
    refuse(ErrorCode::too_large, key, "at most " + std::to_string(bytes_max) + " bytes");
    return std::nullopt;
  }
  return std::string{value->string()};
}

std::string Fields::text(std::string_view key, std::size_t bytes_max) {
  auto value = optional_text(key, bytes_max);
  if (!value) {
    missing(key);
  }
  return std::move(value).value_or(std::string{});
}

std::optional<std::string> Fields::optional_name(std::string_view key, std::size_t size_max) {
  auto value = optional_text(key, size_max);
  if (value && !base::is_name(*value, size_max)) {
    refuse(ErrorCode::bad_text, key, "printable ASCII without space, % and ? is expected");
    return std::nullopt;
  }
  return value;
}

std::string Fields::name(std::string_view key, std::size_t size_max) {
  auto value = optional_name(key, size_max);
  if (!value) {
    missing(key);
  }
  return std::move(value).value_or(std::string{});
}

std::vector<std::string> Fields::names(std::string_view key, std::size_t count_max) {
  std::vector<std::string> out;
  const auto list = array(key);
  if (!list) {
    return out;
  }
  if (list->size() > count_max) {
    refuse(ErrorCode::too_large, key, "at most " + std::to_string(count_max) + " entries");
    return out;
  }
  for (const Value entry : list->elements()) {
    const auto at = std::string{key} + "/" + std::to_string(out.size());
    if (entry.kind() != Kind::string || !base::is_name(entry.string(), base::kLongNameMax)) {
      adopt(Error{ErrorCode::bad_field, pointer_ + "/" + at, "a code is expected"});
      return {};
    }
    if (std::find(out.begin(), out.end(), entry.string()) != out.end()) {
      adopt(Error{ErrorCode::bad_field, pointer_ + "/" + at, "this code stands twice"});
      return {};
    }
    out.emplace_back(entry.string());
  }
  return out;
}

std::optional<std::int64_t> Fields::optional_integer(std::string_view key, IntegerRange range) {
  const auto value = take(key);
  if (!value) {
    return std::nullopt;
  }
  if (value->kind() != Kind::integer || value->integer() < range.min ||
      value->integer() > range.max) {
    refuse(ErrorCode::bad_number, key,
           "an integer from " + std::to_string(range.min) + " to " + std::to_string(range.max) +
               " is expected");
    return std::nullopt;
  }
  return value->integer();
}

std::int64_t Fields::integer(std::string_view key, IntegerRange range) {
  const auto value = optional_integer(key, range);
  if (!value) {
    missing(key);
  }
  return value.value_or(0);
}

bool Fields::flag(std::string_view key, bool absent) {
  const auto value = take(key);
  if (!value) {
    return absent;
  }
  if (value->kind() != Kind::boolean) {
    refuse(ErrorCode::bad_field, key, "true or false is expected");
    return absent;
  }
  return value->boolean();
}

std::optional<base::Day> Fields::optional_day(std::string_view key) {
  const auto value = optional_text(key, 10);
  if (!value) {
    return std::nullopt;
  }
  const auto day = base::parse_day(*value);
  if (!day) {
    refuse(ErrorCode::bad_time, key, "a date like 2026-11-21 is expected");
  }
  return day;
}

std::optional<base::Instant> Fields::optional_time(std::string_view key) {
  const auto value = optional_text(key, 40);
  if (!value) {
    return std::nullopt;
  }
  const auto instant = base::parse_time(*value);
  if (!instant) {
    refuse(ErrorCode::bad_time, key, "a time like 2026-11-21T08:30:00+08:00 is expected");
  }
  return instant;
}

std::optional<std::size_t> Fields::optional_choice(std::string_view key,
                                                   std::span<const std::string_view> words) {
  const auto value = optional_text(key, 80);
  if (!value) {
    return std::nullopt;
  }
  const auto found = std::find(words.begin(), words.end(), *value);
  if (found == words.end()) {
    refuse(ErrorCode::bad_field, key, "one of these is expected: " + listed(words));
    return std::nullopt;
  }
  return static_cast<std::size_t>(found - words.begin());
}

std::size_t Fields::choice(std::string_view key, std::span<const std::string_view> words) {
  const auto value = optional_choice(key, words);
  if (!value) {
    missing(key);
  }
  return value.value_or(0);
}

base::Result<void> Fields::finish() {
  if (error_) {
    return *error_;
  }
  for (const json::Member member : object_->members()) {
    if (std::find(asked_.begin(), asked_.end(), member.key) == asked_.end()) {
      return Error{ErrorCode::bad_field, pointer(member.key),
                   "this field is not known; fields of your own belong into ext"};
    }
  }
  return {};
}

}  // namespace huan::registry
