// SPDX-License-Identifier: Apache-2.0
#include "huan/app/store_book.hpp"

#include <algorithm>

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

/// The version that a stored event record stands for; nullopt when its bytes are none of ours.
std::optional<ledger::VersionState> read_version(std::string_view body) {
  const auto document = json::Document::parse(body, json::kStored);
  const auto root =
      document && document->root().is_object() ? std::optional{document->root()} : std::nullopt;
  const auto event = root ? root->find("event") : std::nullopt;
  const auto drawn = root ? root->find("drawn") : std::nullopt;
  if (!event || !event->is_object() || !drawn || !drawn->is_object()) {
    return std::nullopt;
  }
  const auto text = [](json::Value of, std::string_view key) {
    const auto value = of.find(key);
    return value && value->is_string() ? std::string{value->string()} : std::string{};
  };
  ledger::VersionState version;
  const json::Value in_force = event->find("replacement").value_or(*event);
  if (in_force.is_object()) {
    version.event_json = json::canonical(in_force);
    version.place = text(in_force, "place");
  }
  version.operator_id = text(*drawn, "operator");
  version.district = text(*drawn, "district");
  version.cls = text(*drawn, "class");
  const auto count = [&](std::string_view key) {
    const auto value = drawn->find(key);
    return value && value->is_integer() && value->integer() > 0
               ? static_cast<std::size_t>(value->integer())
               : 0;
  };
  version.items_back = count("items_back");
  version.items_kept = count("items_kept");
  return version;
}

}  // namespace

std::optional<ledger::PlaceFacts> StoreBook::place(std::string_view id, base::Instant at) {
  return facts_.place(id, at);
}
std::optional<ledger::PartyFacts> StoreBook::party(std::string_view id, base::Instant at) {
  return facts_.party(id, at);
}
std::optional<ledger::MaterialFacts> StoreBook::material(std::string_view code, base::Instant at) {
  return facts_.material(code, at);
}
bool StoreBook::vehicle(std::string_view id, base::Instant at) { return facts_.vehicle(id, at); }
bool StoreBook::takes(std::string_view place, std::string_view material, base::Instant at) {
  return facts_.takes(place, material, at);
}
bool StoreBook::qualified(std::string_view place, std::string_view material, base::Instant at) {
  return facts_.qualified(place, material, at);
}
bool StoreBook::held(std::string_view lot, base::Instant at) { return facts_.held(lot, at); }

const ledger::LotState* StoreBook::lot(std::string_view lot) {
  if (const auto found = lot_by_name_.find(lot); found != lot_by_name_.end()) {
    return found->second;
  }
  auto state = reading_.lot(city_, lot);
  const ledger::LotState* kept = state ? &lots_.emplace_back(std::move(*state)) : nullptr;
  lot_by_name_.emplace(lot, kept);
  return kept;
}

const ledger::LotState* StoreBook::lot_at(std::string_view lot, std::string_view place) {
  if (const auto* standing = this->lot(lot); standing != nullptr && standing->place == place) {
    return standing;
  }
  auto row = reading_.lot_at(city_, lot, place);
  return row ? &left_.emplace_back(std::move(row->state)) : nullptr;
}

void StoreBook::draw(std::string_view place, std::string_view material, base::Instant not_after,
                     const std::function<bool(const ledger::LotState&)>& visit) {
  reading_.draw(city_, place, material, not_after, visit);
}

std::int64_t StoreBook::stock(std::string_view place, std::string_view material) {
  return reading_.drawable(city_, place, material);
}

std::optional<ledger::ShipmentState> StoreBook::shipment(std::string_view id) {
  return reading_.shipment(city_, id);
}

std::vector<ledger::LineState> StoreBook::lines(std::string_view shipment) {
  return reading_.lines(city_, shipment);
}

std::optional<ledger::RunState> StoreBook::run(std::string_view id) {
  return reading_.run(city_, id);
}

std::int64_t StoreBook::points(std::string_view party) {
  const ledger::Account account{ledger::AccountKind::party, std::string{party}, ""};
  return reading_.balance(city_, account, ledger::Unit::point);
}

std::optional<ledger::ItemState> StoreBook::item(std::string_view code) {
  const auto row = reading_.item(city_, code);
  return row ? std::optional{ledger::ItemState{row->lot, row->kind}} : std::nullopt;
}

std::vector<std::string> StoreBook::items_of(std::string_view lot) {
  return reading_.items_of(city_, lot);
}

std::optional<ledger::VersionState> StoreBook::version(const base::Uuid& id) {
  const auto record = reading_.record(city_, id);
  if (!record || record->klass != store::RecordClass::event) {
    return std::nullopt;
  }
  auto read = read_version(record->body);
  if (!read) {
    return std::nullopt;
  }
  ledger::VersionState& version = *read;
  version.seq = record->seq;
  version.latest = reading_.superseded_by(city_, record->seq) == 0;
  version.own = reading_.legs(city_, record->seq);
  std::erase_if(version.own, [](const ledger::Leg& l) { return l.cls != ledger::LegClass::own; });
  version.item_moves = reading_.item_moves(city_, record->seq);
  version.chain = chain_of(*record);
  return read;
}

std::vector<store::Seq> StoreBook::chain_of(const store::Record& record) {
  std::vector<store::Seq> chain{record.seq};
  for (store::Seq before = record.supersedes; before != 0;) {
    chain.push_back(before);
    const auto older = reading_.record(city_, before);
    before = older && older->supersedes < before ? older->supersedes : 0;
  }
  return chain;
}

const StoreBook::Moved& StoreBook::moved_by(store::Seq seq) {
  auto [entry, fresh] = moved_.try_emplace(seq);
  Moved& moved = entry->second;
  const auto record = fresh ? reading_.record(city_, seq) : std::nullopt;
  const auto version = record ? read_version(record->body) : std::nullopt;
  if (version) {
    moved.origin = chain_of(*record).back();
    moved.in_force = reading_.superseded_by(city_, seq) == 0;
    const auto moves = reading_.item_moves(city_, seq);
    for (const auto& move : ledger::own_moves(moves, version->items_back, version->items_kept)) {
      moved.to[move.code] = move.lot_after;
    }
  }
  return moved;
}

std::vector<ledger::ItemMark> StoreBook::item_marks(std::string_view code) {
  std::vector<ledger::ItemMark> marks;
  store::Seq last = 0;
  for (const auto& row : reading_.item_history(city_, code)) {
    if (row.seq == last) {
      continue;
    }
    last = row.seq;
    const Moved& moved = moved_by(row.seq);
    if (const auto to = moved.to.find(code); to != moved.to.end()) {
      marks.push_back({row.seq, moved.origin, moved.in_force, to->second});
    }
  }
  return marks;
}

std::optional<ledger::TicketHolder> StoreBook::ticket(std::string_view device,
                                                      std::int64_t number) {
  const auto seq = reading_.ticket(city_, device, number);
  return seq ? std::optional{ledger::TicketHolder{*seq, reading_.superseded_by(city_, *seq) == 0}}
             : std::nullopt;
}

std::optional<std::int64_t> StoreBook::ticket_last(std::string_view device) {
  return reading_.ticket_last(city_, device);
}

}  // namespace huan::app
