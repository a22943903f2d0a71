// SPDX-License-Identifier: Apache-2.0
// A bank that is none, for demonstrations and trials: it keeps what it was asked to pay in a file
// that only its owner reads, without the account, and answers after a restart as before. Of every
// ten payments `faulty` go wrong, by their id: refused, paid but the answer is lost, lost on the
// way, or decided late. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "huan/rewards/payment_gateway.hpp"

namespace huan::payments {

class SimulatedGateway final : public rewards::PaymentGateway {
 public:
  /// `path` empty: nothing is kept. `faulty` 0 to 10.
  explicit SimulatedGateway(std::string path, int faulty = 4);
  rewards::PaymentAnswer pay(const rewards::Payment& payment) override;
  rewards::PaymentAnswer ask(const std::string& id) override;

 private:
  enum class Fault : std::uint8_t { none, refuses, forgets_answer, loses_request, decides_late };
  [[nodiscard]] Fault fault_of(const std::string& id) const;
  rewards::PaymentAnswer decide(const std::string& id, std::int64_t fen,
                                rewards::PaymentState state);
  void keep(const std::string& id, std::int64_t fen, const rewards::PaymentAnswer& answer);

  std::string path_;
  int faulty_;
  std::mutex mutex_;
  std::map<std::string, rewards::PaymentAnswer> known_;
  std::map<std::string, int> lost_;  // requests that never arrived
};

}  // namespace huan::payments
