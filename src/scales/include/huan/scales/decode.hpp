// SPDX-License-Identifier: Apache-2.0
// The bytes of an indicator, as they come from a serial line or a serial-to-TCP box, made into
// readings. A Decoder takes any bytes in pieces of any size: how they are cut never changes what
// comes out, noise is skipped byte by byte until a frame holds together again, and it keeps at most
// one frame. It says nothing about whether the load rests.
//
// Protocols: Yaohua XK3190 (continuous output tf=0, and the replies of its command mode), Toledo
// standard continuous output (17 bytes, or 18 with checksum), and the line forms "ST,GS,+  1.234kg"
// and "ww001.234kg" (XK3190-A12). Not read: Toledo's extended form, Modbus.
//
//   Decoder decoder{{.protocol = Protocol::yaohua}};
//   std::vector<Reading> readings;
//   decoder.feed(bytes, readings);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/scales/reading.hpp"

namespace huan::scales {

enum class Protocol : std::uint8_t { yaohua, toledo, ascii };
[[nodiscard]] std::string_view name(Protocol protocol) noexcept;
[[nodiscard]] std::optional<Protocol> parse_protocol(std::string_view text) noexcept;

struct DecoderOptions {
  Protocol protocol{Protocol::yaohua};
  Unit unit{Unit::kg};  ///< of a Yaohua frame, which does not name it
  /// Toledo's sign bit: manuals say that 1 is negative, some libraries the opposite. Try it on the
  /// device with an empty, tared platform.
  bool sign_bit_negative{true};
  bool checksum{true};  ///< Toledo with its 18th byte
};

/// What came in since the decoder was made.
struct Tally {
  std::uint64_t frames{0};
  std::uint64_t checksums{0};  ///< frames whole in form whose checksum fails
  std::uint64_t skipped{0};    ///< bytes of no frame, those included
  std::uint64_t unusable{0};   ///< frames in units or modes that are not for trade
};

class Decoder {
 public:
  explicit Decoder(DecoderOptions options) : options_(options) {}
  /// Appends what the bytes complete.
  void feed(std::string_view bytes, std::vector<Reading>& out);
  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  static constexpr std::size_t kPiece = 256;  // joined at a time with what is kept
  std::size_t take_frames(std::vector<Reading>& out);
  std::size_t take_lines(std::vector<Reading>& out);

  DecoderOptions options_;
  Tally tally_;
  std::string kept_;     // the beginning of a frame
  bool overrun_{false};  // ascii: within a line too long to be one
};

/// Command mode of Yaohua indicators (XK3190-A23p manual): what to send, `02 addr cmd xor xor 03`.
enum class Ask : char { handshake = 'A', gross = 'B', tare = 'C', net = 'D' };
/// `address` is 'A' to 'Z'.
[[nodiscard]] std::string yaohua_command(char address, Ask ask);

}  // namespace huan::scales
