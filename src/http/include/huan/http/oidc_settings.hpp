// SPDX-License-Identifier: Apache-2.0
// The identity provider that people may log in by, as the operator names it.
//
//   OidcSettings settings{.issuer = "https://id.example", .client = "huan", …};
#pragma once

#include <map>
#include <string>

#include "huan/app/accounts.hpp"

namespace huan::http {

struct OidcSettings {
  std::string issuer;    ///< as the provider says it, to the letter
  std::string client;    ///< our name there
  std::string secret{};  ///< empty: a public client, by PKCE alone
  std::string redirect;  ///< our own address as registered there, ending in /api/v1/oidc/return
  std::string name{};    ///< on the sign-in page
  std::string ca_file{};
  std::string claim{};  ///< whose values give roles; empty: only linked accounts are let in
  std::map<std::string, app::AccountRequest> mapped{};  ///< by the claim's value
};

}  // namespace huan::http
