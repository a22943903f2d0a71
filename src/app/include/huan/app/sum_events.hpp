// SPDX-License-Identifier: Apache-2.0
// What makes a sum of the statistics: the events whose legs count in it, each with what it adds.
// Folded from the kept legs by the ledger's own fold, so that all parts add up to what the roll-ups
// say; a correction's part is what it adds less what it takes back.
//
//   const auto part = sum_part(reading, "130100", record, [](const auto& row) {
//     return row.flow == "receive" && row.district == "130102"; });
#pragma once

#include <functional>
#include <optional>

#include "huan/ledger/posting.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

struct SumPart {
  std::int64_t mass_g{0};
  std::int64_t pieces{0};
  std::int64_t money_fen{0};
  std::int64_t count{0};
};

/// Does a row of the roll-ups, as an event adds to it, count in the sum?
using CountsRow = std::function<bool(const ledger::RollupDelta&)>;

/// nullopt: nothing of the record counts.
[[nodiscard]] std::optional<SumPart> sum_part(store::Reading& reading, store::City city,
                                              const store::Record& record, const CountsRow& counts);

}  // namespace huan::app
