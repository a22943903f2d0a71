// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/declaration.hpp"

#include <gtest/gtest.h>

#include "huan/declarations/term.hpp"
#include "huan/json/document.hpp"

namespace huan::declarations {
namespace {

Declaration quarter() {
  Declaration d;
  d.form = "shijiazhuang.quarterly";
  d.term = "2025-Q1";
  d.from = *base::parse_day("2025-01-01");
  d.to = *base::parse_day("2025-03-31");
  d.reporter = {ReporterKind::district, "130102", "长安区"};
  d.district = "130102";
  d.rules = "2026.1";
  d.read_at = 7;
  d.due = base::parse_day("2025-04-10");
  d.lines = {{"collected.steel", "回收量·废钢铁", "collected: steel", "吨", 5, 4, "称重更正", {}},
             {"collected_all", "合计", "all", "吨", 5, std::nullopt, "", {"collected.steel"}}};
  return d;
}

base::Result<Declaration> read(const std::string& text) {
  HUAN_TRY(document, json::Document::parse(text));
  return parse_declaration(document.root(), "/data");
}

TEST(Declaration, ReadsBackWhatItWrote) {
  const Declaration before = quarter();
  const auto after = read(to_json(before));
  ASSERT_TRUE(after) << after.error().at << after.error().detail;
  EXPECT_EQ(to_json(*after), to_json(before));
  EXPECT_EQ(key_of(*after), "shijiazhuang.quarterly.2025-Q1.130102");
  EXPECT_EQ(after->lines[0].confirmed, 4);
  EXPECT_FALSE(after->lines[1].confirmed);
}

TEST(Declaration, RefusesWhatIsNone) {
  const std::string good = to_json(quarter());
  const auto said = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    const auto parsed = read(text);
    return parsed ? std::string("accepted") : parsed.error().at;
  };
  EXPECT_EQ(said("\"draft\"", "\"open\""), "/data/state");
  EXPECT_EQ(said("\"2025-01-01\"", "\"soon\""), "/data/from");
  EXPECT_EQ(said("\"collected_all\"", "\"collected.steel\""), "/data/lines/1/code");
  EXPECT_EQ(said("\"term\"", "\"period\""), "/data/term");
  EXPECT_EQ(said("\"filled\":5", "\"filled\":\"5\""), "/data/lines/0/filled");
}

TEST(Declaration, IsLateFromTheDayAfterItWasDue) {
  Declaration d = quarter();
  EXPECT_EQ(days_late(d, *base::parse_day("2025-04-10")), 0);
  EXPECT_EQ(days_late(d, *base::parse_day("2025-04-12")), 2);
  d.submitted = base::parse_day("2025-04-11");
  EXPECT_EQ(days_late(d, *base::parse_day("2026-01-01")), 1);
  d.due.reset();
  EXPECT_EQ(days_late(d, *base::parse_day("2026-01-01")), 0);
}

TEST(Term, IsWrittenAsPeopleWriteIt) {
  using duties::Period;
  const auto spans = [](Period period, const std::string& text) {
    const auto term = parse_term(period, text);
    return term ? base::format_day(term->first) + " " + base::format_day(term->last) : "none";
  };
  EXPECT_EQ(spans(Period::month, "2024-02"), "2024-02-01 2024-02-29");
  EXPECT_EQ(spans(Period::quarter, "2025-Q4"), "2025-10-01 2025-12-31");
  EXPECT_EQ(spans(Period::year, "2025"), "2025-01-01 2025-12-31");
  for (const auto& [period, text] : {std::pair{Period::month, "2024-13"},
                                     {Period::month, "2024-2"},
                                     {Period::quarter, "2025-Q5"},
                                     {Period::quarter, "2025"},
                                     {Period::year, "25"},
                                     {Period::year, "2025-01"},
                                     {Period::once, "2025"},
                                     {Period::year, ""},
                                     {Period::month, ""}}) {
    EXPECT_EQ(spans(period, text), "none") << text;
  }
  duties::Form form;
  form.period = Period::quarter;
  EXPECT_EQ(term_text(Period::quarter, latest_term(form, *base::parse_day("2025-04-02"))),
            "2025-Q1");
  form.due.next_period = false;
  EXPECT_EQ(term_text(Period::quarter, latest_term(form, *base::parse_day("2025-04-02"))),
            "2025-Q2");
}

}  // namespace
}  // namespace huan::declarations
