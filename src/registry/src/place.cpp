// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/place.hpp"

#include <algorithm>

#include "codes.hpp"
#include "hours.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;
using base::Mass;
using base::Result;
using json::Value;

constexpr PlaceKindInfo kKinds[] = {
#define HUAN_PLACE_KIND(id, code, zh, en, tier) {PlaceKind::id, code, zh, en, Tier::tier},
#include "huan/registry/place_kinds.inc"
#undef HUAN_PLACE_KIND
};
constexpr std::array<std::string_view, 5> kForms{"", "fixed", "mobile", "comprehensive",
                                                 "specialised"};
constexpr std::array<std::string_view, 4> kStatuses{"active", "suspended", "closed", "planned"};
constexpr std::array<std::string_view, 3> kDatums{"wgs84", "cgcs2000", "gcj02"};
constexpr std::array<std::string_view, 7> kTiers{"collect", "gather",  "sort", "use",
                                                 "reuse",   "dispose", "area"};
constexpr std::int64_t kAreaMax = 1'000'000'000;

bool form_fits(PlaceKind kind, PlaceForm form) {
  switch (form) {
    case PlaceForm::none:
      return true;
    case PlaceForm::fixed:
    case PlaceForm::mobile:
      return kind == PlaceKind::station;
    case PlaceForm::comprehensive:
    case PlaceForm::specialised:
      return kind == PlaceKind::sorting_centre;
  }
  return false;
}

Result<Location> parse_location(Value value, const std::string& pointer) {
  Fields f(value, pointer);
  constexpr IntegerRange kRange{-1'800'000'000, 1'800'000'000};
  const auto lat = f.integer("lat_e7", kRange);
  const auto lng = f.integer("lng_e7", kRange);
  const auto datum = static_cast<Datum>(f.choice("datum", kDatums));
  const auto source = f.optional_choice("source_datum", kDatums);
  if (source && datum != Datum::wgs84) {
    f.refuse(ErrorCode::bad_coordinates, "source_datum",
             "only coordinates converted to wgs84 have another source datum");
  }
  if (auto finished = f.finish(); !finished) {
    finished.error().code = ErrorCode::bad_coordinates;
    return std::move(finished).error();
  }
  auto location =
      make_location({static_cast<std::int32_t>(lat), static_cast<std::int32_t>(lng)}, datum);
  if (!location) {
    return std::move(location).error().within(pointer);
  }
  if (source) {
    location->source_datum = static_cast<Datum>(*source);
  }
  return location;
}

void read_location(Fields& f, Place& place) {
  const auto value = f.any("location");
  if (!value) {
    return;
  }
  auto location = parse_location(*value, f.pointer("location"));
  if (!location) {
    return f.adopt(std::move(location).error());
  }
  place.location = *location;
}

void read_where(Fields& f, Place& place) {
  place.district = f.name("district");
  const bool six =
      place.district.size() == 6 && std::all_of(place.district.begin(), place.district.end(),
                                                [](char c) { return c >= '0' && c <= '9'; });
  if (six) {
    require_identifier(f, "district", check_division(place.district));
  }
  place.district_year =
      static_cast<std::int32_t>(f.optional_integer("district_year", {1980, 2199}).value_or(0));
  place.street = f.optional_name("street").value_or("");
  place.community = f.optional_name("community").value_or("");
  place.address = f.optional_text("address", 300).value_or("");
  refuse_personal_text(f, "address", place.address);
  read_location(f, place);
}

void read_sizes(Fields& f, Place& place) {
  place.capacity_per_day = as_mass(f.optional_integer("capacity_g_per_day", {1, base::kMassMax}));
  place.storage_limit = as_mass(f.optional_integer("storage_limit_g", {1, base::kMassMax}));
  if (const auto days = f.optional_integer("storage_days_max", {1, 3660})) {
    place.storage_days_max = static_cast<std::int32_t>(*days);
  }
  place.area_m2 = f.optional_integer("area_m2", {1, kAreaMax});
  place.building_area_m2 = f.optional_integer("building_area_m2", {1, kAreaMax});
  place.sorting_area_m2 = f.optional_integer("sorting_area_m2", {1, kAreaMax});
  place.output_t_per_year = f.optional_integer("output_t_per_year", {1, kAreaMax});
  place.households = f.optional_integer("households", {0, kAreaMax});
}

}  // namespace

std::span<const PlaceKindInfo> place_kinds() noexcept { return kKinds; }

const PlaceKindInfo& info(PlaceKind kind) noexcept {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<PlaceKind> place_kind_from(std::string_view code) noexcept {
  for (const PlaceKindInfo& known : kKinds) {
    if (known.code == code) {
      return known.kind;
    }
  }
  return std::nullopt;
}

std::string_view name(Tier tier) noexcept { return kTiers[static_cast<std::size_t>(tier)]; }
std::string_view name(PlaceForm form) noexcept { return kForms[static_cast<std::size_t>(form)]; }
std::string_view name(PlaceStatus status) noexcept {
  return kStatuses[static_cast<std::size_t>(status)];
}

Result<Place> parse_place(Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data, "address");
  Place place;
  if (const auto kind = place_kind_from(f.text("kind", 40))) {
    place.kind = *kind;
  } else {
    f.refuse(ErrorCode::bad_field, "kind",
             "not a kind of place, such as station or sorting-centre");
  }
  if (const auto form = f.optional_choice("form", std::span{kForms}.subspan(1))) {
    place.form = static_cast<PlaceForm>(*form + 1);
  }
  if (!form_fits(place.kind, place.form)) {
    f.refuse(ErrorCode::bad_field, "form",
             "stations are fixed or mobile, sorting centres comprehensive or specialised");
  }
  place.name = f.text("name", 200);
  place.name_en = f.optional_text("name_en", 200).value_or("");
  refuse_personal_text(f, "name", place.name);
  read_where(f, place);
  place.operator_id = f.optional_name("operator").value_or("");
  place.status = static_cast<PlaceStatus>(f.optional_choice("status", kStatuses).value_or(0));
  read_sizes(f, place);
  place.opened = f.optional_day("opened");
  read_hours(f, "hours", place.hours);
  place.materials = f.names("materials", 200);
  place.synthetic = f.flag("synthetic", false);
  HUAN_CHECK(f.finish());
  return place;
}

std::string to_json(const Place& place) {
  ObjectText o;
  o.optional("address", place.address);
  o.optional("area_m2", place.area_m2);
  o.optional("building_area_m2", place.building_area_m2);
  o.optional("capacity_g_per_day", place.capacity_per_day);
  o.optional("community", place.community);
  o.put("district", place.district);
  if (place.district_year != 0) {
    o.put("district_year", std::int64_t{place.district_year});
  }
  o.optional("form", name(place.form));
  if (!place.hours.empty()) {
    o.raw("hours", hours_json(place.hours));
  }
  o.optional("households", place.households);
  o.put("kind", info(place.kind).code);
  if (place.location) {
    ObjectText at;
    at.put("datum", name(Datum::wgs84));
    at.put("lat_e7", std::int64_t{place.location->at.lat_e7});
    at.put("lng_e7", std::int64_t{place.location->at.lng_e7});
    if (place.location->source_datum != Datum::wgs84) {
      at.put("source_datum", name(place.location->source_datum));
    }
    o.raw("location", at.text());
  }
  o.list("materials", place.materials);
  o.put("name", place.name);
  o.optional("name_en", place.name_en);
  if (place.opened) {
    o.put("opened", base::format_day(*place.opened));
  }
  o.optional("operator", place.operator_id);
  o.optional("output_t_per_year", place.output_t_per_year);
  o.optional("sorting_area_m2", place.sorting_area_m2);
  o.put("status", name(place.status));
  if (place.storage_days_max) {
    o.put("storage_days_max", std::int64_t{*place.storage_days_max});
  }
  o.optional("storage_limit_g", place.storage_limit);
  o.optional("street", place.street);
  o.flag("synthetic", place.synthetic);
  return o.text();
}

bool covers(std::string_view branch, std::string_view code) noexcept {
  return code.starts_with(branch) && (code.size() == branch.size() || code[branch.size()] == '.');
}

bool takes(const Place& place, std::string_view material) noexcept {
  return place.materials.empty() ||
         std::any_of(place.materials.begin(), place.materials.end(),
                     [&](const std::string& branch) { return covers(branch, material); });
}

bool is_open(const Place& place, std::int32_t weekday, std::int32_t minute) noexcept {
  if (place.hours.empty()) {
    return true;
  }
  return std::any_of(place.hours.begin(), place.hours.end(), [&](const OpeningHours& h) {
    return ((h.days >> (weekday - 1)) & 1) != 0 && minute >= h.from_min && minute < h.to_min;
  });
}

}  // namespace huan::registry
