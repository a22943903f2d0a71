// SPDX-License-Identifier: Apache-2.0
#include "huan/app/ticket_rules.hpp"

#include <algorithm>

#include "huan/app/file_dossier.hpp"
#include "huan/buying/judge.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using ledger::EventType;
using registry::Kind;

constexpr std::size_t kWatchPage = 1'000;
constexpr std::size_t kChainMax = 100;

/// What the event brings about: of a correction, its replacement; nullptr: nothing, it voids.
const ledger::Event* event_within(const ledger::Event& event) {
  return event.type == EventType::correct ? event.replacement.get() : &event;
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

template <class T>
bool holds(const std::vector<T>& list, std::string_view one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

}  // namespace

std::vector<std::string> ids_of_versions(store::Reading& reading, const std::string& city,
                                         std::string id, store::Seq before) {
  std::vector<std::string> ids;
  ids.push_back(std::move(id));
  while (before != 0 && ids.size() < kChainMax) {
    const auto record = reading.record(city, before);
    before = record ? record->supersedes : 0;
    if (record) {
      ids.push_back(record->id.text());
    }
  }
  return ids;
}

std::vector<std::string> missing_of_registration(store::RegistryReading& reading,
                                                 const std::string& city,
                                                 const std::vector<std::string>& ids,
                                                 const std::string& seller,
                                                 const buying::RegistrationRule& rule) {
  std::vector<std::string> missing = rule.fields;
  for (const std::string& id : ids) {
    const auto kept = dossier_on_record(reading, city, "register." + id);
    if (!kept || kept->dossier.type != "scrap_registration" || kept->dossier.about != seller) {
      continue;
    }
    missing.clear();
    for (const std::string& field : rule.fields) {
      if (!kept->dossier.fields.contains(field)) {
        missing.push_back(field);
      }
    }
    return missing;
  }
  return missing;
}

Taker taker_of(RegistryFacts& facts, const ledger::Event& event) {
  Taker taker;
  if (event.type == EventType::ship) {
    taker.abroad = !event.to_city.empty();
    const auto* place = taker.abroad ? nullptr : facts.find_place(event.to_place, event.time);
    if (place != nullptr) {
      taker.party = place->operator_id;
      taker.place_kind = registry::info(place->kind).code;
    }
    return taker;
  }
  taker.party = event.party;
  if (event.type == EventType::sell) {
    const auto* party = event.party.empty() ? nullptr : facts.find_party(event.party, event.time);
    taker.cls = event.cls;
    if (taker.cls.empty() && party != nullptr && party->destination) {
      taker.cls = registry::name(*party->destination);
    }
  }
  return taker;
}

bool may_take(RegistryFacts& facts, const Taker& taker, const buying::LeavingRule& rule,
              base::Instant at, std::int32_t offset_s) {
  if (taker.abroad || (!taker.place_kind.empty() && holds(rule.through, taker.place_kind)) ||
      (!taker.cls.empty() && holds(rule.free, taker.cls))) {
    return true;
  }
  const auto* party = taker.party.empty() ? nullptr : facts.find_party(taker.party, at);
  return party != nullptr && std::any_of(rule.requires_any.begin(), rule.requires_any.end(),
                                         [&](const std::string& paper) {
                                           return registry::qualified(*party, paper, at, offset_s);
                                         });
}

const buying::Rules* TicketRules::rules_at(base::Instant at) {
  if (!rules_known_) {
    rules_ = {};
    versions_.versions(Kind::document, "rules", [&](std::string_view body) {
      const auto document = json::Document::parse(body, json::kStored);
      const auto member = document ? document->root().find("record") : std::nullopt;
      auto record = member ? registry::parse_record(*member) : Result<registry::Record>{Error{}};
      const auto* text = record ? std::get_if<registry::OtherData>(&record->data) : nullptr;
      if (text == nullptr) {
        return;
      }
      auto read = read_(text->json);
      // Of an older form: it answers no question of today's.
      Rules rules = read ? std::make_shared<const buying::Rules>(std::move(*read)) : Rules{};
      rules_.add({record->time, record->version, std::move(rules)});
    });
    rules_known_ = true;
  }
  const Rules* found = rules_.at(at);
  return found == nullptr ? nullptr : found->get();
}

Result<void> TicketRules::judge(const Ticket& ticket) {
  const ledger::Event* event = event_within(ticket.event);
  const bool asked =
      event != nullptr && (event->type == EventType::receive || event->type == EventType::ship ||
                           event->type == EventType::sell || event->type == EventType::dispose);
  const buying::Rules* rules = asked ? rules_at(event->time) : nullptr;
  if (rules == nullptr) {
    return {};
  }
  auto judged = event->type == EventType::receive ? judge_purchase(ticket, *event, *rules)
                                                  : judge_departure(ticket, *event, *rules);
  if (judged || event == &ticket.event) {
    return judged;
  }
  return std::move(judged).error().within("/replacement");
}

Result<void> TicketRules::judge_purchase(const Ticket& ticket, const ledger::Event& event,
                                         const buying::Rules& rules) {
  const auto* seller = event.party.empty() ? nullptr : facts_.find_party(event.party, event.time);
  if (seller == nullptr || rules.registrations.empty()) {
    return {};
  }
  const base::Day day = base::day_of(event.time, offset_s_);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < event.outputs.size(); ++i) {
    const auto* rule = buying::registration_for(
        rules, {event.outputs[i].material, registry::name(seller->kind), day});
    if (rule == nullptr) {
      continue;
    }
    if (ids.empty()) {
      ids =
          ids_of_versions(ticket.reading, city_, ticket.event.id.text(), ticket.posting.supersedes);
    }
    const auto missing = missing_of_registration(ticket.reading, city_, ids, event.party, *rule);
    if (!missing.empty()) {
      return Error{ErrorCode::registration_missing, "/outputs/" + std::to_string(i) + "/material",
                   rule->clause + ": dossier register." + ids.front() +
                       " (scrap_registration, about " + event.party + ") lacks " + listed(missing) +
                       "; " + rule->source};
    }
  }
  return {};
}

Result<void> TicketRules::judge_departure(const Ticket& ticket, const ledger::Event& event,
                                          const buying::Rules& rules) {
  std::optional<Taker> taker;
  for (const ledger::Leg& leg : ticket.posting.legs) {
    const bool left = leg.cls == ledger::LegClass::own && leg.unit == ledger::Unit::mass &&
                      leg.amount < 0 && leg.account.kind == ledger::AccountKind::stock;
    const auto* rule = left ? buying::leaving_for(rules, leg.material) : nullptr;
    if (rule == nullptr) {
      continue;
    }
    if (!taker) {
      taker = taker_of(facts_, event);
    }
    if (!may_take(facts_, *taker, *rule, event.time, offset_s_)) {
      return Error{
          ErrorCode::not_qualified, event.type == EventType::ship ? "/to/place" : "/to/party",
          rule->clause + ": " + leg.material + " leaves only to a party with " +
              listed(rule->requires_any) + " on that day, not to " +
              (taker->party.empty() ? "nobody named" : taker->party) + "; " + rule->source};
    }
  }
  return {};
}

const std::vector<TicketRules::Entry>& TicketRules::watch_list(store::Reading& reading) {
  if (watch_known_) {
    return watch_;
  }
  watch_.clear();
  store::Page page{"", kWatchPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city_, "dossier", {"watch", {}, {}, {}}, page);
    for (const store::RegistryRow& row : rows) {
      const auto kept = dossier_on_record(reading, city_, row.key);
      if (kept && kept->dossier.state == "listed") {
        watch_.push_back({row.key, dossiers::text_in(kept->dossier, "what"),
                          dossiers::text_in(kept->dossier, "value"),
                          dossiers::text_in(kept->dossier, "source"), kept->dossier.from,
                          kept->dossier.to});
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  watch_known_ = true;
  return watch_;
}

/// What of the event is on the list; empty: nothing.
std::string TicketRules::found_by(const Entry& entry, const ledger::Event& event, std::string& at) {
  if (entry.what == "party" && event.party == entry.value) {
    at = "/from/party";
    return event.party;
  }
  if (entry.what == "vehicle" && !event.vehicle.empty()) {
    const auto* asset = facts_.find_asset(event.vehicle, event.time);
    if (event.vehicle == entry.value || (asset != nullptr && asset->plate == entry.value)) {
      at = "/vehicle";
      return entry.value;
    }
  }
  for (std::size_t i = 0; i < event.outputs.size(); ++i) {
    const ledger::OutputLine& line = event.outputs[i];
    at = "/outputs/" + std::to_string(i);
    if (entry.what == "goods" && buying::in_branch(line.material, entry.value)) {
      return line.material;
    }
    if (entry.what == "item" && std::any_of(line.items.begin(), line.items.end(),
                                            [&](auto& item) { return item.code == entry.value; })) {
      return entry.value;
    }
  }
  return {};
}

std::vector<Watched> TicketRules::watched(const ledger::Event& sent, store::Reading& reading) {
  const ledger::Event* event = event_within(sent);
  std::vector<Watched> hits;
  if (event == nullptr || event->type != EventType::receive) {
    return hits;
  }
  const base::Day day = base::day_of(event->time, offset_s_);
  for (const Entry& entry : watch_list(reading)) {
    if ((entry.from && day < *entry.from) || (entry.to && *entry.to < day)) {
      continue;
    }
    std::string at;
    std::string what = found_by(entry, *event, at);
    if (!what.empty()) {
      hits.push_back(
          {entry.key, entry.source, std::move(what), (event == &sent ? "" : "/replacement") + at});
    }
  }
  return hits;
}

void TicketRules::forget(Kind kind, std::string_view key, std::string_view subkind) {
  if (kind == Kind::document && key == "rules") {
    rules_known_ = false;
  }
  if (kind == Kind::dossier && subkind == "watch") {
    watch_known_ = false;
  }
}

void TicketRules::forget_all() {
  rules_known_ = false;
  watch_known_ = false;
}

}  // namespace huan::app
