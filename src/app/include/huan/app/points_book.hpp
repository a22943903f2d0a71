// SPDX-License-Identifier: Apache-2.0
// Points by the month that they were earned in, and their end 积分到期: spending takes the oldest
// first, what is left of a month ends when the city's rule says so, by legs of the ledger. The book
// is a reading of the log, caught up before it answers.
//
//   book.catch_up(*snapshot, "130100");
//   book.of("130100", "r4k…");                       // [{month, points}], oldest first
//   expire_points(recorder, clock, book, "130100", today);
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"

namespace huan::app {

/// Of one month, counted from year 0.
struct PointsOfMonth {
  std::int32_t month{0};
  std::int64_t points{0};
  friend bool operator==(const PointsOfMonth&, const PointsOfMonth&) = default;
};
[[nodiscard]] std::int32_t month_of(base::Day day);
/// The first day on which what was earned in the month is no more.
[[nodiscard]] base::Day end_of(std::int32_t month, std::int64_t expire_months);

/// Any thread.
class PointsBook {
 public:
  void catch_up(store::RecordReading& reading, const std::string& city);
  [[nodiscard]] std::vector<PointsOfMonth> of(const std::string& city,
                                              const std::string& customer) const;
  /// Everybody who has some of that month or before, with the seq up to which the book has read.
  struct Due {
    std::string customer;
    std::vector<PointsOfMonth> months;
  };
  [[nodiscard]] std::vector<Due> due(const std::string& city, std::int32_t month) const;
  [[nodiscard]] store::Seq read_to(const std::string& city) const;

 private:
  struct CityBook {
    store::Seq seq{0};
    std::map<std::string, std::vector<PointsOfMonth>, std::less<>> months;
  };
  mutable std::mutex mutex_;
  std::map<std::string, CityBook> cities_;
};

/// What the rule on record ends on `today`; how many points. Each month of each customer once.
std::int64_t expire_points(Recorder& recorder, store::Store& store, base::Clock& clock,
                           PointsBook& book, const std::string& city);

}  // namespace huan::app
