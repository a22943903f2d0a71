// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/asset.hpp"

#include <algorithm>
#include <array>

#include "codes.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"
#include "terms.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;
using json::Value;

constexpr std::array<std::string_view, 4> kKinds{"vehicle", "scale", "container", "device"};
constexpr std::array<std::string_view, 2> kStatuses{"active", "ended"};
constexpr std::array<std::string_view, 4> kClasses{"I", "II", "III", "IIII"};
constexpr std::array<std::string_view, 7> kEnergies{"diesel", "petrol",   "gas",  "electric",
                                                    "hybrid", "hydrogen", "human"};
constexpr std::int64_t kVolumeMax = 1'000'000;
constexpr std::int64_t kDoors = 5;  // that a terminal tells apart

void read_box_doors(Fields& f, Asset& asset) {
  const auto list = f.array("box_doors");
  if (!list) {
    return;
  }
  for (const Value entry : list->elements()) {
    const bool door = entry.is_integer() && entry.integer() >= 1 && entry.integer() <= kDoors;
    if (!door || std::ranges::find(asset.box_doors, entry.integer()) != asset.box_doors.end()) {
      return f.refuse(ErrorCode::bad_field, "box_doors", "doors from 1 to 5, each once");
    }
    asset.box_doors.push_back(entry.integer());
  }
}

void read_vehicle(Fields& f, Asset& asset) {
  asset.plate = f.optional_text("plate", 40).value_or("");
  asset.number = f.optional_text("number", 40).value_or("");
  if (auto vin = f.optional_text("vin", 17)) {
    require_identifier(f, "vin", check_vin(*vin));
    asset.vin = std::move(*vin);
  }
  if (const auto energy = f.optional_choice("energy", kEnergies)) {
    asset.energy = kEnergies[*energy];
  }
  asset.capacity = as_mass(f.optional_integer("capacity_g", {1, base::kMassMax}));
  asset.volume_l = f.optional_integer("volume_l", {1, kVolumeMax});
  read_terms(f, "passes", asset.passes);
  read_box_doors(f, asset);
}

void read_scale(Fields& f, Asset& asset) {
  if (const auto accuracy = f.optional_choice("class", kClasses)) {
    asset.accuracy_class = kClasses[*accuracy];
  }
  asset.max = as_mass(f.optional_integer("max_g", {1, base::kMassMax}));
  asset.interval = as_mass(f.optional_integer("interval_g", {1, base::kMassMax}));
  asset.verified_on = f.optional_day("verified_on");
  asset.verified_until = f.optional_day("verified_until");
  if (asset.verified_on && asset.verified_until && *asset.verified_until < *asset.verified_on) {
    f.refuse(ErrorCode::bad_field, "verified_until", "ends before it begins");
  }
}

void read_container(Fields& f, Asset& asset) {
  asset.code = f.optional_name("code", 120).value_or("");
  asset.tare = as_mass(f.optional_integer("tare_g", {1, base::kMassMax}));
  asset.volume_l = f.optional_integer("volume_l", {1, kVolumeMax});
}

base::Result<NumberRange> parse_range(Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  NumberRange range;
  range.prefix = f.optional_name("prefix").value_or("");
  range.from = f.integer("from");
  range.to = f.integer("to");
  if (range.to < range.from) {
    f.refuse(ErrorCode::bad_field, "to", "ends before it begins");
  }
  HUAN_CHECK(f.finish());
  return range;
}

void read_device(Fields& f, Asset& asset) {
  asset.code = f.name("code");
  asset.protocol = f.optional_name("protocol").value_or("");
  const auto list = f.array("numbers");
  if (!list) {
    return;
  }
  if (list->size() > 100) {
    return f.refuse(ErrorCode::too_large, "numbers", "at most 100 entries");
  }
  for (const Value entry : list->elements()) {
    auto range =
        parse_range(entry, f.pointer("numbers") + "/" + std::to_string(asset.numbers.size()));
    if (!range) {
      return f.adopt(std::move(range).error());
    }
    asset.numbers.push_back(std::move(*range));
  }
}

std::string doors_json(const std::vector<std::int64_t>& doors) {
  ListText list;
  for (const std::int64_t door : doors) {
    list.add(std::to_string(door));
  }
  return list.text();
}

std::string numbers_json(const std::vector<NumberRange>& numbers) {
  ListText list;
  for (const NumberRange& range : numbers) {
    ObjectText o;
    o.put("from", range.from);
    o.optional("prefix", range.prefix);
    o.put("to", range.to);
    list.add(o.text());
  }
  return list.text();
}

}  // namespace

std::string_view name(AssetKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }

base::Result<Asset> parse_asset(Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data);
  Asset asset;
  asset.kind = static_cast<AssetKind>(f.choice("kind", kKinds));
  asset.name = f.optional_text("name", 200).value_or("");
  refuse_personal_text(f, "name", asset.name);
  asset.party = f.optional_name("party").value_or("");
  asset.place = f.optional_name("place").value_or("");
  asset.active = f.optional_choice("status", kStatuses).value_or(0) == 0;
  asset.synthetic = f.flag("synthetic", false);
  switch (asset.kind) {
    case AssetKind::vehicle:
      read_vehicle(f, asset);
      break;
    case AssetKind::scale:
      read_scale(f, asset);
      break;
    case AssetKind::container:
      read_container(f, asset);
      break;
    case AssetKind::device:
      read_device(f, asset);
      break;
  }
  HUAN_CHECK(f.finish());
  return asset;
}

std::string to_json(const Asset& asset) {
  ObjectText o;
  if (!asset.box_doors.empty()) {
    o.raw("box_doors", doors_json(asset.box_doors));
  }
  o.optional("capacity_g", asset.capacity);
  o.optional("class", asset.accuracy_class);
  o.optional("code", asset.code);
  o.optional("energy", asset.energy);
  o.optional("interval_g", asset.interval);
  o.put("kind", name(asset.kind));
  o.optional("max_g", asset.max);
  o.optional("name", asset.name);
  o.optional("number", asset.number);
  if (!asset.numbers.empty()) {
    o.raw("numbers", numbers_json(asset.numbers));
  }
  o.optional("party", asset.party);
  if (!asset.passes.empty()) {
    o.raw("passes", terms_json(asset.passes));
  }
  o.optional("place", asset.place);
  o.optional("plate", asset.plate);
  o.optional("protocol", asset.protocol);
  o.put("status", kStatuses[asset.active ? 0 : 1]);
  o.flag("synthetic", asset.synthetic);
  o.optional("tare_g", asset.tare);
  if (asset.verified_on) {
    o.put("verified_on", base::format_day(*asset.verified_on));
  }
  if (asset.verified_until) {
    o.put("verified_until", base::format_day(*asset.verified_until));
  }
  o.optional("vin", asset.vin);
  o.optional("volume_l", asset.volume_l);
  return o.text();
}

std::vector<Warning> warnings(const Asset& asset, std::string_view pointer) {
  std::vector<Warning> out;
  if (asset.kind == AssetKind::vehicle && !asset.plate.empty()) {
    if (auto warning = plate_warning(asset.plate)) {
      out.push_back({std::string{pointer} + "/plate", std::move(*warning)});
    }
  }
  return out;
}

bool verified(const Asset& scale, base::Day day) noexcept {
  return scale.verified_until && day <= *scale.verified_until &&
         (!scale.verified_on || *scale.verified_on <= day);
}

}  // namespace huan::registry
