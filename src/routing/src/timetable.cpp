// SPDX-License-Identifier: Apache-2.0
#include "timetable.hpp"

#include <algorithm>
#include <cmath>

#include "timing.hpp"

namespace huan::routing {

namespace {

std::int64_t amount_at(const Load& load, std::size_t d) { return d < load.size() ? load[d] : 0; }

}  // namespace

const Site& Timetable::site(Code code) const {
  return code >= 0 ? model_->sites[static_cast<std::size_t>(code)]
                   : model_->facilities[static_cast<std::size_t>(-1 - code)];
}

const Stop& Timetable::stop_at(std::size_t row) const {
  return model_->problem->stops[model_->stop_of[static_cast<std::size_t>(rows_[row].code)]];
}

bool Timetable::reloads(Code code) const {
  return model_->problem->facilities[static_cast<std::size_t>(-1 - code)].reloads;
}

bool Timetable::refuse(ReasonCode code, double amount) {
  refusal_ = code;
  excess_ = amount;
  return false;
}

bool Timetable::fits(int slot, std::span<const Code> codes) {
  slot_ = &model_->slots[static_cast<std::size_t>(slot)];
  if (late(codes.size() + 2)) {
    return refuse(ReasonCode::search, 0);
  }
  passage_.hurry(hurries_ && !writing_ ? &deadline_ : nullptr);
  passage_.take(Passage::Detours::cheapest);
  if (!lay_out(codes) || !loads_fit() || !times_fit()) {
    return false;
  }
  if (caps_hold()) {
    return true;
  }
  // What is cheapest may be too long, in time or in ways.
  for (const auto other : {Passage::Detours::earliest, Passage::Detours::none}) {
    passage_.take(other);
    if (slot_->detours && lay_out(codes) && times_fit() && caps_hold()) {
      return true;
    }
  }
  return false;
}

bool Timetable::late(std::size_t rows) {
  constexpr std::int64_t kWorkOfRow = 1;
  return hurries_ && !writing_ &&
         deadline_.passed_after(kWorkOfRow * static_cast<std::int64_t>(rows));
}

bool Timetable::write(int slot, std::span<const Code> codes) {
  writing_ = true;
  const bool may = fits(slot, codes);
  writing_ = false;
  if (may) {
    place_breaks();
  }
  return may;
}

bool Timetable::lay_out(std::span<const Code> codes) {
  rows_.assign(codes.size() + 2, Row{});
  release_.assign(rows_.size(), 0);
  rows_.front().place = slot_->start;
  rows_.back().place = slot_->end;
  distance_ = 0;
  travel_ = 0;
  std::size_t trip = 0;
  std::uint32_t stops = 0;
  std::uint32_t unloads = 0;
  for (std::size_t k = 1; k < rows_.size(); ++k) {
    Row& row = rows_[k];
    if (k + 1 < rows_.size()) {
      const Code code = codes[k - 1];
      const Site& here = site(code);
      row.code = code;
      row.place = here.place;
      row.service = here.service * slot_->service_factor;
      row.setup = here.place == rows_[k - 1].place ? 0 : here.setup * slot_->service_factor;
      trip = code < 0 && reloads(code) ? k : trip;
      release_[trip] = std::max(release_[trip], code < 0 ? 0 : here.release);
      unloads += code < 0 ? 1 : 0;
      stops += code < 0 ? 0 : 1;
    }
    row.travel = slot_->ways->time(rows_[k - 1].place, row.place) * slot_->travel_factor;
    row.distance = slot_->ways->distance(rows_[k - 1].place, row.place);
    distance_ += row.distance;
    travel_ += row.travel;
  }
  const bool reachable = travel_ < kForever && distance_ < kForever;
  if (!reachable) {
    return refuse(ReasonCode::unreachable, 0);
  }
  if (stops > slot_->caps->stops_max || unloads > slot_->caps->unloads_max) {
    return refuse(ReasonCode::stops, 1);
  }
  return true;
}

/// Whatever is taken in the trip is left later in it, whatever is left was taken earlier.
bool Timetable::pairs_hold(std::size_t first, std::size_t last) {
  if (model_->mates.empty()) {
    return true;
  }
  row_of_.resize(model_->sites.size(), 0);
  const auto row = [&](int visit) -> std::size_t& {
    return row_of_[static_cast<std::size_t>(visit)];
  };
  for (std::size_t k = first; k < last; ++k) {
    row(rows_[k].code) = k;
  }
  bool hold = true;
  for (std::size_t k = first; k < last; ++k) {
    const int mate = model_->mate(rows_[k].code);
    if (mate >= 0) {
      const bool earlier = row(mate) > 0 && row(mate) < k;
      const bool open = row(mate) == 0 && model_->open_pickup(rows_[k].code);
      hold = hold && (open || (row(mate) > 0 && earlier == model_->leaves(rows_[k].code)));
    }
  }
  for (std::size_t k = first; k < last; ++k) {
    row(rows_[k].code) = 0;
  }
  return hold || refuse(ReasonCode::search, 0);
}

bool Timetable::trip_fits(std::size_t first, std::size_t last) {
  const Problem& p = *model_->problem;
  for (std::size_t k = first; k < last && rows_[last].code < 0; ++k) {
    const Facility& facility = p.facilities[static_cast<std::size_t>(-1 - rows_[last].code)];
    if (!takes(facility, stop_at(k).material)) {
      return refuse(ReasonCode::facility, 0);
    }
  }
  return pairs_hold(first, last);
}

/// What is loaded at the row for the stops up to the next place where the vehicle reloads.
std::int64_t Timetable::brought(std::size_t row, std::size_t d) const {
  std::int64_t sum = 0;
  for (std::size_t k = row + 1; k + 1 < rows_.size(); ++k) {
    if (rows_[k].code >= 0) {
      sum += amount_at(stop_at(k).delivery, d);
    } else if (reloads(rows_[k].code)) {
      break;
    }
  }
  return sum;
}

bool Timetable::dimension_fits(std::size_t d) {
  const Vehicle& vehicle = model_->problem->vehicles[slot_->vehicle];
  std::int64_t collected = amount_at(vehicle.start_load, d);
  std::int64_t others = brought(0, d);  // for stops ahead, and goods of pairs
  for (std::size_t k = 0; k + 1 < rows_.size(); ++k) {
    const Code code = rows_[k].code;
    if (k > 0 && code >= 0) {
      others += model_->carried(code, d) - amount_at(stop_at(k).delivery, d);
      collected += amount_at(model_->pickup(code), d);
    } else if (k > 0) {
      collected = 0;
      others += reloads(code) ? brought(k, d) : 0;
    }
    const std::int64_t board = collected + others;
    if (slot_->loads_at_rest) {
      boards_[k][d] = board;
    }
    if (d < vehicle.capacity.size() && board > vehicle.capacity[d]) {
      excess_dimension_ = d;
      return refuse(ReasonCode::fleet_capacity, static_cast<double>(board - vehicle.capacity[d]));
    }
  }
  if (vehicle.empty_at_end && collected > 0) {
    excess_dimension_ = d;
    return refuse(ReasonCode::facility, static_cast<double>(collected));
  }
  return true;
}

bool Timetable::loads_fit() {
  std::size_t first = 1;
  for (std::size_t k = 1; k < rows_.size(); ++k) {
    if (k + 1 == rows_.size() || rows_[k].code < 0) {
      if (!trip_fits(first, k)) {
        return false;
      }
      first = k + 1;
    }
  }
  const std::size_t dims = model_->problem->dimensions.size();
  if (slot_->loads_at_rest) {
    boards_.assign(rows_.size(), Load(dims, 0));
  }
  for (std::size_t d = 0; d < dims; ++d) {
    if (!dimension_fits(d)) {
      return false;
    }
  }
  return shift_load_fits();
}

bool Timetable::shift_load_fits() {
  const Load& cap = slot_->caps->load_max;
  for (std::size_t d = 0; d < cap.size(); ++d) {
    std::int64_t sum = 0;
    for (std::size_t k = 1; k + 1 < rows_.size(); ++k) {
      if (rows_[k].code >= 0) {
        sum += amount_at(model_->pickup(rows_[k].code), d) + amount_at(stop_at(k).delivery, d);
      }
    }
    if (sum > cap[d]) {
      excess_dimension_ = d;
      return refuse(ReasonCode::load_cap, static_cast<double>(sum - cap[d]));
    }
  }
  return true;
}

double Timetable::end_time(double depart) {
  const std::size_t states = slot_->breaks->size() + 1;
  const bool timed = slot_->ways->timed();
  ready_.assign(rows_.size() * states, kForever);
  took_.assign(rows_.size() * states, 0);
  ready_[0] = std::max(depart, release_[0]);
  late_ = 0;
  for (std::size_t k = 1; k < rows_.size(); ++k) {
    const Row& row = rows_[k];
    const bool last = k + 1 == rows_.size();
    for (std::size_t s = 0; s < states; ++s) {
      const double from = ready_[(k - 1) * states + s];
      double& ready = ready_[k * states + s];
      if (from == kForever) {
        continue;
      }
      const double way =
          timed ? slot_->ways->time_at(rows_[k - 1].place, row.place, from, slot_->travel_factor)
                : row.travel;
      if (last) {
        ready = from + way;
        continue;
      }
      const Site& here = site(row.code);
      ready = begin_at(here, from + way) + row.setup + row.service;
      if (ready == kForever && s == 0 && late_ == 0) {
        late_ = from + way - here.to;
      }
      ready = row.code < 0 ? std::max(ready, release_[k]) : ready;
    }
    for (std::size_t s = 0; !last && s + 1 < states; ++s) {
      const Break& rest = (*slot_->breaks)[s];
      const double here = ready_[k * states + s];
      const double over = here < kForever ? break_begin(rest, here) + rest.duration_s : kForever;
      if (over < ready_[k * states + s + 1]) {
        ready_[k * states + s + 1] = over;
        took_[k * states + s + 1] = 1;
      }
    }
  }
  return ready_.back();
}

double Timetable::latest_departure(double end) const {
  const std::size_t states = slot_->breaks->size() + 1;
  std::vector<double> leave(states, -kForever);
  leave.back() = end - rows_.back().travel;
  for (std::size_t k = rows_.size() - 2; k > 0; --k) {
    const Row& row = rows_[k];
    take_breaks_back(*slot_->breaks, leave.data());
    for (double& latest : leave) {
      latest = latest_begin(site(row.code), latest - row.service - row.setup) - row.travel;
    }
  }
  return leave.front();
}

/// The latest departure that ends no later, as far as windows and breaks go.
double Timetable::departure_for(double end) {
  if (!slot_->ways->timed()) {
    return std::max(ready_.front(), latest_departure(end));
  }
  double low = ready_.front();
  double high = end;
  for (int round = 0; round < 50 && high - low > 1e-6; ++round) {
    const double middle = (low + high) / 2;
    (end_time(middle) <= end ? low : high) = middle;
  }
  static_cast<void>(end_time(low));
  return low;
}

bool Timetable::times_fit() {
  const double end = end_time(slot_->open);
  if (end > slot_->close + kSlack) {
    return refuse(ReasonCode::windows, end < kForever ? end - slot_->close : late_);
  }
  if (slot_->watched) {
    return passage_fits(end);
  }
  const double depart = departure_for(end);
  rows_.front().begin = depart;
  rows_.back().arrival = end;
  duration_ = end - depart;
  return true;
}

bool Timetable::passage_fits(double plain_end) {
  stages_.assign(rows_.size(), Stage{});
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    const Row& row = rows_[k];
    const bool inner = k > 0 && k + 1 < rows_.size();
    stages_[k] = {row.place,   inner ? &site(row.code) : nullptr,           row.setup, row.service,
                  release_[k], slot_->loads_at_rest ? &boards_[k] : nullptr};
  }
  double begun = slot_->open;
  double end = passage_.run(*slot_, stages_, begun);
  // Work counts from the departure: one who leaves early and waits is sooner due for a break.
  for (const double by : {plain_end, slot_->close}) {
    if (end > slot_->close + kSlack && slot_->rests_by_work) {
      begun = departure_for(by);
      end = passage_.run(*slot_, stages_, begun);
    }
  }
  if (end > slot_->close + kSlack) {
    const bool zone = passage_.zone_closed();
    return refuse(zone ? ReasonCode::zone : ReasonCode::windows, end < kForever ? end - slot_->close
                                                                 : zone         ? passage_.missed()
                                                                                : 0);
  }
  if (writing_ || model_->duration_matters || slot_->duration_max < kForever) {
    end = passage_.run(*slot_, stages_, begun_late(end, begun));
  }
  rows_.front().begin = passage_.departure();
  rows_.back().arrival = end;
  duration_ = end - passage_.departure();
  count_detours();
  return true;
}

/// Ways that lead round are longer than those that were laid out.
void Timetable::count_detours() {
  const auto& times = passage_.times();
  for (std::size_t k = 1; slot_->detours && k < rows_.size(); ++k) {
    if (const Detour* detour = times[k].detour; detour != nullptr) {
      Row& row = rows_[k];
      const double work = detour->duration_s * slot_->travel_factor;
      distance_ += detour->distance - row.distance;
      travel_ += work - row.travel;
      row.distance = detour->distance;
      row.travel = work;
      row.around = true;
    }
  }
}

/// As late as halving finds a departure that still ends then.
double Timetable::begun_late(double end, double begun) {
  double low = begun;
  double high = end;
  for (int round = 0; round < 50 && high - low > 1e-6; ++round) {
    const double middle = (low + high) / 2;
    (passage_.run(*slot_, stages_, middle) <= end + kSlack ? low : high) = middle;
  }
  return low;
}

bool Timetable::caps_hold() {
  const ShiftCaps& caps = *slot_->caps;
  overtime_ = std::max(0.0, duration_ - caps.duration_max_s);
  if (overtime_ > caps.overtime_max_s + kSlack) {
    return refuse(ReasonCode::duration, overtime_ - caps.overtime_max_s);
  }
  if (distance_ > caps.distance_max + kSlack) {
    return refuse(ReasonCode::distance, distance_ - caps.distance_max);
  }
  if (slot_->ways->timed() && caps.travel_max_s < kForever) {
    place_breaks();
    travel_ = 0;
    for (const Row& row : rows_) {
      travel_ += row.travel;
    }
  }
  if (travel_ > caps.travel_max_s + kSlack) {
    return refuse(ReasonCode::travel, travel_ - caps.travel_max_s);
  }
  return true;
}

void Timetable::place_passage() {
  const auto& times = passage_.times();
  rows_.front().arrival = passage_.departure();
  for (std::size_t k = 0; k < rows_.size(); ++k) {
    Row& row = rows_[k];
    row.breaks_before = times[k].breaks_before;
    row.breaks_after = times[k].breaks_after;
    if (k == 0) {
      continue;
    }
    const double work =
        row.around ? times[k].detour->duration_s : slot_->ways->time(rows_[k - 1].place, row.place);
    row.travel = slot_->ways->stretched(work * slot_->travel_factor, times[k - 1].leaves);
    row.arrival = times[k].arrival;
    row.begin = times[k].begin;
    row.hold = times[k].hold;
  }
}

void Timetable::place_breaks() {
  if (slot_->watched) {
    place_passage();
    return;
  }
  const double depart = rows_.front().begin;
  static_cast<void>(end_time(depart));
  const std::size_t states = slot_->breaks->size() + 1;
  std::size_t state = states - 1;
  for (std::size_t k = rows_.size() - 1; k > 0; --k) {
    Row& row = rows_[k];
    row.breaks_after = 0;
    while (took_[k * states + state] != 0) {
      ++row.breaks_after;
      --state;
    }
    row.breaks_before = static_cast<int>(state);
  }
  double now = depart;
  rows_.front().arrival = depart;
  for (std::size_t k = 1; k < rows_.size(); ++k) {
    Row& row = rows_[k];
    row.travel = slot_->ways->timed() ? slot_->ways->time_at(rows_[k - 1].place, row.place, now,
                                                             slot_->travel_factor)
                                      : row.travel;
    row.arrival = now + row.travel;
    if (k + 1 == rows_.size()) {
      row.begin = row.arrival;
      break;
    }
    row.begin = begin_at(site(row.code), row.arrival);
    now = row.begin + row.setup + row.service;
    now = row.code < 0 ? std::max(now, release_[k]) : now;
    for (int b = 0; b < row.breaks_after; ++b) {
      const Break& rest = (*slot_->breaks)[static_cast<std::size_t>(row.breaks_before) +
                                           static_cast<std::size_t>(b)];
      now = break_begin(rest, now) + rest.duration_s;
    }
  }
}

}  // namespace huan::routing
