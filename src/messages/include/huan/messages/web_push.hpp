// SPDX-License-Identifier: Apache-2.0
// Notices to browsers through the push services that they name (RFC 8030): sealed for the browser,
// signed with the server's key. A service that does not answer, or asks to wait, is left alone for
// half a minute, then longer, up to an hour; what is for it waits. No redirects are followed. One
// thread.
#pragma once

#include <map>
#include <string>

#include "huan/app/notifier.hpp"
#include "huan/http_client/client.hpp"

namespace huan::messages {

class WebPush {
 public:
  WebPush(const app::Personal& personal, base::Clock& clock);
  /// gone: 404 or 410, the browser no longer wants any; never: no service of the rule, or it
  /// refuses; later: nobody is there now, or the vault is locked.
  [[nodiscard]] app::Sent put(const app::PushRule& rule, const app::PushSubscription& to,
                              const std::string& text);

 private:
  struct Pause {
    base::Instant until;
    std::int64_t wait_s{0};
  };
  app::Sent deliver(const std::string& origin, const app::PushRule& rule,
                    const app::PushSubscription& to, const std::string& body);

  const app::Personal& personal_;
  base::Clock& clock_;
  http_client::Client client_;
  std::map<std::string, Pause> pauses_;  ///< by origin
};

}  // namespace huan::messages
