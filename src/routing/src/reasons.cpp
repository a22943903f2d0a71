// SPDX-License-Identifier: Apache-2.0
#include "reasons.hpp"

#include <algorithm>

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
        timetable_(model) {
    const int mate = model.mate(visit);
    if (mate >= 0) {
      together_ = {model.leaves(visit) ? mate : visit, model.leaves(visit) ? visit : mate};
    }
  }

  std::vector<Reason> answer(std::int64_t& effort) {
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
    return model_->may(visit_, model_->slots[static_cast<std::size_t>(slot)].type);
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
    for (const Index facility : model_->unload_at[static_cast<std::size_t>(
             model_->slots[static_cast<std::size_t>(slot)].type)]) {
      codes = together_;
      codes.push_back(-1 - static_cast<int>(facility));
      if (timetable_.fits(slot, codes)) {
        return true;
      }
      note(slot, true);
    }
    return false;
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
        effort -= static_cast<std::int64_t>(codes.size());
        if (timetable_.fits(slot, codes)) {
          return true;
        }
        note(slot, false);
      }
    }
    return false;
  }

  void note(int slot, bool alone) {
    ReasonCode code = timetable_.refusal();
    code = alone && code == ReasonCode::fleet_capacity ? ReasonCode::capacity : code;
    const Reason reason{code, model_->slots[static_cast<std::size_t>(slot)].vehicle,
                        timetable_.excess(), unit_of(code)};
    const auto same = std::find_if(found_.begin(), found_.end(), [&](const Reason& other) {
      return other.code == code && other.unit == reason.unit;
    });
    if (same == found_.end()) {
      found_.push_back(reason);
    } else if (reason.amount < same->amount) {
      *same = reason;
    }
  }

  [[nodiscard]] std::string unit_of(ReasonCode code) const {
    switch (code) {
      case ReasonCode::capacity:
      case ReasonCode::fleet_capacity:
      case ReasonCode::load_cap: {
        const auto& names = model_->problem->dimensions;
        const std::size_t d = timetable_.excess_dimension();
        return d < names.size() ? names[d] : "";
      }
      case ReasonCode::windows:
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
  std::vector<Reason> found_;
};

}  // namespace

std::vector<Reason> reasons_of(const Model& model, const Solution& solution, int visit,
                               std::int64_t& effort) {
  return Inquiry(model, solution, visit).answer(effort);
}

}  // namespace huan::routing
