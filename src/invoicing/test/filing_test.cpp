// SPDX-License-Identifier: Apache-2.0
// Monthly filings of random years against an oracle that walks over every invoice for each
// question.
#include "huan/invoicing/filing.hpp"

#include <gtest/gtest.h>

#include <deque>

namespace huan::invoicing {
namespace {

using base::Money;

Rules one_period() {
  Rules rules;
  TaxPeriod period;
  period.from = *base::parse_day("2024-04-29");
  period.vat_ppm = 10'000;
  period.exempt_month = Money{10'000'000};
  period.income_ppm = 5'000;
  rules.periods.push_back(period);
  const base::Day until = *base::parse_day("2026-10-31");
  rules.withholding.push_back({Tax::income, period.from, std::nullopt, true, "Y", "art. 14"});
  rules.withholding.push_back({Tax::vat, period.from, until, true, "Y", "art. 11"});
  return rules;
}

class Books {
 public:
  const KnownInvoice& blue(const char* buyer, const char* seller, const char* day, Money paid) {
    return add(buyer, seller, *base::parse_day(day), paid);
  }
  const KnownInvoice& add(const std::string& buyer, const std::string& seller, base::Day day,
                          Money paid) {
    Invoice one;
    one.party = buyer;
    one.seller = seller;
    one.day = day;
    one.state = State::issued;
    const TaxPeriod& period = *period_on(rules_, day);
    one.sums = *sums_of(paid, period);
    const Money month = person_total(known_, person(seller), month_of(day)) + one.sums.net;
    one.sums.withheld = withheld_of(due_of(one.sums, is_exempt(period, false, month)), rules_, day);
    return keep("I" + std::to_string(known_.size()), std::move(one), person(seller));
  }
  const KnownInvoice& red(const KnownInvoice& blue, base::Day day) {
    Invoice one = *blue.invoice;
    one.day = day;
    one.sums = negative(one.sums);
    one.red_of = blue.key;
    return keep(red_key(blue.key), std::move(one), blue.person);
  }
  [[nodiscard]] std::vector<FiledInvoice> file(const char* buyer, const char* month) {
    return file_month(known_, {buyer, *parse_month(month)}, rules_);
  }
  std::vector<KnownInvoice>& known() { return known_; }
  std::deque<Invoice>& invoices() { return invoices_; }
  Rules& rules() { return rules_; }

 private:
  /// P-1 and Q-1 are one person.
  static std::size_t person(const std::string& seller) {
    return static_cast<std::size_t>(seller.back() - '0');
  }
  const KnownInvoice& keep(std::string key, Invoice one, std::size_t person) {
    known_.reserve(1'000);
    invoices_.push_back(std::move(one));
    known_.push_back({std::move(key), &invoices_.back(), person});
    return known_.back();
  }
  Rules rules_ = one_period();
  std::deque<Invoice> invoices_;
  std::vector<KnownInvoice> known_;
};

TEST(Filing, UpToTheThresholdNothingIsDueAcrossRecyclers) {
  Books books;
  books.blue("E-1", "P-1", "2026-03-01", Money{6'060'000});
  ASSERT_EQ(books.file("E-1", "2026-03").size(), 1U);
  EXPECT_TRUE(books.file("E-1", "2026-03")[0].exempt);
  EXPECT_EQ(books.file("E-1", "2026-03")[0].vat, Money{});
  EXPECT_EQ(books.file("E-1", "2026-03")[0].income, Money{30'000}) << "due all the same";
  books.blue("E-2", "Q-1", "2026-03-31",
             Money{4'040'001});  // the same person elsewhere, a fen over
  EXPECT_FALSE(books.file("E-1", "2026-03")[0].exempt);
  EXPECT_EQ(books.file("E-1", "2026-03")[0].vat, Money{60'000});
  EXPECT_TRUE(books.file("E-1", "2026-04").empty());
}

TEST(Filing, ASpecialInvoiceIsNeverExempt) {
  Books books;
  books.blue("E-1", "P-1", "2026-03-01", Money{101'000});
  books.invoices().back().special = true;
  EXPECT_EQ(books.file("E-1", "2026-03")[0].vat, Money{1'000});
}

TEST(Filing, ARedInvoiceGivesBackWhatWasDueOnItsBlueOne) {
  Books books;
  const auto& blue = books.blue("E-1", "P-1", "2026-01-31", Money{12'120'000});
  books.red(blue, *base::parse_day("2026-02-01"));
  EXPECT_EQ(books.file("E-1", "2026-01")[0].vat, Money{120'000}) << "January stays as it was filed";
  const auto february = books.file("E-1", "2026-02");
  ASSERT_EQ(february.size(), 1U);
  EXPECT_EQ(february[0].vat, Money{-120'000});
  EXPECT_EQ(by_seller(february)[0].net, Money{-12'000'000});
}

TEST(Filing, OneOfTheSameMonthLowersTheTotal) {
  Books books;
  books.blue("E-1", "P-1", "2026-01-02", Money{6'060'000});
  const auto& second = books.blue("E-1", "P-1", "2026-01-03", Money{6'060'000});
  EXPECT_FALSE(books.file("E-1", "2026-01")[0].exempt);
  books.red(second, *base::parse_day("2026-01-31"));
  EXPECT_TRUE(books.file("E-1", "2026-01")[0].exempt);
  EXPECT_EQ(by_seller(books.file("E-1", "2026-01"))[0].vat, Money{});
}

TEST(Filing, WhatIsNotIssuedIsNotFiled) {
  Books books;
  books.blue("E-1", "P-1", "2026-01-02", Money{6'060'000});
  books.invoices().back().state = State::requested;
  EXPECT_TRUE(books.file("E-1", "2026-01").empty());
}

TEST(Filing, WhatIsKeptBackIsHeldAgainstWhatTheMonthCameTo) {
  Books books;
  books.blue("E-1", "P-1", "2026-03-01", Money{6'060'000});
  EXPECT_EQ(books.file("E-1", "2026-03")[0].withheld, (Taxes{Money{0}, {}, Money{30'000}}));
  EXPECT_EQ(books.file("E-1", "2026-03")[0].open, Money{0});
  // Another recycler's invoice takes the person over the threshold: its own VAT is kept back, the
  // first one's is due too and still with the seller.
  const auto& second = books.blue("E-2", "Q-1", "2026-03-31", Money{4'040'001});
  EXPECT_EQ(books.file("E-2", "2026-03")[0].withheld.vat, Money{40'000});
  EXPECT_EQ(books.file("E-2", "2026-03")[0].open, Money{0});
  const auto first = by_seller(books.file("E-1", "2026-03"));
  EXPECT_EQ(first[0].open, Money{60'000});
  EXPECT_EQ(filing_cell(first[0], "withheld_vat"), "0.00");
  EXPECT_EQ(filing_cell(first[0], "withheld_open"), "600.00");
  EXPECT_EQ(filing_cell(first[0], "withheld_surcharge"), "") << "not stated";
  // Undone in the same month: nothing is due after all, what was kept back goes back.
  books.red(second, *base::parse_day("2026-03-31"));
  EXPECT_EQ(by_seller(books.file("E-1", "2026-03"))[0].open, Money{0});
  const auto undone = by_seller(books.file("E-2", "2026-03"));
  EXPECT_EQ(undone[0].withheld.vat, Money{0});
  EXPECT_EQ(undone[0].withheld.income, Money{0});
  EXPECT_EQ(undone[0].open, Money{0});
}

TEST(Filing, WhatIsNotStatedForTheDayIsNotKeptBack) {
  Books books;
  books.blue("E-1", "P-1", "2026-10-31", Money{20'200'000});
  const auto& blue = books.blue("E-1", "P-1", "2026-11-01", Money{20'200'000});
  EXPECT_EQ(books.file("E-1", "2026-10")[0].withheld, (Taxes{Money{200'000}, {}, Money{100'000}}));
  const auto november = books.file("E-1", "2026-11");
  EXPECT_EQ(november[0].vat, Money{200'000}) << "due all the same";
  EXPECT_EQ(november[0].withheld, (Taxes{{}, {}, Money{100'000}}));
  EXPECT_EQ(filing_cell(november[0], "withheld_vat"), "");
  EXPECT_EQ(filing_cell(november[0], "withheld_income_tax"), "1000.00");
  EXPECT_EQ(november[0].open, Money{0}) << "of what is stated";
  books.red(blue, *base::parse_day("2026-12-01"));
  EXPECT_EQ(books.file("E-1", "2026-12")[0].withheld, (Taxes{{}, {}, Money{-100'000}}));
  // What is stated not to be kept back is nothing, which is not the same as not stated; a later row
  // stands over an earlier one.
  auto rules = books.rules();
  const base::Day first = *base::parse_day("2026-11-01");
  rules.withholding.push_back({Tax::vat, first, first, false, "M", "the operator's"});
  const Taxes due = due_of(blue.invoice->sums, false);
  EXPECT_EQ(withheld_of(due, rules, first).vat, Money{0});
  EXPECT_FALSE(withheld_of(due, rules, {first.n + 1}).vat);
  rules.withholding.push_back({Tax::surcharge, first, first, true, "M", "the operator's"});
  EXPECT_FALSE(withheld_of(due, rules, first).surcharge) << "no rate is stated";
  EXPECT_EQ(total_of({}), std::nullopt);
}

/// Over all months, buyers and sellers what is filed adds up to what is due on invoices that stand.
TEST(Filing, RandomYearsAddUp) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    std::uint64_t state = seed * 7'919;
    const auto upto = [&](std::uint64_t most) {
      state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
      return (state >> 33) % (most + 1);
    };
    Books books;
    books.rules().withholding.back().to.reset();
    std::vector<std::size_t> blues;
    for (int i = 0; i < 60; ++i) {
      const base::Day day{base::day_of(base::Civil{2027, 11, 15}).n +
                          static_cast<std::int32_t>(upto(250))};  // over 29 February 2028
      const std::string seller = (upto(1) == 0 ? "P-" : "Q-") + std::to_string(upto(2));
      books.add(upto(1) == 0 ? "E-1" : "E-2", seller, day,
                Money{static_cast<std::int64_t>(1 + upto(7'000'000))});
      blues.push_back(books.known().size() - 1);
    }
    std::vector<bool> undone(books.known().size());
    for (int i = 0; i < 12; ++i) {
      const std::size_t at = blues[upto(blues.size() - 1)];
      if (!undone[at]) {
        undone[at] = true;
        const KnownInvoice blue = books.known()[at];
        books.red(blue, {blue.invoice->day.n + static_cast<std::int32_t>(upto(60))});
      }
    }
    Money vat;
    Money net;
    Taxes kept{Money{}, {}, Money{}};
    for (const char* buyer : {"E-1", "E-2"}) {
      for (Month m = *parse_month("2027-11"); m <= *parse_month("2028-12"); m = m + 1) {
        for (const FiledSeller& one :
             by_seller(file_month(books.known(), {buyer, m}, books.rules()))) {
          vat += one.vat;
          net += one.net;
          *kept.vat += one.withheld.vat.value_or(Money{});
          *kept.income += one.withheld.income.value_or(Money{});
          EXPECT_EQ(one.vat + *one.income - *one.open, *one.withheld.vat + *one.withheld.income);
        }
      }
    }
    Money vat_due;
    Money net_due;
    Taxes kept_back{Money{}, {}, Money{}};
    for (std::size_t i = 0; i < undone.size(); ++i) {
      const KnownInvoice& one = books.known()[i];
      if (undone[i]) {
        continue;
      }
      net_due += one.invoice->sums.net;
      *kept_back.vat += *one.invoice->sums.withheld.vat;
      *kept_back.income += *one.invoice->sums.withheld.income;
      const std::string written = base::format_month(one.invoice->day);
      Money total;  // of the person in the month, as dates are written
      for (std::size_t j = 0; j < books.known().size(); ++j) {
        const KnownInvoice& other = books.known()[j];
        const bool its_month = base::format_month(other.invoice->day) == written;
        if (other.person != one.person || !its_month) {
          continue;
        }
        if (other.invoice->red_of.empty()) {
          total += other.invoice->sums.net;
        } else {
          for (const KnownInvoice& blue : books.known()) {
            if (blue.key == other.invoice->red_of &&
                base::format_month(blue.invoice->day) == written) {
              total += other.invoice->sums.net;
            }
          }
        }
      }
      vat_due += total.count() <= 10'000'000 ? Money{} : one.invoice->sums.vat;
    }
    EXPECT_EQ(vat, vat_due) << "seed " << seed;
    EXPECT_EQ(net, net_due) << "seed " << seed;
    EXPECT_EQ(kept, kept_back) << "seed " << seed;
  }
}

TEST(Filing, CellsAreTextsOfTheirFields) {
  Books books;
  books.blue("E-1", "P-1", "2026-03-01", Money{20'200'005});
  const auto filed = books.file("E-1", "2026-03");
  EXPECT_EQ(filing_cell(filed[0], "net"), "200000.05");
  EXPECT_EQ(filing_cell(filed[0], "surcharge"), "") << "not stated";
  EXPECT_EQ(filing_cell(by_seller(filed)[0], "invoices"), "1");
  EXPECT_TRUE(is_filing_field("net", true));
  EXPECT_FALSE(is_filing_field("number", true));
  EXPECT_EQ(yuan(Money{-5}), "-0.05");
}

}  // namespace
}  // namespace huan::invoicing
