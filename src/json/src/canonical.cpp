// SPDX-License-Identifier: Apache-2.0
#include "huan/json/canonical.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <vector>

#include "huan/json/document.hpp"

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
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (static_cast<std::uint8_t>(c) < 0x20 || c == '"' || c == '\\') {
      out.append(utf8, plain, i - plain);
      escape_into(c, out);
      plain = i + 1;
    }
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

class Canonicaliser {
 public:
  explicit Canonicaliser(std::string& out) : out_(out) {}

  void write(Value value) {  // recursion is bounded by kDepthMax
    switch (value.kind()) {
      case Kind::null:
        out_ += "null";
        break;
      case Kind::boolean:
        out_ += value.boolean() ? "true" : "false";
        break;
      case Kind::integer:
        integer(value.integer());
        break;
      case Kind::decimal:
        number(value.number(), out_);
        break;
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

 private:
  void integer(std::int64_t value) {
    std::array<char, 24> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    out_.append(digits.data(), written.ptr);
  }

  void text(Value value) {
    if (value.node_->escaped) {
      quote(value.text(), out_);
      return;
    }
    out_ += '"';
    out_ += value.text();
    out_ += '"';
  }

  void array(Value value) {
    out_ += '[';
    bool first = true;
    for (const Value element : value.elements()) {
      if (!first) {
        out_ += ',';
      }
      first = false;
      write(element);
    }
    out_ += ']';
  }

  void object(Value value) {
    const std::size_t base = keys_.size();
    bool sorted = true;
    for (const detail::Node* key = value.node_ + 1; key != value.behind();
         key = value.at(key + 1).behind()) {
      sorted = sorted && (keys_.size() == base || less(value, keys_.back(), key));
      keys_.push_back(key);
    }
    if (!sorted) {
      std::sort(keys_.begin() + static_cast<std::ptrdiff_t>(base), keys_.end(),
                [&](const detail::Node* a, const detail::Node* b) { return less(value, a, b); });
    }
    out_ += '{';
    for (std::size_t i = base; i < base + value.size(); ++i) {
      if (i != base) {
        out_ += ',';
      }
      const Value key = value.at(keys_[i]);
      text(key);
      out_ += ':';
      write(value.at(keys_[i] + 1));
    }
    out_ += '}';
    keys_.resize(base);
  }

  static bool less(Value in, const detail::Node* a, const detail::Node* b) {
    return key_less(in.at(a).text(), in.at(b).text());
  }

  std::string& out_;
  std::vector<const detail::Node*> keys_;  // of all objects open
};

void canonical(Value value, std::string& out) { Canonicaliser(out).write(value); }

std::string canonical(Value value) {
  std::string out;
  canonical(value, out);
  return out;
}

}  // namespace huan::json
