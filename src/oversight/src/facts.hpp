// SPDX-License-Identifier: Apache-2.0
// The facts of each kind of subject, computed where a norm asks for them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "huan/base/text_map.hpp"
#include "huan/norms/judge.hpp"
#include "huan/oversight/check.hpp"
#include "huan/oversight/city_on_day.hpp"

namespace huan::oversight {

using Asked = std::set<std::string, std::less<>>;

/// What the ledger says by place, district and operator; maps hold nothing where nothing asks.
struct LedgerFigures {
  bool stock_known{false};          ///< the day is not before the last record
  base::TextMap<base::Day> oldest;  ///< day that the oldest lot with stock came in, by place
  base::TextMap<std::int64_t> stock_g;
  base::TextMap<std::int64_t> taken_g;            ///< within a year, by place
  base::TextMap<std::int64_t> hazardous_taken_g;  ///< within a year, by place
  base::TextMap<std::int64_t> hazardous_left_g;   ///< sold or disposed of within a year, by place
  base::TextMap<std::int64_t> received_g;         ///< within a year, by place, this city's own
  base::TextMap<std::int64_t> received_by_district;
  base::TextMap<std::int64_t> received_by_operator;
};
[[nodiscard]] LedgerFigures read_figures(store::Reading& reading, const CityName& city,
                                         const CityOnDay& picture, const Asked& asked);

/// One place's figures read again, its district's and its operator's brought along.
struct PlaceFigures {
  const Asked& asked;
  const std::string& place;
};
void read_place_figures(store::Reading& reading, const CityName& city, const CityOnDay& picture,
                        const PlaceFigures& of, LedgerFigures& figures);

/// Communities by code, and what stands in each district.
class Grounds {
 public:
  Grounds(const registry::Pack& pack, const CityOnDay& picture);
  /// Absent where the place names no known community.
  [[nodiscard]] std::optional<bool> urban(const registry::Place& place) const;
  [[nodiscard]] const registry::Pack& pack() const { return pack_; }
  [[nodiscard]] const CityOnDay& picture() const { return picture_; }
  [[nodiscard]] const registry::Community* community(std::string_view code) const;

 private:
  const registry::Pack& pack_;
  const CityOnDay& picture_;
  base::TextMap<const registry::Community*> communities_;
};

/// Puts a fact where it is asked for.
class FactWriter {
 public:
  FactWriter(const Asked& asked, norms::FactSet& facts) : asked_(asked), facts_(facts) {}
  [[nodiscard]] bool asks(std::string_view name) const { return asked_.contains(name); }
  void put(std::string_view name, norms::Value value,
           norms::Origin origin = norms::Origin::registry, std::string_view note = {});
  void put(std::string_view name, norms::Fact fact);
  /// `prefix` and any of `terms`' kinds: the one in force, else the one that ended last.
  void put_terms(std::string_view prefix, const std::vector<registry::Term>& terms, base::Day day,
                 std::string_view source);
  /// What follows `prefix` in the names that are asked for.
  [[nodiscard]] std::vector<std::string> asked_after(std::string_view prefix) const;

 private:
  const Asked& asked_;
  norms::FactSet& facts_;
};

[[nodiscard]] bool is_open(const registry::Place& place);

/// Figures of every place, taken in one pass.
struct PlaceExtras {
  std::int64_t scales{0};
  std::int64_t scales_verified{0};
};
using ExtrasByPlace = base::TextMap<PlaceExtras>;
[[nodiscard]] ExtrasByPlace scales_by_place(const CityOnDay& picture);

struct PlaceAsked {
  const std::string& id;
  const registry::Place& place;
};
void put_place_facts(const PlaceAsked& asked, const Grounds& grounds, const LedgerFigures& ledger,
                     const ExtrasByPlace& extras, FactWriter& facts);

/// By district code; counts of places in one pass over the registry.
[[nodiscard]] std::map<std::string, norms::FactSet, std::less<>> district_facts(
    const Grounds& grounds, const LedgerFigures& ledger, const Asked& asked);

void put_vehicle_facts(const registry::Asset& vehicle, base::Day day, FactWriter& facts);
void put_scale_facts(const registry::Asset& scale, FactWriter& facts);

/// Open places and vehicles in use, by operator.
struct Holdings {
  std::int64_t places{0};
  std::int64_t vehicles{0};
};
[[nodiscard]] std::map<std::string, Holdings, std::less<>> holdings(const CityOnDay& picture);
void put_enterprise_facts(const std::string& id, const registry::Party& party,
                          const Holdings& holdings, const LedgerFigures& ledger, base::Day day,
                          FactWriter& facts);

}  // namespace huan::oversight
