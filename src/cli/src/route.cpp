// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <csignal>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "huan/routing/solve.hpp"
#include "huan/routing_check/check.hpp"
#include "huan/wire_routing/instance.hpp"
#include "huan/wire_routing/plan_json.hpp"
#include "route_roads.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using wire_routing::Aim;
using wire_routing::Instance;

constexpr double kThousand = 1'000;
constexpr std::size_t kViolationsShown = 20;

struct RouteWanted {
  std::string in{"-"};
  std::string format{"vroom"};
  std::string objective;
  std::string out;
  std::string geojson;
  std::string check;
  bool given{false};  ///< VROOM's plan mode
  double seconds{10};
  std::int64_t iterations{-1};
  std::uint64_t seed{1};
  std::uint32_t threads{1};
  double detour{1.4};
  double speed_km_h{30};
  RoadsWanted roads;
};

double own_cpu_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

class CpuWatch final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return own_cpu_seconds() - begun_; }

 private:
  double begun_{own_cpu_seconds()};
};

/// While it lives, Ctrl-C asks for the best plan so far instead of ending the program.
class Interrupt {
 public:
  Interrupt() : before_(std::signal(SIGINT, note)) {}
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt() { std::signal(SIGINT, before_); }
  [[nodiscard]] static bool came() { return flag() != 0; }

 private:
  static volatile std::sig_atomic_t& flag() {
    static volatile std::sig_atomic_t value = 0;
    return value;
  }
  static void note(int /*signal*/) { flag() = 1; }
  void (*before_)(int);
};

base::Result<std::string> text_of(const std::string& path, const char* option) {
  if (path == "-") {
    return std::string{std::istreambuf_iterator<char>{std::cin}, {}};
  }
  std::ifstream in{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  if (!in.is_open() || in.bad()) {
    return base::Error{base::ErrorCode::bad_config, option, path + " cannot be read"};
  }
  return text;
}

base::Result<void> put(const std::string& path, const std::string& text, const char* option) {
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  out << text << '\n';
  out.flush();
  if (!out) {
    return base::Error{base::ErrorCode::bad_config, option, path + " cannot be written"};
  }
  return {};
}

/// The file's name before the line or pointer.
base::Error in_file(const base::Error& error, const std::string& path) {
  return {error.code, path + (error.at.empty() ? "" : " ") + error.at, error.detail};
}

base::Result<Instance> read_instance(const RouteWanted& wanted) {
  wire_routing::ReadOptions options;
  const auto format = wire_routing::parse_format(wanted.format);
  if (!format) {
    throw CLI::ValidationError("--format", "vroom, vrplib, solomon, cordeau, kim or pvrpif");
  }
  options.format = *format;
  options.aim = wanted.objective.empty()         ? Aim::own
                : wanted.objective == "distance" ? Aim::distance
                                                 : Aim::vehicles;
  options.detour = wanted.detour;
  options.speed_km_h = wanted.speed_km_h;
  HUAN_TRY(text, text_of(wanted.in, "--in"));
  auto instance = wire_routing::read(text, options);
  if (!instance) {
    return in_file(instance.error(), wanted.in);
  }
  HUAN_CHECK(take_road_ways(wanted.roads, *instance));
  return instance;
}

void tell_violations(const Instance& instance, const routing_check::Report& report) {
  const auto& problem = instance.problem;
  for (std::size_t i = 0; i < report.violations.size() && i < kViolationsShown; ++i) {
    const auto& v = report.violations[i];
    std::string where;
    if (v.vehicle < problem.vehicles.size()) {
      where += " vehicle " + problem.vehicles[v.vehicle].id;
    }
    if (v.step != routing::kNone) {
      where += fmt::format(" step {}", v.step);
    }
    if (v.stop < problem.stops.size()) {
      where += " stop " + problem.stops[v.stop].id;
    }
    if (v.facility < problem.facilities.size()) {
      where += " facility " + problem.facilities[v.facility].id;
    }
    fmt::print(stderr, "violation: {}{}: {}{}{}{}{}\n", routing_check::name(v.rule), where,
               v.amount, v.unit.empty() ? "" : " ", v.unit, v.detail.empty() ? "" : ", ", v.detail);
  }
  if (report.violations.size() > kViolationsShown) {
    fmt::print(stderr, "and {} more\n", report.violations.size() - kViolationsShown);
  }
}

void tell(const Instance& instance, const routing::Plan& plan, double cpu_s) {
  const routing::Summary& sum = plan.summary;
  fmt::print("{} stops: {} routes, {} unserved\n", instance.problem.stops.size(), sum.routes,
             sum.unserved);
  const auto value = wire_routing::objective(instance, plan);
  if (value) {
    const std::string& unit = instance.measure->unit;
    fmt::print("  objective {}{}{}\n", *value, unit.empty() ? "" : " ", unit);
  }
  fmt::print("  cost {}, distance {}, duration {:.0f} s, waiting {:.0f} s\n", sum.cost,
             sum.distance, sum.duration_s, sum.waiting_s);
  fmt::print("  {} iterations, {:.2f} CPU s\n", group_digits(sum.iterations), cpu_s);
}

base::Result<void> put_lines(const RouteWanted& wanted, const Instance& instance,
                             const routing::Plan& plan) {
  wire_routing::RoadLines lines;
  if (!wanted.roads.url.empty()) {
    HUAN_TRY(driven, road_lines(wanted.roads, instance, plan));
    lines = std::move(driven);
  }
  return put(wanted.geojson, wire_routing::write_geojson(instance, plan, lines), "--geojson");
}

/// Writes the plan where it is wanted: to --out and a summary for people, or to standard output.
int deliver(const Common& common, const RouteWanted& wanted, const Instance& instance,
            const routing::Plan& plan, const wire_routing::Milliseconds& spent) {
  const auto report = routing_check::check(instance.problem, plan);
  const std::string text = wire_routing::write_plan(instance, plan, report, spent);
  if (!wanted.out.empty()) {
    const auto done = put(wanted.out, text, "--out");
    if (!done) {
      return refused(common, done.error());
    }
  }
  if (wanted.out.empty() || common.json) {
    fmt::print("{}\n", text);
  } else {
    tell(instance, plan, spent.solving / kThousand);
  }
  if (!wanted.geojson.empty()) {
    const auto done = put_lines(wanted, instance, plan);
    if (!done) {
      return refused(common, done.error());
    }
  }
  tell_violations(instance, report);
  return report.holds() ? kDone : kWanting;
}

int check_plan(const Common& common, const RouteWanted& wanted, const Instance& instance) {
  const auto text = text_of(wanted.check, "--check");
  if (!text) {
    return refused(common, text.error());
  }
  const auto plan = wire_routing::read_plan(*text, instance);
  if (!plan) {
    return refused(common, in_file(plan.error(), wanted.check));
  }
  return deliver(common, wanted, instance, *plan, {});
}

int solve_and_deliver(const Common& common, const RouteWanted& wanted, const Instance& instance,
                      double loading_s) {
  routing::Options options;
  options.seconds = wanted.seconds;
  if (wanted.iterations >= 0) {
    options.iterations = wanted.iterations;
  }
  options.seed = wanted.seed;
  options.threads = wanted.threads;
  options.start = wire_routing::warm_start(instance);
  const Interrupt interrupt;
  const CpuWatch watch;
  Progress bar{"route"};
  const auto plan =
      routing::solve(instance.problem, options, watch, [&](const routing::Progress& now) {
        bar.at(static_cast<std::uint64_t>(now.fraction * kThousand),
               static_cast<std::uint64_t>(kThousand));
        return !Interrupt::came();
      });
  if (!plan) {
    return refused(common, in_file(wire_routing::in_own_words(instance, plan.error()), wanted.in));
  }
  const bool timed = wanted.iterations < 0;  // with iterations equal bytes are promised
  const int code =
      deliver(common, wanted, instance, *plan,
              {timed ? loading_s * kThousand : 0, timed ? watch.elapsed_s() * kThousand : 0});
  if (code == kWanting) {
    fmt::print(stderr, "huan: this plan breaks a rule: an error of ours, please report it\n");
  }
  return code;
}

int route(const Common& common, const RouteWanted& wanted) {
  const double begun = own_cpu_seconds();
  const auto instance = read_instance(wanted);
  if (!instance) {
    return refused(common, instance.error());
  }
  if (!wanted.check.empty()) {
    return check_plan(common, wanted, *instance);
  }
  if (wanted.given) {
    return deliver(common, wanted, *instance, wire_routing::given_plan(*instance), {});
  }
  return solve_and_deliver(common, wanted, *instance, own_cpu_seconds() - begun);
}

}  // namespace

void add_route(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand("route", "plan collection routes, or check a plan");
  auto wanted = std::make_shared<RouteWanted>();
  one->add_option("--in", wanted->in, "the problem; - is standard input")->capture_default_str();
  one->add_option("--format", wanted->format,
                  "vroom, vrplib, solomon, cordeau, kim or pvrpif (docs/routing.md)")
      ->capture_default_str();
  one->add_option("--objective", wanted->objective, "instead of the format's own goal")
      ->check(CLI::IsMember({"distance", "vehicles"}));
  one->add_option("--seconds", wanted->seconds, "of CPU time, reading apart")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  one->add_option("--iterations", wanted->iterations, "instead of seconds: equal bytes each time")
      ->check(CLI::NonNegativeNumber);
  one->add_option("--seed", wanted->seed, "equal seeds, equal plans")->capture_default_str();
  one->add_option("--threads", wanted->threads, "1 to 16")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  one->add_option("--out", wanted->out, "where the plan goes; default: standard output");
  one->add_option("--geojson", wanted->geojson, "write the routes as GeoJSON too");
  one->add_option("--check", wanted->check, "a plan: time it and list what it breaks");
  one->add_flag("-c,--given", wanted->given, "the same for the steps in the problem's vehicles");
  one->add_option("--detour", wanted->detour, "way = great circle × this, without a matrix")
      ->check(CLI::Range(1.0, 10.0))
      ->capture_default_str();
  one->add_option("--speed-kmh", wanted->speed_km_h, "on such ways")
      ->check(CLI::Range(1.0, 200.0))
      ->capture_default_str();
  one->add_option("--matrix-url", wanted->roads.url,
                  "ways and lines from this road server, where there is no matrix");
  one->add_option("--matrix-kind", wanted->roads.kind, "what it speaks")
      ->check(CLI::IsMember({"osrm", "valhalla"}))
      ->capture_default_str();
  one->add_option("--matrix-block", wanted->roads.block, "places asked for at once, squared")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  one->add_option("--matrix-timeout", wanted->roads.timeout_s, "seconds to wait for one answer")
      ->check(CLI::Range(0.1, 600.0))
      ->capture_default_str();
  one->add_flag("--json", common.json, "answer in JSON");
  one->callback(
      [&common, &verb, wanted] { verb = [&common, wanted] { return route(common, *wanted); }; });
}

}  // namespace huan::cli
