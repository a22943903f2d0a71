// SPDX-License-Identifier: Apache-2.0
// The first stage of verify: reads a city's records in order, checks what each says about itself
// (bytes, leaf, index), and makes of its text what is to be posted again. It runs in a thread of
// its own, and knows nothing of balances.
#pragma once

#include <optional>
#include <string>

#include "batch_queue.hpp"
#include "findings.hpp"
#include "huan/ledger/event.hpp"
#include "huan/log/tiles.hpp"
#include "huan/registry/record.hpp"
#include "huan/store/store.hpp"

namespace huan::app {

struct ReadRecord {
  store::Seq seq{0};
  base::Instant recorded_at;
  store::Seq supersedes{0};
  bool is_event{false};
  std::optional<ledger::Event> event;      ///< nullopt: not readable, and said so
  std::optional<std::string> drawn;        ///< canonical
  std::optional<registry::Record> record;  ///< of the registry
  std::string body;                        ///< of a registry record
};

class RecordStage {
 public:
  /// Records up to `last`.
  RecordStage(store::Reading& reading, store::CityRow city, store::Seq last, Findings& findings)
      : reading_(reading), city_(std::move(city)), last_(last), findings_(findings) {}

  void run(BatchQueue<ReadRecord>& out);
  /// After run(): the log that follows from the leaves.
  [[nodiscard]] log::Appender& log() { return log_; }

 private:
  void read(const store::RecordView& record, ReadRecord& one);
  void check_header(const store::RecordView& record, json::Value root, json::Value payload);

  store::Reading& reading_;
  store::CityRow city_;
  store::Seq last_;
  Findings& findings_;
  log::Appender log_;
  base::Instant recorded_at_;
  std::string header_;
};

}  // namespace huan::app
