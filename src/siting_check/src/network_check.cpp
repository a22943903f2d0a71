// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "huan/siting_check/network.hpp"
#include "measure.hpp"
#include "network_bound.hpp"
#include "network_rules.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Area;
using siting_problem::kNobody;
using siting_problem::NetworkPlan;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Standing;

constexpr double kSameFlow = 1e-9;
constexpr double kMetresOfKm = 1'000;

Error fault(const std::string& at, const std::string& what) {
  return {ErrorCode::wrong_answer, at, what};
}

class Judge {
 public:
  Judge(const Network& network, const NetworkPlan& plan)
      : network_(network), plan_(plan), open_(network.sites.size(), 0) {}

  base::Result<NetworkFound> judge() {
    HUAN_CHECK(check_shape());
    HUAN_CHECK(check_open());
    HUAN_CHECK(follow_homes());
    for (std::size_t tier = 0; tier + 1 < network_.tiers.size(); ++tier) {
      HUAN_CHECK(follow_sites(tier));
    }
    HUAN_CHECK(check_rules());
    HUAN_CHECK(check_ends());
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::size_t materials() const { return network_.materials.size(); }
  [[nodiscard]] double metres(const siting_problem::Point& a,
                              const siting_problem::Point& b) const {
    return on_sphere(a, b) * network_.detour;
  }

  base::Result<void> check_shape() const {
    if (plan_.served.size() != network_.homes.size() ||
        plan_.next.size() != network_.sites.size() ||
        plan_.ship.size() != network_.sites.size() * materials()) {
      return fault("plan", "has other homes or sites than the network");
    }
    if (!std::isfinite(plan_.upper) || !std::isfinite(plan_.lower)) {
      return fault("upper", "both ends have to be numbers");
    }
    return {};
  }

  base::Result<void> check_open() {
    for (std::size_t k = 0; k < plan_.open.size(); ++k) {
      const std::uint32_t site = plan_.open[k];
      if (site >= open_.size() || (k > 0 && plan_.open[k - 1] >= site)) {
        return fault("open", "sites of the network are expected, ascending");
      }
      open_[site] = 1;
      found_.open += network_.sites[site].cost;
    }
    barred_ = barred_sites(network_);
    const std::vector<std::uint8_t> fixed = fixed_sites(network_);
    for (std::size_t j = 0; j < open_.size(); ++j) {
      if (open_[j] != 0 && barred_[j] != 0) {
        return fault("site " + network_.sites[j].id, "is forbidden, or too near a home");
      }
      if (open_[j] == 0 && fixed[j] != 0) {
        return fault("site " + network_.sites[j].id, "has to be open");
      }
    }
    return {};
  }

  base::Result<void> follow_homes() {
    mass_.assign(network_.sites.size() * materials(), 0);
    for (std::size_t h = 0; h < network_.homes.size(); ++h) {
      const auto& home = network_.homes[h];
      found_.all_households += home.households;
      const std::uint32_t site = plan_.served[h];
      if (site == kNobody) {
        continue;
      }
      if (site >= open_.size() || open_[site] == 0 || network_.sites[site].tier != 0) {
        return fault("home " + home.id, "is served by no open site of the first tier");
      }
      const double way = metres(home.at, network_.sites[site].at);
      const double reach = network_.tiers[0].reach_m;
      if (reach > 0 && way > reach * (1 + kSameFlow)) {
        return fault("home " + home.id, "lies beyond the reach of its site");
      }
      found_.served_households += home.households;
      pay(&network_.mass[h * materials()], site, network_.tiers[0].rate * way);
    }
    return {};
  }

  void pay(const double* masses, std::uint32_t to, double each) {
    for (std::size_t m = 0; m < materials(); ++m) {
      mass_[to * materials() + m] += static_cast<long double>(masses[m]);
      found_.ways += masses[m] * each / kMetresOfKm;
    }
  }

  base::Result<void> follow_sites(std::size_t tier) {
    const bool last_but_one = tier + 2 == network_.tiers.size();
    for (std::uint32_t j = 0; j < open_.size(); ++j) {
      if (open_[j] == 0 || network_.sites[j].tier != tier) {
        continue;
      }
      std::vector<double> masses(materials());
      for (std::size_t m = 0; m < materials(); ++m) {
        masses[m] = static_cast<double>(mass_[j * materials() + m]);
      }
      HUAN_CHECK(last_but_one ? ship(j, masses) : hand_on(j, masses));
    }
    return {};
  }

  base::Result<void> hand_on(std::uint32_t from, const std::vector<double>& masses) {
    const auto& site = network_.sites[from];
    const std::uint32_t to = plan_.next[from];
    const bool idle = std::all_of(masses.begin(), masses.end(), [](double m) { return m <= 0; });
    if (to == kNobody && idle) {
      return {};
    }
    if (to == kNobody || to >= open_.size() || open_[to] == 0) {
      return fault("site " + site.id, "gives to no open site");
    }
    const std::uint32_t up = network_.sites[to].tier;
    const bool passes = up == site.tier + 2 && network_.tiers[site.tier + 1].optional;
    if (up != site.tier + 1 && !passes) {
      return fault("site " + site.id, "gives to a site of a tier that is not the next");
    }
    pay(masses.data(), to,
        network_.tiers[site.tier + 1].rate * metres(site.at, network_.sites[to].at));
    return {};
  }

  base::Result<void> ship(std::uint32_t from, const std::vector<double>& masses) {
    for (std::size_t m = 0; m < materials(); ++m) {
      if (masses[m] <= 0) {
        continue;
      }
      const std::uint32_t to = plan_.ship[from * materials() + m];
      const bool there = to != kNobody && to < open_.size() && open_[to] != 0 &&
                         network_.sites[to].tier + 1 == network_.tiers.size() &&
                         (network_.sites[to].takes >> m & 1U) != 0;
      if (!there) {
        return fault("site " + network_.sites[from].id,
                     "has no open site of the last tier for " + network_.materials[m]);
      }
      std::vector<double> one(materials(), 0);
      one[m] = masses[m];
      pay(one.data(), to,
          network_.tiers.back().rate * metres(network_.sites[from].at, network_.sites[to].at));
    }
    return {};
  }

  [[nodiscard]] std::string area_name(Area area, std::size_t a) const {
    switch (area) {
      case Area::district:
        return network_.districts[a];
      case Area::street:
        return network_.streets[a];
      case Area::community:
        return network_.communities[a];
      default:
        return "all";
    }
  }

  base::Result<void> check_rules() {
    for (std::uint32_t r = 0; r < network_.rules.size(); ++r) {
      finding_ = RuleFinding{};
      finding_.rule = network_.rules[r].name;
      finding_.permission = network_.rules[r].permission;
      switch (network_.rules[r].kind) {
        case RuleKind::at_least:
        case RuleKind::at_most: {
          HUAN_CHECK(count(r));
          break;
        }
        case RuleKind::coverage: {
          HUAN_CHECK(cover(r));
          break;
        }
        case RuleKind::capacity: {
          HUAN_CHECK(weigh(network_.rules[r]));
          break;
        }
        case RuleKind::budget: {
          HUAN_CHECK(spend(network_.rules[r]));
          break;
        }
        default:
          bar(network_.rules[r]);
          break;
      }
      found_.rules.push_back(finding_);
    }
    return {};
  }

  void note(double asked, double there, bool binds, const std::string& area) {
    ++finding_.areas;
    finding_.asked += asked;
    finding_.found += there;
    if (binds) {
      finding_.tightest = finding_.binding++ == 0 ? area : finding_.tightest;
      finding_.where.push_back(area);
    }
  }

  base::Result<void> count(std::uint32_t index) {
    const Rule& rule = network_.rules[index];
    const bool most = rule.kind == RuleKind::at_most;
    const Asked asked = asked_by(network_, index, barred_);
    std::vector<std::uint8_t> counted(open_.size(), 0);
    for (std::size_t a = 0; a < asked.sites.size(); ++a) {
      const auto open = std::count_if(asked.counting[a].begin(), asked.counting[a].end(),
                                      [&](std::uint32_t site) { return open_[site] != 0; });
      const auto there = static_cast<double>(open);
      if (most ? there > asked.sites[a] : there < asked.sites[a]) {
        return fault("rule " + rule.name + ", " + area_name(rule.area, a),
                     std::to_string(open) + " sites are open, " +
                         (most ? "at most " : "at least ") +
                         std::to_string(std::llround(asked.sites[a])) + " are to be");
      }
      if (asked.sites[a] > 0 && (!most || open > 0)) {
        note(asked.sites[a], there, there == asked.sites[a], area_name(rule.area, a));
        for (const std::uint32_t site : asked.counting[a]) {
          counted[site] = open_[site];
        }
      }
    }
    finding_.sites = std::count(counted.begin(), counted.end(), std::uint8_t{1});
    return {};
  }

  base::Result<void> cover(std::uint32_t index) {
    const Rule& rule = network_.rules[index];
    const Cover cover = cover_of(network_, index);
    for (std::size_t a = 0; a < cover.homes.size(); ++a) {
      double served = 0;
      double smallest = 0;
      for (const std::uint32_t h : cover.homes[a]) {
        if (plan_.served[h] != kNobody) {
          const double households = network_.homes[h].households;
          served += households;
          smallest = smallest <= 0 ? households : std::min(smallest, households);
        }
      }
      if (served < cover.households[a] * (1 - kSameFlow)) {
        return fault("rule " + rule.name + ", " + area_name(rule.area, a),
                     std::to_string(std::llround(served)) + " households are served, at least " +
                         std::to_string(std::llround(cover.households[a])) + " are to be");
      }
      if (cover.households[a] > 0) {
        note(cover.households[a], served, served - smallest < cover.households[a],
             area_name(rule.area, a));
      }
    }
    return {};
  }

  base::Result<void> weigh(const Rule& rule) {
    const double room = 1 + rule.eased;
    for (std::size_t j = 0; j < open_.size(); ++j) {
      const auto& site = network_.sites[j];
      if (open_[j] == 0 || site.capacity <= 0) {
        continue;
      }
      long double load = 0;
      for (std::size_t m = 0; m < materials(); ++m) {
        load += mass_[j * materials() + m];
      }
      const double capacity = site.capacity * room;
      if (load > static_cast<long double>(capacity) * (1 + 1e-8L)) {
        return fault("rule " + rule.name + ", site " + site.id, "takes in more than its capacity");
      }
      constexpr double kNearlyFull = 0.99;
      note(capacity, static_cast<double>(load), static_cast<double>(load) > kNearlyFull * capacity,
           "site " + site.id);
    }
    return {};
  }

  /// Kept, or away from something: held already when the open sites were looked at. It binds where
  /// there is anything that it keeps open or shut.
  void bar(const Rule& rule) {
    double all = 0;
    double held = 0;
    for (std::size_t j = 0; j < open_.size(); ++j) {
      const auto& site = network_.sites[j];
      const bool kept = rule.kind == RuleKind::kept;
      if (kept ? site.standing != Standing::existing : site.tier != rule.tier) {
        continue;
      }
      all += 1;
      const bool shut = barred_[j] != 0 && site.standing != Standing::forbidden;
      held += (kept ? open_[j] != 0 : shut) ? 1 : 0;
    }
    if (all > 0) {
      note(all, held, held > 0, "all");
    }
  }

  base::Result<void> spend(const Rule& rule) {
    double money = 0;
    for (std::size_t j = 0; j < open_.size(); ++j) {
      const Standing standing = network_.sites[j].standing;
      const bool there = standing == Standing::existing || standing == Standing::closable;
      money += open_[j] != 0 && !there ? network_.sites[j].cost : 0;
    }
    if (money > rule.amount * (1 + kSameFlow)) {
      return fault("rule " + rule.name, std::to_string(money) + " yuan of new money are spent");
    }
    constexpr double kNearlyAll = 0.999;
    note(rule.amount, money, money > kNearlyAll * rule.amount, "all");
    return {};
  }

  base::Result<void> check_ends() {
    const double value = found_.open + found_.ways;
    if (std::abs(value - plan_.upper) > 1e-8 * std::max(1.0, value)) {
      return fault("upper", "the plan costs " + std::to_string(value));
    }
    if (plan_.proof.prices.empty()) {
      if (plan_.lower > 0) {
        return fault("lower", "carries no proof");
      }
      return {};
    }
    HUAN_TRY(bound, network_bound(network_, plan_.proof));
    found_.bound = bound;
    if (plan_.lower > bound + 1e-8 * std::max(1.0, std::abs(bound))) {
      return fault("lower", "the prices give " + std::to_string(bound));
    }
    if (plan_.status == siting_problem::Status::optimal &&
        value - plan_.lower > 1e-8 * std::max(1.0, value)) {
      return fault("status", "says optimal, but the ends differ");
    }
    return {};
  }

  const Network& network_;
  const NetworkPlan& plan_;
  std::vector<std::uint8_t> open_;
  std::vector<std::uint8_t> barred_;
  std::vector<long double> mass_;  ///< [site * materials + material]
  NetworkFound found_;
  RuleFinding finding_;
};

}  // namespace

base::Result<NetworkFound> check_network(const Network& network, const NetworkPlan& plan) {
  return Judge(network, plan).judge();
}

}  // namespace huan::siting_check
