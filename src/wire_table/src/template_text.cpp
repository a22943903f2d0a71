// SPDX-License-Identifier: Apache-2.0
#include "template_text.hpp"

#include "huan/base/text.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kWidthMax = 20;

base::Result<void> take_header(std::string_view inside, TemplatePart& part) {
  const std::size_t colon = inside.rfind(":0");
  if (colon != std::string_view::npos) {
    const auto width = base::parse_integer(inside.substr(colon + 2));
    if (!width || *width < 1 || *width > kWidthMax) {
      return Error{ErrorCode::bad_mapping, "",
                   "the width of {" + std::string{inside} + "} is not like :02"};
    }
    part.width = static_cast<std::size_t>(*width);
    inside = inside.substr(0, colon);
  }
  if (inside.empty()) {
    return Error{ErrorCode::bad_mapping, "", "{} names no header"};
  }
  part.header = inside;
  return {};
}

}  // namespace

base::Result<std::vector<TemplatePart>> parse_template(std::string_view text) {
  std::vector<TemplatePart> parts;
  TemplatePart part;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '{' || c == '}') && i + 1 < text.size() && text[i + 1] == c) {
      part.text.push_back(c);
      ++i;
    } else if (c == '{') {
      const std::size_t close = text.find('}', i);
      if (close == std::string_view::npos) {
        return Error{ErrorCode::bad_mapping, "", "a { is never closed"};
      }
      HUAN_CHECK(take_header(text.substr(i + 1, close - i - 1), part));
      parts.push_back(std::move(part));
      part = {};
      i = close;
    } else if (c == '}') {
      return Error{ErrorCode::bad_mapping, "", "a } was never opened"};
    } else {
      part.text.push_back(c);
    }
  }
  if (parts.empty()) {
    return Error{ErrorCode::bad_mapping, "",
                 "the text names no header in { }; use [constants] for a fixed text"};
  }
  parts.push_back(std::move(part));
  return parts;
}

}  // namespace huan::wire_table
