// SPDX-License-Identifier: Apache-2.0
#include "trace_history.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace huan::bench {
namespace {

using trace::AccountKind;
using trace::EventType;

std::string numbered(const char* form, std::uint32_t n) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), form, n);
  return text.data();
}

std::string station_name(std::uint32_t station) { return numbered("S%04u", station); }
std::string centre_name(std::uint32_t centre) { return numbered("C%02u", centre); }

}  // namespace

std::string_view TraceHistory::lot_id(char device, std::uint32_t place) {
  const std::size_t counter = place * 8 + static_cast<std::size_t>(device - 'U');
  if (numbers_.size() <= counter) {
    numbers_.resize(counter + 1);
  }
  std::string text = device == 'W' ? station_name(place) : centre_name(place);
  text.append(1, device).append(numbered("1-%09u", ++numbers_[counter]));
  return keep(std::move(text));
}

void TraceHistory::flow(AccountKind kind, std::string_view a, std::string_view b,
                        std::int64_t grams, std::uint32_t group) {
  trace::Flow made;
  made.kind = kind;
  made.a = a;
  made.b = b;
  made.grams = grams;
  made.group = group;
  flows_.push_back(made);
}

void TraceHistory::end_event(EventType type) {
  made_.push_back({type, made_.empty() ? 0 : made_.back().end, flows_.size()});
}

void TraceHistory::receive(std::uint32_t station) {
  const std::string_view place = keep(station_name(station));
  std::int64_t sum = 0;
  for (std::int64_t lines = pick(1, 2); lines > 0; --lines) {
    const std::int64_t grams = pick(200, 90'000);
    const std::string_view lot = lot_id('W', station);
    flow(AccountKind::stock, place, lot, grams);
    const auto material = static_cast<std::uint32_t>(pick(0, kMaterials - 1));
    at_station_[station * kMaterials + material].push_back({lot, grams});
    sum += grams;
    if (pick(0, 999) == 0) {
      received_.emplace_back(lot);
    }
  }
  flow(AccountKind::source, place, pick(0, 4) == 0 ? "commercial" : "household", -sum);
  end_event(EventType::receive);
}

void TraceHistory::ship_and_accept(std::uint32_t station) {
  const std::string_view place = keep(station_name(station));
  const std::uint32_t centre = station % kCentres;
  const std::string_view to = keep(centre_name(centre));
  const std::string_view shipment = keep(station_name(station) + "T" + numbered("%06u", day_));
  std::vector<Lot>* const stock = &at_station_[station * kMaterials];
  for (std::uint32_t material = 0; material < kMaterials; ++material) {
    for (const Lot& lot : stock[material]) {
      flow(AccountKind::stock, place, lot.id, -lot.grams);
      flow(AccountKind::transit, shipment, lot.id, lot.grams);
    }
  }
  if (made_.empty() || made_.back().end == flows_.size()) {
    return;
  }
  end_event(EventType::ship);
  for (std::uint32_t material = 0; material < kMaterials; ++material) {
    std::int64_t sum = 0;
    for (const Lot& lot : stock[material]) {
      const std::int64_t missing = lot.grams / 200;
      flow(AccountKind::transit, shipment, lot.id, -lot.grams, material);
      flow(AccountKind::variance, shipment, lot.id, missing, material);
      sum += lot.grams - missing;
    }
    if (sum > 0) {
      const std::string_view lot = lot_id('X', centre);
      flow(AccountKind::stock, to, lot, sum, material);
      at_centre_[centre * kMaterials + material].push_back({lot, sum});
    }
    stock[material].clear();
  }
  end_event(EventType::accept);
}

// Each centre sorts the day's lots of a material into a good part and a rest, which is sold.
void TraceHistory::sort(std::uint32_t centre) {
  const std::string_view place = keep(centre_name(centre));
  for (std::uint32_t material = 0; material < kMaterials; ++material) {
    std::vector<Lot>& lots = at_centre_[centre * kMaterials + material];
    std::int64_t sum = 0;
    for (const Lot& lot : lots) {
      flow(AccountKind::stock, place, lot.id, -lot.grams);
      sum += lot.grams;
    }
    lots.clear();
    if (sum < 100) {
      continue;
    }
    const std::int64_t loss = sum / 100;
    const std::int64_t rest = sum / 10;
    const std::string_view good = lot_id('Y', centre);
    const std::string_view left = lot_id('Y', centre);
    flow(AccountKind::stock, place, good, sum - loss - rest);
    flow(AccountKind::stock, place, left, rest);
    flow(AccountKind::loss, "sort", {}, loss);
    end_event(EventType::transform);
    flow(AccountKind::stock, place, left, -rest);
    flow(AccountKind::sink, "sold", "energy", rest);
    end_event(EventType::sell);
    pressed_[centre * kMaterials + material].emplace_back(std::string(good), sum - loss - rest);
  }
}

void TraceHistory::press(std::uint32_t centre) {
  const std::string_view place = keep(centre_name(centre));
  for (std::uint32_t material = 0; material < kMaterials; ++material) {
    auto& lots = pressed_[centre * kMaterials + material];
    if (lots.size() < kDaysToProduct) {
      continue;
    }
    std::int64_t sum = 0;
    for (const auto& [id, grams] : lots) {
      flow(AccountKind::stock, place, keep(id), -grams);
      sum += grams;
    }
    lots.clear();
    const std::string_view product = lot_id('Z', centre);
    flow(AccountKind::stock, place, product, sum);
    end_event(EventType::transform);
    products_.emplace_back(product);
  }
}

const std::vector<trace::EventFlows>& TraceHistory::next_day() {
  texts_.clear();
  flows_.clear();
  made_.clear();
  events_.clear();
  at_station_.resize(std::size_t{options_.stations} * kMaterials);
  at_centre_.resize(std::size_t{kCentres} * kMaterials);
  pressed_.resize(std::size_t{kCentres} * kMaterials);
  ++day_;
  // A ticket has one line or two; the stations take their turns in a new order each round.
  std::vector<std::uint32_t> turn(options_.stations);
  for (std::uint32_t i = 0; i < options_.stations; ++i) {
    turn[i] = i;
  }
  for (std::uint32_t round = 0; round < options_.lots_a_day * 2 / 3; ++round) {
    std::shuffle(turn.begin(), turn.end(), random_);
    for (const std::uint32_t station : turn) {
      receive(station);
    }
  }
  for (const std::uint32_t station : turn) {
    ship_and_accept(station);
  }
  for (std::uint32_t centre = 0; centre < kCentres; ++centre) {
    sort(centre);
    press(centre);
  }
  for (const Made& made : made_) {
    trace::EventFlows event;
    event.seq = ++seq_;
    event.type = made.type;
    event.flows = std::span(flows_).subspan(made.begin, made.end - made.begin);
    events_.push_back(event);
  }
  return events_;
}

}  // namespace huan::bench
