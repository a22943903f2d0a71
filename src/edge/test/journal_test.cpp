// SPDX-License-Identifier: Apache-2.0
#include "journal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace huan::edge {
namespace {

using base::ErrorCode;
using base::Mass;

class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path{testing::TempDir()} / ("huan-journal-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Journal> open(Journal::Limits limits = {}) {
    auto journal = Journal::open(folder_.string(), limits);
    EXPECT_TRUE(journal);
    return journal ? std::move(*journal) : nullptr;
  }
  std::string path() { return (folder_ / "tickets.journal").string(); }
  static base::Uuid id(std::uint64_t n) { return base::make_uuid_v7(1'000, 0, n); }
  static std::string event(int n) { return R"({"n":)" + std::to_string(n) + "}"; }

  std::filesystem::path folder_;
};

TEST_F(JournalTest, KeepsWhatWaitsOverARestart) {
  {
    const auto journal = open();
    for (int i = 0; i < 5; ++i) {
      EXPECT_TRUE(journal->keep(id(static_cast<std::uint64_t>(i)), event(i)));
    }
    journal->answer(id(1).text(), {"posted", "", ""});
    journal->answer(id(2).text(), {"refused", "not_balanced", "5 g"});
    EXPECT_EQ(journal->weigh({0, Mass{5'000}, "tare", "V-1"}), 1);
    EXPECT_EQ(journal->weigh({0, Mass{9'000}, "gross", "V-1"}), 2);
  }
  const auto journal = open();
  const auto waiting = journal->waiting(10, 1'000);
  ASSERT_EQ(waiting.size(), 3U);
  EXPECT_EQ(waiting[1], (std::pair{id(3).text(), event(3)}));
  EXPECT_EQ(journal->find(id(2).text())->answer->code, "not_balanced");
  EXPECT_EQ(journal->weigh({0, Mass{1}, "gross", ""}), 3);
  EXPECT_EQ(journal->tares("V-1"), (std::vector{Mass{5'000}}));
}

TEST_F(JournalTest, TheSameAgainIsFoundAndOtherContentRefused) {
  const auto journal = open();
  EXPECT_TRUE(journal->keep(id(1), event(1)));
  EXPECT_FALSE(journal->keep(id(1), event(1)).value().answer);
  EXPECT_EQ(journal->keep(id(1), event(2)).error().code, ErrorCode::id_conflict);
  journal->answer(id(1).text(), {"posted", "", ""});
  journal->answer(id(1).text(), {"refused", "late", ""});
  EXPECT_EQ(journal->keep(id(1), event(1)).value().answer->status, "posted");
  EXPECT_EQ(journal->waiting_count(), 0U);
}

TEST_F(JournalTest, EveryTornTailIsCutAndNothingElse) {
  std::string whole;
  {
    const auto journal = open();
    EXPECT_TRUE(journal->keep(id(1), event(1)));
    EXPECT_TRUE(journal->keep(id(2), event(2)));
  }
  {
    std::ifstream file(path(), std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(file), {});
  }
  const auto first = whole.find('\n') + 1;
  for (std::size_t cut = 0; cut < whole.size(); cut += 5) {
    {
      std::ofstream file(path(), std::ios::binary | std::ios::trunc);
      file << whole.substr(0, cut);
    }
    {
      const auto journal = open();
      ASSERT_NE(journal, nullptr);
      EXPECT_EQ(journal->waiting_count(), cut < first ? 0U : 1U) << cut;
      EXPECT_TRUE(journal->keep(id(3), event(3)));
    }
    EXPECT_TRUE(open()->find(id(3).text())) << cut;
  }
}

TEST_F(JournalTest, AnAlteredLineIsNoLossInSilence) {
  {
    const auto journal = open();
    EXPECT_TRUE(journal->keep(id(1), event(1)));
    EXPECT_TRUE(journal->keep(id(2), event(2)));
  }
  {
    std::fstream file(path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(40);
    file.put('X');
  }
  const auto journal = Journal::open(folder_.string(), {});
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, ErrorCode::bad_file);
  EXPECT_TRUE(journal.error().at.ends_with("line 1"));
}

TEST_F(JournalTest, IsMadeShorterWithoutForgetting) {
  Journal::Limits limits;
  limits.compact_above = 1;
  limits.answered_max = 3;
  {
    const auto journal = open(limits);
    for (int i = 0; i < 20; ++i) {
      EXPECT_TRUE(journal->keep(id(static_cast<std::uint64_t>(i)), event(i)));
      journal->weigh({0, Mass{i + 1}, "tare", "V-1"});
    }
    for (std::uint64_t i = 0; i < 15; ++i) {
      journal->answer(id(i).text(), {"posted", "", ""});
    }
  }
  const auto before = std::filesystem::file_size(path());
  for (int again = 0; again < 3; ++again) {
    const auto journal = open(limits);
    EXPECT_EQ(journal->waiting_count(), 5U);
    EXPECT_FALSE(journal->find(id(11).text()));
    EXPECT_EQ(journal->find(id(14).text())->answer->status, "posted");
    EXPECT_EQ(journal->keep(id(14), event(99)).error().code, ErrorCode::id_conflict);
    EXPECT_EQ(journal->tares("V-1").size(), 8U);
    EXPECT_EQ(journal->tares("V-1").back(), Mass{20});
  }
  EXPECT_LT(std::filesystem::file_size(path()), before / 2);
  EXPECT_EQ(open(limits)->weigh({0, Mass{1}, "gross", ""}), 21);
}

TEST_F(JournalTest, HasLimitsAndOneOwner) {
  Journal::Limits limits;
  limits.waiting_max = 2;
  const auto journal = open(limits);
  EXPECT_TRUE(journal->keep(id(1), event(1)));
  EXPECT_TRUE(journal->keep(id(2), event(2)));
  EXPECT_EQ(journal->keep(id(3), event(3)).error().code, ErrorCode::overloaded);
  EXPECT_TRUE(journal->keep(id(2), event(2)));
  journal->postpone(id(1).text());
  EXPECT_EQ(journal->waiting(1, 1'000)[0].first, id(2).text());
  EXPECT_EQ(Journal::open(folder_.string(), {}).error().code, ErrorCode::bad_config);
}

}  // namespace
}  // namespace huan::edge
