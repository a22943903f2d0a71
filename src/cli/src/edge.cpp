// SPDX-License-Identifier: Apache-2.0
#include "verb.hpp"

namespace huan::cli {
namespace {

void add_speech(CLI::App& verb, IndicatorSetting& speaks) {
  verb.add_option("--protocol", speaks.protocol, "yaohua, toledo or ascii")
      ->check(CLI::IsMember({"yaohua", "toledo", "ascii"}))
      ->capture_default_str();
  verb.add_option("--unit", speaks.unit, "of Yaohua frames, which do not say it")
      ->check(CLI::IsMember({"kg", "g", "t", "lb", "oz"}))
      ->capture_default_str();
  verb.add_flag("--sign-bit-positive", speaks.sign_bit_positive,
                "Toledo: a set sign bit is a positive weight");
  verb.add_flag("--no-checksum", speaks.no_checksum, "Toledo: frames of 17 bytes");
}

void add_platform(CLI::App& verb, EdgeSetting& edge) {
  verb.add_option("--steady-count", edge.steady_count, "so many like readings are at rest")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  verb.add_option("--steady-ms", edge.steady_ms, "over so long")
      ->check(CLI::Range(0, 60'000))
      ->capture_default_str();
  const auto mass = [&verb](const char* name, std::int64_t& value, const char* help) {
    verb.add_option(name, value, help)
        ->check(CLI::Range(std::int64_t{0}, std::int64_t{1'000'000'000}))
        ->capture_default_str();
  };
  mass("--band-g", edge.band_g, "how far like readings may lie apart");
  mass("--zero-band-g", edge.zero_band_g, "up to it the platform is empty");
  mass("--start-g", edge.start_g, "less is no load");
  mass("--second-tolerance-g", edge.second_tolerance_g, "between two indicators");
  mass("--tare-band-g", edge.tare_band_g, "how far a tare may lie from those before");
  verb.add_option("--tare-ppm", edge.tare_ppm, "the same, in parts of a million; the wider counts")
      ->check(CLI::Range(0, 1'000'000))
      ->capture_default_str();
}

}  // namespace

void add_edge(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand(
      "edge", "run beside a scale: its weight for the station page, tickets kept until sent");
  auto edge = std::make_shared<EdgeSetting>();
  one->add_option("--port", edge->port, "of the loopback door; 0: any free one")
      ->capture_default_str();
  one->add_option("--folder", edge->folder, "for what waits to be sent")->capture_default_str();
  one->add_option("--server", edge->server, "http(s)://… of huan serve")->required();
  one->add_option("--token", edge->token, "of the station, by huan token")
      ->envname("HUAN_TOKEN")
      ->required();
  one->add_option("--ca", edge->ca_file, "PEM file, instead of the system's");
  one->add_option("--scale", edge->scale, "the scale's id in the registry")->required();
  one->add_option("--page", edge->page, "origin of the station page; default: the server's");
  one->add_option("--indicator", edge->indicator, "tcp:HOST:PORT or serial:/dev/ttyS0@9600");
  one->add_option("--second", edge->second, "a second indicator of the same platform");
  one->add_option("--ask", edge->ask, "command mode: the indicator's address, A to Z");
  one->add_option("--simulate", edge->simulate_g, "no indicator but a simulated one: loads in g")
      ->delimiter(',')
      ->excludes("--indicator");
  add_speech(*one, edge->speaks);
  add_platform(*one, *edge);
  one->add_flag("--json", edge->json, "say in one line of JSON where it listens");
  one->callback([&common, &verb, edge] {
    verb = [&common, edge] { return common.doors.devices.edge(*edge); };
  });
}

void add_simulate_scale(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand(
      "simulate-scale", "an indicator that is none, speaking a real protocol over TCP");
  auto scale = std::make_shared<SimulatedScaleSetting>();
  one->add_option("--port", scale->port, "on loopback; 0: any free one")->capture_default_str();
  one->add_option("--loads", scale->loads_g, "in g, one after the other, empty between")
      ->delimiter(',')
      ->required();
  one->add_flag("--asked", scale->asked, "Yaohua command mode, address A");
  add_speech(*one, scale->speaks);
  one->add_flag("--json", scale->json, "say in one line of JSON where it listens");
  one->callback([&common, &verb, scale] {
    verb = [&common, scale] { return common.doors.devices.simulate_scale(*scale); };
  });
}

}  // namespace huan::cli
