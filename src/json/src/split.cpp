// SPDX-License-Identifier: Apache-2.0
#include "huan/json/split.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>

#include "scan.hpp"

namespace huan::json {
namespace {

using base::Error;
using base::ErrorCode;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

Error error_at(std::size_t item, ErrorCode code, std::string detail) {
  return {code, "/" + std::to_string(item), std::move(detail)};
}

constexpr std::size_t kWord = 8;

/// The quote that closes the string opened at `i`, or the size of the text.
std::size_t string_end(std::string_view text, std::size_t i) {
  ++i;
  while (i < text.size()) {
    if (i + kWord <= text.size()) {
      const std::uint64_t word = swar::load(text.data() + i);
      const std::uint64_t found = swar::equal_bytes(word, '"') | swar::equal_bytes(word, '\\');
      if (found == 0) {
        i += kWord;
        continue;
      }
      i += static_cast<std::size_t>(std::countr_zero(found)) / 8;
    }
    if (text[i] == '"') {
      return i;
    }
    i += text[i] == '\\' ? 2 : 1;
  }
  return text.size();
}

/// Behind the bracket that closes the one at `i`; beyond the text when there is none. Kinds of
/// brackets are the reader's concern.
std::size_t container_end(std::string_view text, std::size_t i) {
  constexpr auto kMarks = [] {
    std::array<bool, 256> marks{};
    for (const char c : std::string_view("\"{}[]")) {
      marks[static_cast<std::uint8_t>(c)] = true;
    }
    return marks;
  }();
  std::size_t depth = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (!kMarks[static_cast<std::uint8_t>(c)]) {
      continue;
    }
    if (c == '"') {
      i = string_end(text, i);
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (--depth == 0) {
      return i + 1;
    }
  }
  return text.size() + 1;
}

/// Behind the value at `i`, perhaps with white space; beyond the text when it does not end.
std::size_t value_end(std::string_view text, std::size_t i) {
  if (i < text.size() && (text[i] == '{' || text[i] == '[')) {
    return container_end(text, i);
  }
  if (i < text.size() && text[i] == '"') {
    return string_end(text, i) + 1;
  }
  const std::size_t end = text.find_first_of(",]}", i);
  return end == std::string_view::npos ? text.size() + 1 : end;
}

std::size_t skip_space(std::string_view text, std::size_t i) {
  while (i < text.size() && is_space(text[i])) {
    ++i;
  }
  return i;
}

base::Result<Pieces> split_array(std::string_view body, const SplitOptions& options) {
  Pieces pieces{Shape::array, {}};
  std::size_t i = skip_space(body, 1);
  if (i < body.size() && body[i] == ']' && i + 1 == body.size()) {
    return pieces;
  }
  while (true) {
    const std::size_t end = value_end(body, i);
    const std::size_t item = pieces.items.size();
    if (end > body.size()) {
      return error_at(item, ErrorCode::bad_json, "the text ends inside this element");
    }
    const std::string_view piece = trim(body.substr(i, end - i));
    if (piece.empty()) {
      return error_at(item, ErrorCode::bad_json, "element expected");
    }
    if (item == options.items_max) {
      return error_at(item, ErrorCode::too_large, "too many elements");
    }
    pieces.items.push_back(piece);
    i = skip_space(body, end);
    if (i + 1 == body.size() && body[i] == ']') {
      return pieces;
    }
    if (i >= body.size() || body[i] != ',') {
      return error_at(item, ErrorCode::bad_json,
                      "comma or the end of the array expected behind this element");
    }
    i = skip_space(body, i + 1);
  }
}

base::Result<Pieces> split_lines(std::string_view body, const SplitOptions& options) {
  Pieces pieces{Shape::lines, {}};
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    const std::string_view line = trim(body.substr(0, end));
    if (!line.empty()) {
      if (pieces.items.size() == options.items_max) {
        return error_at(pieces.items.size(), ErrorCode::too_large, "too many lines");
      }
      pieces.items.push_back(line);
    }
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
  }
  return pieces;
}

/// More than one value, each on its line? Decided by what follows the first one.
bool has_lines(std::string_view body) {
  const std::size_t end = value_end(body, 0);
  if (end >= body.size()) {
    return false;
  }
  const std::size_t newline = body.find('\n', end);
  return newline != std::string_view::npos && trim(body.substr(end, newline - end)).empty();
}

}  // namespace

base::Result<Pieces> split(std::string_view body, const SplitOptions& options) {
  body = trim(body);
  if (body.empty()) {
    return Error{ErrorCode::bad_json, "", "the body is empty"};
  }
  if (options.lines_only) {
    return split_lines(body, options);
  }
  if (body.front() == '[') {
    return split_array(body, options);
  }
  if (has_lines(body)) {
    return split_lines(body, options);
  }
  return Pieces{Shape::one, {body}};
}

}  // namespace huan::json
