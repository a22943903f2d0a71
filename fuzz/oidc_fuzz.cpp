// SPDX-License-Identifier: Apache-2.0
// What identity providers say, and tokens that claim to be theirs: nothing passes that none of the
// keys signed, whatever it looks like; what is read is within its bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/oidc/id_token.hpp"
#include "huan/oidc/provider.hpp"

namespace oidc = huan::oidc;

namespace {

constexpr std::string_view kIssuer = "https://id.cn";

/// The key of RFC 7515, appendix A.3: who made this input does not have its other half.
std::vector<oidc::Key> keys() {
  return {{"e", huan::crypto::P256Key{
                    *oidc::from_base64url("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                    *oidc::from_base64url("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")}}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto known = keys();
  HUAN_ASSERT(
      !oidc::verify_id_token(text, known, {kIssuer, "huan", "N", {1'795'000'000}, "groups"}));
  if (const auto provider = oidc::parse_provider(text, kIssuer)) {
    HUAN_ASSERT(provider->issuer == kIssuer);
    HUAN_ASSERT(oidc::is_safe_address(provider->token_endpoint));
    HUAN_ASSERT(oidc::is_safe_address(provider->jwks_uri));
  }
  if (const auto found = oidc::parse_keys(text)) {
    HUAN_ASSERT(!found->empty() && found->size() <= 50);
    HUAN_ASSERT(!oidc::verify_id_token("e30.e30.AA", *found, {kIssuer, "huan", "N", {0}}));
  }
  return 0;
}
