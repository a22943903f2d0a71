// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/id_source.hpp"

#include <gtest/gtest.h>

#include <set>

namespace huan::crypto {
namespace {

TEST(SystemIdSource, GivesDistinctIdsOfVersion7) {
  SystemIdSource source;
  std::set<base::Uuid> ids;
  for (int i = 0; i < 10000; ++i) {
    ids.insert(source.next());
  }
  EXPECT_EQ(ids.size(), 10000U);
  EXPECT_EQ(ids.begin()->text()[14], '7');
}

TEST(SeededIdSource, RepeatsItselfForTheSameSeedAndClock) {
  base::ManualClock clock({1795219200});
  SeededIdSource a(7, clock);
  SeededIdSource b(7, clock);
  SeededIdSource other(8, clock);
  std::set<base::Uuid> ids;
  base::Uuid last;
  for (int i = 0; i < 1000; ++i) {
    const base::Uuid id = a.next();
    EXPECT_EQ(id, b.next());
    EXPECT_NE(id, other.next());
    EXPECT_LT(last, id);
    last = id;
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 1000U);
  clock.advance(1);
  EXPECT_LT(last, a.next());
}

}  // namespace
}  // namespace huan::crypto
