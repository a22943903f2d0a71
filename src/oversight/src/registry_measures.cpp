// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "huan/base/quantity.hpp"
#include "huan/base/text_map.hpp"
#include "measures.hpp"

namespace huan::oversight {
namespace {

using indicators::Measure;
using indicators::Quantity;
using indicators::Surroundings;

constexpr std::int64_t kTonne = 1'000'000;

bool any_or(const std::vector<std::string>& list, std::string_view one) {
  return list.empty() || std::ranges::find(list, one) != list.end();
}

bool holds_one(const std::vector<std::string>& kinds, const std::vector<registry::Term>& terms,
               base::Day day) {
  return kinds.empty() || std::ranges::any_of(terms, [&](const registry::Term& term) {
           return registry::covers(term, day) && any_or(kinds, term.kind);
         });
}

class Counter {
 public:
  Counter(const Measure& measure, const CityOnDay& picture, const registry::Pack& pack)
      : measure_(measure), picture_(picture) {
    for (const registry::Community& community : pack.communities) {
      communities_.emplace(community.code, &community);
    }
  }

  std::optional<std::int64_t> count() const {
    if (measure_.quantity == Quantity::communities) {
      return communities();
    }
    if (measure_.of == "parties") {
      return count_if(picture_.parties, [&](const auto& party) { return counts(party); });
    }
    if (measure_.of == "assets") {
      return count_if(picture_.assets, [&](const auto& asset) { return counts(asset); });
    }
    switch (measure_.quantity) {
      case Quantity::communities_served:
        return served();
      case Quantity::output:
        return sum(&registry::Place::output_t_per_year, kTonne);
      case Quantity::area:
        return sum(&registry::Place::area_m2, 1);
      default:
        return count_if(picture_.places, [&](const auto& place) { return counts(place); });
    }
  }

 private:
  template <class Map, class Test>
  static std::int64_t count_if(const Map& map, const Test& test) {
    return std::ranges::count_if(map, [&](const auto& entry) { return test(entry.second); });
  }

  [[nodiscard]] const registry::Community* community(const std::string& code) const {
    const auto found = communities_.find(code);
    return found == communities_.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool lies(const registry::Community* community) const {
    return measure_.surroundings == Surroundings::any ||
           (community != nullptr &&
            community->urban == (measure_.surroundings == Surroundings::urban));
  }

  [[nodiscard]] bool counts(const registry::Place& place) const {
    const bool fits = place.status == registry::PlaceStatus::active &&
                      any_or(measure_.place_kinds, registry::info(place.kind).code) &&
                      any_or(measure_.forms, registry::name(place.form)) &&
                      any_or(measure_.districts, place.district) &&
                      lies(community(place.community));
    if (!fits || !std::ranges::all_of(measure_.takes, [&](const std::string& material) {
          return registry::takes(place, material);
        })) {
      return false;
    }
    if (measure_.titles.empty() && measure_.qualifications.empty()) {
      return true;
    }
    const auto party = picture_.parties.find(place.operator_id);
    return party != picture_.parties.end() && entitled(party->second);
  }
  [[nodiscard]] bool entitled(const registry::Party& party) const {
    return holds_one(measure_.titles, party.titles, picture_.day) &&
           holds_one(measure_.qualifications, party.qualifications, picture_.day);
  }
  [[nodiscard]] bool counts(const registry::Party& party) const {
    return party.active && any_or(measure_.party_kinds, registry::name(party.kind)) &&
           any_or(measure_.districts, party.district) && entitled(party);
  }
  [[nodiscard]] bool counts(const registry::Asset& asset) const {
    return asset.active && any_or(measure_.asset_kinds, registry::name(asset.kind));
  }

  [[nodiscard]] std::int64_t communities() const {
    return std::ranges::count_if(communities_, [&](const auto& entry) {
      return lies(entry.second) && any_or(measure_.districts, entry.second->district);
    });
  }
  [[nodiscard]] std::int64_t served() const {
    std::set<std::string_view> codes;
    for (const auto& [id, place] : picture_.places) {
      if (counts(place) && community(place.community) != nullptr) {
        codes.insert(place.community);
      }
    }
    return static_cast<std::int64_t>(codes.size());
  }
  [[nodiscard]] std::optional<std::int64_t> sum(
      std::optional<std::int64_t> registry::Place::* stated, std::int64_t factor) const {
    std::optional<std::int64_t> total;
    for (const auto& [id, place] : picture_.places) {
      if (counts(place) && place.*stated) {
        total =
            base::checked_add(total.value_or(0), base::checked_multiply(*(place.*stated), factor));
      }
    }
    return total;
  }

  const Measure& measure_;
  const CityOnDay& picture_;
  base::TextMap<const registry::Community*> communities_;
};

}  // namespace

std::optional<std::int64_t> count_registry(const Measure& measure, const CityOnDay& picture,
                                           const registry::Pack& pack) {
  return Counter(measure, picture, pack).count();
}

}  // namespace huan::oversight
