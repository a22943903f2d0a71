// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/seal.hpp"

#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/crypto/random.hpp"
#include "sodium.hpp"

namespace huan::crypto {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kNonce + kTag == kSealOverhead);

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  return first == std::string_view::npos
             ? ""
             : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

}  // namespace

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Key Key::generate() {
  Key key;
  random_bytes(key.bytes_);
  return key;
}

std::optional<Key> Key::from_hex(std::string_view text) {
  auto decoded = base::unhex(trim(text));
  if (!decoded.has_value() || decoded->size() != sizeof(bytes_)) {
    return std::nullopt;
  }
  Key key;
  std::copy(decoded->begin(), decoded->end(), key.bytes_.begin());
  sodium_memzero(decoded->data(), decoded->size());
  return key;
}

Key Key::derive(std::string_view purpose) const {
  Key key;
  key.bytes_ = hmac_sha256(bytes(), purpose);
  return key;
}

std::string Key::hex() const { return base::hex(bytes_); }

std::string seal(const Key& key, std::string_view plain, std::string_view context) {
  sodium_ready();
  std::string sealed(kNonce + plain.size() + kTag, '\0');
  randombytes_buf(sealed.data(), kNonce);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + kNonce, nullptr, raw(plain),
                                             plain.size(), raw(context), context.size(), nullptr,
                                             raw(sealed), raw(key.bytes()));
  return sealed;
}

std::optional<std::string> open(const Key& key, std::string_view sealed, std::string_view context) {
  if (sealed.size() < kNonce + kTag) {
    return std::nullopt;
  }
  sodium_ready();
  std::string plain(sealed.size() - kNonce - kTag, '\0');
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(plain), nullptr, nullptr, raw(sealed) + kNonce, sealed.size() - kNonce, raw(context),
      context.size(), raw(sealed), raw(key.bytes()));
  return failed == 0 ? std::optional(std::move(plain)) : std::nullopt;
}

}  // namespace huan::crypto
