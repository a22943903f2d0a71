// SPDX-License-Identifier: Apache-2.0
// One look at a city: what all subjects share, read once, and the judging of each of them. It can
// be kept and asked again after the ledger went on (take_up), as long as no registry record came.
#pragma once

#include "facts.hpp"
#include "huan/oversight/check.hpp"
#include "huan/oversight/entered.hpp"

namespace huan::oversight {

/// Ids of those whom records of the ledger touch.
struct TouchedIds {
  std::set<std::string, std::less<>> places;
  std::set<std::string, std::less<>> shipments;
};

class Round {
 public:
  Round(store::Reading& reading, const CityName& city, const NormBook& book, base::Day day);
  Round(const Round&) = delete;  // parts look at each other
  Round& operator=(const Round&) = delete;

  /// Everybody that the request asks for.
  CheckReport run(store::Reading& reading, const CheckRequest& request, const FindingVisit& visit);
  /// The figures of the touched places as they are now.
  void take_up(store::Reading& reading, const TouchedIds& touched);
  /// Touched places and shipments, who runs them, and their districts.
  CheckReport run_touched(store::Reading& reading, const TouchedIds& touched,
                          const FindingVisit& visit);

 private:
  /// What one asking needs.
  struct Asking {
    store::Reading& reading;
    const CheckRequest& request;
    const FindingVisit& visit;
    CheckReport report{};
    [[nodiscard]] bool wants(const norms::Subject& subject) const;
  };

  [[nodiscard]] bool is_about(norms::SubjectKind kind) const;
  [[nodiscard]] Asking begin(store::Reading& reading, const CheckRequest& request,
                             const FindingVisit& visit) const;
  [[nodiscard]] static CheckReport end(Asking asking);
  void judge(Asking& asking, const norms::Subject& subject, norms::FactSet& facts);
  /// Before anybody else is judged: their conditions may ask about their district.
  void put_district_facts(Asking& asking);
  void judge_district(Asking& asking, const registry::District& district);
  void judge_place(Asking& asking, const std::string& id, const registry::Place& place);
  void judge_enterprise(Asking& asking, const std::string& id, const registry::Party& party);
  void judge_assets(Asking& asking);
  void judge_shipment(Asking& asking, const store::ShipmentRow& row);
  void judge_shipments(Asking& asking);
  void judge_persons(Asking& asking);
  [[nodiscard]] std::string district_of(const registry::Asset& asset) const;
  [[nodiscard]] std::string party_of(const registry::Asset& asset) const;

  CityName city_;
  const NormBook& book_;
  norms::Judge judge_;
  CityOnDay picture_;
  Grounds grounds_;
  Entered entered_;
  LedgerFigures ledger_;
  ExtrasByPlace extras_;
  std::map<std::string, Holdings, std::less<>> holdings_;
  std::map<std::string, norms::FactSet, std::less<>> districts_;
};

}  // namespace huan::oversight
