// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/invoice.hpp"

#include <gtest/gtest.h>

#include "huan/invoicing/evidence.hpp"
#include "huan/invoicing/method.hpp"
#include "huan/json/document.hpp"

namespace huan::invoicing {
namespace {

using base::Money;

Invoice small() {
  Invoice out;
  out.party = "E-1";
  out.seller = "P-1";
  out.day = *base::parse_day("2026-02-28");
  out.lines.push_back({base::Uuid{}, "metal.copper", base::Mass{1'000}, Money{10'100}});
  out.sums = {Money{10'100}, Money{10'000}, Money{100}, Money{50}, std::nullopt};
  out.sums.withheld = {Money{100}, std::nullopt, Money{50}};
  out.attached.push_back({EvidenceKind::payment, "回单 7", ""});
  out.rules = "base 2026.1";
  return out;
}

base::Result<Invoice> again(const std::string& text) {
  const auto document = json::Document::parse(text);
  return document ? parse_invoice(document->root(), "/data")
                  : base::Result<Invoice>(document.error());
}

TEST(Invoice, IsWrittenAndReadAgain) {
  const std::string text = to_json(small());
  const auto read = again(text);
  ASSERT_TRUE(read) << read.error().at << read.error().detail;
  EXPECT_EQ(to_json(*read), text);
  EXPECT_EQ(read->sums, small().sums);
  EXPECT_EQ(read->lines, small().lines);
  EXPECT_EQ(read->attached, small().attached);
}

TEST(Invoice, WhatIsNoneIsRefusedByItsPlace) {
  const auto refused_at = [](std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    const auto read = again(text);
    return read ? std::string("read") : read.error().at;
  };
  const std::string text = to_json(small());
  EXPECT_EQ(refused_at(text, "\"simple\"", "\"other\""), "/data/method");
  EXPECT_EQ(refused_at(text, "\"payment\"", "\"hearsay\""), "/data/attached/0/kind");
  EXPECT_EQ(refused_at(text, "2026-02-28", "2026-02-29"), "/data/day");
  EXPECT_EQ(refused_at(text, "\"mass_g\":1000", "\"mass_g\":1000000000000001"),
            "/data/lines/0/mass_g");
  EXPECT_EQ(refused_at(text, "\"withheld_vat_fen\"", "\"phone\""), "/data/phone");
  EXPECT_EQ(refused_at(text, "\"vat_fen\":100", "\"vat_fen\":100,\"withheld\":true"), "read")
      << "as it was kept before";
}

TEST(Sums, NetAndVatAddUpToWhatIsPaid) {
  TaxPeriod period;
  EXPECT_FALSE(sums_of(Money{100}, period)) << "no rate is stated";
  period.vat_ppm = 10'000;
  period.income_ppm = 5'000;
  for (std::int64_t paid = 1; paid < 5'000; ++paid) {
    const auto sums = sums_of(Money{paid}, period);
    ASSERT_EQ(sums->net + sums->vat, sums->paid);
    ASSERT_LE(std::abs(sums->net.count() * 101 - paid * 100), 51) << paid;  // within half a fen
  }
  const auto worked = *sums_of(Money{15'150'000}, period);  // 150,000 yuan without VAT
  EXPECT_EQ(worked.net, Money{15'000'000});
  EXPECT_EQ(worked.vat, Money{150'000});
  EXPECT_EQ(worked.income, Money{75'000});
  EXPECT_FALSE(worked.surcharge) << "not stated";
  EXPECT_EQ(negative(worked).net + worked.net, Money{});
}

TEST(Method, StaysForItsMonths) {
  const auto day = [](const char* text) { return *base::parse_day(text); };
  const std::vector<MethodChoice> choices{{day("2027-04-29"), Method::simple},
                                          {day("2024-04-29"), Method::simple},
                                          {day("2027-04-01"), Method::general},
                                          {day("2026-01-01"), Method::general}};
  EXPECT_FALSE(method_on(choices, day("2024-04-28"), 36));
  EXPECT_EQ(method_on(choices, day("2024-04-29"), 36), Method::simple);
  EXPECT_EQ(method_on(choices, day("2026-06-01"), 36), Method::simple) << "chosen too early";
  EXPECT_EQ(method_on(choices, day("2027-04-01"), 36), Method::general);
  EXPECT_EQ(method_on(choices, day("2027-05-01"), 36), Method::general);
  EXPECT_EQ(method_on(choices, day("2026-06-01"), 0), Method::general);
}

TEST(Evidence, AllFiveKindsForEveryEvent) {
  ledger::Event whole;
  whole.party = "P-1";
  whole.vehicle = "冀A12345";
  whole.weighings.push_back({});
  whole.payment = ledger::Payment{true, Money{100}};
  ledger::Event cash;
  cash.party = "P-1";
  cash.payment = ledger::Payment{false, Money{100}};
  Rules rules;
  rules.needed.fill(true);
  std::vector<Purchase> purchases{{{}, &whole, Money{100}, true, true}};
  EXPECT_TRUE(missing(found_for(purchases, {}), rules).empty());
  purchases.push_back({{}, &cash, Money{100}, true, false});
  EXPECT_EQ(missing(found_for(purchases, {}), rules),
            (std::vector<std::string>{"transport", "weigh_ticket", "payment", "ledger"}));
  const std::vector<Attached> attached{{EvidenceKind::payment, "回单", ""}};
  EXPECT_EQ(missing(found_for(purchases, attached), rules),
            (std::vector<std::string>{"transport", "weigh_ticket", "ledger"}));
  EXPECT_EQ(missing(found_for({}, {}), rules).size(), kEvidenceKinds) << "nothing shows nothing";
  purchases.front().paid = Money{101};
  EXPECT_FALSE(found_for({purchases.data(), 1}, {}).test(3)) << "paid in part";
  EXPECT_TRUE(found_for({purchases.data(), 1}, {}, Money{1}).test(3)) << "a fen was kept back";
  EXPECT_FALSE(found_for(purchases, {}, Money{1'000}).test(3)) << "one is in cash";
}

}  // namespace
}  // namespace huan::invoicing
