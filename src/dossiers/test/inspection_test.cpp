// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/inspection.hpp"

#include <gtest/gtest.h>

namespace huan::dossiers {
namespace {

using registry::Dossier;

base::Day day_of_text(const char* text) { return base::parse_day(text).value_or(base::Day{}); }

duties::InspectionItem station_item() {
  duties::InspectionItem item;
  item.row.code = "station.order";
  item.row.zh = "回收站点经营规范";
  item.visit_days = 30;
  item.publish_days = 28;
  item.rectify_days = 15;
  item.per_year = 2;
  return item;
}

Filed drawn_subject(const std::string& key) {
  return {
      key, day_of_text("2026-03-01"),
      assigned(station_item(),
               {"D-1", "S-1", "某站", "130102", "P-1", {"i1", "i2"}, day_of_text("2026-03-01")})};
}

Visit visit_with(const std::vector<const char*>& texts) {
  Visit visit;
  visit.day = day_of_text("2026-03-10");
  for (const char* text : texts) {
    visit.answers.push_back(parse_answer(text).value_or(Answer{}));
  }
  return visit;
}

void sign(Dossier& dossier, std::string role, std::string by) {
  dossier.signatures.push_back({std::move(role), std::move(by), day_of_text("2026-03-10"),
                                registry::content_digest(dossier)});
}

TEST(Inspection, AnswersAreReadAsTheyWereWritten) {
  const std::string photo(64, 'a');
  const std::vector<std::string> texts{"y.a15/1 pass -", "y.a15/1 fail - no seal on it",
                                       "x not_seen " + photo,
                                       "x not_applicable " + photo + " two words"};
  for (const std::string& text : texts) {
    const auto answer = parse_answer(text);
    ASSERT_TRUE(answer) << text;
    EXPECT_EQ(to_text(*answer), text);
  }
  for (const char* text : {"", "x", "x maybe -", " pass -", "x pass abc"}) {
    EXPECT_FALSE(parse_answer(text)) << text;
  }
}

TEST(Inspection, FailuresMakeAnOrderWithItsArticlesAndDay) {
  const Filed subject = drawn_subject("D-1:1");
  EXPECT_EQ(base::format_day(day_of_text("2026-03-31")),
            std::get<std::string>(subject.dossier.fields.at("due")));
  const auto seen = visited(station_item(), subject.dossier,
                            visit_with({"a/1 pass -", "a/2 fail - no seal", "b/1 not_seen -"}));
  ASSERT_TRUE(seen);
  EXPECT_EQ(std::get<std::string>(seen->fields.at("result")), "wanting");
  auto item = station_item();
  item.row.code = "a";
  item.content = {"证照", "封签"};
  const auto order = order_for(item, {"D-1:1", day_of_text("2026-03-10"), *seen});
  ASSERT_TRUE(order);
  EXPECT_EQ(std::get<std::vector<std::string>>(order->fields.at("articles")),
            std::vector<std::string>{"封签（a/2）：no seal"});
  EXPECT_EQ(std::get<std::string>(order->fields.at("due")), "2026-03-25");
  const auto fine = visited(station_item(), subject.dossier, visit_with({"a/1 pass -"}));
  ASSERT_TRUE(fine);
  EXPECT_FALSE(order_for(station_item(), {"D-1:1", day_of_text("2026-03-10"), *fine}));
  EXPECT_FALSE(visited(station_item(), subject.dossier, visit_with({"a/1 pass -", "a/1 fail -"})));
  EXPECT_FALSE(visited(station_item(), subject.dossier, visit_with({})));
  Visit gone = visit_with({});
  gone.result = "not_found";
  EXPECT_TRUE(visited(station_item(), subject.dossier, gone));
  Visit dressed_up = visit_with({"a/1 fail -"});
  dressed_up.result = "in_order";
  EXPECT_FALSE(visited(station_item(), subject.dossier, dressed_up));
}

TEST(Inspection, WhomTheDrawSentStaysAndEachSignsForThemselves) {
  Dossier before = drawn_subject("D-1:1").dossier;
  Dossier after = before;
  after.state = "visited";
  EXPECT_TRUE(judge_drawn(&before, after));
  after.fields["inspectors"] = std::vector<std::string>{"i1", "i9"};
  EXPECT_FALSE(judge_drawn(&before, after));
  after = before;
  sign(after, "inspector", "i1");
  EXPECT_TRUE(judge_drawn(&before, after));
  Dossier twice = after;
  sign(twice, "second", "i1");
  EXPECT_FALSE(judge_drawn(&before, twice));
  sign(after, "second", "i2");
  EXPECT_TRUE(judge_drawn(&before, after));
  Dossier own = after;
  sign(own, "subject", "i2");
  EXPECT_FALSE(judge_drawn(&before, own));
  sign(after, "subject", "firm");
  EXPECT_TRUE(judge_drawn(&before, after));
  sign(after, "inspector", "somebody");
  EXPECT_FALSE(judge_drawn(&before, after));
}

TEST(Inspection, PlanAndLatenessAreCounted) {
  Dossier draw;
  draw.type = "draw";
  draw.state = "drawn";
  draw.fields["item"] = std::string("station.order");
  std::vector<Filed> all{{"D-1", day_of_text("2026-03-01"), draw}};
  for (const char* key : {"D-1:1", "D-1:2", "D-1:3"}) {
    all.push_back(drawn_subject(key));
  }
  all[2].dossier = *visited(station_item(), all[2].dossier, visit_with({"a/1 fail -"}));
  all[3].dossier = *visited(station_item(), all[3].dossier, visit_with({"a/1 pass -"}));
  all[3].dossier.state = "published";
  all[3].day = day_of_text("2026-03-20");
  const std::vector<duties::InspectionItem> items{station_item()};
  const auto plan = plan_standings(items, all, day_of_text("2026-05-01"));
  ASSERT_EQ(plan.size(), 1U);
  EXPECT_EQ(plan[0].draws, 1);
  EXPECT_EQ(plan[0].subjects, 3);
  EXPECT_EQ(plan[0].visited, 2);
  EXPECT_EQ(plan[0].published, 1);
  EXPECT_EQ(plan[0].wanting, 1);
  EXPECT_EQ(plan[0].late_visits, 1);
  EXPECT_EQ(plan[0].late_publications, 1);
  const auto counted = [&](std::string_view figure) {
    return counted_in_plan("station.order", plan_figure_from(figure).value(), all,
                           day_of_text("2026-05-01"));
  };
  EXPECT_EQ(counted("visited"), (std::vector<std::string>{"D-1:2", "D-1:3"}));
  EXPECT_EQ(counted("late_visits"), std::vector<std::string>{"D-1:1"});
  EXPECT_EQ(counted("late_publications"), std::vector<std::string>{"D-1:2"});
  EXPECT_FALSE(plan_figure_from("draws"));
  EXPECT_EQ(late_on(all, day_of_text("2026-05-01")).size(), 2U);
  EXPECT_TRUE(late_on(all, day_of_text("2026-03-31")).empty());
  EXPECT_EQ(late_on(all, day_of_text("2026-04-01")).size(), 1U);
  const auto text = bulletin(items, all, {day_of_text("2026-03-01"), day_of_text("2026-03-31")});
  EXPECT_EQ(std::get<std::int64_t>(text.fields.at("inspected")), 1);
  EXPECT_EQ(std::get<std::int64_t>(text.fields.at("wanting")), 0);
  all[3].dossier.fields["result"] = std::string("refused");
  const auto refused = bulletin(items, all, {day_of_text("2026-03-01"), day_of_text("2026-03-31")});
  EXPECT_TRUE(std::get<std::vector<std::string>>(refused.fields.at("lines"))
                  .at(1)
                  .ends_with("：拒绝检查 (D-1:3)"));
}

TEST(Credit, PointsCountForTheirDaysUnlessAnAppealWasUpheld) {
  duties::CreditRule base_rule;
  base_rule.row.code = "start";
  base_rule.points = 80;
  duties::CreditRule failed;
  failed.row.code = "failed";
  failed.dossier = "inspection";
  failed.states = {"published"};
  failed.when_field = "result";
  failed.when = "wanting";
  failed.points = -30;
  failed.days = 10;
  const std::vector<duties::CreditRule> rules{base_rule, failed};
  std::vector<duties::CreditTier> tiers(2);
  tiers[0].row.code = "A";
  tiers[0].at_least = 70;
  tiers[1].row.code = "D";
  Filed found{"D-1:1", day_of_text("2026-03-20"), drawn_subject("D-1:1").dossier};
  found.dossier.state = "published";
  found.dossier.fields["result"] = std::string("wanting");
  std::vector<Filed> all{found};
  const auto score = [&](const char* day) {
    return CreditBook({rules, tiers}, all, day_of_text(day)).of("P-1").score;
  };
  EXPECT_EQ(score("2026-03-19"), 80);
  EXPECT_EQ(score("2026-03-20"), 50);
  EXPECT_EQ(score("2026-03-29"), 50);
  EXPECT_EQ(score("2026-03-30"), 80);
  const CreditBook book({rules, tiers}, all, day_of_text("2026-03-20"));
  EXPECT_EQ(book.of("P-1").tier->row.code, "D");
  EXPECT_EQ(book.of("P-2").tier->row.code, "A");
  EXPECT_EQ(book.of("P-1").points.at(0).dossier, "D-1:1");
  Dossier appeal;
  appeal.type = "credit_appeal";
  appeal.about = "D-1:1";
  appeal.state = "upheld";
  all.push_back({"C-1", day_of_text("2026-03-25"), appeal});
  EXPECT_EQ(score("2026-03-26"), 80);
}

}  // namespace
}  // namespace huan::dossiers
