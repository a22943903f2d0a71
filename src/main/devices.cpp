// SPDX-License-Identifier: Apache-2.0
#include "devices.hpp"

#include <fmt/core.h>

#include <chrono>
#include <cstdio>

#include "ending.hpp"
#include "huan/edge/bin_gateway.hpp"
#include "huan/edge/edge.hpp"
#include "huan/edge/simulated_indicator.hpp"
#include "huan/json/writer.hpp"

namespace huan {
namespace {

constexpr int kDone = 0;
constexpr int kWanting = 1;
constexpr int kRefused = 3;
constexpr int kEnvironment = 4;

int fail_device(const base::Error& error) {
  fmt::print(stderr, "huan: {}\n", base::describe(error, base::Language::en));
  return error.code == base::ErrorCode::bad_file ? kRefused : kEnvironment;
}

void say_where(bool json, std::string_view what, const std::string& address) {
  if (json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member(what, address).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{}: {}\n", what, address);
  }
  std::fflush(stdout);
}

scales::DecoderOptions decoder_of(const cli::IndicatorSetting& setting) {
  scales::DecoderOptions decoder;
  decoder.protocol = scales::parse_protocol(setting.protocol).value_or(decoder.protocol);
  decoder.unit = scales::parse_unit(setting.unit).value_or(decoder.unit);
  decoder.sign_bit_negative = !setting.sign_bit_positive;
  decoder.checksum = !setting.no_checksum;
  return decoder;
}

base::Result<char> address_of(const std::string& ask) {
  if (ask.empty()) {
    return char{0};
  }
  if (ask.size() != 1 || ask[0] < 'A' || ask[0] > 'Z') {
    return base::Error{base::ErrorCode::bad_config, "--ask", "one letter, A to Z"};
  }
  return ask[0];
}

base::Result<edge::EdgeOptions> edge_options(const cli::EdgeSetting& setting) {
  HUAN_TRY(ask, address_of(setting.ask));
  edge::EdgeOptions options;
  options.port = setting.port;
  options.folder = setting.folder;
  options.server = setting.server;
  options.token = setting.token;
  options.ca_file = setting.ca_file;
  options.scale = setting.scale;
  options.page = setting.page;
  options.indicator = {setting.indicator, decoder_of(setting.speaks), ask};
  options.second = {setting.second, decoder_of(setting.speaks), ask};
  scales::PlatformOptions& platform = options.platform;
  platform.steady.count = setting.steady_count;
  platform.steady.over_ms = setting.steady_ms;
  platform.steady.band = base::Mass{setting.band_g};
  platform.zero_band = base::Mass{setting.zero_band_g};
  platform.start = base::Mass{setting.start_g};
  platform.second_tolerance = base::Mass{setting.second_tolerance_g};
  options.tare_band = {setting.tare_ppm, base::Mass{setting.tare_band_g}};
  return options;
}

int run_edge(const cli::EdgeSetting& setting) {
  const DeviceEnding ending;
  auto options = edge_options(setting);
  if (!options) {
    return fail_device(options.error());
  }
  std::unique_ptr<edge::SimulatedIndicator> simulated;
  if (!setting.simulate_g.empty()) {
    edge::SimulatedIndicatorOptions indicator;
    indicator.protocol = decoder_of(setting.speaks);
    indicator.asked = !setting.ask.empty();
    indicator.loads_g = setting.simulate_g;
    auto started = edge::SimulatedIndicator::start(indicator);
    if (!started) {
      return fail_device(started.error());
    }
    simulated = std::move(*started);
    options->indicator.line = "tcp:127.0.0.1:" + std::to_string(simulated->port());
  }
  const auto started = edge::Edge::start(*options);
  if (!started) {
    return fail_device(started.error());
  }
  say_where(setting.json, "listening", "http://127.0.0.1:" + std::to_string((*started)->port()));
  ending.wait();
  return kDone;
}

int run_simulated_scale(const cli::SimulatedScaleSetting& setting) {
  const DeviceEnding ending;
  edge::SimulatedIndicatorOptions options;
  options.port = setting.port;
  options.protocol = decoder_of(setting.speaks);
  options.asked = setting.asked;
  options.loads_g = setting.loads_g;
  const auto started = edge::SimulatedIndicator::start(options);
  if (!started) {
    return fail_device(started.error());
  }
  say_where(setting.json, "indicator", "tcp:127.0.0.1:" + std::to_string((*started)->port()));
  ending.wait();
  return kDone;
}

int run_bin_gateway(const cli::BinsSetting& setting) {
  const DeviceEnding ending;
  edge::BinGatewayOptions options;
  options.broker = {setting.broker, setting.broker_port, setting.user, setting.password,
                    setting.broker_ca};
  options.folder = setting.folder;
  options.server = setting.server;
  options.token = setting.token;
  options.ca_file = setting.server_ca;
  options.port = setting.port;
  options.devices.reserve(setting.devices.size());
  for (const cli::BinSetting& device : setting.devices) {
    options.devices.push_back({device.id, {device.place, device.code}});
  }
  const auto started = edge::BinGateway::start(options);
  if (!started) {
    return fail_device(started.error());
  }
  say_where(setting.json, "listening", "http://127.0.0.1:" + std::to_string((*started)->port()));
  ending.wait();
  const edge::BinStats stats = (*started)->stats();
  fmt::print(stderr, "{} deposits kept, {} again, {} refused, {} of strangers, {} left\n",
             stats.deposits, stats.again, stats.refused, stats.strangers, stats.left);
  return kDone;
}

int run_simulated_bins(const cli::SimulatedBinsSetting& setting) {
  edge::SimulatedBinsOptions options;
  options.broker = {setting.broker, setting.broker_port, "", "", setting.broker_ca};
  options.devices = setting.devices;
  options.deposits = setting.deposits;
  options.first_seq = setting.first_seq;
  options.window = setting.window;
  options.material = setting.material;
  options.every_ms = setting.every_ms;
  const auto begun = std::chrono::steady_clock::now();
  const auto report = edge::run_bins(options, [&] {
    return std::chrono::steady_clock::now() - begun > std::chrono::seconds{setting.seconds};
  });
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(
                      std::chrono::steady_clock::now() - begun)
                      .count();
  if (setting.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("answered", report.answered).member("made", report.made);
    w.member("ms", static_cast<std::int64_t>(ms)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{} deposits made, {} answered, in {} ms\n", report.made, report.answered, ms);
  }
  const auto wanted = setting.deposits * static_cast<std::int64_t>(setting.devices.size());
  return report.answered == wanted ? kDone : kWanting;
}

}  // namespace

cli::DeviceDoors device_doors() {
  return {run_edge, run_simulated_scale, run_bin_gateway, run_simulated_bins};
}

}  // namespace huan
