// SPDX-License-Identifier: Apache-2.0
#include "huan/payments/simulated_gateway.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::payments {
namespace {

using rewards::PaymentAnswer;
using rewards::PaymentState;

constexpr int kOfTen = 10;
constexpr int kKindsOfFault = 4;
constexpr std::size_t kReferenceDigits = 12;

std::optional<PaymentState> state_named(std::string_view word) {
  return word == "paid"      ? std::optional(PaymentState::paid)
         : word == "refused" ? std::optional(PaymentState::refused)
         : word == "pending" ? std::optional(PaymentState::pending)
                             : std::nullopt;
}

const char* word_of(PaymentState state) {
  return state == PaymentState::paid      ? "paid"
         : state == PaymentState::refused ? "refused"
                                          : "pending";
}

std::string text_in(json::Value object, std::string_view name) {
  const auto found = object.find(name);
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

}  // namespace

SimulatedGateway::SimulatedGateway(std::string path, int faulty)
    : path_(std::move(path)), faulty_(faulty) {
  std::ifstream in(path_, std::ios::binary);
  for (std::string line; !path_.empty() && std::getline(in, line);) {
    const auto document = json::Document::parse(line);
    if (!document || !document->root().is_object()) {
      continue;  // the last line of a power cut
    }
    const auto root = document->root();
    if (const auto state = state_named(text_in(root, "state"))) {
      known_[text_in(root, "id")] = {*state, text_in(root, "reference"), text_in(root, "reason")};
    }
  }
}

SimulatedGateway::Fault SimulatedGateway::fault_of(const std::string& id) const {
  const crypto::Digest digest = crypto::sha256("simulated payment " + id);
  if (digest[0] % kOfTen >= faulty_) {
    return Fault::none;
  }
  return static_cast<Fault>(1 + digest[1] % kKindsOfFault);
}

void SimulatedGateway::keep(const std::string& id, std::int64_t fen, const PaymentAnswer& answer) {
  if (path_.empty()) {
    return;
  }
  std::string line;
  json::Writer w(line);
  w.begin_object().member("fen", fen).member("id", id).member("reason", answer.reason);
  w.member("reference", answer.reference).member("state", word_of(answer.state)).end_object();
  line += "\n";
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file >= 0) {
    [[maybe_unused]] const auto written = ::write(file, line.data(), line.size());
    ::close(file);
  }
}

PaymentAnswer SimulatedGateway::decide(const std::string& id, std::int64_t fen,
                                       PaymentState state) {
  PaymentAnswer answer{state, {}, {}};
  if (state == PaymentState::paid) {
    answer.reference = "SIM-" + crypto::hex(crypto::sha256(id)).substr(0, kReferenceDigits);
  } else if (state == PaymentState::refused) {
    answer.reason = "account_closed";
  }
  known_[id] = answer;
  keep(id, fen, answer);
  return answer;
}

PaymentAnswer SimulatedGateway::pay(const rewards::Payment& payment) {
  const std::lock_guard lock(mutex_);
  if (const auto known = known_.find(payment.id); known != known_.end()) {
    return known->second;
  }
  switch (fault_of(payment.id)) {
    case Fault::refuses:
      return decide(payment.id, payment.fen, PaymentState::refused);
    case Fault::forgets_answer:
      (void)decide(payment.id, payment.fen, PaymentState::paid);
      return {};
    case Fault::loses_request:
      if (lost_[payment.id]++ == 0) {
        return {};
      }
      return decide(payment.id, payment.fen, PaymentState::paid);
    case Fault::decides_late:
      return decide(payment.id, payment.fen, PaymentState::pending);
    case Fault::none:
      break;
  }
  return decide(payment.id, payment.fen, PaymentState::paid);
}

PaymentAnswer SimulatedGateway::ask(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(id);
  if (known == known_.end()) {
    return {PaymentState::not_received, {}, {}};
  }
  return known->second.state == PaymentState::pending ? decide(id, 0, PaymentState::paid)
                                                      : known->second;
}

}  // namespace huan::payments
