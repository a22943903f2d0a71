// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/gateway.hpp"

#include "huan/crypto/digest.hpp"

namespace huan::invoicing {
namespace {

constexpr std::size_t kNumberDigits = 17;

std::string simulated_number(const std::string& id) {
  return "SIM" + crypto::hex(crypto::sha256("invoice " + id)).substr(0, kNumberDigits);
}

bool takes(int& left) {
  if (left == 0) {
    return false;
  }
  --left;
  return true;
}

}  // namespace

GatewayReply deliver(Gateway& gateway, const GatewayRequest& request, std::int64_t attempts) {
  if (attempts > 0) {
    GatewayReply before = gateway.ask(request.id);
    if (before.answer != GatewayAnswer::absent) {
      return before;
    }
  }
  return gateway.issue(request);
}

std::size_t SimulatedGateway::issued() const {
  const std::lock_guard lock(mutex_);
  return issued_.size();
}

GatewayReply SimulatedGateway::ask(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (takes(faults_.down)) {
    return {GatewayAnswer::no_answer, "", "the simulated gateway is down"};
  }
  if (!issued_.contains(id)) {
    return {GatewayAnswer::absent, "", ""};
  }
  return {GatewayAnswer::issued, simulated_number(id), ""};
}

GatewayReply SimulatedGateway::issue(const GatewayRequest& request) {
  const std::lock_guard lock(mutex_);
  if (takes(faults_.down)) {
    return {GatewayAnswer::no_answer, "", "the simulated gateway is down"};
  }
  if (takes(faults_.lost)) {
    issued_.insert(request.id);
    return {GatewayAnswer::no_answer, "", "the simulated gateway's answer was lost"};
  }
  if (takes(faults_.refused)) {
    return {GatewayAnswer::refused, "", "the simulated gateway refuses it"};
  }
  issued_.insert(request.id);
  return {GatewayAnswer::issued, simulated_number(request.id), ""};
}

}  // namespace huan::invoicing
