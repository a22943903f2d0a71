// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/duty_standings.hpp"

#include <gtest/gtest.h>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using testing::day;
using testing::SmallCity;

duties::DossierType safety_type() {
  duties::DossierType type;
  type.row.code = "safety";
  type.about = {"place"};
  type.fields = {{"kind", "", "", duties::FieldType::choice, "", {"drill", "signs"}}};
  duties::DossierState in_force;
  in_force.code = "in_force";
  in_force.first = true;
  in_force.gives = true;
  in_force.next = {"void"};
  duties::DossierState gone;
  gone.code = "void";
  type.states = {in_force, gone};
  return type;
}

class DutyStandings : public ::testing::Test {
 protected:
  DutyStandings() {
    city_.pack.name = "x";
    city_.pack.effective_from = day("2025-01-01");
    duties::Task task;
    task.row.code = "3";
    task.row.pack = "x";
    task.row.zh = "分拣中心";
    task.shared = {"commerce", "urban"};
    task.deadline = duties::parse_deadline("2025-12-31");
    duties_.tasks = {task};
    duties_.dossier_types = {safety_type()};
    duties_.dossier_gifts = {{"safety", "place.drill", "", "kind", "drill", "x"}};
    EXPECT_TRUE(table_.declare({"place.drill", norms::SubjectKind::place, norms::ValueType::yes_no,
                                norms::Unit::none, norms::Origin::record, "", ""}));
  }
  void put(const std::string& key, const std::string& rest, std::string_view on = "2025-01-01") {
    city_.put("dossier", key, "{" + rest + "}", on);
  }
  DispatchReport dispatched(std::string_view on) {
    return dispatch(*city_.read(), city_.name, {city_.pack, duties_}, day(on));
  }
  static std::string report(std::int64_t ppm, const std::string& on) {
    return R"("about":{"id":"3","kind":"task"},"state":"reported","type":"task_report",)"
           R"("fields":{"day":")" +
           on + R"(","progress_ppm":)" + std::to_string(ppm) + "}";
  }

  SmallCity city_;
  duties::Duties duties_;
  norms::FactTable table_ = norms::FactTable::known();
};

TEST_F(DutyStandings, TheSlowGetOneReminderAReport) {
  EXPECT_EQ(dispatched("2025-06-30").tasks.at(0).pace, dossiers::Pace::no_rule);
  put("rule",
      R"("about":{"id":"130100","kind":"city"},"evidence":[{"source":"notice 1"}],"state":"in_force",)"
      R"("type":"dispatch_rule","fields":{"notice_lag_ppm":400000,"reminder_lag_ppm":100000,"stale_days":60})");
  put("r", report(200'000, "2025-06-20"), "2025-06-20");
  auto report_now = dispatched("2025-06-30");
  EXPECT_EQ(report_now.tasks.at(0).pace, dossiers::Pace::slow);
  auto due = documents_due(report_now, *city_.read(), city_.name);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].type, "reminder");
  EXPECT_EQ(due[0].about, "3");
  city_.put("dossier", "d-1", registry::to_json(due[0]), "2025-06-30");
  EXPECT_TRUE(documents_due(report_now, *city_.read(), city_.name).empty());
  put("r", report(210'000, "2025-07-05"), "2025-07-05");  // a new report, and still slow
  report_now = dispatched("2025-07-06");
  EXPECT_EQ(documents_due(report_now, *city_.read(), city_.name).size(), 1U);
  put("r", report(100'000, "2025-09-01"), "2025-09-01");
  due = documents_due(dispatched("2025-09-02"), *city_.read(), city_.name);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].type, "notice");
  // What was reported later is not known on the day before.
  EXPECT_EQ(dispatched("2025-06-30").tasks.at(0).progress_ppm, 200'000);
}

TEST_F(DutyStandings, DatedRecordsGiveFactsForTheirTerm) {
  city_.put("place", "S-1", R"({"kind":"station","name":"s","district":"130102"})");
  norms::Norm norm;
  norm.id = "x.a13";
  norm.subjects = {{norms::SubjectKind::place, {}, {}}};
  norms::Check check;
  check.id = "1";
  check.fact = "place.drill";
  check.comparator = norms::Comparator::in_force;
  norm.checks = {check};
  const std::vector<norms::Norm> norms{norm};
  const auto verdict = [&](std::string_view on) {
    norms::Verdict seen = norms::Verdict::not_applicable;
    static_cast<void>(check_norms(
        *city_.read(), city_.name, {city_.pack, table_, norms, &duties_}, {day(on)},
        [&](const norms::Subject&, const norms::Finding& finding) { seen = finding.verdict; }));
    return seen;
  };
  EXPECT_EQ(verdict("2025-06-30"), norms::Verdict::not_known);
  const auto drill = [](const std::string& kind, const std::string& state) {
    return R"("about":{"id":"S-1","kind":"place"},"evidence":[{"source":"photos"}],)"
           R"("fields":{"kind":")" +
           kind + R"("},"from":"2025-02-01","state":")" + state +
           R"(","to":"2025-12-31","type":"safety")";
  };
  put("signs", drill("signs", "in_force"));
  EXPECT_EQ(verdict("2025-06-30"), norms::Verdict::not_known);
  put("drill", drill("drill", "in_force"));
  EXPECT_EQ(verdict("2025-06-30"), norms::Verdict::pass);
  EXPECT_EQ(verdict("2026-01-01"), norms::Verdict::fail);  // it ran out
  put("drill", drill("drill", "void"));
  EXPECT_EQ(verdict("2025-06-30"), norms::Verdict::not_known);
}

TEST_F(DutyStandings, TheSheetOfAnEvaluationCountsWhatCouldBeJudged) {
  EvaluationSheet sheet;
  sheet.day = day("2025-11-20");
  sheet.tally.pass = 3;
  sheet.tally.fail = 1;
  sheet.tally.not_known = 7;
  registry::Dossier evaluation;
  put_sheet(sheet, evaluation);
  EXPECT_EQ(std::get<std::int64_t>(evaluation.fields.at("score_ppm")), 750'000);
  EXPECT_EQ(std::get<std::int64_t>(evaluation.fields.at("not_known")), 7);
  std::string out;
  json::Writer w(out);
  write_projects(w, {city_.pack, duties_}, {});
  EXPECT_NE(out.find(R"("summed":{"invested_fen":0,"number":0})"), std::string::npos) << out;
}

}  // namespace
}  // namespace huan::oversight
