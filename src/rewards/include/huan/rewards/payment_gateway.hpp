// SPDX-License-Identifier: Apache-2.0
// The outside that pays: a bank's or a wallet's interface, behind one port. A payment has one id
// for ever: sent twice it is paid once, and what became of it can be asked for by it. No answer is
// an answer of its own (`unknown`): whoever gets it neither pays by another id nor gives anything
// back.
#pragma once

#include <cstdint>
#include <string>

namespace huan::rewards {

struct Payment {
  std::string id;  ///< UUID, the same each time
  std::int64_t fen{0};
  std::string account;  ///< of who is paid; personal: never logged
  std::string name;
};

enum class PaymentState : std::uint8_t {
  paid,
  refused,      ///< for good: it has not paid, and never will by this id
  pending,      ///< it has it, and has not decided
  unknown,      ///< no answer: it may or may not have it
  not_received  ///< only as an answer to ask(): it never had it
};

struct PaymentAnswer {
  PaymentState state{PaymentState::unknown};
  std::string reference{};  ///< of a payment
  std::string reason{};     ///< of a refusal, one word
};

class PaymentGateway {
 public:
  virtual ~PaymentGateway() = default;
  virtual PaymentAnswer pay(const Payment& payment) = 0;
  virtual PaymentAnswer ask(const std::string& id) = 0;
};

}  // namespace huan::rewards
