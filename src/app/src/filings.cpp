// SPDX-License-Identifier: Apache-2.0
#include "huan/app/filings.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "huan/app/registry_facts.hpp"
#include "huan/buying/judge.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using registry::Kind;

/// Since when a party buys, and what.
struct Buyer {
  base::Instant opened;
  bool takes_all{false};
  std::vector<std::string> materials;
};

bool buys(const registry::Place& place) {
  const registry::Tier tier = registry::info(place.kind).tier;
  return tier == registry::Tier::gather || tier == registry::Tier::sort ||
         tier == registry::Tier::use;
}

std::map<std::string, Buyer> buyers_of(store::Reading& reading, const FilingsAsked& asked) {
  std::map<std::string, Buyer> buyers;
  StoreVersions versions{reading, asked.city};
  versions.all(Kind::place, [&](std::string_view body) {
    const auto document = json::Document::parse(body, json::kStored);
    const auto member = document ? document->root().find("record") : std::nullopt;
    auto record =
        member ? registry::parse_record(*member) : base::Result<registry::Record>{base::Error{}};
    const auto* place = record ? std::get_if<registry::Place>(&record->data) : nullptr;
    if (place == nullptr || place->operator_id.empty() || !buys(*place) ||
        place->status != registry::PlaceStatus::active ||
        asked.day < base::day_of(record->time, asked.offset_s)) {
      return;
    }
    auto [found, fresh] = buyers.try_emplace(place->operator_id);
    Buyer& buyer = found->second;
    buyer.opened = fresh ? record->time : std::min(buyer.opened, record->time);
    buyer.takes_all = buyer.takes_all || place->materials.empty();
    buyer.materials.insert(buyer.materials.end(), place->materials.begin(), place->materials.end());
  });
  return buyers;
}

bool asks(const buying::FilingRule& rule, const Buyer& buyer) {
  const auto taken = [&](const std::string& branch) {
    return std::any_of(buyer.materials.begin(), buyer.materials.end(), [&](const std::string& m) {
      return buying::in_branch(m, branch) || buying::in_branch(branch, m);
    });
  };
  return rule.materials.empty() || buyer.takes_all ||
         std::any_of(rule.materials.begin(), rule.materials.end(), taken);
}

/// The paper that holds on the day, else the last one there was; nullptr: none.
const registry::Term* paper_of(const registry::Party& party, std::string_view kind, base::Day day) {
  const registry::Term* found = nullptr;
  for (const registry::Term& term : party.qualifications) {
    if (term.kind != kind || (term.from && day < *term.from)) {
      continue;
    }
    if (registry::covers(term, day)) {
      return &term;
    }
    const bool later = found == nullptr || !found->to || (term.to && *found->to < *term.to);
    found = later ? &term : found;
  }
  return found;
}

FilingDue judge_filing(const buying::FilingRule& rule, const registry::Party& party,
                       base::Day opened, base::Day day) {
  FilingDue one;
  one.code = rule.code;
  one.authority = rule.authority;
  one.opened = opened;
  one.due = base::Day{opened.n + static_cast<std::int32_t>(rule.within_days)};
  one.source = rule.source;
  using enum FilingDue::State;
  const registry::Term* paper = paper_of(party, rule.qualification, day);
  if (paper == nullptr) {
    one.state = one.due < day ? overdue : due;
    return one;
  }
  one.number = paper->number;
  one.from = paper->from;
  one.to = paper->to;
  one.state = !registry::covers(*paper, day)          ? ended
              : paper->from && one.due < *paper->from ? filed_late
                                                      : filed;
  return one;
}

}  // namespace

std::string_view name(FilingDue::State state) noexcept {
  constexpr std::array<std::string_view, 5> kNames{"filed", "filed_late", "due", "overdue",
                                                   "ended"};
  return kNames[static_cast<std::size_t>(state)];
}

std::vector<FilingDue> filings_due(store::Reading& reading, const FilingsAsked& asked,
                                   const buying::Rules& rules) {
  std::vector<FilingDue> out;
  StoreVersions versions{reading, asked.city};
  RegistryFacts facts{versions, asked.offset_s};
  const base::Instant end{(std::int64_t{asked.day.n} + 1) * 86'400 - asked.offset_s - 1};
  for (const auto& [id, buyer] : buyers_of(reading, asked)) {
    const registry::Party* party = facts.find_party(id, end);
    const bool seen = party != nullptr && party->active &&
                      (asked.scope.party.empty() || asked.scope.party == id) &&
                      asked.scope.holds_district(party->district);
    if (!seen) {
      continue;
    }
    for (const buying::FilingRule& rule : rules.filings) {
      if (asks(rule, buyer)) {
        out.push_back(
            judge_filing(rule, *party, base::day_of(buyer.opened, asked.offset_s), asked.day));
        out.back().party = id;
      }
    }
  }
  return out;
}

void write_filing_due(json::Writer& w, const FilingDue& one) {
  const auto day = [&](std::string_view key, const std::optional<base::Day>& value) {
    w.key(key);
    if (value) {
      w.string(base::format_day(*value));
    } else {
      w.null();
    }
  };
  w.begin_object().member("authority", one.authority).member("code", one.code);
  w.member("due", base::format_day(one.due));
  day("from", one.from);
  w.member("number", one.number).member("opened", base::format_day(one.opened));
  w.member("party", one.party).member("source", one.source).member("state", name(one.state));
  day("to", one.to);
  w.end_object();
}

}  // namespace huan::app
