// SPDX-License-Identifier: Apache-2.0
// Rows by who asks: what a grant lets them see and record, the same for every door. Lists take the
// scope into their query; single things are asked here.
#pragma once

#include <string>
#include <string_view>

#include "huan/app/access.hpp"
#include "huan/ledger/event.hpp"
#include "huan/registry/record.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// What of a kind of record those see who do not see everything: `tenant` that of their district or
/// organisation, `open` all of it (materials, prices, notices), `closed` nothing, since such
/// records do not say whose they are.
enum class RecordReach : std::uint8_t { tenant, open, closed };
[[nodiscard]] RecordReach reach_of(registry::Kind kind) noexcept;

[[nodiscard]] store::RowScope row_scope(const Access& access);

/// As the place is now: its latest version.
[[nodiscard]] bool sees_place(store::Reading& reading, store::City city, std::string_view place,
                              const store::RowScope& scope);
/// By the place, operator and district that the record's event had.
[[nodiscard]] bool sees_record(const store::RecordView& record, const store::RowScope& scope);
/// The lot is at a place that they see.
[[nodiscard]] bool sees_lot(store::Reading& reading, store::City city, std::string_view lot,
                            const store::RowScope& scope);
[[nodiscard]] bool sees_shipment(store::Reading& reading, store::City city,
                                 const ledger::ShipmentState& shipment,
                                 const store::RowScope& scope);
[[nodiscard]] bool sees_thing(store::Reading& reading, store::City city,
                              const store::RegistryRow& row, const store::RowScope& scope);

/// forbidden: an event at another's place, one that corrects another's, or one that books on
/// accounts (settle) by somebody who does not reach everything.
[[nodiscard]] base::Result<void> may_record(store::Reading& reading, store::City city,
                                            const ledger::Event& event,
                                            const store::RowScope& scope);
/// forbidden: a version of another's thing, or one that would become another's.
[[nodiscard]] base::Result<void> may_register(store::Reading& reading, store::City city,
                                              const RegistryPut& put, const store::RowScope& scope);

}  // namespace huan::app
