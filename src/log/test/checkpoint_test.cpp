// SPDX-License-Identifier: Apache-2.0
#include "huan/log/checkpoint.hpp"

#include <gtest/gtest.h>

namespace huan::log {
namespace {

TEST(Checkpoint, HasTheFormOfTheStandard) {
  Checkpoint checkpoint{"huan.test/130100", 0, empty_root(), {}};
  EXPECT_EQ(checkpoint.text(),
            "huan.test/130100\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
  checkpoint.size = 20852163;
  checkpoint.extensions = {"more", "lines"};
  const auto again = Checkpoint::parse(checkpoint.text());
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->text(), checkpoint.text());
  EXPECT_EQ(again->size, 20852163U);
  EXPECT_EQ(again->extensions.size(), 2U);
}

TEST(Checkpoint, RefusesWhatIsNotOne) {
  const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  ASSERT_TRUE(Checkpoint::parse("o\n1\n" + root).has_value());
  for (const std::string& text :
       {std::string(), std::string("o\n1\n"), "\n1\n" + root, "o\n01\n" + root, "o\n-1\n" + root,
        "o\n+1\n" + root, "o\n 1\n" + root, "o\n18446744073709551616\n" + root, "o\n\n" + root,
        std::string("o\n1\n47DEQpj8\n"), std::string("o\n1\n!\n"), "o\n1\n" + root + "\n",
        "o\n1\n" + root + "x", "o\n1\n" + root.substr(0, root.size() - 1)}) {
    EXPECT_FALSE(Checkpoint::parse(text).has_value()) << text;
  }
}

TEST(Checkpoint, OpensForItsOwnLogOnly) {
  const auto signer = Signer::generate("huan.test/130100");
  const auto other = signer->renamed("huan.test/130200");
  const Checkpoint checkpoint{"huan.test/130100", 7, leaf_hash("root"), {}};
  const std::string note = sign_checkpoint(checkpoint, *signer);
  const auto opened = open_checkpoint(note, signer->verifier());
  ASSERT_TRUE(opened.has_value()) << opened.error().detail;
  EXPECT_EQ(opened->root, checkpoint.root);
  EXPECT_EQ(open_checkpoint(note, other->verifier()).error().code, base::ErrorCode::bad_checkpoint);
  EXPECT_EQ(open_checkpoint(sign_checkpoint(checkpoint, *other), other->verifier()).error().code,
            base::ErrorCode::bad_checkpoint);
}

}  // namespace
}  // namespace huan::log
