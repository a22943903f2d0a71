// SPDX-License-Identifier: Apache-2.0
// Sends what waits in the journal to the server, a batch at a time, in order, until it is answered
// for. What the server does not know yet (unknown_…, a clock ahead of its own) goes behind the
// others and is tried again; any other refusal is final.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "huan/edge/edge.hpp"
#include "huan/http_client/client.hpp"
#include "journal.hpp"

namespace huan::edge {

struct SenderState {
  bool reached{false};    ///< the last batch was answered
  std::string trouble{};  ///< why not
};

class Sender {
 public:
  Sender(Journal& journal, const EdgeOptions& options);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;
  void wake();
  [[nodiscard]] SenderState state() const;

 private:
  void run();
  /// Whether all that was sent is answered for.
  bool send();
  bool settle(const std::vector<std::pair<std::string, std::string>>& batch,
              const std::string& reply);
  void trouble(std::string why);

  Journal& journal_;
  std::string url_;
  std::string token_;
  http_client::Client client_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  bool ends_{false};
  bool asked_{true};
  SenderState state_;
  std::thread thread_;
};

}  // namespace huan::edge
