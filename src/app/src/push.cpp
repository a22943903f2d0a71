// SPDX-License-Identifier: Apache-2.0
#include "huan/app/push.hpp"

#include <algorithm>
#include <array>

#include "huan/base/text.hpp"
#include "huan/crypto/base64url.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::string_view kHttps = "https://";
constexpr std::string_view kAnyBelow = "*.";
constexpr const char* kPushRule = "push";
constexpr std::string_view kPushPurpose = "web push 1";
constexpr std::string_view kKeptPurpose = "push subscriptions 1";
constexpr std::size_t kEndpointMax = 1'000;
constexpr std::size_t kServicesMax = 20;
constexpr std::size_t kServiceBytesMax = 200;
constexpr std::size_t kPushIdDigits = 16;

std::string subscriptions_key(const std::string& party) { return "push:" + party; }

/// Nothing that a line of JSON or of a header would have to escape.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text,
                             [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; });
}

bool serves(std::string_view service, std::string_view host) {
  return service.starts_with(kAnyBelow)
             ? host.size() > service.size() - 1 && host.ends_with(service.substr(1))
             : host == service;
}

void write_push(json::Writer& w, const PushSubscription& one) {
  w.begin_object().member("endpoint", one.endpoint).key("keys").begin_object();
  w.member("auth", one.auth).member("p256dh", one.key).end_object();
  w.member("lang", one.english ? "en" : "zh").end_object();
}

std::string sealed_list(const crypto::Key& key, const PushOwner& owner,
                        const std::vector<PushSubscription>& all) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const PushSubscription& one : all) {
    write_push(w, one);
  }
  w.end_array();
  return base::base64(crypto::seal(key, out, owner.city + " " + owner.party));
}

Result<PushSubscription> parse_subscription(json::Value data) {
  registry::Fields f(data, "");
  PushSubscription one;
  one.endpoint = f.text("endpoint", kEndpointMax);
  constexpr std::array<std::string_view, 2> kLanguages{"zh", "en"};
  one.english = f.optional_choice("lang", kLanguages).value_or(0) == 1;
  f.any("expirationTime");  // as browsers write it; a service says itself what has ended
  if (const auto keys = f.any("keys")) {
    registry::Fields k(*keys, "/keys");
    one.key = k.text("p256dh");
    one.auth = k.text("auth");
    HUAN_CHECK(k.finish());
  } else {
    f.refuse(ErrorCode::bad_field, "keys", "the browser's own");
  }
  HUAN_CHECK(f.finish());
  return one;
}

}  // namespace

std::string PushRule::origin_of(std::string_view endpoint) const {
  for (const std::string& service : services) {
    if (service.find("://") != std::string::npos) {
      if (endpoint.starts_with(service + "/")) {
        return service;
      }
      continue;
    }
    const auto slash = endpoint.find('/', std::min(kHttps.size(), endpoint.size()));
    const bool secure = endpoint.starts_with(kHttps) && slash != std::string_view::npos;
    if (secure && serves(service, endpoint.substr(kHttps.size(), slash - kHttps.size()))) {
      return std::string(endpoint.substr(0, slash));
    }
  }
  return {};
}

Result<PushRule> parse_push_rule(json::Value data) {
  registry::Fields f(data, "");
  PushRule rule;
  rule.sender = f.optional_text("sender", kServiceBytesMax).value_or("");
  if (!is_plain(rule.sender) || (!rule.sender.empty() && !rule.sender.starts_with("mailto:") &&
                                 !rule.sender.starts_with(kHttps))) {
    f.refuse(ErrorCode::bad_field, "sender", "mailto:… or https://…");
  }
  if (const auto services = f.array("services")) {
    rule.services.clear();
    for (const json::Value one : services->elements()) {
      const std::string name = one.is_string() ? std::string(one.string()) : "";
      const bool sound = is_plain(name) && !name.empty() && name.size() <= kServiceBytesMax &&
                         !name.ends_with('/') && name.find('@') == std::string::npos;
      if (!sound || rule.services.size() == kServicesMax) {
        f.refuse(ErrorCode::bad_field, "services", "at most 20 hosts, like fcm.googleapis.com");
        break;
      }
      rule.services.push_back(name);
    }
  }
  HUAN_CHECK(f.finish());
  return rule;
}

std::string to_json(const PushRule& rule) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (!rule.sender.empty()) {
    w.member("sender", rule.sender);
  }
  w.key("services").begin_array();
  for (const std::string& service : rule.services) {
    w.string(service);
  }
  w.end_array().end_object();
  return out;
}

PushRule push_rule(store::RegistryReading& reading, const std::string& city) {
  const auto row = reading.registered(city, "setting", kPushRule);
  auto rule = row ? data_of<PushRule>(*row, parse_push_rule) : std::nullopt;
  return rule ? std::move(*rule) : PushRule{};
}

Result<void> lay_down_push_rule(Recorder& recorder, const std::string& city, const PushRule& rule,
                                const Principal& by) {
  const Outcome outcome = recorder.put(city, {"setting", kPushRule, to_json(rule), "", "", -1}, by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

std::string PushSubscription::id() const {
  return crypto::hex(crypto::sha256(endpoint)).substr(0, kPushIdDigits);
}

Result<PushSubscription> parse_push(json::Value data, const PushRule& rule) {
  HUAN_TRY(one, parse_subscription(data));
  if (!is_plain(one.endpoint) || rule.origin_of(one.endpoint).empty()) {
    return Error{ErrorCode::bad_field, "/endpoint",
                 "of a push service that this city's rule lists; this browser's is none"};
  }
  const auto point = crypto::from_base64url(one.key);
  const auto secret = crypto::from_base64url(one.auth);
  if (!point || !secret || !crypto::sealed_push({*point, *secret}, "")) {
    return Error{ErrorCode::bad_field, "/keys", "p256dh and auth of a browser"};
  }
  return one;
}

std::optional<crypto::P256Secret> push_key(const Personal& personal) {
  const auto key = personal.derived(kPushPurpose);
  return key ? std::optional(crypto::P256Secret::of(*key)) : std::nullopt;
}

std::vector<PushSubscription> push_of(store::ServerReading& reading, const Personal& personal,
                                      const PushOwner& owner) {
  std::vector<PushSubscription> all;
  const auto key = personal.derived(kKeptPurpose);
  const auto kept = reading.setting(owner.city, subscriptions_key(owner.party));
  const auto sealed = key && kept ? base::unbase64(*kept) : std::nullopt;
  const auto text =
      sealed ? crypto::open(*key, *sealed, owner.city + " " + owner.party) : std::nullopt;
  const auto document = json::Document::parse(text.value_or("[]"), json::kStored);
  if (!document || !document->root().is_array()) {
    return all;
  }
  for (const json::Value data : document->root().elements()) {
    if (auto one = parse_subscription(data)) {
      all.push_back(std::move(*one));
    }
  }
  return all;
}

Result<void> keep_push(const PushParts& parts, const PushOwner& owner,
                       const PushSubscription& subscription) {
  const auto key = parts.personal.derived(kKeptPurpose);
  if (!key) {
    return Error{ErrorCode::vault_locked, "", ""};
  }
  parts.recorder.run(owner.city, 1, [&](CityWriter& writer) {
    auto all = push_of(writer.reading(), parts.personal, owner);
    std::erase_if(all, [&](const auto& one) { return one.endpoint == subscription.endpoint; });
    if (all.size() >= kPushMax) {
      all.erase(all.begin());
    }
    all.push_back(subscription);
    writer.transaction().setting(subscriptions_key(owner.party), sealed_list(*key, owner, all));
    return true;
  });
  return {};
}

bool drop_push(const PushParts& parts, const PushOwner& owner, const std::string& id) {
  const auto key = parts.personal.derived(kKeptPurpose);
  bool dropped = false;
  parts.recorder.run(owner.city, 1, [&](CityWriter& writer) {
    auto all = push_of(writer.reading(), parts.personal, owner);
    dropped = std::erase_if(all, [&](const auto& one) { return one.id() == id; }) > 0;
    if (dropped) {
      writer.transaction().setting(subscriptions_key(owner.party),
                                   all.empty() ? "" : sealed_list(*key, owner, all));
    }
    return dropped;
  });
  return dropped;
}

void forget_push(CityWriter& writer, const std::string& party) {
  const std::string key = subscriptions_key(party);
  if (writer.reading().setting(writer.setting().city, key)) {
    writer.transaction().setting(key, "");
  }
}

}  // namespace huan::app
