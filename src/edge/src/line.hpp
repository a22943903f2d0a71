// SPDX-License-Identifier: Apache-2.0
// The line to an indicator: a serial device or a serial-to-TCP box, opened again whenever it
// breaks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"

namespace huan::edge {

struct LineAddress {
  bool serial{false};
  std::string name;      ///< host or device
  std::string port;      ///< of TCP
  unsigned baud{9'600};  ///< of serial; 8N1
};
/// "tcp:127.0.0.1:4001", "serial:/dev/ttyS0@9600". bad_config.
[[nodiscard]] base::Result<LineAddress> parse_line(std::string_view text);

class Line {
 public:
  explicit Line(LineAddress address) : address_(std::move(address)) {}
  ~Line();
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  [[nodiscard]] bool is_open() const { return handle_ >= 0; }
  /// Tries once, for a second at most.
  bool open();
  void close();
  /// Waits so long for bytes and appends them; false when the line broke.
  bool read(std::string& bytes, int wait_ms);
  bool write(std::string_view bytes);

 private:
  LineAddress address_;
  int handle_{-1};
};

}  // namespace huan::edge
