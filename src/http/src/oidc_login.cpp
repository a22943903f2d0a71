// SPDX-License-Identifier: Apache-2.0
#include "oidc_login.hpp"

#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/crypto/random.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/http_client/client.hpp"
#include "huan/json/document.hpp"
#include "session_cookie.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kLoginTakesS = 600;
constexpr std::chrono::minutes kProviderKnown{10};
constexpr std::size_t kDrawnBytes = 32;
constexpr std::size_t kUsedMax = 10'000;
constexpr std::size_t kAnswerMax = 256U << 10U;
constexpr std::size_t kCodeMax = 4'096;
constexpr std::string_view kSealContext = "oidc login 1";
constexpr std::string_view kReturnPath = "/api/v1/oidc/return";
constexpr std::string_view kTokenContext = "oidc id token 1";
constexpr std::size_t kCookieMax = 3'500;  // browsers keep 4 KiB a cookie

Error refused_login(std::string_view at, std::string_view why) {
  return Error{ErrorCode::unauthorized, std::string(at), std::string(why)};
}

std::string drawn() { return oidc::base64url(crypto::random_bytes(kDrawnBytes)); }

http_client::Client client_of(const OidcSettings& settings) {
  return http_client::Client({.connect = std::chrono::seconds(3),
                              .total = std::chrono::seconds(8),
                              .body_max = kAnswerMax,
                              .ca_file = settings.ca_file});
}

Result<std::string> fetched(http_client::Client& client, const std::string& url) {
  HUAN_TRY(reply, client.send({.method = "GET", .url = url}));
  if (reply.status != 200) {
    return Error{ErrorCode::unreachable, url, "status " + std::to_string(reply.status)};
  }
  return std::move(reply.body);
}

/// application/x-www-form-urlencoded, as RFC 6749 §2.3.1 wants name and secret written too.
std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + std::string(name) + "=" + base::percent_encode(value);
  }
  return text;
}

/// Three words that hold no space.
std::optional<std::array<std::string, 3>> three_words(std::string_view text) {
  const auto first = text.find(' ');
  const auto second =
      first == std::string_view::npos ? std::string_view::npos : text.find(' ', first + 1);
  if (second == std::string_view::npos) {
    return std::nullopt;
  }
  return std::array{std::string(text.substr(0, first)),
                    std::string(text.substr(first + 1, second - first - 1)),
                    std::string(text.substr(second + 1))};
}

}  // namespace

Result<OidcLogin::Known> OidcLogin::known(bool afresh) {
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (known_ && known_->until > now && !afresh) {
      return *known_;
    }
  }
  auto client = client_of(settings_);
  HUAN_TRY(document, fetched(client, oidc::discovery_url(settings_.issuer)));
  HUAN_TRY(provider, oidc::parse_provider(document, settings_.issuer));
  HUAN_TRY(jwks, fetched(client, provider.jwks_uri));
  HUAN_TRY(keys, oidc::parse_keys(jwks));
  const std::lock_guard lock(mutex_);
  known_ = Known{std::move(provider), std::move(keys), now + kProviderKnown};
  return *known_;
}

Result<OidcLogin::Begun> OidcLogin::begin() {
  if (!turns_.try_acquire_for(std::chrono::seconds(2))) {
    return Error{ErrorCode::overloaded, "", "many log in at once"};
  }
  const auto found = known(false);
  turns_.release();
  if (!found) {
    return found.error();
  }
  const Bound bound{drawn(), drawn(), drawn()};
  const auto plain = std::to_string(clock_.now().s + kLoginTakesS) + " " + bound.state + " " +
                     bound.nonce + "." + bound.verifier;
  return Begun{oidc::authorization_url(found->provider, {settings_.client, settings_.redirect,
                                                         bound.state, bound.nonce, bound.verifier}),
               oidc::base64url(crypto::seal(key_, plain, kSealContext))};
}

std::optional<OidcLogin::Bound> OidcLogin::opened(std::string_view cookie) const {
  const auto sealed = oidc::from_base64url(cookie);
  const auto plain = sealed ? crypto::open(key_, *sealed, kSealContext) : std::nullopt;
  const auto words = plain ? three_words(*plain) : std::nullopt;
  if (!words) {
    return std::nullopt;
  }
  const auto until = base::parse_integer((*words)[0]);
  const auto dot = (*words)[2].find('.');
  if (!until || *until <= clock_.now().s || dot == std::string::npos) {
    return std::nullopt;
  }
  return Bound{(*words)[1], (*words)[2].substr(0, dot), (*words)[2].substr(dot + 1)};
}

bool OidcLogin::first_use(const std::string& state) {
  const auto now = clock_.now().s;
  const std::lock_guard lock(mutex_);
  std::erase_if(used_, [&](const auto& one) { return one.second <= now; });
  return used_.size() < kUsedMax && used_.emplace(state, now + kLoginTakesS).second;
}

Result<std::string> OidcLogin::exchange(const oidc::Provider& provider, const Bound& bound,
                                        std::string_view code) const {
  auto client = client_of(settings_);
  http_client::Fields headers{{"Content-Type", "application/x-www-form-urlencoded"},
                              {"Accept", "application/json"}};
  auto body = form({{"grant_type", "authorization_code"},
                    {"code", code},
                    {"redirect_uri", settings_.redirect},
                    {"code_verifier", bound.verifier}});
  if (settings_.secret.empty()) {
    body += "&" + form({{"client_id", settings_.client}});
  } else {
    headers.emplace_back("Authorization",
                         "Basic " + base::base64(base::percent_encode(settings_.client) + ":" +
                                                 base::percent_encode(settings_.secret)));
  }
  HUAN_TRY(reply, client.send({.method = "POST",
                               .url = provider.token_endpoint,
                               .headers = std::move(headers),
                               .body = body}));
  if (reply.status != 200) {
    return refused_login("code", "the provider does not take it");
  }
  auto document = json::Document::parse(reply.body, {.allow_fractions = true});
  const auto token =
      document && document->root().is_object() ? document->root().find("id_token") : std::nullopt;
  if (!token || !token->is_string()) {
    return refused_login("id_token", "the provider gave none");
  }
  return std::string(token->string());
}

Result<OidcLogin::Entered> OidcLogin::finish(const Request& request) {
  const auto bound = opened(cookie_of(request, kOidcCookie));
  const auto state = request.query_value("state").value_or("");
  if (!bound || !crypto::equal_in_constant_time(bound->state, state)) {
    return refused_login("state", "not the answer to a login that this browser began");
  }
  if (!first_use(bound->state)) {
    return refused_login("state", "this login has come back before");
  }
  // RFC 9207: an answer that another provider made must not be taken to ours.
  const auto issuer = request.query_value("iss").value_or(settings_.issuer);
  const auto code = request.query_value("code").value_or("");
  if (issuer != settings_.issuer) {
    return refused_login("iss", "another issuer's");
  }
  if (code.empty() || code.size() > kCodeMax) {
    return refused_login("code", "the provider gave none");
  }
  if (!turns_.try_acquire_for(std::chrono::seconds(2))) {
    return Error{ErrorCode::overloaded, "", "many log in at once"};
  }
  auto entered = [&]() -> Result<Entered> {
    HUAN_TRY(provider, known(false));
    HUAN_TRY(token, exchange(provider.provider, *bound, code));
    const oidc::ExpectedToken expected{settings_.issuer, settings_.client, bound->nonce,
                                       clock_.now(), settings_.claim};
    auto found = oidc::verify_id_token(token, provider.keys, expected);
    if (!found && found.error().at == "kid") {
      HUAN_TRY(fresh, known(true));  // they sign with another key since
      found = oidc::verify_id_token(token, fresh.keys, expected);
    }
    if (!found) {
      return found.error();
    }
    return Entered{std::move(*found), std::move(token)};
  }();
  turns_.release();
  return entered;
}

std::string OidcLogin::sealed_token(std::string_view token) const {
  auto sealed = oidc::base64url(crypto::seal(key_, token, kTokenContext));
  return sealed.size() <= kCookieMax ? sealed
                                     : oidc::base64url(crypto::seal(key_, "", kTokenContext));
}

std::optional<std::string> OidcLogin::logout_address(std::string_view sealed) {
  if (sealed.empty() || !turns_.try_acquire_for(std::chrono::seconds(2))) {
    return std::nullopt;
  }
  const auto found = known(false);
  turns_.release();
  if (!found || found->provider.end_session_endpoint.empty()) {
    return std::nullopt;
  }
  // Of before the last start it cannot be opened: the provider then asks whether they mean it.
  const auto bytes = oidc::from_base64url(sealed);
  const auto hint = bytes ? crypto::open(key_, *bytes, kTokenContext) : std::nullopt;
  auto back = settings_.redirect;
  back.resize(back.size() - std::min(back.size(), kReturnPath.size()));
  return oidc::logout_url(found->provider, settings_.client, back + "/", hint.value_or(""));
}

std::optional<app::AccountRequest> OidcLogin::mapped(const oidc::Identity& identity) const {
  for (const auto& [value, request] : settings_.mapped) {
    for (const auto& held : identity.values) {
      if (held == value) {
        return request;
      }
    }
  }
  return std::nullopt;
}

}  // namespace huan::http
