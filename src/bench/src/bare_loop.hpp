// SPDX-License-Identifier: Apache-2.0
// What SQLite alone would take: the rows that a filled store holds, inserted into the same tables
// and indexes, in the same order, with as many events a transaction and the same sync. Rows that
// the store changes from event to event (balances, roll-ups, lots) are inserted once, as they end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace huan::bench {

class BareLoop {
 public:
  /// Reads what the store at `path` holds of the records after `base`. The store must be closed.
  BareLoop(const std::string& path, std::uint64_t base);
  ~BareLoop();

  struct Took {
    double cpu_s{0};
    double wall_s{0};
    std::size_t events{0};  ///< or rows, of singles()
    std::size_t rows{0};
  };
  /// Into a new file, `events_each` a transaction.
  [[nodiscard]] Took bulk(const std::string& path, std::size_t events_each) const;
  /// One row of the records a transaction, for about so long.
  [[nodiscard]] Took singles(const std::string& path, double seconds) const;

 private:
  struct Rows;
  std::unique_ptr<Rows> rows_;
};

}  // namespace huan::bench
