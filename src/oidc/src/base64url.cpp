// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/base64url.hpp"

#include "huan/oidc/provider.hpp"

namespace huan::oidc {

std::optional<std::string> from_base64url(std::string_view text) {
  return crypto::from_base64url(text);
}

std::string base64url(std::string_view bytes) { return crypto::base64url(bytes); }

}  // namespace huan::oidc
