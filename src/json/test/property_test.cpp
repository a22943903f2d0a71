// SPDX-License-Identifier: Apache-2.0
// Random documents against an independent reader: what we accept, simdjson accepts and reads the
// same; mutilated texts that simdjson refuses, we refuse.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <array>
#include <random>
#include <string>

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::json {
namespace {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::string text() {
    std::string out;
    value(out, 0);
    return out;
  }

  std::string mutilate(std::string text) {
    constexpr std::string_view kBytes = "{}[]\",:\\u0eE.-+ 1tfn\x01\x7F\x80\xC2\xED\xF4";
    for (std::size_t times = 1 + below(3); times > 0; --times) {
      const std::size_t at = below(text.size());
      switch (below(3)) {
        case 0:
          text[at] = kBytes[below(kBytes.size())];
          break;
        case 1:
          text.insert(at, 1, kBytes[below(kBytes.size())]);
          break;
        default:
          text.erase(at, 1 + below(3));
          break;
      }
      if (text.empty()) {
        return "x";
      }
    }
    return text;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  void space(std::string& out) {
    constexpr std::array<std::string_view, 5> kSpace{"", "", " ", "\n\t", "\r\n"};
    out += kSpace[below(kSpace.size())];
  }

  void string(std::string& out) {
    constexpr std::array<std::string_view, 14> kParts{"a",
                                                      "k7",
                                                      "废纸",
                                                      "é",
                                                      "\U0001F4E6",
                                                      "\\n",
                                                      "\\\"",
                                                      "\\u0041",
                                                      "\\ud83d\\ude00",
                                                      "/",
                                                      "\\/",
                                                      "\\u001f",
                                                      "\uFB33",
                                                      "plain ascii text"};
    out += '"';
    for (std::size_t n = below(4); n > 0; --n) {
      out += kParts[below(kParts.size())];
    }
    out += '"';
  }

  void value(std::string& out, int depth) {
    space(out);
    switch (below(depth > 4 ? 4 : 6)) {
      case 0:
        out += std::array{"null", "true", "false"}[below(3)];
        break;
      case 1:
        out += std::to_string(static_cast<std::int64_t>(random_() % (1ULL << (1 + below(53)))) *
                              (below(2) == 0 ? 1 : -1));
        break;
      case 2:
      case 3:
        string(out);
        break;
      case 4:
        container(out, depth, '[', ']');
        break;
      default:
        container(out, depth, '{', '}');
        break;
    }
    space(out);
  }

  void container(std::string& out, int depth, char opening, char closing) {
    out += opening;
    const std::size_t size = below(5);
    for (std::size_t i = 0; i < size; ++i) {
      out += i > 0 ? "," : "";
      if (opening == '{') {
        string(out);
        space(out);
        out += ':';
      }
      value(out, depth + 1);
    }
    space(out);
    out += closing;
  }

  std::mt19937_64 random_;
};

void expect_same(Value ours, simdjson::dom::element theirs) {
  switch (ours.kind()) {
    case Kind::null:
      ASSERT_TRUE(theirs.is_null());
      break;
    case Kind::boolean:
      ASSERT_EQ(ours.boolean(), theirs.get_bool().value());
      break;
    case Kind::integer:
      ASSERT_EQ(ours.integer(), theirs.get_int64().value());
      break;
    case Kind::string:
      ASSERT_EQ(ours.string(), theirs.get_string().value());
      break;
    case Kind::array: {
      const simdjson::dom::array array = theirs.get_array();
      ASSERT_EQ(ours.size(), array.size());
      auto element = ours.elements().begin();
      for (const simdjson::dom::element other : array) {
        expect_same(*element, other);
        ++element;
      }
      break;
    }
    case Kind::object: {
      const simdjson::dom::object object = theirs.get_object();
      ASSERT_EQ(ours.size(), object.size());
      auto member = ours.members().begin();
      for (const auto [key, other] : object) {
        ASSERT_EQ((*member).key, key);
        expect_same((*member).value, other);
        ++member;
      }
      break;
    }
    case Kind::decimal:
      FAIL() << "a decimal without allow_fractions";
  }
}

/// Ours is stricter: it may refuse what simdjson takes, for a reason that it names; never the other
/// way round.
bool agree(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element theirs;
  const bool they_take_it = parser.parse(text.data(), text.size()).get(theirs) == simdjson::SUCCESS;
  const auto ours = Document::parse(text);
  if (!ours.has_value()) {
    EXPECT_TRUE(!they_take_it || ours.error().code != base::ErrorCode::bad_json)
        << text << ours.error().detail;
    return false;
  }
  EXPECT_TRUE(they_take_it) << text;
  if (they_take_it) {
    expect_same(ours->root(), theirs);
  }
  const std::string once = canonical(ours->root());
  const auto again = Document::parse(once);
  EXPECT_TRUE(again.has_value()) << once;
  EXPECT_EQ(again.has_value() ? canonical(again->root()) : "", once);
  return true;
}

TEST(Property, AgreesWithAnIndependentReader) {
  Generator generator(20261121);
  int accepted = 0;
  int mutilated_refused = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = generator.text();
    accepted += agree(text) ? 1 : 0;
    mutilated_refused += agree(generator.mutilate(text)) ? 0 : 1;
    if (HasFailure()) {
      return;
    }
  }
  EXPECT_GT(accepted, 15000);
  EXPECT_GT(mutilated_refused, 8000);
}

}  // namespace
}  // namespace huan::json
