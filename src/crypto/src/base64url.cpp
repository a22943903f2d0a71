// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/base64url.hpp"

#include <algorithm>

#include "huan/base/text.hpp"

namespace huan::crypto {

std::string base64url(std::string_view bytes) {
  std::string text = base::base64(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  text.erase(std::min(text.find('='), text.size()));
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) {
    return std::nullopt;
  }
  std::string plain(text);
  std::ranges::replace(plain, '-', '+');
  std::ranges::replace(plain, '_', '/');
  plain.append((4 - plain.size() % 4) % 4, '=');
  return base::unbase64(plain);
}

}  // namespace huan::crypto
