// SPDX-License-Identifier: Apache-2.0
#include "huan/app/lawful_buying.hpp"

#include <array>
#include <set>

#include "huan/app/scope.hpp"
#include "huan/app/ticket_rules.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::Result;
using What = BuyingFinding::What;

/// The event of a record in force: as sent, or what a correction put in its place.
std::optional<ledger::Event> event_in_force(std::string_view body) {
  const auto document = json::Document::parse(body, json::kStored);
  auto event = document ? document->root().find("event") : std::nullopt;
  const auto type = event ? event->find("type") : std::nullopt;
  if (type && type->is_string() && type->string() == "correct") {
    event = event->find("replacement");
  }
  if (!event || !event->is_object()) {
    return std::nullopt;
  }
  auto parsed = ledger::parse_version(*event);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

class BuyingCheck {
 public:
  BuyingCheck(store::Reading& reading, const BuyingDays& days, const buying::Rules& rules)
      : reading_(reading),
        days_(days),
        rules_(rules),
        versions_(reading, days.city),
        facts_(versions_, days.offset_s) {}

  void see(const store::RecordView& record) {
    if (record.klass != store::RecordClass::event || !sees_record(record, days_.scope)) {
      return;
    }
    const auto event = event_in_force(record.body);
    if (!event) {
      return;
    }
    const base::Day day = base::day_of(event->time, days_.offset_s);
    if (day < days_.from || days_.to < day) {
      return;
    }
    BuyingFinding finding;
    finding.event = record.id.text();
    finding.day = day;
    finding.place = event->place;
    if (event->type == ledger::EventType::receive) {
      bought(record, *event, std::move(finding));
    } else if (event->type == ledger::EventType::sell ||
               event->type == ledger::EventType::dispose ||
               event->type == ledger::EventType::ship) {
      left(*event, std::move(finding));
    }
  }
  std::vector<BuyingFinding> take() { return std::move(findings_); }

 private:
  void bought(const store::RecordView& record, const ledger::Event& event, BuyingFinding finding) {
    const auto* seller = event.party.empty() ? nullptr : facts_.find_party(event.party, event.time);
    const std::string_view kind = seller == nullptr ? std::string_view() : name(seller->kind);
    for (const ledger::OutputLine& line : event.outputs) {
      const auto* rule = buying::registration_for(rules_, {line.material, kind, finding.day});
      if (rule == nullptr) {
        continue;
      }
      const auto ids = ids_of_versions(reading_, days_.city, finding.event, record.supersedes);
      auto missing = missing_of_registration(reading_, days_.city, ids, event.party, *rule);
      if (!missing.empty()) {
        finding.material = line.material;
        finding.party = event.party;
        finding.missing = std::move(missing);
        note(finding, What::unregistered, *rule);
      }
    }
  }

  void left(const ledger::Event& event, BuyingFinding finding) {
    const Taker taker = taker_of(facts_, event);
    std::set<std::string> seen;
    for (const ledger::InputLine& line : event.inputs) {
      std::string material = line.material;
      if (!line.lot.empty()) {
        const auto lot = reading_.lot_at(days_.city, line.lot, event.place);
        material = lot ? lot->state.material : material;
      }
      const auto* rule = buying::leaving_for(rules_, material);
      if (rule != nullptr && !may_take(facts_, taker, *rule, event.time, days_.offset_s) &&
          seen.insert(material).second) {
        finding.material = material;
        finding.party = taker.party;
        finding.missing = rule->requires_any;
        note(finding, What::unqualified, *rule);
      }
    }
  }

  template <class Rule>
  void note(BuyingFinding finding, What what, const Rule& rule) {
    finding.what = what;
    finding.clause = rule.clause;
    finding.source = rule.source;
    findings_.push_back(std::move(finding));
  }

  store::Reading& reading_;
  const BuyingDays& days_;
  const buying::Rules& rules_;
  StoreVersions versions_;
  RegistryFacts facts_;
  std::vector<BuyingFinding> findings_;
};

}  // namespace

std::string_view name(BuyingFinding::What what) noexcept {
  constexpr std::array<std::string_view, 2> kNames{"unregistered", "unqualified"};
  return kNames[static_cast<std::size_t>(what)];
}

std::vector<BuyingFinding> check_buying(store::Reading& reading, const BuyingDays& days,
                                        const buying::Rules& rules) {
  std::set<store::Seq> superseded;
  reading.record_heads(days.city, {}, [&](const store::RecordView& head) {
    if (head.supersedes != 0) {
      superseded.insert(head.supersedes);
    }
    return true;
  });
  BuyingCheck check{reading, days, rules};
  reading.records(days.city, store::SeqRange{}, [&](const store::RecordView& record) {
    if (!superseded.contains(record.seq)) {
      check.see(record);
    }
    return true;
  });
  return check.take();
}

}  // namespace huan::app
