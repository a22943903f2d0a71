// SPDX-License-Identifier: Apache-2.0
// What follows from a ticket besides its posting: lots of a purchase that a watch list names are
// held and reported, what was refused as prohibited is entered in the register of refusals.
#include "huan/app/city_writer.hpp"
#include "huan/app/file_dossier.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/agreement.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::app {
namespace {

const Principal kWatch{"watch-list"};
constexpr std::size_t kSuspectedPage = 1'000;

RegistryPut dossier_put(std::string key, const registry::Dossier& dossier, base::Instant at) {
  RegistryPut put;
  put.kind = "dossier";
  put.key = std::move(key);
  put.data = registry::to_json(dossier);
  put.time = base::format_time(at, 0);
  return put;
}

registry::Dossier about_place(RegistryFacts& facts, const std::string& id, base::Instant at) {
  registry::Dossier dossier;
  dossier.about_kind = "place";
  dossier.about = id;
  if (const auto* place = facts.find_place(id, at); place != nullptr) {
    dossier.district = place->district;
    dossier.party = place->operator_id;
  }
  return dossier;
}

/// The dossier of a record, if it is about suspected goods.
std::optional<registry::Dossier> suspected_in(const registry::Record& record) {
  const auto* data = std::get_if<registry::OtherData>(&record.data);
  if (record.kind != registry::Kind::dossier || data == nullptr) {
    return std::nullopt;
  }
  const auto document = json::Document::parse(data->json, json::kStored);
  const auto type = document ? document->root().find("type") : std::nullopt;
  if (!type || !type->is_string() || type->string() != "suspected_goods") {
    return std::nullopt;
  }
  auto dossier = registry::parse_dossier(document->root(), "/data");
  return dossier ? std::optional(std::move(*dossier)) : std::nullopt;
}

}  // namespace

void CityWriter::hold_watched(const ledger::Event& event, const ledger::Posting& posting,
                              Outcome& outcome) {
  const auto hits = tickets_->watched(event, reading());
  if (hits.empty()) {
    return;
  }
  std::string why;
  for (const Watched& hit : hits) {
    why.append(why.empty() ? "" : "; ").append(hit.what + " is on watch list " + hit.key);
    outcome.raised.push_back(
        {"watched", hit.at, hit.what + " is on " + hit.key + ": " + hit.source});
  }
  const ledger::Event& in_force = event.replacement ? *event.replacement : event;
  std::size_t n = 0;
  for (const ledger::LotMade& made : posting.lots) {
    ++n;
    if (reading().registered(setting_.city, "hold", made.lot)) {
      continue;  // held already, or released once: a correction does not hold it again
    }
    registry::Dossier dossier = about_place(*facts_, in_force.place, in_force.time);
    dossier.type = "suspected_goods";
    dossier.state = "held";
    dossier.fields["day"] = base::format_day(base::day_of(in_force.time, setting_.offset_s));
    dossier.fields["what"] = made.material;
    dossier.fields["lot"] = made.lot;
    dossier.evidence.push_back({why, {}, {}});
    put(dossier_put("suspected." + event.id.text() + "." + std::to_string(n), dossier,
                    in_force.time),
        kWatch);
  }
}

void CityWriter::remember_refused(const PreparedEvent& prepared, const base::Error& why,
                                  const Principal& by) {
  const ledger::Event& event = *prepared.event;
  if (why.code != base::ErrorCode::prohibited || event.type != ledger::EventType::receive ||
      !tickets_ || !tickets_->any_rules(event.time)) {
    return;
  }
  refused_.push_back({prepared.id, event.place, event.party, why.detail, event.time, by});
}

void CityWriter::note_refused() {
  std::vector<RefusedPurchase> refused;
  refused.swap(refused_);
  for (const RefusedPurchase& one : refused) {
    const std::string key = "refused." + one.event;
    if (reading().registered(setting_.city, "dossier", key)) {
      continue;  // sent again
    }
    registry::Dossier dossier = about_place(*facts_, one.place, one.time);
    dossier.type = "refused_purchase";
    dossier.state = "refused";
    dossier.fields["day"] = base::format_day(base::day_of(one.time, setting_.offset_s));
    dossier.fields["item"] = one.material;
    dossier.fields["reason"] = std::string("prohibited");
    if (!one.party.empty()) {
      dossier.fields["person"] = one.party;
    }
    put(dossier_put(key, dossier, one.time), one.by);
  }
}

/// A lot that is said to be suspected has to be there.
base::Result<void> CityWriter::check_suspected(const registry::Record& record) {
  const auto dossier = suspected_in(record);
  const std::string lot = dossier ? dossiers::text_in(*dossier, "lot") : std::string();
  if (!lot.empty() && !reading().lot(setting_.city, lot)) {
    return base::Error{base::ErrorCode::unknown_lot, "/data/fields/lot", lot};
  }
  return {};
}

/// Suspected goods hold their lot until they are released, with who did it and why. What was handed
/// over stays held: it leaves the books by an adjustment.
void CityWriter::move_hold(const registry::Record& record, const Principal& by) {
  const auto dossier = suspected_in(record);
  const std::string lot = dossier ? dossiers::text_in(*dossier, "lot") : std::string();
  if (lot.empty()) {
    return;
  }
  const bool held = facts_->held(lot, record.time);
  const bool free = dossier->state == "released";
  if (held != free || (free && is_suspected(lot, record.key))) {
    return;
  }
  std::string why = dossiers::text_in(*dossier, free ? "outcome" : "what");
  if (!free && !dossier->evidence.empty()) {
    why = dossier->evidence.front().source;
  }
  RegistryPut hold;
  hold.kind = "hold";
  hold.key = lot;
  hold.data = registry::to_json(registry::Hold{
      !free, (free ? "released by " + by.name + ", " : "") + record.key + ": " + why});
  hold.time = base::format_time(record.time, 0);
  put(hold, by);
}

/// By another open dossier than the one named.
bool CityWriter::is_suspected(const std::string& lot, const std::string& but_for) {
  store::Page page{"", kSuspectedPage};
  for (bool more = true; more;) {
    const auto rows =
        reading().registry(setting_.city, "dossier", {"suspected_goods", {}, {}, {}}, page);
    for (const store::RegistryRow& row : rows) {
      const auto kept = dossier_on_record(reading(), setting_.city, row.key);
      if (row.key != but_for && kept && dossiers::text_in(kept->dossier, "lot") == lot &&
          kept->dossier.state != "released") {
        return true;
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return false;
}

}  // namespace huan::app
