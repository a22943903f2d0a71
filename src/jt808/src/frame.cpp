// SPDX-License-Identifier: Apache-2.0
#include "huan/jt808/frame.hpp"

namespace huan::jt808 {
namespace {

constexpr char kEdge = 0x7E;
constexpr char kEscape = 0x7D;
constexpr std::size_t kMessageMin = 12 + 1;

void escape(char c, std::string& out) {
  if (c == kEdge) {
    out.append({kEscape, 0x02});
  } else if (c == kEscape) {
    out.append({kEscape, 0x01});
  } else {
    out.push_back(c);
  }
}

}  // namespace

std::string frame(std::string_view message) {
  std::string out{kEdge};
  unsigned check = 0;
  for (const char c : message) {
    check ^= static_cast<std::uint8_t>(c);
    escape(c, out);
  }
  escape(static_cast<char>(check), out);
  out.push_back(kEdge);
  return out;
}

void Deframer::feed(std::string_view bytes, const Take& take) {
  for (const char c : bytes) {
    if (c == kEdge) {
      end(take);
      continue;
    }
    if (!inside_ || bad_) {
      continue;
    }
    if (escaped_) {
      bad_ = c != 0x01 && c != 0x02;
      kept_.push_back(c == 0x01 ? kEscape : kEdge);
      escaped_ = false;
    } else if (c == kEscape) {
      escaped_ = true;
    } else {
      kept_.push_back(c);
    }
    bad_ = bad_ || kept_.size() > kMessageMax;
  }
}

/// A 7E ends one frame and begins another: senders share it between two or double it.
void Deframer::end(const Take& take) {
  const bool empty = kept_.empty() && !escaped_ && !bad_;
  if (inside_ && !empty) {
    unsigned check = 0;
    for (const char c : kept_) {
      check ^= static_cast<std::uint8_t>(c);
    }
    if (bad_ || escaped_ || kept_.size() < kMessageMin || check != 0) {
      ++tally_.broken;
    } else {
      ++tally_.frames;
      take(std::string_view{kept_}.substr(0, kept_.size() - 1));
    }
  }
  kept_.clear();
  inside_ = true;
  escaped_ = false;
  bad_ = false;
}

}  // namespace huan::jt808
