// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "huan/log/tiles.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// A city's tiles as the store keeps them.
class StoreTiles final : public log::TileSource {
 public:
  StoreTiles(store::Reading& reading, std::string_view city) : reading_(reading), city_(city) {}
  std::optional<std::string> tile(std::int32_t level, std::uint64_t n) override {
    return reading_.tile(city_, level, n);
  }

 private:
  store::Reading& reading_;
  std::string city_;
};

}  // namespace huan::app
