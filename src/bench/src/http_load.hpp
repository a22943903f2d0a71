// SPDX-License-Identifier: Apache-2.0
// Sends prepared POST requests to loopback over kept connections and waits for whole answers. As
// little work a request as can be, since its CPU seconds count as the server's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace huan::bench {

[[nodiscard]] std::string post_request(const std::string& token, const char* media_type,
                                       std::string_view body);

struct LoadResult {
  std::size_t answered{0};
  std::size_t refused{0};  ///< other status than 200
  double wall_s{0};
};

/// Each of `clients` connections has one request under way; the requests are sent in order, for
/// about `seconds` or until there are no more. Throws store::Failure when a connection breaks.
[[nodiscard]] LoadResult send_all(std::uint16_t port, const std::vector<std::string>& requests,
                                  std::size_t clients, double seconds);

}  // namespace huan::bench
