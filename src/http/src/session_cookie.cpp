// SPDX-License-Identifier: Apache-2.0
#include "session_cookie.hpp"

namespace huan::http {
std::string_view cookie_of(const Request& request, std::string_view name) {
  auto rest = request.headers.value_or("Cookie", "");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    while (pair.starts_with(' ')) {
      pair.remove_prefix(1);
    }
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
  }
  return {};
}

std::string session_cookie(std::string_view secret, bool secure) {
  const auto age = secret.empty() ? 0 : app::kSessionMaxS;
  return std::string(kSessionCookie) + "=" + std::string(secret) +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age) +
         (secure ? "; Secure" : "");
}

std::string oidc_cookie(std::string_view sealed, bool secure) {
  return std::string(kOidcCookie) + "=" + std::string(sealed) +
         "; Path=/api/v1/oidc; HttpOnly; SameSite=Lax; Max-Age=" + (sealed.empty() ? "0" : "600") +
         (secure ? "; Secure" : "");
}

std::string oidc_token_cookie(std::string_view sealed, bool secure) {
  const auto age = sealed.empty() ? 0 : app::kSessionMaxS;
  return std::string(kOidcTokenCookie) + "=" + std::string(sealed) +
         "; Path=/api/v1/session; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age) +
         (secure ? "; Secure" : "");
}

std::string_view session_secret(const Request& request) {
  return cookie_of(request, kSessionCookie);
}

Result<void> from_no_other_site(const Request& request) {
  const auto site = request.headers.value_or("Sec-Fetch-Site", "same-origin");
  bool ours = site == "same-origin" || site == "none";
  if (const auto origin = request.headers.find("Origin")) {
    const auto host = request.headers.value_or("Host", "");
    ours = ours &&
           (*origin == "http://" + std::string(host) || *origin == "https://" + std::string(host));
  }
  if (!ours) {
    return Error{ErrorCode::forbidden, "", "the request comes from another site"};
  }
  return {};
}

}  // namespace huan::http
