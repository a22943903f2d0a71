// SPDX-License-Identifier: Apache-2.0
// Reads along with the HTTP parser, byte by byte of what comes from one connection, and lets only
// those requests pass whose borders no two readers can see differently (RFC 9112 §11.2): lines end
// in CRLF, no folded fields, one Content-Length or one "chunked", never both, one Host. It also
// holds the limits, so that what is too large is answered before it is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/error.hpp"

namespace huan::http_server {

struct FramingLimits {
  std::size_t target_max{8192};
  std::size_t header_max{32768};  ///< all fields of one request
  std::size_t fields_max{100};
  std::uint64_t body_max{64U << 20U};  ///< beyond it the connection is closed
  std::size_t chunks_max{1U << 18U};
};

struct Refusal {
  int status;
  base::ErrorCode code;
  std::string_view detail;  ///< literal text
};

class FramingGuard {
 public:
  explicit FramingGuard(const FramingLimits& limits) : limits_(&limits) {}

  struct Verdict {
    std::size_t passed{0};           ///< bytes that may go to the parser
    std::optional<Refusal> refusal;  ///< what follows them must not
    bool wants_continue{false};      ///< a client waits for "100 Continue" before its body
  };
  /// Looks at the next bytes of the connection. After a refusal the guard must not be used again.
  [[nodiscard]] Verdict inspect(std::string_view bytes);
  /// Nothing of a next request has been seen.
  [[nodiscard]] bool is_idle() const { return state_ == State::start && line_.empty(); }
  /// A request line or header has begun and not ended.
  [[nodiscard]] bool is_in_head() const { return !is_idle() && state_ <= State::fields; }

 private:
  enum class State { start, fields, body, chunk_size, chunk_data, chunk_end, trailers };
  using Outcome = std::optional<Refusal>;

  Outcome take_line(std::string_view line);
  Outcome take_request_line(std::string_view line);
  Outcome take_field(std::string_view line);
  Outcome take_framing_field(std::string_view name, std::string_view value);
  Outcome take_content_length(std::string_view value);
  Outcome end_of_head();
  Outcome take_chunk_size(std::string_view line);
  Outcome check_line_so_far() const;
  std::size_t skip_data(std::size_t available);
  void begin_message();

  const FramingLimits* limits_;
  State state_{State::start};
  std::string line_;  ///< the part of a line seen so far
  std::size_t head_bytes_{0};
  std::size_t fields_{0};
  std::size_t hosts_{0};
  std::size_t blank_lines_{0};
  std::optional<std::uint64_t> length_;
  bool chunked_{false};
  bool http_1_0_{false};
  bool expects_continue_{false};
  std::uint64_t remaining_{0};  ///< of the body or the chunk
  std::uint64_t body_{0};
  std::size_t chunks_{0};
};

}  // namespace huan::http_server
