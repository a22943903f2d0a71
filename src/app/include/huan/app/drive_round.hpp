// SPDX-License-Identifier: Apache-2.0
// A published day, driven: what a driver does at each stop, with what follows from it in the same
// transaction. An order is moved through its own table, and its completion posts the receive event;
// a station's load is a ship event; what is handed over at a centre is shipped from the places in
// whose books it stands and accepted at the centre. At stations and centres both sides confirm: the
// driver enters the code that the place is shown for this very vehicle and stop.
//
//   HUAN_TRY(kept, drive_round(parts, {"130100", day, "V-1", {"s:S-1", StopState::done, now, "",
//                                      {{"paper.occ", Mass{120'000}}}}, code, "", "", by}));
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "huan/app/rounds.hpp"

namespace huan::app {

struct RoundStep {
  std::string city;
  base::Day day;
  std::string vehicle;
  rounds::Step step;
  std::string code{};  ///< the place's, or the customer's for what is taken at the door
  bool paid_cash{false};
  Principal by{};
};

/// {"stop","to","at"?,"reason"?,"loaded"?:[{"material","mass_g"}],"code"?,"photo"?,"paid_cash"?}.
/// bad_field, bad_text.
[[nodiscard]] base::Result<RoundStep> parse_round_step(json::Value body);

/// Six digits that a station or centre is shown for a vehicle's stop, and tells its driver.
/// vault_locked.
[[nodiscard]] base::Result<std::string> handover_code(const Personal& personal,
                                                      const std::string& round,
                                                      const std::string& stop);

/// not_found, what take_step refuses, bad_field (the code, a photo), what the order's table and the
/// write path refuse. The same step again answers the round as it is.
[[nodiscard]] base::Result<KeptRound> drive_round(const OrderParts& parts, const RoundStep& step);

/// Publishes the drafts of a day: drivers see them, their orders are planned. not_found without a
/// plan; bad_field where a vehicle that goes somewhere has no driver.
[[nodiscard]] base::Result<DayOnRecord> publish_day(const OrderParts& parts,
                                                    const std::string& city, const DayAsked& asked,
                                                    const Principal& by);

/// Who drives a vehicle that day. not_found; in_use once it has begun.
[[nodiscard]] base::Result<KeptRound> assign_driver(Recorder& recorder, const std::string& city,
                                                    const KeptRound& round,
                                                    const std::string& driver, const Principal& by);

/// Ends a round: nothing open, nothing on board. in_use with what is.
[[nodiscard]] base::Result<KeptRound> close_round(Recorder& recorder, const std::string& city,
                                                  const KeptRound& round, const Principal& by);

/// What a place is to expect: trucks with their codes, by time.
struct Expected {
  std::string vehicle;
  rounds::Stop stop;
  std::string code;
};
struct ExpectedAsked {
  std::string city;
  base::Day day;
  std::string place;
};
/// Reads a day's rounds once, and after that those alone that were written since: many places ask
/// again and again. Safe to use from several threads.
class ExpectedBoard {
 public:
  [[nodiscard]] base::Result<std::vector<Expected>> at(store::Reading& reading,
                                                       const Personal& personal,
                                                       const ExpectedAsked& asked);

 private:
  struct Day {
    store::Seq seen{0};
    /// What is handed over at stations and centres, by vehicle; of published rounds alone.
    std::map<std::string, std::vector<rounds::Stop>> stops;
  };
  static void catch_up(store::Reading& reading, const ExpectedAsked& asked, Day& day);

  std::mutex mutex_;
  std::map<std::pair<std::string, std::int32_t>, Day> days_;
};

/// {"balance","on_board","round","version"}
void write_round(json::Writer& w, const KeptRound& kept, std::int32_t offset_s);

}  // namespace huan::app
