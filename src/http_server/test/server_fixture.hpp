// SPDX-License-Identifier: Apache-2.0
// A running server on a free port, with an observer that remembers.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "huan/http_server/server.hpp"
#include "huan/http_server/testing/raw_client.hpp"

namespace huan::http_server {

using testing::RawClient;
using testing::Reply;

class Recording final : public ServerObserver {
 public:
  void answered(const Answered& exchange) noexcept override {
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::string(exchange.method) + " " + std::string(exchange.route) + " " +
                       std::to_string(exchange.status));
  }
  void refused(int status, std::string_view) noexcept override {
    const std::lock_guard lock(mutex_);
    refusals_.push_back(status);
  }
  void handler_threw(std::string_view route, std::string_view what) noexcept override {
    const std::lock_guard lock(mutex_);
    thrown_.push_back(std::string(route) + ": " + std::string(what));
  }
  [[nodiscard]] std::vector<std::string> answers() const { return copy(answers_); }
  [[nodiscard]] std::vector<int> refusals() const { return copy(refusals_); }
  [[nodiscard]] std::vector<std::string> thrown() const { return copy(thrown_); }

 private:
  template <class T>
  T copy(const T& list) const {
    const std::lock_guard lock(mutex_);
    return list;
  }
  mutable std::mutex mutex_;
  std::vector<std::string> answers_;
  std::vector<int> refusals_;
  std::vector<std::string> thrown_;
};

inline Response text(std::string body) { return make_response(200, "text/plain", std::move(body)); }

/// Waits until `condition` holds, at most 5 s.
template <class Condition>
bool eventually(const Condition& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) {
      return true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace huan::http_server
