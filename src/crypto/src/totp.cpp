// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/totp.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "huan/crypto/digest.hpp"

namespace huan::crypto {
namespace {

constexpr std::int64_t kStepS = 30;
constexpr unsigned kSha1Bytes = 20;

using Mac = std::array<unsigned char, EVP_MAX_MD_SIZE>;

Mac hmac_sha1(std::string_view key, const std::array<unsigned char, 8>& message) {
  Mac mac{};
  unsigned size = 0;
  const auto* made = HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), message.data(),
                          message.size(), mac.data(), &size);
  if (made == nullptr || size != kSha1Bytes) {
    throw std::runtime_error("OpenSSL refuses HMAC-SHA-1");
  }
  return mac;
}

}  // namespace

std::string totp(std::string_view secret, std::uint64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) {
    counter[counter.size() - 1 - i] = static_cast<unsigned char>(step >> (8 * i));
  }
  const auto mac = hmac_sha1(secret, counter);
  const std::size_t at = mac[kSha1Bytes - 1] & 0x0FU;
  std::uint32_t number = mac[at] & 0x7FU;
  for (std::size_t i = 1; i < 4; ++i) {
    number = number << 8U | mac[at + i];
  }
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= 10) {
    *digit = static_cast<char>('0' + number % 10);
  }
  return text;
}

std::optional<std::int64_t> totp_step(std::string_view secret, std::string_view code,
                                      std::int64_t now_s, std::int64_t after) {
  std::optional<std::int64_t> found;
  const auto now = now_s / kStepS;
  for (const auto step : {now - 1, now, now + 1}) {
    const bool good = equal_in_constant_time(totp(secret, static_cast<std::uint64_t>(step)), code);
    if (good && step > after && !found) {
      found = step;
    }
  }
  return found;
}

std::string base32(std::string_view bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t held = 0;
  unsigned bits = 0;
  for (const char byte : bytes) {
    held = held << 8U | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 5; bits -= 5) {
      text += kLetters[held >> (bits - 5) & 31U];
    }
  }
  if (bits > 0) {
    text += kLetters[held << (5 - bits) & 31U];
  }
  return text;
}

}  // namespace huan::crypto
