// SPDX-License-Identifier: Apache-2.0
// Outside JSON, read strictly: RFC 8259 and beyond it no duplicate keys, no fractions or exponents,
// integers within ±(2^53 - 1), well-formed UTF-8, no U+0000, no lone surrogates, bounded depth and
// sizes. So what is accepted has exactly one RFC 8785 form. Every refusal names its place as a JSON
// pointer. A Document owns its text and does not change. Neither deep nesting nor any other input
// grows the stack.
//
// Why a parser of our own: simdjson neither reports duplicate keys nor says where it failed, takes
// numbers that we have to refuse and needs a second pass over its tape for all of that. It is the
// oracle of this module's tests instead.
//
//   HUAN_TRY(document, json::Document::parse(body));
//   const json::Value event = document.root();
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/json/value.hpp"

namespace huan::json {

inline constexpr std::int64_t kIntegerMax = (std::int64_t{1} << 53) - 1;
inline constexpr std::size_t kDepthMax = 128;  ///< no setting goes beyond it

struct ParseOptions {
  std::size_t depth_max = 32;  ///< arrays and objects inside one another
  /// Keep numbers with fraction or exponent as Kind::decimal: for coordinates in route and site
  /// problems. Never for records.
  bool allow_fractions = false;
  std::size_t text_max = std::size_t{32} << 20;   ///< bytes of the whole text
  std::size_t string_max = std::size_t{1} << 20;  ///< bytes of one string or key
  std::size_t nodes_max = std::size_t{4} << 20;   ///< values and keys together, 16 bytes each
};

/// For reading what was accepted before and is now wrapped in a stored record: a little deeper and
/// larger than what may come in, so that nothing accepted is ever unreadable.
inline constexpr ParseOptions kStored{.depth_max = 64,
                                      .allow_fractions = false,
                                      .text_max = std::size_t{64} << 20,
                                      .string_max = std::size_t{2} << 20,
                                      .nodes_max = std::size_t{8} << 20};

class Document {
 public:
  /// bad_json, bad_text, bad_number, duplicate_key or too_large, with the place.
  static base::Result<Document> parse(std::string_view text, const ParseOptions& options = {});
  [[nodiscard]] Value root() const noexcept { return {nodes_.data(), nodes_.data(), text_.get()}; }

 private:
  Document(std::unique_ptr<char[]> text, std::vector<detail::Node> nodes)
      : text_(std::move(text)), nodes_(std::move(nodes)) {}

  std::unique_ptr<char[]>
      text_;  // strings with escapes are resolved in place: they only become shorter
  std::vector<detail::Node> nodes_;
};

}  // namespace huan::json
