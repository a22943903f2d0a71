// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"

namespace huan::ledger {
namespace {

constexpr const char* kHead =
    R"("id":"01890000-0000-7000-8000-000000000001","time":"2026-03-02T08:00:00+08:00","place":"S1",)";

std::string parse(const std::string& text, const ParseLimits& limits = {}) {
  const auto document = json::Document::parse(text);
  EXPECT_TRUE(document.has_value()) << text;
  const auto event = parse_event(document->root(), limits);
  return event ? "ok" : std::string{base::name(event.error().code)} + " " + event.error().at;
}

std::string of(const std::string& rest) { return parse("{" + std::string{kHead} + rest + "}"); }

TEST(ParseEvent, TakesEachTypeInItsShortestForm) {
  EXPECT_EQ(
      of(R"("type":"receive","from":{"origin":"household"},"outputs":[{"material":"m","mass_g":1}])"),
      "ok");
  EXPECT_EQ(
      of(R"("type":"ship","shipment":"T","to":{"place":"C"},"inputs":[{"lot":"L","mass_g":1}])"),
      "ok");
  EXPECT_EQ(of(R"("type":"accept","shipment":"T","lines":[{"line":"L","accepted_g":1}])"), "ok");
  EXPECT_EQ(of(R"("type":"accept","shipment":"T","total_g":1)"), "ok");
  EXPECT_EQ(of(R"("type":"transform","inputs":[{"material":"m","mass_g":1}])"), "ok");
  EXPECT_EQ(of(R"("type":"transform","run":"R","close":true)"), "ok");
  EXPECT_EQ(of(R"("type":"sell","to":{},"inputs":[{"lot":"L","mass_g":1,"price_fen":0}])"), "ok");
  EXPECT_EQ(
      of(R"("type":"dispose","to":{"party":"A"},"method":"landfill","inputs":[{"lot":"L","mass_g":1}])"),
      "ok");
  EXPECT_EQ(of(R"("type":"adjust","reason":"r","lines":[{"lot":"L","counted_g":0}])"), "ok");
  EXPECT_EQ(
      of(R"("type":"settle","reason":"r","legs":[{"account":"till:S1","unit":"fen","amount":0}])"),
      "ok");
  EXPECT_EQ(
      of(R"("type":"correct","reason":"r","corrects":"01890000-0000-7000-8000-000000000002","replacement":null)"),
      "ok");
}

TEST(ParseEvent, TakesWhatIsOptionalEverywhere) {
  EXPECT_EQ(
      of(R"("actor":"a","ticket":"D-1","vehicle":"V","seal":"s","note":"n","ext":{"any":[1,null]},
    "evidence":["e"],"weighings":[{"gross_g":9,"tare_g":4,"deduct_g":5,"scale":"B","stable":true,
    "at":"2026-03-02T08:00:00Z","serial":"x","valid":false,"line":0}],
    "type":"adjust","reason":"r","lines":[{"lot":"L","counted_g":0,"book_g":3}])"),
      "ok");
}

struct Wrong {
  const char* rest;
  const char* refused;
};

constexpr const char* kReceive =
    R"("type":"receive","from":{"origin":"household"},"outputs":[{"material":"m","mass_g":1)";

TEST(ParseEvent, RefusesWrongLinesOfAReceipt) {
  const Wrong wrongs[] = {
      {R"(,"mass":1}])", "bad_field /outputs/0/mass"},
      {R"(,"pieces":-1}])", "bad_number /outputs/0/pieces"},
      {R"(,"per":"piece"}])", "bad_field /outputs/0/pieces"},
      {R"(,"per":"tonne"}])", "bad_field /outputs/0/per"},
      {R"(,"price_fen":"3"}])", "bad_field /outputs/0/price_fen"},
      {R"(,"settle_g":-1}])", "bad_number /outputs/0/settle_g"},
      {R"(,"lot":"a b"}])", "bad_text /outputs/0/lot"},
      {R"(,"lot":"a%b"}])", "bad_text /outputs/0/lot"},
      {R"(,"lot":"a?b"}])", "bad_text /outputs/0/lot"},
      {R"(,"lot":""}])", "bad_text /outputs/0/lot"},
      {R"(,"lot":"批"}])", "bad_text /outputs/0/lot"},
      {R"(,"items":[]}])", "bad_field /outputs/0/items"},
      {R"(,"items":["I1"]}])", "bad_field /outputs/0/items/0"},
      {R"(,"items":[{"code":"I1"}]}])", "bad_field /outputs/0/items/0/kind"},
      {R"(}],"points":-5)", "bad_number /points"},
      {R"(}],"payment":{"how":"till"})", "bad_field /payment/fen"},
      {R"(}],"payment":{"how":"card","fen":1})", "bad_field /payment/how"},
      {R"(}],"run":"R")", "bad_field /run"},
      {R"(}],"reason":"r")", "bad_field /reason"},
      {R"(}],"a/b~c":1)", "bad_field /a~1b~0c"},
      {R"(}],"ext":[])", "bad_field /ext"},
      {R"(}],"weighings":[{"gross_g":3,"tare_g":2,"deduct_g":2}])",
       "bad_field /weighings/0/gross_g"},
      {R"(}],"weighings":[{"gross_g":3,"at":"now"}])", "bad_time /weighings/0/at"},
      {R"(}],"weighings":[{"gross_g":3,"line":-1}])", "bad_number /weighings/0/line"},
  };
  for (const Wrong& wrong : wrongs) {
    EXPECT_EQ(of(std::string{kReceive} + wrong.rest), wrong.refused) << wrong.rest;
  }
}

TEST(ParseEvent, RefusesMassesOutOfRange) {
  const auto receipt = [](const std::string& mass) {
    return of(
        R"("type":"receive","from":{"origin":"household"},"outputs":[{"material":"m","mass_g":)" +
        mass + "}]");
  };
  EXPECT_EQ(receipt("1000000000000"), "ok");
  EXPECT_EQ(receipt("1000000000001"), "bad_number /outputs/0/mass_g");
  EXPECT_EQ(receipt("0"), "bad_number /outputs/0/mass_g");
  EXPECT_EQ(receipt("-1"), "bad_number /outputs/0/mass_g");
  EXPECT_EQ(receipt("true"), "bad_field /outputs/0/mass_g");
}

TEST(ParseEvent, RefusesWrongShapes) {
  const Wrong wrongs[] = {
      {R"("type":"lend")", "bad_field /type"},
      {R"("type":7)", "bad_field /type"},
      {R"("note":"no type")", "bad_field /type"},
      {R"("type":"receive","from":{"origin":"household"})", "bad_field /outputs"},
      {R"("type":"receive","from":{"origin":"sea"},"outputs":[{"material":"m","mass_g":1}])",
       "bad_field /from/origin"},
      {R"("type":"receive","from":{"origin":"other-city:moon"},"outputs":[{"material":"m","mass_g":1}])",
       "bad_field /from/origin"},
      {R"("type":"ship","shipment":"T","to":{"place":"C","city":"Paris"},"inputs":[{"lot":"L","mass_g":1}])",
       "bad_field /to/city"},
      {R"("type":"ship","shipment":"T","to":{"place":"C","party":"A"},"inputs":[{"lot":"L","mass_g":1}])",
       "bad_field /to/party"},
      {R"("type":"ship","shipment":"T","to":{"place":"C"},"inputs":[{"lot":"L","material":"m","mass_g":1}])",
       "bad_field /inputs/0/material"},
      {R"("type":"ship","shipment":"T","to":{"place":"C"},"inputs":[{"mass_g":1}])",
       "bad_field /inputs/0"},
      {R"("type":"ship","shipment":"T","to":{"place":"C"},"inputs":[{"material":"m","mass_g":1,"items":["I"]}])",
       "bad_field /inputs/0/items"},
      {R"("type":"ship","shipment":"T","to":{"place":"C"},"inputs":[{"lot":"L","mass_g":1,"price_fen":1}])",
       "bad_field /inputs/0/price_fen"},
      {R"("type":"accept","shipment":"T")", "bad_field /total_g"},
      {R"("type":"accept","shipment":"T","total_g":1,"lines":[{"line":"L","accepted_g":1}])",
       "bad_field /lines"},
      {R"("type":"accept","shipment":"T","total_g":1,"final":false)", "bad_field /final"},
      {R"("type":"accept","shipment":"T","total_g":1,"refused_g":2)", "bad_field /refused_g"},
      {R"("type":"accept","shipment":"T","total_g":1,"from_city":"130200")", "bad_field /total_g"},
      {R"("type":"accept","shipment":"T","lines":[{"accepted_g":1}])", "bad_field /lines/0/line"},
      {R"("type":"accept","shipment":"T","lines":[{"line":"L","accepted_g":0}])",
       "bad_field /lines/0/accepted_g"},
      {R"("type":"accept","shipment":"T","lines":[{"line":"L","accepted_g":0,"refused_g":1,"pieces":1}])",
       "bad_field /lines/0/pieces"},
      {R"("type":"accept","shipment":"T","lines":[{"line":"L","accepted_g":0,"refused_g":1,"items":["I"]}])",
       "bad_field /lines/0/items"},
      {R"("type":"accept","shipment":"T","lines":[{"material":"m","accepted_g":1,"items":["I"]}])",
       "bad_field /lines/0/items"},
      {R"("type":"accept","shipment":"T","from_city":"130200","lines":[{"line":"L","material":"m","accepted_g":1}])",
       "bad_field /lines/0/line"},
      {R"("type":"transform","outputs":[{"material":"m","mass_g":1}])", "bad_field /inputs"},
      {R"("type":"transform","run":"R")", "bad_field /inputs"},
      {R"("type":"transform","inputs":[{"lot":"L","mass_g":1}],"close":true)", "bad_field /close"},
      {R"("type":"transform","inputs":[{"lot":"L","mass_g":1}],"outputs":[{"material":"m","mass_g":1,"price_fen":1}])",
       "bad_field /outputs/0/price_fen"},
      {R"("type":"dispose","to":{},"method":"landfill","inputs":[{"lot":"L","mass_g":1}])",
       "bad_field /to/party"},
      {R"("type":"dispose","to":{"party":"A"},"method":"sea","inputs":[{"lot":"L","mass_g":1}])",
       "bad_field /method"},
      {R"("type":"adjust","lines":[{"lot":"L","counted_g":1}])", "bad_field /reason"},
      {R"("type":"adjust","reason":"","lines":[{"lot":"L","counted_g":1}])", "bad_field /reason"},
      {R"("type":"adjust","reason":"r","lines":[{"lot":"L","counted_g":1,"lot_new":"M"}])",
       "bad_field /lines/0/lot_new"},
      {R"("type":"settle","reason":"r","legs":[{"account":"stock:S1","unit":"fen","amount":1}])",
       "bad_field /legs/0/account"},
      {R"("type":"settle","reason":"r","legs":[{"account":"till","unit":"fen","amount":1}])",
       "bad_field /legs/0/account"},
      {R"("type":"settle","reason":"r","legs":[{"account":"till:S1","unit":"g","amount":1}])",
       "bad_field /legs/0/unit"},
      {R"("type":"correct","reason":"r","corrects":"x","replacement":null)", "bad_field /corrects"},
      {R"("type":"correct","reason":"r","corrects":"01890000-0000-7000-8000-000000000002")",
       "bad_field /replacement"},
  };
  for (const Wrong& wrong : wrongs) {
    EXPECT_EQ(of(wrong.rest), wrong.refused) << wrong.rest;
  }
}

TEST(ParseEvent, ReadsReplacementsStrictly) {
  const auto correct = [](const std::string& replacement) {
    return of(
        R"("type":"correct","reason":"r","corrects":"01890000-0000-7000-8000-000000000002","replacement":)" +
        replacement);
  };
  const std::string good =
      R"("time":"2026-03-02T08:00:00Z","place":"S1","type":"adjust","reason":"r","lines":[{"lot":"L","counted_g":0}])";
  EXPECT_EQ(correct("{" + good + "}"), "ok");
  EXPECT_EQ(correct(R"({"id":"01890000-0000-7000-8000-000000000003",)" + good + "}"),
            "bad_field /replacement/id");
  EXPECT_EQ(correct(R"({"type":"correct"})"), "bad_field /replacement/type");
  EXPECT_EQ(correct("[]"), "bad_field /replacement");
  EXPECT_EQ(
      correct(
          R"({"time":"2026-03-02T08:00:00Z","type":"adjust","reason":"r","lines":[{"lot":"L","counted_g":0}]})"),
      "bad_field /replacement/place");
}

TEST(ParseEvent, RefusesBadHeads) {
  EXPECT_EQ(parse("[]"), "bad_field ");
  EXPECT_EQ(parse(R"({"type":"transform","run":"R","close":true})"), "bad_field /id");
  const auto head = [](const std::string& id, const std::string& time, const std::string& place) {
    return parse(R"({"type":"transform","run":"R","close":true,"id":)" + id + R"(,"time":)" + time +
                 R"(,"place":)" + place + "}");
  };
  const std::string id = R"("01890000-0000-7000-8000-000000000001")";
  const std::string time = R"("2026-03-02T08:00:00+08:00")";
  EXPECT_EQ(head(id, time, R"("S1")"), "ok");
  EXPECT_EQ(head(R"("01890000")", time, R"("S1")"), "bad_field /id");
  EXPECT_EQ(head(id, R"("2026-03-02T08:00:00")", R"("S1")"), "bad_time /time");
  EXPECT_EQ(head(id, R"("2026-03-02T08:00:00.0Z")", R"("S1")"), "bad_time /time");
  EXPECT_EQ(head(id, "0", R"("S1")"), "bad_time /time");
  EXPECT_EQ(head(id, time, "\"" + std::string(41, 'a') + "\""), "bad_text /place");
  EXPECT_EQ(head(id, time, "\"" + std::string(40, 'a') + "\""), "ok");
}

TEST(ParseEvent, LimitsLines) {
  std::string lines = R"({"lot":"L","counted_g":0})";
  lines += "," + lines;
  const std::string text =
      "{" + std::string{kHead} + R"("type":"adjust","reason":"r","lines":[)" + lines + "]}";
  EXPECT_EQ(parse(text, {2}), "ok");
  EXPECT_EQ(parse(text, {1}), "too_large /lines");
}

}  // namespace
}  // namespace huan::ledger
