// SPDX-License-Identifier: Apache-2.0
#include "huan/siting_report/report.hpp"

#include <algorithm>

#include "huan/siting/network.hpp"

namespace huan::siting_report {
namespace {

using siting::Limits;
using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Status;

/// What is left of limits that several solves share.
class Purse {
 public:
  explicit Purse(const Limits& limits)
      : limits_(limits), begun_(limits.spent ? limits.spent() : 0) {}

  [[nodiscard]] bool empty() const {
    return (limits_.cancelled && limits_.cancelled()) || (limits_.seconds > 0 && left() <= 0);
  }
  /// A part of the seconds that are left; iterations are each solve's own.
  [[nodiscard]] Limits part(double share) const {
    Limits out = limits_;
    out.seconds = limits_.seconds > 0 ? std::max(left() * share, 1e-3) : 0;
    return out;
  }

 private:
  [[nodiscard]] double left() const {
    return limits_.spent ? limits_.seconds - (limits_.spent() - begun_) : limits_.seconds;
  }
  const Limits& limits_;
  double begun_;
};

/// Part of the seconds that the plan itself gets when rules are eased after it.
constexpr double kForPlan = 0.5;

base::Result<NetworkPlan> plan_of(const Network& network, const Wishes& wishes,
                                  const Limits& limits) {
  return wishes.from != nullptr
             ? siting::resolve_network(network, *wishes.from, wishes.changed, limits)
             : siting::solve_network(network, limits);
}

bool asks(const siting_check::RuleFinding& finding) {
  return finding.binding > 0 && !finding.permission;
}

/// The same plan taken up once more, so that what easing a rule saves is not what any further
/// search would have saved.
base::Result<void> settle(const Network& network, const Limits& limits, Report& report) {
  HUAN_TRY(again, siting::resolve_network(network, report.plan, {}, limits));
  if (again.status == Status::infeasible || again.upper >= report.plan.upper) {
    return {};
  }
  if (report.plan.lower > again.lower) {
    again.lower = std::min(report.plan.lower, again.upper);
    again.proof = report.plan.proof;
  }
  again.iterations += report.plan.iterations;
  again.stop = report.plan.stop;
  again.status = report.plan.status;
  HUAN_TRY(found, siting_check::check_network(network, again));
  report.plan = std::move(again);
  report.found = std::move(found);
  return {};
}

base::Result<void> ease_all(const Network& network, const Purse& purse, Report& report) {
  std::size_t left = 0;
  for (const auto& finding : report.found.rules) {
    left += asks(finding) ? 1 : 0;
  }
  if (left > 0 && !purse.empty()) {
    HUAN_CHECK(settle(network, purse.part(1.0 / static_cast<double>(left + 1)), report));
  }
  for (std::uint32_t r = 0; r < network.rules.size(); ++r) {
    if (!asks(report.found.rules[r])) {
      continue;
    }
    if (purse.empty()) {
      ++report.not_eased;
      continue;
    }
    Network eased = network;
    auto step = siting::ease_rule(eased, r);
    if (!step) {
      continue;
    }
    const Limits limits = purse.part(1.0 / static_cast<double>(std::max<std::size_t>(left, 1)));
    left -= left > 0 ? 1 : 0;
    HUAN_TRY(plan, siting::resolve_network(eased, report.plan, {}, limits));
    HUAN_TRY(found, siting_check::check_network(eased, plan));
    const double upper = std::min(found.open + found.ways, report.plan.upper);
    report.costs.push_back({r, std::move(*step), upper, report.plan.upper - upper});
  }
  return {};
}

}  // namespace

base::Result<Report> plan_network(const Network& network, const Wishes& wishes,
                                  const Limits& limits) {
  const Purse purse(limits);
  Report report;
  HUAN_TRY(plan, plan_of(network, wishes, wishes.costs ? purse.part(kForPlan) : limits));
  report.plan = std::move(plan);
  if (report.plan.status == Status::infeasible) {
    return report;
  }
  HUAN_TRY(found, siting_check::check_network(network, report.plan));
  report.found = std::move(found);
  if (wishes.costs) {
    HUAN_CHECK(ease_all(network, purse, report));
  }
  if (!network.periods.empty()) {
    HUAN_TRY(years, build_in_years(network, report.plan));
    report.years = std::move(years);
  }
  return report;
}

}  // namespace huan::siting_report
