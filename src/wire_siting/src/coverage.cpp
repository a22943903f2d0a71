// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/coverage.hpp"

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/place.hpp"

namespace huan::wire_siting {
namespace {

constexpr double kE7 = 1e7;

void write_sums(json::Writer& w, const siting::ReachRow& row) {
  w.key("households").number(row.households);
  w.key("households_reached").number(row.households_reached);
  w.key("people").number(row.people).key("people_reached").number(row.people_reached);
  w.key("share").number(row.households > 0 ? row.households_reached / row.households : 0);
}

}  // namespace

std::optional<siting_problem::Point> active_spot(std::string_view body) {
  const auto document = json::Document::parse(body, json::kStored);
  const auto root =
      document && document->root().is_object() ? document->root().find("record") : std::nullopt;
  const auto data = root && root->is_object() ? root->find("data") : std::nullopt;
  if (!data || !data->is_object()) {
    return std::nullopt;
  }
  const auto place = registry::parse_place(*data, "/data");
  if (!place || place->status != registry::PlaceStatus::active || !place->location) {
    return std::nullopt;
  }
  return siting_problem::Point{static_cast<double>(place->location->at.lng_e7) / kE7,
                               static_cast<double>(place->location->at.lat_e7) / kE7};
}

std::string coverage_json(const siting_problem::Network& network, const siting::Reach& reach,
                          double metres, std::size_t places) {
  siting::ReachRow sums[2];
  std::string out;
  json::Writer w(out);
  w.begin_object().key("districts").begin_array();
  for (const siting::ReachRow& row : reach.rows) {
    siting::ReachRow& sum = sums[row.urban ? 1 : 0];
    sum.households += row.households;
    sum.households_reached += row.households_reached;
    sum.people += row.people;
    sum.people_reached += row.people_reached;
    w.begin_object().member("district", network.districts[row.district]);
    write_sums(w, row);
    w.member("urban", row.urban).end_object();
  }
  w.end_array().member("gaps", static_cast<std::int64_t>(reach.gaps.size()));
  w.key("metres").number(metres).member("origin", network.origin);
  w.member("places", static_cast<std::int64_t>(places));
  w.key("rural").begin_object();
  write_sums(w, sums[0]);
  w.end_object().key("urban").begin_object();
  write_sums(w, sums[1]);
  w.end_object().end_object();
  out.push_back('\n');
  return out;
}

std::string coverage_csv(const siting_problem::Network& network, const siting::Reach& reach) {
  std::string out = "district,urban,households,households_reached,people,people_reached,share\r\n";
  const auto number = [](double value) {
    std::string text;
    json::Writer w(text);
    w.number(value);
    return text;
  };
  for (const siting::ReachRow& row : reach.rows) {
    out += network.districts[row.district] + (row.urban ? ",true," : ",false,");
    out += number(row.households) + "," + number(row.households_reached) + "," +
           number(row.people) + "," + number(row.people_reached) + ",";
    out += number(row.households > 0 ? row.households_reached / row.households : 0) + "\r\n";
  }
  return out;
}

std::string gaps_geojson(const siting_problem::Network& network, const siting::Reach& reach) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("features").begin_array();
  for (const std::uint32_t h : reach.gaps) {
    const auto& home = network.homes[h];
    w.begin_object().key("geometry").begin_object().key("coordinates").begin_array();
    w.number(home.at.x).number(home.at.y).end_array().member("type", "Point").end_object();
    w.key("properties").begin_object().member("community", network.communities[home.community]);
    w.member("district", network.districts[home.district]);
    w.key("households").number(home.households).member("id", home.id);
    if (!reach.nearest_metres.empty() && reach.nearest_metres[h] >= 0) {
      w.key("nearest_m").number(reach.nearest_metres[h]);
    }
    w.key("people").number(home.people).member("urban", home.urban).end_object();
    w.member("type", "Feature").end_object();
  }
  w.end_array().member("origin", network.origin).member("type", "FeatureCollection").end_object();
  out.push_back('\n');
  return out;
}

}  // namespace huan::wire_siting
