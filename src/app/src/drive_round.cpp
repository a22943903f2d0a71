// SPDX-License-Identifier: Apache-2.0
#include "huan/app/drive_round.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "handover_events.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using booking::State;
using rounds::StopKind;
using rounds::StopState;

constexpr std::string_view kHandoverPurpose = "hand-over code 1";
constexpr std::uint32_t kHandoverCodes = 1'000'000;
constexpr std::int64_t kDaysAhead = 61;    // how far ahead a day is booked, and one
constexpr std::int64_t kClockSlack = 600;  // how far a phone's clock may run ahead

bool at_door(StopKind kind) { return kind == StopKind::order || kind == StopKind::visit; }

OrderMove order_move(const RoundStep& step, const rounds::Stop& stop, State to) {
  OrderMove move;
  move.city = step.city;
  move.key = stop.ref;
  move.to = to;
  move.mover = to == State::missed ? booking::Mover::desk : booking::Mover::driver;
  move.vehicle = step.vehicle;
  move.reason = step.step.reason;
  move.door_code = step.code;
  move.paid_cash = step.paid_cash;
  move.by = step.by;
  return move;
}

Result<void> bring_order(CityWriter& writer, const OrderParts& parts, const OrderMove& move) {
  auto moved = move_order_within(writer, parts, move);
  return moved ? Result<void>() : Result<void>(std::move(moved).error());
}

/// The order goes along with its stop, through its own table.
Result<void> follow_order(CityWriter& writer, const OrderParts& parts, const RoundStep& step,
                          const rounds::Stop& before) {
  const auto kept = order_on_record(writer.reading(), step.city, before.ref);
  if (!kept) {
    return Error{ErrorCode::not_found, "/stop", before.ref};
  }
  const bool called_off = kept->order.state == State::cancelled || kept->order.slot.day != step.day;
  if (called_off && before.state == StopState::planned) {
    return step.step.to == StopState::missed
               ? Result<void>()  // nothing is missed that was called off
               : Error{ErrorCode::in_use, "/stop",
                       "the customer has cancelled or moved it: `missed` ends the stop"};
  }
  switch (step.step.to) {
    case StopState::arrived:
      return kept->order.state == State::on_way
                 ? Result<void>()
                 : bring_order(writer, parts, order_move(step, before, State::on_way));
    case StopState::weighed: {
      OrderMove move = order_move(step, before, State::weighed);
      move.weighed = booking::Weighed{};
      move.weighed->photo = step.step.photo;
      for (const rounds::Loaded& one : step.step.loaded) {
        move.weighed->lines.push_back({one.material, one.mass, {}, {}});
      }
      return bring_order(writer, parts, move);
    }
    case StopState::done:
      return kept->order.state == State::done
                 ? Result<void>()  // the customer agreed on their own page
                 : bring_order(writer, parts, order_move(step, before, State::done));
    case StopState::refused:
      return kept->order.state == State::returned
                 ? Result<void>()  // likewise
                 : bring_order(writer, parts, order_move(step, before, State::returned));
    default:
      return bring_order(
          writer, parts,
          order_move(step, before,
                     before.state == StopState::planned ? State::missed : State::nobody_home));
  }
}

Result<void> check_code(const OrderParts& parts, const RoundStep& step) {
  HUAN_TRY(code, handover_code(parts.personal, round_key(step.day, step.vehicle), step.step.stop));
  if (!crypto::equal_in_constant_time(code, step.code)) {
    return Error{ErrorCode::bad_field, "/code", "the six digits that the place is shown"};
  }
  return {};
}

/// When a step happened, as the ledger has it: a phone without a network says so later. Never
/// before the step before it, nor longer ago than a phone keeps steps.
class StepClock final : public base::Clock {
 public:
  StepClock(const rounds::Round& before, base::Instant said, base::Instant now) {
    base::Instant last{now.s - kKeptS};
    for (const rounds::Stop& stop : before.stops) {
      last = std::max({last, stop.arrived_at, stop.ended_at});
    }
    at_ = std::min(std::max(said, last), now);
  }
  base::Instant now() override { return at_; }
  /// What it rests on happened later: the customer agreed on their own page.
  void not_before(base::Instant at) { at_ = std::max(at_, at); }

 private:
  static constexpr std::int64_t kKeptS = 3 * 86'400;
  base::Instant at_;
};

/// When what was taken at the door came into the books.
base::Instant received_at(CityWriter& writer, const RoundStep& step, const std::string& order) {
  const auto kept = order_on_record(writer.reading(), step.city, order);
  const auto id = kept ? base::Uuid::parse(kept->order.event) : std::nullopt;
  const auto record = id ? writer.reading().record(step.city, *id) : std::nullopt;
  return record ? record->time : base::Instant{};
}

/// Posts what changes hands: at stations and centres with both sides' word for it, at a door after
/// the customer's.
Result<void> hand_over(CityWriter& writer, const OrderParts& parts, const RoundStep& step,
                       rounds::Round& round) {
  const auto stop = std::ranges::find(round.stops, step.step.stop, &rounds::Stop::id);
  if (!at_door(stop->kind)) {
    HUAN_CHECK(check_code(parts, step));
  }
  const Handover handover{step.city, round, static_cast<std::size_t>(stop - round.stops.begin()),
                          parts.clock.now()};
  HUAN_TRY(events, handover_events(writer.reading(), handover));
  for (const std::string& text : events.json) {
    const Outcome outcome = writer.post(prepare(text), step.by);
    if (outcome.status == Status::refused) {
      return outcome.error;
    }
  }
  stop->shipment = events.shipment;
  if (stop->kind == StopKind::unload && stop->loaded.empty()) {
    stop->loaded = events.accepted;
  }
  if (stop->kind == StopKind::station) {
    stop->loaded = events.loaded;
  }
  return {};
}

Result<void> check_time(const RoundStep& step, base::Instant now) {
  const std::int64_t midnight = std::int64_t{step.day.n} * 86'400;
  const bool sound = step.step.at.s <= now.s + kClockSlack &&
                     step.step.at.s > midnight - kDaysAhead * 86'400 &&
                     step.step.at.s < midnight + 3 * 86'400;
  return sound ? Result<void>()
               : Error{ErrorCode::bad_time, "/at", "a time of that day, not after now"};
}

Result<void> check_photo(CityWriter& writer, const RoundStep& step) {
  const std::string& photo = step.step.photo;
  const auto digest = crypto::digest_from_hex(photo);
  const bool kept = photo.empty() || (digest && writer.reading().file(step.city, *digest));
  return kept ? Result<void>() : Error{ErrorCode::unknown_evidence, "/photo", photo};
}

Result<KeptRound> write_step(CityWriter& writer, const OrderParts& parts, const RoundStep& step) {
  HUAN_CHECK(check_time(step, parts.clock.now()));
  HUAN_CHECK(check_photo(writer, step));
  auto found = round_on_record(writer.reading(), step.city, step.day, step.vehicle);
  if (!found) {
    return Error{ErrorCode::not_found, "vehicle", step.vehicle};
  }
  KeptRound kept = std::move(*found);
  const rounds::Round before = kept.round;
  HUAN_TRY(taken, rounds::take_step(kept.round, step.step));
  if (taken == rounds::Stepped::again) {
    return kept;
  }
  const auto stop = std::ranges::find(before.stops, step.step.stop, &rounds::Stop::id);
  StepClock clock(before, step.step.at, parts.clock.now());
  const OrderParts then{parts.recorder, parts.personal, clock};
  if (at_door(stop->kind)) {
    HUAN_CHECK(follow_order(writer, then, step, *stop));
    clock.not_before(received_at(writer, step, stop->ref));
  }
  if (step.step.to == StopState::done) {
    HUAN_CHECK(hand_over(writer, then, step, kept.round));
  }
  HUAN_TRY(version, put_round(writer, kept.round, step.by));
  kept.version = version;
  return kept;
}

Result<void> plan_orders(CityWriter& writer, const OrderParts& parts, const RoundStep& as,
                         const rounds::Round& round) {
  for (const rounds::Stop& stop : round.stops) {
    const auto kept =
        at_door(stop.kind) ? order_on_record(writer.reading(), as.city, stop.ref) : std::nullopt;
    if (kept && kept->order.state == State::booked) {
      OrderMove move = order_move(as, stop, State::planned);
      move.vehicle = round.vehicle;
      move.mover = booking::Mover::desk;
      HUAN_CHECK(bring_order(writer, parts, move));
    }
  }
  return {};
}

Result<void> publish_rounds(CityWriter& writer, const OrderParts& parts, const RoundStep& as,
                            const DayAsked& asked) {
  DayOnRecord day = rounds_of_day(writer.reading(), as.city, asked);
  if (!day.sheet) {
    return Error{ErrorCode::not_found, "day", "nothing is planned for that day"};
  }
  for (KeptRound& kept : day.rounds) {
    if (kept.round.stops.empty() || kept.round.state == rounds::RoundState::closed) {
      continue;
    }
    if (kept.round.driver.empty()) {
      return Error{ErrorCode::bad_field, "/rounds/" + kept.round.vehicle + "/driver",
                   kept.round.vehicle + " has no driver"};
    }
    HUAN_CHECK(plan_orders(writer, parts, as, kept.round));
    if (kept.round.state == rounds::RoundState::draft) {
      kept.round.state = rounds::RoundState::published;
      HUAN_TRY(version, put_round(writer, kept.round, as.by));
      static_cast<void>(version);
    }
  }
  day.sheet->sheet.state = rounds::RoundState::published;
  return put_sheet(writer, day.sheet->sheet, as.by);
}

Result<KeptRound> put_changed(Recorder& recorder, const std::string& city, KeptRound kept,
                              const Principal& by) {
  Result<std::int64_t> version{Error{}};
  recorder.run(city, 1, [&](CityWriter& writer) {
    const auto now = round_on_record(writer.reading(), city, kept.round.day, kept.round.vehicle);
    version = now && now->version == kept.version
                  ? put_round(writer, kept.round, by)
                  : Result<std::int64_t>(
                        Error{ErrorCode::version_conflict, "vehicle", kept.round.vehicle});
    return version.has_value();
  });
  if (!version) {
    return version.error();
  }
  kept.version = *version;
  return kept;
}

}  // namespace

Result<std::string> handover_code(const Personal& personal, const std::string& round,
                                  const std::string& stop) {
  const auto secret = personal.derived(kHandoverPurpose);
  if (!secret) {
    return Error{ErrorCode::vault_locked, "", ""};
  }
  const crypto::Digest mac = crypto::hmac_sha256(secret->bytes(), round + " " + stop);
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    number = number << 8U | mac.at(i);
  }
  const std::string digits = std::to_string(number % kHandoverCodes);
  return std::string(6 - digits.size(), '0') + digits;
}

Result<void> end_agreed_stop(CityWriter& writer, const OrderParts& parts, const KeptOrder& agreed,
                             const Principal& by) {
  const booking::Order& order = agreed.order;
  const std::string& city = writer.setting().city;
  const auto kept = round_on_record(writer.reading(), city, order.slot.day, order.vehicle);
  if (order.state != State::done || !kept || kept->round.state != rounds::RoundState::published) {
    return {};
  }
  rounds::Round round = kept->round;
  const auto stop = std::ranges::find_if(round.stops, [&](const rounds::Stop& one) {
    const bool open = one.state == StopState::arrived || one.state == StopState::weighed;
    return at_door(one.kind) && one.ref == agreed.key && open;
  });
  if (stop == round.stops.end()) {
    return {};
  }
  RoundStep step{city, round.day, round.vehicle, {stop->id, StopState::weighed, parts.clock.now()}};
  step.by = by;
  for (const booking::WeighedLine& line : order.weighed->lines) {
    step.step.loaded.push_back({line.material, line.mass});
  }
  HUAN_CHECK(rounds::take_step(round, step.step));
  step.step.to = StopState::done;
  HUAN_CHECK(rounds::take_step(round, step.step));
  if (!hand_over(writer, parts, step, round)) {
    return {};  // the customer's word stands; why it cannot go along the driver's own step says
  }
  auto version = put_round(writer, round, by);
  return version ? Result<void>() : Result<void>(std::move(version).error());
}

Result<KeptRound> drive_round(const OrderParts& parts, const RoundStep& step) {
  Result<KeptRound> kept{Error{}};
  parts.recorder.run(step.city, 8, [&](CityWriter& writer) {
    kept = write_step(writer, parts, step);
    return kept.has_value();
  });
  return kept;
}

Result<DayOnRecord> publish_day(const OrderParts& parts, const std::string& city,
                                const DayAsked& asked, const Principal& by) {
  RoundStep as;
  as.city = city;
  as.by = by;
  Result<void> done;
  DayOnRecord after;
  parts.recorder.run(city, 1'000, [&](CityWriter& writer) {
    done = publish_rounds(writer, parts, as, asked);
    if (done) {
      after = rounds_of_day(writer.reading(), city, asked);
    }
    return done.has_value();
  });
  return done ? Result<DayOnRecord>(std::move(after)) : Result<DayOnRecord>(done.error());
}

Result<KeptRound> assign_driver(Recorder& recorder, const std::string& city, const KeptRound& round,
                                const std::string& driver, const Principal& by) {
  KeptRound changed = round;
  const bool begun = std::ranges::any_of(
      round.round.stops, [](const rounds::Stop& stop) { return stop.state != StopState::planned; });
  if (begun || round.round.state == rounds::RoundState::closed) {
    return Error{ErrorCode::in_use, "/driver", "the round has begun"};
  }
  changed.round.driver = driver;
  return put_changed(recorder, city, std::move(changed), by);
}

Result<KeptRound> close_round(Recorder& recorder, const std::string& city, const KeptRound& round,
                              const Principal& by) {
  if (round.round.state == rounds::RoundState::closed) {
    return round;
  }
  const rounds::Balance balance = rounds::balance_of(round.round, 0);
  if (round.round.state != rounds::RoundState::published || balance.open > 0) {
    return Error{ErrorCode::in_use, "/state",
                 std::to_string(balance.open) + " stops have not ended"};
  }
  const auto board = rounds::on_board(round.round);
  if (!board.empty()) {
    return Error{ErrorCode::in_use, "/on_board",
                 board.front().material + " is still on board: unload it at a centre"};
  }
  KeptRound closed = round;
  closed.round.state = rounds::RoundState::closed;
  return put_changed(recorder, city, std::move(closed), by);
}

/// What was written since: whole rounds where one of the day is among it.
void ExpectedBoard::catch_up(store::Reading& reading, const ExpectedAsked& asked, Day& day) {
  const store::Seq last = reading.last(asked.city).seq;
  if (last <= day.seen) {
    return;
  }
  const std::string prefix = round_key(asked.day, "");
  std::set<std::string> vehicles;
  if (day.seen == 0) {
    for (const KeptRound& kept : rounds_of_day(reading, asked.city, {asked.day, ""}).rounds) {
      vehicles.insert(kept.round.vehicle);
    }
  } else {
    reading.record_heads(asked.city, {day.seen, last}, [&](const store::RecordView& record) {
      if (record.type == kRouteKind && record.key.starts_with(prefix)) {
        vehicles.emplace(record.key.substr(prefix.size()));
      }
      return true;
    });
  }
  for (const std::string& vehicle : vehicles) {
    std::vector<rounds::Stop>& stops = day.stops[vehicle];
    stops.clear();
    const auto kept = round_on_record(reading, asked.city, asked.day, vehicle);
    if (kept && kept->round.state == rounds::RoundState::published) {
      std::ranges::copy_if(kept->round.stops, std::back_inserter(stops),
                           [](const rounds::Stop& stop) { return !at_door(stop.kind); });
    }
  }
  day.seen = last;
}

Result<std::vector<Expected>> ExpectedBoard::at(store::Reading& reading, const Personal& personal,
                                                const ExpectedAsked& asked) {
  constexpr std::size_t kDays = 8;
  std::vector<Expected> all;
  const std::scoped_lock lock(mutex_);
  if (days_.size() >= kDays && !days_.contains({asked.city, asked.day.n})) {
    days_.clear();
  }
  Day& day = days_[{asked.city, asked.day.n}];
  catch_up(reading, asked, day);
  for (const auto& [vehicle, stops] : day.stops) {
    for (const rounds::Stop& stop : stops) {
      if (stop.place == asked.place) {
        HUAN_TRY(code, handover_code(personal, round_key(asked.day, vehicle), stop.id));
        all.push_back({vehicle, stop, std::move(code)});
      }
    }
  }
  std::ranges::stable_sort(all, {}, [](const Expected& one) { return one.stop.arrive_s; });
  return all;
}

void write_round(json::Writer& w, const KeptRound& kept, std::int32_t offset_s) {
  const rounds::Balance sums = rounds::balance_of(kept.round, offset_s);
  w.begin_object().key("balance").begin_object().member("done", sums.done);
  w.member("driven_s", sums.driven_s).member("late", sums.late);
  w.member("loaded_g", sums.loaded.count()).member("missed", sums.missed);
  w.member("open", sums.open).member("planned_s", sums.planned_s);
  w.member("refused", sums.refused).member("unloaded_g", sums.unloaded.count()).end_object();
  rounds::write_loads(w.key("on_board"), rounds::on_board(kept.round));
  w.key("round").raw(rounds::to_json(kept.round));
  w.member("version", kept.version).end_object();
}

}  // namespace huan::app
