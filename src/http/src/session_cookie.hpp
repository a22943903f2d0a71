// SPDX-License-Identifier: Apache-2.0
// The session's cookie: scripts cannot read it, other sites do not send it.
#pragma once

#include <string>
#include <string_view>

#include "doors.hpp"

namespace huan::http {

/// Set-Cookie's value; an empty secret takes the cookie away.
[[nodiscard]] std::string session_cookie(std::string_view secret, bool secure);
inline constexpr std::string_view kOidcCookie = "huan_oidc";
/// What a login by an identity provider is bound to. Comes along when the browser is sent back
/// here, which is another site's doing, to the doors of such logins alone; an empty text takes it
/// away.
[[nodiscard]] std::string oidc_cookie(std::string_view sealed, bool secure);
inline constexpr std::string_view kOidcTokenCookie = "huan_oidc_token";
/// The sealed ID token of such a login, which comes back when the session ends.
[[nodiscard]] std::string oidc_token_cookie(std::string_view sealed, bool secure);
/// Empty: none.
[[nodiscard]] std::string_view cookie_of(const Request& request, std::string_view name);
/// Of the request's cookie; empty: none.
[[nodiscard]] std::string_view session_secret(const Request& request);
/// forbidden when the browser says that another site asks. Programs say nothing and may go on.
[[nodiscard]] Result<void> from_no_other_site(const Request& request);

}  // namespace huan::http
