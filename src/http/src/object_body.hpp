// SPDX-License-Identifier: Apache-2.0
// A small JSON object as a request's body: known members only, texts of a sensible length.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "doors.hpp"
#include "huan/json/document.hpp"

namespace huan::http {

class ObjectBody {
 public:
  /// bad_json, bad_field (not an object, a member that is not among `known`), unsupported_media,
  /// too_large over 64 KiB.
  [[nodiscard]] static Result<ObjectBody> parse(const Request& request,
                                                std::initializer_list<std::string_view> known);

  /// bad_field when it is missing, no text, or over 1,000 bytes.
  [[nodiscard]] Result<std::string> text(std::string_view name) const;
  [[nodiscard]] Result<std::string> optional_text(std::string_view name) const;
  [[nodiscard]] Result<std::vector<std::string>> texts(std::string_view name,
                                                       std::size_t most = 32) const;
  [[nodiscard]] Result<bool> flag(std::string_view name) const;
  [[nodiscard]] Result<std::int64_t> integer(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  explicit ObjectBody(json::Document document) : document_(std::move(document)) {}
  json::Document document_;
};

}  // namespace huan::http
