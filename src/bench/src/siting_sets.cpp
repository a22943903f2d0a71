// SPDX-License-Identifier: Apache-2.0
#include "siting_sets.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>

#include "huan/siting/network.hpp"
#include "huan/siting_check/network.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/pack_network.hpp"

namespace huan::bench {
namespace {

using siting_problem::Kind;
using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Problem;

constexpr const char* kPackOfTiers = "packs/shanxi-counties";

double tiered_cpu() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

siting::Limits tiered_limits(double seconds) {
  siting::Limits limits;
  limits.seconds = seconds;
  limits.spent = tiered_cpu;
  return limits;
}

/// Prints a row; false when the plan does not hold.
bool tiered_row(const char* name, const Network& network, const NetworkPlan& plan, double took) {
  const auto found = siting_check::check_network(network, plan);
  constexpr double kInPercent = 100;
  fmt::print("{:<16} upper {:.0f} lower {:.0f} gap {:.3f} %  {:.2f} CPU s, {}\n", name, plan.upper,
             plan.lower, kInPercent * plan.gap(), took,
             found ? "checked" : "WRONG " + found.error().at + ": " + found.error().detail);
  return found.has_value();
}

/// The open station whose going matters most: with the most homes under it.
std::uint32_t busiest(const Network& network, const NetworkPlan& plan) {
  std::vector<double> under(network.sites.size(), 0);
  for (std::size_t h = 0; h < plan.served.size(); ++h) {
    const std::uint32_t point = plan.served[h];
    if (point != siting_problem::kNobody && plan.next[point] != siting_problem::kNobody) {
      under[plan.next[point]] += network.homes[h].households;
    }
  }
  return static_cast<std::uint32_t>(std::max_element(under.begin(), under.end()) - under.begin());
}

}  // namespace

const std::vector<LargeSet>& large_sets() {
  static const std::vector<LargeSet> kSets{
      {"maxcover_1e4", Kind::maxcover, 10'000, 10'000, 50, 800, 5},
      {"maxcover_1e5", Kind::maxcover, 100'000, 100'000, 100, 800, 60},
      {"maxcover_1e6", Kind::maxcover, 1'000'000, 10'000, 1'000, 350, 60},
      {"pcenter_1e6", Kind::pcenter, 1'000'000, 1'000'000, 1'000, 0, 60},
      {"cover_1e5", Kind::cover, 100'000, 10'000, 0, 632, 10},
      {"cover_1e6", Kind::cover, 1'000'000, 100'000, 0, 200, 60},
      {"capacitated_1e5", Kind::capacitated, 100'000, 100'000, 1'000, 0, 300},
      {"pmedian_1e6", Kind::pmedian, 1'000'000, 1'000'000, 1'000, 0, 600},
  };
  return kSets;
}

Problem large_problem(const LargeSet& set) {
  Problem problem;
  problem.kind = set.kind;
  std::uint64_t state = 1;
  const auto next = [&state] {
    state = state * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return static_cast<double>(state >> 33U) * 1e-5;
  };
  const auto points = [&next](std::uint32_t count) {
    std::vector<siting_problem::Point> out;
    out.reserve(count);
    for (std::uint32_t k = 0; k < count; ++k) {
      const double x = next();
      out.push_back({x, next()});
    }
    return out;
  };
  problem.customers = points(set.customers);
  problem.candidates = set.candidates == set.customers ? problem.customers : points(set.candidates);
  problem.customer_count = set.customers;
  problem.candidate_count = set.candidates;
  problem.p = set.p;
  problem.radius = set.radius;
  if (set.kind == Kind::capacitated) {
    constexpr double kDemands = 20;
    double all = 0;
    for (std::uint32_t k = 0; k < set.customers; ++k) {
      problem.demand.push_back(
          1 + static_cast<double>(static_cast<int>(next()) % static_cast<int>(kDemands)));
      all += problem.demand.back();
    }
    constexpr double kFull = 0.85;
    problem.capacity.assign(set.candidates, std::ceil(all / kFull / static_cast<double>(set.p)));
  }
  return problem;
}

bool bench_tiered(const Options& options) {
  const bool named = std::filesystem::exists(options.data + "/pack.toml");
  const auto network = wire_siting::network_of_pack(named ? options.data : kPackOfTiers);
  if (!network) {
    fmt::print("siting_tiered    not measured: {}\n",
               base::describe(network.error(), base::Language::en));
    return true;
  }
  constexpr double kWhole = 60;
  constexpr double kAgain = 1;
  const double seconds = options.seconds > 0 ? options.seconds : kWhole;
  double begun = tiered_cpu();
  const auto plan = siting::solve_network(*network, tiered_limits(seconds));
  if (!plan || plan->status == siting_problem::Status::infeasible) {
    fmt::print("siting_tiered    WRONG no plan\n");
    return false;
  }
  bool right = tiered_row("siting_tiered", *network, *plan, tiered_cpu() - begun);
  Network changed = *network;
  const std::uint32_t gone = busiest(*network, *plan);
  const auto sites =
      wire_siting::change_network(changed, R"({"drop":[")" + network->sites[gone].id + R"("]})");
  if (!sites) {
    fmt::print("  WRONG {}\n", base::describe(sites.error(), base::Language::en));
    return false;
  }
  begun = tiered_cpu();
  const auto next = siting::resolve_network(changed, *plan, sites->sites, tiered_limits(kAgain));
  const double took = tiered_cpu() - begun;
  const auto anew = siting::solve_network(changed, tiered_limits(seconds));
  if (!next || !anew || next->status == siting_problem::Status::infeasible) {
    fmt::print("tiered_change    WRONG no plan without {}\n", network->sites[gone].id);
    return false;
  }
  right = tiered_row("tiered_change", changed, *next, took) && right;
  fmt::print("  beside planning anew: {:+.3f} %\n",
             100 * (next->upper - anew->upper) / anew->upper);
  return right;
}

}  // namespace huan::bench
