// SPDX-License-Identifier: Apache-2.0
// Replays the records of one city, in order, into a book in memory, and checks each against what
// the store derived from it when it was recorded.
#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "huan/app/registry_facts.hpp"
#include "huan/app/verify.hpp"
#include "huan/ledger/fold_book.hpp"
#include "huan/log/tiles.hpp"

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

struct Sums {
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
  bool seen{false};
  [[nodiscard]] bool zero() const {
    return mass_g == 0 && pieces == 0 && money_fen == 0 && count == 0;
  }
};
using SumTable = std::unordered_map<std::string, Sums>;

class Replay {
 public:
  Replay(store::Reading& reading, const store::CityRow& city, VerifyReport& report,
         const VerifyOptions& options);
  void run();

 private:
  void differ(std::uint64_t seq, std::string what);
  bool full() const { return report_.differences.size() >= options_.differences_max; }
  void check_record(const store::RecordView& record);
  void check_header(const store::RecordView& record, json::Value root, json::Value payload);
  void replay_event(const store::RecordView& record, json::Value root, json::Value event);
  void replay_version(const store::RecordView& record, json::Value payload);
  void check_legs(std::uint64_t seq, const std::vector<ledger::Leg>& posted);
  void check_sums(std::uint64_t seq, const std::vector<ledger::Leg>& posted);
  void fold_rollups(const ledger::Posting& posting);
  void load_legs(std::uint64_t seq);
  std::optional<ledger::VersionState> version(const base::Uuid& id);

  void compare_log();
  void compare_lots();
  void compare_shipments();
  void compare_runs();
  void compare_items();
  void compare_tickets();
  void compare_registry();
  void compare_balances();
  void compare_rollups(SumTable& folded, bool days);

  store::Reading& reading_;
  store::CityRow city_;
  VerifyReport& report_;
  const VerifyOptions& options_;
  ReplayedVersions versions_;
  RegistryFacts facts_;
  ledger::FoldBook book_;
  log::Appender log_;
  std::uint64_t seq_{0};
  base::Instant recorded_at_;
  std::uint64_t supersedes_{0};
  SumTable days_;
  SumTable months_;
  std::string header_;
  struct StoredLegs {
    std::uint64_t seq{0};
    std::vector<ledger::Leg> legs;
  };
  std::deque<StoredLegs> legs_;  // read ahead, a stretch at a time
  std::uint64_t legs_until_{0};
};

}  // namespace huan::app
