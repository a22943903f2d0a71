// SPDX-License-Identifier: Apache-2.0
#include "huan/messages/web_push.hpp"

#include <algorithm>

#include "huan/crypto/base64url.hpp"

namespace huan::messages {
namespace {

using app::Sent;

constexpr std::chrono::seconds kConnectIn{2};
constexpr std::chrono::seconds kPushedIn{5};
constexpr std::size_t kReplyMax = 16U << 10U;
constexpr std::int64_t kWaitFirstS = 30;
constexpr std::int64_t kWaitMostS = 3'600;
constexpr std::size_t kPausesMax = 1'000;
constexpr std::int64_t kWordForS = 12 * 3'600;
constexpr const char* kLiveForS = "86400";

http_client::Options push_options() {
  http_client::Options options;
  options.connect = kConnectIn;
  options.total = kPushedIn;
  options.body_max = kReplyMax;
  return options;
}

Sent meaning_of_push(int status) {
  if (status >= 200 && status < 300) {
    return Sent::yes;
  }
  if (status == 404 || status == 410) {
    return Sent::gone;
  }
  return status == 408 || status == 429 || status >= 500 ? Sent::later : Sent::never;
}

}  // namespace

WebPush::WebPush(const app::Personal& personal, base::Clock& clock)
    : personal_(personal), clock_(clock), client_(push_options()) {}

Sent WebPush::deliver(const std::string& origin, const app::PushRule& rule,
                      const app::PushSubscription& to, const std::string& body) {
  const auto key = app::push_key(personal_);
  if (!key) {
    return Sent::later;
  }
  http_client::Call call;
  call.method = "POST";
  call.url = to.endpoint;
  call.headers = {
      {"Authorization", crypto::vapid(*key, {origin, rule.sender, clock_.now().s + kWordForS})},
      {"Content-Encoding", "aes128gcm"},
      {"Content-Type", "application/octet-stream"},
      {"TTL", kLiveForS},
      {"Urgency", "normal"}};
  call.body = body;
  const auto reply = client_.send(call);
  return reply ? meaning_of_push(reply->status) : Sent::later;
}

Sent WebPush::put(const app::PushRule& rule, const app::PushSubscription& to,
                  const std::string& text) {
  const std::string origin = rule.origin_of(to.endpoint);
  const auto point = crypto::from_base64url(to.key);
  const auto secret = crypto::from_base64url(to.auth);
  const auto body = point && secret && !origin.empty()
                        ? crypto::sealed_push({*point, *secret}, text)
                        : std::nullopt;
  if (!body) {
    return Sent::never;
  }
  if (pauses_.size() > kPausesMax) {
    pauses_.clear();
  }
  Pause& pause = pauses_[origin];
  if (clock_.now() < pause.until) {
    return Sent::later;
  }
  const Sent sent = deliver(origin, rule, to, *body);
  if (sent == Sent::later) {
    pause.wait_s = std::clamp(pause.wait_s * 2, kWaitFirstS, kWaitMostS);
    pause.until = {clock_.now().s + pause.wait_s};
  } else {
    pauses_.erase(origin);
  }
  return sent;
}

}  // namespace huan::messages
