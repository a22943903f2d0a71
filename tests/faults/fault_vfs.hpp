// SPDX-License-Identifier: Apache-2.0
// The file layer that SQLite knows the fault disk as: the system's own, with the disk asked first.
#pragma once

namespace huan::faults {

class FaultDisk;

inline constexpr const char* kVfsName = "huan-faults";

/// The disk that is asked from now on; null: none. Registers the layer on first use.
void install(FaultDisk* disk);

}  // namespace huan::faults
