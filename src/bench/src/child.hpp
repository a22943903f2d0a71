// SPDX-License-Identifier: Apache-2.0
// A program that runs beside this one, with the processor time that it used.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <string>
#include <vector>

namespace huan::bench {

using Words = std::vector<std::string>;

/// May be started again after it has ended; its destructor kills it. One thread at a time.
class Child {
 public:
  Child() = default;
  /// `out`: the file for what it prints; what it complains of stands beside, with `.err`.
  Child(const Words& words, const std::string& out) { start(words, out); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  void start(const Words& words, const std::string& out);
  /// Until it ends by itself: its exit code, -1 when a signal ended it or it never began.
  int wait();
  /// Sends the signal and waits.
  int end(int signal);
  void tell(int signal) const;
  /// Of all runs that have ended, user and system.
  [[nodiscard]] double cpu_s() const { return cpu_s_; }

 private:
  pid_t pid_{0};
  double cpu_s_{0};
};

/// A port on loopback that nobody listens on now; 0: none.
[[nodiscard]] int free_port();
/// Whether somebody listens there within 20 seconds.
[[nodiscard]] bool wait_for_port(int port);

}  // namespace huan::bench
