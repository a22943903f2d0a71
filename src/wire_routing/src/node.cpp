// SPDX-License-Identifier: Apache-2.0
#include "node.hpp"

#include <cmath>

#include "huan/base/text.hpp"

namespace huan::wire_routing {

using base::ErrorCode;
using base::Result;

namespace {

constexpr std::size_t kMatrixMax = 8'000;

}  // namespace

std::optional<Node> Node::find(std::string_view key) const {
  if (!value.is_object()) {
    return std::nullopt;
  }
  const auto found = value.find(key);
  if (!found || found->is_null()) {
    return std::nullopt;
  }
  return Node{*found, at + "/" + base::pointer_token(key)};
}

Result<Node> Node::need(std::string_view key) const {
  if (!value.is_object()) {
    return error(ErrorCode::bad_field, "an object is expected");
  }
  auto found = find(key);
  if (!found) {
    return error(ErrorCode::bad_field, std::string{key} + " is missing");
  }
  return *found;
}

Result<double> Node::number(Range range) const {
  if (!value.is_number()) {
    return error(ErrorCode::bad_field, "a number is expected");
  }
  const double given = value.number();
  if (!std::isfinite(given) || given < range.min || given > range.max) {
    return error(ErrorCode::bad_number, "out of range");
  }
  return given;
}

Result<std::int64_t> Node::whole(Range range) const {
  HUAN_TRY(given, number(range));
  if (given != std::floor(given)) {
    return error(ErrorCode::bad_number, "a whole number is expected");
  }
  return static_cast<std::int64_t>(given);
}

Result<std::string> Node::text() const {
  if (!value.is_string()) {
    return error(ErrorCode::bad_field, "a text is expected");
  }
  return std::string{value.string()};
}

Result<bool> Node::boolean() const {
  if (!value.is_boolean()) {
    return error(ErrorCode::bad_field, "true or false is expected");
  }
  return value.boolean();
}

Result<std::vector<Node>> Node::list(std::size_t max) const {
  if (!value.is_array()) {
    return error(ErrorCode::bad_field, "an array is expected");
  }
  if (value.size() > max) {
    return error(ErrorCode::too_large, "more than " + std::to_string(max) + " elements");
  }
  std::vector<Node> nodes;
  nodes.reserve(value.size());
  for (const json::Value element : value.elements()) {
    nodes.push_back({element, at + "/" + std::to_string(nodes.size())});
  }
  return nodes;
}

Result<double> Node::number_or(std::string_view key, double otherwise, Range range) const {
  const auto found = find(key);
  return found ? found->number(range) : Result<double>{otherwise};
}

Result<std::int64_t> Node::whole_or(std::string_view key, std::int64_t otherwise,
                                    Range range) const {
  const auto found = find(key);
  return found ? found->whole(range) : Result<std::int64_t>{otherwise};
}

Result<std::string> Node::text_or(std::string_view key) const {
  const auto found = find(key);
  return found ? found->text() : Result<std::string>{std::string{}};
}

Result<bool> Node::boolean_or(std::string_view key, bool otherwise) const {
  const auto found = find(key);
  return found ? found->boolean() : Result<bool>{otherwise};
}

Result<std::vector<Node>> Node::list_or_none(std::string_view key) const {
  const auto found = find(key);
  return found ? found->list() : Result<std::vector<Node>>{std::vector<Node>{}};
}

Result<routing::Load> Node::load_or_none(std::string_view key) const {
  HUAN_TRY(amounts, list_or_none(key));
  routing::Load load;
  load.reserve(amounts.size());
  for (const Node& node : amounts) {
    HUAN_TRY(amount, node.whole(kLoads));
    load.push_back(amount);
  }
  return load;
}

Result<routing::Window> Node::window() const {
  HUAN_TRY(ends, list(2));
  if (ends.size() != 2) {
    return error(ErrorCode::bad_field, "a window is [from, to]");
  }
  HUAN_TRY(from, ends[0].number(kTimes));
  HUAN_TRY(to, ends[1].number(kTimes));
  if (to < from) {
    return error(ErrorCode::bad_field, "the window ends before it begins");
  }
  return routing::Window{from, to};
}

Result<std::vector<routing::Window>> Node::windows_or_any(std::string_view key) const {
  HUAN_TRY(nodes, list_or_none(key));
  std::vector<routing::Window> windows;
  windows.reserve(nodes.size());
  for (const Node& node : nodes) {
    HUAN_TRY(window, node.window());
    if (!windows.empty() && window.from < windows.back().to) {
      return node.error(ErrorCode::bad_field, "windows rise and do not overlap");
    }
    windows.push_back(window);
  }
  return windows;
}

Result<std::vector<double>> read_matrix(const Node& matrix, std::size_t size, double scale) {
  HUAN_TRY(rows, matrix.list(kMatrixMax));
  if (size != 0 && rows.size() != size) {
    return matrix.error(ErrorCode::bad_field, "has " + std::to_string(rows.size()) +
                                                  " rows where " + std::to_string(size) +
                                                  " are expected");
  }
  std::vector<double> numbers;
  for (const Node& row : rows) {
    if (!row.value.is_array() || row.value.size() != rows.size()) {
      return row.error(ErrorCode::bad_field,
                       "a row of " + std::to_string(rows.size()) + " numbers is expected");
    }
    numbers.reserve(rows.size() * rows.size());
    std::size_t column = 0;
    for (const json::Value cell : row.value.elements()) {
      if (cell.is_null()) {
        numbers.push_back(routing::kForever);
      } else {
        // A place in words only where it is needed: there are millions of cells.
        const double given = cell.is_number() ? cell.number() : -1;
        if (given < 0 || given > routing::kTimeMax) {
          const Node wrong{cell, row.at + "/" + std::to_string(column)};
          return wrong.error(ErrorCode::bad_number, "a number from 0 on, or null, is expected");
        }
        numbers.push_back(given * scale);
      }
      ++column;
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    numbers[i * (rows.size() + 1)] = 0;  // a vehicle that stays does not drive
  }
  return numbers;
}

Result<routing::Place> Node::place() const {
  HUAN_TRY(numbers, list(2));
  if (numbers.size() != 2) {
    return error(ErrorCode::bad_field, "a place is [x, y] or [longitude, latitude]");
  }
  HUAN_TRY(x, numbers[0].number({-kNumberMax, kNumberMax}));
  HUAN_TRY(y, numbers[1].number({-kNumberMax, kNumberMax}));
  return routing::Place{x, y};
}

}  // namespace huan::wire_routing
