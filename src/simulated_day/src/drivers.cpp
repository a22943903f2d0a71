// SPDX-License-Identifier: Apache-2.0
// Drivers of a simulated day: from stop to stop as planned, with what the places tell them. What a
// station holds and its six digits are told by its clerk, here under the operator's token.
#include <algorithm>
#include <memory>

#include "agenda.hpp"
#include "driver_login.hpp"
#include "huan/json/writer.hpp"
#include "huan/rounds/drive.hpp"

namespace huan::simulated_day {
namespace {

using base::Result;
using rounds::Round;
using rounds::Stop;
using rounds::StopKind;
using rounds::StopState;

constexpr std::int64_t kWeighS = 120;  // at a door, from the bell to the scale
constexpr std::int64_t kAskS = 60;     // how often a driver looks whether the customer agreed
constexpr std::int64_t kPatienceS = 1'800;
constexpr std::int64_t kLoadS = 600;
constexpr std::int64_t kUnloadS = 900;
constexpr std::int64_t kAwayOf = 50;  // one in so many is not at home
constexpr std::int64_t kWayPct = 90;  // a way takes 90 to 109 % of what was planned
constexpr std::int64_t kWaySpan = 20;
constexpr std::int64_t kWeighedPct = 85;  // of the estimate, to 114 %
constexpr std::int64_t kWeighedSpan = 30;
enum class OfDriver : std::uint8_t { way, away, weighed };

struct Driver {
  Who who;
  Round round;
  std::int64_t number{0};
  std::int64_t begun_s{0};  ///< at the stop
  [[nodiscard]] std::string path() const {
    return "/rounds/" + base::format_day(round.day) + "/" + round.vehicle;
  }
};
using DriverPtr = std::shared_ptr<Driver>;  // each of its pending deeds holds it

Stop* next_stop(Round& round) {
  const auto found = std::ranges::find_if(
      round.stops, [](const Stop& stop) { return !rounds::has_ended(stop.state); });
  return found == round.stops.end() ? nullptr : &*found;
}

bool at_door(const Stop& stop) {
  return stop.kind == StopKind::order || stop.kind == StopKind::visit;
}

class Drivers {
 public:
  explicit Drivers(const DayOptions& options)
      : options_(options), clerk_{options.token, "", "", ""}, caller_(options) {}

  Result<DayReport> run(base::Instant until) {
    HUAN_TRY(rounds, rounds_of(caller_, options_));
    for (Round& round : rounds) {
      if (round.state == rounds::RoundState::published) {
        auto driver = std::make_shared<Driver>();
        driver->number = static_cast<std::int64_t>(drivers_++);
        driver->round = std::move(round);
        agenda_.at({midnight() + std::max(driver->round.leave_s - 900, 0)},
                   [this, driver]() -> Result<void> { return begin(driver); });
      }
    }
    HUAN_CHECK(agenda_.run(until));
    report_.counts["rounds"] = drivers_;
    return report_;
  }

 private:
  [[nodiscard]] std::int64_t midnight() const {
    return std::int64_t{options_.day.n} * 86'400 - options_.offset_s;
  }
  [[nodiscard]] std::int64_t draw(const Driver& driver, OfDriver what, std::int64_t below) const {
    const auto stop = std::ranges::count_if(
        driver.round.stops, [](const Stop& one) { return rounds::has_ended(one.state); });
    return chance(options_.seed, driver.number, stop * 8 + static_cast<std::int64_t>(what), below);
  }

  Result<bool> log_in(const DriverPtr& driver) {
    std::string body;
    json::Writer w(body);
    w.begin_object().member("account", driver_account(driver->round.vehicle));
    w.member("password", driver_password(driver->round.vehicle)).end_object();
    HUAN_TRY(entered, caller_.call({}, "POST", "/session", body));
    if (!entered.ok()) {
      unexpected(report_, "login of " + driver->round.vehicle, entered);
      return false;
    }
    ++report_.counts["logins"];
    driver->who = logged_in(entered, "");
    return true;
  }

  Result<void> begin(const DriverPtr& driver) {
    HUAN_TRY(in, log_in(driver));
    if (in) {
      set_out(driver, midnight() + driver->round.leave_s);
    }
    return {};
  }

  /// Whose login ended for want of use logs in again.
  Result<Answer> call(const DriverPtr& driver, const std::string& method, const std::string& path,
                      const std::string& body) {
    HUAN_TRY(answer, caller_.call(driver->who, method, path, body));
    if (answer.status != 401) {
      return answer;
    }
    HUAN_TRY(in, log_in(driver));
    return in ? caller_.call(driver->who, method, path, body) : Result<Answer>(std::move(answer));
  }

  /// To the next stop, or home.
  void set_out(const DriverPtr& driver, std::int64_t from_s) {
    Stop* stop = next_stop(driver->round);
    if (stop == nullptr) {
      agenda_.in(0, [this, driver]() -> Result<void> { return close(driver); });
      return;
    }
    const auto at = stop - driver->round.stops.data();
    const std::int32_t left = at == 0 ? driver->round.leave_s : (stop - 1)->leave_s;
    const std::int64_t way = std::max(stop->arrive_s - left, 0) *
                             (kWayPct + draw(*driver, OfDriver::way, kWaySpan)) / 100;
    // Who is early waits before the door.
    const std::int64_t there = std::max(from_s + way, midnight() + stop->from_s);
    agenda_.at({there}, [this, driver]() -> Result<void> { return arrive(driver); });
  }

  Result<Answer> step(const DriverPtr& driver, const std::string& members) {
    HUAN_TRY(answer, call(driver, "POST", driver->path() + "/steps",
                          R"({"stop":")" + next_stop(driver->round)->id + "\"," + members + "}"));
    if (answer.ok()) {
      HUAN_TRY(round, rounds::parse_round(value_at(answer.root(), "round"), "/round"));
      driver->round = std::move(round);
    }
    return answer;
  }

  /// Ends the stop one way or the other, and goes on.
  Result<void> end(const DriverPtr& driver, const std::string& members, const char* counted) {
    HUAN_TRY(answer, step(driver, members));
    if (!answer.ok()) {
      unexpected(report_, counted + (" at " + next_stop(driver->round)->id), answer);
      return {};
    }
    ++report_.counts[counted];
    set_out(driver, agenda_.now().s);
    return {};
  }
  Result<void> miss(const DriverPtr& driver, const std::string& why) {
    return end(driver, R"("to":"missed","reason":")" + why + "\"", why.c_str());
  }

  Result<void> arrive(const DriverPtr& driver) {
    const Stop stop = *next_stop(driver->round);
    HUAN_TRY(answer, step(driver, R"("to":"arrived")"));
    if (!answer.ok() && text_at(answer.root(), "code") == "in_use") {
      return miss(driver, "cancelled");
    }
    if (!answer.ok()) {
      unexpected(report_, "arriving at " + stop.id, answer);
      return {};
    }
    driver->begun_s = agenda_.now().s;
    report_.counts["late"] += driver->begun_s > midnight() + stop.to_s ? 1 : 0;
    if (at_door(stop)) {
      agenda_.in(kWeighS, [this, driver]() -> Result<void> { return weigh(driver); });
    } else if (stop.kind == StopKind::station) {
      agenda_.in(kLoadS, [this, driver]() -> Result<void> { return load(driver); });
    } else {
      agenda_.in(kUnloadS, [this, driver]() -> Result<void> { return unload(driver); });
    }
    return {};
  }

  Result<void> weigh(const DriverPtr& driver) {
    const Stop stop = *next_stop(driver->round);
    if (draw(*driver, OfDriver::away, kAwayOf) == 0) {
      return miss(driver, "nobody_home");
    }
    HUAN_TRY(order, call(driver, "GET", "/orders/" + stop.ref, ""));
    const json::Value lines = value_at(value_at(order.root(), "order"), "lines");
    if (!order.ok() || !lines.is_array()) {
      unexpected(report_, "order " + stop.ref, order);
      return {};
    }
    std::string members = R"("to":"weighed","loaded":)";
    json::Writer w(members);
    w.begin_array();
    for (const json::Value line : lines.elements()) {
      const std::int64_t estimate = std::max<std::int64_t>(integer_at(line, "estimate_g"), 1'000);
      const std::int64_t pct = kWeighedPct + draw(*driver, OfDriver::weighed, kWeighedSpan);
      w.begin_object().member("mass_g", estimate * pct / 100);
      w.member("material", text_at(line, "material")).end_object();
    }
    w.end_array();
    HUAN_TRY(answer, step(driver, members));
    if (!answer.ok()) {
      unexpected(report_, "weighing at " + stop.id, answer);
      return {};
    }
    agenda_.in(kAskS, [this, driver]() -> Result<void> { return ask(driver); });
    return {};
  }

  /// Whether the customer has agreed on their own page.
  Result<void> ask(const DriverPtr& driver) {
    const Stop stop = *next_stop(driver->round);
    HUAN_TRY(order, call(driver, "GET", "/orders/" + stop.ref, ""));
    const std::string state = text_at(value_at(order.root(), "order"), "state");
    if (state == "done") {
      return end(driver, R"("to":"done")", "door");
    }
    if (state == "returned") {
      return end(driver, R"("to":"refused","reason":"not_agreed")", "not_agreed");
    }
    if (agenda_.now().s > driver->begun_s + kPatienceS) {
      HUAN_TRY(gone, step(driver, R"("to":"refused","reason":"no_answer")"));
      if (gone.ok()) {
        ++report_.counts["no_answer"];
        set_out(driver, agenda_.now().s);
        return {};
      }
      ++report_.counts["overtaken"];  // the customer agreed in that moment: look again
    }
    agenda_.in(kAskS, [this, driver]() -> Result<void> { return ask(driver); });
    return {};
  }

  /// The six digits that the place is shown for this truck.
  Result<std::string> code_at(const Driver& driver, const Stop& stop) {
    HUAN_TRY(expected, caller_.call(clerk_, "GET",
                                    "/handovers?day=" + base::format_day(driver.round.day) +
                                        "&place=" + stop.place));
    const json::Value items = value_at(expected.root(), "items");
    if (items.is_array()) {
      for (const json::Value item : items.elements()) {
        if (text_at(item, "vehicle") == driver.round.vehicle && text_at(item, "stop") == stop.id) {
          return text_at(item, "code");
        }
      }
    }
    unexpected(report_, "code of " + stop.id, expected);
    return std::string{};
  }

  /// What the station holds by mass, as far as there is room on the truck.
  Result<std::string> holds(const Driver& driver, const std::string& place) {
    std::int64_t room = driver.round.capacity.count();
    for (const rounds::Loaded& one : rounds::on_board(driver.round)) {
      room -= one.mass.count();
    }
    std::string loaded;
    json::Writer w(loaded);
    w.begin_array();
    bool any = false;
    HUAN_CHECK(caller_.each(clerk_, "/stock?place=" + place, [&](json::Value item) {
      // What is counted by the piece goes another way: a round's step says masses alone.
      const bool pieces = integer_at(item, "pieces") > 0;
      const std::int64_t mass = pieces ? 0 : std::min(integer_at(item, "mass_g"), room);
      if (mass > 0) {
        w.begin_object().member("mass_g", mass);
        w.member("material", text_at(item, "material")).end_object();
        room -= mass;
        any = true;
      }
    }));
    w.end_array();
    return any ? loaded : std::string();
  }

  Result<void> load(const DriverPtr& driver) {
    const Stop stop = *next_stop(driver->round);
    HUAN_TRY(loaded, holds(*driver, stop.place));
    if (loaded.empty()) {
      return miss(driver, "empty");
    }
    HUAN_TRY(code, code_at(*driver, stop));
    return end(driver, R"("to":"done","code":")" + code + R"(","loaded":)" + loaded, "station");
  }

  Result<void> unload(const DriverPtr& driver) {
    const Stop stop = *next_stop(driver->round);
    if (rounds::on_board(driver->round).empty()) {
      return miss(driver, "nothing_on_board");
    }
    HUAN_TRY(code, code_at(*driver, stop));
    return end(driver, R"("to":"done","code":")" + code + "\"", "centre");
  }

  Result<void> close(const DriverPtr& driver) {
    HUAN_TRY(closed, call(driver, "POST", driver->path() + "/close", "{}"));
    closed.ok() ? ++report_.counts["closed"] : 0;
    if (!closed.ok()) {
      unexpected(report_, "closing " + driver->round.vehicle, closed);
    }
    return {};
  }

  const DayOptions& options_;
  Who clerk_;
  Caller caller_;
  Agenda agenda_;
  DayReport report_;
  std::int64_t drivers_{0};
};

}  // namespace

Result<DayReport> drive(const DayOptions& options, base::Instant until) {
  return Drivers{options}.run(until);
}

}  // namespace huan::simulated_day
