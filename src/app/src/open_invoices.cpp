// SPDX-License-Identifier: Apache-2.0
#include "huan/app/open_invoices.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

namespace huan::app {
namespace {

using invoicing::GatewayAnswer;
using invoicing::GatewayReply;

constexpr std::int64_t kAgainS = 5;
constexpr std::int64_t kAgainMaxS = 3'600;
constexpr std::int64_t kDoublingsMax = 10;
constexpr std::chrono::seconds kRoomIn{1};

template <class Call>
GatewayReply in_room(auto& room, const Call& call) {
  if (!room.try_acquire_for(kRoomIn)) {
    return {GatewayAnswer::no_answer, "", "others are under way"};
  }
  const std::shared_ptr<void> leave(nullptr, [&](void*) { room.release(); });
  return call();
}

}  // namespace

void OpenInvoices::note(const std::string& id, const GatewayReply& reply) {
  const std::lock_guard lock(mutex_);
  if (reply.answer == GatewayAnswer::no_answer) {
    open_.try_emplace(id);
  }
}

GatewayReply OpenInvoices::ask(const std::string& id) {
  auto reply = in_room(room_, [&] { return behind_.ask(id); });
  note(id, reply);
  return reply;
}

GatewayReply OpenInvoices::issue(const invoicing::GatewayRequest& request) {
  auto reply = in_room(room_, [&] { return behind_.issue(request); });
  note(request.id, reply);
  return reply;
}

void OpenInvoices::find(store::Store& store) {
  const auto reading = store.snapshot();
  for (const store::CityRow& city : reading->cities()) {
    for (const KeptInvoice& kept : read_invoices(*reading, city.city, {})) {
      if (kept.invoice.state == invoicing::State::requested) {
        const std::lock_guard lock(mutex_);
        open_.try_emplace(city.city + "/" + kept.key);
      }
    }
  }
}

std::vector<std::string> OpenInvoices::due(base::Instant now) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> ids;
  for (const auto& [id, tried] : open_) {
    if (tried.next <= now) {
      ids.push_back(id);
    }
  }
  return ids;
}

void OpenInvoices::wait_longer(const std::string& id, base::Instant now) {
  const std::lock_guard lock(mutex_);
  Tried& tried = open_[id];
  tried.next = {now.s + std::min(kAgainS << std::min(tried.times, kDoublingsMax), kAgainMaxS)};
  ++tried.times;
}

OpenInvoices::Sums OpenInvoices::run(const Invoices::Parts& parts, const std::stop_token& stop) {
  static const invoicing::Rules kNone;  // what is on record already is judged by none
  Invoices invoices(parts, kNone, "");
  Sums sums;
  for (const std::string& id : due(parts.clock.now())) {
    if (stop.stop_requested()) {
      break;
    }
    const auto slash = id.find('/');
    const auto kept =
        invoices.deliver({id.substr(0, slash), id.substr(slash + 1), {"system/invoices"}});
    if (kept && kept->invoice.state == invoicing::State::requested) {
      wait_longer(id, parts.clock.now());
      break;
    }
    sums.issued += kept && kept->invoice.state == invoicing::State::issued ? 1 : 0;
    sums.refused += kept && kept->invoice.state == invoicing::State::refused ? 1 : 0;
    const std::lock_guard lock(mutex_);
    open_.erase(id);
  }
  const std::lock_guard lock(mutex_);
  sums.waiting = open_.size();
  return sums;
}

}  // namespace huan::app
