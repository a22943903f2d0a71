// SPDX-License-Identifier: Apache-2.0
// Small objects and lists as JSON text. Members are put in sorted order by the caller, so that the
// text is in RFC 8785 form as it stands.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/json/canonical.hpp"

namespace huan::registry {

class ListText {
 public:
  void add(std::string_view json) {
    out_ += out_.size() > 1 ? "," : "";
    out_ += json;
  }
  [[nodiscard]] std::string text() const { return out_ + "]"; }

 private:
  std::string out_{"["};
};

class ObjectText {
 public:
  void raw(std::string_view key, std::string_view json) {
    out_ += out_.size() > 1 ? "," : "";
    out_ += json::quote(key);
    out_ += ":";
    out_ += json;
  }
  void put(std::string_view key, std::string_view text) { raw(key, json::quote(text)); }
  void put(std::string_view key, std::int64_t value) { raw(key, std::to_string(value)); }
  void put(std::string_view key, bool) = delete;  // say flag()
  /// Written only when true: absent means false.
  void flag(std::string_view key, bool value) {
    if (value) {
      raw(key, "true");
    }
  }
  /// Written only when not empty.
  void optional(std::string_view key, std::string_view text) {
    if (!text.empty()) {
      put(key, text);
    }
  }
  void optional(std::string_view key, std::optional<std::int64_t> value) {
    if (value) {
      put(key, *value);
    }
  }
  template <class Tag>
  void optional(std::string_view key, const std::optional<base::Quantity<Tag>>& value) {
    if (value) {
      put(key, value->count());
    }
  }
  void list(std::string_view key, const std::vector<std::string>& texts) {
    if (texts.empty()) {
      return;
    }
    ListText list;
    for (const std::string& text : texts) {
      list.add(json::quote(text));
    }
    raw(key, list.text());
  }
  [[nodiscard]] std::string text() const { return out_ + "}"; }

 private:
  std::string out_{"{"};
};

}  // namespace huan::registry
