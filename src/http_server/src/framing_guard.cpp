// SPDX-License-Identifier: Apache-2.0
#include "framing_guard.hpp"

#include <algorithm>
#include <array>

#include "blanks.hpp"
#include "huan/http_server/message.hpp"

namespace huan::http_server {
namespace {

using base::ErrorCode;

constexpr std::size_t kChunkLineMax = 256;
constexpr std::size_t kBlankLinesMax = 2;

Refusal malformed(std::string_view detail) { return {400, ErrorCode::bad_text, detail}; }

bool is_token_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

/// Field values: anything but control characters; a tab is white space.
bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7f) || byte == '\t';
  });
}

/// Others the library behind would hang up on without a word.
bool is_spoken(std::string_view method) {
  constexpr std::array<std::string_view, 8> kMethods{"GET",    "HEAD",    "POST",  "PUT",
                                                     "DELETE", "OPTIONS", "PATCH", "TRACE"};
  return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char folded = static_cast<char>(c | 0x20);
  return folded >= 'a' && folded <= 'f' ? folded - 'a' + 10 : -1;
}

}  // namespace

void FramingGuard::begin_message() {
  state_ = State::start;
  head_bytes_ = fields_ = hosts_ = blank_lines_ = chunks_ = 0;
  length_.reset();
  chunked_ = http_1_0_ = expects_continue_ = false;
  remaining_ = body_ = 0;
}

FramingGuard::Verdict FramingGuard::inspect(std::string_view bytes) {
  Verdict verdict;
  std::size_t at = 0;
  const auto refused = [&](Outcome why) {
    verdict.refusal = why;
    return verdict;
  };
  while (at < bytes.size()) {
    if (state_ == State::body || state_ == State::chunk_data) {
      at += skip_data(bytes.size() - at);
    } else {
      const auto rest = bytes.substr(at);
      const auto end = rest.find('\n');
      line_ += rest.substr(0, end);
      if (auto why = check_line_so_far()) {
        return refused(why);
      }
      if (end == std::string_view::npos) {
        break;
      }
      at += end + 1;
      if (!line_.ends_with('\r')) {
        return refused(malformed("a line does not end in CRLF"));
      }
      line_.pop_back();
      const bool was_head = state_ == State::fields;
      auto why = take_line(line_);
      line_.clear();
      if (why) {
        return refused(why);
      }
      if (was_head && state_ != State::fields && expects_continue_ && at == bytes.size()) {
        verdict.wants_continue = state_ == State::body || state_ == State::chunk_size;
      }
    }
    if (is_idle()) {
      verdict.passed = at;  // a whole request: it may be answered even if the next one is refused
    }
  }
  verdict.passed = bytes.size();
  return verdict;
}

FramingGuard::Outcome FramingGuard::check_line_so_far() const {
  switch (state_) {
    case State::start:
      // Method and version take little beside the target.
      return line_.size() > limits_->target_max + 64
                 ? Outcome(Refusal{414, ErrorCode::uri_too_long, "request target"})
                 : Outcome();
    case State::fields:
    case State::trailers:
      return head_bytes_ + line_.size() > limits_->header_max
                 ? Outcome(Refusal{431, ErrorCode::too_large, "header fields"})
                 : Outcome();
    default:
      return line_.size() > kChunkLineMax ? Outcome(malformed("chunk header")) : Outcome();
  }
}

std::size_t FramingGuard::skip_data(std::size_t available) {
  const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(available, remaining_));
  remaining_ -= taken;
  if (remaining_ == 0) {
    if (state_ == State::body) {
      begin_message();
    } else {
      state_ = State::chunk_end;
    }
  }
  return taken;
}

FramingGuard::Outcome FramingGuard::take_line(std::string_view line) {
  switch (state_) {
    case State::start:
      if (line.empty()) {
        return ++blank_lines_ > kBlankLinesMax ? Outcome(malformed("empty lines before a request"))
                                               : Outcome();
      }
      return take_request_line(line);
    case State::fields:
      return line.empty() ? end_of_head() : take_field(line);
    case State::trailers:
      if (line.empty()) {
        begin_message();
        return {};
      }
      return take_field(line);
    case State::chunk_size:
      return take_chunk_size(line);
    case State::chunk_end:
      state_ = State::chunk_size;
      return line.empty() ? Outcome() : Outcome(malformed("chunk longer than it says"));
    default:
      return malformed("unexpected line");
  }
}

FramingGuard::Outcome FramingGuard::take_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return malformed("request line");
  }
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  const bool visible = !target.empty() && std::all_of(target.begin(), target.end(),
                                                      [](char c) { return c > 0x20 && c < 0x7f; });
  if (!is_token(method) || !visible) {
    return malformed("request line");
  }
  if (target.size() > limits_->target_max) {
    return Refusal{414, ErrorCode::uri_too_long, "request target"};
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return Refusal{505, ErrorCode::bad_text, "only HTTP/1.1 is spoken here"};
  }
  if (!is_spoken(method)) {
    return Refusal{501, ErrorCode::method_not_allowed, "no such method"};
  }
  http_1_0_ = version == "HTTP/1.0";
  state_ = State::fields;
  return {};
}

FramingGuard::Outcome FramingGuard::take_field(std::string_view line) {
  head_bytes_ += line.size() + 2;
  if (++fields_ > limits_->fields_max) {
    return Refusal{431, ErrorCode::too_large, "too many header fields"};
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) {
    return malformed("header field without a colon");
  }
  const auto name = line.substr(0, colon);
  const auto value = without_blanks(line.substr(colon + 1));
  if (!is_token(name) || !is_value(value)) {
    return malformed("header field");  // folded lines too: their name begins with white space
  }
  return take_framing_field(name, value);
}

FramingGuard::Outcome FramingGuard::take_framing_field(std::string_view name,
                                                       std::string_view value) {
  const bool framing =
      equal_ignoring_case(name, "Content-Length") || equal_ignoring_case(name, "Transfer-Encoding");
  if (state_ == State::trailers) {
    return framing || equal_ignoring_case(name, "Host") ? Outcome(malformed("framing in a trailer"))
                                                        : Outcome();
  }
  if (equal_ignoring_case(name, "Content-Length")) {
    return take_content_length(value);
  }
  if (equal_ignoring_case(name, "Transfer-Encoding")) {
    if (chunked_ || http_1_0_ || !equal_ignoring_case(value, "chunked")) {
      return malformed("Transfer-Encoding other than one chunked");
    }
    chunked_ = true;
  } else if (equal_ignoring_case(name, "Host")) {
    ++hosts_;
  } else if (equal_ignoring_case(name, "Upgrade")) {
    return Refusal{501, ErrorCode::bad_text, "upgrades are not offered"};
  } else if (equal_ignoring_case(name, "Expect")) {
    if (!equal_ignoring_case(value, "100-continue")) {
      return malformed("Expect other than 100-continue");
    }
    expects_continue_ = true;
  }
  return {};
}

FramingGuard::Outcome FramingGuard::take_content_length(std::string_view value) {
  const bool digits =
      !value.empty() && value.size() <= 18 &&
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits || length_) {
    return malformed("Content-Length other than one number");
  }
  std::uint64_t length = 0;
  for (const char c : value) {
    length = length * 10 + static_cast<std::uint64_t>(c - '0');
  }
  length_ = length;
  return {};
}

FramingGuard::Outcome FramingGuard::end_of_head() {
  if (hosts_ > 1 || (hosts_ == 0 && !http_1_0_)) {
    return malformed("one Host field is needed");
  }
  if (chunked_ && length_) {
    return malformed("both Content-Length and Transfer-Encoding");
  }
  if (length_.value_or(0) > limits_->body_max) {
    return Refusal{413, ErrorCode::too_large, "body"};
  }
  if (chunked_) {
    state_ = State::chunk_size;
  } else if (length_.value_or(0) > 0) {
    remaining_ = *length_;
    state_ = State::body;
  } else {
    begin_message();
  }
  return {};
}

FramingGuard::Outcome FramingGuard::take_chunk_size(std::string_view line) {
  // Extensions are allowed and ignored, but only if they are visible text.
  const auto semicolon = line.find(';');
  const auto digits = line.substr(0, semicolon);
  const bool clean = semicolon == std::string_view::npos || is_value(line.substr(semicolon));
  if (digits.empty() || digits.size() > 8 || !clean) {
    return malformed("chunk header");
  }
  std::uint64_t size = 0;
  for (const char c : digits) {
    const int value = hex_value(c);
    if (value < 0) {
      return malformed("chunk size");
    }
    size = size * 16 + static_cast<std::uint64_t>(value);
  }
  if (++chunks_ > limits_->chunks_max || body_ + size > limits_->body_max) {
    return Refusal{413, ErrorCode::too_large, "body"};
  }
  body_ += size;
  remaining_ = size;
  state_ = size == 0 ? State::trailers : State::chunk_data;
  return {};
}

}  // namespace huan::http_server
