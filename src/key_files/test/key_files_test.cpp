// SPDX-License-Identifier: Apache-2.0
#include "huan/key_files/key_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace huan::key_files {
namespace {

class KeyFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "huan-keys-" + std::to_string(::getpid());
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST_F(KeyFiles, AreMadeOnceAndReadAgain) {
  auto made = open_keys(folder_, Missing::make);
  ASSERT_TRUE(made.has_value());
  auto read = open_keys(folder_, Missing::refuse);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(made->signer.private_text(), read->signer.private_text());
  EXPECT_EQ(made->vault.hex(), read->vault.hex());
  struct stat status{};
  ASSERT_EQ(::stat(vault_file(folder_).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(KeyFiles, MissingOnesAreRefusedUnlessAsked) {
  const auto refused = open_keys(folder_, Missing::refuse);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, base::ErrorCode::bad_config);
}

TEST_F(KeyFiles, ThoseThatOthersMayReadAreRefused) {
  ASSERT_TRUE(open_keys(folder_, Missing::make).has_value());
  ::chmod(vault_file(folder_).c_str(), 0644);
  EXPECT_FALSE(open_keys(folder_, Missing::refuse).has_value());
}

TEST_F(KeyFiles, DamagedOnesAreRefusedAndLeftAsTheyAre) {
  ASSERT_TRUE(open_keys(folder_, Missing::make).has_value());
  std::ofstream{vault_file(folder_)} << "zz";
  EXPECT_FALSE(open_keys(folder_, Missing::make).has_value());
  std::ifstream file{vault_file(folder_)};
  std::string text;
  file >> text;
  EXPECT_EQ(text, "zz");
}

}  // namespace
}  // namespace huan::key_files
