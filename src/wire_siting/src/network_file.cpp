// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "huan/base/text_map.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/coordinates.hpp"
#include "huan/wire_siting/network.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Home;
using siting_problem::Network;
using siting_problem::Site;
using siting_problem::Standing;

constexpr std::size_t kFeaturesMax = 8'000'000;
constexpr double kDegree = 1e7;

/// Areas get numbers as they are met.
class Areas {
 public:
  explicit Areas(std::vector<std::string>& names) : names_(names) {}
  std::uint32_t number(const std::string& name) {
    const auto [there, fresh] = numbers_.emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) {
      names_.push_back(name);
    }
    return there->second;
  }

 private:
  std::vector<std::string>& names_;
  base::TextMap<std::uint32_t> numbers_;
};

class Reader {
 public:
  base::Result<Network> read(json::Value root) {
    if (!root.is_object()) {
      return Error{ErrorCode::bad_field, "", "a FeatureCollection is expected"};
    }
    const Members members(root, "");
    HUAN_TRY(detour, members.number("detour", 1));
    network_.detour = detour;
    HUAN_TRY(origin, members.text("origin"));
    network_.origin = std::move(origin);
    HUAN_TRY(datum, members.text("datum"));
    shifted_ = datum == "GCJ-02";
    if (!datum.empty() && !shifted_ && datum != "WGS-84" && datum != "CGCS2000") {
      return Error{ErrorCode::bad_coordinates, "/datum", "WGS-84, CGCS2000 or GCJ-02 is expected"};
    }
    HUAN_CHECK(read_materials(members));
    HUAN_CHECK(read_tiers(members));
    HUAN_CHECK(read_features(members));
    HUAN_CHECK(read_districts(members));
    HUAN_CHECK(read_rules(members));
    if (const auto periods = members.find("periods")) {
      HUAN_TRY(read, read_periods(*periods));
      network_.periods = std::move(read);
    }
    return std::move(network_);
  }

 private:
  static base::Result<json::Value> list(const Members& members, const char* key) {
    const auto value = members.find(key);
    if (!value || !value->is_array()) {
      return members.wrong(key, "a list is expected");
    }
    return *value;
  }

  base::Result<void> read_materials(const Members& members) {
    const auto value = members.find("materials");
    if (!value) {
      network_.materials = {"recyclables"};
      return {};
    }
    HUAN_TRY(materials, list(members, "materials"));
    for (const json::Value one : materials.elements()) {
      if (!one.is_string() || material(one.string()) ||
          network_.materials.size() == siting_problem::kMaterialsMax) {
        return members.wrong("materials", "up to 64 different names are expected");
      }
      network_.materials.emplace_back(one.string());
    }
    return {};
  }

  [[nodiscard]] std::optional<std::size_t> material(std::string_view name) const {
    const auto there = std::find(network_.materials.begin(), network_.materials.end(), name);
    return there == network_.materials.end()
               ? std::nullopt
               : std::optional<std::size_t>(there - network_.materials.begin());
  }

  base::Result<void> read_tiers(const Members& members) {
    HUAN_TRY(tiers, list(members, "tiers"));
    for (const json::Value one : tiers.elements()) {
      const std::string at = "/tiers/" + std::to_string(network_.tiers.size());
      if (!one.is_object()) {
        return Error{ErrorCode::bad_field, at, "an object is expected"};
      }
      const Members each(one, at);
      siting_problem::Tier tier;
      HUAN_TRY(name, each.text("name"));
      HUAN_TRY(rate, each.number("rate", 0));
      HUAN_TRY(reach, each.number("reach_m", 0));
      HUAN_TRY(optional, each.flag("optional"));
      tier.name = std::move(name);
      tier.rate = rate;
      tier.reach_m = reach;
      tier.optional = optional;
      if (tier.name.empty() || tier.name == "home" || tier.name == "zone") {
        return each.wrong("name", "every tier has a name, and it is not home or zone");
      }
      network_.tiers.push_back(std::move(tier));
    }
    return {};
  }

  base::Result<void> read_features(const Members& members) {
    HUAN_TRY(features, list(members, "features"));
    if (features.size() > kFeaturesMax) {
      return Error{ErrorCode::too_large, "/features", "over 8,000,000 points"};
    }
    std::size_t k = 0;
    for (const json::Value feature : features.elements()) {
      const std::string at = "/features/" + std::to_string(k++);
      const auto properties = feature.is_object() ? feature.find("properties") : std::nullopt;
      const auto geometry = feature.is_object() ? feature.find("geometry") : std::nullopt;
      if (!properties || !properties->is_object() || !geometry || !geometry->is_object()) {
        return Error{ErrorCode::bad_field, at, "a Feature with geometry and properties"};
      }
      const Members each(*properties, at + "/properties");
      HUAN_TRY(kind, each.text("kind"));
      if (kind == "zone") {
        HUAN_CHECK(add_zone(*geometry, each, at));
        continue;
      }
      HUAN_TRY(spot, read_spot(geometry->find("coordinates"), at + "/geometry/coordinates"));
      if (kind == "home") {
        HUAN_CHECK(read_home(each, moved(spot)));
      } else {
        HUAN_CHECK(read_site(each, kind, moved(spot)));
      }
    }
    return {};
  }

  base::Result<void> add_zone(json::Value geometry, const Members& each, const std::string& at) {
    HUAN_TRY(name, each.text("name"));
    HUAN_TRY(zone, read_zone(geometry, std::move(name), at + "/geometry"));
    for (auto& line : zone.lines) {
      for (siting_problem::Point& corner : line) {
        corner = moved(corner);
      }
    }
    network_.zones.push_back(std::move(zone));
    return {};
  }

  [[nodiscard]] siting_problem::Point moved(siting_problem::Point spot) const {
    if (!shifted_) {
      return spot;
    }
    const registry::Degrees back =
        registry::gcj02_to_wgs84({static_cast<std::int32_t>(std::lround(spot.y * kDegree)),
                                  static_cast<std::int32_t>(std::lround(spot.x * kDegree))});
    return {back.lng_e7 / kDegree, back.lat_e7 / kDegree};
  }

  template <class Thing>
  base::Result<void> read_where(const Members& each, Thing& thing, base::TextMap<bool>& ids) {
    HUAN_TRY(id, each.text("id"));
    HUAN_TRY(urban, each.flag("urban"));
    HUAN_TRY(district, each.text("district"));
    HUAN_TRY(street, each.text("street"));
    HUAN_TRY(community, each.text("community"));
    if (id.empty()) {
      return each.wrong("id", "every point has an id");
    }
    if (!ids.emplace(id, true).second) {
      return Error{ErrorCode::duplicate_point, each.at() + "/id", id + " stands twice"};
    }
    thing.id = std::move(id);
    thing.urban = urban;
    thing.district = districts_.number(district);
    thing.street = streets_.number(street);
    thing.community = communities_.number(community);
    auto& of_street = network_.district_of_street;
    if (of_street.size() < network_.streets.size()) {
      of_street.push_back(thing.district);
    }
    return {};
  }

  base::Result<void> read_home(const Members& each, siting_problem::Point at) {
    Home home;
    home.at = at;
    HUAN_CHECK(read_where(each, home, home_ids_));
    HUAN_TRY(households, each.number("households", 1));
    HUAN_TRY(people, each.number("people", 0));
    home.households = households;
    home.people = people;
    network_.homes.push_back(std::move(home));
    return read_mass(each);
  }

  base::Result<void> read_mass(const Members& each) {
    const std::size_t first = network_.mass.size();
    network_.mass.resize(first + network_.materials.size(), 0);
    const auto mass = each.find("mass");
    if (!mass) {
      return {};
    }
    if (mass->is_number() && network_.materials.size() == 1) {
      network_.mass[first] = mass->number();
      return {};
    }
    if (!mass->is_object()) {
      return each.wrong("mass", "tonnes a year by material are expected");
    }
    for (const json::Member one : mass->members()) {
      const auto k = material(one.key);
      if (!k || !one.value.is_number()) {
        return each.wrong("mass", "tonnes a year by material are expected");
      }
      network_.mass[first + *k] = one.value.number();
    }
    return {};
  }

  base::Result<void> read_site(const Members& each, const std::string& kind,
                               siting_problem::Point at) {
    Site site;
    site.at = at;
    const auto tier = std::find_if(network_.tiers.begin(), network_.tiers.end(),
                                   [&](const auto& one) { return one.name == kind; });
    if (tier == network_.tiers.end()) {
      return each.wrong("kind", "home, or the name of a tier");
    }
    site.tier = static_cast<std::uint32_t>(tier - network_.tiers.begin());
    HUAN_CHECK(read_where(each, site, site_ids_));
    HUAN_TRY(cost, each.number("cost", 0));
    HUAN_TRY(capacity, each.number("capacity", 0));
    HUAN_TRY(standing, each.text("standing"));
    site.cost = cost;
    site.capacity = capacity;
    for (const Standing one : {Standing::free, Standing::existing, Standing::closable,
                               Standing::required, Standing::forbidden}) {
      if (siting_problem::name(one) == standing) {
        site.standing = one;
        standing.clear();
      }
    }
    if (!standing.empty()) {
      return each.wrong("standing", "free, existing, closable, required or forbidden");
    }
    if (const auto takes = each.find("takes")) {
      site.takes = 0;
      if (!takes->is_array()) {
        return each.wrong("takes", "a list of materials is expected");
      }
      for (const json::Value one : takes->elements()) {
        const auto k = one.is_string() ? material(one.string()) : std::nullopt;
        if (!k) {
          return each.wrong("takes", "a list of materials is expected");
        }
        site.takes |= std::uint64_t{1} << *k;
      }
    }
    network_.sites.push_back(std::move(site));
    return {};
  }

  base::Result<void> read_districts(const Members& members) {
    if (!members.find("districts")) {
      return {};
    }
    HUAN_TRY(districts, list(members, "districts"));
    std::size_t k = 0;
    for (const json::Value one : districts.elements()) {
      const std::string at = "/districts/" + std::to_string(k++);
      if (!one.is_object()) {
        return Error{ErrorCode::bad_field, at, "an object is expected"};
      }
      const Members each(one, at);
      HUAN_TRY(id, each.text("id"));
      const std::uint32_t a = districts_.number(id);
      if (!each.find("neighbours")) {
        continue;
      }
      HUAN_TRY(beside, list(each, "neighbours"));
      for (const json::Value other : beside.elements()) {
        if (!other.is_string()) {
          return each.wrong("neighbours", "a list of districts is expected");
        }
        const std::uint32_t b = districts_.number(std::string{other.string()});
        if (a != b) {
          network_.neighbours.push_back({std::min(a, b), std::max(a, b)});
        }
      }
    }
    auto& pairs = network_.neighbours;
    const auto key = [](const siting_problem::Pair& pair) { return std::pair{pair.a, pair.b}; };
    std::sort(pairs.begin(), pairs.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    pairs.erase(std::unique(pairs.begin(), pairs.end(),
                            [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                pairs.end());
    return {};
  }

  base::Result<void> read_rules(const Members& members) {
    bool cover = false;
    if (members.find("rules")) {
      HUAN_TRY(rules, list(members, "rules"));
      constexpr std::size_t kRulesMax = 200;
      if (rules.size() > kRulesMax) {
        return Error{ErrorCode::too_large, "/rules", "over 200 rules"};
      }
      for (const json::Value one : rules.elements()) {
        const std::string at = "/rules/" + std::to_string(network_.rules.size());
        HUAN_TRY(rule, read_rule(one, network_.tiers, at));
        cover = cover || rule.kind == siting_problem::RuleKind::coverage;
        network_.rules.push_back(std::move(rule));
      }
    }
    if (!cover) {
      siting_problem::Rule everybody;
      everybody.name = "everybody is served";
      everybody.kind = siting_problem::RuleKind::coverage;
      everybody.share = 1;
      everybody.source = "no coverage rule is stated";
      network_.rules.push_back(std::move(everybody));
    }
    return {};
  }

  Network network_;
  bool shifted_{false};
  Areas districts_{network_.districts};
  Areas streets_{network_.streets};
  Areas communities_{network_.communities};
  base::TextMap<bool> home_ids_;
  base::TextMap<bool> site_ids_;
};

}  // namespace

base::Result<Network> read_network(std::string_view bytes) {
  HUAN_TRY(document, json::Document::parse(bytes, kNetworkParse));
  return read_network(document.root());
}

base::Result<Network> read_network(json::Value file) { return Reader().read(file); }

namespace {

base::Result<void> change_question(NetworkQuestion& question, json::Value change) {
  HUAN_TRY(done, change_network(question.network, change));
  question.changed = std::move(done.sites);
  std::move(done.told.begin(), done.told.end(), std::back_inserter(question.changes));
  return {};
}

/// The network as the plan before knew it, then what differs now, then that plan in its words.
base::Result<void> differ_by(NetworkQuestion& question, const std::optional<json::Value>& from,
                             const std::optional<json::Value>& change) {
  const auto known = from && from->is_object() ? from->find("changes") : std::nullopt;
  if (known) {
    HUAN_CHECK(change_question(question, *known));
    question.changed.clear();
  }
  if (change) {
    HUAN_CHECK(change_question(question, *change));
  }
  if (from) {
    HUAN_TRY(plan, read_network_plan(*from, question.network));
    question.from = std::move(plan);
  }
  return {};
}

}  // namespace

base::Result<NetworkQuestion> read_question(std::string_view bytes, std::optional<Network> known,
                                            std::string_view before) {
  NetworkQuestion question;
  HUAN_TRY(document, json::Document::parse(bytes.empty() && known ? "{}" : bytes, kNetworkParse));
  const json::Value root = document.root();
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "an object is expected"};
  }
  const Members members(root, "");
  if (known) {
    for (const json::Member one : root.members()) {
      if (one.key != "change" && one.key != "from") {
        return members.wrong(std::string(one.key).c_str(), "change or from is expected");
      }
    }
    question.network = std::move(*known);
  } else {
    HUAN_TRY(network, read_network(root));
    question.network = std::move(network);
  }
  if (before.empty()) {
    HUAN_CHECK(differ_by(question, members.find("from"), members.find("change")));
    return question;
  }
  if (members.find("from")) {
    return members.wrong("from", "one plan before is enough");
  }
  HUAN_TRY(plan, json::Document::parse(before, kNetworkParse));
  HUAN_CHECK(differ_by(question, plan.root(), members.find("change")));
  return question;
}

base::Result<void> differ(NetworkQuestion& question, std::string_view from,
                          std::string_view change) {
  HUAN_TRY(plan, json::Document::parse(from.empty() ? "null" : from, kNetworkParse));
  HUAN_TRY(step, json::Document::parse(change.empty() ? "null" : change, kNetworkParse));
  const auto given = [](const json::Document& document, std::string_view text) {
    return text.empty() ? std::nullopt : std::optional{document.root()};
  };
  return differ_by(question, given(plan, from), given(step, change));
}

}  // namespace huan::wire_siting
