// SPDX-License-Identifier: Apache-2.0
// Takes a pack into the store: the city, then each of its records (catalogue, parties, places,
// assets, prices) through the write path. What is on record already is left as it is, so a second
// init adds nothing.
#pragma once

#include <functional>

#include "huan/app/recorder.hpp"
#include "huan/registry/pack.hpp"

namespace huan::app {

struct InitReport {
  std::string city;
  std::uint64_t recorded{0};
  std::uint64_t present{0};  ///< on record before
};

using InitProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Refuses with the record's key in `at`.
[[nodiscard]] base::Result<InitReport> init_city(Recorder& recorder, const registry::Pack& pack,
                                                 const InitProgress& progress);

}  // namespace huan::app
