// SPDX-License-Identifier: Apache-2.0
// Who asks when a proxy stands before the server: what a proxy says in X-Forwarded-For and
// X-Forwarded-Proto is believed when the proxy's address was named, and nobody else's. The list of
// addresses is read from its end, where the nearest proxy wrote, up to the first that is not a
// proxy of ours: what a client wrote before that is never reached.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/http_server/message.hpp"

namespace huan::http_server {

/// An address of 128 bits; one of IPv4 as ::ffff:a.b.c.d.
using AddressBits = std::array<std::uint8_t, 16>;

/// Also with a port ("192.0.2.7:4711", "[2001:db8::1]:4711") and in brackets.
[[nodiscard]] std::optional<AddressBits> parse_address(std::string_view text);
[[nodiscard]] std::string address_text(const AddressBits& address);
/// What counts as one peer where something is shared out: an address of IPv4; of IPv6 the first 64
/// bits, since whoever has one has all of them.
[[nodiscard]] AddressBits peer_of(AddressBits address);

class Proxies {
 public:
  /// "10.0.0.5", "10.0.0.0/8", "::1", "fd00::/8". bad_config.
  [[nodiscard]] static base::Result<Proxies> parse(const std::vector<std::string>& networks);

  [[nodiscard]] bool trusts(const AddressBits& address) const;
  /// Sets the request's address and whether it is secure, as the proxies say.
  void resolve(Request& request) const;

 private:
  struct Network {
    AddressBits bits{};
    unsigned length{0};
  };
  std::vector<Network> networks_;
};

}  // namespace huan::http_server
