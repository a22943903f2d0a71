// SPDX-License-Identifier: Apache-2.0
// Dispatch: a day's rounds planned as a job, laid by hand, published, driven and closed; what a
// place is to expect, with the code that it tells the driver; stations at their storage limit.
#include "huan/app/rounds.hpp"

#include <algorithm>

#include "huan/app/drive_round.hpp"
#include "huan/app/review_day.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/tracks/deviations.hpp"
#include "object_body.hpp"
#include "plan_jobs.hpp"

namespace huan::http {
namespace {

using access::Scope;
using app::KeptRound;

constexpr std::size_t kRoundBodyMax = 1U << 20U;
constexpr std::int64_t kPlanSeconds = 10;
constexpr std::int64_t kPlanIterationsMax = 1'000'000'000;

class JobWatch final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return thread_seconds() - begun_; }

 private:
  double begun_{thread_seconds()};
};

bool drives(const app::Access& who) {
  const auto& roles = who.subject.roles;
  return roles.size() == 1 && roles.front() == access::Role::driver;
}

bool reaches_round(const app::Access& who, const rounds::Round& round) {
  if (drives(who) && (who.account.empty() || round.driver != who.account)) {
    return false;
  }
  return who.grant.scope == Scope::all || round.party == who.grant.organisation;
}

Result<base::Day> day_from(std::string_view text, std::string at) {
  const auto day = base::parse_day(text);
  return day ? Result<base::Day>(*day)
             : Error{ErrorCode::bad_time, std::move(at), "a day like 2026-11-23"};
}

/// The day and whose vehicles: of an enterprise's own people always its own.
Result<app::DayAsked> day_asked(const Request& request, const store::CityRow& city,
                                const app::Access& who, base::Instant now) {
  app::DayAsked asked{base::day_of(now, city.offset_s), ""};
  if (const auto named = request.query_value("day")) {
    HUAN_TRY(day, day_from(*named, "day"));
    asked.day = day;
  }
  asked.party = std::string(request.query_value("party").value_or(""));
  if (who.grant.scope != Scope::all) {
    if (!asked.party.empty() && asked.party != who.grant.organisation) {
      return Error{ErrorCode::not_found, "party", asked.party};
    }
    asked.party = who.grant.organisation;
  }
  return asked;
}

Response private_json(int status, std::string body) {
  auto response = http_server::json_response(status, std::move(body));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response day_response(app::DayOnRecord day, const app::Access& who) {
  std::erase_if(day.rounds, [&](const KeptRound& kept) { return !reaches_round(who, kept.round); });
  if (drives(who)) {
    day.sheet.reset();
    std::erase_if(day.rounds, [](const KeptRound& kept) {
      return kept.round.state == rounds::RoundState::draft;
    });
  }
  std::string out;
  json::Writer w(out);
  app::write_day(w, day);
  return private_json(200, std::move(out));
}

Response round_response(const KeptRound& kept, std::int32_t offset_s) {
  std::string out;
  json::Writer w(out);
  app::write_round(w, kept, offset_s);
  return private_json(200, std::move(out));
}

Result<app::OrderParts> round_parts(Context& context) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", "personal data is not kept here"};
  }
  return app::OrderParts{context.parts.recorder, *context.parts.personal, context.parts.clock};
}

Result<json::Document> round_body(const Request& request) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kRoundBodyMax) {
    return Error{ErrorCode::too_large, "", "at most 1 MiB"};
  }
  return json::Document::parse(request.body());
}

/// The round of the address, if the asker may see it.
Result<KeptRound> own_round(store::Reading& reading, const std::string& city,
                            const Request& request, const app::Access& who) {
  HUAN_TRY(day, day_from(request.param("day"), "day"));
  const std::string vehicle(request.param("vehicle"));
  auto kept = app::round_on_record(reading, city, day, vehicle);
  const bool hidden = kept && drives(who) && kept->round.state == rounds::RoundState::draft;
  if (!kept || hidden || !reaches_round(who, kept->round)) {
    return Error{ErrorCode::not_found, "vehicle", vehicle};
  }
  return std::move(*kept);
}

struct PlanWish {
  store::CityRow city;
  app::DayAsked asked;
  app::PlanBudgetOfDay budget;
  app::Principal by;
};

Result<std::string> plan_now(Context& context, const PlanWish& wish, app::JobControl& control) {
  HUAN_TRY(parts, round_parts(context));
  const auto standing = app::standing_visits(parts, wish.city, wish.asked.day, wish.by);
  static_cast<void>(standing);
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(day, app::gather_day(*reading, wish.city, wish.asked, context.parts.clock.now()));
  const JobWatch watch;
  HUAN_TRY(planned, app::plan_day(day, wish.budget, watch, [&](const routing::Progress& now) {
             control.progress(now.fraction, "{\"unserved\":" + std::to_string(now.unserved) + "}");
             return control.wanted() && watch.elapsed_s() < kSecondsMax;
           }));
  HUAN_TRY(kept, app::keep_day(context.parts.recorder, wish.city.city, planned, wish.by));
  std::string out;
  json::Writer w(out);
  app::write_day(w, kept);
  return out;
}

Result<Response> plan_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(asked, day_asked(request, city, who, context.parts.clock.now()));
  HUAN_TRY(seconds, integer_parameter(request, "seconds", kPlanSeconds));
  HUAN_TRY(iterations, integer_parameter(request, "iterations", -1));
  HUAN_TRY(seed, integer_parameter(request, "seed", 1));
  if (seconds < 1 || seconds > kSecondsMax) {
    return Error{ErrorCode::bad_number, "seconds", "1 to " + std::to_string(kSecondsMax)};
  }
  if (iterations > kPlanIterationsMax) {
    return Error{ErrorCode::bad_number, "iterations", "at most 1000000000"};
  }
  HUAN_TRY(day, app::gather_day(*reading, city, asked, context.parts.clock.now()));
  static_cast<void>(day);  // what cannot be planned at all is said at once
  PlanWish wish{city, asked, {}, who.principal};
  wish.budget.seed = static_cast<std::uint64_t>(seed);
  wish.budget.seconds = static_cast<double>(seconds);
  if (iterations >= 0) {
    wish.budget.iterations = iterations;
  }
  HUAN_TRY(view, context.planning.jobs().submit("rounds", who.principal.name,
                                                [&context, wish](app::JobControl& control) {
                                                  return plan_now(context, wish, control);
                                                }));
  return accepted(view);
}

Result<Response> lay_door(Context& context, const Request& request, const app::Access& who,
                          bool keeps) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(asked, day_asked(request, city, who, context.parts.clock.now()));
  HUAN_TRY(document, round_body(request));
  HUAN_TRY(sequences, rounds::parse_sequences(document.root()));
  HUAN_TRY(day, app::gather_day(*reading, city, asked, context.parts.clock.now()));
  HUAN_TRY(judged, app::judge_day(day, sequences));
  if (keeps) {
    HUAN_TRY(kept, app::keep_day(context.parts.recorder, city.city, judged.planned, who.principal));
    static_cast<void>(kept);
  }
  std::string out;
  json::Writer w(out);
  app::write_judged(w, judged);
  return private_json(200, std::move(out));
}

Result<Response> publish_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(asked, day_asked(request, city, who, context.parts.clock.now()));
  HUAN_TRY(parts, round_parts(context));
  HUAN_TRY(day, app::publish_day(parts, city.city, asked, who.principal));
  return day_response(std::move(day), who);
}

Result<Response> step_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(document, round_body(request));
  HUAN_TRY(step, app::parse_round_step(document.root()));
  HUAN_TRY(before, own_round(*reading, city.city, request, who));
  HUAN_TRY(parts, round_parts(context));
  step.city = city.city;
  step.day = before.round.day;
  step.vehicle = before.round.vehicle;
  step.by = who.principal;
  if (step.step.at.s == 0) {
    step.step.at = context.parts.clock.now();
  }
  HUAN_TRY(kept, app::drive_round(parts, step));
  return round_response(kept, city.offset_s);
}

Result<Response> driver_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(body, ObjectBody::parse(request, {"driver"}));
  HUAN_TRY(driver, body.text("driver"));
  HUAN_TRY(round, own_round(*reading, city.city, request, who));
  HUAN_TRY(changed,
           app::assign_driver(context.parts.recorder, city.city, round, driver, who.principal));
  return round_response(changed, city.offset_s);
}

Result<Response> close_door(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(round, own_round(*reading, city.city, request, who));
  HUAN_TRY(closed, app::close_round(context.parts.recorder, city.city, round, who.principal));
  return round_response(closed, city.offset_s);
}

void write_expected(json::Writer& w, const app::Expected& one) {
  w.begin_object().member("arrive", rounds::clock_of(one.stop.arrive_s));
  w.member("code", one.code).member("kind", rounds::name(one.stop.kind));
  if (!one.stop.loaded.empty()) {
    rounds::write_loads(w.key("loaded"), one.stop.loaded);
  }
  w.member("mass_g", one.stop.mass.count()).member("state", rounds::name(one.stop.state));
  w.member("stop", one.stop.id).member("vehicle", one.vehicle).end_object();
}

Result<Response> handovers_door(Context& context, app::ExpectedBoard& board, const Request& request,
                                const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  app::DayAsked asked{base::day_of(context.parts.clock.now(), city.offset_s), ""};
  if (const auto named = request.query_value("day")) {
    HUAN_TRY(day, day_from(*named, "day"));
    asked.day = day;
  }
  const std::string place(request.query_value("place").value_or(who.grant.place));
  if (!reading->registered(city.city, "place", place) ||
      !app::sees_place(*reading, city.city, place, app::row_scope(who))) {
    return Error{ErrorCode::unknown_place, "place", place};
  }
  HUAN_TRY(parts, round_parts(context));
  HUAN_TRY(expected, board.at(*reading, parts.personal, {city.city, asked.day, place}));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const app::Expected& one : expected) {
    write_expected(w, one);
  }
  w.end_array().end_object();
  return private_json(200, std::move(out));
}

Result<Response> alerts_door(const Ask& ask, Context& context) {
  HUAN_TRY(asked, day_asked(ask.request, ask.city, ask.access, context.parts.clock.now()));
  auto alerts = app::storage_alerts(ask.reading, ask.city, asked, context.parts.clock.now());
  const auto scope = ask.scope();
  std::erase_if(alerts, [&](const rounds::StorageAlert& alert) {
    return !app::sees_place(ask.reading, ask.city.city, alert.place, scope);
  });
  std::string out;
  json::Writer w(out);
  app::write_alerts(w, alerts);
  return http_server::json_response(200, std::move(out));
}

/// A door that changes something and takes the day by its query.
void day_door(Doors& doors, std::string_view method, std::string_view path,
              Result<Response> (*door)(Context&, const Request&, const app::Access&),
              Names parameters) {
  Context& context = doors.context();
  doors.write(method, path, std::move(parameters),
              [&context, door](const Request& request, const app::Access& who) {
                return door(context, request, who);
              });
}

Result<Response> check_lay_door(Context& context, const Request& request, const app::Access& who) {
  return lay_door(context, request, who, false);
}

Result<Response> keep_lay_door(Context& context, const Request& request, const app::Access& who) {
  return lay_door(context, request, who, true);
}

}  // namespace

void add_round_doors(Doors& doors) {
  Context& context = doors.context();
  doors.read("/api/v1/rounds", {"day", "party"}, [&context](const Ask& ask) -> Result<Response> {
    HUAN_TRY(asked, day_asked(ask.request, ask.city, ask.access, context.parts.clock.now()));
    return day_response(app::rounds_of_day(ask.reading, ask.city.city, asked), ask.access);
  });
  doors.read("/api/v1/rounds/{day}/{vehicle}", {}, [](const Ask& ask) -> Result<Response> {
    HUAN_TRY(kept, own_round(ask.reading, ask.city.city, ask.request, ask.access));
    return round_response(kept, ask.city.offset_s);
  });
  doors.read(
      "/api/v1/rounds/review", {"day", "party"}, [&context](const Ask& ask) -> Result<Response> {
        HUAN_TRY(asked, day_asked(ask.request, ask.city, ask.access, context.parts.clock.now()));
        auto review = app::review_day(
            ask.reading, ask.city, asked,
            [&](const std::string& vehicle) -> std::optional<std::int64_t> {
              const auto track = context.tracks->day_of(ask.city, vehicle, asked.day);
              return track && !track->empty() ? std::optional(static_cast<std::int64_t>(
                                                    tracks::judge(*track, {}, {}).driven_m))
                                              : std::nullopt;
            });
        if (ask.access.grant.scope != Scope::all) {
          std::erase_if(review.over, [&](const app::OverLimit& one) {
            return !app::sees_place(ask.reading, ask.city.city, one.place, ask.scope());
          });
        }
        std::string out;
        json::Writer w(out);
        app::write_review(w, review, ask.city.offset_s);
        return private_json(200, std::move(out));
      });
  doors.read("/api/v1/storage-alerts", {"day", "party"},
             [&context](const Ask& ask) { return alerts_door(ask, context); });
  doors.write("GET", "/api/v1/handovers", {"day", "place"},
              [&context, board = std::make_shared<app::ExpectedBoard>()](const Request& request,
                                                                         const app::Access& who) {
                return handovers_door(context, *board, request, who);
              });
  day_door(doors, "POST", "/api/v1/rounds", plan_door,
           {"day", "party", "seconds", "iterations", "seed"});
  day_door(doors, "PUT", "/api/v1/rounds", keep_lay_door, {"day", "party"});
  day_door(doors, "POST", "/api/v1/rounds/check", check_lay_door, {"day", "party"});
  day_door(doors, "POST", "/api/v1/rounds/publish", publish_door, {"day", "party"});
  day_door(doors, "PUT", "/api/v1/rounds/{day}/{vehicle}/driver", driver_door, {});
  day_door(doors, "POST", "/api/v1/rounds/{day}/{vehicle}/steps", step_door, {});
  day_door(doors, "POST", "/api/v1/rounds/{day}/{vehicle}/close", close_door, {});
}

}  // namespace huan::http
