// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/public_signature.hpp"

#include <string>

#include "openssl_owners.hpp"

namespace huan::crypto {
namespace {

constexpr int kRsaBitsMin = 2'048;
constexpr std::size_t kRsaBytesMax = 1'024;
constexpr std::size_t kP256Bytes = 32;

bool digest_verifies(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const DigestContext context(EVP_MD_CTX_new());
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                          message.size()) == 1;
}

/// r and s as the DER that OpenSSL reads.
std::string der_of(std::string_view pair) {
  const EcdsaPair both(ECDSA_SIG_new());
  auto r = number(pair.substr(0, kP256Bytes));
  auto s = number(pair.substr(kP256Bytes));
  if (!both || !r || !s || ECDSA_SIG_set0(both.get(), r.get(), s.get()) != 1) {
    return {};
  }
  // The pair owns them now.
  static_cast<void>(r.release());
  static_cast<void>(s.release());
  unsigned char* text = nullptr;
  const int size = i2d_ECDSA_SIG(both.get(), &text);
  if (size <= 0) {
    return {};
  }
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owned(
      text, [](unsigned char* bytes) { OPENSSL_free(bytes); });
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

}  // namespace

bool verifies(const RsaKey& key, std::string_view message, std::string_view signature) {
  if (key.modulus.size() > kRsaBytesMax || key.exponent.empty() || key.exponent.size() > 8) {
    return false;
  }
  const auto n = number(key.modulus);
  const auto e = number(key.exponent);
  const Builder builder(OSSL_PARAM_BLD_new());
  if (!n || !e || !builder || BN_num_bits(n.get()) < kRsaBitsMin || BN_is_odd(n.get()) == 0 ||
      BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) != 0 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return false;
  }
  return digest_verifies(from_parameters("RSA", builder.get()).get(), message, signature);
}

bool verifies(const P256Key& key, std::string_view message, std::string_view signature) {
  if (key.x.size() != kP256Bytes || key.y.size() != kP256Bytes ||
      signature.size() != 2 * kP256Bytes) {
    return false;
  }
  const std::string point = "\x04" + key.x + key.y;
  return digest_verifies(p256_key(point, nullptr).get(), message, der_of(signature));
}

}  // namespace huan::crypto
