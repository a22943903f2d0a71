// SPDX-License-Identifier: Apache-2.0
#include "round.hpp"

#include <algorithm>

#include "huan/oversight/dossiers.hpp"

namespace huan::oversight {

using norms::FactSet;
using norms::Subject;
using norms::SubjectKind;

namespace {

constexpr std::size_t kShipmentsPage = 1'000;
constexpr char kLastCharacter = '\x7f';

bool is_firm(const registry::Party& party) {
  return party.kind == registry::PartyKind::enterprise ||
         party.kind == registry::PartyKind::sole_trader ||
         party.kind == registry::PartyKind::cooperative;
}

Entered read_all_entered(store::Reading& reading, const CityName& city, const NormBook& book) {
  Entered entered = read_entered(reading, city);
  if (book.duties != nullptr) {
    add_gifts(reading, city, *book.duties, entered);
  }
  return entered;
}

}  // namespace

Round::Round(store::Reading& reading, const CityName& city, const NormBook& book, base::Day day)
    : city_(city),
      book_(book),
      judge_(book.table, book.norms),
      picture_(read_city(reading, city, day)),
      grounds_(book.pack, picture_),
      entered_(read_all_entered(reading, city, book)),
      ledger_(read_figures(reading, city, picture_, judge_.asked())),
      extras_(scales_by_place(picture_)),
      holdings_(holdings(picture_)) {}

bool Round::Asking::wants(const Subject& subject) const {
  return (request.subject.empty() || request.subject == subject.id) &&
         (request.district.empty() || request.district == subject.district) &&
         (!request.sees || request.sees(subject));
}

bool Round::is_about(SubjectKind kind) const {
  return std::ranges::any_of(book_.norms, [&](const norms::Norm& norm) {
    return std::ranges::any_of(norm.subjects,
                               [&](const norms::Selector& s) { return s.kind == kind; });
  });
}

Round::Asking Round::begin(store::Reading& reading, const CheckRequest& request,
                           const FindingVisit& visit) const {
  Asking asking{reading, request, visit};
  asking.report.day = request.day;
  asking.report.seq = reading.last(city_.code).seq;
  return asking;
}

CheckReport Round::end(Asking asking) {
  std::ranges::sort(asking.report.notes);
  const auto doubles = std::ranges::unique(asking.report.notes);
  asking.report.notes.erase(doubles.begin(), doubles.end());
  return std::move(asking.report);
}

void Round::judge(Asking& asking, const Subject& subject, FactSet& facts) {
  const auto district = districts_.find(subject.district);
  if (district != districts_.end() && subject.kind != SubjectKind::district) {
    facts.stands_in(&district->second);
  }
  entered_.put_facts(subject, asking.request.day, book_.table, facts, asking.report.notes);
  judge_.visit(subject, facts, asking.request.day, [&](const norms::Finding& finding) {
    asking.report.board.add(subject, finding);
    asking.visit(subject, finding);
  });
  ++asking.report.subjects[subject.kind];
}

void Round::put_district_facts(Asking& asking) {
  districts_ = district_facts(grounds_, ledger_, judge_.asked());
  for (auto& [code, facts] : districts_) {
    entered_.put_facts({.kind = SubjectKind::district, .id = code}, asking.request.day, book_.table,
                       facts, asking.report.notes);
  }
}

void Round::judge_district(Asking& asking, const registry::District& district) {
  const Subject subject{.kind = SubjectKind::district,
                        .id = district.code,
                        .name = district.zh,
                        .district = district.code};
  if (asking.wants(subject)) {
    judge(asking, subject, districts_[district.code]);
  }
}

void Round::judge_place(Asking& asking, const std::string& id, const registry::Place& place) {
  const Subject subject{.kind = SubjectKind::place,
                        .id = id,
                        .name = place.name,
                        .place_kind = std::string(registry::info(place.kind).code),
                        .form = place.form == registry::PlaceForm::none
                                    ? std::string{}
                                    : std::string(registry::name(place.form)),
                        .district = place.district,
                        .party = place.operator_id};
  if (!asking.wants(subject) || (!is_open(place) && asking.request.subject.empty())) {
    return;
  }
  FactSet facts;
  FactWriter writer{judge_.asked(), facts};
  put_place_facts({id, place}, grounds_, ledger_, extras_, writer);
  judge(asking, subject, facts);
}

void Round::judge_enterprise(Asking& asking, const std::string& id, const registry::Party& party) {
  const Subject subject{.kind = SubjectKind::enterprise,
                        .id = id,
                        .name = party.name,
                        .district = party.district,
                        .party = id};
  if (!is_firm(party) || !party.active || !asking.wants(subject)) {
    return;
  }
  const auto found = holdings_.find(id);
  FactSet facts;
  FactWriter writer{judge_.asked(), facts};
  put_enterprise_facts(id, party, found == holdings_.end() ? Holdings{} : found->second, ledger_,
                       asking.request.day, writer);
  judge(asking, subject, facts);
}

std::string Round::district_of(const registry::Asset& asset) const {
  if (const auto place = picture_.places.find(asset.place); place != picture_.places.end()) {
    return place->second.district;
  }
  const auto party = picture_.parties.find(asset.party);
  return party == picture_.parties.end() ? std::string{} : party->second.district;
}

std::string Round::party_of(const registry::Asset& asset) const {
  const auto place = picture_.places.find(asset.place);
  return asset.party.empty() && place != picture_.places.end() ? place->second.operator_id
                                                               : asset.party;
}

void Round::judge_assets(Asking& asking) {
  for (const auto& [id, asset] : picture_.assets) {
    const bool vehicle = asset.kind == registry::AssetKind::vehicle;
    if (!asset.active || (!vehicle && asset.kind != registry::AssetKind::scale)) {
      continue;
    }
    const Subject subject{.kind = vehicle ? SubjectKind::vehicle : SubjectKind::scale,
                          .id = id,
                          .name = vehicle ? asset.plate : asset.name,
                          .district = district_of(asset),
                          .party = party_of(asset)};
    if (!asking.wants(subject)) {
      continue;
    }
    FactSet facts;
    FactWriter writer{judge_.asked(), facts};
    if (vehicle) {
      put_vehicle_facts(asset, asking.request.day, writer);
    } else {
      put_scale_facts(asset, writer);
    }
    judge(asking, subject, facts);
  }
}

void Round::judge_shipment(Asking& asking, const store::ShipmentRow& row) {
  const auto from = picture_.places.find(row.state.from_place);
  const bool known = from != picture_.places.end();
  const Subject subject{.kind = SubjectKind::shipment,
                        .id = row.shipment,
                        .name = {},
                        .district = known ? from->second.district : std::string{},
                        .party = known ? from->second.operator_id : std::string{}};
  if (!asking.wants(subject)) {
    return;
  }
  std::int64_t open_g = 0;
  for (const ledger::LineState& line : asking.reading.lines(city_.code, row.shipment)) {
    open_g += std::max<std::int64_t>(line.raw_g, 0);
  }
  const base::Day left = base::day_of(row.time, city_.offset_s);
  FactSet facts;
  FactWriter writer{judge_.asked(), facts};
  norms::Fact age{.value = std::int64_t{std::max(asking.request.day.n - left.n, 0)},
                  .origin = norms::Origin::ledger,
                  .source = "ledger"};
  age.counts_from = left;
  writer.put("shipment.days_open", std::move(age));
  writer.put("shipment.open_mass", open_g, norms::Origin::ledger);
  judge(asking, subject, facts);
}

void Round::judge_shipments(Asking& asking) {
  store::Page page{"", kShipmentsPage};
  for (bool more = ledger_.stock_known; more;) {
    const auto rows =
        asking.reading.shipments(city_.code, {.state = store::ShipmentFilter::open}, page);
    for (const store::ShipmentRow& row : rows) {
      judge_shipment(asking, row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().shipment;
    }
  }
}

void Round::judge_persons(Asking& asking) {
  for (const std::string& id : entered_.subjects(SubjectKind::person)) {
    const Subject subject{.kind = SubjectKind::person, .id = id};
    if (asking.wants(subject)) {
      FactSet facts;
      judge(asking, subject, facts);
    }
  }
}

CheckReport Round::run(store::Reading& reading, const CheckRequest& request,
                       const FindingVisit& visit) {
  Asking asking = begin(reading, request, visit);
  put_district_facts(asking);
  for (const registry::District& district : book_.pack.districts) {
    judge_district(asking, district);
  }
  for (const auto& [id, place] : picture_.places) {
    judge_place(asking, id, place);
  }
  for (const auto& [id, party] : picture_.parties) {
    judge_enterprise(asking, id, party);
  }
  judge_assets(asking);
  if (is_about(SubjectKind::shipment)) {
    judge_shipments(asking);
  }
  judge_persons(asking);
  return end(std::move(asking));
}

void Round::take_up(store::Reading& reading, const TouchedIds& touched) {
  const base::Day last = base::day_of(reading.last(city_.code).recorded_at, city_.offset_s);
  ledger_.stock_known = last <= picture_.day;
  for (const std::string& place : touched.places) {
    read_place_figures(reading, city_, picture_, {judge_.asked(), place}, ledger_);
  }
}

CheckReport Round::run_touched(store::Reading& reading, const TouchedIds& touched,
                               const FindingVisit& visit) {
  const CheckRequest request{picture_.day};
  Asking asking = begin(reading, request, visit);
  put_district_facts(asking);
  std::set<std::string, std::less<>> districts;
  std::set<std::string, std::less<>> parties;
  for (const std::string& id : touched.places) {
    const auto place = picture_.places.find(id);
    if (place != picture_.places.end()) {
      judge_place(asking, id, place->second);
      districts.insert(place->second.district);
      parties.insert(place->second.operator_id);
    }
  }
  for (const registry::District& district : book_.pack.districts) {
    if (districts.contains(district.code)) {
      judge_district(asking, district);
    }
  }
  for (const std::string& id : parties) {
    if (const auto party = picture_.parties.find(id); party != picture_.parties.end()) {
      judge_enterprise(asking, id, party->second);
    }
  }
  if (is_about(SubjectKind::shipment) && ledger_.stock_known) {
    for (const std::string& id : touched.shipments) {
      // The key just before: ids are printable, so that nothing stands between.
      std::string before = id;
      before.back() = static_cast<char>(before.back() - 1);
      const auto rows = reading.shipments(city_.code, {.state = store::ShipmentFilter::open},
                                          {before + kLastCharacter, 1});
      if (!rows.empty() && rows.front().shipment == id) {
        judge_shipment(asking, rows.front());
      }
    }
  }
  return end(std::move(asking));
}

}  // namespace huan::oversight
