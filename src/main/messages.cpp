// SPDX-License-Identifier: Apache-2.0
#include "messages.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>

#include "huan/app/deposit_points.hpp"
#include "huan/messages/messages.hpp"
#include "huan/messages/web_push.hpp"
#include "huan/oidc/provider.hpp"
#include "payments.hpp"

namespace huan {
namespace {

constexpr std::chrono::seconds kBetweenNotices{2};
constexpr const char* kOutbox = "outbox";

void send_round(const app::Notifier::Parts& parts, app::Notifier& notifier,
                app::DepositPoints& awards) {
  try {
    for (const store::CityRow& city : parts.store.snapshot()->cities()) {
      (void)awards.run(city.city);
      (void)notifier.run(city.city);
    }
  } catch (const store::Failure& failure) {
    spdlog::warn("notices and points of deposits wait: {}", failure.what());
  }
}

}  // namespace

base::Result<PutMessage> message_way(const cli::ServeOptions& options, const std::string& file) {
  const std::string& given = options.messages;
  if (given == kOutbox) {
    return PutMessage{[outbox = std::make_shared<messages::Outbox>(file)](const std::string& line) {
      return outbox->put(line);
    }};
  }
  if (!oidc::is_safe_address(given)) {
    return base::Error{base::ErrorCode::bad_config, "--messages",
                       "outbox, an address with https://, or with http:// on this machine"};
  }
  HUAN_TRY(secret, read_word(options.messages_secret, "--messages-secret"));
  return PutMessage{[gateway = std::make_shared<messages::HttpMessages>(given, secret)](
                        const std::string& line) { return gateway->put(line); }};
}

std::jthread send_notices(const app::Notifier::Parts& given) {
  return std::jthread([given](const std::stop_token& stop) {
    messages::WebPush browsers(given.personal, given.clock);
    app::Notifier::Parts parts = given;
    parts.push = [&browsers](const app::PushRule& rule, const app::PushSubscription& to,
                             const std::string& text) { return browsers.put(rule, to, text); };
    app::Notifier notifier(parts);
    app::DepositPoints awards({parts.recorder, parts.store, parts.clock});
    std::mutex mutex;
    std::condition_variable_any wake;
    while (!stop.stop_requested()) {
      send_round(parts, notifier, awards);
      std::unique_lock lock(mutex);
      wake.wait_for(lock, stop, kBetweenNotices, [] { return false; });
    }
  });
}

}  // namespace huan
