// SPDX-License-Identifier: Apache-2.0
// The simulated world: what stands where, what is to happen when, and how an event gets its id, its
// time and its text. The flows (flows.hpp) act on it, one at a time, in the order of arrival, so
// that what the world holds is what the ledger holds.
#pragma once

#include <map>
#include <queue>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "huan/json/writer.hpp"
#include "huan/simulator/simulator.hpp"
#include "materials.hpp"
#include "random.hpp"
#include "stock.hpp"

namespace huan::simulator {

using SiteId = std::uint32_t;
inline constexpr std::int64_t kDayS = 86'400;

struct SiteState {
  Stock raw;       ///< as it came in
  Stock products;  ///< sorted or processed
  std::int64_t last_s{0};
  std::int32_t series_day{-1};
  std::int64_t tickets{0};  ///< of the day
  std::int64_t names{0};    ///< of the day
  std::int64_t weight{0};   ///< its part of the kind's supply
  std::int64_t load_g{0};   ///< planned to arrive today
  std::uint32_t frauds{0};  ///< bits by Fraud
  std::string accomplice;   ///< party of one_seller or cheap_goods
};

struct Shipment {
  std::string id;
  SiteId from{0};  ///< of the first ship
  SiteId to{0};
  std::vector<Lot> lines;  ///< named by their lots
  bool round{false};
};

struct Run {
  std::string id;
  SiteId site{0};
  std::vector<Lot> waiting;  ///< inputs of the second step
  std::int64_t in_g{0};
  MaterialId material{};
  std::vector<std::pair<MaterialId, std::int64_t>> outputs;  ///< still to come
};

struct ReceiptLine {
  Lot lot;
  std::int64_t price_fen{0};
  bool per_piece{false};
  std::int64_t deduct_g{0};
  std::int64_t settle_g{-1};
  std::vector<std::string> items;
};

struct Receipt {
  std::string id;
  std::int64_t time_s{0};
  SiteId site{0};
  std::string ticket;
  std::string_view origin;
  std::string party;
  std::vector<ReceiptLine> lines;
  bool weighed{true};
  enum class Pay : std::uint8_t { unsaid, till, bank, later } pay{Pay::unsaid};
  std::int64_t points{0};
};

struct Correction {
  Receipt receipt;                  ///< as it was sent
  std::vector<std::int64_t> right;  ///< masses as they were; empty: void
};

enum class TaskKind : std::uint8_t {
  plan_day,
  receive,
  dispatch,
  load,
  arrive,
  come_back,
  forward,
  sort,
  sell,
  start_runs,
  run_step,
  correct,
  resend,
  settle,
  count,
  mistake,
  import,
  fraud,
};

struct Task {
  std::int64_t at_s{0};
  std::uint64_t order{0};
  TaskKind kind{};
  std::uint32_t a{0};
  std::uint32_t b{0};
  friend bool operator<(const Task& x, const Task& y) {  // for a heap with the earliest on top
    return std::pair{x.at_s, x.order} > std::pair{y.at_s, y.order};
  }
};

/// Things that tasks refer to by number.
template <class T>
class Pool {
 public:
  std::uint32_t put(T thing) {
    things_.emplace(++last_, std::move(thing));
    return last_;
  }
  [[nodiscard]] T& at(std::uint32_t n) { return things_.at(n); }
  [[nodiscard]] std::size_t size() const { return things_.size(); }
  [[nodiscard]] T take(std::uint32_t n) {
    auto node = things_.extract(n);
    return std::move(node.mapped());
  }

 private:
  std::unordered_map<std::uint32_t, T> things_;
  std::uint32_t last_{0};
};

/// A stop of a trip: what is loaded there.
struct Stop {
  SiteId site{0};
  std::uint32_t shipment{0};
  std::int64_t room_g{0};
  bool metal_only{false};
  bool again{false};  ///< second load of the day
  std::string vehicle;
};

class World {
 public:
  World(City city, Settings settings);

  // Time and names.
  [[nodiscard]] base::Day today() const;
  [[nodiscard]] std::int64_t midnight(base::Day day) const;
  /// A time for an event at the site that is later than any before it.
  std::int64_t time_at(SiteId site, std::int64_t not_before_s);
  std::string new_id(std::int64_t time_s);
  std::string new_ticket(SiteId site);
  [[nodiscard]] std::string last_ticket(SiteId site) const;
  std::string new_name(SiteId site, char letter);
  [[nodiscard]] std::string time_text(std::int64_t time_s) const;

  // Events.
  /// Opens `{`, to be closed by send(); keys come in any order.
  json::Writer begin(std::string_view type, SiteId site, std::int64_t time_s);
  [[nodiscard]] const std::string& id() const { return id_; }      ///< of the event begun
  [[nodiscard]] const std::string& text() const { return text_; }  ///< written so far
  void send(json::Writer& writer, Expect expect = Expect::posted);
  void send_text(std::string text, Expect expect);
  /// How long it takes, and how much is worth the trouble: less of both in a live city.
  [[nodiscard]] std::int64_t lasting(std::int64_t seconds) const { return seconds / faster; }
  [[nodiscard]] std::int64_t worth(std::int64_t mass_g) const { return mass_g / smaller; }
  void push(std::int64_t at_s, TaskKind kind, std::uint32_t a, std::uint32_t b = 0);

  // Places.
  [[nodiscard]] const Site& site(SiteId id) const { return city.sites[id]; }
  SiteState& state(SiteId id) { return states[id]; }
  [[nodiscard]] const std::vector<SiteId>& of(SiteKind kind) const {
    return by_kind[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] bool commits(SiteId id, Fraud fraud) const {
    return (states[id].frauds >> static_cast<unsigned>(fraud) & 1U) != 0;
  }
  /// That part of it which a fraud of this city's size amounts to.
  [[nodiscard]] std::int64_t of_fraud(std::int64_t whole) const {
    return whole * settings.fraud_ppm / 1'000'000;
  }
  /// Whether a habit is followed this time; draws nothing where it always is.
  bool goes_on() {
    return settings.fraud_ppm >= 1'000'000 ||
           static_cast<std::int64_t>(random.below(1'000'000)) < settings.fraud_ppm;
  }
  std::string any_vehicle();
  std::string buyer();
  /// What places pay this week, for a kilogram or a piece.
  [[nodiscard]] std::int64_t price_of(MaterialId material, std::int64_t time_s) const;
  [[nodiscard]] bool priced_by_piece(MaterialId material) const {
    return prices_[material].per_piece;
  }
  void tally(MaterialId material, std::int64_t mass_g);

  City city;
  Settings settings;
  std::uint64_t tag;
  std::string tag_text;
  Random random;
  std::vector<SiteState> states;
  std::array<std::vector<SiteId>, kSiteKinds> by_kind;
  std::map<std::string, std::vector<SiteId>> stations_of;  ///< by district
  std::vector<std::string> districts;                      ///< of stations_of
  std::vector<Supply> supplies;                            ///< by kind of site
  Seasons seasons;
  std::vector<Planted> planted;
  std::vector<Registration> registrations;
  std::vector<std::string> residents;
  std::vector<std::string> shops;
  std::vector<std::string> works;
  std::vector<std::string> institutions;
  std::vector<std::string> buyers;
  std::string incinerator;

  std::priority_queue<Task> tasks;
  std::uint64_t task_order{0};
  std::int64_t now_s{0};
  Pool<Shipment> shipments;
  Pool<Stop> stops;
  Pool<Run> runs;
  Pool<Correction> corrections;
  Pool<std::string> resends;
  /// What a place owes to a party (negative: is owed), since the last settlement.
  std::map<std::pair<SiteId, std::string>, std::int64_t> owed;
  std::map<std::string, std::int64_t> points;
  std::array<std::int64_t, 16> mass_of{};
  const Sink* sink{nullptr};
  std::int64_t faster{1};
  std::int64_t smaller{1};

 private:
  SiteState& named(SiteId id);  ///< with the series of the day begun
  void register_parties();
  void add_parties(const char* prefix, std::int64_t count, const char* kind,
                   std::vector<std::string>& list);

  struct Price {
    std::int64_t fen{0};
    bool per_piece{false};
  };
  std::vector<Price> prices_;  ///< by material
  std::string text_;
  std::string id_;
  std::int64_t sent_s_{0};
};

}  // namespace huan::simulator
