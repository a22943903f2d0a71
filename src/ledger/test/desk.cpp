// SPDX-License-Identifier: Apache-2.0
#include "desk.hpp"

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::ledger {
namespace {

constexpr std::int32_t kOffset = 8 * 3'600;
const base::Instant kNow = *base::parse_time("2026-03-02T08:00:00+08:00");

template <class Map, class Key>
auto look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

City::City() {
  places = {{"S1", {PlaceState::active, "OP1", "D1"}},
            {"C1", {PlaceState::active, "OP1", "D2"}},
            {"N1", {PlaceState::active, "", "D1"}},
            {"Z1", {PlaceState::closed, "OP1", "D1"}},
            {"P1", {PlaceState::planned, "OP1", "D1"}}};
  parties = {{"OP1", {}}, {"A1", {}}, {"A2", {"energy"}}, {"A9", {"", false}}};
  materials = {{"paper", {false, 10, 0}}, {"glass", {false, 0, 50}}, {"ban", {true, 0, 0}}};
}

std::optional<PlaceFacts> City::place(std::string_view id, base::Instant) {
  return look_up(places, id);
}
std::optional<PartyFacts> City::party(std::string_view id, base::Instant) {
  return look_up(parties, id);
}
std::optional<MaterialFacts> City::material(std::string_view code, base::Instant) {
  return look_up(materials, code);
}
bool City::vehicle(std::string_view id, base::Instant) { return id == "V1"; }
bool City::takes(std::string_view, std::string_view material, base::Instant) {
  return material != not_taken;
}
bool City::qualified(std::string_view, std::string_view material, base::Instant) {
  return material != not_qualified;
}
bool City::held(std::string_view lot, base::Instant) { return lot == held_lot; }

Desk::Desk()
    : book_(std::make_unique<FoldBook>(
          city, [this](const base::Uuid& id) { return look_up(versions_, id); })) {}

std::string Desk::id(int n) {
  std::string text = "00000000-0000-7000-8000-000000000000";
  const std::string digits = std::to_string(n);
  return text.replace(text.size() - digits.size(), digits.size(), digits);
}

std::string Desk::event(const std::string& place, const std::string& rest) {
  const bool own_time = rest.starts_with("\"time\"");
  return R"({"place":")" + place + R"(",)" +
         (own_time ? "" : R"("time":"2026-03-02T08:00:00+08:00",)") + rest + "}";
}

std::string Desk::at(const std::string& place, const std::string& rest) {
  return send(R"({"id":")" + id(sent_ + 1) + R"(",)" + event(place, rest).substr(1));
}

std::string Desk::correct(int n, const std::string& replacement) {
  return at("S1", R"("type":"correct","reason":"r","corrects":")" + id(n) + R"(","replacement":)" +
                      replacement);
}

std::string Desk::send(const std::string& json) {
  ++sent_;
  auto document = json::Document::parse(json);
  if (!document) {
    return "not JSON: " + json;
  }
  const auto sent = parse_event(document->root());
  if (!sent) {
    return std::string{base::name(sent.error().code)} + " " + sent.error().at;
  }
  auto posting = post(*sent, *book_, {kNow, kOffset, 600});
  if (!posting) {
    return std::string{base::name(posting.error().code)} + " " + posting.error().at;
  }
  VersionState state;
  state.seq = postings_.size() + 1;
  state.latest = true;
  const bool correction = sent->type == EventType::correct;
  state.event_json = correction ? sent->replacement_json : json::canonical(document->root());
  state.place = !correction ? sent->place : sent->replacement ? sent->replacement->place : "";
  state.operator_id = posting->operator_id;
  state.district = posting->district;
  state.item_moves = posting->item_moves;
  state.items_back = posting->items_back;
  state.items_kept = posting->items_kept;
  for (const Leg& leg : posting->legs) {
    if (leg.cls == LegClass::own) {
      state.own.push_back(leg);
    }
  }
  if (correction) {
    versions_.at(sent->corrects).latest = false;
    state.chain = versions_.at(sent->corrects).chain;
  }
  state.chain.push_back(state.seq);
  book_->apply(*posting, state.seq);
  versions_[sent->id] = state;
  std::string answer = "posted";
  for (const Raised& raised : posting->raised) {
    answer += " " + raised.code;
  }
  postings_.push_back(std::move(*posting));
  return answer;
}

std::int64_t Desk::sum(const std::string& account, Unit unit) const {
  std::int64_t total = 0;
  for (const Posting& posting : postings_) {
    for (const Leg& leg : posting.legs) {
      total += leg.unit == unit && describe(leg.account) == account ? leg.amount : 0;
    }
  }
  return total;
}

std::int64_t Desk::g(const std::string& account) const { return sum(account, Unit::mass); }
std::int64_t Desk::pieces(const std::string& account) const { return sum(account, Unit::piece); }
std::int64_t Desk::fen(const std::string& account) const { return sum(account, Unit::money); }
std::int64_t Desk::points(const std::string& account) const { return sum(account, Unit::point); }

std::int64_t Desk::flow_at(const std::string& place, const std::string& flow) const {
  std::int64_t total = 0;
  for (const Posting& posting : postings_) {
    for (const RollupDelta& row : posting.rollups) {
      total += row.flow == flow && row.place == place ? row.mass_g : 0;
    }
  }
  return total;
}

std::int64_t Desk::flow(const std::string& flow, const std::string& material,
                        const std::string& cls) const {
  std::int64_t total = 0;
  for (const Posting& posting : postings_) {
    for (const RollupDelta& row : posting.rollups) {
      total += row.flow == flow && row.material == material && row.cls == cls ? row.mass_g : 0;
    }
  }
  return total;
}

}  // namespace huan::ledger
