// SPDX-License-Identifier: Apache-2.0
#include "huan/app/file_dossier.hpp"

#include <gtest/gtest.h>

#include "huan/app/init_city.hpp"
#include "huan/app/verify.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/store/testing/memory_store.hpp"

namespace huan::app {
namespace {

duties::DossierType reminder_type() {
  duties::DossierType type;
  type.row.code = "reminder";
  type.row.zh = "提醒函";
  type.about = {"task"};
  type.numbered = true;
  type.fields = {{"day", "", "", duties::FieldType::day, "", {}},
                 {"number", "", "", duties::FieldType::text, "", {}}};
  duties::DossierState drawn_up;
  drawn_up.code = "drawn_up";
  drawn_up.first = true;
  drawn_up.needs = {"number", "day"};
  drawn_up.next = {"issued"};
  duties::DossierState issued;
  issued.code = "issued";
  issued.signed_by = {"issuer"};
  issued.by = {"operator"};
  type.states = {drawn_up, issued};
  return type;
}

duties::Duties duties_of_the_city() {
  duties::Duties duties;
  duties.tasks.resize(1);
  duties.tasks[0].row.code = "3";
  duties.dossier_types = {reminder_type()};
  return duties;
}

class FileDossier : public ::testing::Test {
 protected:
  FileDossier() {
    clock_.set({pack_.records_from.s + 86'400});
    EXPECT_TRUE(init_city(recorder_, pack_, {}));
  }
  static std::string reminder(const std::string& day, const std::string& state = "drawn_up",
                              const std::string& more = "") {
    return R"({"about":{"id":"3","kind":"task"},"district":"B1","fields":{"day":")" + day + "\"" +
           more + R"(},"state":")" + state + R"(","type":"reminder"})";
  }
  base::Result<FiledDossier> file(const std::string& key, const std::string& data,
                                  std::int64_t based_on = -1, const std::string& sign = "") {
    DossierPut put;
    put.city = pack_.city.code;
    put.key = key;
    put.data = data;
    put.based_on = based_on;
    put.role = "operator";
    put.by = {"ann"};
    put.sign_as = sign;
    put.day = *base::parse_day("2025-07-01");
    return file_dossier(recorder_, duties_, put);
  }
  static std::string number(const FiledDossier& filed) {
    return std::get<std::string>(filed.dossier.fields.at("number"));
  }

  registry::Pack pack_ = registry::load_pack("packs/x-nyc").value();
  duties::Duties duties_{duties_of_the_city()};
  std::unique_ptr<store::Store> store_ = store::testing::memory_store();
  base::ManualClock clock_{pack_.records_from};
  crypto::SeededIdSource ids_{1, clock_};
  Recorder recorder_{*store_, clock_, ids_};
};

TEST_F(FileDossier, NumbersFollowEachOtherByYearAndNobodyChoosesOne) {
  EXPECT_EQ(number(*file("a", reminder("2025-06-30"))), "提醒函〔2025〕1号");
  EXPECT_EQ(number(*file("b", reminder("2025-07-01", "drawn_up", R"(,"number":"9")"))),
            "提醒函〔2025〕2号");
  EXPECT_EQ(number(*file("c", reminder("2026-01-01"))), "提醒函〔2026〕1号");
}

TEST_F(FileDossier, IsAboutSomethingThatThereIs) {
  std::string other = reminder("2025-06-30");
  other.replace(other.find(R"("id":"3")"), 8, R"("id":"nosuch")");
  const auto refused = file("a", other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().at, "/data/about/id");
}

TEST_F(FileDossier, AStepIsHeldToItsTableAndSigned) {
  ASSERT_TRUE(file("a", reminder("2025-06-30")));
  const auto unsigned_one = file("a", reminder("2025-06-30", "issued"));
  ASSERT_FALSE(unsigned_one);
  EXPECT_EQ(unsigned_one.error().at, "/data/signatures");
  const auto old = file("a", reminder("2025-06-30", "issued"), 0, "issuer");
  ASSERT_FALSE(old);
  EXPECT_EQ(old.error().code, base::ErrorCode::version_conflict);
  const auto issued = file("a", reminder("2025-06-30", "issued"), 1, "issuer");
  ASSERT_TRUE(issued) << issued.error().at << issued.error().detail;
  EXPECT_EQ(issued->version, 2);
  EXPECT_EQ(number(*issued), "提醒函〔2025〕1号");
  EXPECT_EQ(issued->dossier.signatures.at(0).by, "ann");
  const auto row = store_->snapshot()->registered(pack_.city.code, "dossier", "a");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->subkind, "reminder");
  EXPECT_EQ(row->district, "B1");
}

TEST_F(FileDossier, WhatIsRefusedLeavesNoTraceAndTheLogVerifies) {
  const auto before = store_->snapshot()->last(pack_.city.code).seq;
  EXPECT_FALSE(file("a", reminder("June")));
  EXPECT_FALSE(file("a", "{"));
  EXPECT_FALSE(file("a", R"({"about":{"id":"3","kind":"task"},"state":"x","type":"unknown"})"));
  EXPECT_EQ(store_->snapshot()->last(pack_.city.code).seq, before);
  ASSERT_TRUE(file("a", reminder("2025-06-30")));
  const auto report = verify(*store_, {});
  EXPECT_TRUE(report.ok) << report.differences.front().what;
}

}  // namespace
}  // namespace huan::app
