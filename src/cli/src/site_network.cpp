// SPDX-License-Identifier: Apache-2.0
#include "site_network.hpp"

#include <fmt/core.h>

#include <optional>

#include "huan/registry/pack.hpp"
#include "huan/siting/network.hpp"
#include "huan/siting_check/network.hpp"
#include "huan/siting_report/report.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/network_report.hpp"
#include "huan/wire_siting/pack_network.hpp"

namespace huan::cli {
namespace {

using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Status;
using wire_siting::NetworkQuestion;

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

void print_conflict(const NetworkPlan& plan) {
  fmt::print("infeasible: {}{}\n", plan.reason,
             plan.stop == siting_problem::Stop::proven ? "" : " (not proven)");
  for (const std::string& rule : plan.conflict) {
    fmt::print("  cannot hold with the others: {}\n", rule);
  }
}

/// What is asked and what the plan has; more than asked is no breach.
std::string counted(const siting_problem::Rule& rule, const siting_check::RuleFinding& found) {
  using siting_problem::RuleKind;
  switch (rule.kind) {
    case RuleKind::at_least:
      return fmt::format("at least {:.0f} asked, {} open{}", found.asked, found.sites,
                         static_cast<double>(found.sites) < found.found
                             ? " (each counts for its neighbours, too)"
                             : "");
    case RuleKind::at_most:
      return fmt::format("at most {:.0f} allowed, {} open", found.asked, found.sites);
    case RuleKind::coverage:
      return fmt::format("at least {:.0f} households asked, {:.0f} served", found.asked,
                         found.found);
    case RuleKind::capacity:
      return fmt::format("open sites hold {:.0f} tonnes a year, {:.0f} come in", found.asked,
                         found.found);
    case RuleKind::budget:
      return fmt::format("at most {:.2f} yuan a year of what is new, {:.2f} spent", found.asked,
                         found.found);
    case RuleKind::kept:
      return fmt::format("{:.0f} exist, {:.0f} stay open", found.asked, found.found);
    default:
      return fmt::format("{:.0f} of {:.0f} candidate sites are too near and stay shut", found.found,
                         found.asked);
  }
}

void print_rules(const Network& network, const siting_check::NetworkFound& found) {
  for (std::size_t r = 0; r < found.rules.size(); ++r) {
    const auto& rule = found.rules[r];
    if (rule.areas > 0) {
      fmt::print("  rule {}{}: {}; binds in {} of {} areas{}{}\n", rule.rule,
                 rule.permission ? " (a permission)" : "", counted(network.rules[r], rule),
                 rule.binding, rule.areas, rule.binding > 0 ? ", first " : "", rule.tightest);
    }
  }
}

void print_costs(const Network& network, const siting_report::Report& report) {
  for (const auto& cost : report.costs) {
    fmt::print("  {} costs {:.2f} yuan a year: so much is saved by {}\n",
               network.rules[cost.rule].name, cost.saves, cost.step);
  }
  if (report.not_eased > 0) {
    fmt::print("  {} rules that bind were not eased: no time was left\n", report.not_eased);
  }
}

void print_years(const siting_report::Report& report) {
  for (const auto& year : report.years) {
    fmt::print(
        "  year {}: {:.2f} of {:.2f} yuan, {} sites opened, {:.0f} households (at most {:.0f})\n",
        year.name, year.spent, year.budget, year.opened.size(), year.households,
        year.households_most);
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
  print_rules(network, found);
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
    siting_report::Report report;
    report.plan = *plan;
    report.found = *found;
    fmt::print("{{\"bound\":{},\"ok\":true,\"rules\":{},\"value\":{}}}\n", found->bound,
               wire_siting::rules_json(network, report), found->open + found->ways);
  } else {
    fmt::print("holds: {:.2f} yuan a year, bound {:.2f}\n", found->open + found->ways,
               found->bound);
    print_rules(network, *found);
  }
  return kDone;
}

base::Result<NetworkQuestion> read_change(const NetworkWanted& wanted, Network network) {
  NetworkQuestion question;
  question.network = std::move(network);
  std::string change;
  std::string from;
  if (!wanted.change.empty()) {
    HUAN_TRY(bytes, file_text(wanted.change, "--change"));
    change = std::move(bytes);
  }
  if (!wanted.from.empty()) {
    HUAN_TRY(bytes, file_text(wanted.from, "--from"));
    from = std::move(bytes);
  }
  HUAN_CHECK(wire_siting::differ(question, from, change));
  return question;
}

base::Result<std::string> page_of(const NetworkWanted& wanted, const Network& network,
                                  const siting_report::Report& report) {
  wire_siting::PageWords words;
  const auto language = wanted.language == "en" ? base::Language::en : base::Language::zh;
  words.language = language;
  if (!wanted.pack.empty()) {
    HUAN_TRY(folders, registry::read_pack_folders(wanted.pack));
    HUAN_TRY(read, wire_siting::page_words(folders, network, language));
    words = std::move(read);
  }
  return wire_siting::report_page(network, report, words);
}

base::Result<void> write_all(const NetworkWanted& wanted, const Network& network,
                             const siting_report::Report& report, const std::string& json) {
  if (!wanted.out.empty()) {
    HUAN_CHECK(write_text(wanted.out, json));
  }
  if (!wanted.map.empty() && report.plan.status != Status::infeasible) {
    HUAN_CHECK(write_text(wanted.map, wire_siting::plan_to_geojson(network, report.plan)));
  }
  if (!wanted.report.empty()) {
    HUAN_TRY(page, page_of(wanted, network, report));
    HUAN_CHECK(write_text(wanted.report, page));
  }
  return {};
}

siting::Limits limits_of(const NetworkWanted& wanted, Progress& progress) {
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
  return limits;
}

int solve_and_write(const Common& common, const NetworkWanted& wanted,
                    const NetworkQuestion& question) {
  const Network& network = question.network;
  siting_report::Wishes wishes;
  wishes.from = question.from ? &*question.from : nullptr;
  wishes.changed = question.changed;
  wishes.costs = wanted.relax;
  const double begun = cpu_seconds();
  auto report = [&] {
    Progress progress{"site"};
    return siting_report::plan_network(network, wishes, limits_of(wanted, progress));
  }();
  const double took = cpu_seconds() - begun;
  if (!report) {
    refused(common, report.error());
    return report.error().code == base::ErrorCode::wrong_answer ? kWanting : kRefused;
  }
  const std::string json = wire_siting::report_json(network, *report, question.changes);
  if (common.json) {
    fmt::print("{}", json);
  } else if (report->plan.status == Status::infeasible) {
    print_conflict(report->plan);
  } else {
    print_plan(network, report->plan, report->found);
    print_costs(network, *report);
    print_years(*report);
    fmt::print("  {} iterations, {:.2f} CPU s\n", report->plan.iterations, took);
  }
  const auto written = write_all(wanted, network, *report, json);
  return written ? kDone : refused(common, written.error());
}

}  // namespace

int site_network(const Common& common, const NetworkWanted& wanted) {
  auto network = read_problem(wanted);
  if (!network) {
    return refused(common, network.error());
  }
  if (!wanted.periods.empty()) {
    network->periods.clear();
    for (const double budget : wanted.periods) {
      network->periods.push_back({std::to_string(network->periods.size() + 1), budget});
    }
  }
  if (!wanted.problem_out.empty()) {
    if (const auto done = write_text(wanted.problem_out, wire_siting::to_geojson(*network));
        !done) {
      return refused(common, done.error());
    }
  }
  auto question = read_change(wanted, std::move(*network));
  if (!question) {
    return refused(common, question.error());
  }
  return wanted.check.empty() ? solve_and_write(common, wanted, *question)
                              : check_plan(common, wanted, question->network);
}

}  // namespace huan::cli
