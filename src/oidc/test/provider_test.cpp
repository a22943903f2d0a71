// SPDX-License-Identifier: Apache-2.0
#include "huan/oidc/provider.hpp"

#include <gtest/gtest.h>

namespace huan::oidc {
namespace {

constexpr const char* kDocument =
    R"({"issuer":"https://id.cn","authorization_endpoint":"https://id.cn/auth?x=1",)"
    R"("token_endpoint":"https://id.cn/token","jwks_uri":"https://id.cn/jwks","more":[1.5]})";

TEST(Provider, SaysWhereItsDoorsAre) {
  const auto provider = parse_provider(kDocument, "https://id.cn");
  ASSERT_TRUE(provider);
  EXPECT_EQ(provider->token_endpoint, "https://id.cn/token");
  EXPECT_EQ(provider->end_session_endpoint, "");
  EXPECT_EQ(discovery_url("https://id.cn"), "https://id.cn/.well-known/openid-configuration");
  EXPECT_EQ(discovery_url("https://id.cn/t/"), "https://id.cn/t/.well-known/openid-configuration");
  EXPECT_EQ(parse_provider(kDocument, "https://other.cn").error().at, "/issuer");
  EXPECT_FALSE(parse_provider("[]", "https://id.cn"));
  EXPECT_FALSE(parse_provider("{", "https://id.cn"));
  std::string plain = kDocument;
  plain.replace(plain.find("https://id.cn/token"), 19, "http://id.cn/token");
  EXPECT_EQ(parse_provider(plain, "https://id.cn").error().at, "/token_endpoint");
}

TEST(Provider, OnlyHttpsOrThisMachine) {
  for (const char* good : {"https://id.cn", "https://id.cn:8443/x", "http://127.0.0.1:9/",
                           "http://[::1]:9", "http://localhost/a?b=c"}) {
    EXPECT_TRUE(is_safe_address(good)) << good;
  }
  for (const char* bad :
       {"", "https://", "http://id.cn", "http://127.0.0.1.evil.cn/", "http://localhost@evil.cn/",
        "https://id.cn@evil.cn", "ftp://id.cn", "file:///etc/passwd", "https://a b", "//id.cn",
        "http://127.0.0.1\\@evil.cn"}) {
    EXPECT_FALSE(is_safe_address(bad)) << bad;
  }
}

TEST(Provider, ALoginIsBoundToItsOwnSecrets) {
  const auto provider = parse_provider(kDocument, "https://id.cn");
  const auto url = authorization_url(*provider, {"huan", "https://huan.cn/back?a=1&b", "S", "N",
                                                 "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"});
  EXPECT_TRUE(url.starts_with("https://id.cn/auth?x=1&response_type=code&")) << url;
  EXPECT_NE(url.find("&redirect_uri=https%3A%2F%2Fhuan.cn%2Fback%3Fa%3D1%26b&"), std::string::npos)
      << url;
  // RFC 7636, appendix B.
  EXPECT_NE(url.find("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"),
            std::string::npos)
      << url;
  EXPECT_EQ(url.find("dBjftJ"), std::string::npos) << "the verifier stays here";
}

TEST(Keys, OfOtherKindsAreLeftOut) {
  const auto keys = parse_keys(
      R"({"keys":[{"kty":"oct","k":"AAAA"},{"kty":"RSA","n":"AQAB","e":"AQAB","use":"enc"},)"
      R"({"kty":"RSA","n":"AQAB","e":"AQAB","alg":"RS512"},{"kty":"EC","crv":"P-384","x":"AA","y":"AA"},)"
      R"({"kty":"EC","crv":"P-256","x":"AA","y":"AQ","kid":"e"},{"kty":"RSA","n":"AQAB","e":"AQ","kid":"r"},)"
      R"({"kty":"RSA","n":"A+==","e":"AQ"},7,{"kty":"RSA"}]})");
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys->size(), 2U);
  EXPECT_EQ((*keys)[0].id, "e");
  EXPECT_EQ((*keys)[1].id, "r");
  EXPECT_EQ(std::get<crypto::RsaKey>((*keys)[1].key).modulus, std::string("\x01\x00\x01", 3));
  EXPECT_FALSE(parse_keys(R"({"keys":[]})"));
  EXPECT_FALSE(parse_keys(R"({"keys":{}})"));
  EXPECT_FALSE(parse_keys("7"));
}

}  // namespace
}  // namespace huan::oidc
