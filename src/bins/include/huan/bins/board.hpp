// SPDX-License-Identifier: Apache-2.0
// How the bins are: dead, full, faulty, and since when; and how far each one's clock is off. All
// from what they said and when it came. A clock is measured by heartbeats, which are sent as they
// are made; a deposit may have waited. A device that was never heard is dead since the board began.
//
//   Board board{devices, now};
//   board.hear(message, now);
//   for (const Health& one : board.health(now)) …
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "huan/bins/message.hpp"

namespace huan::bins {

struct BoardOptions {
  std::int64_t dead_s{900};    ///< so long unheard
  int full_pct{90};            ///< a door from here on
  std::int64_t clock_s{5};     ///< a clock that is off by less is right
  std::size_t faults_max{16};  ///< of one device, by code and door
};

struct Trouble {
  std::string what;  ///< dead, full, or the fault's code
  std::string door;  ///< empty: the whole device
  base::Instant since;
};

struct Health {
  std::string device;
  base::Instant heard;
  std::int64_t clock_behind_s{0};
  std::int64_t seq{0};      ///< the highest that came
  std::int64_t missing{0};  ///< numbers below it that did not come; late ones are taken off
  std::vector<DoorFill> doors;
  std::vector<Trouble> troubles;
};

class Board {
 public:
  Board(const std::vector<std::string>& devices, base::Instant now, BoardOptions options);
  /// False: the device is not one of ours.
  bool hear(const Message& message, base::Instant now);
  /// What has to be added to the device's times; nothing before its first heartbeat.
  [[nodiscard]] std::optional<std::int64_t> offset_s(const std::string& device) const;
  /// By device.
  [[nodiscard]] std::vector<Health> health(base::Instant now) const;

 private:
  struct State {
    base::Instant heard;
    std::optional<std::int64_t> behind_s;
    std::int64_t seq{0};
    std::int64_t missing{0};
    std::map<std::string, DoorFill> doors;
    std::map<std::string, base::Instant> full;
    std::map<std::pair<std::string, std::string>, base::Instant> faults;  // code, door
  };
  void count(State& state, std::int64_t seq);
  void fill(State& state, const Status& status, base::Instant at) const;

  BoardOptions options_;
  std::map<std::string, State> states_;
};

}  // namespace huan::bins
