// SPDX-License-Identifier: Apache-2.0
// Reverse invoices on a real store: who may, the limit over recyclers and cities, lost answers, red
// invoices, corrections; and random histories whose sums are folded again from the records alone.
#include "huan/app/invoices.hpp"

#include <map>

#include "fixture.hpp"
#include "huan/app/invoice_text.hpp"

namespace huan::app {
namespace {

using base::ErrorCode;
using base::Money;
using invoicing::SimulatedGateway;
using invoicing::State;

constexpr std::int64_t kWholeLimit = 505'000'000;  // paid: 5,000,000 yuan and 1 % of VAT
const std::string kAnn = "11010519491231002X";
const std::string kBob = "110105194912310011";

class InvoicesTest : public BuyingTest {
 protected:
  InvoicesTest() {
    for (const char* city : {kCity, kOther}) {
      seller(city, "S-1", kAnn);
      consent(city, "S-1", "E-1");
    }
  }
  Invoices invoices() {
    return Invoices({*recorder_, *personal_, clock_, *gateway_}, rules_.rules.invoicing, "x 1");
  }
  base::Result<KeptInvoice> request(const char* city, const std::string& key,
                                    const std::vector<std::string>& events,
                                    const std::string& on = "") {
    InvoiceAsk ask;
    ask.city = city;
    ask.key = key;
    ask.buyer = "E-1";
    ask.events = events;
    ask.by = {"ann"};
    if (!on.empty()) {
      ask.day = day(on);
    }
    return invoices().request(ask);
  }
  base::Result<KeptInvoice> bought(const char* city, const std::string& key, std::int64_t fen,
                                   const std::string& on = "2026-10-01") {
    return request(city, key, {post(city, receive("E-1", "S-1", on, fen))}, on);
  }
  InvoiceStep step(const char* city, const std::string& key) {
    InvoiceStep one;
    one.city = city;
    one.key = key;
    one.by = {"ann"};
    return one;
  }
  invoicing::Room room(const char* city = kCity, const std::string& on = "2026-10-20") {
    const auto found = seller_room(*store_->snapshot(), *personal_, {city, "S-1"},
                                   rules_.rules.invoicing, day(on));
    EXPECT_TRUE(found) << found.error().detail;
    return found->room;
  }

  std::unique_ptr<SimulatedGateway> gateway_ = std::make_unique<SimulatedGateway>();
};

TEST_F(InvoicesTest, TheWholeWay) {
  put(kCity, "contract", "C-1", R"({"party":"S-1","with":"E-1","from":"2026-01-01"})");
  const auto id = post(
      kCity,
      receive(
          "E-1", "S-1", "2026-10-01", 101'000,
          R"(,"payment":{"fen":101000,"how":"bank"},"weighings":[{"gross_g":1000,"tare_g":0,"valid":true}])"));
  const auto kept = request(kCity, "I-1", {id});
  ASSERT_TRUE(kept) << kept.error().at << " " << kept.error().detail;
  EXPECT_EQ(kept->invoice.state, State::issued);
  EXPECT_TRUE(kept->invoice.number.starts_with("SIM"));
  EXPECT_EQ(kept->invoice.sums.net, Money{100'000});
  EXPECT_EQ(kept->invoice.sums.vat, Money{1'000});
  EXPECT_EQ(kept->invoice.sums.income, Money{500});
  EXPECT_EQ(kept->version, 2);
  const auto found = evidence_of(*store_->snapshot(), *personal_, kCity, kept->invoice);
  EXPECT_EQ(invoicing::missing(found, rules_.rules.invoicing),
            (std::vector<std::string>{"transport"}));
  auto more = step(kCity, "I-1");
  more.attached = {{invoicing::EvidenceKind::transport, "运单 9", ""}};
  const auto whole = invoices().attach(more);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(evidence_of(*store_->snapshot(), *personal_, kCity, whole->invoice).all());
  EXPECT_EQ(room().left, Money{500'000'000 - 100'000});
  EXPECT_EQ(request(kCity, "I-2", {id}).error().code, ErrorCode::id_conflict);
  EXPECT_EQ(request(kCity, "I-1", {id}).error().code, ErrorCode::id_conflict);
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(InvoicesTest, TheLimitIsThePersonsOverCitiesAndPartiesToTheFen) {
  ASSERT_TRUE(bought(kCity, "I-1", 303'000'000));
  ASSERT_TRUE(bought(kOther, "I-1", kWholeLimit - 303'000'000));  // the last fen
  EXPECT_EQ(room().left, Money{});
  EXPECT_TRUE(room(kOther).warn);
  EXPECT_EQ(bought(kCity, "I-2", 2).error().code, ErrorCode::over_limit);
  // Another party of the same person does not help; another person does.
  seller(kCity, "S-2", kAnn);
  consent(kCity, "S-2", "E-1");
  const auto again = post(kCity, receive("E-1", "S-2", "2026-10-01", 2));
  EXPECT_EQ(request(kCity, "I-3", {again}).error().code, ErrorCode::over_limit);
  seller(kCity, "S-3", kBob);
  consent(kCity, "S-3", "E-1");
  EXPECT_TRUE(request(kCity, "I-4", {post(kCity, receive("E-1", "S-3", "2026-10-01", 2))}));
  // Twelve calendar months later there is room again, and not a day before.
  EXPECT_EQ(room(kCity, "2027-09-30").left, Money{});
  EXPECT_EQ(room(kCity, "2027-10-01").left, Money{500'000'000});
  // What was refused left nothing behind.
  EXPECT_FALSE(invoice_on_record(*store_->snapshot(), kCity, "I-2"));
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(InvoicesTest, APastMonthIsCountedInWindowsThatAreThereAlready) {
  ASSERT_TRUE(bought(kCity, "I-1", 303'000'000, "2026-10-01"));
  ASSERT_TRUE(bought(kCity, "I-2", 202'000'000, "2025-09-30"));  // another window
  EXPECT_EQ(bought(kCity, "I-3", 303'000'000, "2025-11-01").error().code, ErrorCode::over_limit);
  EXPECT_EQ(bought(kCity, "I-4", 202'000'002, "2025-11-30").error().code, ErrorCode::over_limit);
  EXPECT_FALSE(bought(kCity, "I-5", 2, "2024-04-28")) << "no period is stated";
}

TEST_F(InvoicesTest, ALostAnswerIsAskedForAndNothingIsIssuedTwice) {
  gateway_ = std::make_unique<SimulatedGateway>(SimulatedGateway::Faults{1, 1, 0});
  const auto first = bought(kCity, "I-1", 101'000);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->invoice.state, State::requested);
  EXPECT_EQ(room().used, Money{100'000}) << "what is asked for counts";
  auto second = invoices().deliver(step(kCity, "I-1"));
  ASSERT_TRUE(second);
  for (int i = 0; i < 3 && second->invoice.state == State::requested; ++i) {
    second = invoices().deliver(step(kCity, "I-1"));
    ASSERT_TRUE(second);
  }
  EXPECT_EQ(second->invoice.state, State::issued);
  EXPECT_EQ(gateway_->issued(), 1U);
  const auto third = invoices().deliver(step(kCity, "I-1"));
  EXPECT_EQ(third->version, second->version) << "nothing more to do";
}

TEST_F(InvoicesTest, WhatTheGatewayRefusesNeverWas) {
  gateway_ = std::make_unique<SimulatedGateway>(SimulatedGateway::Faults{0, 0, 1});
  const auto id = post(kCity, receive("E-1", "S-1", "2026-10-01", 101'000));
  EXPECT_EQ(request(kCity, "I-1", {id})->invoice.state, State::refused);
  EXPECT_EQ(room().used, Money{});
  EXPECT_EQ(request(kCity, "I-2", {id})->invoice.state, State::issued);
}

TEST_F(InvoicesTest, OneRedInvoiceUndoesOneBlueOne) {
  const auto id = post(kCity, receive("E-1", "S-1", "2026-09-30", 101'000));
  ASSERT_TRUE(request(kCity, "I-1", {id}, "2026-09-30"));
  const auto red = invoices().undo(step(kCity, "I-1"));
  ASSERT_TRUE(red) << red.error().detail;
  EXPECT_EQ(red->key, "I-1.red");
  EXPECT_EQ(red->invoice.sums.net, Money{-100'000});
  EXPECT_EQ(room().used, Money{});
  EXPECT_EQ(invoices().undo(step(kCity, "I-1"))->version, red->version) << "the same one";
  EXPECT_FALSE(invoices().undo(step(kCity, "I-1.red")));
  ASSERT_TRUE(request(kCity, "I-2", {id})) << "what was undone may be invoiced again";
  EXPECT_EQ(room().used, Money{100'000});
  const auto september =
      file_month(*store_->snapshot(), *personal_, kCity,
                 {"E-1", *invoicing::parse_month("2026-09")}, rules_.rules.invoicing);
  ASSERT_TRUE(september);
  ASSERT_EQ((*september)->filed.size(), 1U);
  const auto october =
      file_month(*store_->snapshot(), *personal_, kCity,
                 {"E-1", *invoicing::parse_month("2026-10")}, rules_.rules.invoicing);
  EXPECT_EQ(invoicing::by_seller((*october)->filed)[0].net, Money{});
}

TEST_F(InvoicesTest, WhatIsKeptBackIsWhatThePackStatesForTheDay) {
  clock_.set(*base::parse_time("2026-11-20T12:00:00-05:00"));
  const Money month{20'200'000};
  const auto october = bought(kCity, "I-1", month.count(), "2026-10-31");
  ASSERT_TRUE(october) << october.error().detail;
  EXPECT_EQ(october->invoice.sums.withheld,
            (invoicing::Taxes{Money{200'000}, std::nullopt, Money{100'000}}));
  const auto november = bought(kCity, "I-2", month.count(), "2026-11-01");
  ASSERT_TRUE(november) << november.error().detail;
  EXPECT_EQ(november->invoice.sums.withheld,
            (invoicing::Taxes{std::nullopt, std::nullopt, Money{100'000}}))
      << "the rule on VAT of that day was not seen";
  const auto red = invoices().undo(step(kCity, "I-1"));
  ASSERT_TRUE(red);
  EXPECT_EQ(red->invoice.sums.withheld, invoicing::negative(october->invoice.sums.withheld));
  // Up to the threshold no VAT is kept back; another city's invoice of the person counts.
  ASSERT_TRUE(bought(kOther, "I-1", 6'060'000, "2026-09-01"));
  const auto below = bought(kCity, "I-3", 4'040'000, "2026-09-30");
  ASSERT_TRUE(below);
  EXPECT_EQ(below->invoice.sums.withheld.vat, Money{});
  const auto over = bought(kCity, "I-4", 101, "2026-09-30");
  ASSERT_TRUE(over);
  EXPECT_EQ(over->invoice.sums.withheld.vat, Money{1});
  const auto standing =
      standing_of(*store_->snapshot(), *personal_, kCity, over->invoice, rules_.rules.invoicing);
  EXPECT_EQ(standing.withholding.size(), invoicing::kTaxes);
  // What was kept back is no payment that is missing.
  const auto id = post(kCity, receive("E-1", "S-1", "2026-11-02", 10'100,
                                      R"(,"payment":{"fen":10050,"how":"bank"})"));
  const auto paid = request(kCity, "I-5", {id});
  ASSERT_TRUE(paid) << paid.error().detail;
  EXPECT_EQ(paid->invoice.sums.withheld.income, Money{50});
  const auto found = evidence_of(*store_->snapshot(), *personal_, kCity, paid->invoice);
  EXPECT_TRUE(found.test(static_cast<std::size_t>(invoicing::EvidenceKind::payment)));
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(InvoicesTest, WhoMayNotIsToldWhy) {
  const auto id = post(kCity, receive("E-1", "S-1", "2026-10-01", 101'000));
  const auto code = [&](const base::Result<KeptInvoice>& kept) {
    return kept ? ErrorCode::internal : kept.error().code;
  };
  EXPECT_EQ(code(request(kCity, "I", {"no-uuid"})), ErrorCode::unknown_event);
  EXPECT_EQ(code(request(kCity, "I", {id, id})), ErrorCode::id_conflict);
  EXPECT_EQ(code(request(kCity, "I", {})), ErrorCode::bad_field);
  EXPECT_EQ(code(request(kCity, "I", {id}, "2026-09-30")), ErrorCode::bad_field);
  EXPECT_EQ(code(request(kCity, "I", {id}, "2026-10-21")), ErrorCode::time_in_future);
  seller(kCity, "S-4", kBob);
  const auto silent = post(kCity, receive("E-1", "S-4", "2026-10-01", 101'000));
  EXPECT_EQ(code(request(kCity, "I", {silent})), ErrorCode::bad_field) << "no consent";
  EXPECT_EQ(code(request(kCity, "I", {id, silent})), ErrorCode::bad_field) << "two sellers";
  put(kCity, "party", "S-5", R"({"kind":"natural_person"})");
  consent(kCity, "S-5", "E-1");
  const auto nobody = post(kCity, receive("E-1", "S-5", "2026-10-01", 101'000));
  EXPECT_EQ(code(request(kCity, "I", {nobody})), ErrorCode::not_found) << "no identity number";
  put(kCity, "party", "T-1", R"({"kind":"sole_trader","name":"trader"})");
  consent(kCity, "T-1", "E-1");
  const auto trader = post(kCity, receive("E-1", "T-1", "2026-10-01", 101'000));
  EXPECT_EQ(code(request(kCity, "I", {trader})), ErrorCode::bad_field) << "invoices itself";
  InvoiceAsk special;
  special.city = kCity;
  special.key = "I";
  special.buyer = "E-1";
  special.events = {id};
  special.special = true;
  EXPECT_EQ(code(invoices().request(special)), ErrorCode::bad_field) << "the simple method";
  put(kCity, "party", "E-1", R"({"kind":"enterprise","name":"firm"})");
  EXPECT_EQ(code(request(kCity, "I", {id})), ErrorCode::not_qualified);
}

TEST_F(InvoicesTest, ACorrectedEventNoLongerStandsAsInvoiced) {
  const auto id = post(kCity, receive("E-1", "S-1", "2026-10-01", 101'000));
  const auto kept = request(kCity, "I-1", {id});
  ASSERT_TRUE(kept);
  EXPECT_TRUE(stands_as_invoiced(*store_->snapshot(), kCity, kept->invoice));
  const auto next = post(
      kCity,
      R"({"corrects":")" + id + R"(","id":")" + ids_.next().text() +
          R"(","place":"W-E-1","reason":"price","replacement":{"from":{"origin":"household","party":"S-1"},"outputs":[{"mass_g":1000,"material":"paper.occ","per":"kg","price_fen":50500}],"place":"W-E-1","time":"2026-10-01T10:00:00-05:00","type":"receive"},"time":"2026-10-02T10:00:00-05:00","type":"correct"})");
  EXPECT_FALSE(stands_as_invoiced(*store_->snapshot(), kCity, kept->invoice));
  EXPECT_EQ(request(kCity, "I-2", {id}).error().code, ErrorCode::version_conflict);
  const auto right = request(kCity, "I-2", {next});
  ASSERT_TRUE(right) << right.error().detail;
  EXPECT_EQ(right->invoice.sums.net, Money{50'000});
}

/// From the records alone, with dates as they are written.
std::map<std::string, std::int64_t> folded(store::Reading& reading) {
  std::map<std::string, std::int64_t> sums;
  std::map<std::string, std::string> blue_month;
  std::vector<std::pair<std::string, KeptInvoice>> all;
  for (const char* city : {"x-nyc", "x-two"}) {
    for (auto& kept : read_invoices(reading, city, {})) {
      all.emplace_back(city, std::move(kept));
    }
  }
  for (const auto& [city, kept] : all) {
    blue_month[city + kept.key] = base::format_month(kept.invoice.day);
  }
  for (const auto& [city, kept] : all) {
    const auto& one = kept.invoice;
    const bool counts =
        one.state == State::issued || (one.state == State::requested && one.red_of.empty());
    if (counts) {
      sums[blue_month[city + (one.red_of.empty() ? kept.key : one.red_of)]] += one.sums.net.count();
    }
  }
  std::erase_if(sums, [](const auto& month) { return month.second == 0; });
  return sums;
}

TEST_F(InvoicesTest, RandomHistoriesKeepTheSumsOfTheirRecordsAndTheLimit) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    std::uint64_t state = seed;
    const auto upto = [&](std::uint64_t most) {
      state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
      return (state >> 33) % (most + 1);
    };
    std::vector<std::pair<const char*, std::string>> keys;
    for (int i = 0; i < 25; ++i) {
      gateway_ = std::make_unique<SimulatedGateway>(
          SimulatedGateway::Faults{upto(5) == 0 ? 1 : 0, 0, upto(7) == 0 ? 1 : 0});
      const char* city = upto(1) == 0 ? kCity : kOther;
      if (!keys.empty() && upto(3) == 0) {
        const auto& [where, key] = keys[upto(keys.size() - 1)];
        static_cast<void>(upto(1) == 0 ? invoices().undo(step(where, key))
                                       : invoices().deliver(step(where, key)));
      } else {
        const base::Day on{day("2024-12-15").n + static_cast<std::int32_t>(upto(670))};
        const auto key = "R" + std::to_string(seed) + "-" + std::to_string(i);
        const auto kept = bought(city, key, static_cast<std::int64_t>(1 + upto(200'000'000)),
                                 base::format_day(on));
        if (kept) {
          keys.emplace_back(city, key);
        } else {
          ASSERT_EQ(kept.error().code, ErrorCode::over_limit) << kept.error().detail;
        }
      }
      const auto snapshot = store_->snapshot();
      const auto found = seller_room(*snapshot, *personal_, {kCity, "S-1"}, rules_.rules.invoicing,
                                     day("2026-10-20"));
      ASSERT_TRUE(found);
      std::map<std::string, std::int64_t> kept;
      for (const auto& [month, net] : found->sold.by_month()) {
        kept[invoicing::format(month)] = net.count();
        EXPECT_LE(found->sold.window(month, 12), Money{500'000'000});
      }
      ASSERT_EQ(kept, folded(*snapshot)) << "seed " << seed << " step " << i;
    }
  }
  EXPECT_TRUE(verify(*store_, {}).ok);
}

}  // namespace
}  // namespace huan::app
