// SPDX-License-Identifier: Apache-2.0
#include "huan/json/writer.hpp"
#include "huan/wire_siting/network.hpp"

namespace huan::wire_siting {
namespace {

using siting_problem::kNobody;
using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Rule;

template <class Thing>
void write_where(json::Writer& w, const Network& network, const Thing& thing) {
  w.member("community", network.communities[thing.community]);
  w.member("district", network.districts[thing.district]);
}

void begin_point(json::Writer& w, const siting_problem::Point& at) {
  w.begin_object().key("geometry").begin_object().key("coordinates").begin_array();
  w.number(at.x).number(at.y).end_array().member("type", "Point").end_object();
  w.key("properties").begin_object();
}

void end_feature(json::Writer& w) { w.end_object().member("type", "Feature").end_object(); }

void write_rule(json::Writer& w, const Network& network, const Rule& rule) {
  w.begin_object().key("amount").number(rule.amount).member("area", name(rule.area));
  w.key("eased").number(rule.eased);
  w.key("households_per_site").number(rule.households_per_site);
  w.member("kind", name(rule.kind)).key("metres").number(rule.metres);
  w.member("name", rule.name).member("neighbours", rule.neighbours);
  w.member("permission", rule.permission).key("share").number(rule.share);
  w.key("sites").number(rule.sites).member("source", rule.source);
  w.key("streets_per_site").number(rule.streets_per_site);
  w.member("tier", network.tiers[rule.tier].name).member("who", name(rule.who));
  w.member("zone", rule.zone).end_object();
}

void write_line(json::Writer& w, const std::vector<siting_problem::Point>& line, bool closed) {
  w.begin_array();
  for (std::size_t k = 0; k < line.size() + (closed ? 1 : 0); ++k) {
    const auto& corner = line[k % line.size()];
    w.begin_array().number(corner.x).number(corner.y).end_array();
  }
  w.end_array();
}

/// Rings as one polygon; lines and points as lines, of one corner where they are points.
void write_zone(json::Writer& w, const siting_problem::Zone& zone) {
  const bool point = !zone.filled && zone.lines.size() == 1 && zone.lines.front().size() == 1;
  w.begin_object().key("geometry").begin_object().key("coordinates");
  if (point) {
    const auto& at = zone.lines.front().front();
    w.begin_array().number(at.x).number(at.y).end_array().member("type", "Point");
  } else {
    w.begin_array();
    for (const auto& line : zone.lines) {
      write_line(w, line, zone.filled || line.size() == 1);
    }
    w.end_array().member("type", zone.filled ? "Polygon" : "MultiLineString");
  }
  w.end_object().key("properties").begin_object().member("kind", "zone");
  w.member("name", zone.kind).end_object().member("type", "Feature").end_object();
}

void write_home(json::Writer& w, const Network& network, std::size_t h) {
  const auto& home = network.homes[h];
  begin_point(w, home.at);
  write_where(w, network, home);
  w.key("households").number(home.households).member("id", home.id).member("kind", "home");
  w.key("mass").begin_object();
  for (std::size_t m = 0; m < network.materials.size(); ++m) {
    w.key(network.materials[m]).number(network.mass[h * network.materials.size() + m]);
  }
  w.end_object().key("people").number(home.people);
  w.member("street", network.streets[home.street]).member("urban", home.urban);
  end_feature(w);
}

void write_site(json::Writer& w, const Network& network, const siting_problem::Site& site) {
  begin_point(w, site.at);
  w.key("capacity").number(site.capacity);
  write_where(w, network, site);
  w.key("cost").number(site.cost).member("id", site.id);
  w.member("kind", network.tiers[site.tier].name).member("standing", name(site.standing));
  w.member("street", network.streets[site.street]);
  if (~site.takes != 0) {
    w.key("takes").begin_array();
    for (std::size_t m = 0; m < network.materials.size(); ++m) {
      if ((site.takes >> m & 1U) != 0) {
        w.string(network.materials[m]);
      }
    }
    w.end_array();
  }
  w.member("urban", site.urban);
  end_feature(w);
}

void write_way(json::Writer& w, const siting_problem::Site& from, const siting_problem::Site& to) {
  w.begin_object().key("geometry").begin_object().key("coordinates").begin_array();
  for (const auto* site : {&from, &to}) {
    w.begin_array().number(site->at.x).number(site->at.y).end_array();
  }
  w.end_array().member("type", "LineString").end_object().key("properties").begin_object();
  w.member("from", from.id).member("kind", "way").member("to", to.id);
  end_feature(w);
}

}  // namespace

std::string to_geojson(const Network& network) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("datum", "WGS-84").key("detour").number(network.detour);
  w.key("districts").begin_array();
  for (std::uint32_t d = 0; d < network.districts.size(); ++d) {
    w.begin_object().member("id", network.districts[d]).key("neighbours").begin_array();
    for (const siting_problem::Pair& pair : network.neighbours) {
      if (pair.a == d) {
        w.string(network.districts[pair.b]);
      }
    }
    w.end_array().end_object();
  }
  w.end_array().key("features").begin_array();
  for (std::size_t h = 0; h < network.homes.size(); ++h) {
    write_home(w, network, h);
  }
  for (const auto& site : network.sites) {
    write_site(w, network, site);
  }
  for (const auto& zone : network.zones) {
    write_zone(w, zone);
  }
  w.end_array().key("materials").begin_array();
  for (const std::string& material : network.materials) {
    w.string(material);
  }
  w.end_array().member("origin", network.origin).key("periods").begin_array();
  for (const siting_problem::Period& period : network.periods) {
    w.begin_object().key("budget").number(period.budget).member("name", period.name).end_object();
  }
  w.end_array().key("rules").begin_array();
  for (const Rule& rule : network.rules) {
    write_rule(w, network, rule);
  }
  w.end_array().key("tiers").begin_array();
  for (const auto& tier : network.tiers) {
    w.begin_object().member("name", tier.name).member("optional", tier.optional);
    w.key("rate").number(tier.rate).key("reach_m").number(tier.reach_m).end_object();
  }
  w.end_array().member("type", "FeatureCollection").end_object();
  out.push_back('\n');
  return out;
}

std::string plan_to_geojson(const Network& network, const NetworkPlan& plan) {
  std::vector<double> households(network.sites.size(), 0);
  std::string out;
  json::Writer w(out);
  for (std::size_t h = 0; h < plan.served.size(); ++h) {
    if (plan.served[h] != kNobody) {
      households[plan.served[h]] += network.homes[h].households;
    }
  }
  w.begin_object().key("features").begin_array();
  for (const std::uint32_t site : plan.open) {
    begin_point(w, network.sites[site].at);
    w.member("district", network.districts[network.sites[site].district]);
    w.key("households").number(households[site]).member("id", network.sites[site].id);
    w.member("kind", network.tiers[network.sites[site].tier].name);
    w.member("standing", name(network.sites[site].standing));
    end_feature(w);
    if (plan.next[site] != kNobody) {
      write_way(w, network.sites[site], network.sites[plan.next[site]]);
    }
    std::uint32_t before = kNobody;
    for (std::size_t m = 0; m < network.materials.size(); ++m) {
      const std::uint32_t to = plan.ship[site * network.materials.size() + m];
      if (to != kNobody && to != before) {
        write_way(w, network.sites[site], network.sites[to]);
        before = to;
      }
    }
  }
  for (std::size_t h = 0; h < plan.served.size(); ++h) {
    if (plan.served[h] == kNobody) {
      begin_point(w, network.homes[h].at);
      w.member("district", network.districts[network.homes[h].district]);
      w.key("households").number(network.homes[h].households);
      w.member("id", network.homes[h].id).member("kind", "not served");
      end_feature(w);
    }
  }
  w.end_array().member("origin", network.origin).member("type", "FeatureCollection").end_object();
  out.push_back('\n');
  return out;
}

}  // namespace huan::wire_siting
