// SPDX-License-Identifier: Apache-2.0
// The roles of a simulated day as processes: each a verb that knows a server's address and little
// more. tools/simulate_day.sh lets them all play together.
#include <fmt/core.h>

#include <algorithm>

#include "huan/http_client/client.hpp"
#include "huan/json/writer.hpp"
#include "huan/simulated_day/roles.hpp"
#include "huan/vehicle_gateway/simulated_fleet.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using simulated_day::DayOptions;
using simulated_day::DayReport;
using simulated_day::Waypoint;
using Ways = std::map<std::string, std::vector<Waypoint>>;

struct DayWanted {
  DayOptions options;
  std::string day;
  std::string until{"20:00"};
  simulated_day::NetworkOptions network;
  simulated_day::ResidentOptions residents;
  std::int64_t seconds{90};
  std::int64_t tickets{1'000};
  vehicle_gateway::FleetOptions fleet;
  bool lists{false};
  std::size_t open_ways{0};
};

/// One connection that stays open, as long as the role lives.
simulated_day::Transport over_http() {
  const auto client = std::make_shared<http_client::Client>();  // the function has to be copyable
  return [client](const simulated_day::Sent& sent) -> base::Result<simulated_day::Received> {
    HUAN_TRY(reply, client->send({sent.method, sent.url, sent.headers, sent.body}));
    return simulated_day::Received{reply.status, std::move(reply.headers), std::move(reply.body)};
  };
}

base::Result<base::Instant> ending_of(const DayWanted& wanted) {
  const auto at = base::parse_time(wanted.day + "T" + wanted.until + ":00Z");
  return at ? base::Result<base::Instant>(base::Instant{at->s - wanted.options.offset_s})
            : Error{ErrorCode::bad_time, "--until", "an hour like 20:00"};
}

int say_report(const Common& common, const base::Result<DayReport>& report) {
  if (!report) {
    refused(common, report.error());
    return kEnvironment;
  }
  std::string out;
  json::Writer w(out);
  w.begin_object();
  for (const auto& [name, count] : report->counts) {
    w.member(name, count);
    if (!common.json) {
      fmt::print("{:<16} {:>12}\n", name, group_digits(count));
    }
  }
  w.member("unexpected", report->unexpected).end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  if (report->unexpected > 0) {
    fmt::print(stderr, "{} answers that nobody expected; the first: {}\n", report->unexpected,
               report->first_unexpected);
  }
  return report->unexpected == 0 ? kDone : kWanting;
}

constexpr std::uint8_t kBoxOpen = 1U << (simulated_day::kBoxDoor - 1);

/// On the straight line between two waypoints, as far as the hour says.
vehicle_gateway::Whereabouts on_the_way(const std::vector<Waypoint>& way, std::int64_t second) {
  const auto next =
      std::ranges::find_if(way, [&](const Waypoint& one) { return one.second > second; });
  if (next == way.begin() || next == way.end()) {
    const Waypoint& home = next == way.begin() ? way.front() : way.back();
    return {home.lat_e6, home.lng_e6, false};
  }
  const Waypoint& last = *(next - 1);
  const std::int64_t span = next->second - last.second;
  const std::int64_t gone = second - last.second;
  const auto between = [&](std::int32_t a, std::int32_t b) {
    return static_cast<std::int32_t>(a + (std::int64_t{b} - a) * gone / span);
  };
  const bool moves = last.lat_e6 != next->lat_e6 || last.lng_e6 != next->lng_e6;
  const std::uint8_t doors = moves ? std::uint8_t{0} : kBoxOpen;  // it loads, or unloads
  return {between(last.lat_e6, next->lat_e6), between(last.lng_e6, next->lng_e6), moves, doors};
}

int drive_trucks(const Common& common, DayWanted& wanted) {
  const auto ways = simulated_day::planned_ways(wanted.options);
  if (!ways) {
    refused(common, ways.error());
    return kEnvironment;
  }
  std::vector<const Ways::value_type*> trucks;
  for (const auto& truck : *ways) {
    if (wanted.lists) {
      fmt::print("{} {}\n", wanted.fleet.first_phone + static_cast<std::int64_t>(trucks.size()),
                 truck.first);
    }
    trucks.push_back(&truck);
  }
  if (wanted.lists || trucks.empty()) {
    return kDone;
  }
  const std::int64_t midnight =
      std::int64_t{wanted.options.day.n} * 86'400 - wanted.options.offset_s;
  wanted.fleet.vehicles = trucks.size();
  wanted.fleet.where = [&](std::size_t n, base::Instant at) {
    auto now = on_the_way(trucks[n]->second, at.s - midnight);
    now.doors |= n < wanted.open_ways && now.moves ? kBoxOpen : std::uint8_t{0};
    return now;
  };
  const auto report = vehicle_gateway::run_fleet(wanted.fleet, [] { return false; });
  if (!report) {
    refused(common, report.error());
    return kEnvironment;
  }
  DayReport counted;
  counted.counts = {{"answered", static_cast<std::int64_t>(report->answered)},
                    {"made", static_cast<std::int64_t>(report->made)},
                    {"trucks", static_cast<std::int64_t>(trucks.size())}};
  counted.unexpected = static_cast<std::int64_t>(report->refused + report->made - report->answered);
  counted.first_unexpected = "reports turned away or not answered";
  return say_report(common, counted);
}

int play(const Common& common, const std::string& role, DayWanted& wanted) {
  const auto day = base::parse_day(wanted.day);
  if (!day) {
    return refused(common, {ErrorCode::bad_time, "--day", "a day like 2026-11-23"});
  }
  wanted.options.day = *day;
  wanted.options.transport = over_http();
  const auto until = ending_of(wanted);
  if (!until) {
    return refused(common, until.error());
  }
  if (role == "trucks") {
    return drive_trucks(common, wanted);
  }
  namespace day_of = simulated_day;
  return say_report(
      common, role == "network"   ? day_of::prepare_network(wanted.options, wanted.network)
              : role == "book"    ? day_of::book_orders(wanted.options, wanted.residents)
              : role == "home"    ? day_of::wait_at_home(wanted.options, wanted.residents, *until)
              : role == "plan"    ? day_of::dispatch(wanted.options, wanted.seconds)
              : role == "station" ? day_of::weigh_in(wanted.options, wanted.tickets, *until)
                                  : day_of::drive(wanted.options, *until));
}

}  // namespace

void add_simulate_day(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* day = root.add_subcommand(
      "simulate-day", "people of a simulated day, each a process at a running server's doors");
  day->require_subcommand(1);
  auto wanted = std::make_shared<DayWanted>();
  const auto role = [&](const std::string& name, const char* help) {
    CLI::App* one = day->add_subcommand(name, help);
    one->add_flag("--json", common.json, "answer in JSON");
    one->add_option("--server", wanted->options.server, "http(s)://… of huan serve")
        ->capture_default_str();
    one->add_option("--token", wanted->options.token, "of an operator of the city")
        ->envname("HUAN_TOKEN")
        ->required();
    one->add_option("--day", wanted->day, "like 2026-11-23")->required();
    one->add_option("--seed", wanted->options.seed, "equal seeds, equal people")
        ->capture_default_str();
    one->callback([&common, &verb, wanted, name] {
      verb = [&common, wanted, name] { return play(common, name, *wanted); };
    });
    return one;
  };
  const auto until = [&](CLI::App* one) {
    one->add_option("--until", wanted->until, "when they go home, of the day")
        ->capture_default_str();
    return one;
  };
  CLI::App* one = role("network", "limits of stations and bins, a device at each bin");
  one->add_option("--station-days", wanted->network.station_days, "that a lot may lie")
      ->capture_default_str();
  one->add_option("--station-limit-g", wanted->network.station_limit_g, "0: none");
  one->add_option("--bin-limit-g", wanted->network.bin_limit_g, "0: none");
  one->add_option("--mobile", wanted->network.mobile, "trucks that are stations");
  for (const auto& [name, help] :
       {std::pair{"book", "residents book by the code of their phone, one order each"},
        std::pair{"home", "the same residents wait, and agree or have it given back"}}) {
    one = until(role(name, help));
    one->add_option("--orders", wanted->residents.orders, "how many")->capture_default_str();
    one->add_option("--outbox", wanted->residents.outbox, "the server's, where codes arrive")
        ->required();
  }
  one = role("plan", "plans, gives each vehicle a driver with an account, publishes");
  one->add_option("--seconds", wanted->seconds, "of processor time")->capture_default_str();
  one = until(role("station", "clerks weigh in at the stations"));
  one->add_option("--tickets", wanted->tickets, "of the day")->capture_default_str();
  until(role("drive", "drivers drive the published rounds and close them"));
  one = role("trucks", "terminals of the rounds' vehicles on their ways, over JT/T 808");
  one->add_option("--port", wanted->fleet.port, "of huan vehicles gateway, on loopback");
  one->add_option("--first-phone", wanted->fleet.first_phone, "the others follow")
      ->capture_default_str();
  one->add_option("--every-ms", wanted->fleet.every_ms, "between two reports, of real time")
      ->check(CLI::Range(100, 600'000))
      ->capture_default_str();
  one->add_option("--for-ms", wanted->fleet.for_ms, "of real time")->capture_default_str();
  one->add_option("--open-ways", wanted->open_ways, "so many drive with an open box");
  one->add_flag("--list", wanted->lists, "only say which phone is in which vehicle");
}

}  // namespace huan::cli
