// SPDX-License-Identifier: Apache-2.0
// A city in memory: registry records and roll-ups are put as the write path would.
#pragma once

#include <string>
#include <string_view>

#include "huan/base/time.hpp"
#include "huan/ledger/posting.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/registry/pack.hpp"
#include "huan/store/testing/memory_store.hpp"

namespace huan::oversight::testing {

/// Of YYYY-MM-DD.
[[nodiscard]] inline base::Day day(std::string_view text) { return *base::parse_day(text); }

class SmallCity {
 public:
  SmallCity() : store_(store::testing::memory_store()) {}

  /// A version that holds from a day's beginning, data as JSON.
  void put(const std::string& kind, const std::string& key, const std::string& data,
           std::string_view day = "2020-01-01");
  void lot(const std::string& id, const std::string& place, std::string_view day, std::int64_t g);
  /// A record of the ledger at a place, for those who look only at what came.
  void event(const std::string& place);
  void rollup(const ledger::RollupDelta& row);
  [[nodiscard]] std::unique_ptr<store::Reading> read() { return store_->snapshot(); }

  const CityName name{"130100", 8 * 3'600};
  registry::Pack pack;  ///< districts, streets and communities are put by the test

 private:
  void append(store::Transaction& transaction, const std::string& kind, const std::string& key,
              const std::string& data, std::int64_t version, base::Instant time);

  std::unique_ptr<store::Store> store_;
  store::Seq seq_{0};
};

}  // namespace huan::oversight::testing
