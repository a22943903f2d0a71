// SPDX-License-Identifier: Apache-2.0
#include "generate_spec.hpp"

#include <array>

#include "codes.hpp"
#include "hours.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;
using json::Value;

constexpr std::array<std::string_view, 7> kPartyKinds{"enterprise",    "sole_trader", "cooperative",
                                                      "authority",     "institution", "resident",
                                                      "natural_person"};
constexpr std::array<std::string_view, 3> kDestinations{"recycle", "reuse", "energy"};
constexpr std::array<std::string_view, 5> kForms{"none", "fixed", "mobile", "comprehensive",
                                                 "specialised"};
constexpr std::array<std::string_view, 3> kAttach{"community", "street", "district"};
constexpr std::array<std::string_view, 4> kAssetKinds{"vehicle", "scale", "container", "device"};
constexpr std::int64_t kCountMax = 200'000;
constexpr std::size_t kPrefixMax = 12;

/// Reads each table of the array `key` with `read`, which fills one element.
template <class T, class Read>
void read_each(Fields& f, std::string_view key, std::vector<T>& out, Read read) {
  const auto list = f.array(key);
  if (!list) {
    return;
  }
  for (const Value entry : list->elements()) {
    Fields fields(entry, f.pointer(key) + "/" + std::to_string(out.size()));
    T item;
    read(fields, item);
    if (auto finished = fields.finish(); !finished) {
      return f.adopt(std::move(finished).error());
    }
    out.push_back(std::move(item));
  }
}

std::optional<PlaceKind> place_kind(Fields& f, std::string_view key, const std::string& code) {
  const auto kind = place_kind_from(code);
  if (!kind) {
    f.refuse(ErrorCode::bad_field, key, "not a kind of place, such as station or sorting-centre");
  }
  return kind;
}

void read_party(Fields& f, PartySpec& party) {
  party.prefix = f.name("prefix", kPrefixMax);
  party.count = f.integer("count", {1, kCountMax});
  party.kind = static_cast<PartyKind>(f.choice("kind", kPartyKinds));
  party.label = f.text("label", 100);
  party.qualifications = f.names("qualifications", 20);
  party.qualified_from = f.optional_day("qualified_from");
  if (const auto destination = f.optional_choice("destination", kDestinations)) {
    party.destination = static_cast<Destination>(*destination);
  }
}

void read_place(Fields& f, PlaceSpec& place) {
  place.prefix = f.name("prefix", kPrefixMax);
  place.count = f.integer("count", {1, kCountMax});
  place.kind = place_kind(f, "kind", f.text("kind", 40)).value_or(PlaceKind{});
  place.form = static_cast<PlaceForm>(f.optional_choice("form", kForms).value_or(0));
  place.label = f.text("label", 100);
  place.parties = f.optional_name("parties", kPrefixMax).value_or("");
  place.attach = static_cast<Attach>(f.optional_choice("attach", kAttach).value_or(0));
  place.materials = f.names("materials", 200);
  place.capacity_per_day = as_mass(f.optional_integer("capacity_g_per_day", {1, base::kMassMax}));
  if (const auto days = f.optional_integer("storage_days_max", {1, 3660})) {
    place.storage_days_max = static_cast<std::int32_t>(*days);
  }
  place.area_m2 = f.optional_integer("area_m2", {1, 1'000'000'000});
  read_hours(f, "hours", place.hours);
}

void read_asset(Fields& f, AssetSpec& asset) {
  asset.prefix = f.name("prefix", kPrefixMax);
  asset.kind = static_cast<AssetKind>(f.choice("kind", kAssetKinds));
  asset.parties = f.optional_name("parties", kPrefixMax).value_or("");
  asset.count = f.optional_integer("count", {0, kCountMax}).value_or(0);
  for (const std::string& code : f.names("places", 50)) {
    if (const auto kind = place_kind(f, "places", code)) {
      asset.places.push_back(*kind);
    }
  }
  asset.capacity = as_mass(f.optional_integer("capacity_g", {1, base::kMassMax}));
  asset.max = as_mass(f.optional_integer("max_g", {1, base::kMassMax}));
  asset.interval = as_mass(f.optional_integer("interval_g", {1, base::kMassMax}));
  asset.verified_on = f.optional_day("verified_on");
  asset.verified_until = f.optional_day("verified_until");
}

}  // namespace

void read_generate(Fields& pack, GenerateSpec& out) {
  const auto value = pack.any("generate");
  if (!value) {
    return;
  }
  Fields f(*value, pack.pointer("generate"));
  out.seed = static_cast<std::uint64_t>(f.integer("seed"));
  out.division_year =
      static_cast<std::int32_t>(f.optional_integer("division_year", {1980, 2199}).value_or(0));
  read_each(f, "party", out.parties, read_party);
  read_each(f, "place", out.places, read_place);
  read_each(f, "asset", out.assets, read_asset);
  if (auto finished = f.finish(); !finished) {
    pack.adopt(std::move(finished).error());
  }
}

}  // namespace huan::registry
