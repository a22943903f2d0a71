// SPDX-License-Identifier: Apache-2.0
// TextMap: a hash table by text that is also asked with a view, without a copy of it.
//
//   base::TextMap<int> counts;
//   counts.find(std::string_view{"paper"});
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace huan::base {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};

template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

}  // namespace huan::base
