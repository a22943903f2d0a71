// SPDX-License-Identifier: Apache-2.0
// What people call the kinds of the catalogue (aliases.toml), and how they may be used a second
// time: the words of all folders, the tips of the youngest.
//
//   {"paper.occ":{"called":["纸箱 zhixiang zx","carton"],"tip_en":"…","tip_zh":"…"}}
#pragma once

#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/registry/pack.hpp"

namespace huan::wire_pack {

/// RFC 8785 bytes; "{}" where no folder has any. bad_pack.
[[nodiscard]] base::Result<std::string> everyday_words_of(
    const std::vector<registry::PackFolder>& folders, const registry::Pack& pack);

}  // namespace huan::wire_pack
