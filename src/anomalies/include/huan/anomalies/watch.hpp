// SPDX-License-Identifier: Apache-2.0
// The watch reads a stretch of the ledger, event by event as they are on record, and says what is
// odd in it. Thresholds are robust: medians and median deviations of the peers (the same kind of
// place, material and quarter), counts against what chance would give. Memory grows with the lines
// read (about 40 bytes each). The same events in the same order give the same anomalies.
//
// What it cannot see: a fraud that all peers share, a single ticket, and what is too seldom to be
// told from chance; each detector says its least number. Of vehicles' positions it is told only
// whether a vehicle that is wont to report was silent on the day of a shipment.
//
//   Watch watch{places, {.offset_s = 28'800}, {licensed, material_of, silent}};
//   for (…) watch.read(event, recorded_day);
//   for (const Anomaly& one : watch.find()) { … }
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "huan/anomalies/anomaly.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::anomalies {

/// What the registry says of a place.
struct PlaceCard {
  std::string key;
  std::string kind;                 ///< as the registry has it: "station"
  std::int64_t storage_limit_g{0};  ///< 0: not stated
  std::int64_t stock_g{0};          ///< when the stretch begins
};

struct Rules {
  std::int32_t offset_s{0};
  std::vector<std::int32_t> due_days{10};  ///< of the month, by which forms are due
  double outlier_z{6};                     ///< robust standard errors of a place's median
  double outlier_ratio{1.6};               ///< and so many times the peers' median
  std::int64_t bias_ppm{8'000};            ///< median difference of the two ends
  std::int64_t bias_trips{6};              ///< at least; 85 % of them to the same side
  std::int64_t days_of_stock{15};
  std::int64_t price_ppm{700'000};  ///< of the week's median for the material
  std::int64_t price_lines{4};
  std::int64_t turns{4};   ///< shipments in each direction
  double loss_ratio{0.4};  ///< of the peers' median loss
  std::int64_t batches{5};
};

/// What is known beside the ledger; an empty function knows nothing and blames nobody.
struct Beside {
  /// Whether the place's operator then had what working on the material asks for.
  std::function<bool(std::string_view place, std::string_view material, base::Instant at)> licensed;
  /// Of a lot that an input names without its material; empty: not on record.
  std::function<std::string(std::string_view lot)> material_of;
  /// Whether the vehicle has a terminal that reported before, and nothing on that day.
  std::function<bool(std::string_view vehicle, base::Day day)> silent;
};

class Watch {
 public:
  Watch(const std::vector<PlaceCard>& places, Rules rules, Beside beside = {});
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// An event as it is on record (docs/events.md); what is not one, or not of these kinds, is
  /// passed over. In the order of the ledger.
  void read(json::Value event);
  [[nodiscard]] std::vector<Anomaly> find() const;
  [[nodiscard]] std::size_t events() const;

  struct Book;  ///< what it keeps; private to the module

 private:
  std::unique_ptr<Book> book_;
};

}  // namespace huan::anomalies
