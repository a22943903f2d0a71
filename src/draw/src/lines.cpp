// SPDX-License-Identifier: Apache-2.0
#include "lines.hpp"

#include <charconv>

namespace huan::draw {

using base::Error;
using base::ErrorCode;
using base::Result;

Error Lines::wrong(std::string what) const {
  return {ErrorCode::bad_file, "line " + std::to_string(line_), std::move(what)};
}

Result<std::string_view> Lines::next() {
  ++line_;
  const auto end = rest_.find('\n');
  if (end == std::string_view::npos) {
    return wrong(rest_.empty() ? "the text ends too early" : "the line has no end");
  }
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

Result<std::string_view> Lines::after(std::string_view word) {
  HUAN_TRY(line, next());
  if (line.size() <= word.size() || !line.starts_with(word) || line[word.size()] != ' ') {
    return wrong("`" + std::string(word) + "` and its value are expected");
  }
  return line.substr(word.size() + 1);
}

Result<std::uint64_t> Lines::number_after(std::string_view word) {
  HUAN_TRY(text, after(word));
  const auto number = whole_number(text);
  if (!number) {
    return wrong("a whole number is expected");
  }
  return *number;
}

Result<void> Lines::expect(std::string_view line) {
  HUAN_TRY(found, next());
  return found == line ? Result<void>() : wrong("`" + std::string(line) + "` is expected");
}

Result<void> Lines::finish() const {
  return rest_.empty() ? Result<void>() : wrong("nothing may follow this line");
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto end = text.find(at);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return out;
    }
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> out;
  if (text != "-") {
    const auto parts = split(text, ',');
    out.assign(parts.begin(), parts.end());
  }
  return out;
}

std::string list_text(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& one : list) {
    out += (out.empty() ? "" : ",") + one;
  }
  return out.empty() ? "-" : out;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t out = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), text.data() + text.size(), out);
  const bool canonical = text == "0" || (!text.empty() && text.front() != '0');
  if (read.ec != std::errc{} || read.ptr != end || !canonical) {
    return std::nullopt;
  }
  return out;
}

}  // namespace huan::draw
