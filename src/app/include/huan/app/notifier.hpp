// SPDX-License-Identifier: Apache-2.0
// Sends notices as lines of JSON to whoever delivers them. What falls into somebody's quiet hours,
// or finds nobody who takes it, waits, also across a restart. At least once: after a crash the last
// ones may be sent again, under the same id. A city's first run sends nothing of before.
//
//   Notifier notifier({recorder, store, personal, clock, put});
//   notifier.run("130100");                            // by the server, every few seconds
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "huan/app/notices.hpp"
#include "huan/app/personal.hpp"
#include "huan/app/points_book.hpp"
#include "huan/app/push.hpp"

namespace huan::app {

enum class Sent : std::uint8_t {
  yes,
  later,  ///< nobody takes it now
  never,  ///< refused for good
  gone    ///< of a browser: it no longer wants any
};

/// One thread.
class Notifier {
 public:
  struct Parts {
    Recorder& recorder;
    store::Store& store;
    Personal& personal;
    base::Clock& clock;
    std::function<Sent(const std::string&)> put;
    /// One text to one browser; none: browsers are not told.
    std::function<Sent(const PushRule&, const PushSubscription&, const std::string&)> push{};
    /// Devices that are in trouble, each for the firm whose it is; none: nobody is told of devices.
    std::function<std::vector<Notice>(store::Reading&, const store::CityRow&)> devices{};
  };
  explicit Notifier(Parts parts) : parts_(std::move(parts)) {}
  /// What has come up since the last time; how many were sent.
  std::size_t run(const std::string& city);

 private:
  /// Of a city, as it is kept in its settings.
  struct Progress {
    store::Seq after{0};
    store::Seq kept{0};  ///< as on record
    std::set<store::Seq> waiting;
    std::string storage_day;
    std::map<std::string, std::string> storage;  ///< place, what was told of it that day
    std::string points_day;                      ///< end of the points that are being told of
    std::string points_after;                    ///< the last customer who was; empty: all were
    base::Instant look_next;                     ///< not kept: when stocks are looked at again
    std::set<std::string> devices;               ///< ids of their troubles that were told
    base::Instant devices_next;                  ///< not kept: when they are looked at again
    bool changed{false};
  };
  struct Round {
    const store::CityRow& city;
    store::Reading& reading;
    Progress& progress;
    std::int32_t minute;  ///< of the city's day
    base::Day day;
    std::size_t sent{0};
    bool blocked{false};         ///< nobody takes anything now
    base::Instant push_until{};  ///< later ones wait for the next round
  };

  [[nodiscard]] Progress load(store::Reading& reading, const std::string& city) const;
  void keep(const std::string& city, Progress& progress) const;
  void send_of_records(Round& round) const;
  void send_of_record(Round& round, store::Seq seq) const;
  void send_of_storage(Round& round) const;
  /// To browsers alone, from 06:00 to 22:00; one that could not be reached reads it on the page.
  void send_of_devices(Round& round) const;
  /// What a record comes to; a round's is its driver's.
  [[nodiscard]] std::vector<Notice> notices_at(Round& round, store::Seq seq) const;
  void send_of_points(Round& round);
  bool tell_of_points(Round& round, const PointsBook::Due& due, const std::string& day) const;
  /// To every browser that its receiver lets tell them. One that waits keeps nobody else from
  /// being told, and is given up after a day.
  [[nodiscard]] Sent send_push(Round& round, const Notice& notice) const;
  /// By the way that its receiver chose; nowhere to send it to is an end, too.
  [[nodiscard]] Sent send(Round& round, const Notice& notice, NoticeChannel channel) const;

  Parts parts_;
  std::map<std::string, Progress> cities_;
  PointsBook book_;
};

}  // namespace huan::app
