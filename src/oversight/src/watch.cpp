// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/watch.hpp"

#include <optional>

#include "round.hpp"

namespace huan::oversight {
namespace {

/// Above so many it is quicker to judge everybody.
constexpr store::Seq kRecordsMax = 2'000;

/// Whom the records behind `after` touch; nullopt: everybody.
std::optional<TouchedIds> touched_since(store::Reading& reading, const CityName& city,
                                        store::Seq after) {
  std::optional<TouchedIds> touched{TouchedIds{}};
  reading.record_heads(city.code, {after}, [&](const store::RecordView& head) {
    if (head.klass != store::RecordClass::event || head.supersedes != 0) {
      touched.reset();
      return false;
    }
    if (!head.place.empty()) {
      touched->places.emplace(head.place);
    }
    return true;
  });
  if (!touched) {
    return touched;
  }
  reading.legs(city.code, {after}, [&](const store::LegView& leg) {
    if (leg.kind == ledger::AccountKind::stock) {
      touched->places.emplace(leg.a);
    } else if (leg.kind == ledger::AccountKind::transit) {
      touched->shipments.emplace(leg.a);
    }
    return true;
  });
  return touched;
}

}  // namespace

struct Watch::State {
  State(CityName name, const NormBook& rules, base::Day on)
      : city(std::move(name)), book(rules), day(on) {}
  CityName city;
  const NormBook& book;
  base::Day day;
  store::Seq seen{0};
  std::optional<Round> round{};
};

Watch::Watch(CityName city, const NormBook& book, base::Day day)
    : state_(std::make_unique<State>(std::move(city), book, day)) {}
Watch::~Watch() = default;

Looked Watch::look(store::Reading& reading, const FindingVisit& visit) {
  State& state = *state_;
  const store::Seq last = reading.last(state.city.code).seq;
  const bool near = state.round && last - state.seen <= kRecordsMax;
  const auto touched =
      near ? touched_since(reading, state.city, state.seen) : std::optional<TouchedIds>{};
  state.seen = last;
  if (touched) {
    state.round->take_up(reading, *touched);
    return {state.round->run_touched(reading, *touched, visit), false};
  }
  state.round.emplace(reading, state.city, state.book, state.day);
  return {state.round->run(reading, {state.day}, visit), true};
}

}  // namespace huan::oversight
