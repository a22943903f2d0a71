// SPDX-License-Identifier: Apache-2.0
#include "forwarded.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "blanks.hpp"
#include "huan/base/text.hpp"

namespace huan::http_server {
namespace {

constexpr unsigned kV4Prefix = 96;
constexpr unsigned kBits = 128;
constexpr AddressBits kV4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_v4(const AddressBits& address) {
  return std::equal(kV4.begin(), kV4.begin() + 12, address.begin());
}

/// Brackets and port off.
std::string_view host_of(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    return end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  }
  const auto colon = text.find(':');
  return colon != std::string_view::npos && colon == text.rfind(':') ? text.substr(0, colon) : text;
}

bool same_start(const AddressBits& a, const AddressBits& b, unsigned length) {
  const auto whole = length / 8;
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) {
    return false;
  }
  const auto rest = length % 8;
  const auto mask = static_cast<std::uint8_t>(0xFFU << (8U - rest));
  return rest == 0 || ((a.at(whole) ^ b.at(whole)) & mask) == 0;
}

/// The lists of all fields of that name, in order, as one.
std::string joined(const Headers& headers, std::string_view name) {
  std::string all;
  for (const auto& field : headers.fields()) {
    if (equal_ignoring_case(field.name, name)) {
      all += (all.empty() ? "" : ",") + field.value;
    }
  }
  return all;
}

/// Takes the last part off.
std::string_view last_part(std::string_view& rest) {
  const auto comma = rest.rfind(',');
  const auto part = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
  rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
  return without_blanks(part);
}

}  // namespace

std::optional<AddressBits> parse_address(std::string_view text) {
  const std::string host(host_of(text));
  AddressBits address = kV4;
  if (inet_pton(AF_INET, host.c_str(), address.data() + 12) == 1) {
    return address;
  }
  if (inet_pton(AF_INET6, host.c_str(), address.data()) == 1) {
    return address;
  }
  return std::nullopt;
}

std::string address_text(const AddressBits& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = is_v4(address);
  const auto* from = v4 ? address.data() + 12 : address.data();
  inet_ntop(v4 ? AF_INET : AF_INET6, from, text.data(), text.size());
  return text.data();
}

AddressBits peer_of(AddressBits address) {
  if (!is_v4(address)) {
    std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
  }
  return address;
}

base::Result<Proxies> Proxies::parse(const std::vector<std::string>& networks) {
  Proxies proxies;
  proxies.networks_.reserve(networks.size());
  for (const std::string& text : networks) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    const unsigned longest = address && is_v4(*address) ? kBits - kV4Prefix : kBits;
    const auto length = slash == std::string::npos ? std::optional<std::int64_t>(longest)
                                                   : base::parse_integer(text.substr(slash + 1));
    if (!address || !length || *length < 0 || *length > longest) {
      return base::Error{base::ErrorCode::bad_config, "proxy",
                         text + ": an address or a network like 10.0.0.0/8 is expected"};
    }
    proxies.networks_.push_back({*address, kBits - longest + static_cast<unsigned>(*length)});
  }
  return proxies;
}

bool Proxies::trusts(const AddressBits& address) const {
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    return same_start(network.bits, address, network.length);
  });
}

void Proxies::resolve(Request& request) const {
  const auto peer = networks_.empty() ? std::nullopt : parse_address(request.remote);
  if (!peer || !trusts(*peer)) {
    return;
  }
  const auto schemes = joined(request.headers, "X-Forwarded-Proto");
  if (std::string_view rest = schemes; !rest.empty()) {
    request.secure = equal_ignoring_case(last_part(rest), "https");
  }
  const auto hops = joined(request.headers, "X-Forwarded-For");
  for (std::string_view rest = hops; !rest.empty();) {
    const auto hop = parse_address(last_part(rest));
    if (!hop) {
      return;
    }
    request.remote = address_text(*hop);
    if (!trusts(*hop)) {
      return;
    }
  }
}

}  // namespace huan::http_server
