// SPDX-License-Identifier: Apache-2.0
// How often somebody has tried to log in and failed, by the account named and by the address that
// asked. After a few failures a name or an address has to wait, each time twice as long; whether
// there is such an account makes no difference. Keeps a limited number of entries: those that
// failed longest ago go first. Safe to use from several threads.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "huan/base/time.hpp"

namespace huan::app {

struct AttemptLimits {
  std::int64_t of_account{5};   ///< failures before the first wait
  std::int64_t of_address{30};  ///< many may share one
  std::int64_t wait_s{30};      ///< the first one
  std::int64_t wait_max_s{15 * 60};
  std::int64_t forget_s{3'600};  ///< after the last failure
  std::size_t entries_max{10'000};
};

class Attempts {
 public:
  explicit Attempts(AttemptLimits limits = {}) : limits_(limits) {}

  /// Seconds to wait before the next try; 0: go on.
  [[nodiscard]] std::int64_t wait_s(std::string_view account, std::string_view address,
                                    base::Instant now);
  void failed(std::string_view account, std::string_view address, base::Instant now);
  void succeeded(std::string_view account);
  [[nodiscard]] std::size_t entries() const;

 private:
  struct Entry {
    std::int64_t failures{0};
    base::Instant last;
    base::Instant until;
  };
  [[nodiscard]] std::int64_t wait_of(const std::string& key, base::Instant now);
  void count(const std::string& key, std::int64_t allowed, base::Instant now);
  void make_room(base::Instant now);

  AttemptLimits limits_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

}  // namespace huan::app
