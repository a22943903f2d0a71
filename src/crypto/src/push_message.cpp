// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/push_message.hpp"

#include <array>
#include <stdexcept>

#include "huan/crypto/base64url.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/crypto/random.hpp"
#include "openssl_owners.hpp"

namespace huan::crypto {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::size_t kScalarBytes = 32;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kContentKeyBytes = 16;
constexpr std::size_t kNonceBytes = 12;
constexpr std::string_view kRecordSize = "\x00\x00\x10\x00"sv;  // 4,096
constexpr std::string_view kLastRecord = "\x02"sv;
constexpr std::string_view kFirstBlock = "\x01"sv;  // of HKDF's expansion

[[noreturn]] void broken() { throw std::runtime_error("OpenSSL has no P-256 or no AES-GCM"); }

/// One block of HKDF (RFC 5869).
std::string derived(std::string_view salt, std::string_view secret, std::string_view info,
                    std::size_t size) {
  const Digest extracted = hmac_sha256(salt, secret);
  const Digest block = hmac_sha256(bytes(extracted), std::string(info) + std::string(kFirstBlock));
  return std::string(bytes(block).substr(0, size));
}

std::string encrypted(std::string_view key, std::string_view nonce, std::string_view plain) {
  const CipherContext context(EVP_CIPHER_CTX_new());
  std::string out(plain.size() + kTagBytes, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int size = 0;
  int rest = 0;
  if (!context ||
      EVP_EncryptInit_ex2(context.get(), EVP_aes_128_gcm(), octets(key), octets(nonce), nullptr) !=
          1 ||
      EVP_EncryptUpdate(context.get(), to, &size, octets(plain), static_cast<int>(plain.size())) !=
          1 ||
      EVP_EncryptFinal_ex(context.get(), to + size, &rest) != 1 ||
      EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagBytes),
                          to + plain.size()) != 1) {
    broken();
  }
  return out;
}

std::string padded(const BIGNUM* value) {
  std::string out(kScalarBytes, '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(kScalarBytes));
  return out;
}

}  // namespace

std::optional<P256Secret> P256Secret::from_bytes(std::string_view bytes) {
  const Group group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  const Number scalar = number(bytes);
  if (!group || !scalar) {
    broken();
  }
  if (bytes.size() != kScalarBytes || BN_is_zero(scalar.get()) != 0 ||
      BN_cmp(scalar.get(), EC_GROUP_get0_order(group.get())) >= 0) {
    return std::nullopt;
  }
  const Point made(EC_POINT_new(group.get()));
  std::string point(kPointBytes, '\0');
  if (!made ||
      EC_POINT_mul(group.get(), made.get(), scalar.get(), nullptr, nullptr, nullptr) != 1 ||
      EC_POINT_point2oct(group.get(), made.get(), POINT_CONVERSION_UNCOMPRESSED,
                         reinterpret_cast<unsigned char*>(point.data()), point.size(),
                         nullptr) != kPointBytes) {
    broken();
  }
  return P256Secret(std::string(bytes), std::move(point));
}

P256Secret P256Secret::of(const Key& key) {
  Digest digest = sha256(key.bytes());
  for (;;) {  // once in four billion the next is needed
    if (auto made = from_bytes(crypto::bytes(digest))) {
      return std::move(*made);
    }
    digest = sha256(crypto::bytes(digest));
  }
}

P256Secret P256Secret::generate() { return of(Key::generate()); }

std::string P256Secret::sign(std::string_view message) const {
  const Number secret = number(bytes_);
  const Pkey key = p256_key(point_, secret.get());
  const DigestContext context(EVP_MD_CTX_new());
  std::array<unsigned char, 80> der{};
  std::size_t size = der.size();
  if (!key || !context ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), der.data(), &size, octets(message), message.size()) != 1) {
    broken();
  }
  const unsigned char* from = der.data();
  const EcdsaPair pair(d2i_ECDSA_SIG(nullptr, &from, static_cast<long>(size)));
  if (!pair) {
    broken();
  }
  return padded(ECDSA_SIG_get0_r(pair.get())) + padded(ECDSA_SIG_get0_s(pair.get()));
}

std::optional<std::string> P256Secret::agree(std::string_view point) const {
  const Pkey other = point.size() == kPointBytes ? p256_key(point, nullptr) : nullptr;
  const Number secret = number(bytes_);
  const Pkey key = p256_key(point_, secret.get());
  const PkeyContext context(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
  std::string shared(kScalarBytes, '\0');
  std::size_t size = shared.size();
  if (!other || !context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
      EVP_PKEY_derive(context.get(), reinterpret_cast<unsigned char*>(shared.data()), &size) != 1) {
    return std::nullopt;
  }
  return shared;
}

std::optional<std::string> sealed_push(const PushReceiver& to, std::string_view plain) {
  return sealed_push(to, plain, P256Secret::generate(), random_bytes(kSaltBytes));
}

std::optional<std::string> sealed_push(const PushReceiver& to, std::string_view plain,
                                       const P256Secret& once, std::string_view salt) {
  const auto shared = once.agree(to.point);
  if (!shared || to.secret.size() != kPushSecretBytes || plain.size() > kPushPlainMax) {
    return std::nullopt;
  }
  const std::string both = "WebPush: info\0"s + to.point + once.point();
  const std::string input = derived(to.secret, *shared, both, kScalarBytes);
  const std::string key = derived(salt, input, "Content-Encoding: aes128gcm\0"sv, kContentKeyBytes);
  const std::string nonce = derived(salt, input, "Content-Encoding: nonce\0"sv, kNonceBytes);
  return std::string(salt) + std::string(kRecordSize) + static_cast<char>(kPointBytes) +
         once.point() + encrypted(key, nonce, std::string(plain) + std::string(kLastRecord));
}

std::string vapid(const P256Secret& key, const PushSender& sender) {
  // Audience and contact are plain: a push service's origin, and what parse_push_rule() lets in.
  const std::string claims =
      R"({"aud":")" + sender.audience + R"(","exp":)" + std::to_string(sender.expires_s) +
      (sender.contact.empty() ? "" : R"(,"sub":")" + sender.contact + "\"") + "}";
  const std::string words = base64url(R"({"alg":"ES256","typ":"JWT"})") + "." + base64url(claims);
  return "vapid t=" + words + "." + base64url(key.sign(words)) + ", k=" + base64url(key.point());
}

}  // namespace huan::crypto
