// SPDX-License-Identifier: Apache-2.0
// Bytes in, clean UTF-8 out: finds the encoding, converts GB18030, checks every byte, drops a byte
// order mark. Text before the first bad byte is still delivered, so that the reader can name the
// row in which the bad one stands.
#pragma once

#include <iconv.h>

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "huan/base/error.hpp"
#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {

/// Length of the longest front of `text` that is well-formed UTF-8 without NUL and ends between two
/// characters. `truncated` says that what follows is the beginning of a character that may be
/// completed by further bytes.
struct Utf8Front {
  std::size_t size{0};
  bool truncated{false};
};
[[nodiscard]] Utf8Front utf8_front(std::string_view text);

class Utf8Feed {
 public:
  Utf8Feed(std::unique_ptr<ByteSource> source, Encoding encoding);
  ~Utf8Feed();
  Utf8Feed(const Utf8Feed&) = delete;
  Utf8Feed& operator=(const Utf8Feed&) = delete;

  /// Whole characters only; `into` has room for 64 bytes or more. 0: the end, or problem().
  std::size_t read(std::span<char> into);
  [[nodiscard]] const std::optional<base::Error>& problem() const { return problem_; }
  [[nodiscard]] Encoding encoding() const { return encoding_; }

 private:
  std::size_t read_first(std::span<char> into);
  std::size_t fill(std::span<char> into, std::size_t filled, std::size_t least);
  std::size_t read_utf8(std::span<char> into);
  std::size_t read_gb18030(std::span<char> into);
  std::size_t accept(std::span<char> into, std::size_t filled);
  std::size_t switch_to_gb18030(std::span<char> into, std::size_t filled);
  bool open_converter();
  std::size_t convert(std::span<char> into);
  void fail(std::string detail);

  std::unique_ptr<ByteSource> source_;
  Encoding encoding_;
  std::optional<base::Error> problem_;
  std::string carry_;  ///< raw bytes not yet delivered
  bool started_{false};
  bool ended_{false};
  iconv_t converter_{};
  bool converter_open_{false};
};

}  // namespace huan::wire_table
