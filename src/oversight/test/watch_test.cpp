// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/watch.hpp"

#include <gtest/gtest.h>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using norms::Comparator;
using norms::SubjectKind;
using testing::SmallCity;

norms::Norm norm_at_most(std::string id, SubjectKind kind, std::string fact, std::int64_t most) {
  norms::Norm norm;
  norm.id = std::move(id);
  norm.subjects = {{kind, {}, {}}};
  norms::Check check;
  check.id = "1";
  check.fact = std::move(fact);
  check.comparator = Comparator::at_most;
  check.threshold = norms::Value{most};
  norm.checks = {check};
  return norm;
}

using Found = std::map<std::string, std::string>;  // "norm subject"

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() {
    city_.pack.districts = {{"130102", "长安区", "", "district", "", 1'000, 400, 7'500, {}, 0},
                            {"130104", "桥西区", "", "district", "", 500, 0, 0, {}, 0}};
    for (const std::string n : {"1", "2"}) {
      city_.put("place", "S-" + n,
                R"({"kind":"station","name":"s","operator":"E-)" + n + R"(","district":")" +
                    (n == "1" ? "130102" : "130104") + R"("})");
      city_.put("party", "E-" + n, R"({"kind":"enterprise","name":"e"})");
    }
  }
  FindingVisit into(Found& found) {
    return [&found](const norms::Subject& who, const norms::Finding& finding) {
      found[finding.norm->id + " " + who.id] = name(finding.verdict);
    };
  }
  Found all() {
    Found found;
    static_cast<void>(check_norms(*city_.read(), city_.name, book_, {day_}, into(found)));
    return found;
  }
  void receive(const std::string& lot, const std::string& place, std::int64_t grams) {
    city_.lot(lot, place, "2025-06-20", grams);
    ledger::RollupDelta row;
    row.day = *base::parse_day("2025-06-20");
    row.place = place;
    row.operator_id = "E-" + place.substr(2);
    row.district = place == "S-1" ? "130102" : "130104";
    row.material = "paper.occ";
    row.flow = "receive";
    row.cls = "household";
    row.mass_g = grams;
    city_.rollup(row);
    city_.event(place);
  }

  SmallCity city_;
  norms::FactTable table_ = norms::FactTable::known();
  std::vector<norms::Norm> norms_{
      norm_at_most("age", SubjectKind::place, "place.storage_days", 2),
      norm_at_most("stock", SubjectKind::place, "place.stock", 100),
      norm_at_most("year", SubjectKind::enterprise, "enterprise.mass_year", 100),
      norm_at_most("all", SubjectKind::district, "district.mass_year", 100)};
  NormBook book_{city_.pack, table_, norms_};
  base::Day day_ = *base::parse_day("2025-06-30");
};

TEST_F(WatchTest, JudgesWhomARecordTouchesAndSaysWhatAFullCheckSays) {
  Watch watch{city_.name, book_, day_};
  Found found;
  EXPECT_TRUE(watch.look(*city_.read(), into(found)).everybody);
  EXPECT_EQ(found, all());
  Found touched;
  EXPECT_FALSE(watch.look(*city_.read(), into(touched)).everybody);
  EXPECT_TRUE(touched.empty());
  receive("a", "S-2", 60);
  watch.look(*city_.read(), into(touched));
  EXPECT_EQ(touched, (Found{{"age S-2", "fail"},
                            {"stock S-2", "pass"},
                            {"year E-2", "pass"},
                            {"all 130104", "pass"}}));
  receive("b", "S-2", 60);
  watch.look(*city_.read(), into(touched));
  EXPECT_EQ(touched.at("stock S-2"), "fail");
  EXPECT_EQ(touched.at("year E-2"), "fail");
  EXPECT_EQ(touched.at("all 130104"), "fail");
  for (const auto& [key, verdict] : touched) {
    found[key] = verdict;
  }
  EXPECT_EQ(found, all());
}

TEST_F(WatchTest, ARegistryRecordTouchesEverybody) {
  Watch watch{city_.name, book_, day_};
  Found found;
  watch.look(*city_.read(), into(found));
  city_.put("place", "S-3", R"({"kind":"station","name":"s","district":"130102"})");
  found.clear();
  EXPECT_TRUE(watch.look(*city_.read(), into(found)).everybody);
  EXPECT_EQ(found, all());
  EXPECT_TRUE(found.contains("age S-3"));
}

}  // namespace
}  // namespace huan::oversight
