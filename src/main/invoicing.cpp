// SPDX-License-Identifier: Apache-2.0
#include "invoicing.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "huan/oidc/provider.hpp"
#include "huan/tax_platform/http_gateway.hpp"
#include "payments.hpp"

namespace huan {
namespace {

constexpr std::chrono::seconds kBetweenTurns{2};
constexpr std::int64_t kBetweenSearchesS = 3'600;

/// False: the store did not answer.
bool search(store::Store& store, app::OpenInvoices& open) {
  try {
    open.find(store);
    return true;
  } catch (const store::Failure& failure) {
    spdlog::warn("invoices that are open are looked for later: {}", failure.what());
    return false;
  }
}

void turn(const app::Invoices::Parts& parts, app::OpenInvoices& open, const std::stop_token& stop) {
  try {
    const auto sums = open.run(parts, stop);
    if (sums.issued + sums.refused > 0) {
      spdlog::info("invoices: {} issued, {} refused, {} open", sums.issued, sums.refused,
                   sums.waiting);
    }
  } catch (const store::Failure& failure) {
    spdlog::warn("invoices wait: {}", failure.what());
  }
}

}  // namespace

base::Result<std::unique_ptr<invoicing::Gateway>> invoice_gateway(const std::string& given,
                                                                  const std::string& secret_file) {
  std::unique_ptr<invoicing::Gateway> gateway;
  if (given == "simulated") {
    gateway = std::make_unique<invoicing::SimulatedGateway>();
    return gateway;
  }
  if (!oidc::is_safe_address(given)) {
    return base::Error{base::ErrorCode::bad_config, "--invoicing",
                       "simulated, an address with https://, or with http:// on this machine"};
  }
  HUAN_TRY(secret, read_word(secret_file, "--invoicing-secret"));
  gateway = std::make_unique<tax_platform::HttpGateway>(given, secret);
  return gateway;
}

std::jthread go_on_with(const app::Invoices::Parts& parts, store::Store& store,
                        app::OpenInvoices& open) {
  return std::jthread([parts, &store, &open](const std::stop_token& stop) {
    base::Instant search_next;
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
      if (search_next <= parts.clock.now() && search(store, open)) {
        search_next = {parts.clock.now().s + kBetweenSearchesS};
      }
      turn(parts, open, stop);
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stop, kBetweenTurns, [] { return false; });
    }
  });
}

}  // namespace huan
