// SPDX-License-Identifier: Apache-2.0
// A question about a whole network: homes give material to a drop-off point, which gives it to a
// station, that to a transfer station, a sorting centre and a processor. Candidates of every tier,
// what each costs and holds, and the rules of the documents, as they are stated there. A value
// without arithmetic: solver and checker each read it with their own. Masses are tonnes, costs
// yuan, both of one year; distances are metres of the great circle times `detour`.
//
//   network.tiers = {{"drop-off-point", 20, 1'000}, {"station", 3}, {"sorting-centre", 1}};
//   network.rules.push_back({.name = "stations", .kind = RuleKind::at_least, .tier = 1,
//                            .area = Area::district, .households_per_site = 2'000});
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/siting_problem/answer.hpp"
#include "huan/siting_problem/problem.hpp"

namespace huan::siting_problem {

enum class Who : std::uint8_t { everyone, urban, rural };
enum class Area : std::uint8_t { all, district, street, community };
enum class RuleKind : std::uint8_t {
  at_least,         ///< so many sites of `tier` in each `area`
  at_most,          ///< not more than that; a permission of the document is one of these
  coverage,         ///< of the households of each `area` at least `share` is served
  away_from_homes,  ///< a site of `tier` is farther than `metres` from every home
  capacity,         ///< no site takes in more than its capacity
  kept,             ///< what exists and may not be closed stays open
  budget,           ///< what is opened anew costs at most `amount` a year
  away_from_zones,  ///< a site of `tier` is farther than `metres` from every zone called `zone`
};

struct Tier {
  std::string name;
  double rate{0};        ///< yuan for a tonne over a kilometre on the way here from the tier before
  double reach_m{0};     ///< of a home to its site; first tier only; 0: no limit
  bool optional{false};  ///< material may pass it by, at this tier's rate
};

struct Home {
  std::string id;
  Point at;
  double households{0};
  double people{0};
  bool urban{false};
  std::uint32_t district{0};
  std::uint32_t street{0};
  std::uint32_t community{0};
};

enum class Standing : std::uint8_t { free, existing, closable, required, forbidden };

struct Site {
  std::string id;
  Point at;
  std::uint32_t tier{0};
  double cost{0};      ///< of being open, a year
  double capacity{0};  ///< tonnes a year; 0: no limit
  bool urban{false};
  Standing standing{Standing::free};
  std::uint32_t district{0};
  std::uint32_t street{0};
  std::uint32_t community{0};
  std::uint64_t takes{~std::uint64_t{0}};  ///< bit by material; last tier only
};

struct Rule {
  std::string name;
  RuleKind kind{RuleKind::at_least};
  std::uint32_t tier{0};
  Area area{Area::all};
  Who who{Who::everyone};  ///< whose households count, and which sites
  double sites{0};         ///< the largest of these three, rounded up, is asked of each area
  double households_per_site{0};
  double streets_per_site{0};
  bool neighbours{false};  ///< at_least by district: sites of districts beside it count too
  bool permission{false};  ///< at_most: the document permits, nothing has to be built
  double share{0};
  double metres{0};
  double amount{0};
  /// Eased by so much: sites fewer (at_least) or more (at_most) in each area than the numbers come
  /// to; capacity: that part more than stated.
  double eased{0};
  std::string zone;    ///< away_from_zones: which; empty: all
  std::string source;  ///< where it is stated
};

/// Ground that sites keep away from: homes, water, a well field. Rings of polygons, lines, or
/// single points, in degrees; distances on the plane that touches the earth at the site.
struct Zone {
  std::string kind;
  bool filled{false};  ///< `lines` are rings, even and odd: what is inside is too near
  std::vector<std::vector<Point>> lines;
};

/// A year of building: what may be spent in it on what is opened anew, yuan a year of its cost.
struct Period {
  std::string name;
  double budget{0};
};

struct Pair {
  std::uint32_t a{0};
  std::uint32_t b{0};
};

inline constexpr std::size_t kMaterialsMax = 64;

struct Network {
  std::vector<std::string> materials;
  std::vector<Tier> tiers;
  std::vector<std::string> districts;
  std::vector<std::string> streets;
  std::vector<std::string> communities;
  std::vector<std::uint32_t> district_of_street;
  std::vector<Pair> neighbours;  ///< districts that lie beside each other
  std::vector<Home> homes;
  std::vector<double> mass;  ///< [home * materials + material]
  std::vector<Site> sites;
  std::vector<Rule> rules;
  std::vector<Zone> zones;
  std::vector<Period> periods;  ///< in their order; empty: all at once
  double detour{1};
  std::string origin;  ///< of the coordinates, for the reader: surveyed, synthetic
};

/// Count of sites asked of one area by one rule: what prices and reports speak of.
struct Part {
  std::uint32_t rule{0};
  std::uint32_t area{0};
  double value{0};
};

/// Prices from which the lower bound follows: see docs/siting.md.
struct NetworkProof {
  std::vector<std::vector<double>> prices;  ///< by tier but the last, then home: yuan a year
  std::vector<Part> counts;                 ///< of at_least (not under 0) and at_most (not over 0)
  std::vector<Part> coverage;               ///< yuan for a household; not under 0
};

struct NetworkPlan {
  Status status{Status::feasible};
  Stop stop{Stop::settled};
  double upper{0};
  double lower{0};
  std::vector<std::uint32_t> open;    ///< sites, ascending
  std::vector<std::uint32_t> served;  ///< by home: site of the first tier, or kNobody
  std::vector<std::uint32_t> next;    ///< by site below the last but one tier: where all goes
  std::vector<std::uint32_t> ship;    ///< [site * materials + material]: last tier but one
  std::vector<std::string> conflict;  ///< infeasible: names of rules, none of which can be spared
  std::string reason;                 ///< infeasible: what they come to
  NetworkProof proof;
  std::int64_t iterations{0};

  [[nodiscard]] double gap() const { return upper > 0 ? (upper - lower) / upper : 0; }
};

[[nodiscard]] std::string_view name(Who who);
[[nodiscard]] std::string_view name(Area area);
[[nodiscard]] std::string_view name(RuleKind kind);
[[nodiscard]] std::string_view name(Standing standing);

}  // namespace huan::siting_problem
