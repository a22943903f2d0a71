// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/base/text_map.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_siting/network.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::kNobody;
using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Part;

void write_parts(json::Writer& w, const char* key, const std::vector<Part>& parts) {
  w.key(key).begin_array();
  for (const Part& part : parts) {
    w.begin_array().integer(part.rule).integer(part.area).number(part.value).end_array();
  }
  w.end_array();
}

void write_proof(json::Writer& w, const NetworkPlan& plan) {
  w.key("proof").begin_object();
  write_parts(w, "counts", plan.proof.counts);
  write_parts(w, "coverage", plan.proof.coverage);
  w.key("prices").begin_array();
  for (const auto& prices : plan.proof.prices) {
    w.begin_array();
    for (const double price : prices) {
      w.number(price);
    }
    w.end_array();
  }
  w.end_array().end_object();
}

void write_ways(json::Writer& w, const Network& network, const NetworkPlan& plan) {
  const std::size_t materials = network.materials.size();
  w.key("next").begin_object();
  for (const std::uint32_t site : plan.open) {
    if (plan.next[site] != kNobody) {
      w.member(network.sites[site].id, network.sites[plan.next[site]].id);
    }
  }
  w.end_object().key("problem").string("tiered");
  write_proof(w, plan);
  w.key("ship").begin_object();
  for (const std::uint32_t site : plan.open) {
    bool any = false;
    for (std::size_t m = 0; m < materials; ++m) {
      const std::uint32_t to = plan.ship[site * materials + m];
      if (to == kNobody) {
        continue;
      }
      if (!any) {
        w.key(network.sites[site].id).begin_object();
      }
      any = true;
      w.member(network.materials[m], network.sites[to].id);
    }
    if (any) {
      w.end_object();
    }
  }
  w.end_object();
}

/// Sites by their ids.
class Sites {
 public:
  explicit Sites(const Network& network) {
    for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
      by_id_.emplace(network.sites[j].id, j);
    }
  }
  [[nodiscard]] base::Result<std::uint32_t> find(const json::Value& value,
                                                 const std::string& at) const {
    if (value.is_null()) {
      return kNobody;
    }
    const auto there = value.is_string() ? by_id_.find(value.string()) : by_id_.end();
    if (there == by_id_.end()) {
      return Error{ErrorCode::bad_field, at, "no site of the network is called so"};
    }
    return there->second;
  }
  [[nodiscard]] base::Result<std::uint32_t> find(std::string_view id, const std::string& at) const {
    const auto there = by_id_.find(id);
    if (there == by_id_.end()) {
      return Error{ErrorCode::bad_field, at, "no site of the network is called so"};
    }
    return there->second;
  }

 private:
  base::TextMap<std::uint32_t> by_id_;
};

base::Result<json::Value> member(const Members& root, const char* key, json::Kind kind) {
  const auto value = root.find(key);
  if (!value || value->kind() != kind) {
    return root.wrong(key, "missing or of another kind");
  }
  return *value;
}

base::Result<std::vector<Part>> read_parts(const Members& proof, const char* key) {
  HUAN_TRY(list, member(proof, key, json::Kind::array));
  std::vector<Part> parts;
  for (const json::Value one : list.elements()) {
    if (!one.is_array() || one.size() != 3) {
      return proof.wrong(key, "[rule, area, price] is expected");
    }
    auto each = one.elements().begin();
    const json::Value rule = *each;
    const json::Value area = *++each;
    const json::Value price = *++each;
    constexpr std::int64_t kMost = 0xFFFF'FFFE;
    const auto index = [](const json::Value& value) {
      return value.is_integer() && value.integer() >= 0 && value.integer() <= kMost;
    };
    if (!index(rule) || !index(area) || !price.is_number() || !std::isfinite(price.number())) {
      return proof.wrong(key, "[rule, area, price] is expected");
    }
    parts.push_back({static_cast<std::uint32_t>(rule.integer()),
                     static_cast<std::uint32_t>(area.integer()), price.number()});
  }
  return parts;
}

base::Result<void> read_proof(const Members& root, NetworkPlan& plan) {
  const auto value = root.find("proof");
  if (!value || !value->is_object()) {
    return {};
  }
  const Members proof(*value, "/proof");
  HUAN_TRY(counts, read_parts(proof, "counts"));
  HUAN_TRY(coverage, read_parts(proof, "coverage"));
  plan.proof.counts = std::move(counts);
  plan.proof.coverage = std::move(coverage);
  HUAN_TRY(prices, member(proof, "prices", json::Kind::array));
  for (const json::Value tier : prices.elements()) {
    if (!tier.is_array()) {
      return proof.wrong("prices", "a list of numbers for each tier");
    }
    auto& into = plan.proof.prices.emplace_back();
    into.reserve(tier.size());
    for (const json::Value price : tier.elements()) {
      if (!price.is_number() || !std::isfinite(price.number())) {
        return proof.wrong("prices", "a list of numbers for each tier");
      }
      into.push_back(price.number());
    }
  }
  return {};
}

base::Result<void> read_ways(const Members& root, const Network& network, const Sites& sites,
                             NetworkPlan& plan) {
  HUAN_TRY(assignment, member(root, "assignment", json::Kind::array));
  for (const json::Value one : assignment.elements()) {
    HUAN_TRY(site, sites.find(one, "/assignment/" + std::to_string(plan.served.size())));
    plan.served.push_back(site);
  }
  plan.next.assign(network.sites.size(), kNobody);
  HUAN_TRY(next, member(root, "next", json::Kind::object));
  for (const json::Member one : next.members()) {
    HUAN_TRY(from, sites.find(one.key, "/next"));
    HUAN_TRY(to, sites.find(one.value, "/next/" + std::string(one.key)));
    plan.next[from] = to;
  }
  const std::size_t materials = network.materials.size();
  plan.ship.assign(network.sites.size() * materials, kNobody);
  HUAN_TRY(ship, member(root, "ship", json::Kind::object));
  for (const json::Member one : ship.members()) {
    HUAN_TRY(from, sites.find(one.key, "/ship"));
    if (!one.value.is_object()) {
      return root.wrong("ship", "sites by material are expected");
    }
    for (const json::Member way : one.value.members()) {
      const auto m = std::find(network.materials.begin(), network.materials.end(), way.key);
      if (m == network.materials.end()) {
        return root.wrong("ship", "no material is called so");
      }
      HUAN_TRY(to, sites.find(way.value, "/ship/" + std::string(one.key)));
      plan.ship[from * materials + static_cast<std::size_t>(m - network.materials.begin())] = to;
    }
  }
  return {};
}

}  // namespace

std::string to_json(const Network& network, const NetworkPlan& plan, const PlanNotes& notes) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("assignment").begin_array();
  for (const std::uint32_t site : plan.served) {
    if (site == kNobody) {
      w.null();
    } else {
      w.string(network.sites[site].id);
    }
  }
  w.end_array();
  if (!notes.changes.empty()) {
    w.key("changes").raw(notes.changes);
  }
  w.key("conflict").begin_array();
  for (const std::string& rule : plan.conflict) {
    w.string(rule);
  }
  w.end_array();
  if (!notes.cost.empty()) {
    w.key("cost").raw(notes.cost);
  }
  w.key("facilities").begin_object();
  for (std::uint32_t tier = 0; tier < network.tiers.size(); ++tier) {
    w.key(network.tiers[tier].name).begin_array();
    for (const std::uint32_t site : plan.open) {
      if (network.sites[site].tier == tier) {
        w.string(network.sites[site].id);
      }
    }
    w.end_array();
  }
  w.end_object().key("gap").number(plan.gap());
  if (!notes.households.empty()) {
    w.key("households").raw(notes.households);
  }
  w.member("iterations", plan.iterations);
  w.key("lower").number(plan.lower);
  write_ways(w, network, plan);
  w.member("reason", plan.reason);
  if (!notes.rules.empty()) {
    w.key("rules").raw(notes.rules);
  }
  if (!notes.sites.empty()) {
    w.key("sites").raw(notes.sites);
  }
  w.member("status", name(plan.status)).member("stop", name(plan.stop));
  w.key("upper").number(plan.upper);
  if (!notes.years.empty()) {
    w.key("years").raw(notes.years);
  }
  w.end_object();
  out.push_back('\n');
  return out;
}

base::Result<NetworkPlan> read_network_plan(std::string_view bytes, const Network& network) {
  HUAN_TRY(document, json::Document::parse(bytes, kNetworkParse));
  return read_network_plan(document.root(), network);
}

base::Result<NetworkPlan> read_network_plan(json::Value read, const Network& network) {
  if (!read.is_object()) {
    return Error{ErrorCode::bad_field, "", "a plan is expected"};
  }
  const Members root(read, "");
  const Sites sites(network);
  NetworkPlan plan;
  HUAN_TRY(upper, root.number("upper", 0));
  HUAN_TRY(lower, root.number("lower", 0));
  plan.upper = upper;
  plan.lower = lower;
  HUAN_TRY(status, root.text("status"));
  using siting_problem::Status;
  for (const Status one :
       {Status::optimal, Status::feasible, Status::infeasible, Status::time_limit}) {
    if (name(one) == status) {
      plan.status = one;
    }
  }
  HUAN_TRY(facilities, member(root, "facilities", json::Kind::object));
  for (const json::Member tier : facilities.members()) {
    if (!tier.value.is_array()) {
      return root.wrong("facilities", "a list of sites for each tier");
    }
    for (const json::Value one : tier.value.elements()) {
      HUAN_TRY(site, sites.find(one, "/facilities/" + std::string(tier.key)));
      plan.open.push_back(site);
    }
  }
  std::sort(plan.open.begin(), plan.open.end());
  HUAN_CHECK(read_ways(root, network, sites, plan));
  HUAN_CHECK(read_proof(root, plan));
  return plan;
}

}  // namespace huan::wire_siting
