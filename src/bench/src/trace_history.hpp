// SPDX-License-Identifier: Apache-2.0
// The history that the trace is measured on, a day at a time: 1,500 stations receive lots
// interleaved in time and ship them every evening to five centres, whose weekly products each hold
// the mass of some 10,000 received lots. It depends on the options alone.
#pragma once

#include <deque>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "huan/trace/flow.hpp"

namespace huan::bench {

struct TraceHistoryOptions {
  std::uint32_t stations{1500};
  std::uint32_t lots_a_day{20};  ///< of a station
  std::uint64_t seed{1};
};

class TraceHistory {
 public:
  explicit TraceHistory(const TraceHistoryOptions& options)
      : options_(options), random_(options.seed) {}
  /// The events of the next day; they stay until the day after is asked for.
  const std::vector<trace::EventFlows>& next_day();
  [[nodiscard]] const std::vector<std::string>& products() const { return products_; }
  [[nodiscard]] const std::vector<std::string>& received() const { return received_; }

 private:
  static constexpr std::uint32_t kCentres = 5;
  static constexpr std::uint32_t kMaterials = 4;
  static constexpr std::uint32_t kDaysToProduct = 7;
  struct Lot {
    std::string_view id;
    std::int64_t grams;
  };

  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }
  std::string_view lot_id(char device, std::uint32_t place);
  void flow(trace::AccountKind kind, std::string_view a, std::string_view b, std::int64_t grams,
            std::uint32_t group = 0);
  void end_event(trace::EventType type);
  void receive(std::uint32_t station);
  void ship_and_accept(std::uint32_t station);
  void sort(std::uint32_t centre);
  void press(std::uint32_t centre);

  TraceHistoryOptions options_;
  std::mt19937_64 random_;
  std::deque<std::string> texts_;
  std::vector<trace::Flow> flows_;
  struct Made {
    trace::EventType type;
    std::size_t begin;
    std::size_t end;
  };
  std::vector<Made> made_;
  std::vector<trace::EventFlows> events_;
  std::vector<std::vector<Lot>> at_station_;  ///< by station × material
  std::vector<std::vector<Lot>> at_centre_;   ///< by centre × material
  std::vector<std::vector<std::pair<std::string, std::int64_t>>> pressed_;
  std::vector<std::string> products_;
  std::vector<std::string> received_;
  std::uint64_t seq_{0};
  std::uint32_t day_{0};
  std::vector<std::uint32_t> numbers_;
};

}  // namespace huan::bench
