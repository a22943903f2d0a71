// SPDX-License-Identifier: Apache-2.0
// Places from a GeoJSON FeatureCollection of points (RFC 7946: longitude first, WGS-84).
// `properties` may have id, weight, demand, capacity, cost, sizes, role and status; `datum` of the
// collection says that the coordinates are in another one. A planar collection says `"crs":
// "planar"`.
#include <array>
#include <cmath>

#include "huan/json/document.hpp"
#include "place_list.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Problem;

constexpr json::ParseOptions kGeojsonParse{.depth_max = 16,
                                           .allow_fractions = true,
                                           .text_max = std::size_t{1} << 30,
                                           .string_max = std::size_t{1} << 16,
                                           .nodes_max = std::size_t{48} << 20};

struct NamedNumber {
  const char* name;
  std::optional<double> Place::* member;
};
constexpr std::array<NamedNumber, 4> kPlaceNumbers{{{"weight", &Place::weight},
                                                    {"demand", &Place::demand},
                                                    {"capacity", &Place::capacity},
                                                    {"cost", &Place::cost}}};

base::Result<std::string> text_member(const json::Value& object, const char* key,
                                      const std::string& at) {
  const auto value = object.find(key);
  if (!value || value->is_null()) {
    return std::string{};
  }
  if (value->is_integer()) {
    return std::to_string(value->integer());
  }
  if (!value->is_string()) {
    return Error{ErrorCode::bad_field, at + "/" + key, "text expected"};
  }
  return std::string{value->string()};
}

base::Result<std::vector<siting_problem::Size>> read_sizes(const json::Value& properties,
                                                           const std::string& at) {
  std::vector<siting_problem::Size> sizes;
  const auto list = properties.find("sizes");
  if (!list || list->is_null()) {
    return sizes;
  }
  if (!list->is_array()) {
    return Error{ErrorCode::bad_field, at + "/sizes", "a list of capacity and cost expected"};
  }
  for (const json::Value one : list->elements()) {
    const auto capacity = one.is_object() ? one.find("capacity") : std::nullopt;
    const auto cost = one.is_object() ? one.find("cost") : std::nullopt;
    if (!capacity || !cost || !capacity->is_number() || !cost->is_number()) {
      return Error{ErrorCode::bad_field, at + "/sizes", "a list of capacity and cost expected"};
    }
    sizes.push_back({capacity->number(), cost->number()});
  }
  return sizes;
}

base::Result<void> read_properties(const json::Value& properties, Place& place) {
  const std::string at = place.at + "/properties";
  for (const NamedNumber& one : kPlaceNumbers) {
    const auto value = properties.find(one.name);
    if (!value || value->is_null()) {
      continue;
    }
    if (!value->is_number() || !std::isfinite(value->number())) {
      return Error{ErrorCode::bad_number, at + "/" + one.name, "number expected"};
    }
    place.*one.member = value->number();
  }
  HUAN_TRY(sizes, read_sizes(properties, at));
  place.sizes = std::move(sizes);
  HUAN_TRY(id, text_member(properties, "id", at));
  HUAN_TRY(role, text_member(properties, "role", at));
  HUAN_TRY(status, text_member(properties, "status", at));
  place.id = id.empty() ? place.id : std::move(id);
  place.role = std::move(role);
  place.status = std::move(status);
  return {};
}

base::Result<void> read_point(const json::Value& feature, Place& place) {
  const auto geometry = feature.find("geometry");
  const std::string at = place.at + "/geometry";
  if (!geometry || !geometry->is_object()) {
    return Error{ErrorCode::bad_coordinates, at, "coordinates are missing"};
  }
  const auto type = geometry->find("type");
  if (!type || !type->is_string() || type->string() != "Point") {
    return Error{ErrorCode::not_supported, at, "geometry other than Point"};
  }
  const auto coordinates = geometry->find("coordinates");
  if (!coordinates || !coordinates->is_array() || coordinates->size() < 2 ||
      coordinates->size() > 3) {
    return Error{ErrorCode::bad_coordinates, at + "/coordinates", "coordinates are missing"};
  }
  auto each = coordinates->elements().begin();
  for (auto* into : {&place.x, &place.y}) {
    if (!(*each).is_number() || !std::isfinite((*each).number())) {
      return Error{ErrorCode::bad_coordinates, at + "/coordinates", "numbers expected"};
    }
    *into = (*each).number();
    ++each;
  }
  return {};
}

base::Result<Place> read_feature(const json::Value& feature, std::size_t k) {
  Place place;
  place.at = "/features/" + std::to_string(k);
  if (!feature.is_object()) {
    return Error{ErrorCode::bad_field, place.at, "a Feature expected"};
  }
  HUAN_TRY(id, text_member(feature, "id", place.at));
  place.id = std::move(id);
  HUAN_CHECK(read_point(feature, place));
  const auto properties = feature.find("properties");
  if (properties && properties->is_object()) {
    HUAN_CHECK(read_properties(*properties, place));
  } else if (properties && !properties->is_null()) {
    return Error{ErrorCode::bad_field, place.at + "/properties", "an object expected"};
  }
  return place;
}

}  // namespace

base::Result<Problem> read_geojson(std::string_view bytes, const ReadOptions& options) {
  HUAN_TRY(document, json::Document::parse(bytes, kGeojsonParse));
  const json::Value root = document.root();
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "a FeatureCollection expected"};
  }
  const auto features = root.find("features");
  if (!features || !features->is_array()) {
    return Error{ErrorCode::bad_field, "/features", "a FeatureCollection expected"};
  }
  if (static_cast<std::int64_t>(features->size()) > kPointsMax) {
    return Error{ErrorCode::too_large, "/features", "over 2,000,000 places"};
  }
  Ground ground;
  ground.on_earth = true;
  HUAN_TRY(datum, text_member(root, "datum", ""));
  ground.datum = std::move(datum);
  if (const auto crs = root.find("crs"); crs && !crs->is_null()) {
    const bool planar = crs->is_string() && crs->string() == "planar";
    if (!planar) {
      return Error{ErrorCode::bad_coordinates, "/crs",
                   "RFC 7946 knows WGS-84 only: leave it out, or name the datum"};
    }
    ground.on_earth = false;
  }
  std::vector<Place> places;
  places.reserve(features->size());
  for (const json::Value feature : features->elements()) {
    HUAN_TRY(place, read_feature(feature, places.size()));
    places.push_back(std::move(place));
  }
  return problem_of(std::move(places), ground, options);
}

}  // namespace huan::wire_siting
