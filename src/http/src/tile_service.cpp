// SPDX-License-Identifier: Apache-2.0
#include "huan/http/tile_service.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "huan/base/text.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kUrlMax = 1'000;
constexpr std::size_t kAttributionMax = 300;
constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";
constexpr std::int64_t kPortMax = 65'535;

base::Error wrong_tiles(const char* why) { return {base::ErrorCode::bad_config, "--tiles", why}; }

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What an address may hold as it stands; no spaces, quotes, fragments or anything beyond ASCII.
bool is_of_an_address(char c) {
  return is_letter_or_digit(c) ||
         std::string_view("-._~:/?[]@!$&()*+,;=%{}").find(c) != std::string_view::npos;
}

/// A name or an IPv4 address: all that a Content-Security-Policy can name.
bool is_host(std::string_view host) {
  return !host.empty() && host.front() != '.' && host.front() != '-' &&
         std::ranges::all_of(host,
                             [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; });
}

bool is_port(std::string_view port) {
  const auto number = base::parse_integer(port);
  return number && *number > 0 && *number <= kPortMax;
}

bool is_this_machine(const std::string& host) {
  in_addr address{};
  constexpr unsigned kLoopback = 127;
  return host == "localhost" || (inet_pton(AF_INET, host.c_str(), &address) == 1 &&
                                 ntohl(address.s_addr) >> 24U == kLoopback);
}

/// {z}, {x} and {y} once each, and nothing else in braces.
bool has_its_places(std::string path) {
  for (const std::string_view place : {"{z}", "{x}", "{y}"}) {
    const auto at = path.find(place);
    if (at == std::string::npos) {
      return false;
    }
    path.erase(at, place.size());
  }
  return path.find_first_of("{}") == std::string::npos;
}

/// "https://tiles.example:8443" of an address that begins so.
base::Result<std::string> origin_of(const std::string& url) {
  const bool https = url.starts_with(kHttps);
  if (!https && !url.starts_with(kHttp)) {
    return wrong_tiles("an address that begins with https:// is expected");
  }
  const auto begin = https ? kHttps.size() : kHttp.size();
  const auto authority = url.substr(begin, url.find_first_of("/?", begin) - begin);
  const auto colon = authority.find(':');
  const auto host = authority.substr(0, colon);
  if (!is_host(host) ||
      (colon != std::string::npos && !is_port(std::string_view(authority).substr(colon + 1)))) {
    return wrong_tiles(
        "one host is expected, by name or IPv4 address, perhaps with a port; no user, no {s}");
  }
  if (!https && !is_this_machine(host)) {
    return wrong_tiles("http is for this machine alone (127.0.0.1, localhost); use https");
  }
  return url.substr(0, begin + authority.size());
}

}  // namespace

base::Result<TileService> TileService::parse(const std::string& url,
                                             const std::string& attribution) {
  if (url.size() > kUrlMax || !std::ranges::all_of(url, is_of_an_address)) {
    return wrong_tiles("up to 1000 characters of an address, no spaces or quotes, are expected");
  }
  HUAN_TRY(origin, origin_of(url));
  if (!has_its_places(url.substr(origin.size()))) {
    return wrong_tiles(
        "{z}, {x} and {y} once each, and nothing else in braces, are expected after the host, "
        "like https://tiles.example/{z}/{x}/{y}.png");
  }
  if (attribution.size() > kAttributionMax || !base::is_clean_utf8(attribution) ||
      attribution.find_first_not_of(' ') == std::string::npos) {
    return base::Error{base::ErrorCode::bad_config, "--tiles-attribution",
                       "who made the map, in up to 300 bytes of text; maps show it with the tiles"};
  }
  return TileService{url, attribution, std::move(origin)};
}

}  // namespace huan::http
