// SPDX-License-Identifier: Apache-2.0
#include "payments.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <fstream>
#include <mutex>

#include "huan/app/points_book.hpp"
#include "huan/base/text.hpp"
#include "huan/oidc/provider.hpp"
#include "huan/payments/http_gateway.hpp"
#include "huan/payments/simulated_gateway.hpp"

namespace huan {
namespace {

constexpr std::chrono::seconds kBetweenRounds{2};
constexpr std::int64_t kBetweenEndsS = 3'600;
constexpr std::int64_t kOfTen = 10;
constexpr int kFaultyUsually = 4;
constexpr std::string_view kSimulated = "simulated";

base::Error wrong_payments(const std::string& why) {
  return {base::ErrorCode::bad_config, "--payments", why};
}

void pay_round(const app::PayoutParts& parts, rewards::PaymentGateway& gateway,
               std::map<std::string, app::PayoutRound>& rounds) {
  try {
    for (const store::CityRow& city : parts.store.snapshot()->cities()) {
      const auto sums = app::run_payouts(parts, gateway, city.city, rounds[city.city]);
      if (sums.paid + sums.refused > 0) {
        spdlog::info("payouts of {}: {} paid, {} refused, {} open", city.city, sums.paid,
                     sums.refused, sums.waiting);
      }
    }
  } catch (const store::Failure& failure) {
    spdlog::warn("payouts wait: {}", failure.what());
  }
}

/// Points whose time is over.
void end_round(const app::PayoutParts& parts, app::PointsBook& book) {
  try {
    for (const store::CityRow& city : parts.store.snapshot()->cities()) {
      const auto points =
          app::expire_points(parts.recorder, parts.store, parts.clock, book, city.city);
      if (points > 0) {
        spdlog::info("{} points of {} have ended", points, city.city);
      }
    }
  } catch (const store::Failure& failure) {
    spdlog::warn("points that are over stay for now: {}", failure.what());
  }
}

}  // namespace

base::Result<std::string> read_word(const std::string& path, const std::string& option) {
  std::ifstream file(path);
  std::string word;
  if (!path.empty() && (!std::getline(file, word) || word.empty())) {
    return base::Error{base::ErrorCode::bad_config, option, path + " holds none"};
  }
  return word;
}

base::Result<std::unique_ptr<rewards::PaymentGateway>> payment_gateway(
    const cli::ServeOptions& options, const std::string& file) {
  std::unique_ptr<rewards::PaymentGateway> gateway;
  const std::string& given = options.payments;
  if (oidc::is_safe_address(given)) {
    HUAN_TRY(secret, read_word(options.payments_secret, "--payments-secret"));
    gateway = std::make_unique<payments::HttpGateway>(given, secret);
    return gateway;
  }
  const auto colon = given.find(':');
  const auto faulty = colon == std::string::npos ? std::optional<std::int64_t>(kFaultyUsually)
                                                 : base::parse_integer(given.substr(colon + 1));
  if (given.substr(0, colon) != kSimulated || !faulty || *faulty < 0 || *faulty > kOfTen) {
    return wrong_payments(
        "simulated, simulated:0 to simulated:10, an address with https://, or with http:// on "
        "this machine");
  }
  gateway = std::make_unique<payments::SimulatedGateway>(file, static_cast<int>(*faulty));
  return gateway;
}

std::jthread pay_out(const app::PayoutParts& parts, rewards::PaymentGateway& gateway) {
  return std::jthread([parts, &gateway](const std::stop_token& stop) {
    std::map<std::string, app::PayoutRound> rounds;
    app::PointsBook book;
    base::Instant end_next;
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
      pay_round(parts, gateway, rounds);
      if (end_next <= parts.clock.now()) {
        end_round(parts, book);
        end_next = {parts.clock.now().s + kBetweenEndsS};
      }
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stop, kBetweenRounds, [] { return false; });
    }
  });
}

}  // namespace huan
