// SPDX-License-Identifier: Apache-2.0
// One reader for each format. They leave the checking of the whole to read().
#pragma once

#include "huan/wire_routing/instance.hpp"

namespace huan::wire_routing {

[[nodiscard]] base::Result<Instance> read_solomon(std::string_view text);
[[nodiscard]] base::Result<Instance> read_vrplib(std::string_view text);
[[nodiscard]] base::Result<Instance> read_cordeau(std::string_view text);
[[nodiscard]] base::Result<Instance> read_kim(std::string_view text);
[[nodiscard]] base::Result<Instance> read_pvrpif(std::string_view text);
[[nodiscard]] base::Result<Instance> read_vroom(std::string_view text, const ReadOptions& options);

}  // namespace huan::wire_routing
