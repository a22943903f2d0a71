// SPDX-License-Identifier: Apache-2.0
// Notices for who works: visits of contracts that were missed, places at their storage limit, and a
// driver's round when it is published or changed. Each follows from what is on record; kept is only
// which of them somebody has read.
//
//   auto notices = round_notices({*reading, city, now}, "li.si");
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "huan/app/notices.hpp"
#include "huan/booking/order.hpp"
#include "huan/rounds/round.hpp"

namespace huan::app {

struct StaffView {
  store::Reading& reading;
  const store::CityRow& city;
  base::Instant now;
};

/// What both those who are sent it and those who read it are told.
[[nodiscard]] Notice notice_of_alert(const rounds::StorageAlert& alert, const std::string& party,
                                     base::Day today);
/// Of today, at the places in scope.
[[nodiscard]] std::vector<Notice> storage_notices(const StaffView& view,
                                                  const store::RowScope& scope);
/// Of the visits that were due today or in the three days before.
[[nodiscard]] std::vector<Notice> missed_visit_notices(
    const StaffView& view, const std::function<bool(const booking::Order&)>& reaches);
/// Of the rounds of today and tomorrow that are the driver's: first published, and each time that
/// their stops became others afterwards.
[[nodiscard]] std::vector<Notice> round_notices(const StaffView& view, const std::string& driver);

/// Whose browsers hear of a driver's own rounds; no party has such an id.
[[nodiscard]] std::string party_of_driver(const std::string& account);
/// What those versions of a round come to that its driver is told of; `customer` is the driver's.
/// Nothing where `tells` says that nobody listens.
[[nodiscard]] std::vector<Notice> notices_about_round(
    store::Reading& reading, const std::string& city, const std::string& key,
    const std::function<bool(const std::string& party)>& tells);

inline constexpr std::size_t kReadNoticesMax = 200;
[[nodiscard]] std::set<std::string> read_notices(store::ServerReading& reading,
                                                 const std::string& city,
                                                 const std::string& reader);
/// In place of those before.
void keep_read_notices(Recorder& recorder, const std::string& city, const std::string& reader,
                       const std::set<std::string>& ids);

}  // namespace huan::app
