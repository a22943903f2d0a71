// SPDX-License-Identifier: Apache-2.0
// The dispatcher of a simulated day, and the ways that follow from the plan.
#include <algorithm>
#include <chrono>
#include <thread>

#include "caller.hpp"
#include "driver_login.hpp"
#include "huan/booking/timetable.hpp"
#include "huan/json/writer.hpp"
#include "huan/rounds/round.hpp"

namespace huan::simulated_day {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::chrono::milliseconds kLook{200};
constexpr std::int32_t kMinuteS = 60;

std::string password_body(const std::string& account, const std::string& password) {
  std::string body;
  json::Writer w(body);
  w.begin_object().member("account", account).member("password", password).end_object();
  return body;
}

class Dispatcher {
 public:
  explicit Dispatcher(const DayOptions& options)
      : options_(options), who_{options.token, "", "", ""}, caller_(options) {}

  Result<DayReport> run(std::int64_t seconds) {
    const std::string day = base::format_day(options_.day);
    HUAN_TRY(done, plan(day, seconds));
    if (!done) {
      return report_;
    }
    HUAN_TRY(kept, caller_.call(who_, "GET", "/rounds?day=" + day));
    const json::Value sheet = value_at(kept.root(), "sheet");
    for (const char* list : {"alerts", "idle", "left_out"}) {
      const json::Value items = value_at(sheet, list);
      report_.counts[list] = items.is_array() ? static_cast<std::int64_t>(items.size()) : 0;
    }
    HUAN_TRY(city, city_code());
    HUAN_TRY(rounds, rounds_of(caller_, options_));
    for (const rounds::Round& round : rounds) {
      HUAN_CHECK(hire(city, round));
    }
    HUAN_TRY(published, caller_.call(who_, "POST", "/rounds/publish?day=" + day, "{}"));
    if (!published.ok()) {
      unexpected(report_, "publishing", published);
    }
    return report_;
  }

 private:
  Result<bool> plan(const std::string& day, std::int64_t seconds) {
    const auto begun = std::chrono::steady_clock::now();
    HUAN_TRY(asked, caller_.call(who_, "POST",
                                 "/rounds?day=" + day + "&seconds=" + std::to_string(seconds) +
                                     "&seed=" + std::to_string(options_.seed)));
    if (!asked.ok()) {
      unexpected(report_, "planning", asked);
      return false;
    }
    const std::string job = "/jobs/" + text_at(asked.root(), "id");
    for (std::string state = "waiting"; state == "waiting" || state == "running";) {
      std::this_thread::sleep_for(kLook);
      HUAN_TRY(view, caller_.call(who_, "GET", job));
      state = text_at(view.root(), "state");
      if (state != "done" && state != "waiting" && state != "running") {
        unexpected(report_, "plan", view);
        return false;
      }
    }
    const auto took = std::chrono::steady_clock::now() - begun;
    report_.counts["plan_ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    return true;
  }

  Result<std::string> city_code() {
    HUAN_TRY(known, caller_.call(who_, "GET", "/cities"));
    const json::Value items = value_at(known.root(), "items");
    if (!items.is_array() || items.size() == 0) {
      return Error{ErrorCode::unreachable, "/cities", known.body};
    }
    return text_at(*items.elements().begin(), "city");
  }

  /// An account with a password of their own, and the vehicle.
  Result<void> hire(const std::string& city, const rounds::Round& round) {
    const std::string account = driver_account(round.vehicle);
    std::string body;
    json::Writer w(body);
    w.begin_object().member("account", account).member("city", city);
    w.member("organisation", round.party).key("roles").begin_array().string("driver").end_array();
    w.end_object();
    HUAN_TRY(made, caller_.call(who_, "POST", "/accounts", body));
    if (!made.ok()) {
      unexpected(report_, "account " + account, made);
      return {};
    }
    const std::string once = text_at(made.root(), "password");
    HUAN_TRY(entered, caller_.call({}, "POST", "/session", password_body(account, once)));
    std::string change;
    json::Writer c(change);
    c.begin_object().member("fresh", driver_password(round.vehicle)).member("password", once);
    c.end_object();
    HUAN_TRY(changed, caller_.call(logged_in(entered, ""), "PUT", "/session/password", change));
    HUAN_TRY(given, caller_.call(who_, "PUT",
                                 "/rounds/" + base::format_day(options_.day) + "/" + round.vehicle +
                                     "/driver",
                                 R"({"driver":")" + account + "\"}"));
    if (!changed.ok() || !given.ok()) {
      unexpected(report_, "driver " + account, changed.ok() ? given : changed);
      return {};
    }
    ++report_.counts["drivers"];
    report_.counts["stops"] += static_cast<std::int64_t>(round.stops.size());
    report_.counts["planned_m"] += round.distance_m;
    return {};
  }

  const DayOptions& options_;
  Who who_;
  Caller caller_;
  DayReport report_;
};

Waypoint waypoint(std::int32_t second, const rounds::Spot& spot) {
  return {second, spot.lat_e7 / 10, spot.lng_e7 / 10};
}

}  // namespace

std::string driver_account(const std::string& vehicle) {
  std::string account = "driver." + vehicle;
  std::ranges::transform(account, account.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return account;
}
std::string driver_password(const std::string& vehicle) { return "Simulated-" + vehicle + "-2026"; }

Result<std::vector<rounds::Round>> rounds_of(Caller& caller, const DayOptions& options) {
  HUAN_TRY(kept, caller.call({options.token, "", "", ""}, "GET",
                             "/rounds?day=" + base::format_day(options.day)));
  const json::Value items = value_at(kept.root(), "rounds");
  if (!kept.ok() || !items.is_array()) {
    return Error{ErrorCode::unreachable, "/rounds", kept.body.substr(0, 400)};
  }
  std::vector<rounds::Round> all;
  for (const json::Value item : items.elements()) {
    HUAN_TRY(round, rounds::parse_round(value_at(item, "round"), "/round"));
    if (!round.stops.empty()) {
      all.push_back(std::move(round));
    }
  }
  return all;
}

Result<DayReport> dispatch(const DayOptions& options, std::int64_t seconds) {
  return Dispatcher{options}.run(seconds);
}

Result<std::map<std::string, std::vector<Waypoint>>> planned_ways(const DayOptions& options) {
  Caller caller{options};
  HUAN_TRY(rounds, rounds_of(caller, options));
  std::map<std::string, std::vector<Waypoint>> ways;
  for (const rounds::Round& round : rounds) {
    auto& way = ways[round.vehicle];
    way.push_back(waypoint(round.leave_s, round.depot));
    for (const rounds::Stop& stop : round.stops) {
      way.push_back(waypoint(stop.arrive_s, stop.at));
      way.push_back(waypoint(stop.leave_s, stop.at));
    }
    way.push_back(waypoint(round.return_s, round.depot));
  }
  HUAN_CHECK(caller.each({options.token, "", "", ""}, "/settings", [&](json::Value item) {
    const json::Value data = value_at(value_at(item, "record"), "data");
    const auto timetable = text_at(item, "key").starts_with("halts:")
                               ? booking::parse_timetable(data, "/data")
                               : Result<booking::Timetable>(Error{});
    if (!timetable) {
      return;
    }
    for (const booking::Halt* halt : booking::halts_on(*timetable, options.day)) {
      auto& way = ways[timetable->vehicle];
      const rounds::Spot at{halt->at.lat_e7, halt->at.lng_e7};
      way.push_back(waypoint(halt->from_min * kMinuteS, at));
      way.push_back(waypoint(halt->to_min * kMinuteS, at));
    }
  }));
  return ways;
}

}  // namespace huan::simulated_day
