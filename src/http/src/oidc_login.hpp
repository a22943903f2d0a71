// SPDX-License-Identifier: Apache-2.0
// Logging in by an identity provider: authorization code with PKCE, state and nonce. What a login
// is bound to lies sealed in a cookie of the browser that began it, so that the server keeps
// nothing of those who only begin, and an answer to somebody else's login is of no use here.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/http/oidc_settings.hpp"
#include "huan/http_server/message.hpp"
#include "huan/oidc/id_token.hpp"
#include "huan/oidc/provider.hpp"

namespace huan::http {

class OidcLogin {
 public:
  OidcLogin(OidcSettings settings, base::Clock& clock)
      : settings_(std::move(settings)), clock_(clock) {}

  struct Begun {
    std::string address;  ///< of the provider's page
    std::string cookie;   ///< what the login is bound to, sealed
  };
  /// unreachable, bad_field: what the provider says of itself cannot be used.
  [[nodiscard]] base::Result<Begun> begin();
  struct Entered {
    oidc::Identity identity;
    std::string token;  ///< the ID token, for logging out
  };
  /// Who came back. unauthorized at what is wrong; unreachable.
  [[nodiscard]] base::Result<Entered> finish(const http_server::Request& request);
  /// The ID token sealed, for the browser to keep until it logs out.
  [[nodiscard]] std::string sealed_token(std::string_view token) const;
  /// Where a browser that keeps this goes to log out there too; nullopt: nowhere, since it did not
  /// come in by the provider, or that has no such address or does not answer now.
  [[nodiscard]] std::optional<std::string> logout_address(std::string_view sealed);
  /// What the claim's values give: of several the first in order.
  [[nodiscard]] std::optional<app::AccountRequest> mapped(const oidc::Identity& identity) const;
  [[nodiscard]] const OidcSettings& settings() const { return settings_; }

 private:
  struct Known {
    oidc::Provider provider;
    std::vector<oidc::Key> keys;
    std::chrono::steady_clock::time_point until;
  };
  struct Bound {
    std::string state;
    std::string nonce;
    std::string verifier;
  };
  [[nodiscard]] base::Result<Known> known(bool afresh);
  [[nodiscard]] std::optional<Bound> opened(std::string_view cookie) const;
  [[nodiscard]] base::Result<std::string> exchange(const oidc::Provider& provider,
                                                   const Bound& bound, std::string_view code) const;
  [[nodiscard]] bool first_use(const std::string& state);

  OidcSettings settings_;
  base::Clock& clock_;
  crypto::Key key_{crypto::Key::generate()};  // logins that have begun end with the process
  std::counting_semaphore<2> turns_{2};       // each waits for the provider
  std::mutex mutex_;
  std::optional<Known> known_;
  std::map<std::string, std::int64_t> used_;  // states of logins that came back, until when
};

}  // namespace huan::http
