// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "huan/siting/reach.hpp"
#include "huan/wire_siting/coverage.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/pack_network.hpp"
#include "site_network.hpp"

namespace huan::cli {
namespace {

using siting_problem::Network;
using siting_problem::Point;

constexpr double kMetresDefault = 500;
constexpr double kPercent = 100;
constexpr std::size_t kPlacesPage = 1'000;

struct CoverageWanted {
  std::string pack;
  std::string plan;
  std::vector<std::string> kinds{"drop-off-point", "station"};
  double metres{kMetresDefault};
  std::string gaps;
};

base::Result<std::vector<Point>> live_places(const Common& common, const CoverageWanted& wanted) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  HUAN_TRY(city, common.one_city(*reading));
  std::vector<Point> places;
  for (const std::string& kind : wanted.kinds) {
    store::RegistryFilter filter;
    filter.subkind = kind;
    store::Page page{"", kPlacesPage};
    for (bool more = true; more;) {
      const auto rows = reading->registry(city, "place", filter, page);
      for (const store::RegistryRow& row : rows) {
        if (const auto spot = wire_siting::active_spot(row.body)) {
          places.push_back(*spot);
        }
      }
      more = rows.size() == page.limit;
      if (more) {
        page.after = rows.back().key;
      }
    }
  }
  return places;
}

void print(const Network& network, const siting::Reach& reach) {
  for (const siting::ReachRow& row : reach.rows) {
    fmt::print("  {:<8} {:<5} {:>10.0f} of {:>10.0f} households, {:6.2f} %\n",
               network.districts[row.district], row.urban ? "urban" : "rural",
               row.households_reached, row.households,
               kPercent * row.households_reached / row.households);
  }
  fmt::print("  {} communities, villages or blocks are not reached\n", reach.gaps.size());
}

int coverage(const Common& common, const CoverageWanted& wanted) {
  const auto network = wire_siting::network_of_pack(wanted.pack);
  if (!network) {
    return refused(common, network.error());
  }
  siting::Reach reach;
  std::size_t count = 0;
  if (!wanted.plan.empty()) {
    const auto bytes = file_text(wanted.plan, "--plan");
    if (!bytes) {
      return refused(common, bytes.error());
    }
    const auto plan = wire_siting::read_network_plan(*bytes, *network);
    if (!plan) {
      return refused(common, plan.error());
    }
    reach = siting::reach_of(*network, *plan);
    count = plan->open.size();
  } else {
    const auto places = live_places(common, wanted);
    if (!places) {
      return refused(common, places.error());
    }
    reach = siting::reach_of(*network, *places, wanted.metres);
    count = places->size();
  }
  if (!wanted.gaps.empty()) {
    if (const auto done = write_text(wanted.gaps, wire_siting::gaps_geojson(*network, reach));
        !done) {
      return refused(common, done.error());
    }
  }
  if (common.json) {
    fmt::print("{}", wire_siting::coverage_json(*network, reach, wanted.metres, count));
    return kDone;
  }
  fmt::print("coverage by {} places{}\n", count,
             wanted.plan.empty() ? fmt::format(" within {:.0f} m", wanted.metres) : " of the plan");
  print(*network, reach);
  return kDone;
}

}  // namespace

void add_coverage(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "coverage", "which households have a place near them");
  auto wanted = std::make_shared<CoverageWanted>();
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--pack", wanted->pack, "whose villages and households are counted")->required();
  one->add_option("--plan", wanted->plan, "a plan of huan site instead of the store's places");
  one->add_option("--kind", wanted->kinds, "kinds of place that count")->capture_default_str();
  one->add_option("--metres", wanted->metres, "walking distance")->capture_default_str();
  one->add_option("--gaps", wanted->gaps, "who is not reached, as GeoJSON");
  one->callback(
      [&common, &verb, wanted] { verb = [&common, wanted] { return coverage(common, *wanted); }; });
}

}  // namespace huan::cli
