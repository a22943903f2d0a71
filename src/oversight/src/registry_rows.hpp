// SPDX-License-Identifier: Apache-2.0
// Records of one kind as they held at an instant.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/record.hpp"
#include "huan/store/reading.hpp"

namespace huan::oversight {

/// The record and its data inside a stored body; data are valid during the visit.
using RecordVisit = std::function<void(const store::RegistryRow& row, json::Value data)>;

/// Every key of the kind with the version that held at `at`, in the order of keys.
void visit_records(store::RegistryReading& reading, store::City city, registry::Kind kind,
                   base::Instant at, const RecordVisit& visit);

/// Every version of every key of the kind.
void visit_versions(store::RegistryReading& reading, store::City city, registry::Kind kind,
                    const RecordVisit& visit);

}  // namespace huan::oversight
