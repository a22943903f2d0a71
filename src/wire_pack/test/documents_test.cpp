// SPDX-License-Identifier: Apache-2.0
// The five packs against a count of the five documents, clause by clause, made by hand before the
// packs were. Own rows only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "huan/wire_pack/rules.hpp"

namespace huan::wire_pack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Loaded once each.
const City& city(const std::string& name) {
  static std::map<std::string, City> loaded;
  const auto found = loaded.find(name);
  if (found != loaded.end()) {
    return found->second;
  }
  auto read = load("packs/" + name);
  if (!read) {
    ADD_FAILURE() << read.error().at << ": " << read.error().detail;
    static const City kNone;
    return kNone;
  }
  return loaded.emplace(name, std::move(*read)).first->second;
}

std::vector<norms::Norm> own_norms(const std::string& name) {
  std::vector<norms::Norm> out;
  for (const norms::Norm& norm : city(name).rules.norms) {
    if (!norm.inherited) {
      out.push_back(norm);
    }
  }
  return out;
}

std::vector<duties::Form> own_forms(const std::string& name) {
  std::vector<duties::Form> out;
  for (const duties::Form& form : city(name).rules.duties.forms) {
    if (form.row.pack == name) {
      out.push_back(form);
    }
  }
  return out;
}

std::vector<indicators::Indicator> own_indicators(const std::string& name, bool table) {
  std::vector<indicators::Indicator> out;
  for (const indicators::Indicator& one : city(name).rules.indicators) {
    if (!one.inherited && one.table == table) {
      out.push_back(one);
    }
  }
  return out;
}

std::vector<duties::Task> own_tasks(const std::string& name) {
  std::vector<duties::Task> out;
  for (const duties::Task& task : city(name).rules.duties.tasks) {
    if (task.row.pack == name) {
      out.push_back(task);
    }
  }
  return out;
}

/// How many brackets belong to numbered tasks, how many to further clauses.
std::pair<std::ptrdiff_t, std::ptrdiff_t> brackets(const std::string& name) {
  const auto tasks = own_tasks(name);
  const auto further =
      std::count_if(tasks.begin(), tasks.end(), [](const duties::Task& t) { return t.further; });
  return {static_cast<std::ptrdiff_t>(tasks.size()) - further, further};
}

/// Offices, without groups and the governments below.
std::size_t offices(const std::string& name) {
  const duties::Roles roles = duties::count_roles(own_tasks(name));
  std::size_t n = 0;
  for (const duties::Unit& unit : city(name).rules.duties.units) {
    n += unit.pack == name && unit.kind == duties::UnitKind::authority &&
                 roles.all.contains(unit.code)
             ? 1
             : 0;
  }
  return n;
}

const norms::Norm& article(const std::vector<norms::Norm>& norms, const std::string& number) {
  const auto found = std::find_if(norms.begin(), norms.end(), [&](const norms::Norm& n) {
    return n.article == number || n.id.ends_with("." + number);
  });
  EXPECT_NE(found, norms.end()) << number;
  return *found;
}

const indicators::Indicator& numbered(const std::vector<indicators::Indicator>& list,
                                      const std::string& number) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const indicators::Indicator& i) {
    return i.number == number || i.id.ends_with("." + number);
  });
  EXPECT_NE(found, list.end()) << number;
  return *found;
}

std::ptrdiff_t of_class(const std::vector<norms::Norm>& norms, norms::NormClass klass) {
  return std::count_if(norms.begin(), norms.end(),
                       [&](const norms::Norm& n) { return n.klass == klass; });
}

std::ptrdiff_t with_base(const std::vector<indicators::Indicator>& list) {
  return std::count_if(list.begin(), list.end(), [](const auto& i) { return i.base.value; });
}

std::ptrdiff_t at_least(const std::vector<indicators::Indicator>& list) {
  return std::count_if(list.begin(), list.end(), [](const auto& i) {
    return i.targets.front().comparator == indicators::Comparator::at_least;
  });
}

TEST(Yangquan, HasFortyArticlesInThreeChapters) {
  const auto norms = own_norms("yangquan");
  ASSERT_EQ(norms.size(), 40U);
  std::map<std::string, int> chapters;
  for (std::size_t i = 0; i < norms.size(); ++i) {
    EXPECT_EQ(norms[i].article, std::to_string(i + 1));
    ++chapters[norms[i].chapter];
  }
  EXPECT_EQ(chapters["回收站点"], 14);
  EXPECT_EQ(chapters["绿色分拣中心"], 13);
  EXPECT_EQ(chapters["加工企业（产业园）"], 13);
  std::map<norms::NormClass, std::vector<std::string>> by_class;
  for (const norms::Norm& norm : norms) {
    by_class[norm.klass].push_back(norm.article);
  }
  EXPECT_THAT(by_class[norms::NormClass::number],
              ElementsAre("1", "4", "12", "14", "15", "16", "17", "21", "25"));
  EXPECT_THAT(by_class[norms::NormClass::record],
              ElementsAre("5", "6", "8", "11", "13", "18", "27", "33", "39"));
  EXPECT_EQ(by_class[norms::NormClass::evidence].size(), 22U);
}

TEST(Yangquan, HasTheFifteenThresholdsByValue) {
  std::vector<std::string> found;
  for (const norms::Norm& norm : own_norms("yangquan")) {
    for (const norms::Check& check : norm.checks) {
      if (norm.klass == norms::NormClass::number && check.threshold) {
        found.push_back(norm.article + " " + check.fact + " " +
                        std::string{norms::name(check.comparator)} + " " +
                        std::to_string(std::get<std::int64_t>(*check.threshold)) +
                        (check.per.empty() ? "" : " per " + check.per));
      }
    }
  }
  EXPECT_THAT(
      found,
      ElementsAre("1 district.households_urban <= 2000 per district.places_urban.station",
                  "1 district.households_rural <= 2500 per district.places_rural.station",
                  "4 place.area >= 30", "12 place.storage_days <= 2", "14 place.area >= 500",
                  "14 district.places_urban.transfer-station >= 1000000 per district.streets",
                  "14 district.places_rural.transfer-station >= 2000000 per district.towns",
                  "15 place.distance_to_housing > 1000", "16 place.years_of_use >= 10",
                  "17 place.area >= 20000", "17 place.output >= 100000", "17 place.area >= 15000",
                  "17 place.output >= 50000",
                  "21 place.plant_area_planned >= 500000 per place.construction_area_planned",
                  "25 place.sorting_area >= 10000"));
}

TEST(Yangquan, SaysWithWhatForceAndWhen) {
  const auto norms = own_norms("yangquan");
  EXPECT_EQ(article(norms, "3").force, norms::Force::may);
  EXPECT_EQ(article(norms, "3").checks.size(), 7U);  // no price among them
  EXPECT_EQ(article(norms, "15").force, norms::Force::in_principle);
  EXPECT_EQ(article(norms, "25").force, norms::Force::in_principle);
  EXPECT_EQ(article(norms, "1").subjects.front().kind, norms::SubjectKind::district);
  // Transfer stations are asked about only where there is one.
  const norms::Norm& transfer = article(norms, "14");
  EXPECT_EQ(transfer.condition.op, norms::Condition::Op::test);
  EXPECT_EQ(transfer.condition.fact, "district.places.transfer-station");
  EXPECT_EQ(transfer.checks.at(3).force, norms::Force::may);
  EXPECT_FALSE(transfer.checks.at(4).force);
  // A specialised centre of exactly 15,000 m2 holds; the text has no 以上 there.
  const norms::Check& specialised = article(norms, "17").checks.at(2);
  EXPECT_EQ(specialised.comparator, norms::Comparator::at_least);
  EXPECT_FALSE(specialised.note.empty());
  EXPECT_FALSE(article(norms, "32").checks.front().threshold);  // cannot fail
}

TEST(Yangquan, HasTasksMilestonesAndATerm) {
  EXPECT_EQ(brackets("yangquan"), (std::pair<std::ptrdiff_t, std::ptrdiff_t>{12, 5}));
  EXPECT_EQ(offices("yangquan"), 18U);
  EXPECT_THAT(duties::count_roles(own_tasks("yangquan")).leads, IsEmpty());
  const City& yangquan = city("yangquan");
  EXPECT_EQ(std::count_if(yangquan.rules.duties.milestones.begin(),
                          yangquan.rules.duties.milestones.end(),
                          [](const auto& m) { return m.row.pack == "yangquan"; }),
            3);
  for (const indicators::Indicator& one : own_indicators("yangquan", false)) {
    EXPECT_FALSE(one.targets.front().value) << one.id;
  }
  EXPECT_THAT(own_indicators("yangquan", true), IsEmpty());
  EXPECT_EQ(base::format_day(yangquan.pack.effective_from.value()), "2024-11-01");
  EXPECT_EQ(base::format_day(yangquan.pack.effective_to.value()), "2027-10-31");
  EXPECT_EQ(yangquan.pack.districts.size(), 6U);
  for (const duties::Task& task : own_tasks("yangquan")) {
    EXPECT_FALSE(task.deadline) << task.row.code;
    EXPECT_EQ(task.bracket,
              task.row.code == "9" ? duties::Bracket::alone : duties::Bracket::shared);
  }
}

TEST(Pingdingshan, HasElevenIndicators) {
  const auto table = own_indicators("pingdingshan", true);
  ASSERT_EQ(table.size(), 11U);
  EXPECT_EQ(with_base(table), 4);
  EXPECT_EQ(at_least(table), 6);
  EXPECT_EQ(numbered(table, "1").readings.size(), 2U);
  EXPECT_EQ(numbered(table, "1").readings.at(1).target, 400);
  EXPECT_THAT(own_indicators("pingdingshan", false), IsEmpty());
  const std::map<std::string, std::string> targets{
      {"1", "300"}, {"2", "12"}, {"3", "10"}, {"4", "70"},  {"5", "100"}, {"6", "100"},
      {"7", "500"}, {"8", "30"}, {"9", "20"}, {"10", "15"}, {"11", "5"}};
  for (const auto& [number, target] : targets) {
    const indicators::Indicator& one = numbered(table, number);
    EXPECT_EQ(indicators::format_amount(one.targets.front().value.value(), one.unit), target);
  }
}

TEST(Pingdingshan, HasTasksAndSixNormLikeClauses) {
  EXPECT_EQ(brackets("pingdingshan"), (std::pair<std::ptrdiff_t, std::ptrdiff_t>{12, 5}));
  EXPECT_EQ(offices("pingdingshan"), 21U);
  EXPECT_THAT(duties::count_roles(own_tasks("pingdingshan")).leads, IsEmpty());
  const auto norms = own_norms("pingdingshan");
  EXPECT_EQ(of_class(norms, norms::NormClass::number), 3);
  EXPECT_EQ(of_class(norms, norms::NormClass::evidence), 3);
  const norms::Norm& area = article(norms, "3.area");
  EXPECT_EQ(area.condition.fact, "place.opened");  // new centres only
  EXPECT_EQ(std::get<std::int64_t>(area.checks.front().threshold.value()), 5'000);
  EXPECT_EQ(city("pingdingshan").pack.districts.size(), 12U);
}

TEST(Liaocheng, HasTasksWithLeads) {
  const auto tasks = own_tasks("liaocheng");
  EXPECT_EQ(tasks.size(), 14U);
  std::set<std::string> numbers;
  for (const duties::Task& task : tasks) {
    numbers.insert(task.task);
  }
  EXPECT_EQ(numbers.size(), 10U);
  const duties::Roles roles = duties::count_roles(tasks);
  EXPECT_EQ(roles.leads.size(), 5U);
  EXPECT_EQ(roles.supporting.size(), 10U);
}

TEST(Liaocheng, HasIndicatorsWithoutABase) {
  const auto list = own_indicators("liaocheng", false);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(with_base(list), 0);
  const indicators::Indicator& growth = numbered(list, "growth");
  ASSERT_EQ(growth.targets.size(), 2U);
  EXPECT_EQ(growth.targets.at(0).value, 23'000);  // ppm
  EXPECT_EQ(growth.targets.at(1).value, 50'000);
  EXPECT_FALSE(growth.formula.growth_base);
}

TEST(Liaocheng, HasQuotasStepsAndCampaigns) {
  const duties::Duties& duties = city("liaocheng").rules.duties;
  EXPECT_EQ(duties.quotas.size(), 22U);
  EXPECT_EQ(duties::quota_sum(duties.quotas, "malls", 2023), 19);
  EXPECT_EQ(duties::quota_sum(duties.quotas, "malls", 2024), 30);
  std::map<std::string, int> blocks;
  for (const duties::Step& step : duties.steps) {
    ++blocks[step.block];
  }
  EXPECT_EQ(duties.steps.size(), 41U);
  EXPECT_THAT(blocks, ElementsAre(std::pair("1", 9), std::pair("2", 15), std::pair("3", 11),
                                  std::pair("4", 4), std::pair("5", 2)));
  EXPECT_EQ(duties.campaigns.size(), 6U);
  EXPECT_EQ(duties.awards.front().criteria.size(), 4U);
  const auto forms = own_forms("liaocheng");
  const duties::Form& monthly = forms.front();
  EXPECT_EQ(monthly.period, duties::Period::month);
  EXPECT_FALSE(monthly.due.day);
  EXPECT_FALSE(monthly.due.reason.empty());
  for (const duties::DispatchLevel& level : duties.dispatch) {
    EXPECT_FALSE(level.lag_ppm);
  }
  EXPECT_EQ(city("liaocheng").pack.districts.size(), 11U);
  const auto norms = own_norms("liaocheng");
  EXPECT_EQ(norms.size(), 3U);
}

TEST(Shijiazhuang, HasTwentyEightIndicators) {
  const auto table = own_indicators("shijiazhuang", true);
  ASSERT_EQ(table.size(), 28U);
  EXPECT_EQ(with_base(table), 22);
  EXPECT_EQ(at_least(table), 6);
  EXPECT_EQ(std::count_if(table.begin(), table.end(),
                          [](const auto& i) { return i.targets.front().value.has_value(); }),
            23);
  EXPECT_EQ(
      std::count_if(table.begin(), table.end(), [](const auto& i) { return !i.readings.empty(); }),
      8);
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(table[i].number, std::to_string(i + 1));
    EXPECT_EQ(table[i].responsible.empty(), i < 18) << i + 1;
    EXPECT_EQ(table[i].responsible_reason.empty(), i >= 18) << i + 1;
  }
}

TEST(Shijiazhuang, HasTheTablesFigures) {
  const auto table = own_indicators("shijiazhuang", true);
  const std::vector<std::pair<std::string, std::string>> figures{
      {"1570", "1962"}, {"1347", "2000"},  {"80", "100"},      {"80", "95"},
      {"9", "18"},      {"1", "2"},        {"2000", "200000"}, {"3000000", "40000000"},
      {"", ""},         {"149.45", "200"}, {"25.4", "35"},     {"725", "1100"},
      {"2", "3.5"},     {"", "25"},        {"35", "35"},       {"54", "85"},
      {"80", "90"},     {"273", "500"},    {"42", "66"},       {"900", "1200"},
      {"300", "500"},   {"8", "10"},       {"528", "800"},     {"3", "10"}};
  const auto text = [](const std::optional<std::int64_t>& value, const indicators::Unit& unit) {
    return value ? indicators::format_amount(*value, unit) : std::string{};
  };
  for (std::size_t i = 0; i < figures.size(); ++i) {
    EXPECT_EQ(text(table[i].base.value, table[i].unit), figures[i].first) << i + 1;
    EXPECT_EQ(text(table[i].targets.front().value, table[i].unit), figures[i].second) << i + 1;
  }
}

TEST(Shijiazhuang, HasTwelveTargetsOutsideTheTable) {
  const auto outside = own_indicators("shijiazhuang", false);
  EXPECT_EQ(outside.size(), 12U);
  EXPECT_EQ(std::count_if(outside.begin(), outside.end(),
                          [](const auto& i) { return i.targets.front().value.has_value(); }),
            8);
}

TEST(Shijiazhuang, HasTasksFormsAndProjects) {
  EXPECT_EQ(own_tasks("shijiazhuang").size(), 28U);
  EXPECT_EQ(offices("shijiazhuang"), 23U);
  EXPECT_THAT(duties::count_roles(own_tasks("shijiazhuang")).leads, IsEmpty());
  const duties::Duties& duties = city("shijiazhuang").rules.duties;
  const auto forms = own_forms("shijiazhuang");
  ASSERT_EQ(forms.size(), 6U);
  EXPECT_TRUE(forms.front().reconstructed);
  EXPECT_EQ(forms.front().due.day, 10);
  EXPECT_FALSE(forms.front().due.month);
  ASSERT_EQ(duties.project_totals.size(), 1U);
  EXPECT_EQ(duties.project_totals.front().number, 39);
  EXPECT_EQ(duties.project_totals.front().invested, base::Money{406'500'000'000});
  EXPECT_EQ(duties::sum_of(duties.project_groups).number, 38);
  EXPECT_EQ(duties::sum_of(duties.project_groups).invested, base::Money{406'600'000'000});
  std::vector<std::string> dated;
  for (const duties::Task& task : own_tasks("shijiazhuang")) {
    if (task.deadline || !task.every.empty()) {
      dated.push_back(task.row.code);
    }
  }
  EXPECT_THAT(dated, ElementsAre("1", "2", "6", "7", "13", "14", "15", "16", "26", "27"));
}

TEST(Shijiazhuang, HasDistrictsAndNormLikeClauses) {
  const auto& districts = city("shijiazhuang").pack.districts;
  EXPECT_EQ(districts.size(), 23U);
  EXPECT_EQ(std::count_if(districts.begin(), districts.end(),
                          [](const auto& d) { return d.level == "zone"; }),
            2);
  EXPECT_TRUE(std::none_of(districts.begin(), districts.end(),
                           [](const auto& d) { return d.code == "130181"; }));
  const auto norms = own_norms("shijiazhuang");
  EXPECT_EQ(of_class(norms, norms::NormClass::number), 3);
  EXPECT_EQ(of_class(norms, norms::NormClass::record), 4);
  EXPECT_EQ(of_class(norms, norms::NormClass::evidence), 4);
}

TEST(Shanxi, HasSevenTargetsWithoutABase) {
  const auto list = own_indicators("shanxi", false);
  ASSERT_EQ(list.size(), 7U);
  EXPECT_EQ(with_base(list), 0);
  std::string comparators;
  for (const indicators::Indicator& one : list) {
    comparators += indicators::name(one.targets.front().comparator);
    comparators += " ";
  }
  EXPECT_EQ(comparators, ">= >= >= >= = > = ");
  EXPECT_EQ(own_tasks("shanxi").size(), 21U);
  EXPECT_EQ(offices("shanxi"), 27U);
  EXPECT_THAT(own_norms("shanxi"), IsEmpty());
  EXPECT_EQ(city("shanxi").rules.duties.subsidies.size(), 3U);
  for (const duties::SubsidyTier& tier : city("shanxi").rules.duties.subsidies) {
    EXPECT_FALSE(tier.rate_ppm);
    EXPECT_FALSE(tier.reason.empty());
  }
  EXPECT_EQ(city("shanxi").pack.districts.size(), 11U);
}

TEST(AllFive, HaveNinetySevenBracketsAndEveryRowItsClause) {
  std::size_t sum = 0;
  for (const char* name : {"yangquan", "pingdingshan", "liaocheng", "shijiazhuang", "shanxi"}) {
    const auto tasks = own_tasks(name);
    sum += tasks.size();
    for (const duties::Task& task : tasks) {
      EXPECT_FALSE(task.row.clause.empty());
      EXPECT_EQ(task.lead.empty(), std::string_view{name} != "liaocheng") << task.row.code;
    }
    for (const norms::Norm& norm : own_norms(name)) {
      EXPECT_FALSE(norm.clause.empty()) << norm.id;
      EXPECT_FALSE(norm.checks.empty()) << norm.id;
    }
    for (const indicators::Indicator& one : city(name).rules.indicators) {
      EXPECT_FALSE(one.clause.empty()) << one.id;
      EXPECT_EQ(one.base.value.has_value() || !one.base.text.empty(), one.base.reason.empty());
    }
  }
  EXPECT_EQ(sum, 97U);
}

TEST(AllFive, OnlyYangquanAndShanxiStillRun) {
  const base::Day day = base::parse_day("2026-11-21").value();
  for (const char* name : {"yangquan", "pingdingshan", "liaocheng", "shijiazhuang", "shanxi"}) {
    const std::string_view pack = name;
    EXPECT_EQ(city(name).pack.effective_to.value() >= day, pack == "yangquan" || pack == "shanxi");
  }
}

TEST(AllFive, InheritWhatTheirParentsState) {
  const City& yangquan = city("yangquan");
  std::set<std::string> packs;
  for (const duties::Task& task : yangquan.rules.duties.tasks) {
    packs.insert(task.row.pack);
  }
  EXPECT_THAT(packs, ElementsAre("shanxi", "yangquan"));
  const auto& norms = yangquan.rules.norms;
  EXPECT_TRUE(std::any_of(norms.begin(), norms.end(), [](const norms::Norm& n) {
    return n.inherited && n.id.starts_with("base.sbt10719");
  }));
}

}  // namespace
}  // namespace huan::wire_pack
