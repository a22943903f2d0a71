// SPDX-License-Identifier: Apache-2.0
// The one write path of a city (architecture.md): validate, post, append to the log, update state
// and roll-ups, all inside the transaction that it is given. Owned and used by one thread; it
// carries the city's registry facts and the log's right edge from one transaction to the next.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "huan/app/outcome.hpp"
#include "huan/app/registry_facts.hpp"
#include "huan/app/ticket_rules.hpp"
#include "huan/base/time.hpp"
#include "huan/log/tiles.hpp"
#include "huan/store/store.hpp"

namespace huan::app {

/// Who sends: attested by the door that let them in.
struct Principal {
  std::string name;
};

struct CitySetting {
  std::string city;
  std::int32_t offset_s{0};
  std::int64_t tolerance_s{600};
  ReadBuyingRules read_rules{};  ///< empty: tickets are held to the ledger's rules alone
};

/// A version of a registered thing, to be recorded.
struct RegistryPut {
  std::string kind;  ///< as in records: "place"
  std::string key;
  std::string data;           ///< JSON object
  std::string id;             ///< UUID; empty: drawn by the server
  std::string time;           ///< holds from, RFC 3339; empty: now
  std::int64_t based_on{-1};  ///< version that the sender has read; -1: whatever is latest
};

class CityWriter {
 public:
  CityWriter(CitySetting setting, base::Clock& clock, base::IdSource& ids);
  ~CityWriter();
  CityWriter(const CityWriter&) = delete;
  CityWriter& operator=(const CityWriter&) = delete;

  /// Takes up the transaction; state is read from it the first time and after forget().
  void enter(store::Transaction& transaction);
  /// Writes what belongs to the group as a whole (log state, tiles); before commit.
  void leave();
  /// The transaction was rolled back, wholly or to its savepoint: what is carried is out of date.
  void forget();

  /// The city's local time, when it is told after the writer was made.
  void configure(std::int32_t offset_s);

  void savepoint();
  void rollback();  ///< to the savepoint
  void release();

  Outcome post(const PreparedEvent& event, const Principal& by);
  Outcome put(const RegistryPut& put, const Principal& by);
  /// Enters in the register of refusals what was offered and refused as prohibited since the last
  /// call. What was refused is not posted, so this comes after its savepoint.
  void note_refused();
  /// Nothing was offered in earnest: a trial.
  void forget_refused() { refused_.clear(); }

  const CitySetting& setting() const { return setting_; }
  store::Reading& reading() { return transaction_->reading(); }
  store::Transaction& transaction() { return *transaction_; }
  std::uint64_t seq() const { return last_.seq; }
  RegistryFacts& facts() { return *facts_; }

 private:
  struct Stored {
    base::Uuid id;
    store::RecordClass klass{store::RecordClass::event};
    std::string_view type;
    std::string_view key;
    base::Instant time;
    std::string_view id_text;
    std::string_view time_text;
    std::string_view payload;  ///< canonical
    std::string_view drawn;    ///< canonical, empty for registry records
    const ledger::Posting* posting{nullptr};
  };

  void load();
  Outcome post_new(const PreparedEvent& prepared, const Principal& by);
  base::Result<void> check_sums(const ledger::Posting& posting);
  void remember_refused(const PreparedEvent& prepared, const base::Error& why, const Principal& by);
  void hold_watched(const ledger::Event& event, const ledger::Posting& posting, Outcome& outcome);
  base::Result<void> check_suspected(const registry::Record& record);
  void move_hold(const registry::Record& record, const Principal& by);
  bool is_suspected(const std::string& lot, const std::string& but_for);
  struct VersionText {
    std::string time;
    std::string canonical;
  };
  Outcome append_version(const registry::Record& record, const VersionText& text,
                         const Principal& by);
  Outcome same_again(const PreparedEvent& prepared, store::Seq seq);
  store::Seq append(const Stored& stored, std::string_view place, const Principal& by);

  CitySetting setting_;
  base::Clock& clock_;
  base::IdSource& ids_;
  store::Transaction* transaction_{nullptr};
  std::unique_ptr<StoreVersions> versions_;
  std::unique_ptr<RegistryFacts> facts_;
  std::unique_ptr<TicketRules> tickets_;  // none without a reader of rules
  struct RefusedPurchase {
    std::string event;
    std::string place;
    std::string party;
    std::string material;
    base::Instant time;
    Principal by;
  };
  std::vector<RefusedPurchase> refused_;
  bool loaded_{false};
  store::LastRecord last_;
  log::Appender log_;
  bool log_changed_{false};
  // What rollback() goes back to.
  store::LastRecord saved_last_;
  log::Appender saved_log_;
  bool registry_touched_{false};
  std::string body_;  // reused from record to record
  std::string header_;
};

/// Writes what a posting changes; shared with whoever replays records into a store.
void apply_posting(const ledger::Posting& posting, store::Transaction& transaction, store::Seq seq,
                   base::Instant time);

}  // namespace huan::app
