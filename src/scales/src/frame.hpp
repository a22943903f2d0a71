// SPDX-License-Identifier: Apache-2.0
// What each protocol says about the bytes that a frame may begin with.
#pragma once

#include <string_view>

#include "huan/scales/decode.hpp"

namespace huan::scales {

inline constexpr char kStx = 0x02;
inline constexpr char kEtx = 0x03;
inline constexpr char kCr = 0x0D;

enum class Verdict : std::uint8_t {
  more,      ///< may become a frame
  frame,     ///< is one of `size` bytes
  checksum,  ///< has the form of one, its checksum fails
  unusable,  ///< is one of `size` bytes that is not for trade
  none       ///< cannot begin here
};

struct Match {
  Verdict verdict{Verdict::none};
  std::size_t size{0};
  Reading reading{};
  bool has_reading{false};  ///< a handshake's reply has none
};

[[nodiscard]] inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] Match match_yaohua(std::string_view bytes, const DecoderOptions& options);
[[nodiscard]] Match match_toledo(std::string_view bytes, const DecoderOptions& options);
/// A whole line without its end.
[[nodiscard]] Match match_ascii(std::string_view line);

}  // namespace huan::scales
