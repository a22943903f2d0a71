// SPDX-License-Identifier: Apache-2.0
#include "ledger_subject.hpp"

#include <algorithm>

#include "describe.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/fold_book.hpp"
#include "huan/ledger/post.hpp"

namespace huan::auditor {
namespace {

using base::Instant;

class WorldFacts final : public ledger::Facts {
 public:
  explicit WorldFacts(const World& world) : world_(world) {}

  std::optional<ledger::PlaceFacts> place(std::string_view id, Instant at) override {
    const PlaceVersion* place = world_.place(std::string{id}, at.s);
    if (place == nullptr) {
      return std::nullopt;
    }
    static const std::map<std::string, ledger::PlaceState> kStates{
        {"planned", ledger::PlaceState::planned},
        {"active", ledger::PlaceState::active},
        {"suspended", ledger::PlaceState::suspended},
        {"closed", ledger::PlaceState::closed}};
    return ledger::PlaceFacts{kStates.at(place->state), place->operator_id, place->district};
  }
  std::optional<ledger::PartyFacts> party(std::string_view id, Instant at) override {
    const Party* party = world_.party(std::string{id}, at.s);
    return party == nullptr
               ? std::nullopt
               : std::optional{ledger::PartyFacts{party->destination, at.s < party->span.ended}};
  }
  std::optional<ledger::MaterialFacts> material(std::string_view code, Instant) override {
    const auto found = world_.materials.find(std::string{code});
    if (found == world_.materials.end()) {
      return std::nullopt;
    }
    const Material& m = found->second;
    return ledger::MaterialFacts{m.prohibited, m.tolerance_permille, m.tolerance_g};
  }
  bool vehicle(std::string_view id, Instant at) override {
    return world_.drives(std::string{id}, at.s);
  }
  bool takes(std::string_view place, std::string_view material, Instant) override {
    return world_.takes(std::string{place}, std::string{material});
  }
  bool qualified(std::string_view place, std::string_view material, Instant at) override {
    return world_.qualified(std::string{place}, std::string{material}, at.s);
  }
  bool held(std::string_view lot, Instant at) override {
    return world_.held(std::string{lot}, at.s);
  }

 private:
  const World& world_;
};

struct Stored {
  std::string canonical;
  std::string in_force;  ///< JSON; empty for a void
  std::string place;
  std::uint64_t supersedes{0};
  bool superseded{false};
  ledger::Posting posting;
};

class LedgerSubject final : public Subject {
 public:
  explicit LedgerSubject(const World& world) : world_(world), facts_(world), book_(make_book()) {}

  std::vector<Reply> post(const std::vector<std::string>& texts, bool each,
                          std::int64_t now) override {
    const bool may_go_back = !each && texts.size() > 1;
    const auto stored_before = may_go_back ? stored_ : std::vector<Stored>{};
    const auto ids_before = ids_;
    std::vector<Reply> replies;
    for (const std::string& text : texts) {
      replies.push_back(post_one(text, now));
    }
    const bool refused = std::any_of(replies.begin(), replies.end(),
                                     [](const Reply& r) { return r.status == "refused"; });
    if (may_go_back && refused) {
      stored_ = stored_before;
      ids_ = ids_before;
      book_ = make_book();
      for (std::size_t i = 0; i < stored_.size(); ++i) {
        book_->apply(stored_[i].posting, i + 1);
      }
    }
    return replies;
  }

  Dump dump() override {
    Dump dump;
    Sums sums;
    for (const Stored& stored : stored_) {
      for (const ledger::Leg& leg : stored.posting.legs) {
        sums.add(leg);
      }
      for (const ledger::RollupDelta& row : stored.posting.rollups) {
        sums.add(row);
      }
    }
    sums.write(dump);
    for (const auto& lot : book_->lots()) {
      describe_lot(lot.state, lot.current, dump);
    }
    for (const auto& [id, state] : book_->shipments()) {
      describe_shipment(id, state, dump);
    }
    for (const auto& [id, lines] : book_->shipment_lines()) {
      for (const auto& [name, line] : lines) {
        describe_line(id, line, dump);
      }
    }
    for (const auto& [id, state] : book_->runs()) {
      describe_run(id, state, dump);
    }
    for (const auto& [code, item] : book_->items()) {
      dump["item " + code] = item.lot;
    }
    for (const auto& balance : book_->balances()) {
      const bool points =
          balance.account.kind == ledger::AccountKind::party && balance.unit == ledger::Unit::point;
      if (points && balance.amount != 0) {
        dump["raw " + describe(balance.account, balance.unit)] = std::to_string(balance.amount);
      }
    }
    return dump;
  }

  std::string broken() override {
    Sums sums;
    for (const Stored& stored : stored_) {
      if (auto why = Sums::unbalanced(stored.posting.legs); !why.empty()) {
        return why;
      }
      for (const ledger::Leg& leg : stored.posting.legs) {
        sums.add(leg);
      }
      if (auto why = sums.negative(); !why.empty()) {
        return why;
      }
    }
    return "";
  }

 private:
  std::unique_ptr<ledger::FoldBook> make_book() {
    return std::make_unique<ledger::FoldBook>(facts_,
                                              [this](const base::Uuid& id) { return version(id); });
  }

  Reply post_one(const std::string& text, std::int64_t now) {
    const auto refuse = [](const base::Error& error) {
      return Reply{"refused", std::string{base::name(error.code)}, error.at, {}};
    };
    auto document = json::Document::parse(text);
    if (!document) {
      return refuse(document.error());
    }
    auto event = ledger::parse_event(document->root());
    if (!event) {
      return refuse(event.error());
    }
    Stored stored;
    stored.canonical = json::canonical(document->root());
    if (const auto known = ids_.find(event->id.text()); known != ids_.end()) {
      return stored_[known->second].canonical == stored.canonical
                 ? Reply{"duplicate", "", "", {}}
                 : refuse({base::ErrorCode::id_conflict, "/id", ""});
    }
    const ledger::PostOptions options{{now}, world_.offset_s, world_.tolerance_s};
    auto posting = ledger::post(*event, *book_, options);
    if (!posting) {
      return refuse(posting.error());
    }
    stored.posting = std::move(*posting);
    stored.supersedes = stored.posting.supersedes;
    if (event->type == ledger::EventType::correct) {
      stored.in_force = event->replacement_json;
      stored.place = event->replacement ? event->replacement->place : "";
      stored_[stored.supersedes - 1].superseded = true;
    } else {
      stored.in_force = stored.canonical;
      stored.place = event->place;
    }
    book_->apply(stored.posting, stored_.size() + 1);
    ids_[event->id.text()] = stored_.size();
    Reply reply{"posted", "", "", {}};
    for (const ledger::Raised& raised : stored.posting.raised) {
      reply.raised.push_back(raised.code);
    }
    std::sort(reply.raised.begin(), reply.raised.end());
    stored_.push_back(std::move(stored));
    return reply;
  }

  std::optional<ledger::VersionState> version(const base::Uuid& id) const {
    const auto known = ids_.find(id.text());
    if (known == ids_.end()) {
      return std::nullopt;
    }
    const Stored& stored = stored_[known->second];
    ledger::VersionState state;
    state.seq = known->second + 1;
    state.latest = !stored.superseded;
    state.event_json = stored.in_force;
    state.place = stored.place;
    state.operator_id = stored.posting.operator_id;
    state.district = stored.posting.district;
    const Json drawn = Json::parse(stored.posting.drawn);
    state.cls = drawn.value("class", "");
    state.items_back = drawn.value("items_back", std::size_t{0});
    state.items_kept = drawn.value("items_kept", std::size_t{0});
    for (std::uint64_t seq = state.seq; seq != 0; seq = stored_[seq - 1].supersedes) {
      state.chain.push_back(seq);
    }
    for (const ledger::Leg& leg : stored.posting.legs) {
      if (leg.cls == ledger::LegClass::own) {
        state.own.push_back(leg);
      }
    }
    state.item_moves = stored.posting.item_moves;
    return state;
  }

  const World& world_;
  WorldFacts facts_;
  std::unique_ptr<ledger::FoldBook> book_;
  std::vector<Stored> stored_;
  std::map<std::string, std::size_t> ids_;
};

}  // namespace

std::unique_ptr<Subject> make_ledger_subject(const World& world) {
  return std::make_unique<LedgerSubject>(world);
}

}  // namespace huan::auditor
