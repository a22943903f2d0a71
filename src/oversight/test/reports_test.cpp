// SPDX-License-Identifier: Apache-2.0
// Reports as values: what dispatch drew up, and the yearly assessment alone.
#include "huan/oversight/reports.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using testing::SmallCity;

class ReportsTest : public ::testing::Test {
 protected:
  ReportsTest() {
    city_.pack.name = "x";
    city_.pack.version = "7";
    city_.pack.source = "〔2025〕1号";
    city_.pack.city.zh = "某市";
    registry::District district;
    district.code = "130102";
    district.zh = "长安区";
    district.level = "district";
    city_.pack.districts.push_back(district);
    duties_.units = {{"bureau", "商务局", "bureau", duties::UnitKind::authority, "x"}};
    duties::Task task;
    task.row = {"2", "二（1）", "分拣中心", "centres", "", "x"};
    duties_.tasks.push_back(task);
    duties::Form yearly;
    yearly.row = {"assessment", "五", "年度评估", "assessment", "", "x"};
    yearly.kind = duties::FormKind::evaluation;
    yearly.period = duties::Period::year;
    yearly.reporters = {"bureau"};
    yearly.due.day = 15;
    yearly.due.month = 11;
    yearly.due.next_period = false;
    duties_.forms.push_back(yearly);
  }
  void received(const char* day, const char* material, std::int64_t mass_g) {
    ledger::RollupDelta row;
    row.day = *base::parse_day(day);
    row.district = "130102";
    row.place = "S-1";
    row.operator_id = "E-1";
    row.material = material;
    row.flow = "receive";
    row.cls = "household";
    row.mass_g = mass_g;
    row.count = 1;
    city_.rollup(row);
  }
  ReportAsk ask(const char* day) {
    reading_ = city_.read();
    return {*reading_,
            city_.name,
            {city_.pack, duties_, {}, {}},
            {city_.pack, facts_, {}},
            *base::parse_day(day)};
  }

  SmallCity city_;
  duties::Duties duties_;
  norms::FactTable facts_ = norms::FactTable::known();
  std::unique_ptr<store::Reading> reading_;
};

std::vector<std::string> row_of(const reports::Section& section, std::size_t row) {
  std::vector<std::string> out;
  for (const reports::Cell& cell : section.table.rows.at(row)) {
    out.push_back(cell.text);
  }
  return out;
}

constexpr const char* kNotice =
    R"({"about":{"id":"2","kind":"task"},"fields":{"day":"2025-03-01","lag_ppm":449000,)"
    R"("number":"通报〔2025〕1号","recipients":["bureau","counties"]},"state":"drawn_up",)"
    R"("title":"分拣中心","type":"notice"})";

TEST_F(ReportsTest, ANoticeIsADocumentWithNumberRecipientsAndReason) {
  city_.put("dossier", "n1", kNotice, "2025-03-01");
  const auto report = dispatch_document(ask("2025-03-02"), "n1");
  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->subtitle, "通报〔2025〕1号");
  EXPECT_EQ(report->facts.front().second, "商务局、counties") << "names where the pack has them";
  ASSERT_EQ(report->sections.size(), 1U);
  EXPECT_EQ(row_of(report->sections[0], 0),
            (std::vector<std::string>{"2 分拣中心", "二（1）", "未写明", "44.9"}));
  EXPECT_FALSE(dispatch_document(ask("2025-03-02"), "n2"));
  EXPECT_FALSE(dispatch_document(ask("2025-02-01"), "n1")) << "it was drawn up later";
}

TEST_F(ReportsTest, TheNoticeOfTheLateNamesWhatDispatchDrewUp) {
  city_.put("dossier", "n1", kNotice, "2025-03-01");
  const auto report = late_notice(ask("2026-03-02"), "assessment", "2025", "");
  ASSERT_TRUE(report) << report.error().detail;
  ASSERT_EQ(report->sections.size(), 2U);
  EXPECT_EQ(row_of(report->sections[0], 0),
            (std::vector<std::string>{"商务局", "未报", "2025-11-15", "", "107"}));
  EXPECT_EQ(row_of(report->sections[1], 0).front(), "通报〔2025〕1号");
}

TEST_F(ReportsTest, AnAssessmentHasItsYearAlone) {
  received("2024-12-31", "paper", 9'000'000);  // the year before
  received("2025-01-05", "paper", 1'500'000);
  received("2025-02-05", "steel.scrap", 4'000'000);
  received("2025-07-01", "paper", 8'000'000);  // after the day asked about
  const auto report = assessment_report(ask("2025-06-30"));
  EXPECT_EQ(report.title, "某市2025年度评估");
  ASSERT_EQ(report.sections.size(), 6U);
  const auto& months = report.sections[1];
  ASSERT_TRUE(months.chart);
  EXPECT_EQ(months.chart->kind, reports::ChartKind::columns);
  ASSERT_EQ(months.table.rows.size(), 2U);
  EXPECT_EQ(row_of(months, 0), (std::vector<std::string>{"1月", "1.5"}));
  EXPECT_EQ(row_of(months, 1), (std::vector<std::string>{"2月", "4"}));
  EXPECT_EQ(row_of(report.sections[2], 0), (std::vector<std::string>{"长安区", "5.5"}));
  const auto& kinds = report.sections[3];
  EXPECT_EQ(row_of(kinds, 0), (std::vector<std::string>{"steel", "4"})) << "the largest first";
  EXPECT_DOUBLE_EQ(kinds.chart->bars.at(1).value, 1.5);
  const auto forms = [&](const char* on) {
    return row_of(assessment_report(ask(on)).sections[5], 0);
  };
  EXPECT_EQ(forms("2025-11-15"),
            (std::vector<std::string>{"年度评估", "2025", "1", "0", "0", "0"}));
  EXPECT_EQ(forms("2025-11-16"),
            (std::vector<std::string>{"年度评估", "2025", "1", "0", "0", "1"}));
}

TEST_F(ReportsTest, WithoutRecordsAReportSaysSo) {
  const auto report = assessment_report(ask("2025-06-30"));
  EXPECT_EQ(report.sections[1].note, "没有记录。");
  EXPECT_TRUE(report.sections[1].table.rows.empty());
}

}  // namespace
}  // namespace huan::oversight
