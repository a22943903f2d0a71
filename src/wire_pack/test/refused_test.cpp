// SPDX-License-Identifier: Apache-2.0
// Bad packs are refused with file, line and what was expected; a sixth city is data alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "huan/json/document.hpp"
#include "huan/wire_pack/rules.hpp"
#include "huan/wire_pack/show.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::wire_pack {
namespace {

using registry::PackFiles;
using ::testing::HasSubstr;

const char* const kHead =
    "name=\"x-six\"\ncity=\"x-six\"\nversion=\"1\"\nzh=\"六市\"\nen=\"Six\"\n"
    "utc_offset=\"+08:00\"\ntime_zone=\"Asia/Shanghai\"\n"
    "records_from=\"2026-01-01T00:00:00+08:00\"\neffective_from=\"2026-01-01\"\n";

const char* const kNorm = R"([[norm]]
article = "1"
clause = "art. 1"
class = "N"
force = "must"
subjects = [{ kind = "place", place_kinds = ["station"] }]
zh = "面积"
en = "area"

[[norm.checks]]
id = "1.1"
zh = "面积不小于 30"
en = "at least 30 m2"
fact = "place.area"
comparator = ">="
threshold = 30
unit = "m2"
)";

const char* const kUnits = "[[unit]]\ncode=\"a\"\nzh=\"甲\"\nen=\"A\"\n";

const char* const kIndicator = R"([[indicator]]
code = "1"
zh = "回收量"
en = "mass"
unit = "万吨"
base_reason = "none"
targets = [{ value = "3.5", comparator = ">=", deadline = "2027" }]
responsible_reason = "none"
clause = "1"
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string said(PackFiles files) {
  files.try_emplace("pack.toml", kHead);
  const auto read = parse({{"six/", std::move(files)}});
  return read ? "accepted" : read.error().at + ": " + read.error().detail;
}

void expect(const PackFiles& files, const std::string& at, const std::string& expected) {
  const std::string text = said(files);
  EXPECT_THAT(text, HasSubstr(at));
  EXPECT_THAT(text, HasSubstr(expected));
}

TEST(BadNorm, NamesAnUnknownFact) {
  EXPECT_EQ(said({{"norms.toml", kNorm}}), "accepted");
  expect({{"norms.toml", replaced(kNorm, "place.area", "place.aera")}}, "six/norms.toml line 14",
         "`place.aera` is not known");
}

TEST(BadNorm, ComparesWhatCannotBeCompared) {
  expect({{"norms.toml", replaced(kNorm, "\"m2\"", "\"day\"")}}, "six/norms.toml line 17",
         "an amount in m2");
  expect({{"norms.toml", replaced(kNorm, "unit = \"m2\"\n", "")}}, "six/norms.toml line 16",
         "without a unit");
  expect({{"norms.toml", replaced(kNorm, "\"m2\"", "\"acre\"")}}, "six/norms.toml line 17",
         "one of these is expected");
  EXPECT_EQ(said({{"norms.toml", replaced(kNorm, "\"m2\"", "\"ha\"")}}), "accepted");
  expect({{"norms.toml", replaced(kNorm, "threshold = 30\nunit = \"m2\"", "threshold = true")}},
         "six/norms.toml", "yes_no");
}

TEST(BadNorm, IsAboutSomethingElse) {
  expect({{"norms.toml", replaced(kNorm, "place.area", "vehicle.capacity")}}, "six/norms.toml line",
         "");
  expect({{"norms.toml", replaced(kNorm, "\"station\"", "\"statoin\"")}}, "six/norms.toml line 6",
         "statoin is not a kind of place");
  expect({{"norms.toml", replaced(kNorm, "\"N\"", "\"Z\"")}}, "six/norms.toml line 4", "N R E");
  expect({{"norms.toml", replaced(kNorm, "force =", "forse =")}}, "six/norms.toml line 1",
         "must in_principle may");
}

TEST(BadNorm, StandsTwiceInOverlappingTerms) {
  const std::string first = replaced(kNorm, "zh = \"面积\"", "to = \"2026-06-30\"\nzh = \"面积\"");
  const auto second = [](const char* from) {
    return replaced(replaced(kNorm, "clause =", "code = \"a1b\"\nclause ="), "zh = \"面积\"",
                    std::string{"from = \""} + from + "\"\nzh = \"面积\"");
  };
  EXPECT_EQ(said({{"norms.toml", first + second("2026-07-01")}}), "accepted");
  expect({{"norms.toml", first + second("2026-06-30")}}, "six/norms.toml line", "do not overlap");
  expect({{"norms.toml", std::string{kNorm} + kNorm}}, "six/norms.toml line", "stands once");
}

TEST(BadIndicator, DividesByNothing) {
  EXPECT_EQ(said({{"indicators.toml", kIndicator}}), "accepted");
  const std::string ratio =
      replaced(kIndicator, "万吨", "%") +
      "formula = { shape = \"ratio\", measure = { source = \"declared\" } }\n";
  expect({{"indicators.toml", ratio}}, "six/indicators.toml line 10", "a ratio has one");
  const std::string growth = replaced(kIndicator, "万吨", "%") +
                             "formula = { shape = \"growth\", growth_base = \"0\", measure = { "
                             "source = \"declared\" } }\n";
  expect({{"indicators.toml", growth}}, "six/indicators.toml line 10", "more than nothing");
}

TEST(BadIndicator, EndsBeforeItBegins) {
  expect({{"indicators.toml", replaced(kIndicator, "2027", "2025")}}, "six/indicators.toml line 7",
         "before the plan begins");
  expect({{"indicators.toml", replaced(kIndicator, "2027", "27")}}, "six/indicators.toml line 7",
         "2025, 2025-06");
}

TEST(BadIndicator, HasFiguresThatAreNone) {
  expect({{"indicators.toml", replaced(kIndicator, "3.5", "much")}}, "six/indicators.toml line 7",
         "a decimal number in the unit");
  expect({{"indicators.toml", replaced(kIndicator, "万吨", "桶")}}, "six/indicators.toml line 5",
         "a unit that documents write");
  expect({{"indicators.toml", replaced(kIndicator, "base_reason = \"none\"\n", "")}},
         "six/indicators.toml line 1", "says why");
  expect({{"indicators.toml",
           replaced(kIndicator, "responsible_reason = \"none\"", "responsible = [\"b\"]")}},
         "six/indicators.toml line 8", "found b");
}

TEST(BadTask, NamesUnknownUnitsOrOneTwice) {
  const std::string task =
      "[[task]]\ncode=\"1\"\nclause=\"1\"\nzh=\"甲\"\nen=\"a\"\nbracket=\"shared\"\n"
      "shared=[\"a\"]\n";
  EXPECT_EQ(said({{"units.toml", kUnits}, {"tasks.toml", task}}), "accepted");
  expect({{"units.toml", kUnits}, {"tasks.toml", replaced(task, "[\"a\"]", "[\"b\"]")}},
         "six/tasks.toml line 7", "found b");
  expect({{"units.toml", kUnits}, {"tasks.toml", task + "responsible=[\"a\"]\n"}},
         "six/tasks.toml line 6", "found a in two");
  expect({{"units.toml", kUnits}, {"tasks.toml", replaced(task, "\"shared\"", "\"roles\"")}},
         "six/tasks.toml line 6", "a lead for `roles`");
  expect({{"units.toml", kUnits}, {"tasks.toml", task + "deadline=\"2025\"\n"}},
         "six/tasks.toml line 8", "after the pack's effective_from");
  expect({{"units.toml", kUnits}, {"tasks.toml", task + task}}, "six/tasks.toml line 9",
         "stands once");
}

TEST(BadSteps, OverlapOrEndBeforeTheyBegin) {
  const std::string head = "code,block,from,to,clause,zh,en\n";
  const std::string good = "1,1,2026-01-01,2026-06-30,1,甲,a\n2,2,2026-07-01,2026-12-31,1,乙,b\n";
  EXPECT_EQ(said({{"steps.csv", head + good}}), "accepted");
  expect({{"steps.csv", head + replaced(good, "2026-07-01", "2026-06-30")}},
         "six/steps.csv line 3 column from", "do not overlap");
  expect({{"steps.csv", head + replaced(good, "2026-12-31", "2026-06-01")}},
         "six/steps.csv line 3 column to", "not before");
  expect({{"steps.csv", head + replaced(good, "2026-01-01", "January")}},
         "six/steps.csv line 2 column from", "a date like");
}

TEST(BadQuotas, AreOfNothingOrTwice) {
  const std::string award = "[[award]]\ncode=\"malls\"\nclause=\"1\"\nzh=\"商场\"\nen=\"malls\"\n";
  const std::string head = "award,district,year,at_least,cumulative,clause\n";
  const auto files = [&](const std::string& rows) {
    return PackFiles{{"campaigns.toml", award},
                     {"districts.csv", "code,name,level\nD1,甲,zone\n"},
                     {"quotas.csv", head + rows}};
  };
  EXPECT_EQ(said(files("malls,D1,2026,2,false,1\n")), "accepted");
  expect(files("parks,D1,2026,2,false,1\n"), "six/quotas.csv line 2 column award",
         "campaigns.toml");
  expect(files("malls,D2,2026,2,false,1\n"), "six/quotas.csv line 2 column district",
         "districts.csv");
  expect(files("malls,D1,2026,2,false,1\nmalls,D1,2026,3,true,1\n"),
         "six/quotas.csv line 3 column year", "one quota");
  expect(files("malls,D1,2026,-2,false,1\n"), "six/quotas.csv line 2 column at_least",
         "a whole number");
}

TEST(BadForms, NeitherStateADayNorSayWhy) {
  const std::string form =
      "[[form]]\ncode=\"m\"\nclause=\"1\"\nzh=\"月报\"\nen=\"monthly\"\nkind=\"declaration\"\n"
      "period=\"month\"\n";
  expect({{"forms.toml", form}}, "six/forms.toml line 1", "the reason why");
  EXPECT_EQ(said({{"forms.toml", form + "due_day=5\n"}}), "accepted");
  expect({{"forms.toml", form + "due_day=5\ndue_reason=\"none\"\n"}}, "six/forms.toml line 9", "");
  expect({{"forms.toml", form + "due_day=5\nscheme=\"mofcom\"\n"}}, "six/forms.toml line 9",
         "schemes.toml");
}

TEST(BadForms, HaveCellsThatCannotBeComputed) {
  const std::string form =
      "[[form]]\ncode=\"m\"\nclause=\"1\"\nzh=\"月报\"\nen=\"monthly\"\nkind=\"declaration\"\n"
      "period=\"month\"\ndue_day=5\n";
  const auto cell = [](const std::string& code, const std::string& unit, const std::string& what) {
    return "[[form.cells]]\ncode=\"" + code + "\"\nzh=\"量\"\nen=\"mass\"\nunit=\"" + unit +
           "\"\n" + what + "\n";
  };
  const std::string received = "measure={source=\"ledger\",flows=[\"receive\"]}";
  const std::string good = form + cell("a", "吨", received);
  EXPECT_EQ(said({{"forms.toml", good}}), "accepted");
  EXPECT_EQ(said({{"forms.toml", good + cell("b", "吨", "total=[\"a\"]")}}), "accepted");
  EXPECT_EQ(said({{"forms.toml", good + cell("b", "项", "")}}), "accepted");
  const auto bad = [&](const std::string& more, const std::string& expected) {
    expect({{"forms.toml", good + more}}, "six/forms.toml line ", expected);
  };
  bad(cell("a", "吨", received), "stands once");
  bad(cell("b", "公里", received), "a unit that documents write");
  bad(cell("b", "个", received), "");
  bad(cell("b", "吨", "total=[\"b\"]"), "cells above this one");
  bad(cell("b", "个", "total=[\"a\"]"), "unit of what is summed");
  bad(cell("b", "吨", "each=\"item\"\n" + received), "names no scheme");
  bad(cell("b", "吨", "indicator=\"none\""), "indicators.toml");
  bad(cell("b", "吨", "measure={source=\"ledger\",flows=[\"receive\"],materials=[\"gold\"]}"),
      "gold is not in");
  bad(cell("b", "吨", "total=[\"a\"]\n" + received), "one of measure, indicator and total");
  bad(cell("b", "吨", "sum=[\"a\"]"), "");
}

TEST(BadPack, HoldsAFileThatNobodyReads) {
  expect({{"norm.toml", kNorm}}, "six/norm.toml", "no file of a pack is called so");
  expect({{"tasks.toml", "[[tasks]]\ncode=\"1\"\n"}}, "six/tasks.toml", "not known");
}

TEST(BadPack, IsBounded) {
  std::string units;
  for (int i = 0; i <= 5'000; ++i) {
    const std::string n = std::to_string(i);
    units += "[[unit]]\ncode=\"u" + n + "\"\nzh=\"甲\"\nen=\"A\"\n";
  }
  expect({{"units.toml", units}}, "six/units.toml line", "at most 5000 tables");
}

/// A folder that goes away with the test.
class Folder {
 public:
  Folder() {
    path_ = std::filesystem::temp_directory_path() / ("huan_packs_" + std::to_string(::getpid()));
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string pack(const std::string& name) const { return (path_ / name).string(); }
  void put(const std::string& pack, const std::string& file, const std::string& text) const {
    std::filesystem::create_directories(path_ / pack);
    std::ofstream(path_ / pack / file) << text;
  }
  void copy(const std::string& from) const { std::filesystem::copy("packs/" + from, path_ / from); }

 private:
  std::filesystem::path path_;
};

TEST(Parents, ComeRoundAndAreRefused) {
  const Folder folder;
  folder.put("x-six", "pack.toml", std::string{kHead} + "parent=\"x-seven\"\n");
  folder.put("x-seven", "pack.toml",
             replaced(kHead, "name=\"x-six\"", "name=\"x-seven\"") + "parent=\"x-six\"\n");
  const auto read = load(folder.pack("x-six"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, base::ErrorCode::bad_pack);
  EXPECT_THAT(read.error().at, HasSubstr("x-seven/pack.toml line 10"));
  EXPECT_THAT(read.error().detail, HasSubstr("x-six → x-seven → x-six"));
}

TEST(Parents, ThatAreNotThereAreNamed) {
  const Folder folder;
  folder.put("x-six", "pack.toml", std::string{kHead} + "parent=\"nowhere\"\n");
  const auto read = load(folder.pack("x-six"));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().at, HasSubstr("nowhere/pack.toml"));
}

TEST(TextOnRecord, GivesTheRulesThatTheFolderGave) {
  for (const char* name : {"yangquan", "liaocheng", "shijiazhuang"}) {
    const auto folders = registry::read_pack_folders(std::string{"packs/"} + name);
    ASSERT_TRUE(folders);
    const auto read = parse(*folders);
    ASSERT_TRUE(read);
    const std::string text = to_text(*folders, read->pack);
    const auto again = from_text(text);
    ASSERT_TRUE(again) << again.error().at << again.error().detail;
    EXPECT_EQ(show(*again, Rows::inherited), show(*read, Rows::inherited));
    EXPECT_TRUE(states_rules(folders->back()));
  }
}

TEST(TextOnRecord, IsRefusedWhenItIsSomethingElse) {
  for (const char* text : {"", "[]", "{}", "{\"folders\":[]}", "{\"folders\":[7]}",
                           "{\"folders\":[{\"name\":\"a\",\"files\":{\"pack.toml\":7}}]}",
                           "{\"folders\":[{\"name\":\"a\",\"files\":{}}]}"}) {
    EXPECT_FALSE(from_text(text)) << text;
  }
}

TEST(BadPoints, NameTheirLine) {
  const std::string rule = "per_visit = 5\ncap_per_visit = 60\nexpire_months = 24\n";
  EXPECT_EQ(said({{"rewards.toml", rule}}), "accepted");
  expect({{"rewards.toml", rule + "per_vist = 1\n"}}, "six/rewards.toml line", "per_vist");
  expect({{"rewards.toml", "per_visit = 5\n"}}, "six/rewards.toml", "cap_per_visit");
  expect({{"rewards.toml", "cap_per_visit = 0\n"}}, "six/rewards.toml line 1", "one point or more");
  expect({{"rewards.toml", rule + "[[per_kg]]\nmaterial = \"no.such\"\npoints = 2\n"}},
         "six/rewards.toml line 5", "a kind of the catalogue");
  expect({{"rewards.toml", rule + "[[campaigns]]\nfrom = \"2026-12-31\"\nto = \"2026-12-01\"\n"
                                  "per_mille = 2000\n"}},
         "six/rewards.toml line 6", "the later one");
}

TEST(ASixthCity, IsDataAlone) {
  const Folder folder;
  folder.copy("base");
  folder.put("x-six", "pack.toml", std::string{kHead} + "parent=\"base\"\n");
  folder.put("x-six", "norms.toml", kNorm);
  folder.put("x-six", "indicators.toml", kIndicator);
  folder.put("x-six", "units.toml", kUnits);
  folder.put("x-six", "tasks.toml",
             "[[task]]\ncode=\"1\"\nclause=\"1\"\nzh=\"甲\"\nen=\"a\"\nbracket=\"shared\"\n"
             "shared=[\"a\"]\n");
  folder.put("x-six", "districts.csv", "code,name,level\nD1,甲区,district\n");
  const auto read = load(folder.pack("x-six"));
  ASSERT_TRUE(read) << read.error().at << ": " << read.error().detail;
  EXPECT_GT(read->rules.norms.size(), 1U);
  const std::string own = show(*read, Rows::own);
  const auto document = json::Document::parse(own);
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().find("norms")->size(), 1U);
  EXPECT_EQ(document->root().find("indicators")->size(), 1U);
  EXPECT_EQ(document->root().find("tasks")->size(), 1U);
  EXPECT_THAT(own, HasSubstr("\"threshold\":30,\"unit\":\"m2\""));
  const std::string all_rows = show(*read, Rows::inherited);
  const auto all = json::Document::parse(all_rows);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->root().find("norms")->size(), read->rules.norms.size());
}

}  // namespace
}  // namespace huan::wire_pack
