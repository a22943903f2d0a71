// SPDX-License-Identifier: Apache-2.0
#include "huan/log/proof.hpp"

#include <gtest/gtest.h>

#include <random>

#include "naive_tree.hpp"

namespace huan::log {
namespace {

constexpr std::size_t kAll = 130;

/// Answers from a table, so that all pairs of sizes are quick.
class KeptNodes final : public NodeSource {
 public:
  explicit KeptNodes(const Leaves& leaves) : rows_{leaves} {
    while (rows_.back().size() > 1) {
      Leaves above;
      for (std::size_t i = 0; i + 1 < rows_.back().size(); i += 2) {
        above.push_back(node_hash(rows_.back()[i], rows_.back()[i + 1]));
      }
      rows_.push_back(above);
    }
  }
  std::optional<Digest> node(unsigned level, std::uint64_t index) override {
    return level < rows_.size() && index < rows_[level].size() ? std::optional(rows_[level][index])
                                                               : std::nullopt;
  }

 private:
  std::vector<Leaves> rows_;
};

TEST(Proof, OfInclusionIsTheStandardsForAllSizes) {
  const Leaves leaves = some_leaves(kAll);
  KeptNodes nodes(leaves);
  for (std::size_t size = 1; size <= kAll; ++size) {
    const Leaves tree = slice(leaves, 0, size);
    const Digest root = naive_root(tree);
    ASSERT_EQ(root_of(nodes, size).value(), root);
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = inclusion_proof(nodes, {index, size});
      ASSERT_TRUE(proof.has_value());
      ASSERT_TRUE(verify_inclusion({index, size}, leaves[index], *proof, root))
          << index << " of " << size;
      if (size % 7 == 0 || size > kAll - 3) {
        ASSERT_EQ(*proof, naive_inclusion(index, tree)) << index << " of " << size;
      }
    }
  }
}

TEST(Proof, OfConsistencyIsTheStandardsForAllSizes) {
  const Leaves leaves = some_leaves(kAll);
  KeptNodes nodes(leaves);
  std::vector<Digest> roots;
  for (std::size_t size = 0; size <= kAll; ++size) {
    roots.push_back(naive_root(slice(leaves, 0, size)));
  }
  for (std::size_t newer = 0; newer <= kAll; ++newer) {
    for (std::size_t older = 0; older <= newer; ++older) {
      const auto proof = consistency_proof(nodes, {older, newer});
      ASSERT_TRUE(proof.has_value());
      ASSERT_TRUE(verify_consistency({older, newer}, roots[older], roots[newer], *proof))
          << older << " " << newer;
      if (older > 0 && newer % 7 == 0) {
        ASSERT_EQ(*proof, naive_subproof(older, slice(leaves, 0, newer), true))
            << older << " " << newer;
      }
    }
  }
}

TEST(Proof, HoldsForRandomLargerTrees) {
  const Leaves leaves = some_leaves(3000);
  KeptNodes nodes(leaves);
  std::mt19937_64 random(9162);
  for (int i = 0; i < 300; ++i) {
    const std::uint64_t newer = 1 + random() % leaves.size();
    const std::uint64_t older = random() % (newer + 1);
    const std::uint64_t index = random() % newer;
    const Digest root = root_of(nodes, newer).value();
    EXPECT_TRUE(verify_inclusion({index, newer}, leaves[index],
                                 *inclusion_proof(nodes, {index, newer}), root));
    EXPECT_TRUE(verify_consistency({older, newer}, root_of(nodes, older).value(), root,
                                   *consistency_proof(nodes, {older, newer})));
  }
}

TEST(Proof, OfInclusionFindsAnyChange) {
  const Leaves leaves = some_leaves(21);
  KeptNodes nodes(leaves);
  const Digest root = root_of(nodes, 21).value();
  for (std::uint64_t index = 0; index < 21; ++index) {
    const Proof proof = inclusion_proof(nodes, {index, 21}).value();
    EXPECT_FALSE(verify_inclusion({index, 21}, leaf_hash("forged"), proof, root));
    EXPECT_FALSE(verify_inclusion({index, 21}, leaves[index], proof, leaf_hash("forged")));
    EXPECT_FALSE(verify_inclusion({(index + 1) % 21, 21}, leaves[index], proof, root));
    EXPECT_FALSE(verify_inclusion({index, index}, leaves[index], proof, root));
    Proof longer = proof;
    longer.push_back(root);
    EXPECT_FALSE(verify_inclusion({index, 21}, leaves[index], longer, root));
    EXPECT_FALSE(verify_inclusion({index, 21}, leaves[index], std::span(proof).subspan(1), root));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      Proof changed = proof;
      changed[i][i % 32] ^= 1;
      EXPECT_FALSE(verify_inclusion({index, 21}, leaves[index], changed, root));
    }
  }
}

TEST(Proof, OfConsistencyFindsAnyChange) {
  const Leaves leaves = some_leaves(40);
  KeptNodes nodes(leaves);
  for (std::uint64_t older = 1; older < 40; ++older) {
    const Proof proof = consistency_proof(nodes, {older, 40}).value();
    const Digest before = root_of(nodes, older).value();
    const Digest after = root_of(nodes, 40).value();
    Leaves rewritten = leaves;
    rewritten[older - 1] = leaf_hash("rewritten");
    KeptNodes other(rewritten);
    const Digest forged = root_of(other, 40).value();
    EXPECT_FALSE(verify_consistency({older, 40}, before, forged,
                                    consistency_proof(other, {older, 40}).value()));
    EXPECT_FALSE(verify_consistency({older, 40}, before, forged, proof));
    EXPECT_FALSE(verify_consistency({older, 40}, leaf_hash("x"), after, proof));
    EXPECT_FALSE(verify_consistency({older, 40}, before, after, {}));
    for (std::size_t i = 0; i < proof.size(); ++i) {
      Proof changed = proof;
      changed[i][i % 32] ^= 0x80;
      EXPECT_FALSE(verify_consistency({older, 40}, before, after, changed)) << older << " " << i;
    }
    Proof longer = proof;
    longer.push_back(after);
    EXPECT_FALSE(verify_consistency({older, 40}, before, after, longer));
  }
  EXPECT_FALSE(verify_consistency({0, 40}, leaf_hash("x"), root_of(nodes, 40).value(), {}));
  EXPECT_FALSE(verify_consistency({40, 40}, leaf_hash("x"), root_of(nodes, 40).value(), {}));
  EXPECT_FALSE(verify_consistency({41, 40}, leaf_hash("x"), leaf_hash("x"), {}));
}

TEST(Proof, IsRefusedBeyondTheTree) {
  const Leaves leaves = some_leaves(5);
  KeptNodes nodes(leaves);
  EXPECT_EQ(inclusion_proof(nodes, {5, 5}).error().code, base::ErrorCode::not_found);
  EXPECT_EQ(inclusion_proof(nodes, {0, 0}).error().code, base::ErrorCode::not_found);
  EXPECT_EQ(consistency_proof(nodes, {6, 5}).error().code, base::ErrorCode::not_found);
  EXPECT_EQ(inclusion_proof(nodes, {0, 6}).error().code, base::ErrorCode::store_failed);
  EXPECT_EQ(consistency_proof(nodes, {3, UINT64_MAX}).error().code, base::ErrorCode::store_failed);
}

}  // namespace
}  // namespace huan::log
