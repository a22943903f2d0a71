// SPDX-License-Identifier: Apache-2.0
#include "utf8_feed.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "huan/base/assert.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kRawBlock = std::size_t{64} << 10;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

struct Sequence {
  std::size_t length{1};
  std::uint8_t low{0x80};  ///< bounds of the second byte (Unicode table 3-7)
  std::uint8_t high{0xBF};
};

/// Length 0: no character begins with this byte.
Sequence sequence_of(std::uint8_t lead) {
  if (lead < 0x80) {
    return {lead == 0 ? std::size_t{0} : std::size_t{1}, 0, 0};
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return {2, 0x80, 0xBF};
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    return {3, static_cast<std::uint8_t>(lead == 0xE0 ? 0xA0 : 0x80),
            static_cast<std::uint8_t>(lead == 0xED ? 0x9F : 0xBF)};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    return {4, static_cast<std::uint8_t>(lead == 0xF0 ? 0x90 : 0x80),
            static_cast<std::uint8_t>(lead == 0xF4 ? 0x8F : 0xBF)};
  }
  return {0, 0, 0};
}

bool is_ascii(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; });
}

/// The slow, exact search, used only when the fast check has said no.
Utf8Front exact_front(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const Sequence sequence = sequence_of(static_cast<std::uint8_t>(text[at]));
    if (sequence.length == 0) {
      return {at, false};
    }
    for (std::size_t i = 1; i < sequence.length; ++i) {
      if (at + i == text.size()) {
        return {at, true};
      }
      const auto byte = static_cast<std::uint8_t>(text[at + i]);
      const bool second = i == 1;
      if (byte < (second ? sequence.low : 0x80) || byte > (second ? sequence.high : 0xBF)) {
        return {at, false};
      }
    }
    at += sequence.length;
  }
  return {at, false};
}

}  // namespace

Utf8Front utf8_front(std::string_view text) {
  if (std::memchr(text.data(), 0, text.size()) == nullptr &&
      simdjson::validate_utf8(text.data(), text.size())) {
    return {text.size(), false};
  }
  return exact_front(text);
}

Utf8Feed::Utf8Feed(std::unique_ptr<ByteSource> source, Encoding encoding)
    : source_(std::move(source)), encoding_(encoding) {}

Utf8Feed::~Utf8Feed() {
  if (converter_open_) {
    iconv_close(converter_);
  }
}

void Utf8Feed::fail(std::string detail) {
  problem_ = Error{ErrorCode::bad_encoding, "", std::move(detail)};
  ended_ = true;
}

std::size_t Utf8Feed::read(std::span<char> into) {
  HUAN_ASSERT(into.size() >= 64);
  while (!problem_ && !(ended_ && carry_.empty())) {
    std::size_t n = 0;
    if (!started_) {
      n = read_first(into);
    } else if (encoding_ == Encoding::gb18030) {
      n = read_gb18030(into);
    } else {
      n = read_utf8(into);
    }
    if (n > 0) {
      return n;
    }
  }
  return 0;
}

/// Reads on from `filled`. While the encoding is open all of `into` is filled, so that how the
/// bytes arrive decides nothing.
std::size_t Utf8Feed::fill(std::span<char> into, std::size_t filled, std::size_t least) {
  while (!ended_ && filled < into.size()) {
    const std::size_t n = source_->read(into.subspan(filled));
    ended_ = n == 0;
    filled += n;
    if (encoding_ != Encoding::detect && filled >= least) {
      break;
    }
  }
  return filled;
}

/// The first bytes may be a mark.
std::size_t Utf8Feed::read_first(std::span<char> into) {
  started_ = true;
  std::size_t filled = fill(into, 0, kUtf8Mark.size());
  const std::string_view text{into.data(), filled};
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    fail("the file is UTF-16 (Excel's \"Unicode text\"); save it as \"CSV UTF-8\"");
    return 0;
  }
  if (text.starts_with(kUtf8Mark)) {
    filled -= kUtf8Mark.size();
    std::memmove(into.data(), into.data() + kUtf8Mark.size(), filled);
    encoding_ = Encoding::utf8;
  }
  if (encoding_ == Encoding::gb18030) {
    return switch_to_gb18030(into, filled);
  }
  return filled == 0 ? 0 : accept(into, filled);
}

std::size_t Utf8Feed::read_utf8(std::span<char> into) {
  std::copy(carry_.begin(), carry_.end(), into.begin());
  const std::size_t carried = carry_.size();
  carry_.clear();
  const std::size_t filled = fill(into, carried, carried + 1);
  return filled == 0 ? 0 : accept(into, filled);
}

/// Checks what stands in `into`, keeps half a character for later, decides on the encoding where it
/// is still open.
std::size_t Utf8Feed::accept(std::span<char> into, std::size_t filled) {
  const std::string_view text{into.data(), filled};
  const Utf8Front front = utf8_front(text);
  const bool tail_alone = ended_ && front.size == 0;  // half a character and nothing before it
  const bool whole = front.size == filled || (front.truncated && !tail_alone);
  if (whole) {
    carry_.assign(text.substr(front.size));
    if (encoding_ == Encoding::detect && !is_ascii(text.substr(0, front.size))) {
      encoding_ = Encoding::utf8;
    }
    return front.size;
  }
  if (!front.truncated && text[front.size] == '\0') {
    fail("there is a NUL byte; this is not a text file");
    problem_->code = ErrorCode::bad_file;
    return front.size;
  }
  if (encoding_ == Encoding::detect) {
    return switch_to_gb18030(into, filled);
  }
  fail(front.truncated ? "the file ends inside a character" : "the bytes are not UTF-8");
  return front.size;
}

bool Utf8Feed::open_converter() {
  if (!converter_open_) {
    converter_ = iconv_open("UTF-8", "GB18030");
    converter_open_ =
        converter_ != reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr)
  }
  return converter_open_;
}

std::size_t Utf8Feed::switch_to_gb18030(std::span<char> into, std::size_t filled) {
  encoding_ = Encoding::gb18030;
  carry_.assign(into.data(), filled);
  return carry_.empty() ? 0 : convert(into);
}

std::size_t Utf8Feed::read_gb18030(std::span<char> into) {
  if (!ended_ && carry_.size() < kRawBlock) {
    const std::size_t kept = carry_.size();
    carry_.resize(kept + kRawBlock);
    const std::size_t n = source_->read(std::span{carry_}.subspan(kept));
    carry_.resize(kept + n);
    ended_ = n == 0;
  }
  return carry_.empty() ? 0 : convert(into);
}

std::size_t Utf8Feed::convert(std::span<char> into) {
  if (!open_converter()) {
    fail("the text is not UTF-8, and this system cannot convert GB18030");
    return 0;
  }
  char* in = carry_.data();
  std::size_t in_left = carry_.size();
  char* out = into.data();
  std::size_t out_left = into.size();
  const std::size_t result = iconv(converter_, &in, &in_left, &out, &out_left);
  const int reason = result == static_cast<std::size_t>(-1) ? errno : 0;
  const std::size_t made = into.size() - out_left;
  carry_.erase(0, carry_.size() - in_left);
  if (reason == EILSEQ || (reason == EINVAL && ended_ && made == 0)) {
    fail("the bytes are neither UTF-8 nor GB18030");
  }
  if (const void* nul = std::memchr(into.data(), 0, made); nul != nullptr) {
    fail("there is a NUL byte; this is not a text file");
    problem_->code = ErrorCode::bad_file;
    return static_cast<std::size_t>(static_cast<const char*>(nul) - into.data());
  }
  return made;
}

}  // namespace huan::wire_table
