// SPDX-License-Identifier: Apache-2.0
#include "order_shelf.hpp"

#include <algorithm>

#include "huan/json/writer.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using booking::FreeSlot;
using booking::Service;
using booking::Slot;

constexpr const char* kOrderKind = "order";
constexpr const char* kSlotKind = "plan";
constexpr const char* kServiceKind = "setting";
constexpr std::string_view kSlotPrefix = "slot:";
constexpr const char* kCityService = "booking";
constexpr std::size_t kShelfPage = 500;

std::string service_key(const std::string& place) {
  return place.empty() ? kCityService : std::string(kCityService) + ":" + place;
}

std::optional<Service> service_at(store::RegistryReading& reading, const std::string& city,
                                  const std::string& key) {
  const auto row = reading.registered(city, kServiceKind, key);
  return row ? data_of<Service>(
                   *row, [](json::Value data) { return booking::parse_service(data, "/data"); })
             : std::nullopt;
}

/// Latest versions whose key begins so, in order of the key.
template <class Visit>
void with_prefix(store::RegistryReading& reading, const std::string& city, const char* kind,
                 const std::string& prefix, const Visit& visit) {
  store::Page page{prefix, kShelfPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kind, {}, page);
    for (const store::RegistryRow& row : rows) {
      if (!row.key.starts_with(prefix)) {
        return;
      }
      visit(row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
}

std::optional<KeptOrder> kept_of(const store::RegistryRow& row) {
  auto order = data_of<booking::Order>(
      row, [](json::Value data) { return booking::parse_order(data, "/data"); });
  return order ? std::optional(KeptOrder{row.key, row.version, row.time, std::move(*order)})
               : std::nullopt;
}

}  // namespace

std::string slot_key(const std::string& place, const Slot& slot) {
  return std::string(kSlotPrefix) + base::format_day(slot.day) + ":" + place + ":" +
         booking::clock_text(slot.from_min);
}

SlotBook slot_book(store::RegistryReading& reading, const std::string& city,
                   const std::string& key) {
  const auto row = reading.registered(city, kSlotKind, key);
  if (!row) {
    return {};
  }
  const auto book = data_of<SlotBook>(*row, [](json::Value data) -> Result<SlotBook> {
    SlotBook read;
    if (const auto orders = data.find("orders"); orders && orders->is_object()) {
      for (const json::Member one : orders->members()) {
        read[std::string(one.key)] = one.value.is_integer() ? one.value.integer() : 0;
      }
    }
    return read;
  });
  return book.value_or(SlotBook{});
}

std::string slot_json(const SlotBook& book) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("orders").begin_object();
  for (const auto& [key, units] : book) {
    w.member(key, units);
  }
  w.end_object().end_object();
  return out;
}

std::optional<registry::Place> place_on_record(store::RegistryReading& reading,
                                               const std::string& city, const std::string& place) {
  const auto row = reading.registered(city, "place", place);
  return row ? data_of<registry::Place>(
                   *row, [](json::Value data) { return registry::parse_place(data, "/data"); })
             : std::nullopt;
}

std::optional<KeptOrder> order_on_record(store::RegistryReading& reading, const std::string& city,
                                         const std::string& key) {
  const auto row = reading.registered(city, kOrderKind, key);
  return row ? kept_of(*row) : std::nullopt;
}

std::vector<KeptOrder> orders_of_customer(store::RegistryReading& reading, const std::string& city,
                                          const std::string& customer) {
  std::vector<KeptOrder> orders;
  with_prefix(reading, city, kOrderKind, customer + "-", [&](const store::RegistryRow& row) {
    if (auto kept = kept_of(row)) {
      orders.push_back(std::move(*kept));
    }
  });
  std::ranges::reverse(orders);
  return orders;
}

std::vector<KeptOrder> orders_of_day(store::RegistryReading& reading, const std::string& city,
                                     base::Day day) {
  std::vector<KeptOrder> orders;
  const std::string prefix = std::string(kSlotPrefix) + base::format_day(day) + ":";
  with_prefix(reading, city, kSlotKind, prefix, [&](const store::RegistryRow& row) {
    for (const auto& [key, units] : slot_book(reading, city, row.key)) {
      if (auto kept = order_on_record(reading, city, key)) {
        orders.push_back(std::move(*kept));
      }
    }
  });
  std::ranges::stable_sort(orders, {}, [](const KeptOrder& one) {
    return std::pair(one.order.slot.from_min, one.order.place);
  });
  return orders;
}

std::optional<Service> service_of(store::RegistryReading& reading, const std::string& city,
                                  const std::string& place) {
  if (auto own = service_at(reading, city, service_key(place))) {
    return own;
  }
  const auto known = place_on_record(reading, city, place);
  const bool is_station = known && known->kind == registry::PlaceKind::station &&
                          known->status == registry::PlaceStatus::active;
  return is_station ? service_at(reading, city, kCityService) : std::nullopt;
}

Result<void> offer_service(Recorder& recorder, const std::string& city, const std::string& place,
                           const Service& service, const Principal& by) {
  const RegistryPut put{kServiceKind, service_key(place), booking::to_json(service), "", "", -1};
  const Outcome outcome = recorder.put(city, put, by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

Result<std::vector<FreeSlot>> free_slots(store::RegistryReading& reading,
                                         const store::CityRow& city, const std::string& place,
                                         base::Instant now) {
  if (!reading.registered(city.city, "place", place)) {
    return Error{ErrorCode::unknown_place, "/place", place};
  }
  const auto service = service_of(reading, city.city, place);
  if (!service) {
    return std::vector<FreeSlot>{};
  }
  return booking::slots_of(
      *service, booking::local_time(now, city.offset_s), [&](const Slot& slot) {
        std::int64_t taken = 0;
        for (const auto& [key, units] : slot_book(reading, city.city, slot_key(place, slot))) {
          taken += units;
        }
        return taken;
      });
}

std::vector<registry::Price> prices_at(store::RegistryReading& reading, const std::string& city,
                                       base::Instant at) {
  std::vector<registry::Price> prices;
  store::Page page{"", kShelfPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "price", {}, page);
    for (const store::RegistryRow& row : rows) {
      const auto then =
          row.time <= at ? std::optional(row) : reading.registered_at(city, "price", row.key, at);
      auto price =
          then ? data_of<registry::Price>(
                     *then, [](json::Value data) { return registry::parse_price(data, "/data"); })
               : std::nullopt;
      if (price) {
        prices.push_back(std::move(*price));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return prices;
}

}  // namespace huan::app
