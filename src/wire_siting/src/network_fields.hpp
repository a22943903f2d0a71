// SPDX-License-Identifier: Apache-2.0
// Members of an object with what is wrong with them, for the readers of networks.
#pragma once

#include <cmath>
#include <optional>
#include <string>

#include "huan/base/result.hpp"
#include "huan/json/document.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::wire_siting {

inline constexpr json::ParseOptions kNetworkParse{.depth_max = 16,
                                                  .allow_fractions = true,
                                                  .text_max = std::size_t{1} << 30,
                                                  .string_max = std::size_t{1} << 16,
                                                  .nodes_max = std::size_t{96} << 20};

class Members {
 public:
  Members(json::Value object, std::string at) : object_(object), at_(std::move(at)) {}

  [[nodiscard]] const std::string& at() const { return at_; }
  [[nodiscard]] std::optional<json::Value> find(const char* key) const {
    auto value = object_.find(key);
    return value && value->is_null() ? std::nullopt : value;
  }
  [[nodiscard]] base::Error wrong(const char* key, const char* expected) const {
    return {base::ErrorCode::bad_field, at_ + "/" + key, expected};
  }
  [[nodiscard]] base::Result<double> number(const char* key, double otherwise) const {
    const auto value = find(key);
    if (!value) {
      return otherwise;
    }
    if (!value->is_number() || !std::isfinite(value->number())) {
      return base::Error{base::ErrorCode::bad_number, at_ + "/" + key, "a number is expected"};
    }
    return value->number();
  }
  [[nodiscard]] base::Result<std::string> text(const char* key) const {
    const auto value = find(key);
    if (!value) {
      return std::string{};
    }
    if (value->is_integer()) {
      return std::to_string(value->integer());
    }
    if (!value->is_string()) {
      return wrong(key, "text is expected");
    }
    return std::string{value->string()};
  }
  [[nodiscard]] base::Result<bool> flag(const char* key) const {
    const auto value = find(key);
    if (value && !value->is_boolean()) {
      return wrong(key, "true or false is expected");
    }
    return value && value->boolean();
  }

 private:
  json::Value object_;
  std::string at_;
};

/// [longitude, latitude] in degrees; bad_coordinates.
[[nodiscard]] base::Result<siting_problem::Point> read_spot(const std::optional<json::Value>& value,
                                                            const std::string& at);

/// A geometry of points, lines or polygons that sites keep away from; bad_field, bad_coordinates.
[[nodiscard]] base::Result<siting_problem::Zone> read_zone(json::Value geometry, std::string kind,
                                                           const std::string& at);
/// `[{"name", "budget"}]`.
[[nodiscard]] base::Result<std::vector<siting_problem::Period>> read_periods(json::Value list);

}  // namespace huan::wire_siting
