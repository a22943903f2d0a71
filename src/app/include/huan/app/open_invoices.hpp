// SPDX-License-Identifier: Apache-2.0
// Invoices about which the gateway has not said what became of them: they stay `requested`, and the
// server goes on with each by its one id, after 5 s, then longer, up to an hour. Stands before the
// gateway that it is given, so that it hears of each that is left open; no more than a few are
// under way at once, since somebody waits for each, and who finds no room is left for later. Any
// thread.
//
//   OpenInvoices open(gateway);        // what the doors are given
//   open.find(store);                  // after a start, and what other programs left
//   open.run(parts);                   // by the server, every few seconds
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <semaphore>
#include <stop_token>
#include <string>
#include <vector>

#include "huan/app/invoices.hpp"

namespace huan::app {

class OpenInvoices final : public invoicing::Gateway {
 public:
  explicit OpenInvoices(invoicing::Gateway& behind) : behind_(behind) {}

  invoicing::GatewayReply ask(const std::string& id) override;
  invoicing::GatewayReply issue(const invoicing::GatewayRequest& request) override;

  void find(store::Store& store);

  struct Sums {
    std::size_t issued{0};
    std::size_t refused{0};
    std::size_t waiting{0};  ///< still open
  };
  /// Takes those whose turn it is to the gateway, until one is not answered: so a gateway that is
  /// down is tried once a round. Ends after the one under way when it is to stop.
  Sums run(const Invoices::Parts& parts, const std::stop_token& stop = {});

 private:
  struct Tried {
    std::int64_t times{0};
    base::Instant next;
  };
  void note(const std::string& id, const invoicing::GatewayReply& reply);
  std::vector<std::string> due(base::Instant now);
  void wait_longer(const std::string& id, base::Instant now);

  static constexpr std::ptrdiff_t kAtOnce = 4;

  invoicing::Gateway& behind_;
  std::counting_semaphore<kAtOnce> room_{kAtOnce};
  std::mutex mutex_;
  std::map<std::string, Tried> open_;
};

}  // namespace huan::app
