// SPDX-License-Identifier: Apache-2.0
// POST /api/v1/route and /api/v1/site: the problem is read and checked at once, solved as a job.
// The answer goes through the checker that shares no code with its solver before anybody sees it.
#include <ctime>

#include "doors.hpp"
#include "huan/json/writer.hpp"
#include "huan/routing/solve.hpp"
#include "huan/routing_check/check.hpp"
#include "huan/siting/check_problem.hpp"
#include "huan/siting/solve.hpp"
#include "huan/siting_check/check.hpp"
#include "huan/wire_routing/instance.hpp"
#include "huan/wire_routing/plan_json.hpp"
#include "huan/wire_siting/answer_json.hpp"
#include "huan/wire_siting/read.hpp"
#include "plan_jobs.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kSecondsDefault = 10;
constexpr std::int64_t kIterationsMax = 1'000'000'000;
constexpr double kThousand = 1'000;

class ThreadWatch final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return thread_seconds() - begun_; }

 private:
  double begun_{thread_seconds()};
};

Result<PlanBudget> budget_of(const Request& request) {
  PlanBudget budget;
  HUAN_TRY(seconds, integer_parameter(request, "seconds", kSecondsDefault));
  if (seconds < 1 || seconds > kSecondsMax) {
    return Error{ErrorCode::bad_number, "seconds", "1 to " + std::to_string(kSecondsMax)};
  }
  budget.seconds = static_cast<double>(seconds);
  if (request.query_value("iterations")) {
    HUAN_TRY(iterations, integer_parameter(request, "iterations", 0));
    if (iterations < 1 || iterations > kIterationsMax) {
      return Error{ErrorCode::bad_number, "iterations", "1 to " + std::to_string(kIterationsMax)};
    }
    budget.iterations = iterations;
  }
  HUAN_TRY(seed, integer_parameter(request, "seed", 1));
  budget.seed = static_cast<std::uint64_t>(seed);
  return budget;
}

std::string figures_of(const routing::Progress& now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("best").number(now.best).member("iterations", now.iterations);
  w.member("routes", std::int64_t{now.routes});
  w.member("unserved", std::int64_t{now.unserved}).end_object();
  return out;
}

Result<std::string> route_now(const wire_routing::Instance& instance, const PlanBudget& budget,
                              app::JobControl& control) {
  routing::Options options;
  options.seconds = budget.seconds;
  options.iterations = budget.iterations;
  options.seed = budget.seed;
  options.start = wire_routing::warm_start(instance);
  const ThreadWatch watch;
  HUAN_TRY(plan,
           routing::solve(instance.problem, options, watch, [&](const routing::Progress& now) {
             control.progress(now.fraction, figures_of(now));
             return control.wanted() && watch.elapsed_s() < kSecondsMax;
           }));
  const auto report = routing_check::check(instance.problem, plan);
  if (!report.holds()) {
    return Error{ErrorCode::internal, "",
                 "the plan breaks a rule: " +
                     std::string(routing_check::name(report.violations.front().rule))};
  }
  return wire_routing::write_plan(instance, plan, report,
                                  {0, budget.iterations ? 0 : watch.elapsed_s() * kThousand});
}

Result<Response> route(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(budget, budget_of(request));
  wire_routing::ReadOptions options;
  const auto format = wire_routing::parse_format(request.query_value("format").value_or("vroom"));
  if (!format) {
    return Error{ErrorCode::bad_field, "format", "vroom, vrplib, solomon, cordeau, kim, pvrpif"};
  }
  options.format = *format;
  if (const auto objective = request.query_value("objective")) {
    if (*objective != "distance" && *objective != "vehicles") {
      return Error{ErrorCode::bad_field, "objective", "distance or vehicles"};
    }
    options.aim =
        *objective == "distance" ? wire_routing::Aim::distance : wire_routing::Aim::vehicles;
  }
  HUAN_TRY(instance, wire_routing::read(request.body(), options));
  routing::Options wanted;
  wanted.start = wire_routing::warm_start(instance);
  if (const auto able = routing::unsupported(instance.problem, wanted); !able) {
    return wire_routing::in_own_words(instance, able.error());
  }
  auto held = std::make_shared<const wire_routing::Instance>(std::move(instance));
  HUAN_TRY(view, context.planning.jobs().submit("route", access.principal.name,
                                                [held, budget](app::JobControl& control) {
                                                  return route_now(*held, budget, control);
                                                }));
  return accepted(view);
}

std::string best_text(double value) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("best").number(value).end_object();
  return out;
}

Result<std::string> site_now(const siting_problem::Problem& problem, const PlanBudget& budget,
                             app::JobControl& control) {
  HUAN_TRY(answer, siting::solve(problem, job_limits(budget, control)));
  HUAN_TRY(found, siting_check::check(problem, answer));
  static_cast<void>(found);
  control.progress(1, best_text(answer.upper));
  return wire_siting::to_json(problem, answer);
}

Result<void> side_conditions(const Request& request, wire_siting::ReadOptions& options) {
  HUAN_TRY(rate, decimal_parameter(request, "rate", 1));
  HUAN_TRY(reach, decimal_parameter(request, "reach", 0));
  HUAN_TRY(gini, decimal_parameter(request, "gini", 1));
  HUAN_TRY(share, decimal_parameter(request, "share", 1));
  HUAN_TRY(times, integer_parameter(request, "times", 1));
  HUAN_TRY(split, flag_parameter(request, "split"));
  options.rate = rate;
  options.reach = reach;
  options.gini = gini;
  options.share = share;
  options.times = times;
  options.split = split;
  return {};
}

Result<wire_siting::ReadOptions> site_options(const Request& request) {
  wire_siting::ReadOptions options;
  const auto format = wire_siting::format_from(request.query_value("format").value_or("geojson"));
  if (!format) {
    return Error{ErrorCode::bad_field, "format", "geojson, csv, pmed, pmedcap, cpmp, scp, tsplib"};
  }
  options.format = *format;
  const auto problem = request.query_value("problem").value_or("pmedian");
  const auto kind = wire_siting::kind_from(problem);
  if (!kind) {
    return Error{ErrorCode::bad_field, "problem",
                 "pmedian, capacitated, facility, cover, maxcover, pcenter, tiered"};
  }
  options.kind = *kind;
  if (request.query_value("p")) {
    HUAN_TRY(p, integer_parameter(request, "p", 0));
    options.p = p;
  }
  HUAN_TRY(radius, decimal_parameter(request, "radius", 0));
  options.radius = radius;
  HUAN_TRY(detour, decimal_parameter(request, "detour", 1));
  options.detour = detour;
  HUAN_CHECK(side_conditions(request, options));
  return options;
}

Result<Response> site(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(budget, budget_of(request));
  if (request.query_value("city")) {
    const auto reading = context.parts.store.snapshot();
    HUAN_TRY(city, choose_city(request, *reading, access));
    static_cast<void>(city);
  }
  if (request.query_value("problem") == "tiered") {
    return plan_tiered(context, request, access, budget);
  }
  for (const std::string_view name : {"of", "relax", "from"}) {
    if (request.query_value(name)) {
      return Error{ErrorCode::bad_field, std::string(name), "is for problem=tiered"};
    }
  }
  HUAN_TRY(options, site_options(request));
  HUAN_TRY(problem, wire_siting::read(request.body(), options));
  HUAN_CHECK(siting::check_problem(problem));
  auto held = std::make_shared<const siting_problem::Problem>(std::move(problem));
  HUAN_TRY(view, context.planning.jobs().submit("site", access.principal.name,
                                                [held, budget](app::JobControl& control) {
                                                  return site_now(*held, budget, control);
                                                }));
  return accepted(view);
}

}  // namespace

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Result<double> decimal_parameter(const Request& request, std::string_view name, double otherwise) {
  const auto text = request.query_value(name);
  if (!text) {
    return otherwise;
  }
  const std::string digits(*text);
  char* end = nullptr;
  const double value = std::strtod(digits.c_str(), &end);
  const bool plain = !digits.empty() && digits.find_first_not_of("0123456789.") == digits.npos;
  if (!plain || end != digits.c_str() + digits.size() || !(value < 1e12)) {
    return Error{ErrorCode::bad_number, std::string(name), digits};
  }
  return value;
}

Result<bool> flag_parameter(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (text && *text != "true" && *text != "false") {
    return Error{ErrorCode::bad_field, std::string(name), "true or false"};
  }
  return text && *text == "true";
}

siting::Limits job_limits(const PlanBudget& budget, app::JobControl& control) {
  siting::Limits limits;
  limits.seconds = budget.iterations ? 0 : budget.seconds;
  limits.iterations = budget.iterations.value_or(0);
  limits.seed = budget.seed;
  limits.spent = thread_seconds;
  limits.cancelled = [&control, begun = thread_seconds()] {
    return !control.wanted() || thread_seconds() - begun >= kSecondsMax;
  };
  limits.share = [&control](double share) { control.progress(share, ""); };
  return limits;
}

void add_planning_doors(Doors& doors) {
  auto& context = doors.context();
  doors.write("POST", "/api/v1/route", {"format", "objective", "seconds", "iterations", "seed"},
              [&context](const Request& r, const app::Access& a) { return route(context, r, a); });
  doors.write("POST", "/api/v1/site",
              {"format", "problem", "p", "radius", "detour", "rate", "reach", "gini", "times",
               "share", "split", "seconds", "iterations", "seed", "of", "relax", "from", "city"},
              [&context](const Request& r, const app::Access& a) { return site(context, r, a); });
}

}  // namespace huan::http
