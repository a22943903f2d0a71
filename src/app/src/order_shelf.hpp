// SPDX-License-Identifier: Apache-2.0
// Where orders and what took a slot stand in the registry, for the use cases of booking.
#pragma once

#include <map>
#include <string>

#include "huan/app/orders.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/place.hpp"

namespace huan::app {

/// The parsed `data` of a stored registry record; `read(json::Value)` gives a Result.
template <class T, class Read>
std::optional<T> data_of(const store::RegistryRow& row, const Read& read) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  if (!data) {
    return std::nullopt;
  }
  base::Result<T> parsed = read(*data);
  return parsed ? std::optional<T>(std::move(*parsed)) : std::nullopt;
}

/// Orders in a slot and the units that each takes.
using SlotBook = std::map<std::string, std::int64_t>;

[[nodiscard]] std::string slot_key(const std::string& place, const booking::Slot& slot);
[[nodiscard]] SlotBook slot_book(store::RegistryReading& reading, const std::string& city,
                                 const std::string& key);
[[nodiscard]] std::string slot_json(const SlotBook& book);
[[nodiscard]] std::optional<registry::Place> place_on_record(store::RegistryReading& reading,
                                                             const std::string& city,
                                                             const std::string& place);

/// move_order() in the caller's transaction.
[[nodiscard]] base::Result<KeptOrder> move_order_within(CityWriter& writer, const OrderParts& parts,
                                                        const OrderMove& move);

}  // namespace huan::app
