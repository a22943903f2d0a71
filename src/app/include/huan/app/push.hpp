// SPDX-License-Identifier: Apache-2.0
// Browsers that somebody wants notices in, through the push service that each browser names (Web
// Push, RFC 8030). An address is the browser's own, and so a stranger's: it is taken from the
// services alone that the city's rule lists. What is kept is sealed by a key of the vault.
//
//   HUAN_CHECK(keep_push(parts, {"130100", "r4k…"}, subscription));
//   for (const PushSubscription& one : push_of(*reading, personal, {"130100", "r4k…"})) …
#pragma once

#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/crypto/push_message.hpp"
#include "huan/json/value.hpp"

namespace huan::app {

inline constexpr std::size_t kPushMax = 10;  ///< browsers of one; the oldest makes room

/// Who may carry pushes: names of hosts, `*.` for all below one, or whole origins where it is not
/// https on its usual port.
struct PushRule {
  std::vector<std::string> services{"fcm.googleapis.com", "updates.push.services.mozilla.com",
                                    "*.push.apple.com", "*.notify.windows.com"};
  std::string sender{};  ///< mailto: or https: of who runs the server; some services ask for it
  /// The origin of an address that one of them serves; empty: none does.
  [[nodiscard]] std::string origin_of(std::string_view endpoint) const;
};
/// {"sender":"mailto:…","services":["fcm.googleapis.com"]}. bad_field.
[[nodiscard]] base::Result<PushRule> parse_push_rule(json::Value data);
[[nodiscard]] std::string to_json(const PushRule& rule);
[[nodiscard]] PushRule push_rule(store::RegistryReading& reading, const std::string& city);
[[nodiscard]] base::Result<void> lay_down_push_rule(Recorder& recorder, const std::string& city,
                                                    const PushRule& rule, const Principal& by);

struct PushSubscription {
  std::string endpoint;
  std::string key;   ///< `p256dh` of the browser, base64url
  std::string auth;  ///< likewise
  bool english{false};
  [[nodiscard]] std::string id() const;  ///< 16 hexadecimal digits
};
/// As a browser writes it, with `lang`: {"endpoint","keys":{"auth","p256dh"},"lang"}. bad_field.
[[nodiscard]] base::Result<PushSubscription> parse_push(json::Value data, const PushRule& rule);

/// The server's key that browsers are told; nullopt while the vault is locked.
[[nodiscard]] std::optional<crypto::P256Secret> push_key(const Personal& personal);

/// Who is told: a resident, a driver (party_of_driver()), or a firm whose staff asked for it.
struct PushOwner {
  std::string city;
  std::string party;
};
struct PushParts {
  Recorder& recorder;
  Personal& personal;
};
/// The oldest first.
[[nodiscard]] std::vector<PushSubscription> push_of(store::ServerReading& reading,
                                                    const Personal& personal,
                                                    const PushOwner& owner);
/// The same browser again takes the place of what it said before. vault_locked.
[[nodiscard]] base::Result<void> keep_push(const PushParts& parts, const PushOwner& owner,
                                           const PushSubscription& subscription);
/// False: there is none.
bool drop_push(const PushParts& parts, const PushOwner& owner, const std::string& id);
/// With what they chose to be told, when their personal data is erased.
void forget_push(CityWriter& writer, const std::string& party);

}  // namespace huan::app
