// SPDX-License-Identifier: Apache-2.0
// Many versions of registered things at once, in transactions of a few hundred. What one of them
// refuses undoes its own transaction and ends the rest; what was recorded before stays, and may be
// sent again.
//
//   HUAN_TRY(recorded, put_all(recorder, "130100", puts, {"check"}));
#pragma once

#include <span>

#include "huan/app/recorder.hpp"

namespace huan::app {

/// How many were recorded. What the write path refuses, with the record's kind and key.
[[nodiscard]] base::Result<std::uint64_t> put_all(Recorder& recorder, const std::string& city,
                                                  std::span<const RegistryPut> puts,
                                                  const Principal& by);

}  // namespace huan::app
