// SPDX-License-Identifier: Apache-2.0
// simulate --live: events of now to a running server.
#pragma once

#include "verb.hpp"

namespace huan::cli {

struct LiveTarget {
  std::string url;  ///< http://127.0.0.1:8080
  std::string token;
  std::uint64_t seed{1};
};

/// Until SIGTERM or SIGINT. The network is read from the store; everything is posted over HTTP.
int simulate_live(const Common& common, const LiveTarget& target);

}  // namespace huan::cli
