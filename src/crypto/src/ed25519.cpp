// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/ed25519.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <stdexcept>

#include "huan/crypto/random.hpp"

namespace huan::crypto {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Pkey = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

void require(bool done) {
  if (!done) {
    throw std::runtime_error("OpenSSL refuses Ed25519");
  }
}

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

struct SigningKey::Impl {
  Seed seed;
  PublicKey public_key;
  Pkey key;

  explicit Impl(const Seed& from)
      : seed(from),
        public_key{},
        key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, from.data(), from.size())) {
    require(key != nullptr);
    std::size_t size = public_key.size();
    require(EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size) == 1 &&
            size == public_key.size());
  }
  ~Impl() { OPENSSL_cleanse(seed.data(), seed.size()); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
};

SigningKey::SigningKey(const Seed& seed) : impl_(std::make_unique<Impl>(seed)) {}
SigningKey::~SigningKey() = default;
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;

SigningKey SigningKey::generate() {
  Seed seed;
  random_bytes(seed);
  SigningKey key(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return key;
}

SigningKey SigningKey::from_seed(const Seed& seed) { return SigningKey(seed); }

const Seed& SigningKey::seed() const { return impl_->seed; }
const PublicKey& SigningKey::public_key() const { return impl_->public_key; }

Signature SigningKey::sign(std::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  require(context != nullptr);
  require(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key.get()) == 1);
  Signature signature;
  std::size_t size = signature.size();
  require(EVP_DigestSign(context.get(), signature.data(), &size, raw(message), message.size()) ==
          1);
  require(size == signature.size());
  return signature;
}

bool verify(const PublicKey& key, std::string_view message, const Signature& signature) {
  const Pkey pkey(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const Context context(EVP_MD_CTX_new());
  require(pkey != nullptr && context != nullptr);
  require(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pkey.get()) == 1);
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), raw(message),
                          message.size()) == 1;
}

}  // namespace huan::crypto
