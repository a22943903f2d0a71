// SPDX-License-Identifier: Apache-2.0
#include "huan/json/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <vector>

#include "huan/json/document.hpp"
#include "scan.hpp"

namespace huan::json {
namespace {

/// UTF-16 puts what lies above U+FFFF (lead bytes F0–F4) before U+E000–U+FFFF (lead bytes EE and
/// EF).
constexpr std::uint8_t rank(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return (byte & 0xFEU) == 0xEE ? static_cast<std::uint8_t>(byte + 8) : byte;
}

void escape_into(char c, std::string& out) {
  constexpr std::string_view kShort = "\b\t\n\f\r\"\\";
  constexpr std::string_view kNames = "btnfr\"\\";
  out += '\\';
  if (const std::size_t which = kShort.find(c); which != std::string_view::npos) {
    out += kNames[which];
    return;
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<std::uint8_t>(c);
  out.append("u00").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15U]);
}

/// The first byte from `i` on that has to be escaped, or the size.
std::size_t next_escape(std::string_view text, std::size_t i) {
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  while (text.size() - i >= kWord && swar::escapes(swar::load(text.data() + i)) == 0) {
    i += kWord;
  }
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<std::uint8_t>(c) < 0x20 || c == '"' || c == '\\') {
      break;
    }
  }
  return i;
}

}  // namespace

bool key_less(std::string_view a, std::string_view b) noexcept {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (x == a.end() || y == b.end()) {
    return x == a.end() && y != b.end();
  }
  return rank(*x) < rank(*y);
}

void quote(std::string_view utf8, std::string& out) {
  out += '"';
  std::size_t plain = 0;
  for (std::size_t i = next_escape(utf8, 0); i < utf8.size(); i = next_escape(utf8, plain)) {
    out.append(utf8, plain, i - plain);
    escape_into(utf8[i], out);
    plain = i + 1;
  }
  out.append(utf8, plain);
  out += '"';
}

std::string quote(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size() + 2);
  quote(utf8, out);
  return out;
}

/// Writes into room that bound() has made sure of, eight bytes at a time: source and target may
/// both be touched up to seven bytes behind what is copied.
class Canonicaliser {
 public:
  explicit Canonicaliser(std::string& out) : out_(out) {}

  void run(Value value) {
    const std::size_t before = out_.size();
    out_.resize(before + bound(value));
    p_ = out_.data() + before;
    write(value);
    out_.resize(static_cast<std::size_t>(p_ - out_.data()));
  }

 private:
  struct Key {
    std::uint64_t start;  ///< the first eight bytes, the first one highest
    const detail::Node* node;
  };
  static constexpr std::size_t kChunk = 8;
  static constexpr std::size_t kNumberMax = 32;
  static constexpr std::size_t kEscapeMax = 6;

  static std::size_t bound(Value value) {
    std::size_t bytes = kChunk;
    for (const detail::Node* node = value.node_; node != value.behind(); ++node) {
      const bool text = node->kind == Kind::string;
      bytes += text ? 3 + node->size * (node->escaped ? kEscapeMax : 1) : kNumberMax;
    }
    return bytes;
  }

  void write(Value value) {  // recursion is bounded by kDepthMax
    switch (value.kind()) {
      case Kind::null:
        copy("null");
        break;
      case Kind::boolean:
        copy(value.boolean() ? "true" : "false");
        break;
      case Kind::integer:
        p_ = std::to_chars(p_, p_ + kNumberMax, value.integer()).ptr;
        break;
      case Kind::decimal: {
        std::string text;
        number(value.number(), text);
        copy(text);
        break;
      }
      case Kind::string:
        text(value);
        break;
      case Kind::array:
        array(value);
        break;
      case Kind::object:
        object(value);
        break;
    }
  }

  void copy(std::string_view text) {
    std::memcpy(p_, text.data(), text.size());
    p_ += text.size();
  }

  void text(Value value) {
    if (value.node_->escaped) {
      copy(quote(value.text()));
      return;
    }
    const std::string_view plain = value.text();
    *p_++ = '"';
    for (std::size_t i = 0; i < plain.size(); i += kChunk) {
      std::memcpy(p_ + i, plain.data() + i, kChunk);
    }
    p_ += plain.size();
    *p_++ = '"';
  }

  void array(Value value) {
    *p_++ = '[';
    bool first = true;
    for (const Value element : value.elements()) {
      if (!first) {
        *p_++ = ',';
      }
      first = false;
      write(element);
    }
    *p_++ = ']';
  }

  void object(Value value) {
    const std::size_t base = keys_.size();
    bool sorted = true;
    for (const detail::Node* node = value.node_ + 1; node != value.behind();
         node = value.at(node + 1).behind()) {
      const Key key{start_of(value.at(node)), node};
      sorted = sorted && (keys_.size() == base || less(value, keys_.back(), key));
      keys_.push_back(key);
    }
    if (!sorted) {
      std::sort(keys_.begin() + static_cast<std::ptrdiff_t>(base), keys_.end(),
                [&](const Key& a, const Key& b) { return less(value, a, b); });
    }
    *p_++ = '{';
    for (std::size_t i = base; i < base + value.size(); ++i) {
      if (i != base) {
        *p_++ = ',';
      }
      const detail::Node* const node = keys_[i].node;
      text(value.at(node));
      *p_++ = ':';
      write(value.at(node + 1));
    }
    *p_++ = '}';
    keys_.resize(base);
  }

  static std::uint64_t start_of(Value key) {
    const std::size_t size = std::min<std::size_t>(key.node_->size, kChunk);
    const std::uint64_t start = swar::load_big_endian(key.text_ + key.node_->at.offset);
    return size == 0 ? 0 : start & (~std::uint64_t{0} << (8 * (kChunk - size)));
  }

  /// ASCII starts that differ decide; no key holds a zero byte, so a shorter one comes first.
  static bool less(Value in, const Key& a, const Key& b) {
    if (a.start != b.start && ((a.start | b.start) & swar::kHigh) == 0) {
      return a.start < b.start;
    }
    return key_less(in.at(a.node).text(), in.at(b.node).text());
  }

  std::string& out_;
  char* p_{nullptr};
  std::vector<Key> keys_;  // of all objects open
};

void canonical(Value value, std::string& out) { Canonicaliser(out).run(value); }

std::string canonical(Value value) {
  std::string out;
  canonical(value, out);
  return out;
}

}  // namespace huan::json
