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
  const auto signer = open_signer(folder_, Missing::make);
  const auto key = open_vault_key(folder_, Missing::make);
  ASSERT_TRUE(signer && key && *key);
  EXPECT_EQ(signer->private_text(), open_signer(folder_, Missing::refuse)->private_text());
  for (const auto missing : {Missing::refuse, Missing::make, Missing::leave}) {
    EXPECT_EQ((*key)->hex(), (*open_vault_key(folder_, missing))->hex());
  }
  for (const std::string& path : {signer_file(folder_), vault_file(folder_)}) {
    struct stat status{};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U) << path;
  }
  struct stat status{};
  ASSERT_EQ(::stat(folder_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0700U);
}

TEST_F(KeyFiles, TheNextOneTakesThePlaceOfTheOldWhichIsKept) {
  const auto old = open_vault_key(folder_, Missing::make);
  EXPECT_FALSE(*open_next_vault_key(folder_, Missing::leave));
  const auto next = open_next_vault_key(folder_, Missing::make);
  ASSERT_TRUE(next && *next);
  EXPECT_EQ((*open_next_vault_key(folder_, Missing::make))->hex(), (*next)->hex())
      << "one that was left is gone on with";
  EXPECT_EQ((*open_vault_key(folder_, Missing::leave))->hex(), (*old)->hex());
  ASSERT_TRUE(adopt_next_vault_key(folder_, "abc"));
  EXPECT_EQ((*open_vault_key(folder_, Missing::refuse))->hex(), (*next)->hex());
  EXPECT_FALSE(*open_next_vault_key(folder_, Missing::leave));
  std::ifstream kept(old_vault_file(folder_, "abc"));
  std::string text;
  kept >> text;
  EXPECT_EQ(text, (*old)->hex());
  EXPECT_FALSE(adopt_next_vault_key(folder_, "abc")) << "there is none";
  EXPECT_TRUE(*open_vault_key(folder_, Missing::refuse));
}

TEST_F(KeyFiles, MissingOnesAreRefusedOrLeftAsAsked) {
  EXPECT_EQ(open_signer(folder_, Missing::refuse).error().code, base::ErrorCode::bad_config);
  EXPECT_EQ(open_vault_key(folder_, Missing::refuse).error().code, base::ErrorCode::bad_config);
  const auto left = open_vault_key(folder_, Missing::leave);
  ASSERT_TRUE(left);
  EXPECT_FALSE(*left);
  EXPECT_FALSE(std::filesystem::exists(folder_));
}

TEST_F(KeyFiles, ThoseThatOthersMayReadAreRefused) {
  ASSERT_TRUE(open_vault_key(folder_, Missing::make));
  ::chmod(vault_file(folder_).c_str(), 0644);
  for (const auto missing : {Missing::refuse, Missing::make, Missing::leave}) {
    EXPECT_FALSE(open_vault_key(folder_, missing));
  }
}

TEST_F(KeyFiles, DamagedOnesAreRefusedAndLeftAsTheyAre) {
  ASSERT_TRUE(open_vault_key(folder_, Missing::make));
  ASSERT_TRUE(open_signer(folder_, Missing::make));
  for (const std::string& path : {signer_file(folder_), vault_file(folder_)}) {
    std::ofstream{path} << "zz";
  }
  EXPECT_FALSE(open_vault_key(folder_, Missing::make));
  EXPECT_FALSE(open_signer(folder_, Missing::make));
  std::ifstream file{vault_file(folder_)};
  std::string text;
  file >> text;
  EXPECT_EQ(text, "zz");
}

}  // namespace
}  // namespace huan::key_files
