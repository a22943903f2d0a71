// SPDX-License-Identifier: Apache-2.0
#include "huan/log/merkle.hpp"

#include <gtest/gtest.h>

#include <array>

#include "huan/base/text.hpp"
#include "naive_tree.hpp"

namespace huan::log {
namespace {

// The leaves and roots that implementations of RFC 6962 test with.
TEST(Frontier, GivesTheKnownRoots) {
  constexpr std::array<std::string_view, 8> kLeaves{"",
                                                    "00",
                                                    "10",
                                                    "2021",
                                                    "3031",
                                                    "40414243",
                                                    "5051525354555657",
                                                    "606162636465666768696a6b6c6d6e6f"};
  constexpr std::array<std::string_view, 9> kRoots{
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  Frontier frontier;
  EXPECT_EQ(crypto::hex(frontier.root()), kRoots[0]);
  for (std::size_t i = 0; i < kLeaves.size(); ++i) {
    frontier.append(leaf_hash(*base::unhex(kLeaves[i])));
    EXPECT_EQ(crypto::hex(frontier.root()), kRoots[i + 1]) << i;
  }
}

TEST(Frontier, AgreesWithTheNaiveTreeAndReadsItsOwnBytes) {
  const Leaves leaves = some_leaves(300);
  Frontier frontier;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    ASSERT_EQ(frontier.size(), size);
    ASSERT_EQ(frontier.root(), naive_root(slice(leaves, 0, size))) << size;
    const auto again = Frontier::parse(frontier.serialise());
    ASSERT_TRUE(again.has_value());
    ASSERT_EQ(again->root(), frontier.root());
    ASSERT_EQ(again->size(), size);
    if (size < leaves.size()) {
      frontier.append(leaves[size]);
    }
  }
}

TEST(Frontier, NamesEachSubtreeThatALeafCompletes) {
  const Leaves leaves = some_leaves(64);
  NaiveNodes nodes(leaves);
  Frontier frontier;
  std::size_t named = 0;
  for (const Digest& leaf : leaves) {
    frontier.append(leaf, [&](unsigned level, std::uint64_t index, const Digest& hash) {
      EXPECT_EQ(nodes.node(level, index), hash) << level << "/" << index;
      ++named;
    });
  }
  EXPECT_EQ(named, 127U);
}

TEST(Frontier, RefusesBytesOfAnotherForm) {
  Frontier frontier;
  EXPECT_EQ(Frontier::parse("")->size(), 0U);
  frontier.append(leaf_hash("a"));
  const std::string bytes = frontier.serialise();
  EXPECT_EQ(bytes.size(), 40U);
  for (std::size_t i = 1; i < bytes.size(); ++i) {
    EXPECT_FALSE(Frontier::parse(bytes.substr(0, i)).has_value()) << i;
  }
  EXPECT_FALSE(Frontier::parse(bytes + "x").has_value());
}

}  // namespace
}  // namespace huan::log
