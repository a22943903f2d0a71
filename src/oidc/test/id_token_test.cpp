// SPDX-License-Identifier: Apache-2.0
// Tokens signed here by OpenSSL with keys made here: good ones, and every way of forging one.
#include "huan/oidc/id_token.hpp"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>
#include <memory>

#include "huan/crypto/digest.hpp"

namespace huan::oidc {
namespace {

struct FreePkey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Pkey = std::unique_ptr<EVP_PKEY, FreePkey>;

std::string number_of(const EVP_PKEY* key, const char* name, std::size_t size = 0) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  std::string bytes(std::max<std::size_t>(size, static_cast<std::size_t>(BN_num_bytes(number))), 0);
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
               static_cast<int>(bytes.size()));
  BN_free(number);
  return bytes;
}

std::string sign(EVP_PKEY* key, const std::string& message) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key);
  std::string signature(1'024, 0);
  std::size_t size = signature.size();
  EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size,
                 reinterpret_cast<const unsigned char*>(message.data()), message.size());
  EVP_MD_CTX_free(context);
  signature.resize(size);
  return signature;
}

/// DER as r and s.
std::string pair_of(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* both = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  std::string pair(64, 0);
  auto* out = reinterpret_cast<unsigned char*>(pair.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(both), out, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(both), out + 32, 32);
  ECDSA_SIG_free(both);
  return pair;
}

constexpr std::int64_t kNow = 1'795'000'000;
const std::string kGood =
    R"({"iss":"https://id.cn","aud":"huan","sub":"u-1","nonce":"N","exp":1795000300,)"
    R"("iat":1795000000,"name":"王","groups":["a","b",7]})";

class IdToken : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    rsa_pair.reset(EVP_RSA_gen(2'048));
    ec_pair.reset(EVP_EC_gen("P-256"));
  }
  static void TearDownTestSuite() {
    rsa_pair.reset();
    ec_pair.reset();
  }
  static std::vector<Key> keys() {
    return {{"r", crypto::RsaKey{number_of(rsa_pair.get(), OSSL_PKEY_PARAM_RSA_N),
                                 number_of(rsa_pair.get(), OSSL_PKEY_PARAM_RSA_E)}},
            {"e", crypto::P256Key{number_of(ec_pair.get(), OSSL_PKEY_PARAM_EC_PUB_X, 32),
                                  number_of(ec_pair.get(), OSSL_PKEY_PARAM_EC_PUB_Y, 32)}}};
  }
  static std::string parts(const std::string& header, const std::string& claims) {
    return base64url(header) + "." + base64url(claims);
  }
  static std::string by_rsa(const std::string& claims,
                            const std::string& header = R"({"alg":"RS256","kid":"r"})") {
    const auto text = parts(header, claims);
    return text + "." + base64url(sign(rsa_pair.get(), text));
  }
  static std::string by_ec(const std::string& claims,
                           const std::string& header = R"({"alg":"ES256","kid":"e"})") {
    const auto text = parts(header, claims);
    return text + "." + base64url(pair_of(sign(ec_pair.get(), text)));
  }
  /// "good", or where it is wrong.
  static std::string verdict(const std::string& jwt, std::string_view nonce = "N") {
    const auto found =
        verify_id_token(jwt, keys(), {"https://id.cn", "huan", nonce, {kNow}, "groups"});
    return found ? "good" : found.error().at;
  }
  static std::string changed(const std::string& from, const std::string& to) {
    auto text = kGood;
    EXPECT_NE(text.find(from), std::string::npos);
    text.replace(text.find(from), from.size(), to);
    return by_rsa(text);
  }

  static inline Pkey rsa_pair;
  static inline Pkey ec_pair;
};

TEST_F(IdToken, OfTheProviderForThisLoginIsAccepted) {
  EXPECT_EQ(verdict(by_rsa(kGood)), "good");
  EXPECT_EQ(verdict(by_ec(kGood)), "good");
  EXPECT_EQ(verdict(by_rsa(kGood, R"({"alg":"RS256"})")), "good") << "no key is named";
  const auto found =
      verify_id_token(by_ec(kGood), keys(), {"https://id.cn", "huan", "N", {kNow}, "groups"});
  EXPECT_EQ(found->subject, "u-1");
  EXPECT_EQ(found->name, "王");
  EXPECT_EQ(found->values, (std::vector<std::string>{"a", "b"}));
}

TEST_F(IdToken, UnsignedOnesAreNone) {
  const auto text = parts(R"({"alg":"none"})", kGood);
  EXPECT_EQ(verdict(text + "."), "alg");
  EXPECT_EQ(verdict(parts(R"({"alg":"None","kid":"r"})", kGood) + "."), "alg");
  EXPECT_EQ(verdict(parts(R"({"alg":"RS256","kid":"r"})", kGood) + "."), "signature");
}

TEST_F(IdToken, APublicKeyIsNoSharedSecret) {
  const auto text = parts(R"({"alg":"HS256","kid":"r"})", kGood);
  const auto all = keys();
  const auto& rsa = std::get<crypto::RsaKey>(all.front().key);
  const auto mac = crypto::hmac_sha256(rsa.modulus, text);
  EXPECT_EQ(verdict(text + "." + base64url(crypto::bytes(mac))), "alg");
}

TEST_F(IdToken, AKeyServesItsOwnAlgorithm) {
  EXPECT_EQ(verdict(by_rsa(kGood, R"({"alg":"ES256","kid":"r"})")), "signature");
  EXPECT_EQ(verdict(by_ec(kGood, R"({"alg":"RS256","kid":"e"})")), "signature");
  EXPECT_EQ(verdict(by_rsa(kGood, R"({"alg":"RS256","kid":"gone"})")), "kid");
  EXPECT_EQ(verdict(by_rsa(kGood, R"({"alg":"RS256","kid":"r","crit":["x"]})")), "alg");
}

TEST_F(IdToken, WhatWasChangedIsRefused) {
  auto jwt = by_rsa(kGood);
  const auto other = by_rsa(R"({"sub":"root"})");
  const auto first = jwt.find('.');
  const auto payload = other.substr(other.find('.'), other.rfind('.') - other.find('.'));
  EXPECT_EQ(verdict(jwt.substr(0, first) + payload + jwt.substr(jwt.rfind('.'))), "signature");
  EXPECT_EQ(verdict(jwt + "A"), "signature");
  const Pkey stranger(EVP_EC_gen("P-256"));
  const auto text = parts(R"({"alg":"ES256","kid":"e"})", kGood);
  EXPECT_EQ(verdict(text + "." + base64url(pair_of(sign(stranger.get(), text)))), "signature");
  EXPECT_EQ(verdict(text + "." + base64url(std::string(64, 0))), "signature");
  EXPECT_EQ(verdict(text + "." + base64url(sign(ec_pair.get(), text))), "signature") << "DER";
}

TEST_F(IdToken, ClaimsAreHeldToThisLogin) {
  EXPECT_EQ(verdict(by_rsa(kGood), "M"), "nonce");
  EXPECT_EQ(verdict(by_rsa(kGood), ""), "nonce");
  EXPECT_EQ(verdict(changed(R"("nonce":"N",)", "")), "nonce");
  EXPECT_EQ(verdict(changed("https://id.cn", "https://id2.cn")), "iss");
  EXPECT_EQ(verdict(changed("https://id.cn", "https://id.cn/")), "iss");
  EXPECT_EQ(verdict(changed(R"("aud":"huan")", R"("aud":"other")")), "aud");
  EXPECT_EQ(verdict(changed(R"("aud":"huan")", R"("aud":["other"])")), "aud");
  EXPECT_EQ(verdict(changed(R"("aud":"huan")", R"("aud":["huan"])")), "good");
  EXPECT_EQ(verdict(changed(R"("aud":"huan")", R"("aud":["huan","other"])")), "azp");
  EXPECT_EQ(verdict(changed(R"("aud":"huan")", R"("aud":["huan","other"],"azp":"huan")")), "good");
  EXPECT_EQ(verdict(changed(R"("aud":"huan")", R"("aud":"huan","azp":"other")")), "azp");
  EXPECT_EQ(verdict(changed(R"("sub":"u-1")", R"("sub":"")")), "sub");
  EXPECT_EQ(verdict(changed(R"("sub":"u-1")", R"("sub":7)")), "sub");
}

TEST_F(IdToken, TimesAreHeldWithAMinuteOfSkew) {
  EXPECT_EQ(verdict(changed("1795000300", "1794999941")), "good");
  EXPECT_EQ(verdict(changed("1795000300", "1794999940")), "exp");
  EXPECT_EQ(verdict(changed("1795000300", "\"1795000300\"")), "exp");
  EXPECT_EQ(verdict(changed("\"iat\":1795000000", "\"iat\":1795000061")), "iat");
  EXPECT_EQ(verdict(changed("\"iat\":1795000000", "\"iat\":1794999099")), "iat");
  EXPECT_EQ(verdict(changed("\"iat\":1795000000", "\"nbf\":1795000061,\"iat\":1795000000")), "nbf");
}

TEST_F(IdToken, RubbishIsNoToken) {
  for (const std::string bad : {"", ".", "..", "a.b.c", "a.b.c.d", "!!.e30.AA", "bnVsbA.e30.AA"}) {
    EXPECT_NE(verdict(bad), "good") << bad;
  }
  EXPECT_EQ(verdict(by_rsa("[1]")), "");
  EXPECT_EQ(verdict(by_rsa(R"({"iss":"https://id.cn","iss":"https://id.cn"})")), "") << "twice";
  EXPECT_EQ(verdict(std::string(40'000, 'a') + ".e30.AA"), "");
}

}  // namespace
}  // namespace huan::oidc
