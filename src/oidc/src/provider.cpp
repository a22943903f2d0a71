// SPDX-License-Identifier: Apache-2.0
#include "huan/oidc/provider.hpp"

#include <optional>

#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"

namespace huan::oidc {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr json::ParseOptions kOutside{.depth_max = 8,
                                      .allow_fractions = true,
                                      .text_max = 256U << 10U,
                                      .string_max = 16U << 10U,
                                      .nodes_max = 10'000};
constexpr std::size_t kKeysMax = 50;

std::string text_of(const json::Value& object, std::string_view name) {
  const auto found = object.find(name);
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

/// Nothing said, or one of these words.
bool says(const json::Value& object, std::string_view name, std::string_view word) {
  const auto text = text_of(object, name);
  return text.empty() || text == word;
}

std::optional<Key> parse_key(const json::Value& value) {
  if (!value.is_object() || !says(value, "use", "sig")) {
    return std::nullopt;
  }
  const auto number = [&](std::string_view name) {
    return from_base64url(text_of(value, name)).value_or("");
  };
  const auto kind = text_of(value, "kty");
  if (kind == "RSA" && says(value, "alg", "RS256")) {
    crypto::RsaKey key{number("n"), number("e")};
    return key.modulus.empty() || key.exponent.empty()
               ? std::nullopt
               : std::optional(Key{text_of(value, "kid"), std::move(key)});
  }
  if (kind == "EC" && says(value, "alg", "ES256") && text_of(value, "crv") == "P-256") {
    crypto::P256Key key{number("x"), number("y")};
    return key.x.empty() || key.y.empty()
               ? std::nullopt
               : std::optional(Key{text_of(value, "kid"), std::move(key)});
  }
  return std::nullopt;
}

std::string with_query(
    std::string url,
    std::initializer_list<std::pair<std::string_view, std::string_view>> parameters) {
  char separator = url.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : parameters) {
    url += separator + std::string(name) + "=" + base::percent_encode(value);
    separator = '&';
  }
  return url;
}

}  // namespace

bool is_safe_address(std::string_view url) {
  if (url.find_first_of(" \t\r\n\\") != std::string_view::npos) {
    return false;
  }
  const auto rest_after = [&](std::string_view scheme) {
    return url.starts_with(scheme) ? url.substr(scheme.size()) : std::string_view();
  };
  const auto secure = rest_after("https://");
  const auto plain = rest_after("http://");
  const auto rest = secure.empty() ? plain : secure;
  const auto host = rest.substr(0, rest.find_first_of("/?#"));
  if (host.empty() || host.find('@') != std::string_view::npos) {
    return false;
  }
  const auto name = host.substr(0, host.find(':'));
  return !secure.empty() || name == "127.0.0.1" || name == "localhost" || host.starts_with("[::1]");
}

std::string discovery_url(std::string_view issuer) {
  std::string url(issuer);
  if (url.ends_with('/')) {
    url.pop_back();
  }
  return url + "/.well-known/openid-configuration";
}

Result<Provider> parse_provider(std::string_view text, std::string_view issuer) {
  HUAN_TRY(document, json::Document::parse(text, kOutside));
  const auto root = document.root();
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "an object"};
  }
  Provider provider{text_of(root, "issuer"), text_of(root, "authorization_endpoint"),
                    text_of(root, "token_endpoint"), text_of(root, "jwks_uri"),
                    text_of(root, "end_session_endpoint")};
  if (provider.issuer != issuer) {
    return Error{ErrorCode::bad_field, "/issuer", "the document is another issuer's"};
  }
  for (const auto& [name, url] :
       {std::pair{"/authorization_endpoint", &provider.authorization_endpoint},
        std::pair{"/token_endpoint", &provider.token_endpoint},
        std::pair{"/jwks_uri", &provider.jwks_uri}}) {
    if (!is_safe_address(*url)) {
      return Error{ErrorCode::bad_field, name, "https, or http to this machine"};
    }
  }
  if (!is_safe_address(provider.end_session_endpoint)) {
    provider.end_session_endpoint.clear();  // people log in all the same
  }
  return provider;
}

Result<std::vector<Key>> parse_keys(std::string_view text) {
  HUAN_TRY(document, json::Document::parse(text, kOutside));
  const auto root = document.root();
  const auto list = root.is_object() ? root.find("keys") : std::nullopt;
  std::vector<Key> keys;
  if (list && list->is_array()) {
    for (const auto& value : list->elements()) {
      if (auto key = keys.size() < kKeysMax ? parse_key(value) : std::nullopt) {
        keys.push_back(std::move(*key));
      }
    }
  }
  if (keys.empty()) {
    return Error{ErrorCode::bad_field, "/keys", "none for RS256 or ES256"};
  }
  return keys;
}

std::string authorization_url(const Provider& provider, const LoginBinding& binding) {
  const auto challenge = base64url(crypto::bytes(crypto::sha256(binding.verifier)));
  return with_query(provider.authorization_endpoint, {{"response_type", "code"},
                                                      {"scope", "openid profile"},
                                                      {"client_id", binding.client},
                                                      {"redirect_uri", binding.redirect},
                                                      {"state", binding.state},
                                                      {"nonce", binding.nonce},
                                                      {"code_challenge", challenge},
                                                      {"code_challenge_method", "S256"}});
}

std::string logout_url(const Provider& provider, std::string_view client, std::string_view back,
                       std::string_view hint) {
  auto url = with_query(provider.end_session_endpoint,
                        {{"client_id", client}, {"post_logout_redirect_uri", back}});
  return hint.empty() ? url : with_query(std::move(url), {{"id_token_hint", hint}});
}

}  // namespace huan::oidc
