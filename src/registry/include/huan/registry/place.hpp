// SPDX-License-Identifier: Apache-2.0
// A place 网点/设施: a registered location of a kind. One table holds every kind that the plans
// name, with its Chinese and English name and its tier in the network. A Place is what a version of
// a `place` record says; the record's key is its id. Parsing guarantees forms and ranges, not that
// the district, operator or material named is on record: that is the caller's to look up.
//
//   {"kind":"station","form":"fixed","name":"…","district":"130102","status":"active",
//    "operator":"E-001","location":{"lat_e7":380533000,"lng_e7":1145262600,"datum":"wgs84"},
//    "materials":["paper","plastic.pet"],"hours":[{"days":[1,2,3,4,5],"from":"08:00","to":"18:00"}]}
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/coordinates.hpp"

namespace huan::registry {

enum class PlaceKind : std::uint8_t {
#define HUAN_PLACE_KIND(id, code, zh, en, tier) id,
#include "huan/registry/place_kinds.inc"
#undef HUAN_PLACE_KIND
};

/// Where a kind stands on the way 投放点 – 回收站 – 分拣中心 and behind it.
enum class Tier : std::uint8_t { collect, gather, sort, use, reuse, dispose, area };

struct PlaceKindInfo {
  PlaceKind kind;
  std::string_view code;
  std::string_view zh;
  std::string_view en;
  Tier tier;
};

[[nodiscard]] std::span<const PlaceKindInfo> place_kinds() noexcept;
[[nodiscard]] const PlaceKindInfo& info(PlaceKind kind) noexcept;
[[nodiscard]] std::optional<PlaceKind> place_kind_from(std::string_view code) noexcept;
[[nodiscard]] std::string_view name(Tier tier) noexcept;

/// What splits a kind: stations are fixed or mobile, sorting centres comprehensive or specialised.
enum class PlaceForm : std::uint8_t { none, fixed, mobile, comprehensive, specialised };
[[nodiscard]] std::string_view name(PlaceForm form) noexcept;

enum class PlaceStatus : std::uint8_t { active, suspended, closed, planned };
[[nodiscard]] std::string_view name(PlaceStatus status) noexcept;

struct OpeningHours {
  std::uint8_t days{0};  ///< bit 0 Monday … bit 6 Sunday
  std::int16_t from_min{0};
  std::int16_t to_min{0};  ///< minutes after midnight, at most 1440, later than from
  friend bool operator==(const OpeningHours&, const OpeningHours&) = default;
};

struct Place {
  PlaceKind kind{};
  PlaceForm form{PlaceForm::none};
  std::string name;
  std::string name_en;
  std::string district;           ///< GB/T 2260, or a code of the pack
  std::int32_t district_year{0};  ///< edition of GB/T 2260 that the code is of; 0 not stated
  std::string street;             ///< code; empty: not stated
  std::string community;          ///< code; empty: not stated
  std::string address;            ///< of the site, as written on its door
  std::string operator_id;        ///< party id; empty: none
  PlaceStatus status{PlaceStatus::active};
  std::optional<Location> location;
  std::optional<base::Mass> capacity_per_day;
  std::optional<base::Mass> storage_limit;
  std::optional<std::int32_t> storage_days_max;
  std::optional<std::int64_t> area_m2;
  std::optional<std::int64_t> building_area_m2;
  std::optional<std::int64_t> sorting_area_m2;
  std::optional<std::int64_t> output_t_per_year;
  std::optional<std::int64_t> households;  ///< served, by its own statement
  std::optional<base::Day> opened;
  std::vector<OpeningHours> hours;
  std::vector<std::string> materials;  ///< codes of leaves or branches; empty: everything
  bool synthetic{false};               ///< made by a generator, not a real place
};

/// Pointers begin with `pointer` ("/data").
[[nodiscard]] base::Result<Place> parse_place(json::Value data, std::string_view pointer);
/// The `data` of a record, in RFC 8785 form, so that parse_place gives the same place again.
[[nodiscard]] std::string to_json(const Place& place);

/// Does the place take this material? A branch in its list covers every code below it.
[[nodiscard]] bool takes(const Place& place, std::string_view material) noexcept;
[[nodiscard]] bool is_open(const Place& place, std::int32_t weekday, std::int32_t minute) noexcept;
/// True for `code` itself and everything below it: covers("paper", "paper.occ").
[[nodiscard]] bool covers(std::string_view branch, std::string_view code) noexcept;

}  // namespace huan::registry
