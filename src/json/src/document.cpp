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
  if (scratch.size() > options.nodes_max) {
    scratch = {};
  }
  Parser parser(copy.get(), text.size(), options, scratch);
  auto error = parser.run();
  const detail::Node* const first = scratch.data();
  std::vector<detail::Node> nodes(first, first + (error.has_value() ? 0 : parser.count()));
  if (scratch.size() > kScratchKeep) {
    scratch = {};  // one large text must not cost its memory for good
  }
  if (error.has_value()) {
    return std::move(*error);
  }
  return Document(std::move(copy), std::move(nodes));
}

}  // namespace huan::json
