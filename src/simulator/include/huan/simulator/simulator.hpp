// SPDX-License-Identifier: Apache-2.0
// A seeded city that lives through its days: people sell, stations ship, centres sort, processors
// work and sell, clerks mistype and correct, devices fall silent and send later. Calibrated on
// 石政函〔2023〕8号 (149.45 万吨 of metals, plastics, paper, glass and appliances in 2021, of these
// plastics 25.4); the other splits are assumptions of materials.cpp.
//
// Guarantees: equal city, settings and days give equal bytes on every machine (integers and a
// generator of its own); a longer run begins with the shorter one; it knows what it has sent, so
// the ledger refuses exactly what is marked `refused`, if the events are posted in the order given
// and nobody else touches its lots. What it does not claim: that any place, person or trade is
// real.
//
//   Simulator simulator{city, {.seed = 1, .scale_ppm = 50'000, .from = day}};
//   for (const Registration& r : simulator.registrations()) { … }   // its sellers and buyers
//   simulator.run_until(end, [&](Sent&& sent) { … });              // by `at`
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/simulator/city.hpp"

namespace huan::simulator {

/// What somebody is up to, planted so that those who look for it can be measured. Each is the habit
/// of one place or seller for the whole run.
enum class Fraud : std::uint8_t {
  heavy_tickets,     ///< a station writes up tickets three times as heavy
  short_scale,       ///< a works' scale shows 2 % too little of what arrives
  hoard,             ///< nothing ever leaves a station
  one_seller,        ///< a quarter of a station's tickets are one person's
  cheap_goods,       ///< a seller takes less than half of the price, time and again
  round_trips,       ///< two transfer stations send each other the same goods
  work_at_station,   ///< a station granulates plastics
  paper_shipments,   ///< shipments with neither vehicle nor seal
  bulk_corrections,  ///< half of the tickets of the 8th to 10th are changed
  no_loss            ///< a works loses next to nothing
};
inline constexpr std::size_t kFrauds = 10;
[[nodiscard]] std::string_view name(Fraud fraud) noexcept;

struct Planted {
  Fraud fraud{};
  std::string subject;  ///< place, or the seller's party
  std::string other{};  ///< the second place of round trips, the place of a seller
};

struct Settings {
  std::uint64_t seed{1};
  /// Parts of a million of the city: the number of tickets, and so the mass, are in proportion to
  /// it; the single ticket is as large as ever, and all places take part.
  std::int64_t scale_ppm{1'000'000};
  base::Day from;
  std::int32_t frauds{0};  ///< of each kind, as far as there are places for them; 0: an honest city
  /// How far a fraud goes, in parts of a million of what `Fraud` says: by how much, how often.
  std::int64_t fraud_ppm{1'000'000};
};

/// What the ledger has to answer.
enum class Expect : std::uint8_t { posted, duplicate, refused };

struct Sent {
  base::Instant at;  ///< when it reaches the ledger; `time` inside is when it happened
  Expect expect{Expect::posted};
  std::string json;
};
using Sink = std::function<void(Sent&&)>;

/// A party that has to be on record before the first event.
struct Registration {
  std::string id;   ///< UUID
  std::string key;  ///< party
  std::string data;
};

struct Estimate {
  std::int64_t events{0};
  std::int64_t mass_g{0};  ///< received
};

/// Mass received in the city's own territory, by root of the catalogue ("paper"), corrections
/// included.
struct Kind {
  std::string root;
  std::int64_t mass_g{0};
};

class World;

class Simulator {
 public:
  Simulator(City city, Settings settings);
  ~Simulator();
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  [[nodiscard]] const std::vector<Registration>& registrations() const;
  [[nodiscard]] Estimate estimate(std::int64_t days) const;
  /// Everything that reaches the ledger before `end`, in order.
  void run_until(base::Instant end, const Sink& sink);
  [[nodiscard]] std::vector<Kind> kinds() const;
  [[nodiscard]] const std::vector<Planted>& planted() const;

 private:
  std::unique_ptr<World> world_;
};

}  // namespace huan::simulator
