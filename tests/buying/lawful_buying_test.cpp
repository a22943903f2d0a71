// SPDX-License-Identifier: Apache-2.0
// The look back over purchases and departures, and the run of the law's retention.
#include "huan/app/lawful_buying.hpp"

#include "fixture.hpp"
#include "huan/app/deletions.hpp"

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
  for (const std::string who : {"S-1", "S-2", "S-3"}) {
    put(kCity, "party", who, R"({"kind":"natural_person"})");
  }
  const auto register_phone = [&](const std::string& who, std::optional<vault::Term> term) {
    PersonalPut what;
    what.values = {{vault::Field::phone, "13812341234"}};
    what.term = term;
    ASSERT_TRUE(personal_->put({"test", "registration"}, {kCity, who}, what));
  };
  register_phone("S-1", vault::Term{day("2026-12-31")});
  register_phone("S-2", vault::term_of(vault::Retention::scrap_registration, day("2025-01-01")));
  register_phone("S-3", vault::Term{day("2026-12-31")});  // kept for another reason too
  ASSERT_TRUE(personal_->erase({"test", "asked for"}, {kCity, "S-1"}));
  EXPECT_TRUE(personal_->delete_ended(kCity, {"ann"}, false)->empty()) << "nothing is due";
  EXPECT_EQ(personal_->masked(*store_->snapshot(), {kCity, "S-1"}).size(), 1U) << "blocked";
  clock_.set(*base::parse_time("2027-01-02T12:00:00-05:00"));
  EXPECT_EQ(overdue(*personal_->sealed(*store_->snapshot()), kCity, day("2027-01-02")), 2U);
  const auto runs = personal_->delete_ended(kCity, {"ann"}, false);
  ASSERT_EQ(runs->size(), 1U);
  EXPECT_EQ(runs->at(0).removed, 2U);
  const auto reading = store_->snapshot();
  const auto fields = personal_->sealed(*reading);
  EXPECT_TRUE(personal_->masked(*reading, {kCity, "S-1"}).empty());
  EXPECT_TRUE(personal_->masked(*reading, {kCity, "S-2"}).empty());
  EXPECT_EQ(personal_->masked(*reading, {kCity, "S-3"}).size(), 1U);
  EXPECT_EQ(overdue(*fields, kCity, day("2027-01-02")), 0U);
  const auto row = reading->registered(kCity, "document", runs->at(0).key);
  ASSERT_TRUE(row);
  auto run = deletion_on_record(*row);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->lines, (std::vector<std::string>{"S-1 phone on_request 2026-12-31",
                                                  "S-2 phone scrap_registration 2027-01-01"}));
  EXPECT_EQ(run->until, "2027-01-01");
  EXPECT_EQ(run->persons, 2);
  EXPECT_EQ(row->body.find("1381234"), std::string::npos);
  check_deletion(*fields, kCity, *run);
  EXPECT_TRUE(run->sound);
  run->lines.front().back() = '0';
  check_deletion(*fields, kCity, *run);
  EXPECT_FALSE(run->sound) << "not the list that was hashed";
  EXPECT_TRUE(verify(*store_, {}).ok);
}

}  // namespace
}  // namespace huan::app
