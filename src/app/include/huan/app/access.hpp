// SPDX-License-Identifier: Apache-2.0
// Bearer tokens: 32 random bytes, shown once, kept as their SHA-256 only. A token has a role
// (rights by role come later) and may expire. One-time login links are tokens that are exchanged
// once.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/app/city_writer.hpp"
#include "huan/app/recorder.hpp"

namespace huan::app {

struct TokenRequest {
  std::string role{"operator"};
  std::string label;
  std::string scope;            ///< "login": good for one exchange
  std::int64_t valid_for_s{0};  ///< 0: does not expire
};

struct Access {
  Principal principal;
  std::string role;
};

[[nodiscard]] bool is_role(std::string_view role);
/// "huan_" and 43 characters of base64url: the secret, not kept anywhere.
[[nodiscard]] base::Result<std::string> issue_token(Recorder& recorder, base::Clock& clock,
                                                    const TokenRequest& request);
/// unauthorized for a token that is unknown, expired, or only good for an exchange.
[[nodiscard]] base::Result<Access> authenticate(store::Reading& reading, base::Clock& clock,
                                                std::string_view secret);
/// A login token for a session token, once.
[[nodiscard]] base::Result<std::string> exchange_login(Recorder& recorder, base::Clock& clock,
                                                       std::string_view secret);

}  // namespace huan::app
