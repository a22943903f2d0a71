// SPDX-License-Identifier: Apache-2.0
// One pass over a text, with a stack of its own. Knows at each moment the path to where it is, so
// that a refusal can name its place.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/error.hpp"
#include "huan/json/document.hpp"

namespace huan::json {

class Parser {
 public:
  /// `text` has kPadding zeros behind its `size` bytes; strings with escapes are resolved in place.
  Parser(char* text, std::size_t size, const ParseOptions& options,
         std::vector<detail::Node>& nodes);
  /// Fills the nodes; the error if the text is refused.
  std::optional<base::Error> run();
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  struct Frame {
    std::uint64_t
        seen;  ///< one bit a key, by a cheap hash: only a bit met twice asks for a closer look
    std::uint32_t node;   ///< the container
    std::uint32_t count;  ///< members or elements begun
    std::uint32_t key;    ///< node of the current member's key
    bool object;
    bool look_closer;
  };
  enum class Where { container, member };

  bool step();
  bool value();
  bool key();
  bool open(Kind kind);
  bool close();
  bool keys_differ(const Frame& frame);
  bool string();
  bool unescape(char* start);
  bool escape(char*& out, bool& escaped);
  bool unicode_escape(char*& out, bool& escaped);
  bool bad_character();
  bool number();
  bool decimal(const char* start);
  bool literal(std::string_view word, Kind kind, bool value);
  bool push(Kind kind, detail::Extent at, std::uint32_t size);
  bool push_string(const char* start, const char* end, bool escaped);
  bool push_integer(Kind kind, std::int64_t value);
  bool grow();
  void skip_space();

  bool refuse(base::ErrorCode code, const char* detail, Where where = Where::member);
  [[nodiscard]] std::string pointer(Where where) const;
  [[nodiscard]] std::string_view key_text(std::uint32_t node) const;

  char* text_;
  char* p_;
  const char* end_;
  const ParseOptions& options_;
  std::size_t depth_max_;
  std::vector<detail::Node>& nodes_;  // room; the first count_ are in use
  std::size_t count_{0};
  std::size_t depth_{0};
  std::optional<base::Error> error_;
  std::array<Frame, kDepthMax> frames_;  // not initialised: only what lies below depth_ is read
};

}  // namespace huan::json
