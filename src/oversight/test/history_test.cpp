// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/history.hpp"

#include <gtest/gtest.h>

#include "small_city.hpp"

namespace huan::oversight {
namespace {

using norms::Verdict;
using testing::day;
using testing::SmallCity;

class HistoryTest : public ::testing::Test {
 protected:
  struct Verdicts {
    std::string_view on;
    Verdict area;
    std::string version{"1"};
    std::optional<base::Day> since{};
  };
  /// Judges one place on a day and records what changed; how many versions that were.
  std::size_t judge(const Verdicts& verdicts) {
    Findings findings{"x", verdicts.version, day(verdicts.on)};
    norms::Finding finding;
    finding.norm = &norm_;
    finding.verdict = verdicts.area;
    finding.since = verdicts.since;
    findings.add({.kind = norms::SubjectKind::place, .id = "S-1", .district = "130102"}, finding);
    return record(findings, verdicts.on);
  }
  std::size_t record(const Findings& findings, std::string_view on) {
    const auto changed = findings.changed(*city_.read(), city_.name);
    EXPECT_TRUE(changed);
    for (const FindingVersion& one : *changed) {
      city_.put("finding", one.key, registry::to_json(one.judged), on);
    }
    return changed->size();
  }
  std::vector<std::string> told(const HistoryRequest& request = {}) {
    std::vector<std::string> lines;
    for (const Stretch& one : history(*city_.read(), city_.name, request)) {
      lines.push_back(one.subject + " " + one.norm + " " + one.verdict + " " +
                      base::format_day(one.from) + " " + (one.to ? base::format_day(*one.to) : "") +
                      " v" + one.version);
    }
    return lines;
  }

  SmallCity city_;
  norms::Norm norm_ = [] {
    norms::Norm norm;
    norm.id = "x.a4";
    return norm;
  }();
};

TEST_F(HistoryTest, OnlyWhatChangesIsRecordedAndEachStretchHasItsDays) {
  EXPECT_EQ(judge({"2025-01-10", Verdict::pass, "1", day("2024-05-01")}), 1U);
  EXPECT_EQ(judge({"2025-01-11", Verdict::pass}), 0U);
  EXPECT_EQ(judge({"2025-02-01", Verdict::fail, "1", day("2025-01-20")}), 1U);
  EXPECT_EQ(judge({"2025-03-01", Verdict::pass}), 1U);
  EXPECT_EQ(told(), (std::vector<std::string>{"S-1 x.a4 pass 2024-05-01 2025-01-31 v1",
                                              "S-1 x.a4 fail 2025-01-20 2025-02-28 v1",
                                              "S-1 x.a4 pass 2025-03-01  v1"}));
  EXPECT_EQ(told({.since = day("2025-02-28")}).size(), 2U);
  EXPECT_TRUE(told({.norm = "x.a5"}).empty());
  EXPECT_TRUE(told({.subject = "S-2"}).empty());
}

TEST_F(HistoryTest, WhatWasJudgedUnderTheOldTextStaysJudgedUnderIt) {
  judge({"2025-01-10", Verdict::pass});
  EXPECT_EQ(judge({"2025-02-01", Verdict::pass, "2"}), 1U);
  EXPECT_EQ(told(), (std::vector<std::string>{"S-1 x.a4 pass 2025-01-10 2025-01-31 v1",
                                              "S-1 x.a4 pass 2025-02-01  v2"}));
  const Findings earlier{"x", "2", day("2025-01-20")};
  const auto refused = earlier.changed(*city_.read(), city_.name);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::ErrorCode::bad_time);
}

TEST_F(HistoryTest, WhoIsGoneIsNoLongerFound) {
  judge({"2025-01-10", Verdict::fail});
  const Findings nobody{"x", "1", day("2025-02-01")};
  EXPECT_EQ(record(nobody, "2025-02-01"), 1U);
  EXPECT_EQ(record(nobody, "2025-02-01"), 0U);
  EXPECT_EQ(told(), std::vector<std::string>{"S-1 x.a4 fail 2025-01-10 2025-01-31 v1"});
  const auto hidden = told({.sees = [](const norms::Subject& s) { return s.district == "B"; }});
  EXPECT_TRUE(hidden.empty());
}

TEST_F(HistoryTest, AShipmentIsKeptFromWhenItFails) {
  const auto judge_load = [&](std::string_view on, std::optional<Verdict> verdict) {
    Findings findings{"x", "1", day(on)};
    if (verdict) {
      norms::Finding finding;
      finding.norm = &norm_;
      finding.verdict = *verdict;
      findings.add({.kind = norms::SubjectKind::shipment, .id = "T-1", .district = "130102"},
                   finding);
    }
    return record(findings, on);
  };
  EXPECT_EQ(judge_load("2025-03-01", Verdict::pass), 0U);
  EXPECT_EQ(judge_load("2025-03-02", Verdict::fail), 1U);
  EXPECT_EQ(judge_load("2025-03-03", Verdict::fail), 0U);
  EXPECT_EQ(judge_load("2025-03-04", Verdict::pass), 1U) << "what failed is followed";
  EXPECT_EQ(judge_load("2025-03-05", std::nullopt), 1U) << "it has arrived";
  EXPECT_EQ(told({.subject = "T-1"}),
            (std::vector<std::string>{"T-1 x.a4 fail 2025-03-02 2025-03-03 v1",
                                      "T-1 x.a4 pass 2025-03-04 2025-03-04 v1"}));
}

}  // namespace
}  // namespace huan::oversight
