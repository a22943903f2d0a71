// SPDX-License-Identifier: Apache-2.0
#include "huan/oidc/id_token.hpp"

#include <algorithm>
#include <optional>

#include "huan/json/document.hpp"

namespace huan::oidc {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kTokenMax = 32U << 10U;
constexpr std::size_t kSubjectMax = 255;
constexpr std::size_t kValuesMax = 200;
constexpr std::int64_t kSkewS = 60;         // clocks differ
constexpr std::int64_t kAgeMaxS = 15 * 60;  // an old token was made for an old login
constexpr json::ParseOptions kClaims{.depth_max = 8,
                                     .allow_fractions = true,
                                     .text_max = kTokenMax,
                                     .string_max = kTokenMax,
                                     .nodes_max = 5'000};

Error wrong_token(std::string_view at, std::string_view why) {
  return Error{ErrorCode::unauthorized, std::string(at), std::string(why)};
}

struct TokenParts {
  std::string_view signed_part;
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
};

std::optional<TokenParts> split_token(std::string_view jwt) {
  const auto first = jwt.find('.');
  const auto second = jwt.find('.', first == std::string_view::npos ? jwt.size() : first + 1);
  if (jwt.size() > kTokenMax || second == std::string_view::npos ||
      jwt.find('.', second + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return TokenParts{jwt.substr(0, second), jwt.substr(0, first),
                    jwt.substr(first + 1, second - first - 1), jwt.substr(second + 1)};
}

Result<json::Document> object_in(std::string_view encoded) {
  const auto text = from_base64url(encoded);
  auto document = text ? json::Document::parse(*text, kClaims)
                       : Result<json::Document>(wrong_token("", "not a token"));
  if (!document || !document->root().is_object()) {
    return wrong_token("", "not a token");
  }
  return document;
}

std::string claim_text(const json::Value& claims, std::string_view name) {
  const auto found = claims.find(name);
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

std::optional<std::int64_t> claim_seconds(const json::Value& claims, std::string_view name) {
  const auto found = claims.find(name);
  return found && found->is_integer() ? std::optional(found->integer()) : std::nullopt;
}

bool key_verifies(const Key& key, std::string_view algorithm, const TokenParts& parts,
                  std::string_view signature) {
  if (const auto* rsa = std::get_if<crypto::RsaKey>(&key.key)) {
    return algorithm == "RS256" && crypto::verifies(*rsa, parts.signed_part, signature);
  }
  return algorithm == "ES256" &&
         crypto::verifies(std::get<crypto::P256Key>(key.key), parts.signed_part, signature);
}

Result<void> check_signature(const TokenParts& parts, const std::vector<Key>& keys) {
  HUAN_TRY(header, object_in(parts.header));
  const auto algorithm = claim_text(header.root(), "alg");
  if ((algorithm != "RS256" && algorithm != "ES256") || header.root().find("crit")) {
    return wrong_token("alg", "RS256 or ES256");
  }
  const auto id = claim_text(header.root(), "kid");
  const auto named = [&](const Key& key) { return id.empty() || key.id == id; };
  if (std::none_of(keys.begin(), keys.end(), named)) {
    return wrong_token("kid", "no such key");
  }
  const auto signature = from_base64url(parts.signature);
  const bool good = signature && std::any_of(keys.begin(), keys.end(), [&](const Key& key) {
                      return named(key) && key_verifies(key, algorithm, parts, *signature);
                    });
  return good ? Result<void>() : wrong_token("signature", "not the provider's");
}

/// For us, and for others only if we are the one that it was made for.
Result<void> check_audience(const json::Value& claims, std::string_view client) {
  const auto audience = claims.find("aud");
  std::size_t others = 0;
  bool ours = audience && audience->is_string() && audience->string() == client;
  if (audience && audience->is_array()) {
    for (const auto& one : audience->elements()) {
      const bool here = one.is_string() && one.string() == client;
      ours = ours || here;
      others += here ? 0 : 1;
    }
  }
  if (!ours) {
    return wrong_token("aud", "made for somebody else");
  }
  const auto party = claims.find("azp");
  const bool party_ours = party && party->is_string() && party->string() == client;
  if ((party && !party_ours) || (others > 0 && !party_ours)) {
    return wrong_token("azp", "made for somebody else");
  }
  return {};
}

Result<void> check_times(const json::Value& claims, base::Instant now) {
  const auto until = claim_seconds(claims, "exp");
  const auto made = claim_seconds(claims, "iat");
  if (!until || *until + kSkewS <= now.s) {
    return wrong_token("exp", "has expired");
  }
  if (!made || *made > now.s + kSkewS || *made + kAgeMaxS < now.s) {
    return wrong_token("iat", "not made just now");
  }
  const auto from = claims.find("nbf");
  if (from && (!from->is_integer() || from->integer() > now.s + kSkewS)) {
    return wrong_token("nbf", "not good yet");
  }
  return {};
}

std::vector<std::string> values_of(const json::Value& claims, std::string_view name) {
  std::vector<std::string> values;
  const auto found = name.empty() ? std::nullopt : claims.find(name);
  if (found && found->is_string()) {
    values.emplace_back(found->string());
  }
  if (found && found->is_array()) {
    for (const auto& one : found->elements()) {
      if (one.is_string() && values.size() < kValuesMax) {
        values.emplace_back(one.string());
      }
    }
  }
  return values;
}

}  // namespace

Result<Identity> verify_id_token(std::string_view jwt, const std::vector<Key>& keys,
                                 const ExpectedToken& expected) {
  const auto parts = split_token(jwt);
  if (!parts) {
    return wrong_token("", "not a token");
  }
  HUAN_CHECK(check_signature(*parts, keys));
  HUAN_TRY(document, object_in(parts->payload));
  const auto claims = document.root();
  if (claim_text(claims, "iss") != expected.issuer) {
    return wrong_token("iss", "another issuer's");
  }
  HUAN_CHECK(check_audience(claims, expected.client));
  HUAN_CHECK(check_times(claims, expected.now));
  if (expected.nonce.empty() || claim_text(claims, "nonce") != expected.nonce) {
    return wrong_token("nonce", "of another login");
  }
  Identity identity{std::string(expected.issuer), claim_text(claims, "sub"),
                    claim_text(claims, "name"), values_of(claims, expected.claim)};
  if (identity.subject.empty() || identity.subject.size() > kSubjectMax) {
    return wrong_token("sub", "nobody");
  }
  if (identity.name.empty()) {
    identity.name = claim_text(claims, "preferred_username");
  }
  return identity;
}

}  // namespace huan::oidc
