// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "huan/base/quantity.hpp"
#include "huan/base/text_map.hpp"
#include "huan/oversight/counted.hpp"
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

  /// Each thing once, with what it adds to the count.
  void each(const std::function<void(const Counted&)>& visit) const {
    if (measure_.quantity == Quantity::communities) {
      return each_community(visit);
    }
    if (measure_.of == "parties") {
      return each_of(picture_.parties, "parties", visit);
    }
    if (measure_.of == "assets") {
      return each_of(picture_.assets, "assets", visit);
    }
    switch (measure_.quantity) {
      case Quantity::communities_served:
        return each_served(visit);
      case Quantity::output:
        return each_stated(&registry::Place::output_t_per_year, kTonne, visit);
      case Quantity::area:
        return each_stated(&registry::Place::area_m2, 1, visit);
      default:
        return each_of(picture_.places, "places", visit);
    }
  }
  /// What nothing states a size of has no sum; a count of nothing is none.
  [[nodiscard]] bool is_sum_of_sizes() const {
    return measure_.of != "parties" && measure_.of != "assets" &&
           (measure_.quantity == Quantity::output || measure_.quantity == Quantity::area);
  }

 private:
  template <class Map>
  void each_of(const Map& map, std::string_view of,
               const std::function<void(const Counted&)>& visit) const {
    for (const auto& [id, thing] : map) {
      if (counts(thing)) {
        visit({of, id, thing.name, {}, 1});
      }
    }
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

  void each_community(const std::function<void(const Counted&)>& visit) const {
    for (const auto& [code, one] : communities_) {
      if (lies(one) && any_or(measure_.districts, one->district)) {
        visit({"communities", code, one->name, {}, 1});
      }
    }
  }
  void each_served(const std::function<void(const Counted&)>& visit) const {
    std::map<std::string_view, std::string_view> served;  // by the first place there
    for (const auto& [id, place] : picture_.places) {
      if (counts(place) && community(place.community) != nullptr) {
        served.emplace(place.community, id);
      }
    }
    for (const auto& [code, place] : served) {
      visit({"communities", code, community(std::string(code))->name, place, 1});
    }
  }
  void each_stated(std::optional<std::int64_t> registry::Place::* stated, std::int64_t factor,
                   const std::function<void(const Counted&)>& visit) const {
    for (const auto& [id, place] : picture_.places) {
      if (counts(place) && place.*stated) {
        visit({"places", id, place.name, {}, base::checked_multiply(*(place.*stated), factor)});
      }
    }
  }

  const Measure& measure_;
  const CityOnDay& picture_;
  base::TextMap<const registry::Community*> communities_;
};

}  // namespace

std::optional<std::int64_t> count_registry(const Measure& measure, const CityOnDay& picture,
                                           const registry::Pack& pack) {
  const Counter counter(measure, picture, pack);
  std::optional<std::int64_t> sum;
  counter.each([&](const Counted& one) { sum = base::checked_add(sum.value_or(0), one.amount); });
  return sum || counter.is_sum_of_sizes() ? sum : std::optional<std::int64_t>(0);
}

void each_counted(const Measure& measure, const CityOnDay& picture, const registry::Pack& pack,
                  const std::function<void(const Counted&)>& visit) {
  Counter(measure, picture, pack).each(visit);
}

}  // namespace huan::oversight
