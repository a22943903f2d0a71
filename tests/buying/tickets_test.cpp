// SPDX-License-Identifier: Apache-2.0
// The rules of lawful buying at the ticket: refused, held, entered in the register, each by the
// rules on record.
#include "fixture.hpp"
#include "huan/app/file_dossier.hpp"
#include "huan/app/lawful_buying.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::app {
namespace {

using base::ErrorCode;

class TicketsTest : public BuyingTest {
 protected:
  TicketsTest() {
    recorder_->stop();
    recorder_ = std::make_unique<Recorder>(*store_, clock_, ids_);
    recorder_->judge_tickets(wire_pack::buying_rules_of);
    rules_on_record(kCity, rules_.pack.records_from);
    put(kCity, "party", "factory", R"({"kind":"enterprise","name":"factory"})");
    put(kCity, "party", "person", R"({"kind":"natural_person"})");
    put(kCity, "party", "plant",
        R"({"kind":"enterprise","name":"plant","destination":"recycle","qualifications":[{"kind":"weee","number":"1","from":"2026-01-01","to":"2026-06-30"},{"kind":"elv","number":"2","from":"2026-01-01"}]})");
    for (const char* kind : {"processor", "station"}) {
      put(kCity, "place", std::string("T-") + kind,
          R"({"kind":")" + std::string(kind) +
              R"(","name":"next","district":"B1","operator":"factory","status":"active"})");
    }
  }
  void rules_on_record(const char* city, base::Instant from) {
    auto pack = rules_.pack;
    pack.city.code = city;
    const auto folders = registry::read_pack_folders("packs/x-nyc");
    ASSERT_TRUE(folders);
    EXPECT_TRUE(keep_first_rules(*recorder_, pack, {wire_pack::to_text(*folders, pack), from}));
  }
  Outcome send(const std::string& event, const char* city = kCity, Mode mode = Mode::atomic) {
    std::vector<PreparedEvent> events;
    events.push_back(prepare(event));
    return recorder_->post(city, std::move(events), mode, {"clerk"}).outcomes.front();
  }
  static std::string body(const std::string& seller, const std::string& material,
                          const std::string& lot, const std::string& more = "") {
    return R"({"from":{"origin":"industrial","party":")" + seller + R"("},"outputs":[{"lot":")" +
           lot + R"(","mass_g":1000,"material":")" + material +
           R"("}],"place":"W-E-1","time":"2026-03-01T10:00:00-05:00","type":"receive")" + more;
  }
  std::string buys(const std::string& seller, const std::string& material, const std::string& lot,
                   const std::string& more = "") {
    last_ = ids_.next().text();
    return body(seller, material, lot, more) + R"(,"id":")" + last_ + "\"}";
  }
  std::string leaves(const std::string& type, const std::string& lot, const std::string& to,
                     const std::string& on = "2026-03-02") {
    return R"({"id":")" + ids_.next().text() + R"(","inputs":[{"lot":")" + lot +
           R"(","mass_g":1000}],"place":"W-E-1","time":")" + on + R"(T12:00:00-05:00","to":)" + to +
           R"(,"type":")" + type + "\"" +
           (type == "ship" ? R"(,"shipment":"S-)" + lot + "\"}" : "}");
  }
  void registers(const std::string& event, const std::string& seller, bool whole = true) {
    put(kCity, "dossier", "register." + event,
        R"({"about":{"id":")" + seller + R"(","kind":"enterprise"},"fields":{"event":")" + event +
            R"(","handler":"person","item":"wire","quantity":"1 kg","specification":"2 mm",)" +
            (whole ? R"("state":"worn",)" : "") +
            R"("unit":"91"},"state":"registered","type":"scrap_registration"})");
  }
  void step(const std::string& key, const std::string& data) {
    RegistryPut one;
    one.kind = "dossier";
    one.key = key;
    one.data = data;
    one.time = "2026-04-01T00:00:00Z";
    EXPECT_EQ(recorder_->put(kCity, one, {"ann"}).status, Status::posted);
  }
  std::optional<FiledDossier> dossier(const std::string& key) {
    return dossier_on_record(*store_->snapshot(), kCity, key);
  }
};

TEST_F(TicketsTest, WhatIsToBeRegisteredIsRefusedUntilItIs) {
  const auto event = buys("factory", "metal.copper", "C-1");
  const auto refused = send(event);
  EXPECT_EQ(refused.status, Status::refused);
  EXPECT_EQ(refused.error.code, ErrorCode::registration_missing);
  EXPECT_EQ(refused.error.at, "/outputs/0/material");
  for (const char* part : {"scrap.7", "register.", "factory", "specification", "art. 7"}) {
    EXPECT_NE(refused.error.detail.find(part), std::string::npos) << refused.error.detail;
  }
  EXPECT_FALSE(dossier("refused." + last_)) << "it was not the goods that were refused";
  registers(last_, "factory", false);
  EXPECT_NE(send(event).error.detail.find("lacks state;"), std::string::npos);
  registers(last_, "person");
  EXPECT_EQ(send(event).status, Status::refused) << "of somebody else";
  registers(last_, "factory");
  EXPECT_EQ(send(event).status, Status::posted);
  EXPECT_EQ(send(event).status, Status::duplicate);
  const auto id = last_;
  // A correction of it stands under the same registration, one that makes other goods of it too.
  const std::string correct = R"({"corrects":")" + id + R"(","id":")" + ids_.next().text() +
                              R"(","place":"W-E-1","reason":"typed","replacement":)" +
                              body("factory", "metal.aluminium", "C-1") +
                              R"(},"time":"2026-03-02T10:00:00-05:00","type":"correct"})";
  EXPECT_EQ(send(correct).status, Status::posted) << send(correct).error.detail;
  EXPECT_TRUE(
      check_buying(*store_->snapshot(),
                   {kCity, rules_.pack.utc_offset_s, day("2026-01-01"), day("2026-12-31"), {}},
                   rules_.rules.buying)
          .empty());
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(TicketsTest, ACorrectionIsHeldToTheSameRule) {
  const auto paper = buys("factory", "paper.occ", "P-1");
  ASSERT_EQ(send(paper).status, Status::posted);
  const auto refused = send(R"({"corrects":")" + last_ + R"(","id":")" + ids_.next().text() +
                            R"(","place":"W-E-1","reason":"it was copper","replacement":)" +
                            body("factory", "metal.copper", "P-1") +
                            R"(},"time":"2026-03-02T10:00:00-05:00","type":"correct"})");
  EXPECT_EQ(refused.error.code, ErrorCode::registration_missing);
  EXPECT_EQ(refused.error.at, "/replacement/outputs/0/material");
}

TEST_F(TicketsTest, OnlyWhereTheRuleAsks) {
  EXPECT_EQ(send(buys("person", "metal.copper", "C-1")).status, Status::posted);
  EXPECT_EQ(send(buys("factory", "paper.occ", "P-1")).status, Status::posted);
  // A city whose rules are not on record has none.
  put(kOther, "party", "factory", R"({"kind":"enterprise","name":"factory"})");
  EXPECT_EQ(send(buys("factory", "metal.copper", "C-1"), kOther).status, Status::posted);
  // And none hold before they do.
  rules_on_record(kOther, *base::parse_time("2026-03-02T00:00:00-05:00"));
  EXPECT_EQ(send(buys("factory", "metal.copper", "C-2"), kOther).status, Status::posted);
}

TEST_F(TicketsTest, AppliancesLeaveOnlyToWhoHoldsThePaperOnThatDay) {
  for (const char* lot : {"A-1", "A-2", "A-3", "A-4"}) {
    ASSERT_EQ(send(buys("person", "appliance.tv", lot)).status, Status::posted);
  }
  const auto late = send(leaves("sell", "A-1", R"({"party":"plant"})", "2026-07-01"));
  EXPECT_EQ(late.error.code, ErrorCode::not_qualified);
  EXPECT_EQ(late.error.at, "/to/party");
  EXPECT_NE(late.error.detail.find("weee"), std::string::npos);
  EXPECT_EQ(send(leaves("sell", "A-1", R"({"party":"plant"})", "2026-06-30")).status,
            Status::posted);
  EXPECT_EQ(send(leaves("sell", "A-2", R"({"party":"factory"})")).error.code,
            ErrorCode::not_qualified);
  EXPECT_EQ(send(leaves("sell", "A-2", R"({"class":"recycle"})")).error.code,
            ErrorCode::not_qualified)
      << "nobody is named";
  EXPECT_EQ(send(leaves("sell", "A-2", R"({"party":"factory","class":"reuse"})")).status,
            Status::posted)
      << "repaired goods are sold on";
  const auto shipped = send(leaves("ship", "A-3", R"({"place":"T-processor"})"));
  EXPECT_EQ(shipped.error.code, ErrorCode::not_qualified);
  EXPECT_EQ(shipped.error.at, "/to/place");
  EXPECT_EQ(send(leaves("ship", "A-3", R"({"place":"T-station"})")).status, Status::posted)
      << "a station is on the way";
  EXPECT_EQ(send(leaves("ship", "A-4", R"({"city":"x-two","place":"W-E-1"})")).status,
            Status::posted)
      << "the other city's registry knows who takes it";
}

TEST_F(TicketsTest, WhatIsProhibitedIsEnteredInTheRegisterOnce) {
  const auto event = buys("person", "metal.prohibited", "X-1");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(send(event, kCity, i == 0 ? Mode::atomic : Mode::each).error.code,
              ErrorCode::prohibited);
  }
  const auto entry = dossier("refused." + last_);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->version, 1);
  EXPECT_EQ(entry->dossier.about, "W-E-1");
  EXPECT_EQ(entry->dossier.party, "E-1");
  EXPECT_EQ(std::get<std::string>(entry->dossier.fields.at("item")), "metal.prohibited");
  EXPECT_EQ(std::get<std::string>(entry->dossier.fields.at("person")), "person");
  EXPECT_EQ(store_->snapshot()->seq_of(kCity, *base::Uuid::parse(last_)), 0U) << "nothing posted";
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(TicketsTest, WhatIsWatchedIsHeldAndReportedUntilReleased) {
  put(kCity, "asset", "V-1", R"({"kind":"vehicle","name":"van","plate":"冀A12345"})");
  const auto watch = [&](const std::string& key, const std::string& what, const std::string& value,
                         const std::string& to = "2026-12-31") {
    put(kCity, "dossier", key,
        R"({"about":{"id":"x-nyc","kind":"city"},"fields":{"source":"notice 7","value":")" + value +
            R"(","what":")" + what + R"("},"from":"2026-01-01","state":"listed","to":")" + to +
            R"(","type":"watch"})");
  };
  EXPECT_TRUE(send(buys("person", "metal.copper", "C-0")).raised.empty());
  watch("N-1", "vehicle", "冀A12345");
  watch("N-2", "item", "VIN-1");
  watch("N-3", "goods", "metal.copper", "2026-02-28");
  EXPECT_TRUE(send(buys("person", "metal.copper", "C-1")).raised.empty()) << "its term is over";
  const auto by_plate = send(buys("person", "paper.occ", "P-1", R"(,"vehicle":"V-1")"));
  EXPECT_EQ(by_plate.status, Status::posted) << by_plate.error.detail;
  ASSERT_EQ(by_plate.raised.size(), 1U);
  EXPECT_EQ(by_plate.raised[0].code, "watched");
  EXPECT_EQ(by_plate.raised[0].at, "/vehicle");
  const std::string key = "suspected." + last_ + ".1";
  ASSERT_TRUE(dossier(key));
  EXPECT_EQ(dossier(key)->dossier.state, "held");
  const auto ship = leaves("ship", "P-1", R"({"place":"T-station"})", "2026-05-01");
  EXPECT_EQ(send(ship).error.code, ErrorCode::held);
  const std::string begin = R"({"about":{"id":"W-E-1","kind":"place"},"evidence":[{"source":"s"}],)"
                            R"("fields":{"day":"2026-03-01","lot":"P-1","what":"paper.occ",)";
  step(key, begin + R"("reported_to":"police"},"state":"reported","type":"suspected_goods"})");
  EXPECT_EQ(send(ship).error.code, ErrorCode::held);
  step("SG-2", begin + R"("reported_to":"police"},"state":"held","type":"suspected_goods"})");
  const std::string released =
      R"("outcome":"not stolen","reported_to":"police"},"state":"released","type":"suspected_goods"})";
  step(key, begin + released);
  EXPECT_EQ(send(ship).error.code, ErrorCode::held) << "suspected once more, by hand";
  step("SG-2", begin + released);
  EXPECT_EQ(send(ship).status, Status::posted);
  const auto hold = store_->snapshot()->registered(kCity, "hold", "P-1");
  ASSERT_TRUE(hold);
  EXPECT_NE(hold->body.find("released by ann, SG-2: not stolen"), std::string::npos) << hold->body;
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(TicketsTest, ASuspectedLotHasToBeThere) {
  RegistryPut one;
  one.kind = "dossier";
  one.key = "SG-9";
  one.data =
      R"({"about":{"id":"W-E-1","kind":"place"},"evidence":[{"source":"s"}],"fields":{"day":"2026-03-01","lot":"nowhere","what":"wire"},"state":"held","type":"suspected_goods"})";
  const auto outcome = recorder_->put(kCity, one, {"ann"});
  EXPECT_EQ(outcome.error.code, ErrorCode::unknown_lot);
  EXPECT_EQ(outcome.error.at, "/data/fields/lot");
}

}  // namespace
}  // namespace huan::app
