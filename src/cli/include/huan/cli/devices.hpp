// SPDX-License-Identifier: Apache-2.0
// What verbs about devices take from the command line, as given, and the doors that main plugs in
// for them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace huan::cli {

/// How an indicator speaks.
struct IndicatorSetting {
  std::string protocol{"yaohua"};
  std::string unit{"kg"};         ///< of Yaohua frames
  bool sign_bit_positive{false};  ///< Toledo's
  bool no_checksum{false};        ///< Toledo's
};

struct EdgeSetting {
  std::uint16_t port{8790};
  std::string folder{"data/edge"};
  std::string server;
  std::string token;
  std::string ca_file;
  std::string scale;
  std::string page;
  std::string indicator;  ///< tcp:HOST:PORT or serial:/dev/…@9600
  std::string second;
  std::string ask;  ///< address of command mode, empty: it sends by itself
  IndicatorSetting speaks{};
  std::int64_t steady_count{5};
  std::int64_t steady_ms{1'000};
  std::int64_t band_g{0};
  std::int64_t zero_band_g{0};
  std::int64_t start_g{1};
  std::int64_t second_tolerance_g{0};
  std::int64_t tare_ppm{3'000};
  std::int64_t tare_band_g{0};
  std::vector<std::int64_t> simulate_g;  ///< loads of a simulated indicator; empty: a real one
  bool json{false};
};

struct SimulatedScaleSetting {
  std::uint16_t port{0};
  IndicatorSetting speaks{};
  bool asked{false};
  std::vector<std::int64_t> loads_g;
  bool json{false};
};

struct BinSetting {
  std::string id;
  std::string place;
  std::string code;
};

struct BinsSetting {
  std::string broker{"127.0.0.1"};
  int broker_port{8883};
  std::string broker_ca;
  std::string user;
  std::string password;
  std::string server;
  std::string server_ca;
  std::string token;
  std::string folder{"data/bins"};
  std::uint16_t port{8791};
  std::vector<BinSetting> devices;
  bool json{false};
};

struct SimulatedBinsSetting {
  std::string broker{"127.0.0.1"};
  int broker_port{8883};
  std::string broker_ca;
  std::vector<std::string> devices;
  std::int64_t deposits{10};
  std::int64_t first_seq{1};
  std::size_t window{100};
  std::string material{"paper.mixed"};
  std::int64_t seconds{60};
  bool json{false};
  std::int64_t every_ms{0};  ///< between two deposits of a bin
};

/// What main provides; each runs until SIGTERM or SIGINT and gives the exit code.
struct DeviceDoors {
  std::function<int(const EdgeSetting&)> edge;
  std::function<int(const SimulatedScaleSetting&)> simulate_scale;
  std::function<int(const BinsSetting&)> bins;
  std::function<int(const SimulatedBinsSetting&)> simulate_bins;
};

}  // namespace huan::cli
