// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/city_on_day.hpp"

#include "huan/json/document.hpp"
#include "registry_rows.hpp"

namespace huan::oversight {
namespace {

using registry::Kind;

constexpr std::size_t kPage = 1'000;
constexpr std::int64_t kDaySeconds = 86'400;

void visit_body(const store::RegistryRow& row, const RecordVisit& visit) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  if (data) {
    visit(row, *data);
  }
}

template <class Each>
void visit_latest(store::RegistryReading& reading, store::City city, Kind kind, const Each& each) {
  store::Page page{"", kPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, registry::name(kind), {}, page);
    for (const store::RegistryRow& row : rows) {
      each(row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
}

template <class T>
void read_kind(store::RegistryReading& reading, const CityName& city, Kind kind, base::Instant at,
               std::map<std::string, T, std::less<>>& into) {
  visit_records(reading, city.code, kind, at, [&](const store::RegistryRow& row, json::Value data) {
    auto parsed = registry::parse_data(kind, row.key, data);
    if (parsed && std::holds_alternative<T>(*parsed)) {
      into.emplace(row.key, std::move(std::get<T>(*parsed)));
    }
  });
}

}  // namespace

void visit_records(store::RegistryReading& reading, store::City city, Kind kind, base::Instant at,
                   const RecordVisit& visit) {
  visit_latest(reading, city, kind, [&](const store::RegistryRow& row) {
    // An edit may hold from earlier than the version before it, so only a single version is sure.
    if (row.version == 1) {
      if (row.time <= at) {
        visit_body(row, visit);
      }
    } else if (const auto then = reading.registered_at(city, registry::name(kind), row.key, at)) {
      visit_body(*then, visit);
    }
  });
}

void visit_versions(store::RegistryReading& reading, store::City city, Kind kind,
                    const RecordVisit& visit) {
  visit_latest(reading, city, kind, [&](const store::RegistryRow& row) {
    if (row.version == 1) {
      visit_body(row, visit);
      return;
    }
    for (const auto& version : reading.versions(city, registry::name(kind), row.key)) {
      visit_body(version, visit);
    }
  });
}

base::Instant end_of_day(base::Day day, std::int32_t offset_s) {
  return {(std::int64_t{day.n} + 1) * kDaySeconds - offset_s - 1};
}

CityOnDay read_city(store::RegistryReading& reading, const CityName& city, base::Day day) {
  CityOnDay picture;
  picture.day = day;
  const base::Instant at = end_of_day(day, city.offset_s);
  read_kind(reading, city, Kind::place, at, picture.places);
  read_kind(reading, city, Kind::party, at, picture.parties);
  read_kind(reading, city, Kind::asset, at, picture.assets);
  std::map<std::string, registry::Material, std::less<>> materials;
  read_kind(reading, city, Kind::material, at, materials);
  picture.materials.reserve(materials.size());
  for (auto& [code, material] : materials) {
    picture.materials.push_back(std::move(material));
  }
  std::map<std::string, registry::Price, std::less<>> prices;
  read_kind(reading, city, Kind::price, at, prices);
  for (const auto& [key, price] : prices) {
    if (price.side != registry::PriceSide::buy) {
      continue;
    }
    if (price.place.empty()) {
      picture.city_priced = true;
    } else {
      picture.priced_places.insert(price.place);
    }
  }
  return picture;
}

}  // namespace huan::oversight
