// SPDX-License-Identifier: Apache-2.0
#include "parser.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

#include "huan/base/text.hpp"
#include "scan.hpp"

namespace huan::json {
namespace {

using base::ErrorCode;
using detail::Node;

constexpr std::size_t kPointerMax = 1024;  // a longer one stops at the ancestor that still fits
constexpr std::size_t kNodesFirst = 256;
constexpr std::uint32_t kFewKeys = 16;  // up to here comparing all pairs is cheaper than sorting

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::uint64_t key_bit(std::string_view key) {
  if (key.empty()) {
    return 1;
  }
  const auto first = static_cast<std::uint8_t>(key.front());
  const auto last = static_cast<std::uint8_t>(key.back());
  const auto middle = static_cast<std::uint8_t>(key[key.size() / 2]);
  return std::uint64_t{1} << ((first * 5U + last * 11U + middle * 3U + key.size() * 7U) & 63U);
}

}  // namespace

Parser::Parser(char* text, std::size_t size, const ParseOptions& options, std::vector<Node>& nodes)
    : text_(text),
      p_(text),
      end_(text + size),
      options_(options),
      depth_max_(std::min(options.depth_max, kDepthMax)),
      nodes_(nodes) {}

std::optional<base::Error> Parser::run() {
  skip_space();
  bool going = value();
  while (going && depth_ > 0) {
    going = step();
  }
  if (going) {
    skip_space();
    if (p_ != end_) {
      refuse(ErrorCode::bad_json, "text behind the end of the value");
    }
  }
  return std::move(error_);
}

/// One member, element or closing bracket of the innermost container.
bool Parser::step() {
  Frame& frame = frames_[depth_ - 1];
  skip_space();
  if (*p_ == (frame.object ? '}' : ']')) {
    ++p_;
    return close();
  }
  if (frame.count > 0) {
    if (*p_ != ',') {
      return refuse(ErrorCode::bad_json,
                    p_ == end_ ? "the text ends too early" : "comma or closing bracket expected",
                    Where::container);
    }
    ++p_;
    skip_space();
  }
  if (frame.object && !key()) {
    return false;
  }
  ++frame.count;
  skip_space();
  return value();
}

bool Parser::key() {
  if (*p_ != '"') {
    return refuse(ErrorCode::bad_json, p_ == end_ ? "the text ends too early" : "key expected",
                  Where::container);
  }
  Frame& frame = frames_[depth_ - 1];
  const auto index = static_cast<std::uint32_t>(count_);
  if (!string()) {
    error_->at = pointer(Where::container);
    return false;
  }
  frame.key = index;
  const std::uint64_t bit = key_bit(key_text(frame.key));
  frame.look_closer |= (frame.seen & bit) != 0;
  frame.seen |= bit;
  skip_space();
  if (*p_ != ':') {
    return refuse(ErrorCode::bad_json, "colon expected behind the key", Where::container);
  }
  ++p_;
  return true;
}

bool Parser::value() {
  switch (*p_) {
    case '{':
      return open(Kind::object);
    case '[':
      return open(Kind::array);
    case '"':
      return string();
    case 't':
      return literal("true", Kind::boolean, true);
    case 'f':
      return literal("false", Kind::boolean, false);
    case 'n':
      return literal("null", Kind::null, false);
    default:
      if (*p_ == '-' || is_digit(*p_)) {
        return number();
      }
      return refuse(ErrorCode::bad_json, p_ == end_ ? "the text ends too early" : "value expected");
  }
}

bool Parser::open(Kind kind) {
  if (depth_ == depth_max_) {
    return refuse(ErrorCode::too_large, "nested too deeply");
  }
  const auto index = static_cast<std::uint32_t>(count_);
  if (!push(kind, {0, 0}, 0)) {
    return false;
  }
  frames_[depth_++] = Frame{0, index, 0, 0, kind == Kind::object, false};
  ++p_;
  return true;
}

bool Parser::close() {
  const Frame& frame = frames_[depth_ - 1];
  Node& node = nodes_[frame.node];
  node.size = frame.count;
  node.at.end = static_cast<std::uint32_t>(count_);
  if (frame.look_closer && !keys_differ(frame)) {
    return false;
  }
  --depth_;
  return true;
}

bool Parser::keys_differ(const Frame& frame) {
  std::vector<std::uint32_t> keys;
  keys.reserve(frame.count);
  for (std::uint32_t i = frame.node + 1; i < count_;) {
    keys.push_back(i);
    const Node& member = nodes_[i + 1];
    i = member.kind == Kind::array || member.kind == Kind::object ? member.at.end : i + 2;
  }
  const auto equal = [&](std::uint32_t a, std::uint32_t b) { return key_text(a) == key_text(b); };
  auto twice = keys.end();
  if (frame.count <= kFewKeys) {
    twice = std::find_if(keys.begin(), keys.end(), [&](const std::uint32_t& key) {
      return std::any_of(std::as_const(keys).data(), &key,
                         [&](std::uint32_t before) { return equal(before, key); });
    });
  } else {
    std::sort(keys.begin(), keys.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key_text(a) < key_text(b); });
    twice = std::adjacent_find(keys.begin(), keys.end(), equal);
  }
  if (twice == keys.end()) {
    return true;
  }
  frames_[depth_ - 1].key = *twice;
  return refuse(ErrorCode::duplicate_key, "the key stands twice in this object");
}

bool Parser::string() {
  char* const start = ++p_;
  while (true) {
    p_ += scan_plain(p_) - p_;
    if (*p_ == '"') {
      break;
    }
    if (*p_ == '\\') {
      return unescape(start);
    }
    std::size_t length = utf8_length(p_);
    if (length == 0) {
      return bad_character();
    }
    do {  // Chinese text comes in runs
      p_ += length;
      length = utf8_length(p_);
    } while (length != 0);
  }
  ++p_;
  return push_string(start, p_ - 1, false);
}

/// The string from its first backslash on, moved together in place.
bool Parser::unescape(char* start) {
  char* out = p_;
  bool escaped = false;
  while (*p_ != '"') {
    if (*p_ == '\\') {
      if (!escape(out, escaped)) {
        return false;
      }
      continue;
    }
    const char* plain_end = scan_plain(p_);
    auto length = static_cast<std::size_t>(plain_end - p_);
    if (length == 0) {
      length = utf8_length(p_);
      if (length == 0) {
        return bad_character();
      }
    }
    std::memmove(out, p_, length);
    out += length;
    p_ += length;
  }
  ++p_;
  return push_string(start, out, escaped);
}

bool Parser::push_string(const char* start, const char* end, bool escaped) {
  const auto size = static_cast<std::size_t>(end - start);
  if (size > options_.string_max) {
    return refuse(ErrorCode::too_large, "the string is too long");
  }
  if (!push(Kind::string, {static_cast<std::uint32_t>(start - text_), 0},
            static_cast<std::uint32_t>(size))) {
    return false;
  }
  nodes_[count_ - 1].escaped = escaped;
  return true;
}

bool Parser::escape(char*& out, bool& escaped) {
  const char c = p_[1];
  if (c == 'u') {
    return unicode_escape(out, escaped);
  }
  constexpr std::string_view kNames = "\"\\/bfnrt";
  constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  const std::size_t which = c == '\0' ? std::string_view::npos : kNames.find(c);
  if (which == std::string_view::npos) {
    return refuse(ErrorCode::bad_json, "unknown escape");
  }
  escaped |= c != '/';
  *out++ = kMeant[which];
  p_ += 2;
  return true;
}

bool Parser::unicode_escape(char*& out, bool& escaped) {
  const auto unit = [](const char* p) -> std::int32_t {
    if (p[0] != '\\' || p[1] != 'u') {
      return -1;
    }
    std::uint32_t code = 0;
    const auto [last, failed] = std::from_chars(p + 2, p + 6, code, 16);
    return failed == std::errc{} && last == p + 6 ? static_cast<std::int32_t>(code) : -1;
  };
  std::int32_t code = unit(p_);
  if (code < 0) {
    return refuse(ErrorCode::bad_json, "four hexadecimal digits expected");
  }
  p_ += 6;
  if (code >= 0xD800 && code <= 0xDFFF) {
    const std::int32_t low = code <= 0xDBFF ? unit(p_) : -1;
    if (low < 0xDC00 || low > 0xDFFF) {
      return refuse(ErrorCode::bad_text, "lone surrogate");
    }
    p_ += 6;
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  if (code == 0) {
    return refuse(ErrorCode::bad_text, "U+0000 is not allowed");
  }
  escaped |= code < 0x20 || code == '"' || code == '\\';
  const auto put = [&](std::int32_t byte) { *out++ = static_cast<char>(byte); };
  const auto tail = [&](int shift) { put(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    put(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
  return true;
}

/// Inside a string, at a byte that may not stand there.
bool Parser::bad_character() {
  if (p_ == end_) {
    return refuse(ErrorCode::bad_json, "the text ends inside a string");
  }
  if (*p_ == '\0') {
    return refuse(ErrorCode::bad_text, "U+0000 is not allowed");
  }
  return static_cast<std::uint8_t>(*p_) < 0x20
             ? refuse(ErrorCode::bad_json, "control character inside a string")
             : refuse(ErrorCode::bad_text, "not well-formed UTF-8");
}

bool Parser::number() {
  const char* const start = p_;
  const bool negative = *p_ == '-';
  p_ += negative ? 1 : 0;
  if (!is_digit(*p_)) {
    return refuse(ErrorCode::bad_json, "digit expected");
  }
  if (*p_ == '0' && is_digit(p_[1])) {
    return refuse(ErrorCode::bad_json, "a number starts with a zero");
  }
  std::int64_t magnitude = 0;
  for (; is_digit(*p_); ++p_) {
    magnitude = magnitude > kIntegerMax ? magnitude : magnitude * 10 + (*p_ - '0');
  }
  if (*p_ == '.' || *p_ == 'e' || *p_ == 'E') {
    return decimal(start);
  }
  if (magnitude > kIntegerMax) {
    return refuse(ErrorCode::bad_number, "beyond 2^53 - 1");
  }
  return push_integer(Kind::integer, negative ? -magnitude : magnitude);
}

bool Parser::decimal(const char* start) {
  bool formed = true;
  const auto digits = [&] {
    formed = formed && is_digit(*p_);
    while (is_digit(*p_)) {
      ++p_;
    }
  };
  if (*p_ == '.') {
    ++p_;
    digits();
  }
  if (formed && (*p_ == 'e' || *p_ == 'E')) {
    ++p_;
    p_ += *p_ == '+' || *p_ == '-' ? 1 : 0;
    digits();
  }
  if (!formed) {
    return refuse(ErrorCode::bad_json, "digit expected");
  }
  if (!options_.allow_fractions) {
    return refuse(ErrorCode::bad_number, "whole numbers without fraction or exponent only");
  }
  double unused = 0;
  if (std::from_chars(start, p_, unused).ec != std::errc{}) {
    return refuse(ErrorCode::bad_number, "out of range");
  }
  return push(Kind::decimal, {static_cast<std::uint32_t>(start - text_), 0},
              static_cast<std::uint32_t>(p_ - start));
}

bool Parser::literal(std::string_view word, Kind kind, bool value) {
  if (static_cast<std::size_t>(end_ - p_) < word.size() ||
      std::string_view(p_, word.size()) != word) {
    return refuse(ErrorCode::bad_json, "value expected");
  }
  p_ += word.size();
  return push_integer(kind, value ? 1 : 0);
}

// Nodes are filled where they stand: one put together on the stack and copied whole waits for its
// own bytes.
bool Parser::push(Kind kind, detail::Extent at, std::uint32_t size) {
  if (count_ == nodes_.size() && !grow()) {
    return false;
  }
  Node& node = nodes_[count_++];
  node.at = at;
  node.size = size;
  node.kind = kind;
  node.escaped = false;
  return true;
}

bool Parser::push_integer(Kind kind, std::int64_t value) {
  if (!push(kind, {0, 0}, 0)) {
    return false;
  }
  nodes_[count_ - 1].integer = value;
  return true;
}

bool Parser::grow() {
  if (count_ >= options_.nodes_max) {
    return refuse(ErrorCode::too_large, "too many values", Where::container);
  }
  nodes_.resize(std::min(std::max(kNodesFirst, 2 * count_), options_.nodes_max));
  return true;
}

void Parser::skip_space() {
  if (static_cast<std::uint8_t>(*p_) > ' ') {
    return;  // as most programs write it
  }
  while (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t') {
    ++p_;
  }
}

bool Parser::refuse(ErrorCode code, const char* detail, Where where) {
  error_ = base::Error{code, pointer(where), detail};
  return false;
}

std::string Parser::pointer(Where where) const {
  std::string path;
  for (std::size_t i = 0; i < depth_; ++i) {
    const Frame& frame = frames_[i];
    if (frame.count == 0 || (i + 1 == depth_ && where == Where::container)) {
      break;
    }
    const std::string token =
        frame.object ? base::pointer_token(key_text(frame.key)) : std::to_string(frame.count - 1);
    if (path.size() + token.size() + 1 > kPointerMax) {
      break;
    }
    path += '/';
    path += token;
  }
  return path;
}

std::string_view Parser::key_text(std::uint32_t node) const {
  return {text_ + nodes_[node].at.offset, nodes_[node].size};
}

}  // namespace huan::json
