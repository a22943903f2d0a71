// SPDX-License-Identifier: Apache-2.0
// The whole plan is a forest: a drop-off point gives to a station, that to a centre. Subtrees are
// built in the order of households for money, a site together with all that it gives to.
#include "huan/siting_report/periods.hpp"

#include <algorithm>
#include <numeric>

#include "huan/siting/network.hpp"
#include "huan/siting_check/network.hpp"

namespace huan::siting_report {
namespace {

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
        open_(network.sites.size(), 0),
        money_(network.sites.size(), 0),
        households_(network.sites.size(), 0),
        worth_(network.sites.size(), 0) {
    for (const std::uint32_t site : plan.open) {
      const Standing standing = network.sites[site].standing;
      const bool there = standing == Standing::existing || standing == Standing::closable;
      money_[site] = there ? 0 : network.sites[site].cost;
      open_[site] = money_[site] > 0 ? 0 : 1;
    }
    for (std::size_t h = 0; h < plan.served.size(); ++h) {
      if (plan.served[h] != kNobody) {
        households_[plan.served[h]] += network.homes[h].households;
      }
    }
    weigh_trees();
    order_leaves();
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

  /// By tier upwards: households and money below each site, so that dear centres are weighed with
  /// all that they make possible.
  void weigh_trees() {
    std::vector<double> below = households_;
    std::vector<double> cost = money_;
    for (std::size_t tier = 0; tier + 1 < network_.tiers.size(); ++tier) {
      for (const std::uint32_t site : plan_.open) {
        if (network_.sites[site].tier != tier) {
          continue;
        }
        const std::uint32_t to = plan_.next[site];
        if (to != kNobody) {
          below[to] += below[site];
          cost[to] += cost[site];
        }
      }
    }
    for (const std::uint32_t site : plan_.open) {
      worth_[site] = below[site] / std::max(cost[site], 1e-9);
    }
  }

  /// The worth of the whole tree first, then that of its branches, then the leaf's own.
  [[nodiscard]] std::vector<double> rank(std::uint32_t leaf) const {
    std::vector<double> chain;
    for (std::uint32_t site = leaf; site != kNobody; site = plan_.next[site]) {
      chain.push_back(worth_[site]);
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  void order_leaves() {
    std::vector<std::pair<std::vector<double>, std::uint32_t>> order;
    for (const std::uint32_t site : plan_.open) {
      if (network_.sites[site].tier == 0 && households_[site] > 0) {
        order.emplace_back(rank(site), site);
      }
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    leaves_.reserve(order.size());
    for (const auto& one : order) {
      leaves_.push_back(one.second);
    }
  }

  /// What has to be opened so that the leaf serves.
  [[nodiscard]] std::vector<std::uint32_t> missing(std::uint32_t leaf) const {
    std::vector<std::uint32_t> out;
    std::vector<std::uint32_t> look{leaf};
    for (std::size_t k = 0; k < look.size(); ++k) {
      if (open_[look[k]] == 0) {
        out.push_back(look[k]);
      }
      for (const std::uint32_t to : above(look[k])) {
        if (std::find(look.begin(), look.end(), to) == look.end()) {
          look.push_back(to);
        }
      }
    }
    return out;
  }

  /// Gives back what is left of the money.
  double build(double left) {
    const auto open_all = [&](const std::vector<std::uint32_t>& sites) {
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
    };
    bool all = true;
    for (const std::uint32_t leaf : leaves_) {
      all = open_all(missing(leaf)) && all;
    }
    // What serves nobody is asked for by a rule alone: last.
    for (const std::uint32_t site : plan_.open) {
      if (all && open_[site] == 0) {
        open_all({site});
      }
    }
    return left;
  }

  [[nodiscard]] NetworkPlan plan_now() const {
    NetworkPlan now;
    const std::size_t materials = network_.materials.size();
    now.served.assign(network_.homes.size(), kNobody);
    now.next.assign(network_.sites.size(), kNobody);
    now.ship.assign(network_.sites.size() * materials, kNobody);
    for (std::size_t h = 0; h < now.served.size(); ++h) {
      const std::uint32_t leaf = plan_.served[h];
      if (leaf != kNobody && open_[leaf] != 0 && missing(leaf).empty()) {
        now.served[h] = leaf;
      }
    }
    for (const std::uint32_t site : plan_.open) {
      if (open_[site] != 0) {
        now.open.push_back(site);
      }
    }
    for (const std::uint32_t site : now.open) {
      // What gets nothing yet may have nowhere to give it to.
      const std::uint32_t to = plan_.next[site];
      now.next[site] = to != kNobody && open_[to] != 0 ? to : kNobody;
      std::copy_n(plan_.ship.begin() + static_cast<std::ptrdiff_t>(site * materials), materials,
                  now.ship.begin() + static_cast<std::ptrdiff_t>(site * materials));
    }
    return now;
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
    NetworkPlan now = plan_now();
    const siting::NetworkCost cost = siting::cost_of(network, now);
    now.upper = year.cost = cost.open + cost.ways;
    HUAN_TRY(found, siting_check::check_network(network, now));
    year.households = found.served_households;
    year.households_most = siting_check::households_for(network_, money);
    if (year.households > year.households_most * (1 + 1e-9)) {
      return base::Error{base::ErrorCode::wrong_answer, "year " + year.name,
                         "serves more households than its bound"};
    }
    return {};
  }

  const Network& network_;
  const NetworkPlan& plan_;
  std::vector<std::uint8_t> open_;
  std::vector<double> money_;       ///< new, by site
  std::vector<double> households_;  ///< by site of the first tier
  std::vector<double> worth_;       ///< by site: households for money, with all below it
  std::vector<std::uint32_t> leaves_;
};

}  // namespace

base::Result<std::vector<Year>> build_in_years(const Network& network, const NetworkPlan& plan) {
  return Building(network, plan).run();
}

}  // namespace huan::siting_report
