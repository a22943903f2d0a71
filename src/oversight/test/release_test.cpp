// SPDX-License-Identifier: Apache-2.0
// What a city publishes: two cuts guarded together, kept as they were published, each period once.
#include "huan/oversight/release.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "huan/json/document.hpp"
#include "small_city.hpp"

namespace huan::oversight {
namespace {

using publication::Blank;
using testing::SmallCity;

constexpr std::int64_t kTonne = 1'000'000;

class ReleaseTest : public ::testing::Test {
 protected:
  ReleaseTest() {
    city_.pack.name = "x";
    for (const char* code : {"130102", "130104", "130105", "130107"}) {
      registry::District district;
      district.code = code;
      district.zh = std::string("区") + code;
      district.level = "district";
      city_.pack.districts.push_back(district);
    }
    city_.pack.schemes.push_back(
        {{"two", "两类", "two"}, {{"steel", "废钢铁", "steel"}, {"paper", "=废纸", "paper"}}, ""});
    std::vector<registry::Material> materials;
    for (const auto& [code, scheme] :
         {std::pair{"glass", ""}, {"paper", "paper"}, {"steel", "steel"}}) {
      registry::Material material;
      material.code = code;
      material.zh = code;
      if (*scheme != 0) {
        material.schemes["two"] = scheme;
      }
      materials.push_back(std::move(material));
    }
    city_.pack.catalogue = *registry::Catalogue::make(std::move(materials));
    for (const char* district : {"130102", "130104", "130105", "130107"}) {
      for (const char* month : {"2025-01-10", "2025-02-10", "2025-03-10"}) {
        for (const char* material : {"steel", "paper", "glass"}) {
          for (const char* firm : {"E-1", "E-2", "E-3", "E-4"}) {
            received(district, month, material, firm, 5 * kTonne);
          }
        }
      }
    }
    // One firm is nearly all of a district's glass, in one month.
    received("130105", "2025-02-11", "glass", "E-9", 480 * kTonne);
  }

  void received(const char* district, const char* day, const char* material, const char* firm,
                std::int64_t mass_g) {
    ledger::RollupDelta row;
    row.day = *base::parse_day(day);
    row.district = district;
    row.place = std::string("S-") + district;
    row.operator_id = firm;
    row.material = material;
    row.flow = "receive";
    row.cls = "household";
    row.mass_g = mass_g;
    row.count = 1;
    city_.rollup(row);
  }
  base::Result<PublicTables> tables(const char* period = "2025-Q1") {
    const auto term = release_period(period);
    reading_ = city_.read();
    const ReportAsk ask{*reading_,
                        city_.name,
                        {city_.pack, duties_, {}, {}},
                        {city_.pack, facts_, {}},
                        *base::parse_day("2025-06-30")};
    return public_tables(ask, {"two", term->first, term->last, {}});
  }
  void keep(const PublicTables& tables, const std::string& period) {
    city_.put("setting", release_key(period), release_json(tables, period));
  }
  std::vector<Release> kept() { return releases(*city_.read(), city_.name); }

  SmallCity city_;
  duties::Duties duties_;
  norms::FactTable facts_ = norms::FactTable::known();
  std::unique_ptr<store::Reading> reading_;
};

TEST_F(ReleaseTest, TwoCutsHaveTheSameTotals) {
  const auto made = tables();
  ASSERT_TRUE(made) << made.error().detail;
  ASSERT_EQ(made->tables.size(), 2U);
  const PublicTable& kinds = made->tables[0];
  const PublicTable& months = made->tables[1];
  EXPECT_EQ(kinds.columns, (std::vector<std::string>{"steel", "paper", "other", "total"}));
  EXPECT_EQ(months.columns, (std::vector<std::string>{"2025-01", "2025-02", "2025-03", "total"}));
  ASSERT_EQ(kinds.rows.size(), 6U);  // four districts, what is of none, the total
  for (std::size_t row = 0; row < kinds.rows.size(); ++row) {
    EXPECT_EQ(kinds.amounts.at(row, 3).value, months.amounts.at(row, 3).value) << row;
    EXPECT_EQ(kinds.blanks.at(row, 3) == Blank::shown, months.blanks.at(row, 3) == Blank::shown);
  }
  EXPECT_EQ(kinds.amounts.at(5, 3).value, (4 * 3 * 3 * 4 * 5 + 480) * kTonne);
}

TEST_F(ReleaseTest, AFirmThatIsNearlyAllIsInNoCut) {
  const auto made = tables();
  ASSERT_TRUE(made);
  const PublicTable& kinds = made->tables[0];
  const PublicTable& months = made->tables[1];
  EXPECT_EQ(kinds.blanks.at(2, 2), Blank::primary);   // glass of 130105
  EXPECT_EQ(months.blanks.at(2, 1), Blank::primary);  // its February
  const auto blank = [](const PublicTable& table) {
    return std::ranges::count_if(table.blanks.cells, [](Blank one) { return one != Blank::shown; });
  };
  EXPECT_GE(blank(kinds), 4);
  EXPECT_GE(blank(months), 4);
}

TEST_F(ReleaseTest, OneMonthHasOneCut) {
  const auto made = tables("2025-01");
  ASSERT_TRUE(made) << made.error().detail;
  EXPECT_EQ(made->tables.size(), 1U) << "the month is the total";
}

TEST_F(ReleaseTest, StaysAsItWasPublished) {
  const auto made = tables();
  ASSERT_TRUE(made);
  keep(*made, "2025-Q1");
  received("130102", "2025-01-20", "steel", "E-1", 77 * kTonne);  // comes in later
  const auto list = kept();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0].period, "2025-Q1");
  EXPECT_EQ(list[0].tables, (std::vector<std::string>{"collected_by_district_and_kind",
                                                      "collected_by_district_and_month"}));
  const auto rows = release_rows(list[0], "collected_by_district_and_kind");
  EXPECT_EQ(rows, open_rows(made->tables[0])) << "as the files are";
  EXPECT_EQ(release_rows(list[0], "collected_by_district_and_month"), open_rows(made->tables[1]));
  EXPECT_EQ(release_rows(list[0], "category_map"), category_rows(*made));
  EXPECT_TRUE(release_rows(list[0], "firms").empty());
  EXPECT_EQ(list[0].data.find("E-9"), std::string::npos) << "no firm by name";
  const bool quoted =
      std::ranges::any_of(rows, [](const auto& row) { return row.at(3) == "'=废纸"; });
  EXPECT_TRUE(quoted) << "no formula";
  EXPECT_TRUE(json::Document::parse(list[0].data));
}

TEST_F(ReleaseTest, NoDayIsPublishedTwice) {
  const auto made = tables();
  ASSERT_TRUE(made);
  keep(*made, "2025-Q1");
  const auto judged = [&](const char* period, const char* today) {
    const auto may = may_release(kept(), *release_period(period), *base::parse_day(today));
    return may ? std::string() : std::string(base::name(may.error().code));
  };
  EXPECT_EQ(judged("2025-Q1", "2025-06-30"), "already_closed");
  EXPECT_EQ(judged("2025-03", "2025-06-30"), "already_closed");
  EXPECT_EQ(judged("2025", "2026-06-30"), "already_closed");
  EXPECT_EQ(judged("2025-04", "2025-06-30"), "");
  EXPECT_EQ(judged("2025-Q2", "2025-06-30"), "bad_field") << "its last day is not over";
  EXPECT_EQ(judged("2025-Q2", "2025-07-01"), "");
}

TEST_F(ReleaseTest, PeriodsAreYearsQuartersAndMonths) {
  for (const char* period : {"", "2025-Q5", "2025-13", "last", "2025-01-01"}) {
    EXPECT_FALSE(release_period(period)) << period;
  }
}

TEST_F(ReleaseTest, OtherSettingsAreNoReleases) {
  city_.put("setting", "due.x.quarterly", R"({"day":10})");
  city_.put("setting", "release.torn", R"({"period":"torn","tables":7})");
  EXPECT_TRUE(kept().empty());
}

}  // namespace
}  // namespace huan::oversight
