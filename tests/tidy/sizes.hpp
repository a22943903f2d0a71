// SPDX-License-Identifier: Apache-2.0
// The ratchet: functions, headers and sources above their limit are listed in ratchet.txt with
// today's size, which may only fall. What is not listed stays under the limit.
#pragma once

#include <string_view>

#include "tree.hpp"

namespace huan::tidy {

inline constexpr std::size_t kFunctionLinesMax = 70;
inline constexpr std::size_t kHeaderLinesMax = 300;
inline constexpr std::size_t kSourceLinesMax = 500;
inline constexpr std::size_t kFileLinesEver = 800;

/// Lines of `ratchet`: `<size> <path>` or `<size> <path> <function>`; `#` begins a comment.
Complaints sizes(const Tree& tree, std::string_view ratchet);

}  // namespace huan::tidy
