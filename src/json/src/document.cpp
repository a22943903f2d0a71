// SPDX-License-Identifier: Apache-2.0
#include "huan/json/document.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "parser.hpp"
#include "scan.hpp"

namespace huan::json {
namespace {

constexpr std::size_t kScratchKeep = std::size_t{1} << 16;

}  // namespace

base::Result<Document> Document::parse(std::string_view text, const ParseOptions& options) {
  constexpr std::size_t kOffsets = std::numeric_limits<std::uint32_t>::max() - kPadding;
  if (text.size() > std::min(options.text_max, kOffsets)) {
    return base::Error{base::ErrorCode::too_large, "", "the text is too long"};
  }
  auto copy = std::make_unique_for_overwrite<char[]>(text.size() + kPadding);
  std::copy(text.begin(), text.end(), copy.get());
  std::memset(copy.get() + text.size(), 0, kPadding);
  // One scratch a thread: a Document's own nodes are then one allocation of the right size.
  static thread_local std::vector<detail::Node> scratch;
  if (scratch.size() > std::min(kScratchKeep, options.nodes_max)) {
    scratch = {};
  }
  Parser parser(copy.get(), text.size(), options, scratch);
  if (auto error = parser.run(); error.has_value()) {
    return std::move(*error);
  }
  const detail::Node* const first = scratch.data();
  return Document(std::move(copy), std::vector<detail::Node>(first, first + parser.count()));
}

}  // namespace huan::json
