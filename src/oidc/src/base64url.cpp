// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/oidc/provider.hpp"

namespace huan::oidc {

std::optional<std::string> from_base64url(std::string_view text) {
  if (text.find_first_of("+/=") != std::string_view::npos) {
    return std::nullopt;
  }
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '-', '+');
  std::replace(plain.begin(), plain.end(), '_', '/');
  plain.append((4 - plain.size() % 4) % 4, '=');
  return base::unbase64(plain);
}

std::string base64url(std::string_view bytes) {
  std::string text = base::base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(std::min(text.find('='), text.size()));
  return text;
}

}  // namespace huan::oidc
