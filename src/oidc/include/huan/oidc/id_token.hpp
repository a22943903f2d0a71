// SPDX-License-Identifier: Apache-2.0
// The signed word of an identity provider on who has logged in (OpenID Connect Core 1.0 §3.1.3.7):
// accepted only when one of the provider's own keys signed it by RS256 or ES256, it was made by
// this issuer for this client and this very login, and has not expired. "none" and shared secrets
// (HS256) are no signatures here.
//
//   HUAN_TRY(identity, verify_id_token(jwt, keys, {issuer, client, nonce, now, "groups"}));
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/oidc/provider.hpp"

namespace huan::oidc {

struct ExpectedToken {
  std::string_view issuer;
  std::string_view client;
  std::string_view nonce;
  base::Instant now;
  std::string_view claim{};  ///< whose values are wanted too; empty: none
};

struct Identity {
  std::string issuer;
  std::string subject;
  std::string name;                 ///< "name", else "preferred_username"; may be empty
  std::vector<std::string> values;  ///< of the claim: a text is one, of an array its texts
};

/// unauthorized at "kid" when none of the keys is the one named (they may have changed), else at
/// what is wrong: "alg", "signature", "iss", "aud", "azp", "exp", "iat", "nonce", "sub", or "" for
/// what is no token at all.
[[nodiscard]] base::Result<Identity> verify_id_token(std::string_view jwt,
                                                     const std::vector<Key>& keys,
                                                     const ExpectedToken& expected);

}  // namespace huan::oidc
