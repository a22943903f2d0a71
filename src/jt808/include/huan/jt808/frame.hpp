// SPDX-License-Identifier: Apache-2.0
// JT/T 808 on the wire: 7E, an escaped message with its check byte, 7E. A Deframer takes any bytes
// in pieces of any size and gives whole messages with a check that holds; what is longer than a
// frame can be is skipped to the next 7E, and it keeps at most one frame.
//
//   Deframer deframer;
//   deframer.feed(bytes, [&](std::string_view message) { … });   // header and body
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace huan::jt808 {

/// Header (at most 21 bytes), body (at most 1,023) and check, unescaped.
inline constexpr std::size_t kMessageMax = 21 + 1'023 + 1;

/// Check byte, escapes and delimiters around header and body.
[[nodiscard]] std::string frame(std::string_view message);

struct FrameTally {
  std::uint64_t frames{0};
  std::uint64_t broken{0};  ///< wrong check, wrong escape, too long or too short
};

class Deframer {
 public:
  using Take = std::function<void(std::string_view message)>;
  void feed(std::string_view bytes, const Take& take);
  [[nodiscard]] const FrameTally& tally() const { return tally_; }

 private:
  void end(const Take& take);

  std::string kept_;
  bool inside_{false};   // after a 7E
  bool escaped_{false};  // after a 7D
  bool bad_{false};      // until the next 7E
  FrameTally tally_;
};

}  // namespace huan::jt808
