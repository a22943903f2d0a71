// SPDX-License-Identifier: Apache-2.0
// Lines of events, one after another into one book: parse_event never fails on any text, and what
// it accepts is posted or refused. A posting's legs sum to zero in each unit, nothing kept falls
// below zero, and the same event on the same book gives the same posting.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "huan/base/assert.hpp"
#include "huan/base/quantity.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/fold_book.hpp"
#include "huan/ledger/post.hpp"

namespace base = huan::base;
namespace json = huan::json;
namespace ledger = huan::ledger;

namespace {

/// Everything is known and allowed, except names that begin with X (unknown), H (held), P (planned)
/// and Z (closed).
class OpenCity final : public ledger::Facts {
 public:
  std::optional<ledger::PlaceFacts> place(std::string_view id, base::Instant) override {
    if (id.starts_with('X')) {
      return std::nullopt;
    }
    ledger::PlaceFacts facts{ledger::PlaceState::active, "OP1", "D1"};
    facts.state = id.starts_with('P')   ? ledger::PlaceState::planned
                  : id.starts_with('Z') ? ledger::PlaceState::closed
                                        : ledger::PlaceState::active;
    return facts;
  }
  std::optional<ledger::PartyFacts> party(std::string_view id, base::Instant) override {
    return id.starts_with('X') ? std::nullopt : std::optional{ledger::PartyFacts{}};
  }
  std::optional<ledger::MaterialFacts> material(std::string_view code, base::Instant) override {
    return code.starts_with('X') ? std::nullopt : std::optional{ledger::MaterialFacts{false, 5, 1}};
  }
  bool vehicle(std::string_view id, base::Instant) override { return !id.starts_with('X'); }
  bool takes(std::string_view, std::string_view material, base::Instant) override {
    return !material.starts_with('Z');
  }
  bool qualified(std::string_view, std::string_view material, base::Instant) override {
    return !material.starts_with('P');
  }
  bool held(std::string_view lot, base::Instant) override { return lot.starts_with('H'); }
};

class Ledger {
 public:
  Ledger()
      : book_(city_, [this](const base::Uuid& id) -> std::optional<ledger::VersionState> {
          const auto found = versions_.find(id);
          return found == versions_.end() ? std::nullopt : std::optional{found->second};
        }) {}

  void take(std::string_view line) {
    auto document = json::Document::parse(line);
    if (!document) {
      return;
    }
    const auto event = ledger::parse_event(document->root());
    if (!event || versions_.contains(event->id)) {
      return;
    }
    const ledger::PostOptions options{{1'800'000'000}, 8 * 3'600, 600};
    try {
      const auto posting = ledger::post(*event, book_, options);
      if (posting) {
        const auto again = ledger::post(*event, book_, options);
        HUAN_ASSERT(again && again->drawn == posting->drawn &&
                    again->legs.size() == posting->legs.size());
        keep(*event, document->root(), *posting);
      }
    } catch (const base::Overflow&) {
      return;  // the edge answers too_large
    }
  }

 private:
  void keep(const ledger::Event& event, json::Value root, const ledger::Posting& posting) {
    std::map<ledger::Unit, std::int64_t> sums;
    for (const ledger::Leg& leg : posting.legs) {
      sums[leg.unit] = base::checked_add(sums[leg.unit], leg.amount);
    }
    for (const auto& [unit, sum] : sums) {
      HUAN_ASSERT(sum == 0);
    }
    check_kept(posting);
    ledger::VersionState state;
    state.seq = ++seq_;
    state.latest = true;
    const bool correct = event.type == ledger::EventType::correct;
    state.event_json = correct ? event.replacement_json : json::canonical(root);
    state.place = !correct ? event.place : event.replacement ? event.replacement->place : "";
    state.operator_id = posting.operator_id;
    state.district = posting.district;
    state.item_moves = posting.item_moves;
    state.items_back = posting.items_back;
    state.items_kept = posting.items_kept;
    for (const ledger::Leg& leg : posting.legs) {
      if (leg.cls == ledger::LegClass::own) {
        state.own.push_back(leg);
      }
    }
    if (correct) {
      ledger::VersionState& old = versions_.at(event.corrects);
      old.latest = false;
      state.chain = old.chain;
    }
    state.chain.push_back(seq_);
    book_.apply(posting, seq_);
    versions_[event.id] = std::move(state);
  }

  void check_kept(const ledger::Posting& posting) {
    using ledger::AccountKind;
    for (const ledger::Leg& leg : posting.legs) {
      const AccountKind kind = leg.account.kind;
      const bool kept = kind == AccountKind::stock || kind == AccountKind::transit ||
                        kind == AccountKind::wip ||
                        (kind == AccountKind::party && leg.unit == ledger::Unit::point);
      if (kept) {
        std::int64_t& visible = visible_[{leg.account, leg.unit}];
        visible = base::checked_add(visible, leg.amount);
      }
    }
    for (const auto& [account, visible] : visible_) {
      HUAN_ASSERT(visible >= 0);
    }
  }

  OpenCity city_;
  std::map<base::Uuid, ledger::VersionState> versions_;
  std::map<std::pair<ledger::Account, ledger::Unit>, std::int64_t> visible_;
  ledger::FoldBook book_;
  std::uint64_t seq_{0};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Ledger ledger;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    ledger.take(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return 0;
}
