// SPDX-License-Identifier: Apache-2.0
#include "huan/log/tiles.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "naive_tree.hpp"

namespace huan::log {
namespace {

class KeptTiles final : public TileSource {
 public:
  std::optional<std::string> tile(std::int32_t level, std::uint64_t n) override {
    const auto found = tiles.find({level, n});
    return found == tiles.end() ? std::nullopt : std::optional(found->second);
  }
  void write(Appender& appender) {
    for (Tile& tile : appender.take_tiles()) {
      std::string& kept = tiles[{tile.level, tile.n}];
      EXPECT_TRUE(tile.bytes.starts_with(kept)) << "a tile only grows";
      kept = std::move(tile.bytes);
    }
  }

  std::map<std::pair<std::int32_t, std::uint64_t>, std::string> tiles;
};

TEST(Tiles, AnswerEveryNodeOfATreeOfThreeLevels) {
  constexpr std::uint64_t kSize = 66000;  // 256 * 256 = 65536
  KeptTiles tiles;
  Appender appender;
  std::mt19937_64 random(256);
  std::vector<Leaves> rows(17);
  Frontier frontier;
  for (std::uint64_t i = 0; i < kSize; ++i) {
    const Digest leaf = leaf_hash(std::to_string(i));
    appender.append(leaf);
    frontier.append(leaf, [&](unsigned level, std::uint64_t, const Digest& hash) {
      rows[level].push_back(hash);
    });
    if (random() % 500 == 0) {
      tiles.write(appender);
    }
  }
  tiles.write(appender);
  EXPECT_EQ(appender.root(), frontier.root());
  EXPECT_EQ(tiles.tiles.size(), 258U + 2U + 1U);
  TileNodes nodes(tiles);
  for (unsigned level = 0; level < rows.size(); ++level) {
    const std::size_t step = 1 + rows[level].size() / 700;
    for (std::size_t i = 0; i < rows[level].size(); i += step) {
      ASSERT_EQ(nodes.node(level, i), rows[level][i]) << level << "/" << i;
    }
    EXPECT_FALSE(nodes.node(level, rows[level].size()).has_value());
  }
  EXPECT_EQ(root_of(nodes, kSize).value(), appender.root());
}

TEST(Tiles, LetAnAppenderGoOn) {
  KeptTiles tiles;
  std::string state;
  const Leaves leaves = some_leaves(1300);
  std::mt19937_64 random(7);
  Frontier expected;
  for (std::size_t done = 0; done < leaves.size();) {
    auto appender = Appender::resume(state, tiles);
    ASSERT_TRUE(appender.has_value()) << appender.error().detail;
    ASSERT_EQ(appender->size(), done);
    for (std::size_t group = random() % 300; group > 0 && done < leaves.size(); --group) {
      appender->append(leaves[done]);
      expected.append(leaves[done++]);
    }
    ASSERT_EQ(appender->root(), expected.root());
    tiles.write(*appender);
    EXPECT_TRUE(appender->take_tiles().empty());
    state = appender->state();
  }
  TileNodes nodes(tiles);
  const auto proof = inclusion_proof(nodes, {300, 1300});
  ASSERT_TRUE(proof.has_value());
  EXPECT_TRUE(verify_inclusion({300, 1300}, leaves[300], *proof, expected.root()));
  EXPECT_EQ(root_of(nodes, 700).value(), naive_root(slice(leaves, 0, 700)));
}

TEST(Tiles, GoOnFromAnOlderStateOverWhatWasWrittenLater) {
  KeptTiles tiles;
  Appender appender;
  appender.append(leaf_hash("a"));
  const std::string state = appender.state();
  appender.append(leaf_hash("b"));
  tiles.write(appender);
  auto again = Appender::resume(state, tiles);
  ASSERT_TRUE(again.has_value());
  again->append(leaf_hash("b"));
  EXPECT_EQ(again->root(), appender.root());
}

TEST(Tiles, ShowDamage) {
  KeptTiles tiles;
  Appender appender;
  for (const Digest& leaf : some_leaves(600)) {
    appender.append(leaf);
  }
  tiles.write(appender);
  const std::string state = appender.state();
  ASSERT_TRUE(Appender::resume(state, tiles).has_value());
  using Key = std::pair<std::int32_t, std::uint64_t>;
  for (const Key& key :
       {Key{0, 2}, Key{1, 0}}) {  // the right edge; what lies behind it is for verify
    KeptTiles damaged = tiles;
    damaged.tiles.at(key)[40] ^= 1;
    EXPECT_EQ(Appender::resume(state, damaged).error().code, base::ErrorCode::store_failed);
    damaged.tiles.erase(key);
    EXPECT_EQ(Appender::resume(state, damaged).error().code, base::ErrorCode::store_failed);
  }
  EXPECT_FALSE(Appender::resume("nonsense", tiles).has_value());
}

TEST(Tiles, HaveThePathsOfTheStandard) {
  EXPECT_EQ(tile_path(0, 0, 256), "tile/0/000");
  EXPECT_EQ(tile_path(3, 1234067, 8), "tile/3/x001/x234/067.p/8");
  EXPECT_EQ(tile_path(0, 1234, 256), "tile/0/x001/234");
}

}  // namespace
}  // namespace huan::log
