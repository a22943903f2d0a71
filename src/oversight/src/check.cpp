// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/check.hpp"

#include <algorithm>

#include "facts.hpp"
#include "huan/oversight/entered.hpp"

namespace huan::oversight {
namespace {

using norms::FactSet;
using norms::Subject;
using norms::SubjectKind;

constexpr std::size_t kPage = 1'000;

/// One pass: what all subjects share, and the judging of each.
class Round {
 public:
  Round(store::Reading& reading, const CityName& city, const NormBook& book,
        const CheckRequest& request, const FindingVisit& visit)
      : reading_(reading),
        city_(city),
        book_(book),
        request_(request),
        visit_(visit),
        judge_(book.table, book.norms),
        picture_(read_city(reading, city, request.day)),
        grounds_(book.pack, picture_),
        entered_(read_entered(reading, city)),
        ledger_(read_figures(reading, city, picture_, judge_.asked())),
        districts_(district_facts(grounds_, ledger_, judge_.asked())) {
    report_.day = request.day;
    report_.seq = reading.last(city.code).seq;
  }

  CheckReport run() {
    put_district_evidence();
    judge_districts();
    judge_places();
    judge_enterprises();
    judge_assets();
    if (is_about(SubjectKind::shipment)) {
      judge_shipments();
    }
    judge_entered(SubjectKind::person);
    std::ranges::sort(report_.notes);
    const auto doubles = std::ranges::unique(report_.notes);
    report_.notes.erase(doubles.begin(), doubles.end());
    return std::move(report_);
  }

 private:
  [[nodiscard]] bool is_about(SubjectKind kind) const {
    return std::ranges::any_of(book_.norms, [&](const norms::Norm& norm) {
      return std::ranges::any_of(norm.subjects,
                                 [&](const norms::Selector& s) { return s.kind == kind; });
    });
  }
  [[nodiscard]] bool wanted(const Subject& subject) const {
    return (request_.subject.empty() || request_.subject == subject.id) &&
           (request_.district.empty() || request_.district == subject.district) &&
           (!request_.sees || request_.sees(subject));
  }

  void judge(const Subject& subject, FactSet& facts) {
    const auto district = districts_.find(subject.district);
    if (district != districts_.end() && subject.kind != SubjectKind::district) {
      facts.stands_in(&district->second);
    }
    entered_.put_facts(subject, request_.day, book_.table, facts, report_.notes);
    judge_.visit(subject, facts, request_.day, [&](const norms::Finding& finding) {
      report_.board.add(subject, finding);
      visit_(subject, finding);
    });
    ++report_.subjects[subject.kind];
  }

  /// Before anybody else is judged: their conditions may ask about their district.
  void put_district_evidence() {
    for (auto& [code, facts] : districts_) {
      entered_.put_facts({.kind = SubjectKind::district, .id = code}, request_.day, book_.table,
                         facts, report_.notes);
    }
  }

  void judge_districts() {
    for (const registry::District& district : book_.pack.districts) {
      const Subject subject{.kind = SubjectKind::district,
                            .id = district.code,
                            .name = district.zh,
                            .district = district.code};
      if (wanted(subject)) {
        judge(subject, districts_[district.code]);
      }
    }
  }

  void judge_places() {
    const ExtrasByPlace extras = scales_by_place(picture_);
    for (const auto& [id, place] : picture_.places) {
      const Subject subject{.kind = SubjectKind::place,
                            .id = id,
                            .name = place.name,
                            .place_kind = std::string(registry::info(place.kind).code),
                            .form = place.form == registry::PlaceForm::none
                                        ? std::string{}
                                        : std::string(registry::name(place.form)),
                            .district = place.district,
                            .party = place.operator_id};
      if (!wanted(subject) || (!is_open(place) && request_.subject.empty())) {
        continue;
      }
      FactSet facts;
      FactWriter writer{judge_.asked(), facts};
      put_place_facts({id, place}, grounds_, ledger_, extras, writer);
      judge(subject, facts);
    }
  }

  void judge_enterprises() {
    const auto held = holdings(picture_);
    for (const auto& [id, party] : picture_.parties) {
      const Subject subject{.kind = SubjectKind::enterprise,
                            .id = id,
                            .name = party.name,
                            .district = party.district,
                            .party = id};
      const bool firm = party.kind == registry::PartyKind::enterprise ||
                        party.kind == registry::PartyKind::sole_trader ||
                        party.kind == registry::PartyKind::cooperative;
      if (!firm || !party.active || !wanted(subject)) {
        continue;
      }
      const auto found = held.find(id);
      FactSet facts;
      FactWriter writer{judge_.asked(), facts};
      put_enterprise_facts(id, party, found == held.end() ? Holdings{} : found->second, ledger_,
                           request_.day, writer);
      judge(subject, facts);
    }
  }

  [[nodiscard]] std::string district_of(const registry::Asset& asset) const {
    if (const auto place = picture_.places.find(asset.place); place != picture_.places.end()) {
      return place->second.district;
    }
    const auto party = picture_.parties.find(asset.party);
    return party == picture_.parties.end() ? std::string{} : party->second.district;
  }

  [[nodiscard]] std::string party_of(const registry::Asset& asset) const {
    const auto place = picture_.places.find(asset.place);
    return asset.party.empty() && place != picture_.places.end() ? place->second.operator_id
                                                                 : asset.party;
  }

  void judge_assets() {
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
      if (!wanted(subject)) {
        continue;
      }
      FactSet facts;
      FactWriter writer{judge_.asked(), facts};
      if (vehicle) {
        put_vehicle_facts(asset, request_.day, writer);
      } else {
        put_scale_facts(asset, writer);
      }
      judge(subject, facts);
    }
  }

  void judge_shipment(const store::ShipmentRow& row) {
    const auto from = picture_.places.find(row.state.from_place);
    const Subject subject{
        .kind = SubjectKind::shipment,
        .id = row.shipment,
        .name = {},
        .district = from == picture_.places.end() ? std::string{} : from->second.district,
        .party = from == picture_.places.end() ? std::string{} : from->second.operator_id};
    if (!wanted(subject)) {
      return;
    }
    std::int64_t open_g = 0;
    for (const ledger::LineState& line : reading_.lines(city_.code, row.shipment)) {
      open_g += std::max<std::int64_t>(line.raw_g, 0);
    }
    const base::Day left = base::day_of(row.time, city_.offset_s);
    FactSet facts;
    FactWriter writer{judge_.asked(), facts};
    norms::Fact age{.value = std::int64_t{std::max(request_.day.n - left.n, 0)},
                    .origin = norms::Origin::ledger,
                    .source = "ledger"};
    age.counts_from = left;
    writer.put("shipment.days_open", std::move(age));
    writer.put("shipment.open_mass", open_g, norms::Origin::ledger);
    judge(subject, facts);
  }

  void judge_shipments() {
    store::Page page{"", kPage};
    for (bool more = ledger_.stock_known; more;) {
      const auto rows =
          reading_.shipments(city_.code, {.state = store::ShipmentFilter::open}, page);
      for (const store::ShipmentRow& row : rows) {
        judge_shipment(row);
      }
      more = rows.size() == page.limit;
      if (more) {
        page.after = rows.back().shipment;
      }
    }
  }

  /// Subjects that only evidence speaks of.
  void judge_entered(SubjectKind kind) {
    for (const std::string& id : entered_.subjects(kind)) {
      const Subject subject{.kind = kind, .id = id};
      if (wanted(subject)) {
        FactSet facts;
        judge(subject, facts);
      }
    }
  }

  store::Reading& reading_;
  const CityName& city_;
  const NormBook& book_;
  const CheckRequest& request_;
  const FindingVisit& visit_;
  norms::Judge judge_;
  CityOnDay picture_;
  Grounds grounds_;
  Entered entered_;
  LedgerFigures ledger_;
  std::map<std::string, FactSet, std::less<>> districts_;
  CheckReport report_;
};

}  // namespace

CheckReport check_norms(store::Reading& reading, const CityName& city, const NormBook& book,
                        const CheckRequest& request, const FindingVisit& visit) {
  return Round(reading, city, book, request, visit).run();
}

}  // namespace huan::oversight
