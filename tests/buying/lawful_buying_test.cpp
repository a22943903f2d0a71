// SPDX-License-Identifier: Apache-2.0
// The look back over purchases and departures, and the run of the law's retention.
#include "huan/app/lawful_buying.hpp"

#include "fixture.hpp"

namespace huan::app {
namespace {

class LawfulBuyingTest : public BuyingTest {
 protected:
  std::vector<BuyingFinding> check(const std::string& from = "2026-01-01",
                                   const std::string& to = "2026-12-31") {
    return check_buying(*store_->snapshot(),
                        {kCity, rules_.pack.utc_offset_s, day(from), day(to), {}},
                        rules_.rules.buying);
  }
  std::string metal(const std::string& seller, const std::string& on,
                    const std::string& material = "metal.copper", const std::string& lot = "") {
    return post(kCity, R"({"from":{"origin":"industrial","party":")" + seller + R"("},"id":")" +
                           ids_.next().text() + R"(","outputs":[{)" +
                           (lot.empty() ? "" : R"("lot":")" + lot + R"(",)") +
                           R"("mass_g":1000,"material":")" + material +
                           R"("}],"place":"W-E-1","time":")" + on +
                           R"(T10:00:00-05:00","type":"receive"})");
  }
};

TEST_F(LawfulBuyingTest, OnlyWhereTheRuleAsksIsARegistrationMissing) {
  put(kCity, "party", "factory", R"({"kind":"enterprise","name":"factory"})");
  put(kCity, "party", "person", R"({"kind":"natural_person"})");
  const auto bought = metal("factory", "2026-03-01");
  metal("person", "2026-03-01");                // not productive scrap
  metal("factory", "2026-03-01", "paper.occ");  // no metal
  metal("factory", "2025-12-31");               // another period
  const auto found = check();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].what, BuyingFinding::What::unregistered);
  EXPECT_EQ(found[0].event, bought);
  EXPECT_EQ(found[0].clause, "scrap.7");
  EXPECT_EQ(found[0].missing.size(), 6U);
  EXPECT_NE(found[0].source.find("art. 7"), std::string::npos);
  const std::string begin = R"({"about":{"id":"factory","kind":"enterprise"},"fields":{"event":")" +
                            bought +
                            R"(","handler":"person","item":"wire","quantity":"1 kg","unit":"91")";
  put(kCity, "dossier", "register." + bought,
      begin + R"(},"state":"registered","type":"scrap_registration"})");
  EXPECT_EQ(check()[0].missing, (std::vector<std::string>{"specification", "state"}));
  put(kCity, "dossier", "register." + bought,
      begin +
          R"(,"specification":"2 mm","state":"worn"},"state":"registered","type":"scrap_registration"})");
  EXPECT_TRUE(check().empty());
}

TEST_F(LawfulBuyingTest, AppliancesLeaveOnlyToWhoHoldsThePaperOnThatDay) {
  put(kCity, "party", "anyone", R"({"kind":"enterprise","name":"anyone","destination":"recycle"})");
  put(kCity, "party", "plant",
      R"({"kind":"enterprise","name":"plant","destination":"recycle","qualifications":[{"kind":"weee","number":"1","from":"2026-01-01","to":"2026-06-30"}]})");
  const auto sell = [&](const std::string& lot, const std::string& to, const std::string& on) {
    return post(kCity, R"({"id":")" + ids_.next().text() + R"(","inputs":[{"lot":")" + lot +
                           R"(","mass_g":1000}],"place":"W-E-1","time":")" + on +
                           R"(T12:00:00-05:00","to":{"party":")" + to + R"("},"type":"sell"})");
  };
  for (const char* lot : {"A-1", "A-2", "A-3"}) {
    metal("anyone", "2026-03-01", "appliance.tv", lot);
  }
  sell("A-1", "plant", "2026-06-30");
  const auto late = sell("A-2", "plant", "2026-07-01");
  const auto wrong = sell("A-3", "anyone", "2026-03-02");
  const auto found = check();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].event, late);
  EXPECT_EQ(found[1].event, wrong);
  EXPECT_EQ(found[1].missing, (std::vector<std::string>{"weee"}));
  post(
      kCity,
      R"({"corrects":")" + wrong + R"(","id":")" + ids_.next().text() +
          R"(","place":"W-E-1","reason":"not sold","replacement":null,"time":"2026-10-02T10:00:00-05:00","type":"correct"})");
  EXPECT_EQ(check().size(), 1U) << "what was taken back did not leave";
}

TEST_F(LawfulBuyingTest, WhatIsDueIsErasedAndTheRunIsOnRecord) {
  put(kCity, "party", "S-1", R"({"kind":"natural_person"})");
  PersonalPut what;
  what.values = {{vault::Field::phone, "13812341234"}};
  what.keep_until = day("2026-12-31");
  ASSERT_TRUE(personal_->put({"test", "registration"}, {kCity, "S-1"}, what));
  ASSERT_TRUE(personal_->erase({"test", "asked for"}, {kCity, "S-1"}));
  EXPECT_EQ(run_retention(*recorder_, *personal_, clock_, kCity, {"ann"})->removed, 0U);
  EXPECT_EQ(personal_->masked(*store_->snapshot(), {kCity, "S-1"}).size(), 1U) << "blocked";
  clock_.set(*base::parse_time("2027-01-02T12:00:00-05:00"));
  const auto run = run_retention(*recorder_, *personal_, clock_, kCity, {"ann"});
  EXPECT_EQ(run->removed, 1U);
  EXPECT_TRUE(personal_->masked(*store_->snapshot(), {kCity, "S-1"}).empty());
  const auto row = store_->snapshot()->registered(kCity, "document", run->key);
  ASSERT_TRUE(row);
  EXPECT_NE(row->body.find("\"removed\":1"), std::string::npos);
  EXPECT_TRUE(verify(*store_, {}).ok);
}

}  // namespace
}  // namespace huan::app
