// SPDX-License-Identifier: Apache-2.0
// What was acknowledged is there after a power cut, a full disk or a failed sync; what was not is
// there whole or not at all; and the store goes on.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "fault_disk.hpp"
#include "fault_vfs.hpp"
#include "huan/store_sqlite/store.hpp"
#include "workload.hpp"

namespace huan::faults {

namespace {

using store::Seq;

std::uint64_t seeds() { return std::getenv("HUAN_SOAK") != nullptr ? 20'000 : 200; }

/// Writes transactions of random size and keeps count of what was acknowledged.
class Work {
 public:
  Work(std::string path, std::uint64_t seed) : path_(std::move(path)), random_(seed) {}

  /// False: the store failed.
  bool open() {
    try {
      store_.reset();
      store_ = store_sqlite::open({.path = path_,
                                   .create = true,
                                   .vfs = FaultDisk::vfs(),
                                   .checkpoint_pages = static_cast<int>(3 + random_() % 60),
                                   .checkpoint_beside = false});
      return true;
    } catch (const store::Failure&) {
      return false;
    }
  }
  bool transaction() {
    const Seq size = 1 + random_() % 30;
    attempted_ = acknowledged_ + size;
    try {
      auto transaction = store_->begin(kCity);
      for (Seq seq = acknowledged_ + 1; seq <= attempted_; ++seq) {
        put(*transaction, seq);
      }
      transaction->commit();
    } catch (const store::Failure&) {
      return false;
    }
    acknowledged_ = attempted_;
    return true;
  }
  /// Until the store fails, or long enough.
  void run(int transactions) {
    if (!open()) {
      return;
    }
    for (int i = 0; i < transactions; ++i) {
      if (random_() % 16 == 0 && !open()) {
        return;
      }
      if (!transaction()) {
        return;
      }
    }
  }
  void close() { store_.reset(); }

  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] bool is_open() const { return store_ != nullptr; }
  [[nodiscard]] Seq acknowledged() const { return acknowledged_; }
  [[nodiscard]] Seq attempted() const { return attempted_; }

 private:
  std::string path_;
  std::mt19937_64 random_;
  std::unique_ptr<store::Store> store_;
  Seq acknowledged_{0};
  Seq attempted_{0};
};

/// The files after the cut hold all that was acknowledged, the last attempt whole or not at all,
/// and take more.
void expect_recovered(const FaultDisk& disk, const Work& work) {
  const Folder after;
  disk.leave(after.path());
  install(nullptr);  // from here on the disk is sound, and need not sync for a test
  const auto store =
      store_sqlite::open({.path = after.database(), .create = true, .vfs = FaultDisk::vfs()});
  const auto last = store->snapshot()->last(kCity).seq;
  EXPECT_TRUE(last == work.acknowledged() || last == work.attempted())
      << last << " of " << work.acknowledged() << " acknowledged, " << work.attempted() << " tried";
  expect_whole(*store, last);
  {
    auto transaction = store->begin(kCity);
    put(*transaction, last + 1);
    transaction->commit();
  }
  expect_whole(*store, last + 1);
  expect_sound_file(after.database());
}

constexpr int kTransactions = 40;

/// How many changes of files a whole run makes.
std::uint64_t changes_of(std::uint64_t seed) {
  static std::map<std::uint64_t, std::uint64_t> known;
  const auto found = known.find(seed);
  if (found != known.end()) {
    return found->second;
  }
  const Folder folder;
  FaultDisk disk(seed);
  Work work(folder.database(), seed);
  work.run(kTransactions);
  work.close();
  return known[seed] = disk.changes();
}

TEST(Faults, a_power_cut_takes_nothing_that_was_acknowledged) {
  std::uint64_t lost = 0;
  std::uint64_t kept = 0;
  for (std::uint64_t seed = 1; seed <= seeds(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Folder folder;
    const auto all = changes_of(seed % 8);
    FaultDisk disk(seed);
    disk.cut_at(1 + std::mt19937_64(seed)() % all);
    Work work(folder.database(), seed % 8);
    work.run(kTransactions);
    work.close();
    disk.cut();
    expect_recovered(disk, work);
    lost += work.acknowledged() == work.attempted() ? 0 : 1;
    kept += work.acknowledged() > 0 ? 1 : 0;
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
  // The cuts fell where it matters: within transactions, and after acknowledgements.
  EXPECT_GT(lost * 4, seeds());
  EXPECT_GT(kept * 2, seeds());
}

enum class Fault { full, unsynced };

void fail_and_go_on(Fault fault, std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  const Folder folder;
  const auto all = changes_of(seed % 8);
  std::mt19937_64 random(seed);
  FaultDisk disk(seed);
  const auto at = 1 + random() % all;
  const auto times = 1 + random() % 20;
  if (fault == Fault::full) {
    disk.full_at(at, times);
  } else {
    disk.unsynced_at(at, times);
  }
  Work work(folder.database(), seed % 8);
  int failures = 0;
  for (int i = 0; i < kTransactions && failures < 200; ++i) {
    const bool done = work.is_open() ? work.transaction() : work.open();
    failures += done ? 0 : 1;
    i -= done ? 0 : 1;
    if (work.is_open() && (!done || i % 8 == 0)) {
      expect_whole(work.store(), work.acknowledged());
    }
  }
  EXPECT_GT(work.acknowledged(), 0U);
  work.close();
  disk.cut();
  expect_recovered(disk, work);
}

TEST(Faults, a_full_disk_refuses_and_goes_on_when_there_is_room) {
  for (std::uint64_t seed = 1; seed <= seeds() / 2; ++seed) {
    fail_and_go_on(Fault::full, seed);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

TEST(Faults, a_failed_sync_is_never_acknowledged) {
  for (std::uint64_t seed = 1; seed <= seeds() / 2; ++seed) {
    fail_and_go_on(Fault::unsynced, seed);
    if (::testing::Test::HasFailure()) {
      return;
    }
  }
}

}  // namespace

}  // namespace huan::faults
