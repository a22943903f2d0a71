// SPDX-License-Identifier: Apache-2.0
// What every VaultStore has to do; each implementation's tests call it with an empty store.
#pragma once

#include <gtest/gtest.h>

#include "huan/vault/store.hpp"

namespace huan::vault::testing {

inline void expect_fields_are_kept(VaultStore& store) {
  const Subject p{"130100", "P-1"};
  const Subject q{"130100", "P-2"};
  const Subject elsewhere{"140300", "P-1"};
  const std::string bytes{"\0\xff\x01 sealed", 10};
  EXPECT_FALSE(store.find(p, Field::phone));
  store.put({p, Field::phone, bytes, {100}, std::nullopt, false});
  store.put({p, Field::name, "n", {101}, base::Day{20'000}, false});
  store.put({q, Field::phone, "q", {102}, base::Day{20'001}, true});
  ASSERT_TRUE(store.find(p, Field::phone));
  EXPECT_EQ(store.find(p, Field::phone)->sealed, bytes);
  EXPECT_EQ(store.find(p, Field::phone)->stored, base::Instant{100});
  EXPECT_FALSE(store.find(p, Field::phone)->keep_until);
  EXPECT_EQ(store.find(p, Field::name)->keep_until, base::Day{20'000});
  EXPECT_TRUE(store.find(q, Field::phone)->blocked);
  EXPECT_FALSE(store.find(elsewhere, Field::phone));
  const auto all = store.all(p);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].field, Field::name);
  EXPECT_EQ(all[1].field, Field::phone);
  store.put({p, Field::phone, "new", {103}, std::nullopt, true});
  EXPECT_EQ(store.find(p, Field::phone)->sealed, "new");
  EXPECT_EQ(store.all(p).size(), 2U);
  EXPECT_TRUE(store.expired("130100", base::Day{20'001}, 9).empty());
  EXPECT_TRUE(store.expired("140300", base::Day{20'002}, 9).empty());
  auto expired = store.expired("130100", base::Day{20'002}, 9);
  ASSERT_EQ(expired.size(), 1U) << "the name has another reason to stay";
  EXPECT_EQ(expired[0].subject, q);
  store.put({p, Field::name, "n", {101}, base::Day{20'000}, false, Retention::appliances});
  expired = store.expired("130100", base::Day{20'002}, 9);
  ASSERT_EQ(expired.size(), 2U);
  EXPECT_EQ(expired[0].retention, Retention::appliances);
  EXPECT_FALSE(expired[1].retention);
  EXPECT_EQ(store.expired("130100", base::Day{20'002}, 1).size(), 1U);
  const auto first = store.after({}, Field::name, 2);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].field, Field::name);
  const auto rest = store.after(first[1].subject, first[1].field, 2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].subject, q);
  EXPECT_TRUE(store.after(q, Field::phone, 2).empty());
  store.remove(p, Field::phone);
  store.remove(p, Field::email);
  EXPECT_FALSE(store.find(p, Field::phone));
  EXPECT_TRUE(store.find(p, Field::name));
}

inline void expect_accesses_are_kept(VaultStore& store) {
  const Subject p{"130100", "P-1"};
  store.record({p, Field::phone, Action::put, "a", "registration", {1}});
  store.record({p, std::nullopt, Action::erase, "b", "request", {2}});
  store.record({{"130100", "P-2"}, Field::phone, Action::read, "c", "payout", {3}});
  const auto all = store.accesses(p, kLatest, 10);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].who, "b");
  EXPECT_EQ(all[0].action, Action::erase);
  EXPECT_FALSE(all[0].field);
  EXPECT_EQ(all[1].field, Field::phone);
  EXPECT_EQ(all[1].purpose, "registration");
  EXPECT_EQ(all[1].at, base::Instant{1});
  EXPECT_EQ(store.accesses(p, kLatest, 1).size(), 1U);
  EXPECT_GT(all[0].n, all[1].n);
  const auto older = store.accesses(p, all[0].n, 10);
  ASSERT_EQ(older.size(), 1U);
  EXPECT_EQ(older[0].who, "a");
  EXPECT_EQ(store.last_change(p), Action::erase);
  store.record({p, Field::phone, Action::refused, "c", "payout", {4}});
  EXPECT_EQ(store.last_change(p), Action::erase);
  EXPECT_FALSE(store.last_change({"130100", "P-2"})) << "it was only read";
  store.record({p, Field::phone, Action::put, "c", "payout", {5}});
  EXPECT_EQ(store.last_change(p), Action::put);
}

inline void expect_accesses_of_a_city_are_found(VaultStore& store) {
  const Subject p{"130100", "P-1"};
  const Subject q{"130100", "P-2"};
  store.record({p, Field::phone, Action::put, "a", "registration", {1}});
  store.record({q, Field::phone, Action::read, "b", "payout", {2}});
  store.record({p, Field::name, Action::read, "b", "payout", {2}});
  store.record({p, Field::name, Action::read, "a", "payout", {3}});
  store.record({{"140300", "P-1"}, Field::name, Action::read, "a", "payout", {4}});
  const auto told = [&](const AccessQuestion& question, const AccessPlace& below = {},
                        std::size_t limit = 10) {
    std::string text;
    for (const Access& one : store.accesses(question, below, limit)) {
      text += one.subject.party + std::to_string(one.n) + one.who + " ";
    }
    return text;
  };
  const std::string city = "130100";
  EXPECT_EQ(told({city}), "P-12a P-20b P-11b P-10a ");
  EXPECT_EQ(told({city}, {}, 2), "P-12a P-20b ");
  EXPECT_EQ(told({city}, {{2}, "P-2", 0}), "P-11b P-10a ");
  EXPECT_EQ(told({city, {2}, {3}}), "P-20b P-11b ");
  EXPECT_EQ(told({.city = city, .who = "b"}), "P-20b P-11b ");
  EXPECT_EQ(told({.city = city, .party = "P-2"}), "P-20b ");
  EXPECT_EQ(told({.city = city, .action = Action::put}), "P-10a ");
  EXPECT_EQ(told({"110100"}), "");
}

inline void expect_persons_are_joined(VaultStore& store) {
  const Subject here{"130100", "P-1"};
  const Subject there{"140300", "P-9"};
  store.join("x", there);
  store.join("x", here);
  EXPECT_EQ(store.joined("x"), (std::vector<Subject>{here, there}));
  store.join("y", here);
  EXPECT_EQ(store.joined("x"), std::vector<Subject>{there});
  EXPECT_EQ(store.joined("y"), std::vector<Subject>{here});
  store.part(here);
  store.part(here);
  EXPECT_TRUE(store.joined("y").empty());
}

}  // namespace huan::vault::testing
