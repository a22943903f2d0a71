// SPDX-License-Identifier: Apache-2.0
// The whole plan is a forest: a drop-off point gives to a station, that to a centre. Groups of
// sites are built in the order of households for money, a site together with all that it gives to.
#include "huan/siting_report/periods.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "building_order.hpp"
#include "huan/siting/network.hpp"
#include "huan/siting_check/network.hpp"
#include "ways_of_year.hpp"

namespace huan::siting_report {
namespace {

constexpr double kLeastMoney = 1e-9;

using siting_problem::kNobody;
using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Standing;

class Building {
 public:
  Building(const Network& network, const NetworkPlan& plan)
      : network_(network),
        plan_(plan),
        ways_(network, plan),
        open_(network.sites.size(), 0),
        money_(network.sites.size(), 0),
        seen_in_(network.sites.size(), 0) {
    for (const std::uint32_t site : plan.open) {
      const Standing standing = network.sites[site].standing;
      const bool there = standing == Standing::existing || standing == Standing::closable;
      money_[site] = there ? 0 : network.sites[site].cost;
      open_[site] = money_[site] > 0 ? 0 : 1;
    }
    order_sites();
  }

  base::Result<std::vector<Year>> run() {
    std::vector<Year> years;
    double left = 0;
    double all = 0;
    for (const siting_problem::Period& period : network_.periods) {
      Year year;
      year.name = period.name;
      year.budget = left + period.budget;
      all += period.budget;
      const std::vector<std::uint8_t> before = open_;
      left = build(year.budget);
      year.spent = year.budget - left;
      for (const std::uint32_t site : plan_.open) {
        if (open_[site] != 0) {
          year.open.push_back(site);
          if (before[site] == 0) {
            year.opened.push_back(site);
          }
        }
      }
      HUAN_CHECK(judge(before, all, year));
      years.push_back(std::move(year));
    }
    HUAN_CHECK(bound(years));
    return years;
  }

 private:
  /// Where a site gives to: one site of a tier above, or those that take its materials.
  [[nodiscard]] std::vector<std::uint32_t> above(std::uint32_t site) const {
    if (plan_.next[site] != kNobody) {
      return {plan_.next[site]};
    }
    std::vector<std::uint32_t> out;
    const std::size_t materials = network_.materials.size();
    for (std::size_t m = 0; m < materials; ++m) {
      const std::uint32_t to = plan_.ship[site * materials + m];
      if (to != kNobody && std::find(out.begin(), out.end(), to) == out.end()) {
        out.push_back(to);
      }
    }
    return out;
  }

  /// What is there already needs no money, and asks for none above it that is there, too.
  void order_sites() {
    const std::size_t sites = network_.sites.size();
    Tree tree{std::vector<std::uint32_t>(sites, kNobody), money_, std::vector<double>(sites, 0)};
    for (const std::uint32_t site : plan_.open) {
      tree.households[site] = ways_.households_of(site);
      std::uint32_t up = site;
      do {
        const auto gives_to = above(up);
        const auto dear = std::find_if(gives_to.begin(), gives_to.end(),
                                       [&](std::uint32_t to) { return money_[to] > 0; });
        up = dear != gives_to.end() ? *dear : gives_to.empty() ? kNobody : gives_to.front();
      } while (up != kNobody && money_[up] <= 0);
      tree.above[site] = up;
    }
    groups_ = building_order(tree);
    for (const std::uint32_t site : plan_.open) {
      if (tree.households[site] > 0) {
        leaves_.push_back(site);
      }
    }
    const auto worth = [&](std::uint32_t leaf) {
      return tree.households[leaf] / std::max(money_[leaf], kLeastMoney);
    };
    std::stable_sort(leaves_.begin(), leaves_.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return worth(a) > worth(b); });
  }

  /// What has to be opened so that these serve.
  [[nodiscard]] std::vector<std::uint32_t> missing(std::vector<std::uint32_t> sites) {
    std::vector<std::uint32_t> out;
    ++look_;
    for (const std::uint32_t site : sites) {
      seen_in_[site] = look_;
    }
    for (std::size_t k = 0; k < sites.size(); ++k) {
      if (open_[sites[k]] == 0) {
        out.push_back(sites[k]);
      }
      for (const std::uint32_t to : above(sites[k])) {
        if (std::exchange(seen_in_[to], look_) != look_) {
          sites.push_back(to);
        }
      }
    }
    return out;
  }

  /// False, and nothing changed, when the money does not suffice.
  bool open_all(const std::vector<std::uint32_t>& sites, double& left) {
    const double cost =
        std::accumulate(sites.begin(), sites.end(), 0.0,
                        [&](double sum, std::uint32_t site) { return sum + money_[site]; });
    if (cost > left) {
      return false;
    }
    left -= cost;
    for (const std::uint32_t site : sites) {
      open_[site] = 1;
    }
    return true;
  }

  bool carry(std::uint32_t leaf) {
    return ways_.carry(leaf, open_, true) || ways_.carry(leaf, open_, false);
  }

  /// What is open, as in the whole plan where that is possible.
  void carry_all() {
    ways_.clear();
    for (const bool as_in_whole : {true, false}) {
      for (const std::uint32_t leaf : leaves_) {
        if (open_[leaf] != 0 && !ways_.carries(leaf)) {
          ways_.carry(leaf, open_, as_in_whole);
        }
      }
    }
  }

  /// Gives back what is left of the money.
  double build(double left) {
    carry_all();
    // What is open above has room for many a leaf that will give to another site in the end.
    for (const std::uint32_t leaf : leaves_) {
      if (!ways_.carries(leaf) && money_[leaf] <= left && open_[leaf] == 0 && carry(leaf)) {
        open_all({leaf}, left);
      }
    }
    // For the others something above has to be built, too.
    const auto build_for = [&](const std::vector<std::uint32_t>& sites) {
      const auto waits = [&](std::uint32_t site) {
        return ways_.households_of(site) > 0 && !ways_.carries(site);
      };
      if (std::any_of(sites.begin(), sites.end(), waits) && open_all(missing(sites), left)) {
        std::for_each(sites.begin(), sites.end(), [&](std::uint32_t site) {
          if (waits(site)) {
            carry(site);
          }
        });
      }
    };
    for (const auto& group : groups_) {
      build_for(group);
    }
    for (const std::uint32_t leaf : leaves_) {
      build_for({leaf});
    }
    const bool all = std::all_of(leaves_.begin(), leaves_.end(),
                                 [&](std::uint32_t leaf) { return ways_.carries(leaf); });
    if (all) {
      build_rest(left);
    }
    const WaysOfYear::Carried before = ways_.carried();
    carry_all();
    if (ways_.households() < before.households) {
      ways_.back_to(before);
    }
    return left;
  }

  /// What shortens ways, or is asked for by a rule of numbers.
  void build_rest(double& left) {
    for (const auto& group : groups_) {
      for (const std::uint32_t site : group) {
        open_all(missing({site}), left);
      }
    }
    for (const std::uint32_t site : plan_.open) {
      open_all(missing({site}), left);
    }
  }

  /// The year by the checker: within the money so far, all that was open stays open, every rule
  /// that does not ask for a number or a share kept.
  base::Result<void> judge(const std::vector<std::uint8_t>& before, double money, Year& year) {
    Network network = network_;
    std::erase_if(network.rules, [](const Rule& rule) {
      return rule.kind == RuleKind::at_least || rule.kind == RuleKind::coverage;
    });
    Rule budget;
    budget.name = "money of the years so far";
    budget.kind = RuleKind::budget;
    budget.amount = money;
    network.rules.push_back(std::move(budget));
    for (std::size_t j = 0; j < before.size(); ++j) {
      if (before[j] != 0 && network.sites[j].standing == Standing::free) {
        network.sites[j].standing = Standing::required;
      }
    }
    NetworkPlan now = ways_.plan(open_);
    const siting::NetworkCost cost = siting::cost_of(network, now);
    now.upper = year.cost = cost.open + cost.ways;
    HUAN_TRY(found, siting_check::check_network(network, now));
    year.households = found.served_households;
    return {};
  }

  /// The homes that the whole plan serves, and everything else of the network.
  [[nodiscard]] Network of_the_plan() const {
    Network part = network_;
    const std::size_t materials = network_.materials.size();
    part.homes.clear();
    part.mass.clear();
    for (std::size_t h = 0; h < plan_.served.size(); ++h) {
      if (plan_.served[h] != kNobody) {
        part.homes.push_back(network_.homes[h]);
        const auto* from = &network_.mass[h * materials];
        part.mass.insert(part.mass.end(), from, from + materials);
      }
    }
    return part;
  }

  base::Result<void> bound(std::vector<Year>& years) const {
    const Network part = of_the_plan();
    std::vector<siting::HouseholdsFor> asks;
    double money = 0;
    for (std::size_t k = 0; k < years.size(); ++k) {
      money += network_.periods[k].budget;
      asks.push_back({money, years[k].households});
    }
    const auto prices = siting::prices_of_homes(part, asks);
    for (std::size_t k = 0; k < years.size(); ++k) {
      Year& year = years[k];
      year.households_most = siting_check::households_for(part, asks[k].money);
      if (!prices[k].empty()) {
        HUAN_TRY(most, siting_check::households_by_prices(part, asks[k].money, prices[k]));
        year.households_most = std::min(year.households_most, most);
      }
      if (year.households > year.households_most * (1 + 1e-9)) {
        return base::Error{base::ErrorCode::wrong_answer, "year " + year.name,
                           "serves more households than its bound"};
      }
    }
    return {};
  }

  const Network& network_;
  const NetworkPlan& plan_;
  WaysOfYear ways_;
  std::vector<std::uint8_t> open_;
  std::vector<double> money_;                       ///< new, by site
  std::vector<double> households_;                  ///< by site of the first tier
  std::vector<std::vector<std::uint32_t>> groups_;  ///< in the order of building
  std::vector<std::uint32_t> leaves_;
  std::vector<std::uint64_t> seen_in_;  ///< by site: the look at what is missing that met it last
  std::uint64_t look_{0};
};

}  // namespace

base::Result<std::vector<Year>> build_in_years(const Network& network, const NetworkPlan& plan) {
  return Building(network, plan).run();
}

}  // namespace huan::siting_report
