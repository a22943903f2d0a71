// SPDX-License-Identifier: Apache-2.0
// What the watch keeps of the events: compact rows by kind, names as numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/anomalies/watch.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text_map.hpp"

namespace huan::anomalies {

using Number = std::uint32_t;
inline constexpr Number kNobody = 0;

/// Names as numbers; 0 is the empty one.
class Names {
 public:
  Names() { static_cast<void>(of("")); }
  Number of(std::string_view text);
  [[nodiscard]] const std::string& text(Number n) const { return texts_[n]; }

 private:
  base::TextMap<Number> numbers_;
  std::vector<std::string> texts_;
};

struct Line {
  base::Uuid event;
  std::int64_t mass_g{0};
  std::int32_t price_fen{-1};  ///< per kg; -1: not stated or by the piece
  std::int32_t day{0};
  Number place{0};
  Number material{0};
  Number seller{0};
  bool person{false};
};

struct Trip {
  base::Uuid event;
  Number from{0};
  Number to{0};
  std::int64_t shipped_g{0};
  std::int64_t arrived_g{0};
  std::int32_t day{0};
  bool whole{true};  ///< all masses are known
};

/// A transformation that is over: a single event, or a run from its first input to its close.
struct Work {
  base::Uuid event;
  Number place{0};
  Number process{0};
  Number product{0};  ///< its largest output's material
  std::int64_t in_g{0};
  std::int64_t good_g{0};
  std::int64_t largest_g{0};
  bool whole{true};
  Number unlicensed{0};  ///< the material that its operator may not work on; 0: none
};

struct Mark {
  base::Uuid event;
  Number place{0};
  std::int32_t day{0};
};

/// What comes to or leaves a place that may hoard, but for the lines of its tickets.
struct Move {
  base::Uuid event;
  Number place{0};
  std::int64_t mass_g{0};  ///< negative: it leaves
  bool came_in{false};     ///< received or accepted, not made here
};

struct Standing {
  std::string kind;
  std::int64_t limit_g{0};
  std::int64_t stock_g{0};
  std::int64_t in_g{0};
  /// Whether stock that stays here is looked for.
  [[nodiscard]] bool may_hoard() const {
    return limit_g > 0 || kind == "station" || kind == "transfer-station";
  }
};

struct Watch::Book {
  Rules rules;
  Beside beside;
  Names names;
  std::map<Number, Standing> places;
  std::vector<Line> lines;
  std::vector<Move> moves;
  std::map<std::string, Trip, std::less<>> open;  ///< by shipment
  std::vector<Trip> trips;                        ///< those that arrived
  std::vector<Trip> left;                         ///< every departure
  std::vector<Mark> bare;                         ///< departures with neither vehicle nor seal
  std::vector<std::pair<Mark, Number>> silent;    ///< departures of a vehicle that sent no track
  std::map<std::string, Work, std::less<>> runs;
  std::vector<Work> works;
  std::vector<Mark> corrections;
  std::int32_t first_day{INT32_MAX};
  std::int32_t last_day{INT32_MIN};
  std::size_t events{0};
  [[nodiscard]] std::int32_t days() const {
    return last_day < first_day ? 0 : last_day - first_day + 1;
  }
};

/// Puts what an event says into the book.
class Reader {
 public:
  explicit Reader(Watch::Book& book) : book_(book) {}
  void read(json::Value event);

 private:
  void receive(json::Value event);
  void ship(json::Value event);
  void accept(json::Value event);
  void transform(json::Value event);
  void judge_licence(json::Value input, Work& work);
  void take(json::Value event);
  void move(std::int64_t mass_g, bool came_in);
  [[nodiscard]] std::string_view text(json::Value object, std::string_view key) const;

  Watch::Book& book_;
  Mark at_;
  base::Instant time_;
};

using Found = std::vector<Anomaly>;
void find_outliers(const Watch::Book& book, Found& out);
void find_hoards(const Watch::Book& book, Found& out);
void find_yields(const Watch::Book& book, Found& out);
void find_unlicensed(const Watch::Book& book, Found& out);
void find_frequent(const Watch::Book& book, Found& out);
void find_low_prices(const Watch::Book& book, Found& out);
void find_corrections(const Watch::Book& book, Found& out);
void find_bias(const Watch::Book& book, Found& out);
void find_carousels(const Watch::Book& book, Found& out);
void find_untracked(const Watch::Book& book, Found& out);

inline constexpr std::size_t kEventsShown = 5;
inline void show_event(Anomaly& anomaly, const base::Uuid& event) {
  if (anomaly.events.size() < kEventsShown) {
    anomaly.events.push_back(event.text());
  }
}

/// Puts an event and what it gives to each column among what the figures rest on.
using Values = std::vector<std::optional<std::int64_t>>;
inline void add_part(Anomaly& anomaly, const base::Uuid& event, const std::string& place,
                     Values values) {
  anomaly.parts.push_back({event, place, std::move(values)});
}

inline Figure sum_of(const std::string& name, std::int64_t value) {
  return {name, value, Rule::sum, name};
}
inline Figure middle_of(const std::string& name, std::int64_t value) {
  return {name, value, Rule::middle, name};
}
inline Figure derived_of(const std::string& name, std::int64_t value, const std::string& column) {
  return {name, value, Rule::derived, column};
}

}  // namespace huan::anomalies
