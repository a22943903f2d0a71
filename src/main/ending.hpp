// SPDX-License-Identifier: Apache-2.0
// SIGTERM and SIGINT, blocked in every thread started from here on, so that only wait() sees them.
#pragma once

#include <pthread.h>

#include <csignal>

namespace huan {

class DeviceEnding {
 public:
  DeviceEnding() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
  }

 private:
  sigset_t signals_{};
};

}  // namespace huan
