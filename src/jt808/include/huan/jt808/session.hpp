// SPDX-License-Identifier: Apache-2.0
// One terminal's connection, as a pure machine: bytes in; replies, reports and "close it" out.
// Before a terminal has authenticated itself, nothing that it reports is taken. Parts of a message
// are joined; a message that is sent again is answered again. Memory is bounded: one frame, and one
// message in parts of at most 64 kB.
//
// A reply to reports is held back until they are durable: the caller sends `Taken::replies` after
// it has stored `Taken::fixes`.
//
//   Session session{doorkeeper};
//   Taken taken = session.take(bytes);
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "huan/jt808/frame.hpp"
#include "huan/jt808/message.hpp"

namespace huan::jt808 {

/// Who may come in; the gateway knows.
class Doorkeeper {
 public:
  virtual ~Doorkeeper() = default;
  struct Answer {
    RegisterVerdict verdict{RegisterVerdict::no_terminal};
    std::string code;  ///< when ok
  };
  virtual Answer enrol(const std::string& phone, const Registration& registration) = 0;
  virtual bool admits(const std::string& phone, const std::string& code) = 0;
};

struct Taken {
  std::string replies;     ///< framed bytes
  std::vector<Fix> fixes;  ///< of the terminal that is in
  bool close{false};       ///< after the replies
};

class Session {
 public:
  explicit Session(Doorkeeper& doorkeeper) : doorkeeper_(doorkeeper) {}
  [[nodiscard]] Taken take(std::string_view bytes);
  /// The terminal's number without leading zeros, once it is in.
  [[nodiscard]] const std::string& phone() const { return phone_; }
  [[nodiscard]] const FrameTally& tally() const { return deframer_.tally(); }

 private:
  void receive_part(Message message, Taken& taken);
  void handle(const Message& message, Taken& taken);
  void handle_registration(const Message& message, Taken& taken);
  void handle_authentication(const Message& message, Taken& taken);
  void handle_reports(const Message& message, Taken& taken);
  void reply(const Message& to, Verdict verdict, Taken& taken);

  Doorkeeper& doorkeeper_;
  Deframer deframer_;
  std::string phone_;
  std::uint16_t serial_{0};
  int wrongs_{0};
  // A message that comes in parts.
  std::uint16_t joined_id_{0};
  std::uint16_t joined_first_{0};  // serial of its first part
  std::uint16_t joined_total_{0};
  std::size_t joined_bytes_{0};
  std::map<std::uint16_t, std::string> joined_;
};

/// A number as it is compared: leading zeros off, since the editions differ in length.
[[nodiscard]] std::string plain_phone(std::string_view digits);

}  // namespace huan::jt808
