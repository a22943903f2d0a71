// SPDX-License-Identifier: Apache-2.0
// A JSON value with the pointer to it, so that what is wrong names its place.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/json/value.hpp"
#include "huan/routing/problem.hpp"
#include "lines.hpp"

namespace huan::wire_routing {

inline constexpr std::size_t kListMax = 100'000;

struct Node {
  json::Value value{};
  std::string at{};

  [[nodiscard]] base::Error error(base::ErrorCode code, std::string detail) const {
    return {code, at, std::move(detail)};
  }
  /// A member that is there and not null; nothing when this is no object.
  [[nodiscard]] std::optional<Node> find(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key).has_value(); }
  [[nodiscard]] base::Result<Node> need(std::string_view key) const;

  [[nodiscard]] base::Result<double> number(Range range = {}) const;
  [[nodiscard]] base::Result<std::int64_t> whole(Range range = {}) const;
  [[nodiscard]] base::Result<std::string> text() const;
  [[nodiscard]] base::Result<bool> boolean() const;
  /// The elements of an array of at most `max`.
  [[nodiscard]] base::Result<std::vector<Node>> list(std::size_t max = kListMax) const;

  // Members by key, with what holds when they are not there.
  [[nodiscard]] base::Result<double> number_or(std::string_view key, double otherwise,
                                               Range range = {}) const;
  [[nodiscard]] base::Result<std::int64_t> whole_or(std::string_view key, std::int64_t otherwise,
                                                    Range range = {}) const;
  [[nodiscard]] base::Result<std::string> text_or(std::string_view key) const;
  [[nodiscard]] base::Result<bool> boolean_or(std::string_view key, bool otherwise) const;
  [[nodiscard]] base::Result<std::vector<Node>> list_or_none(std::string_view key) const;

  [[nodiscard]] base::Result<routing::Load> load_or_none(std::string_view key) const;
  [[nodiscard]] base::Result<std::vector<routing::Window>> windows_or_any(
      std::string_view key) const;
  [[nodiscard]] base::Result<routing::Window> window() const;  ///< [from, to]
  [[nodiscard]] base::Result<routing::Place> place() const;    ///< [x, y]
};

/// A square of numbers, row by row; null is kForever (no way), others are multiplied by `scale`.
/// From a place to itself it is 0 whatever stands there. `size` rows, or as many as there are when
/// it is 0.
[[nodiscard]] base::Result<std::vector<double>> read_matrix(const Node& matrix, std::size_t size,
                                                            double scale = 1);

inline constexpr Range kTimes{0, routing::kTimeMax};
inline constexpr Range kLoads{0, static_cast<double>(routing::kLoadMax)};

}  // namespace huan::wire_routing
