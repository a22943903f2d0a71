// SPDX-License-Identifier: Apache-2.0
// What an identity provider (单位统一认证) says of itself: where to send people, where to exchange
// codes, and the keys that it signs with (OpenID Connect Discovery 1.0, RFC 7517). Read as what it
// is, something from outside: sizes bounded, other keys than we can check left out, no address but
// https, or http to this machine.
//
//   HUAN_TRY(provider, parse_provider(text, "https://id.example"));
//   HUAN_TRY(keys, parse_keys(jwks));
//   const auto address = authorization_url(provider, {client, redirect, state, nonce, verifier});
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/crypto/public_signature.hpp"

namespace huan::oidc {

struct Provider {
  std::string issuer;
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string jwks_uri;
  std::string end_session_endpoint{};  ///< RP-Initiated Logout 1.0; empty: it has none
};

struct Key {
  std::string id;  ///< "kid"; may be empty
  std::variant<crypto::RsaKey, crypto::P256Key> key;
};

/// What one login is bound to: an answer to another one is of no use.
struct LoginBinding {
  std::string client;
  std::string redirect;
  std::string state;
  std::string nonce;
  std::string verifier;  ///< of PKCE (RFC 7636), S256
};

/// https, or http to a loopback address.
[[nodiscard]] bool is_safe_address(std::string_view url);
/// Where `issuer` describes itself.
[[nodiscard]] std::string discovery_url(std::string_view issuer);
/// bad_json, too_large; bad_field: the document of another issuer, or an address that is not safe.
[[nodiscard]] base::Result<Provider> parse_provider(std::string_view text, std::string_view issuer);
/// Those for RS256 and ES256, at most 50. bad_json, too_large; bad_field when there is none.
[[nodiscard]] base::Result<std::vector<Key>> parse_keys(std::string_view text);
/// Where the browser goes.
[[nodiscard]] std::string authorization_url(const Provider& provider, const LoginBinding& binding);
/// Where the browser goes to end what it has with the provider too; `hint` is the ID token of the
/// login, or empty. Only of a provider that has such an address.
[[nodiscard]] std::string logout_url(const Provider& provider, std::string_view client,
                                     std::string_view back, std::string_view hint);
/// RFC 4648 §5 without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
/// nullopt for anything else.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace huan::oidc
