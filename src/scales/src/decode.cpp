// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/decode.hpp"

#include <array>

#include "frame.hpp"

namespace huan::scales {
namespace {

constexpr std::size_t kLineMax = 64;
constexpr std::array<std::string_view, 3> kProtocols{"yaohua", "toledo", "ascii"};

/// The first line of `bytes` with its end; size 0: not whole yet.
struct Line {
  std::string_view text;
  std::size_t size{0};
};

Line first_line(std::string_view bytes) {
  const auto end = bytes.find_first_of("\r\n");
  return end == std::string_view::npos ? Line{} : Line{bytes.substr(0, end), end + 1};
}

}  // namespace

std::string_view name(Protocol protocol) noexcept {
  return kProtocols[static_cast<std::size_t>(protocol)];
}

std::optional<Protocol> parse_protocol(std::string_view text) noexcept {
  for (std::size_t i = 0; i < kProtocols.size(); ++i) {
    if (kProtocols[i] == text) {
      return static_cast<Protocol>(i);
    }
  }
  return std::nullopt;
}

void Decoder::feed(std::string_view bytes, std::vector<Reading>& out) {
  // A frame is short: what is kept of it is joined with the new bytes, a piece at a time.
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    kept_.append(piece);
    const std::size_t used =
        options_.protocol == Protocol::ascii ? take_lines(out) : take_frames(out);
    kept_.erase(0, used);
  }
}

std::size_t Decoder::take_frames(std::vector<Reading>& out) {
  std::size_t at = 0;
  while (at < kept_.size()) {
    const std::string_view rest = std::string_view{kept_}.substr(at);
    const Match match = options_.protocol == Protocol::toledo ? match_toledo(rest, options_)
                                                              : match_yaohua(rest, options_);
    if (match.verdict == Verdict::more) {
      break;
    }
    if (match.verdict == Verdict::frame || match.verdict == Verdict::unusable) {
      ++(match.verdict == Verdict::frame ? tally_.frames : tally_.unusable);
      at += match.size;
      if (match.has_reading) {
        out.push_back(match.reading);
      }
      continue;
    }
    // A frame may begin within what turned out to be none.
    tally_.checksums += match.verdict == Verdict::checksum ? 1 : 0;
    ++tally_.skipped;
    ++at;
  }
  return at;
}

std::size_t Decoder::take_lines(std::vector<Reading>& out) {
  std::size_t at = 0;
  for (;;) {
    const Line line = first_line(std::string_view{kept_}.substr(at));
    if (line.size == 0) {
      break;
    }
    at += line.size;
    const bool too_long = overrun_ || line.text.size() > kLineMax;
    overrun_ = false;
    if (line.text.empty() && !too_long) {
      continue;  // the LF of a CR LF
    }
    const Match match = too_long ? Match{} : match_ascii(line.text);
    if (match.verdict == Verdict::frame) {
      ++tally_.frames;
      out.push_back(match.reading);
    } else {
      tally_.skipped += line.size;
    }
  }
  if (kept_.size() - at > kLineMax) {
    overrun_ = true;
    tally_.skipped += kept_.size() - at;
    at = kept_.size();
  }
  return at;
}

}  // namespace huan::scales
