// SPDX-License-Identifier: Apache-2.0
// Replays the records of one city, in order, into a book in memory, and holds what follows against
// what the store keeps. Three threads hand each other batches: records are read (record_stage.hpp),
// posted here, and their legs compared (leg_stage.hpp).
#pragma once

#include <map>

#include "huan/app/registry_facts.hpp"
#include "huan/app/verify.hpp"
#include "huan/ledger/fold_book.hpp"
#include "leg_stage.hpp"
#include "record_stage.hpp"

namespace huan::app {

/// Registry versions as the replay has met them so far.
class ReplayedVersions final : public VersionSource {
 public:
  void add(registry::Kind kind, std::string_view key, std::string_view body);
  void versions(registry::Kind kind, std::string_view key, const Visit& visit) override;
  void all(registry::Kind kind, const Visit& visit) override;
  /// Every thing with the bodies of its versions, in the order recorded.
  using Bodies =
      std::map<registry::Kind, std::map<std::string, std::vector<std::string>, std::less<>>>;
  [[nodiscard]] const Bodies& bodies() const { return bodies_; }

 private:
  Bodies bodies_;
};

class Replay {
 public:
  /// `graph`: filled with the city's flows, nullptr when nobody asks for it.
  Replay(store::Store& store, store::Reading& reading, const store::CityRow& city,
         trace::Graph* graph, const VerifyOptions& options);
  ~Replay();
  Replay(const Replay&) = delete;
  Replay& operator=(const Replay&) = delete;

  /// Adds to `report`.
  void run(VerifyReport& report);

 private:
  void replay_all();
  void compare_all();
  void replay(const ReadRecord& record);
  void replay_event(const ReadRecord& record);
  void hand_over(Posted posted);
  ledger::Posting room();  ///< a posting of before, for its memory
  std::optional<ledger::VersionState> version(const base::Uuid& id);

  void compare_log();
  void compare_lots();
  void compare_shipments();
  void compare_lines();
  void compare_runs();
  void compare_items();
  void compare_tickets(store::Reading& reading);
  void compare_registry(store::Reading& reading);
  void compare_balances(store::Reading& reading);
  enum class Rollup : std::uint8_t { day, month, operators };
  void compare_rollups(store::Reading& reading, RollupSums& folded, Rollup which);

  store::Reading& reading_;
  store::CityRow city_;
  const VerifyOptions& options_;
  store::Seq last_;
  Findings findings_;
  ReplayedVersions versions_;
  RegistryFacts facts_;
  ledger::FoldBook book_;
  store::Seq seq_{0};  ///< of the record under way
  std::uint64_t records_{0};
  std::uint64_t events_{0};
  bool complete_{true};

  std::unique_ptr<store::Reading> records_reading_;
  std::unique_ptr<store::Reading> legs_reading_;
  RecordStage record_stage_;
  LegStage leg_stage_;
  BatchQueue<ReadRecord> read_;
  BatchQueue<Posted> posted_;
  std::vector<Posted> batch_;
  Spare<Posted> spare_;
  std::vector<Posted> used_;
};

}  // namespace huan::app
