// SPDX-License-Identifier: Apache-2.0
// A small made-up town for the tests.
#pragma once

#include <string>

#include "huan/simulator/city.hpp"

namespace huan::simulator {

inline void add_sites(City& town, SiteKind kind, const std::string& prefix, int count) {
  for (int i = 1; i <= count; ++i) {
    Site site;
    site.key = prefix + "-" + std::to_string(1'000 + i);
    site.kind = kind;
    site.district = "13010" + std::to_string(2 + i % 3);
    site.operator_id = "E-" + std::to_string(i);
    if (kind == SiteKind::station || kind == SiteKind::battery_store) {
      site.scale = "W-" + site.key;
      site.interval_g = 100;
      site.scale_max_g = 300'000;
    } else if (kind != SiteKind::second_hand) {
      site.scale = "W-" + site.key;
      site.interval_g = 20'000;
      site.scale_max_g = 60'000'000;
    }
    town.sites.push_back(site);
  }
}

inline City town() {
  City town;
  town.code = "130100";
  town.offset_s = 8 * 3'600;
  add_sites(town, SiteKind::station, "S", 60);
  add_sites(town, SiteKind::transfer, "T", 3);
  add_sites(town, SiteKind::centre, "C", 2);
  add_sites(town, SiteKind::processor, "U", 8);
  add_sites(town, SiteKind::dismantler, "D", 2);
  add_sites(town, SiteKind::battery_store, "B", 2);
  add_sites(town, SiteKind::second_hand, "R", 2);
  add_sites(town, SiteKind::hazardous, "H", 1);
  town.vehicles = {"V-1", "V-2", "V-3"};
  town.market = "M-1";
  return town;
}

}  // namespace huan::simulator
