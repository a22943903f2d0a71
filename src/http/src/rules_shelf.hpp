// SPDX-License-Identifier: Apache-2.0
// The rules that were read last, so that a page of answers does not read them again.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "doors.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::http {

using RulesOnRecord = std::shared_ptr<const wire_pack::City>;

class RulesShelf {
 public:
  /// Those in force at the end of the day; null when none were on record. bad_pack.
  [[nodiscard]] Result<RulesOnRecord> at(store::Reading& reading, const store::CityRow& city,
                                         base::Day day);

 private:
  std::mutex mutex_;
  std::string text_;
  RulesOnRecord rules_;
};

/// The parameter `at`, default today. bad_time.
[[nodiscard]] Result<base::Day> asked_day(const Request& request, const store::CityRow& city,
                                          base::Clock& clock);

}  // namespace huan::http
