// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/vault.hpp"

#include <gtest/gtest.h>

#include "huan/vault/testing/memory_vault_store.hpp"
#include "huan/vault/testing/store_contract.hpp"

namespace huan::vault {
namespace {

using base::ErrorCode;
using testing::MemoryVaultStore;

const Subject kSeller{"130100", "P-9"};
const Caller kClerk{"clerk-7", "scrap registration"};
const std::string kId = "11010519491231002X";

class VaultTest : public ::testing::Test {
 protected:
  crypto::Key key_ = crypto::Key::generate();
  MemoryVaultStore store_;
  base::ManualClock clock_{*base::parse_time("2026-11-21T08:00:00+08:00")};
  Vault vault_{key_, store_, clock_, 8 * 3600};

  static base::Day day(const char* text) { return *base::parse_day(text); }
};

TEST_F(VaultTest, WhatIsPutIsReadAgain) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  const auto phone = vault_.read(kClerk, kSeller, Field::phone);
  ASSERT_TRUE(phone);
  EXPECT_EQ(*phone, "13812341234");
  EXPECT_EQ(vault_.read(kClerk, kSeller, Field::name).error().code, ErrorCode::not_found);
}

TEST_F(VaultTest, NothingReadableIsStored) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId));
  const std::string everything = store_.everything();
  EXPECT_EQ(everything.find("1381234"), std::string::npos);
  EXPECT_EQ(everything.find("19491231"), std::string::npos);
}

TEST_F(VaultTest, EveryReadingIsRecordedWithItsPurpose) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  clock_.advance(60);
  ASSERT_TRUE(vault_.read({"auditor-1", "payout 118 failed"}, kSeller, Field::phone));
  const auto accesses = store_.accesses(kSeller, kLatest, 10);
  ASSERT_EQ(accesses.size(), 2U);
  EXPECT_EQ(accesses[0].action, Action::read);
  EXPECT_EQ(accesses[0].who, "auditor-1");
  EXPECT_EQ(accesses[0].purpose, "payout 118 failed");
  EXPECT_EQ(accesses[0].at, clock_.now());
  EXPECT_EQ(vault_.read({"auditor-1", ""}, kSeller, Field::phone).error().at, "/purpose");
  EXPECT_EQ(vault_.read({"", "x"}, kSeller, Field::phone).error().at, "/who");
  EXPECT_EQ(store_.accesses(kSeller, kLatest, 10).size(), 2U);
}

TEST_F(VaultTest, APersonIsKnownInEveryCityWithoutAReading) {
  const Subject elsewhere{"140300", "Q-1"};
  EXPECT_EQ(vault_.same_person(kSeller).error().code, ErrorCode::not_found);
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId, day("2030-01-01")));
  ASSERT_TRUE(vault_.put(kClerk, elsewhere, Field::id_number, kId));
  EXPECT_EQ(*vault_.same_person(kSeller), (std::vector{kSeller, elsewhere}));
  ASSERT_TRUE(vault_.erase(kClerk, kSeller));  // blocked while the law keeps it
  EXPECT_EQ(vault_.same_person(elsewhere)->size(), 2U);
  EXPECT_EQ(vault_.same_person(kSeller)->size(), 2U);
  for (const auto& access : store_.accesses(kSeller, kLatest, 10)) {
    EXPECT_NE(access.action, Action::read);
  }
  Vault other{crypto::Key::generate(), store_, clock_, 0};
  EXPECT_EQ(other.same_person(kSeller).error().code, ErrorCode::store_failed);
}

TEST_F(VaultTest, MaskedIsTheDefaultAndNoReading) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::name, "张三"));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId));
  const auto shown = vault_.masked(kSeller);
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].text, "张*");
  EXPECT_EQ(shown[1].text, "1101**********002X");
  EXPECT_EQ(store_.accesses(kSeller, kLatest, 10).size(), 2U);
}

TEST_F(VaultTest, ASealedValueOpensOnlyWhereItBelongs) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  const auto sealed = *store_.find(kSeller, Field::phone);
  for (const Subject& other : {Subject{"130100", "P-8"}, Subject{"140300", "P-9"}}) {
    auto moved = sealed;
    moved.subject = other;
    store_.put(moved);
    EXPECT_EQ(vault_.read(kClerk, other, Field::phone).error().code, ErrorCode::store_failed);
  }
  auto other_field = sealed;
  other_field.field = Field::name;
  store_.put(other_field);
  EXPECT_FALSE(vault_.read(kClerk, kSeller, Field::name));
  const auto shown = vault_.masked(kSeller);
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_FALSE(shown[0].readable) << "the name is a phone's bytes";
  EXPECT_EQ(shown[0].text, "");
  EXPECT_TRUE(shown[1].readable);
  const crypto::Key other_key = crypto::Key::generate();
  Vault stranger(other_key, store_, clock_, 0);
  EXPECT_EQ(stranger.read(kClerk, kSeller, Field::phone).error().code, ErrorCode::store_failed);
}

TEST_F(VaultTest, ErasingRemovesWhatNoLawKeepsAndBlocksTheRest) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId, day("2028-11-21")));
  const auto erased = vault_.erase({"P-9", "own request"}, kSeller);
  ASSERT_TRUE(erased);
  EXPECT_EQ(erased->removed, 1U);
  EXPECT_EQ(erased->blocked, 1U);
  EXPECT_EQ(erased->kept_until, day("2028-11-21"));
  EXPECT_EQ(vault_.read(kClerk, kSeller, Field::phone).error().code, ErrorCode::not_found);
  EXPECT_EQ(vault_.read(kClerk, kSeller, Field::id_number).error().code, ErrorCode::forbidden);
  EXPECT_EQ(store_.accesses(kSeller, kLatest, 1)[0].action, Action::refused);
  const auto shown = vault_.masked(kSeller);
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0].text, "");
  EXPECT_TRUE(shown[0].blocked);
  EXPECT_EQ(vault_.parties_of(kId)->size(), 1U);
}

TEST_F(VaultTest, SweepRemovesBlockedValuesAfterTheirRetention) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId, day("2026-11-22")));
  ASSERT_TRUE(vault_.put(kClerk, {"130100", "P-8"}, Field::name, "张三", day("2026-11-22")));
  ASSERT_TRUE(vault_.erase(kClerk, kSeller));
  clock_.advance(86'400);
  EXPECT_TRUE(vault_.sweep("130100", 9).empty());  // the last day itself still counts
  clock_.advance(86'400);
  EXPECT_TRUE(vault_.sweep("140300", 9).empty());
  EXPECT_EQ(vault_.sweep("130100", 9).size(), 1U);
  EXPECT_EQ(vault_.read(kClerk, kSeller, Field::id_number).error().code, ErrorCode::not_found);
  EXPECT_TRUE(vault_.parties_of(kId)->empty());
  EXPECT_TRUE(vault_.read(kClerk, {"130100", "P-8"}, Field::name));
}

/// Each class by its years, counted from the day of registration; the day before it ends nothing.
TEST_F(VaultTest, WhatWasRegisteredForTheLawAloneEndsWithItsTerm) {
  for (std::size_t i = 0; i < kRetentionCount; ++i) {
    const auto retention = static_cast<Retention>(i);
    const Subject who{"130100", "P-" + std::to_string(i)};
    const auto term = term_of(retention, day("2024-02-29"));
    ASSERT_TRUE(vault_.put(kClerk, who, Field::name, "张三", term));
    EXPECT_EQ(base::format_day(term.until), std::to_string(2024 + years(retention)) + "-03-01");
    base::ManualClock clock{base::Instant{std::int64_t{term.until.n} * 86'400}};
    Vault later(key_, store_, clock, 0);
    EXPECT_TRUE(later.sweep("130100", 9).empty()) << name(retention);
    clock.advance(86'400);
    const auto removed = later.sweep("130100", 9);
    ASSERT_EQ(removed.size(), 1U) << name(retention);
    EXPECT_EQ(removed[0].retention, retention);
    EXPECT_EQ(removed[0].keep_until, term.until);
    EXPECT_FALSE(store_.find(who, Field::name));
  }
}

TEST_F(VaultTest, WhatHasAnotherReasonStays) {
  const auto scrap = term_of(Retention::scrap_registration, day("2020-01-01"));
  const Subject customer{"130100", "P-8"};
  ASSERT_TRUE(vault_.put(kClerk, customer, Field::phone, "13812341234"));
  ASSERT_TRUE(vault_.put(kClerk, customer, Field::phone, "13812341234", scrap));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234", scrap));
  vault_.keep(kSeller, term_of(Retention::tax_evidence, day("2017-06-01")));
  EXPECT_EQ(store_.find(kSeller, Field::phone)->retention, Retention::tax_evidence);
  EXPECT_TRUE(vault_.sweep("130100", 9).empty()) << "the later term counts";
  clock_.advance(std::int64_t{366} * 86'400);
  EXPECT_EQ(vault_.sweep("130100", 9).size(), 1U);
  EXPECT_TRUE(vault_.read(kClerk, customer, Field::phone));
}

TEST_F(VaultTest, RetentionIsNeverShortened) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::name, "张三", day("2036-01-01")));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::name, "张四", day("2028-01-01")));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::name, "张五"));
  EXPECT_EQ(store_.find(kSeller, Field::name)->keep_until, day("2036-01-01"));
}

TEST_F(VaultTest, TheSameAgainChangesNothing) {
  EXPECT_TRUE(*vault_.put(kClerk, kSeller, Field::phone, "13812341234", day("2028-01-01")));
  const auto before = store_.find(kSeller, Field::phone)->sealed;
  EXPECT_FALSE(*vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  EXPECT_EQ(store_.find(kSeller, Field::phone)->sealed, before);
  EXPECT_EQ(store_.accesses(kSeller, kLatest, 10).size(), 1U);
  EXPECT_TRUE(*vault_.put(kClerk, kSeller, Field::phone, "13812341234", day("2029-01-01")));
  EXPECT_TRUE(*vault_.put(kClerk, kSeller, Field::phone, "13812341235"));
  ASSERT_TRUE(vault_.erase(kClerk, kSeller));
  EXPECT_TRUE(*vault_.put(kClerk, kSeller, Field::phone, "13812341235")) << "it was blocked";
  EXPECT_EQ(store_.accesses(kSeller, kLatest, 10).size(), 5U);
}

TEST_F(VaultTest, WhatWasErasedIsKnown) {
  EXPECT_FALSE(vault_.erased(kSeller));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  EXPECT_FALSE(vault_.erased(kSeller));
  ASSERT_TRUE(vault_.erase(kClerk, kSeller));
  EXPECT_FALSE(vault_.read(kClerk, kSeller, Field::phone));
  EXPECT_TRUE(vault_.erased(kSeller));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234"));
  EXPECT_FALSE(vault_.erased(kSeller));
}

TEST_F(VaultTest, APurposeHoldsNobodysNumber) {
  EXPECT_EQ(vault_.put({"clerk-7", "call 13812341234"}, kSeller, Field::name, "x").error().at,
            "/purpose");
  EXPECT_EQ(vault_.read({"clerk-7", kId}, kSeller, Field::name).error().at, "/purpose");
}

TEST_F(VaultTest, OnePersonInTwoCitiesIsKnownByTheNumber) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId));
  ASSERT_TRUE(vault_.put(kClerk, {"140300", "P-1"}, Field::id_number, "11010519491231002x"));
  const auto parties = vault_.parties_of(kId);
  ASSERT_TRUE(parties);
  EXPECT_EQ(parties->size(), 2U);
  EXPECT_EQ(vault_.person(kId)->size(), 64U);
  EXPECT_FALSE(vault_.person("110105194912310021"));
  const crypto::Key other_key = crypto::Key::generate();
  EXPECT_NE(*Vault(other_key, store_, clock_, 0).person(kId), *vault_.person(kId));
}

TEST_F(VaultTest, AnotherKeyTakesOverAndTheOldOneOpensNothing) {
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::phone, "13812341234", day("2028-01-01")));
  ASSERT_TRUE(vault_.put(kClerk, kSeller, Field::id_number, kId, day("2028-01-01")));
  for (int i = 0; i < 700; ++i) {
    ASSERT_TRUE(vault_.put(kClerk, {"140300", "Q-" + std::to_string(i)}, Field::name, "张三"));
  }
  ASSERT_TRUE(vault_.erase(kClerk, kSeller));
  const Subject damaged{"140300", "Q-5"};
  auto broken = *store_.find(damaged, Field::name);
  broken.sealed.back() = static_cast<char>(broken.sealed.back() ^ 1);
  store_.put(broken);
  const auto accesses = store_.accesses(kSeller, kLatest, 1'000).size();

  const crypto::Key fresh = crypto::Key::generate();
  const auto done = vault_.reseal(fresh);
  EXPECT_EQ(done.fields, 701U);
  EXPECT_EQ(done.unreadable, 1U);
  Vault after(fresh, store_, clock_, 8 * 3600);
  EXPECT_EQ(*after.read(kClerk, {"140300", "Q-699"}, Field::name), "张三");
  EXPECT_EQ(after.read(kClerk, kSeller, Field::phone).error().code, ErrorCode::forbidden)
      << "what was blocked stays blocked";
  EXPECT_EQ(store_.find(kSeller, Field::phone)->keep_until, day("2028-01-01"));
  EXPECT_EQ(after.parties_of(kId)->size(), 1U) << "a person is known under the new key";
  EXPECT_TRUE(vault_.parties_of(kId)->empty());
  EXPECT_EQ(vault_.read(kClerk, {"140300", "Q-699"}, Field::name).error().code,
            ErrorCode::store_failed);
  EXPECT_EQ(store_.accesses(kSeller, kLatest, 1'000).size(), accesses + 1)
      << "sealing again is no reading";
  EXPECT_EQ(store_.find(damaged, Field::name)->sealed, broken.sealed);
}

TEST_F(VaultTest, NamesAreChecked) {
  EXPECT_EQ(vault_.put(kClerk, {"130100", "a b"}, Field::name, "x").error().at, "/party");
  EXPECT_EQ(vault_.put(kClerk, {"town", "P-1"}, Field::name, "x").error().at, "/city");
  EXPECT_EQ(vault_.put(kClerk, kSeller, Field::id_number, "1").error().code,
            ErrorCode::bad_identifier);
  EXPECT_TRUE(store_.accesses(kSeller, kLatest, 10).empty());
}

TEST(MemoryVaultStore, KeepsTheContract) {
  MemoryVaultStore fields;
  testing::expect_fields_are_kept(fields);
  MemoryVaultStore accesses;
  testing::expect_accesses_are_kept(accesses);
  MemoryVaultStore of_a_city;
  testing::expect_accesses_of_a_city_are_found(of_a_city);
  MemoryVaultStore persons;
  testing::expect_persons_are_joined(persons);
}

}  // namespace
}  // namespace huan::vault
