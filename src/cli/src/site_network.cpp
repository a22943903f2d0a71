// SPDX-License-Identifier: Apache-2.0
#include "site_network.hpp"

#include <fmt/core.h>

#include <array>

#include "huan/json/writer.hpp"
#include "huan/siting/network.hpp"
#include "huan/siting_check/network.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/pack_network.hpp"

namespace huan::cli {
namespace {

using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Status;

constexpr double kNetworkSecondsDefault = 60;
constexpr double kWholeInPercent = 100;

base::Result<Network> read_problem(const NetworkWanted& wanted) {
  if (!wanted.pack.empty()) {
    return wire_siting::network_of_pack(wanted.pack);
  }
  HUAN_TRY(bytes, file_text(wanted.in, "--in"));
  auto network = wire_siting::read_network(bytes);
  if (!network) {
    base::Error error = network.error();
    error.at = wanted.in + (error.at.empty() ? "" : " ") + error.at;
    return error;
  }
  return network;
}

std::string rules_json(const siting_check::NetworkFound& found) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const auto& rule : found.rules) {
    w.begin_object().member("areas", rule.areas).key("asked").number(rule.asked);
    w.member("binding", rule.binding).key("found").number(rule.found);
    w.member("rule", rule.rule).member("tightest", rule.tightest).end_object();
  }
  w.end_array();
  return out;
}

void print_conflict(const NetworkPlan& plan) {
  fmt::print("infeasible: {}\n", plan.reason);
  for (const std::string& rule : plan.conflict) {
    fmt::print("  cannot hold with the others: {}\n", rule);
  }
}

void print_rules(const siting_check::NetworkFound& found) {
  for (const auto& rule : found.rules) {
    if (rule.areas > 0) {
      fmt::print("  rule {}: {:.0f} asked, {:.0f} there; binds in {} of {} areas{}{}\n", rule.rule,
                 rule.asked, rule.found, rule.binding, rule.areas,
                 rule.binding > 0 ? ", first " : "", rule.tightest);
    }
  }
}

void print_plan(const Network& network, const NetworkPlan& plan,
                const siting_check::NetworkFound& found) {
  fmt::print("tiered of {} homes, {} candidate sites: {} ({})\n", network.homes.size(),
             network.sites.size(), name(plan.status), name(plan.stop));
  fmt::print("  upper {:.2f} yuan a year: sites {:.2f}, ways {:.2f}\n", plan.upper, found.open,
             found.ways);
  fmt::print("  lower {:.2f}\n  gap   {:.4f} %\n", plan.lower, kWholeInPercent * plan.gap());
  fmt::print("  households served {:.0f} of {:.0f}\n", found.served_households,
             found.all_households);
  for (std::uint32_t tier = 0; tier < network.tiers.size(); ++tier) {
    std::size_t open = 0;
    std::size_t there = 0;
    for (const std::uint32_t site : plan.open) {
      const auto standing = network.sites[site].standing;
      const bool here = network.sites[site].tier == tier;
      open += here ? 1 : 0;
      there += here && (standing == siting_problem::Standing::existing ||
                        standing == siting_problem::Standing::closable)
                   ? 1
                   : 0;
    }
    fmt::print("  {}: {} open, {} of them exist\n", network.tiers[tier].name, open, there);
  }
  print_rules(found);
}

int check_plan(const Common& common, const NetworkWanted& wanted, const Network& network) {
  const auto bytes = file_text(wanted.check, "--check");
  if (!bytes) {
    return refused(common, bytes.error());
  }
  const auto plan = wire_siting::read_network_plan(*bytes, network);
  if (!plan) {
    return refused(common, plan.error());
  }
  const auto found = siting_check::check_network(network, *plan);
  if (!found) {
    refused(common, found.error());
    return kWanting;
  }
  if (common.json) {
    fmt::print("{{\"bound\":{},\"ok\":true,\"rules\":{},\"value\":{}}}\n", found->bound,
               rules_json(*found), found->open + found->ways);
  } else {
    fmt::print("holds: {:.2f} yuan a year, bound {:.2f}\n", found->open + found->ways,
               found->bound);
    print_rules(*found);
  }
  return kDone;
}

struct Changed {
  std::vector<std::uint32_t> sites;
  std::optional<NetworkPlan> from;
};

base::Result<Changed> read_change(const NetworkWanted& wanted, Network& network) {
  Changed changed;
  if (!wanted.change.empty()) {
    HUAN_TRY(bytes, file_text(wanted.change, "--change"));
    HUAN_TRY(sites, wire_siting::change_network(network, bytes));
    changed.sites = std::move(sites);
  }
  if (!wanted.from.empty()) {
    HUAN_TRY(bytes, file_text(wanted.from, "--from"));
    HUAN_TRY(plan, wire_siting::read_network_plan(bytes, network));
    changed.from = std::move(plan);
  }
  return changed;
}

int write_all(const Common& common, const NetworkWanted& wanted, const Network& network,
              const NetworkPlan& plan, const std::string& json) {
  const bool shown = plan.status != Status::infeasible;
  for (const auto& [path, text] :
       {std::pair{wanted.out, json},
        std::pair{wanted.map, wanted.map.empty() || !shown
                                  ? std::string{}
                                  : wire_siting::plan_to_geojson(network, plan)}}) {
    if (!path.empty()) {
      if (const auto written = write_text(path, text); !written) {
        return refused(common, written.error());
      }
    }
  }
  return kDone;
}

}  // namespace

int site_network(const Common& common, const NetworkWanted& wanted) {
  auto network = read_problem(wanted);
  if (!network) {
    return refused(common, network.error());
  }
  if (!wanted.problem_out.empty()) {
    if (const auto done = write_text(wanted.problem_out, wire_siting::to_geojson(*network));
        !done) {
      return refused(common, done.error());
    }
  }
  auto changed = read_change(wanted, *network);
  if (!changed) {
    return refused(common, changed.error());
  }
  if (!wanted.check.empty()) {
    return check_plan(common, wanted, *network);
  }
  Progress progress{"site"};
  siting::Limits limits;
  limits.iterations = wanted.iterations;
  limits.seconds =
      wanted.seconds > 0 || wanted.iterations > 0 ? wanted.seconds : kNetworkSecondsDefault;
  limits.seed = wanted.seed;
  limits.spent = cpu_seconds;
  constexpr double kParts = 1000;
  limits.share = [&progress](double share) {
    progress.at(static_cast<std::uint64_t>(share * kParts), static_cast<std::uint64_t>(kParts));
  };
  const double begun = cpu_seconds();
  const auto plan = changed->from
                        ? siting::resolve_network(*network, *changed->from, changed->sites, limits)
                        : siting::solve_network(*network, limits);
  const double took = cpu_seconds() - begun;
  if (!plan) {
    return refused(common, plan.error());
  }
  if (plan->status == Status::infeasible) {
    if (common.json) {
      fmt::print("{}", wire_siting::to_json(*network, *plan, ""));
    } else {
      print_conflict(*plan);
    }
    return write_all(common, wanted, *network, *plan, wire_siting::to_json(*network, *plan, ""));
  }
  const auto found = siting_check::check_network(*network, *plan);
  if (!found) {
    refused(common, found.error());
    return kWanting;
  }
  const std::string json = wire_siting::to_json(*network, *plan, rules_json(*found));
  if (common.json) {
    fmt::print("{}", json);
  } else {
    print_plan(*network, *plan, *found);
    fmt::print("  {} iterations, {:.2f} CPU s\n", plan->iterations, took);
  }
  return write_all(common, wanted, *network, *plan, json);
}

}  // namespace huan::cli
