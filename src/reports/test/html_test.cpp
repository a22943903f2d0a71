// SPDX-License-Identifier: Apache-2.0
#include "huan/reports/html.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace huan::reports {
namespace {

TEST(Html, EscapesWhatPeopleWrote) {
  Report report{"<b>标题</b>", "a & b", {{"\"名\"", "<script>"}}, {}};
  report.sections.push_back(
      {"<i>", "'", {{"<th>"}, {{text("<img src=x onerror=1>")}}}, std::nullopt});
  const std::string page = to_html(report);
  for (const char* raw : {"<b>", "<script>", "<i>", "<img"}) {
    EXPECT_EQ(page.find(raw), std::string::npos) << raw;
  }
  EXPECT_NE(page.find("&lt;b&gt;标题"), std::string::npos);
}

TEST(Html, ShowsWhatIsNotKnownAsADash) {
  Report report{"t", "", {}, {}};
  report.sections.push_back({"s", "", {{"a", "b"}, {{number(""), number(12)}}}, std::nullopt});
  const std::string page = to_html(report);
  EXPECT_NE(page.find("<td class=\"n\">–</td><td class=\"n\">12</td>"), std::string::npos);
}

TEST(Svg, DrawsNothingForWhatCannotBeDrawn) {
  Chart chart{ChartKind::bars,
              "各县",
              "吨",
              {{"长安区", 10}, {"<x>", -3}, {"n", std::numeric_limits<double>::quiet_NaN()}}};
  const std::string svg = to_svg(chart);
  EXPECT_NE(svg.find("width=\"420.0\""), std::string::npos) << "the largest fills the space";
  EXPECT_EQ(svg.find("width=\"-"), std::string::npos);
  EXPECT_EQ(svg.find("<x>"), std::string::npos);
  chart.kind = ChartKind::columns;
  EXPECT_NE(to_svg(chart).find("height=\"170.0\""), std::string::npos);
  chart.bars.clear();
  EXPECT_NE(to_svg(chart).find("</svg>"), std::string::npos);
}

TEST(Harmless, LeavesNoFormulaForASpreadsheet) {
  for (const std::string lead : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1"}) {
    EXPECT_EQ(harmless(lead), "'" + lead);
  }
  EXPECT_EQ(harmless("废纸"), "废纸");
  EXPECT_EQ(harmless(""), "");
}

}  // namespace
}  // namespace huan::reports
