// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <optional>

#include "huan/app/registry_facts.hpp"
#include "huan/app/simulate.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using registry::PlaceKind;
using simulator::SiteKind;

/// The things of one kind as they are now, by key.
template <class T>
std::map<std::string, T> latest(store::Reading& reading, const std::string& city,
                                registry::Kind kind) {
  std::map<std::string, std::pair<std::int64_t, T>> found;
  StoreVersions versions{reading, city};
  versions.all(kind, [&](std::string_view body) {
    auto document = json::Document::parse(body, json::kStored);
    const auto member = document ? document->root().find("record") : std::nullopt;
    auto record =
        member ? registry::parse_record(*member) : base::Result<registry::Record>{Error{}};
    T* data = record ? std::get_if<T>(&record->data) : nullptr;
    if (data != nullptr && record->version > found[record->key].first) {
      found[record->key] = {record->version, std::move(*data)};
    }
  });
  std::map<std::string, T> things;
  for (auto& [key, value] : found) {
    things.emplace(key, std::move(value.second));
  }
  return things;
}

std::optional<SiteKind> site_kind(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::station:
      return SiteKind::station;
    case PlaceKind::transfer_station:
      return SiteKind::transfer;
    case PlaceKind::sorting_centre:
      return SiteKind::centre;
    case PlaceKind::processor:
      return SiteKind::processor;
    case PlaceKind::elv_dismantler:
      return SiteKind::dismantler;
    case PlaceKind::battery_store:
      return SiteKind::battery_store;
    case PlaceKind::second_hand_market:
      return SiteKind::second_hand;
    case PlaceKind::hazardous_facility:
      return SiteKind::hazardous;
    default:
      return std::nullopt;
  }
}

std::int64_t grams(const std::optional<base::Mass>& mass) { return mass ? mass->count() : 0; }

}  // namespace

base::Result<simulator::City> simulated_city(store::Reading& reading, const std::string& city) {
  const auto row = reading.city(city);
  if (!row) {
    return Error{ErrorCode::not_found, "", "city " + city};
  }
  simulator::City out;
  out.code = city;
  out.offset_s = row->offset_s;
  std::map<std::string, std::size_t> sites;
  bool stations = false;
  for (const auto& [key, place] : latest<registry::Place>(reading, city, registry::Kind::place)) {
    if (place.status != registry::PlaceStatus::active) {
      continue;
    }
    if (place.kind == PlaceKind::trading_market && out.market.empty()) {
      out.market = place.operator_id;
    }
    if (const auto kind = site_kind(place.kind)) {
      sites.emplace(key, out.sites.size());
      simulator::Site site;
      site.key = key;
      site.kind = *kind;
      site.district = place.district;
      site.operator_id = place.operator_id;
      site.capacity_g_per_day = grams(place.capacity_per_day);
      out.sites.push_back(std::move(site));
      stations = stations || *kind == SiteKind::station;
    }
  }
  if (!stations) {
    return Error{ErrorCode::not_found, "", "a station of city " + city};
  }
  for (const auto& [key, asset] : latest<registry::Asset>(reading, city, registry::Kind::asset)) {
    if (asset.kind == registry::AssetKind::vehicle && asset.active) {
      out.vehicles.push_back(key);
    }
    const auto site = sites.find(asset.place);
    if (asset.kind == registry::AssetKind::scale && asset.active && site != sites.end()) {
      simulator::Site& there = out.sites[site->second];
      there.scale = key;
      there.interval_g = grams(asset.interval);
      there.scale_max_g = grams(asset.max);
    }
  }
  for (const auto& [key, price] : latest<registry::Price>(reading, city, registry::Kind::price)) {
    if (price.place.empty() && price.side == registry::PriceSide::buy) {
      out.prices.push_back(
          {price.material, price.price.count(), price.per == registry::MaterialUnit::piece});
    }
  }
  return out;
}

}  // namespace huan::app
