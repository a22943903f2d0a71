// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/network_report.hpp"

#include <algorithm>
#include <cmath>

#include "huan/json/writer.hpp"
#include "huan/wire_siting/network.hpp"

namespace huan::wire_siting {
namespace {

using siting_problem::Area;
using siting_problem::Network;
using siting_report::Report;

constexpr std::size_t kPlacesMost = 200;  ///< areas named for one rule

const std::string& area_of_rule(const Network& network, Area area, std::uint32_t k) {
  static const std::string kAll = "all";
  switch (area) {
    case Area::district:
      return network.districts[k];
    case Area::street:
      return network.streets[k];
    case Area::community:
      return network.communities[k];
    default:
      return kAll;
  }
}

/// By area: what one site or household less would lower the bound by. Where the bound says nothing,
/// nothing stands.
void write_prices(json::Writer& w, const Network& network, const Report& report,
                  std::uint32_t rule) {
  std::vector<siting_problem::Part> parts;
  for (const auto* list : {&report.plan.proof.counts, &report.plan.proof.coverage}) {
    std::copy_if(list->begin(), list->end(), std::back_inserter(parts),
                 [&](const auto& part) { return part.rule == rule && part.value != 0; });
  }
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) {
    return std::abs(a.value) > std::abs(b.value);
  });
  parts.resize(std::min(parts.size(), kPlacesMost));
  w.key("prices").begin_array();
  for (const auto& part : parts) {
    w.begin_object();
    w.member("area", area_of_rule(network, network.rules[rule].area, part.area));
    w.key("yuan").number(part.value).end_object();
  }
  w.end_array();
}

std::string years_text(const Network& network, const Report& report) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const siting_report::Year& year : report.years) {
    w.begin_object().key("budget").number(year.budget).key("cost").number(year.cost);
    w.key("households").number(year.households);
    w.key("households_most").number(year.households_most).member("name", year.name);
    w.key("open").begin_object();
    for (std::uint32_t tier = 0; tier < network.tiers.size(); ++tier) {
      w.member(network.tiers[tier].name,
               static_cast<std::int64_t>(std::count_if(
                   year.open.begin(), year.open.end(),
                   [&](std::uint32_t site) { return network.sites[site].tier == tier; })));
    }
    w.end_object().key("opened").begin_array();
    for (const std::uint32_t site : year.opened) {
      w.string(network.sites[site].id);
    }
    w.end_array().key("spent").number(year.spent).end_object();
  }
  w.end_array();
  return out;
}

std::string changes_text(const std::vector<std::string>& changes) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const std::string& one : changes) {
    w.raw(one);
  }
  w.end_array();
  return out;
}

std::string two_numbers(const char* one, double value, const char* other, double other_value) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key(one).number(value).key(other).number(other_value).end_object();
  return out;
}

/// What a map and a table of the open sites need, by id.
std::string sites_text(const Network& network, const Report& report) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  for (const std::uint32_t index : report.plan.open) {
    const siting_problem::Site& site = network.sites[index];
    w.key(site.id).begin_object().key("at").begin_array();
    w.number(site.at.x).number(site.at.y).end_array().key("cost").number(site.cost);
    w.member("district", network.districts[site.district]);
    w.member("standing", name(site.standing)).end_object();
  }
  w.end_object();
  return out;
}

}  // namespace

std::string rules_json(const Network& network, const Report& report) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (std::uint32_t r = 0; r < report.found.rules.size(); ++r) {
    const auto& rule = report.found.rules[r];
    w.begin_object().member("areas", rule.areas).key("asked").number(rule.asked);
    w.member("binding", rule.binding).key("binds_in").begin_array();
    for (std::size_t k = 0; k < std::min(rule.where.size(), kPlacesMost); ++k) {
      w.string(rule.where[k]);
    }
    w.end_array();
    const auto cost = std::find_if(report.costs.begin(), report.costs.end(),
                                   [&](const auto& one) { return one.rule == r; });
    if (cost != report.costs.end()) {
      w.key("eased").begin_object().key("saves").number(cost->saves);
      w.member("step", cost->step).key("upper").number(cost->upper).end_object();
    }
    w.key("found").number(rule.found).member("permission", rule.permission);
    write_prices(w, network, report, r);
    w.member("rule", rule.rule).member("sites", rule.sites);
    w.member("source", network.rules[r].source);
    w.member("tightest", rule.tightest).end_object();
  }
  w.end_array();
  return out;
}

std::string report_json(const Network& network, const Report& report,
                        const std::vector<std::string>& changes) {
  PlanNotes notes;
  if (!changes.empty()) {
    notes.changes = changes_text(changes);
  }
  if (report.plan.status != siting_problem::Status::infeasible) {
    notes.rules = rules_json(network, report);
    notes.years = report.years.empty() ? std::string{} : years_text(network, report);
    notes.cost = two_numbers("sites", report.found.open, "ways", report.found.ways);
    notes.households =
        two_numbers("all", report.found.all_households, "served", report.found.served_households);
    notes.sites = sites_text(network, report);
  }
  return to_json(network, report.plan, notes);
}

}  // namespace huan::wire_siting
