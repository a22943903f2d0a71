// SPDX-License-Identifier: Apache-2.0
#include "huan/json/document.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace huan::json {
namespace {

using base::ErrorCode;
using std::string_view_literals::operator""sv;

struct Refusal {
  std::string_view text;
  ErrorCode code;
  std::string at;
};

void expect_refused(const Refusal& refusal, const ParseOptions& options = {}) {
  const auto document = Document::parse(refusal.text, options);
  ASSERT_FALSE(document.has_value()) << refusal.text;
  EXPECT_EQ(document.error().code, refusal.code) << refusal.text << ": " << document.error().detail;
  EXPECT_EQ(document.error().at, refusal.at) << refusal.text << ": " << document.error().detail;
}

TEST(Document, GivesMembersInTheOrderSent) {
  const auto document =
      Document::parse(R"( {"type":"receive", "n":[-7,0,9007199254740991], "t":true, "f":false,
      "nil":null, "o":{"废纸":"纸箱\u0041\n"}, "e":[], "x":{}} )");
  ASSERT_TRUE(document.has_value()) << document.error().detail;
  const Value root = document->root();
  ASSERT_TRUE(root.is_object());
  std::string keys;
  for (const Member member : root.members()) {
    keys += std::string(member.key) + " ";
  }
  EXPECT_EQ(keys, "type n t f nil o e x ");
  EXPECT_EQ(root.size(), 8U);
  EXPECT_EQ(root.find("type")->string(), "receive");
  std::int64_t sum = 0;
  for (const Value element : root.find("n")->elements()) {
    sum += element.integer();
  }
  EXPECT_EQ(sum, 9007199254740984);
  EXPECT_TRUE(root.find("t")->boolean());
  EXPECT_FALSE(root.find("f")->boolean());
  EXPECT_TRUE(root.find("nil")->is_null());
  EXPECT_EQ(root.find("o")->find("废纸")->string(), "纸箱A\n");
  EXPECT_EQ(root.find("e")->size(), 0U);
  EXPECT_EQ(root.find("x")->size(), 0U);
  EXPECT_FALSE(root.find("absent").has_value());
}

TEST(Document, ValuesOutliveAMove) {
  auto document = Document::parse(R"(["a"])");
  ASSERT_TRUE(document.has_value());
  const Value root = document->root();
  const Document moved = std::move(*document);
  EXPECT_EQ((*root.elements().begin()).string(), "a");
  EXPECT_TRUE(Value().is_null());
}

TEST(Document, ResolvesEscapesAndSurrogatePairs) {
  const auto document =
      Document::parse(R"(["\"\\\/\b\f\n\r\t","\u00e9\u5e9f\ud83d\udce6é废📦","\u007f"])");
  ASSERT_TRUE(document.has_value()) << document.error().detail;
  auto element = document->root().elements().begin();
  EXPECT_EQ((*element).string(), "\"\\/\b\f\n\r\t");
  EXPECT_EQ((*++element).string(), "é废📦é废📦");
  EXPECT_EQ((*++element).string(), "\x7F");
}

TEST(Document, RefusesWhatIsNotJson) {
  for (const Refusal& refusal : {
           Refusal{"", ErrorCode::bad_json, ""},
           Refusal{"  ", ErrorCode::bad_json, ""},
           Refusal{"{", ErrorCode::bad_json, ""},
           Refusal{"[1", ErrorCode::bad_json, ""},
           Refusal{"[1,]", ErrorCode::bad_json, "/1"},
           Refusal{"[,1]", ErrorCode::bad_json, "/0"},
           Refusal{"[1 2]", ErrorCode::bad_json, ""},
           Refusal{"[1}", ErrorCode::bad_json, ""},
           Refusal{R"({"a":1]})", ErrorCode::bad_json, ""},
           Refusal{R"({"a":1,})", ErrorCode::bad_json, ""},
           Refusal{R"({"a" 1})", ErrorCode::bad_json, ""},
           Refusal{R"({"a":})", ErrorCode::bad_json, "/a"},
           Refusal{R"({a:1})", ErrorCode::bad_json, ""},
           Refusal{R"({"x/~":[0,{"b":tru}]})", ErrorCode::bad_json, "/x~1~0/1/b"},
           Refusal{"truth", ErrorCode::bad_json, ""},
           Refusal{"nul", ErrorCode::bad_json, ""},
           Refusal{"NaN", ErrorCode::bad_json, ""},
           Refusal{"'a'", ErrorCode::bad_json, ""},
           Refusal{"\"a", ErrorCode::bad_json, ""},
           Refusal{"\"a\nb\"", ErrorCode::bad_json, ""},
           Refusal{R"(["a\x"])", ErrorCode::bad_json, "/0"},
           Refusal{R"(["\u12g4"])", ErrorCode::bad_json, "/0"},
           Refusal{R"(["\u+123"])", ErrorCode::bad_json, "/0"},
           Refusal{R"(["\u12)", ErrorCode::bad_json, "/0"},
           Refusal{"[\"\\", ErrorCode::bad_json, "/0"},
           Refusal{"1 1", ErrorCode::bad_json, ""},
           Refusal{"1\0"sv, ErrorCode::bad_json, ""},
           Refusal{"{}\0"sv, ErrorCode::bad_json, ""},
           Refusal{"\xEF\xBB\xBF{}", ErrorCode::bad_json, ""},
           Refusal{"/**/1", ErrorCode::bad_json, ""},
       }) {
    expect_refused(refusal);
  }
}

TEST(Document, RefusesNumbersThatAreNotSafeIntegers) {
  for (const Refusal& refusal : {
           Refusal{"[1.5]", ErrorCode::bad_number, "/0"},
           Refusal{R"({"mass_g":1.0})", ErrorCode::bad_number, "/mass_g"},
           Refusal{"[0,1e3]", ErrorCode::bad_number, "/1"},
           Refusal{"9007199254740992", ErrorCode::bad_number, ""},
           Refusal{"-9007199254740992", ErrorCode::bad_number, ""},
           Refusal{"99999999999999999999999999999999999999", ErrorCode::bad_number, ""},
           Refusal{"01", ErrorCode::bad_json, ""},
           Refusal{"-", ErrorCode::bad_json, ""},
           Refusal{"+1", ErrorCode::bad_json, ""},
           Refusal{"1.", ErrorCode::bad_json, ""},
           Refusal{".5", ErrorCode::bad_json, ""},
           Refusal{"1e", ErrorCode::bad_json, ""},
       }) {
    expect_refused(refusal);
  }
  EXPECT_EQ(Document::parse("-9007199254740991")->root().integer(), -9007199254740991);
  EXPECT_EQ(Document::parse("-0")->root().integer(), 0);
}

TEST(Document, RefusesTextThatCannotBeKept) {
  for (const Refusal& refusal : {
           Refusal{R"(["\u0000"])", ErrorCode::bad_text, "/0"},
           Refusal{"[\"a\0b\"]"sv, ErrorCode::bad_text, "/0"},
           Refusal{R"(["\ud83d"])", ErrorCode::bad_text, "/0"},
           Refusal{R"(["\ud83dx"])", ErrorCode::bad_text, "/0"},
           Refusal{R"(["\ud83d\u0041"])", ErrorCode::bad_text, "/0"},
           Refusal{R"(["\udce6"])", ErrorCode::bad_text, "/0"},
           Refusal{R"(["\udce6\ud83d"])", ErrorCode::bad_text, "/0"},
           Refusal{"{\"note\":\"\xED\xA0\x80\"}", ErrorCode::bad_text, "/note"},
           Refusal{"{\"note\":\"\xC0\x80\"}", ErrorCode::bad_text, "/note"},
           Refusal{"{\"note\":\"\\n\xFF\"}", ErrorCode::bad_text, "/note"},
           Refusal{"{\"note\":\"\xE5\xBA\"}", ErrorCode::bad_text, "/note"},
           Refusal{"{\"a\":1,\"\xFF\":2}", ErrorCode::bad_text, ""},
           Refusal{"\"\xE5\xBA", ErrorCode::bad_text, ""},
       }) {
    expect_refused(refusal);
  }
}

TEST(Document, RefusesDuplicateKeysAndNamesThem) {
  expect_refused({R"({"a":1,"a":1})", ErrorCode::duplicate_key, "/a"});
  expect_refused({R"({"a":1,"\u0061":1})", ErrorCode::duplicate_key, "/a"});
  expect_refused({R"([{},{"o":{"":0,"b":[{}],"":1}}])", ErrorCode::duplicate_key, "/1/o/"});
  EXPECT_TRUE(Document::parse(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})").has_value());
}

TEST(Document, FindsADuplicateAmongManyKeys) {
  std::string text = "{";
  for (int i = 0; i < 5000; ++i) {
    text += "\"k" + std::to_string(i) + "\":0,";
  }
  EXPECT_TRUE(Document::parse(text + "\"z\":0}").has_value());
  expect_refused({text + "\"k4711\":0}", ErrorCode::duplicate_key, "/k4711"});
}

TEST(Document, FindsADuplicateAtAnyPlaceAmongFewKeys) {
  for (int size = 2; size <= 40; ++size) {
    for (int twice = 0; twice + 1 < size; ++twice) {
      std::string text = "{";
      for (int i = 0; i < size; ++i) {
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i == size - 1 ? twice : i) + "\":[0]";
      }
      expect_refused({text + "}", ErrorCode::duplicate_key, "/k" + std::to_string(twice)});
    }
  }
}

TEST(Document, KeepsItsLimits) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_TRUE(Document::parse(nested(32)).has_value());
  const auto deep = Document::parse(nested(33));
  ASSERT_FALSE(deep.has_value());
  EXPECT_EQ(deep.error().code, ErrorCode::too_large);
  EXPECT_FALSE(Document::parse(std::string(1000000, '[')).has_value());
  ParseOptions deeper;
  deeper.depth_max = 1000000;
  EXPECT_TRUE(Document::parse(nested(kDepthMax), deeper).has_value());
  EXPECT_EQ(Document::parse(nested(kDepthMax + 1), deeper).error().code, ErrorCode::too_large);

  ParseOptions small;
  small.text_max = 20;
  small.string_max = 3;
  small.nodes_max = 4;
  EXPECT_TRUE(Document::parse(R"(["abc","废",1])", small).has_value());
  expect_refused({R"(["abcd"])", ErrorCode::too_large, "/0"}, small);
  expect_refused({R"(["\nabc"])", ErrorCode::too_large, "/0"}, small);
  expect_refused({"[1,2,3,4]", ErrorCode::too_large, ""}, small);
  expect_refused({"                    1", ErrorCode::too_large, ""}, small);
}

TEST(Document, ReadsWhatItAcceptedWhenItIsWrapped) {
  const std::string deepest = std::string(32, '[') + std::string(32, ']');
  ASSERT_TRUE(Document::parse(deepest).has_value());
  const std::string record = "{\"event\":" + deepest + "}";
  EXPECT_FALSE(Document::parse(record).has_value());
  EXPECT_TRUE(Document::parse(record, kStored).has_value());
}

TEST(Document, CutsAPointerThatIsTooLong) {
  const std::string key(2000, 'k');
  const auto document = Document::parse("{\"a\":{\"" + key + "\":x}}");
  ASSERT_FALSE(document.has_value());
  EXPECT_EQ(document.error().at, "/a");
}

TEST(Document, KeepsFractionsOnlyWhenAsked) {
  ParseOptions options;
  options.allow_fractions = true;
  const auto document = Document::parse("[114.50,-1e-2,3]", options);
  ASSERT_TRUE(document.has_value());
  auto element = document->root().elements().begin();
  EXPECT_TRUE((*element).is_decimal());
  EXPECT_EQ((*element).decimal(), "114.50");
  EXPECT_EQ((*element).number(), 114.5);
  EXPECT_EQ((*++element).number(), -0.01);
  EXPECT_TRUE((*++element).is_integer());
  EXPECT_EQ((*element).number(), 3.0);
  expect_refused({"1e999", ErrorCode::bad_number, ""}, options);
  expect_refused({"1.x", ErrorCode::bad_json, ""}, options);
}

}  // namespace
}  // namespace huan::json
