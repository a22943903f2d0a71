// SPDX-License-Identifier: Apache-2.0
// `huan simulate` as a user runs it.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace huan {
namespace {

using nlohmann::json;

struct Ran {
  int code{-1};
  std::string out;
};

Ran run(const std::string& arguments) {
  Ran ran;
  FILE* pipe = popen((std::string{HUAN_BINARY} + " " + arguments + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) {
    return ran;
  }
  std::array<char, 4'096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    ran.out.append(buffer.data(), n);
  }
  const int status = pclose(pipe);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

class Simulate : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::path{testing::TempDir()} / ("huan-simulate-" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string store(const std::string& name) {
    return "--store sqlite:" + (folder_ / (name + ".db")).string();
  }
  void init(const std::string& name) {
    ASSERT_EQ(run("init " + store(name) + " --pack packs/shijiazhuang").code, 0);
  }
  json simulate(const std::string& name, const std::string& arguments) {
    const Ran ran = run("simulate " + store(name) + " --json " + arguments);
    EXPECT_EQ(ran.code, 0) << ran.out;
    return json::parse(ran.out, nullptr, false);
  }

  std::filesystem::path folder_;
};

TEST_F(Simulate, equal_arguments_give_equal_roots_and_the_records_hold) {
  init("a");
  init("b");
  const std::string arguments = "--days 12 --scale 0.004 --seed 9 --from 2026-10-24";
  const json a = simulate("a", arguments);
  const json b = simulate("b", arguments);
  EXPECT_EQ(a["root"], b["root"]);
  EXPECT_EQ(a["unexpected"], 0);
  EXPECT_GT(a["refused_expected"], 0);
  EXPECT_GT(a["duplicates"], 0);
  for (const char* type : {"receive", "ship", "accept", "transform", "sell", "dispose", "adjust",
                           "settle", "correct"}) {
    EXPECT_GT(a["by_type"][type], 0) << type;
  }
  const Ran verified = run("verify " + store("a") + " --json");
  EXPECT_EQ(verified.code, 0) << verified.out;
  const json report = json::parse(verified.out, nullptr, false);
  EXPECT_EQ(report["ok"], true);
  EXPECT_EQ(report["events"], a["posted"]);
  EXPECT_EQ(report["roots"]["130100"]["root"], a["root"]);
}

TEST_F(Simulate, the_same_again_adds_nothing_and_other_seeds_do_not_collide) {
  init("a");
  const json first = simulate("a", "--days 3 --scale 0.002 --seed 1 --from 2026-11-02");
  const json again = simulate("a", "--days 3 --scale 0.002 --seed 1 --from 2026-11-02");
  EXPECT_EQ(again["posted"], 0);
  EXPECT_EQ(again["root"], first["root"]);
  const json longer = simulate("a", "--days 4 --scale 0.002 --seed 1 --from 2026-11-02");
  EXPECT_GT(longer["posted"], 0);
  EXPECT_LT(longer["posted"], first["posted"]);
  const json other = simulate("a", "--days 3 --scale 0.002 --seed 2 --from 2026-11-02");
  EXPECT_GT(other["posted"], 100);
  EXPECT_EQ(run("verify " + store("a")).code, 0);
}

TEST_F(Simulate, what_makes_no_sense_is_refused) {
  EXPECT_EQ(run("simulate " + store("none")).code, 4);
  init("a");
  EXPECT_EQ(run("simulate " + store("a") + " --scale 0").code, 2);
  EXPECT_EQ(run("simulate " + store("a") + " --scale -1").code, 2);
  EXPECT_EQ(run("simulate " + store("a") + " --scale 0.0000001").code, 2);
  EXPECT_EQ(run("simulate " + store("a") + " --days 0").code, 2);
  EXPECT_EQ(run("simulate " + store("a") + " --from yesterday").code, 2);
  ASSERT_EQ(run("init " + store("n") + " --pack packs/x-nyc").code, 0);
  EXPECT_EQ(run("simulate " + store("n") + " --days 1").code, 3) << "no station there";
}

}  // namespace
}  // namespace huan
