// SPDX-License-Identifier: Apache-2.0
// Tells the server how the bins are, and takes along the doors that people want opened: one call
// every two seconds, with the board when it changed and every half minute. A server that is away
// is asked again later; the board is then of that moment.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "huan/bins/board.hpp"
#include "huan/edge/edge.hpp"
#include "huan/http_client/client.hpp"

namespace huan::edge {

struct ReporterHooks {
  std::function<std::vector<bins::Health>()> health;
  /// Commands of the server that a bin has answered since: id and "done" or "failed".
  std::function<std::vector<std::pair<std::string, std::string>>()> answered;
  std::function<void(const std::string& command, const std::string& device,
                     const std::string& door)>
      open;
};

void write_health(json::Writer& w, const bins::Health& one);

class Reporter {
 public:
  Reporter(const EdgeOptions& options, std::vector<std::string> devices, ReporterHooks hooks);
  ~Reporter();
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;

 private:
  void run();
  void report();
  [[nodiscard]] std::string body(bool with_board) const;
  void obey(const std::string& reply) const;

  std::vector<std::string> devices_;
  ReporterHooks hooks_;
  std::string url_;
  std::string token_;
  http_client::Client client_;
  std::string said_;     ///< the board as the server has it, without times of hearing
  int rounds_since_{0};  ///< calls since it was sent
  std::vector<std::pair<std::string, std::string>> answered_;  ///< not told yet
  std::mutex mutex_;
  std::condition_variable woken_;
  bool ends_{false};
  std::thread thread_;
};

}  // namespace huan::edge
