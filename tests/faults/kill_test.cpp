// SPDX-License-Identifier: Apache-2.0
// The process is killed while it writes: the next one gets the lock, finds all that was
// acknowledged, and goes on.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "huan/store_sqlite/store.hpp"
#include "workload.hpp"

namespace huan::faults {

namespace {

using store::Seq;

/// Writes until it is killed, and says after each commit how far it came.
[[noreturn]] void write_until_killed(const std::string& path, int acknowledgements) {
  const auto store = store_sqlite::open({.path = path, .create = true, .checkpoint_pages = 20});
  Seq seq = store->snapshot()->last(kCity).seq;
  for (;;) {
    {
      auto transaction = store->begin(kCity);
      for (int i = 0; i < 5; ++i) {
        put(*transaction, ++seq);
      }
      transaction->commit();
    }
    if (::write(acknowledgements, &seq, sizeof seq) != sizeof seq) {
      ::_exit(1);
    }
  }
}

/// The last number that came through before the kill.
Seq run_and_kill(const std::string& path, std::chrono::milliseconds after) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    write_until_killed(path, ends[1]);
  }
  ::close(ends[1]);
  Seq acknowledged = 0;
  EXPECT_EQ(::read(ends[0], &acknowledged, sizeof acknowledged),
            static_cast<ssize_t>(sizeof acknowledged));
  std::this_thread::sleep_for(after);
  EXPECT_EQ(::kill(child, SIGKILL), 0);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  for (Seq next = 0; ::read(ends[0], &next, sizeof next) == static_cast<ssize_t>(sizeof next);) {
    acknowledged = next;
  }
  ::close(ends[0]);
  return acknowledged;
}

TEST(Kill, takes_nothing_that_was_acknowledged) {
  const Folder folder;
  for (int round = 0; round < 8; ++round) {
    const Seq acknowledged =
        run_and_kill(folder.database(), std::chrono::milliseconds(7 * round * round));
    const auto store = store_sqlite::open({.path = folder.database()});
    const auto last = store->snapshot()->last(kCity).seq;
    EXPECT_TRUE(last == acknowledged || last == acknowledged + 5) << last << " " << acknowledged;
    expect_whole(*store, last);
    expect_sound_file(folder.database());
  }
}

}  // namespace

}  // namespace huan::faults
