// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <stdexcept>

#include "huan/base/text.hpp"

namespace huan::crypto {
namespace {

void require(bool done) {
  if (!done) {
    throw std::runtime_error("OpenSSL refuses SHA-256");
  }
}

const EVP_MD* algorithm() {  // fetched once: a fetch costs more than the digest of a record
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  require(fetched != nullptr);
  return fetched;
}

class Context {
 public:
  Context() : context_(EVP_MD_CTX_new()) { require(context_ != nullptr); }
  ~Context() { EVP_MD_CTX_free(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void start() { require(EVP_DigestInit_ex2(context_, algorithm(), nullptr) == 1); }
  void update(std::string_view bytes) {
    require(EVP_DigestUpdate(context_, bytes.data(), bytes.size()) == 1);
  }
  Digest finish() {
    Digest digest;
    require(EVP_DigestFinal_ex(context_, digest.data(), nullptr) == 1);
    return digest;
  }

 private:
  EVP_MD_CTX* context_;
};

Context& context_of_thread() {
  static thread_local Context context;
  return context;
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Context& context = context_of_thread();
  context.start();
  context.update(bytes);
  return context.finish();
}

Digest sha256(std::uint8_t prefix, std::string_view a, std::string_view b) {
  Context& context = context_of_thread();
  context.start();
  const char first = static_cast<char>(prefix);
  constexpr std::size_t kTogether = 128;  // nodes of a tree: one call is cheaper than three
  if (a.size() + b.size() < kTogether) {
    std::array<char, kTogether> joined;
    joined[0] = first;
    std::copy(a.begin(), a.end(), joined.begin() + 1);
    std::copy(b.begin(), b.end(), joined.begin() + 1 + static_cast<std::ptrdiff_t>(a.size()));
    context.update({joined.data(), 1 + a.size() + b.size()});
  } else {
    context.update({&first, 1});
    context.update(a);
    context.update(b);
  }
  return context.finish();
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest digest;
  const char* const secret =
      key.empty() ? "" : key.data();  // a null key would mean "the one before"
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  require(HMAC(algorithm(), secret, static_cast<int>(key.size()), data, bytes.size(), digest.data(),
               nullptr) != nullptr);
  return digest;
}

struct Sha256::Impl {
  Context context;
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) { impl_->context.start(); }
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::string_view bytes) { impl_->context.update(bytes); }

Digest Sha256::finish() {
  const Digest digest = impl_->context.finish();
  impl_->context.start();
  return digest;
}

std::optional<Digest> digest_from_bytes(std::string_view bytes) {
  Digest digest;
  if (bytes.size() != digest.size()) {
    return std::nullopt;
  }
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

std::string hex(const Digest& digest) { return base::hex(digest); }

std::optional<Digest> digest_from_hex(std::string_view text) {
  const auto raw = base::unhex(text);
  return raw.has_value() ? digest_from_bytes(*raw) : std::nullopt;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace huan::crypto
