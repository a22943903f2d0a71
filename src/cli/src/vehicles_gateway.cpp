// SPDX-License-Identifier: Apache-2.0
// The door for JT/T 808 terminals, and terminals that are none.
#include <fmt/core.h>
#include <pthread.h>

#include <csignal>

#include "huan/base/text.hpp"
#include "huan/crypto/random.hpp"
#include "huan/json/writer.hpp"
#include "huan/track_store/track_store.hpp"
#include "huan/vehicle_gateway/gateway.hpp"
#include "huan/vehicle_gateway/simulated_fleet.hpp"
#include "vehicles.hpp"

namespace huan::cli {
namespace {

using jt808::RegisterVerdict;
using track_store::TrackStore;

constexpr std::size_t kCodeBytes = 16;
constexpr std::int64_t kAheadS = 600;            // as for any record
constexpr std::int64_t kBehindS = 400 * 86'400;  // what a terminal may have kept
constexpr std::int64_t kMsOfSecond = 1'000;

/// The terminals and tracks beside the store.
class StoredYard final : public vehicle_gateway::Yard {
 public:
  explicit StoredYard(const std::string& path) : tracks_(path) {}

  /// The first device that registers under a number is bound to it; another one is turned away
  /// until the number is enrolled again.
  Answer enrol(const std::string& phone, const jt808::Registration& registration) override {
    const auto known = tracks_.terminal(phone);
    if (!known) {
      return {RegisterVerdict::no_terminal, ""};
    }
    if (!known->terminal.empty() && known->terminal != registration.terminal) {
      return {RegisterVerdict::terminal_taken, ""};
    }
    const std::string random = crypto::random_bytes(kCodeBytes);
    const std::string code =
        base::hex({reinterpret_cast<const std::uint8_t*>(random.data()), random.size()});
    tracks_.bind(phone, registration.terminal, code);
    return {RegisterVerdict::ok, code};
  }

  bool admits(const std::string& phone, const std::string& code) override {
    return tracks_.knows_code(phone, code);
  }

  void keep(const std::vector<vehicle_gateway::Report>& reports) override {
    const std::int64_t now = clock_.now().s;
    std::vector<track_store::Driven> driven;
    driven.reserve(reports.size());
    for (const vehicle_gateway::Report& report : reports) {
      const jt808::Fix& fix = report.fix;
      const auto known = tracks_.terminal(report.phone);
      // A clock that is wrong by more is no clock: what it says cannot be put anywhere.
      if (!known || fix.time.s > now + kAheadS || fix.time.s < now - kBehindS) {
        continue;
      }
      driven.push_back({known->vehicle,
                        {fix.time, fix.lat_e6, fix.lng_e6, fix.speed_dmh, fix.direction,
                         fix.located, fix.ignition, fix.doors, fix.load}});
    }
    tracks_.keep(driven);
  }

 private:
  TrackStore tracks_;
  base::SystemClock clock_;
};

struct GatewayWanted {
  std::string listen{"127.0.0.1:8808"};
  std::size_t of_peer{256};
};

/// "127.0.0.1:8808".
base::Result<vehicle_gateway::GatewayOptions> gateway_options(const GatewayWanted& wanted) {
  const auto colon = wanted.listen.rfind(':');
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : base::parse_integer(wanted.listen.substr(colon + 1));
  if (!port || *port < 0 || *port > 65'535) {
    return base::Error{base::ErrorCode::bad_config, "--listen", "address and port"};
  }
  vehicle_gateway::GatewayOptions options;
  options.address = wanted.listen.substr(0, colon);
  options.port = static_cast<std::uint16_t>(*port);
  options.connections_of_peer_max = wanted.of_peer;
  return options;
}

int run_gateway(const Common& common, const GatewayWanted& wanted) {
  sigset_t signals{};
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto options = gateway_options(wanted);
  if (!options) {
    return refused(common, options.error());
  }
  StoredYard yard{tracks_path(common)};
  const auto gateway = vehicle_gateway::Gateway::start(*options, yard);
  if (!gateway) {
    refused(common, gateway.error());
    return kEnvironment;
  }
  const std::string where = options->address + ":" + std::to_string((*gateway)->port());
  fmt::print("{}\n", common.json ? "{\"listening\":\"" + where + "\"}" : "listening: " + where);
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  const auto stats = (*gateway)->stats();
  fmt::print(stderr, "{} reports kept, {} connections refused, {} put out\n", stats.reports,
             stats.refused, stats.dropped);
  return kDone;
}

int run_simulated_fleet(const Common& common, const vehicle_gateway::FleetOptions& options) {
  const auto report = vehicle_gateway::run_fleet(options, [] { return false; });
  if (!report) {
    refused(common, report.error());
    return kEnvironment;
  }
  const auto n = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object()
        .member("answered", n(report->answered))
        .member("connects", n(report->connects));
    w.member("made", n(report->made)).member("refused", n(report->refused)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{} reports made, {} answered, {} connections, {} times turned away\n", report->made,
               report->answered, report->connects, report->refused);
  }
  return report->answered == report->made && report->refused == 0 ? kDone : kWanting;
}

}  // namespace

void add_vehicles_gateway(CLI::App& vehicles, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(vehicles, common, "gateway", "answer JT/T 808 terminals until told to stop");
  auto wanted = std::make_shared<GatewayWanted>();
  one->add_option("--listen", wanted->listen, "address and port")->capture_default_str();
  one->add_option("--peer-connections", wanted->of_peer,
                  "of one address; networks put many vehicles behind one")
      ->capture_default_str();
  one->callback([&common, &verb, wanted] {
    verb = [&common, wanted] { return run_gateway(common, *wanted); };
  });
  CLI::App* fleet =
      add_verb(vehicles, common, "simulate", "terminals that are none, reporting to a gateway");
  auto options = std::make_shared<vehicle_gateway::FleetOptions>();
  fleet->add_option("--port", options->port, "of the gateway, on loopback")->required();
  fleet->add_option("--count", options->vehicles, "how many")->capture_default_str();
  fleet->add_option("--first-phone", options->first_phone, "the others follow")
      ->capture_default_str();
  fleet->add_option("--every-ms", options->every_ms, "between two reports")
      ->check(CLI::Range(100, 600'000))
      ->capture_default_str();
  fleet->add_option("--for-ms", options->for_ms, "then it waits for answers")
      ->capture_default_str();
  auto door = std::make_shared<unsigned>(0);
  fleet->add_option("--open-door", *door, "that is open all the time")->check(CLI::Range(1, 5));
  fleet->callback([&common, &verb, options, door] {
    verb = [&common, options, door] {
      options->open_doors =
          *door == 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(1U << (*door - 1));
      return run_simulated_fleet(common, *options);
    };
  });
}

}  // namespace huan::cli
