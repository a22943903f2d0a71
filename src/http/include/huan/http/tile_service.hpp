// SPDX-License-Identifier: Apache-2.0
// A service of map tiles that the operator has a licence for. The console lays them beneath the
// city's own geometry; without one no map asks anything outside. Tiles have to be in WGS-84 or
// CGCS2000, as everything else here is, in the usual Web Mercator scheme.
//
//   TileService::parse("https://tiles.example/{z}/{x}/{y}.png", "© Tiles Example").value().origin
//   == "https://tiles.example"
#pragma once

#include <string>

#include "huan/base/result.hpp"

namespace huan::http {

struct TileService {
  std::string url;          ///< with {z}, {x} and {y}, once each
  std::string attribution;  ///< plain text that the licence asks for, shown on the map
  std::string origin;       ///< scheme, host and port: what pages may show images of

  /// https, or http on this machine itself. bad_config.
  [[nodiscard]] static base::Result<TileService> parse(const std::string& url,
                                                       const std::string& attribution);
};

}  // namespace huan::http
