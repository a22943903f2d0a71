// SPDX-License-Identifier: Apache-2.0
// The pack's rules of lawful buying at the ticket: a purchase that has to be registered first, a
// departure to somebody without the paper of that day, a purchase of something on a watch list. The
// ledger itself knows nothing of them: what is posted is never judged again, so `verify` needs no
// rules. Rules are those on record for the event's time, watch lists those on record now, each
// entry within its term. A city whose rules are not on record has none.
//
//   HUAN_CHECK(rules.judge({event, posting, reading}));          // before it is written
//   for (const Watched& hit : rules.watched(event, reading)) { … hold the lots, report … }
//
// One city, one thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/registry_facts.hpp"
#include "huan/base/result.hpp"
#include "huan/buying/rules.hpp"
#include "huan/ledger/event.hpp"
#include "huan/ledger/posting.hpp"

namespace huan::app {

/// Reads the rules out of a pack's text on record (app does not know its form).
using ReadBuyingRules = std::function<base::Result<buying::Rules>(const std::string& text)>;

/// The ids of an event and of the versions that it corrects (`before`: the one that it takes back,
/// 0: none), the latest first: a registration may stand under each of them.
[[nodiscard]] std::vector<std::string> ids_of_versions(store::Reading& reading,
                                                       const std::string& city, std::string id,
                                                       store::Seq before);

/// What the registration of a purchase lacks under its rule; empty: nothing. It is a dossier
/// `scrap_registration` about the seller, under the key "register." and one of the ids.
[[nodiscard]] std::vector<std::string> missing_of_registration(
    store::RegistryReading& reading, const std::string& city, const std::vector<std::string>& ids,
    const std::string& seller, const buying::RegistrationRule& rule);

/// Who takes what leaves with an event, and on which day.
struct Taker {
  std::string party;
  std::string place_kind;  ///< of the place that it goes to; empty: to a party
  std::string cls;         ///< of a sale: recycle, reuse, energy
  bool abroad{false};      ///< to another city, whose registry knows who takes it
};
[[nodiscard]] Taker taker_of(RegistryFacts& facts, const ledger::Event& event);
[[nodiscard]] bool may_take(RegistryFacts& facts, const Taker& taker,
                            const buying::LeavingRule& rule, base::Instant at,
                            std::int32_t offset_s);

/// One hit of a watch list.
struct Watched {
  std::string key;     ///< of the list's entry, a dossier `watch`
  std::string source;  ///< of the list
  std::string what;    ///< what was found on it
  std::string at;      ///< JSON pointer into the event
};

class TicketRules {
 public:
  TicketRules(const ReadBuyingRules& read, VersionSource& versions, RegistryFacts& facts,
              std::string city, std::int32_t offset_s)
      : read_(read),
        versions_(versions),
        facts_(facts),
        city_(std::move(city)),
        offset_s_(offset_s) {}

  struct Ticket {
    const ledger::Event& event;  ///< as sent; of a correction its replacement is judged
    const ledger::Posting& posting;
    store::Reading& reading;
  };

  /// registration_missing, not_qualified; `detail` names the clause, what to enter and the article.
  [[nodiscard]] base::Result<void> judge(const Ticket& ticket);
  /// Entries of watch lists that a purchase touches: goods, an item's code, a vehicle or its plate,
  /// a party.
  [[nodiscard]] std::vector<Watched> watched(const ledger::Event& event, store::Reading& reading);
  [[nodiscard]] bool any_rules(base::Instant at) { return rules_at(at) != nullptr; }

  /// A new version was put on record; `subkind` as lists are filtered by it.
  void forget(registry::Kind kind, std::string_view key, std::string_view subkind);
  void forget_all();

 private:
  using Rules = std::shared_ptr<const buying::Rules>;
  struct Entry {
    std::string key;
    std::string what;
    std::string value;
    std::string source;
    std::optional<base::Day> from;
    std::optional<base::Day> to;
  };

  const buying::Rules* rules_at(base::Instant at);
  base::Result<void> judge_purchase(const Ticket& ticket, const ledger::Event& event,
                                    const buying::Rules& rules);
  base::Result<void> judge_departure(const Ticket& ticket, const ledger::Event& event,
                                     const buying::Rules& rules);
  const std::vector<Entry>& watch_list(store::Reading& reading);
  std::string found_by(const Entry& entry, const ledger::Event& event, std::string& at);

  const ReadBuyingRules& read_;
  VersionSource& versions_;
  RegistryFacts& facts_;
  std::string city_;
  std::int32_t offset_s_;
  bool rules_known_{false};
  registry::Timeline<Rules> rules_;
  bool watch_known_{false};
  std::vector<Entry> watch_;
};

}  // namespace huan::app
