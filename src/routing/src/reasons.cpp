// SPDX-License-Identifier: Apache-2.0
#include "reasons.hpp"

#include <algorithm>

#include "rooms.hpp"
#include "timetable.hpp"

namespace huan::routing {

namespace {

class Inquiry {
 public:
  Inquiry(const Model& model, const Solution& solution, int visit)
      : model_(&model),
        solution_(&solution),
        visit_(visit),
        stop_(&model.problem->stops[model.stop_of[static_cast<std::size_t>(visit)]]),
        timetable_(model),
        rooms_(model) {
    timetable_.hurry(false);
    for (std::size_t slot = 0; rooms_.watched() && slot < solution.routes.size(); ++slot) {
      rooms_.set(static_cast<int>(slot), solution.routes[slot]);
    }
    const int mate = model.mate(visit);
    if (mate >= 0) {
      together_ = {model.leaves(visit) ? mate : visit, model.leaves(visit) ? visit : mate};
    }
  }

  std::vector<Reason> answer(std::int64_t& effort) {
    if (effort == kNoTime) {
      return {{ReasonCode::search, kNone, 0, ""}};
    }
    if (model_->slots.empty()) {
      return {{ReasonCode::no_vehicle, kNone, 0, ""}};
    }
    if (!someone_may()) {
      return {{stop_->skills.empty() ? ReasonCode::no_vehicle : ReasonCode::skills, kNone, 0, ""}};
    }
    bool alone_fits = false;
    for (const auto& slots : model_->slots_of_type) {
      alone_fits = alone(slots.front()) || alone_fits;
    }
    if (!alone_fits) {
      return sorted();
    }
    found_.clear();
    bool room = false;
    for (int slot = 0; slot < model_->slot_count() && effort > 0; ++slot) {
      if (may(slot)) {
        room = beside_others(slot, effort) || room;
      }
    }
    if (stop_->prize) {
      found_.push_back({ReasonCode::prize, kNone, *stop_->prize, ""});
    } else if (room && model_->patterned(visit_)) {
      found_.push_back({ReasonCode::days, kNone, 0, ""});
    } else if (room || found_.empty()) {
      found_.push_back({ReasonCode::search, kNone, 0, ""});
    }
    return sorted();
  }

 private:
  [[nodiscard]] bool may(int slot) const {
    const Slot& here = model_->slots[static_cast<std::size_t>(slot)];
    const bool today =
        !model_->foreseen(visit_) || model_->dues[static_cast<std::size_t>(visit_)].day == here.day;
    return today && model_->may(visit_, here.type);
  }
  [[nodiscard]] bool someone_may() const {
    for (int slot = 0; slot < model_->slot_count(); ++slot) {
      if (may(slot)) {
        return true;
      }
    }
    return false;
  }

  /// In a route of its own, unloaded wherever it can be.
  bool alone(int slot) {
    if (!may(slot)) {
      return false;
    }
    std::vector<Code> codes = together_;
    if (timetable_.fits(slot, codes)) {
      return true;
    }
    note(slot, true);
    for (const Index facility : unload_at(slot)) {
      codes = together_;
      codes.push_back(-1 - static_cast<int>(facility));
      if (timetable_.fits(slot, codes)) {
        if (room_alone(facility)) {
          return true;
        }
        continue;
      }
      note(slot, true);
    }
    return false;
  }
  [[nodiscard]] const std::vector<Index>& unload_at(int slot) const {
    const int type = model_->slots[static_cast<std::size_t>(slot)].type;
    return model_->unload_at[static_cast<std::size_t>(type)];
  }

  /// Whether the facility takes so much in a day, were it for this visit alone.
  bool room_alone(Index facility) {
    const Load& room = model_->problem->facilities[facility].capacity_per_day;
    const Load& load = model_->pickup(visit_);
    for (std::size_t d = 0; d < std::min(room.size(), load.size()); ++d) {
      if (load[d] > room[d]) {
        note({ReasonCode::facility, kNone, static_cast<double>(load[d] - room[d]), dimension(d)});
        return false;
      }
    }
    return true;
  }

  bool beside_others(int slot, std::int64_t& effort) {
    const auto& route = solution_->routes[static_cast<std::size_t>(slot)];
    const auto frozen =
        static_cast<std::size_t>(model_->frozen_codes[static_cast<std::size_t>(slot)]);
    for (std::size_t k = frozen; k <= route.size(); ++k) {
      // A visit of its own has one place, a pair two: the second behind the first or later.
      const std::size_t last = together_.size() > 1 ? route.size() : k;
      for (std::size_t j = k; j <= last && effort > 0; ++j) {
        std::vector<Code> codes = route;
        if (together_.size() > 1) {
          codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(j), together_.back());
        }
        codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(k), together_.front());
        if (tried(slot, codes, effort)) {
          return true;
        }
      }
      if (together_.size() == 1 && with_unloading(slot, k, effort)) {
        return true;
      }
    }
    return false;
  }

  bool tried(int slot, const std::vector<Code>& codes, std::int64_t& effort) {
    effort -= static_cast<std::int64_t>(codes.size());
    if (!timetable_.fits(slot, codes)) {
      note(slot, false);
      return false;
    }
    if (rooms_.watched() && !rooms_.allow(slot, codes)) {
      const Rooms::Shortage& shortage = rooms_.shortage();
      note({ReasonCode::facility, model_->slots[static_cast<std::size_t>(slot)].vehicle,
            static_cast<double>(shortage.amount), dimension(shortage.dimension)});
      return false;
    }
    return true;
  }

  /// The visit before code k, and an unloading in front of it or behind it.
  bool with_unloading(int slot, std::size_t k, std::int64_t& effort) {
    for (const Index facility : unload_at(slot)) {
      for (const std::size_t behind : {std::size_t{0}, std::size_t{1}}) {
        if (effort <= 0) {
          return false;
        }
        std::vector<Code> codes = solution_->routes[static_cast<std::size_t>(slot)];
        const auto place = codes.insert(codes.begin() + static_cast<std::ptrdiff_t>(k), visit_);
        codes.insert(place + static_cast<std::ptrdiff_t>(behind), -1 - static_cast<int>(facility));
        if (tried(slot, codes, effort)) {
          return true;
        }
      }
    }
    return false;
  }

  void note(int slot, bool alone) {
    ReasonCode code = timetable_.refusal();
    code = alone && code == ReasonCode::fleet_capacity ? ReasonCode::capacity : code;
    note({code, model_->slots[static_cast<std::size_t>(slot)].vehicle, timetable_.excess(),
          unit_of(code)});
  }
  void note(const Reason& reason) {
    const auto same = std::find_if(found_.begin(), found_.end(), [&](const Reason& other) {
      return other.code == reason.code && other.unit == reason.unit;
    });
    if (same == found_.end()) {
      found_.push_back(reason);
    } else if (reason.amount < same->amount) {
      *same = reason;
    }
  }
  [[nodiscard]] std::string dimension(std::size_t d) const {
    const auto& names = model_->problem->dimensions;
    return d < names.size() ? names[d] : "";
  }

  [[nodiscard]] std::string unit_of(ReasonCode code) const {
    switch (code) {
      case ReasonCode::capacity:
      case ReasonCode::fleet_capacity:
      case ReasonCode::load_cap:
        return dimension(timetable_.excess_dimension());
      case ReasonCode::facility:
        return timetable_.excess() > 0 ? dimension(timetable_.excess_dimension()) : "";
      case ReasonCode::windows:
      case ReasonCode::zone:
      case ReasonCode::duration:
      case ReasonCode::travel:
        return "s";
      case ReasonCode::distance:
        return model_->problem->ways.front().unit;
      default:
        return "";
    }
  }

  std::vector<Reason> sorted() {
    std::sort(found_.begin(), found_.end(),
              [](const Reason& a, const Reason& b) { return a.code < b.code; });
    return std::move(found_);
  }

  const Model* model_;
  const Solution* solution_;
  int visit_;
  std::vector<Code> together_{visit_};  ///< with the other stop of its pair, in order
  const Stop* stop_;
  Timetable timetable_;
  Rooms rooms_;
  std::vector<Reason> found_;
};

}  // namespace

std::vector<Reason> reasons_of(const Model& model, const Solution& solution, int visit,
                               std::int64_t& effort) {
  if (!model.foreseen(visit) || effort == kNoTime) {
    return Inquiry(model, solution, visit).answer(effort);
  }
  // Of a stop with a forecast, each visit that might be is asked for; each reason once, with the
  // least amount.
  std::vector<Reason> all;
  const Index stop = model.stop_of[static_cast<std::size_t>(visit)];
  for (int one = visit; one < model.end_visit(stop) && effort > 0; ++one) {
    for (const Reason& reason : Inquiry(model, solution, one).answer(effort)) {
      const auto same = std::find_if(all.begin(), all.end(), [&](const Reason& other) {
        return other.code == reason.code && other.unit == reason.unit;
      });
      if (same == all.end()) {
        all.push_back(reason);
      } else if (reason.amount < same->amount) {
        *same = reason;
      }
    }
  }
  for (Reason& reason : all) {
    reason.code = reason.code == ReasonCode::search ? ReasonCode::days : reason.code;
  }
  std::sort(all.begin(), all.end(),
            [](const Reason& a, const Reason& b) { return a.code < b.code; });
  return all;
}

}  // namespace huan::routing
