// SPDX-License-Identifier: Apache-2.0
#include "device_loads.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

namespace huan::bench {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kFirstPhone = 13'900'000'000;
constexpr std::int64_t kDisturbedEveryMs = 40;  // of a bin: the run outlasts what is done to it

std::string field_bin_names() {
  std::string names;
  for (int n = 0; n < kFieldBins; ++n) {
    names += (n == 0 ? "BENCH-" : ",BENCH-") + std::to_string(n);
  }
  return names;
}

struct BinsSay {
  std::int64_t deposits{0};
  std::int64_t first{1};
  std::int64_t every_ms{0};
};

Words bins_of(const DeviceField& field, const BinsSay& say) {
  return {kSelf,           "bins",
          "simulate",      "--json",
          "--broker",      "127.0.0.1",
          "--broker-port", std::to_string(field.broker_port()),
          "--devices",     field_bin_names(),
          "--deposits",    std::to_string(say.deposits),
          "--first",       std::to_string(say.first),
          "--every-ms",    std::to_string(say.every_ms),
          "--window",      "50",
          "--seconds",     "120"};
}

Words fleet_of(const DeviceField& field, const Phones& phones, std::int64_t for_ms) {
  return {kSelf,           "vehicles",
          "simulate",      "--json",
          "--port",        std::to_string(field.tracks_port()),
          "--first-phone", std::to_string(phones.first),
          "--count",       std::to_string(phones.count),
          "--every-ms",    std::to_string(kReportEveryMs),
          "--for-ms",      std::to_string(for_ms)};
}

/// Runs the devices to their end while `disturb` does to the field what it does.
Carried say_all(const Words& devices, const std::string& out,
                const std::function<void()>& disturb) {
  const auto begun = std::chrono::steady_clock::now();
  Child speaking(devices, out);
  std::thread trouble(disturb);
  speaking.wait();
  Carried carried;
  carried.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  trouble.join();
  const std::string report = text_of_file(out);
  carried.made = number_in(report, "made");
  carried.answered = number_in(report, "answered");
  return carried;
}

Carried deposit(DeviceField& field, const BinsSay& say, const std::function<void()>& disturb) {
  const std::int64_t before = field.posted();
  Carried carried = say_all(bins_of(field, say), field.at("simulated"), disturb);
  carried.drained = field.drained();
  carried.kept = field.posted() - before;
  return carried;
}

/// Afterwards the gateway has ended.
Carried drive(DeviceField& field, const Phones& phones, std::int64_t for_ms,
              const std::function<void()>& disturb) {
  field.enrol(phones);
  field.start_tracks();
  Carried carried = say_all(fleet_of(field, phones, for_ms), field.at("fleet"), disturb);
  field.tracks.end(SIGTERM);
  carried.gateway_cpu_s = field.tracks.cpu_s();
  carried.kept = field.tracked(phones);
  return carried;
}

void keep_silent(const Child& child, milliseconds silence) {
  child.tell(SIGSTOP);
  std::this_thread::sleep_for(silence);
  child.tell(SIGCONT);
}

/// A fifth to two thirds of a silence.
milliseconds some_time(milliseconds silence, std::mt19937_64& random) {
  std::uniform_int_distribution<std::int64_t> time(silence.count() / 5, silence.count() * 2 / 3);
  return milliseconds{time(random)};
}

void disturb_bins(DeviceField& field, milliseconds silence, std::mt19937_64& random) {
  std::array<std::function<void()>, 5> what{
      [&] {
        field.broker.end(SIGKILL);
        field.start_broker();
      },
      [&] {
        field.server.end(SIGKILL);
        std::this_thread::sleep_for(silence / 3);
        field.start_server();
      },
      [&] {
        field.bins.end(SIGKILL);
        field.start_bins();
      },
      [&] { keep_silent(field.broker, silence); },
      [&] { keep_silent(field.server, silence); },
  };
  std::shuffle(what.begin(), what.end(), random);
  for (const auto& one : what) {
    std::this_thread::sleep_for(some_time(silence, random));
    one();
  }
}

void disturb_tracks(DeviceField& field, milliseconds silence, std::mt19937_64& random) {
  std::array<std::function<void()>, 2> what{
      [&] {
        field.tracks.end(SIGKILL);
        std::this_thread::sleep_for(silence / 3);
        field.start_tracks();
      },
      [&] { keep_silent(field.tracks, silence); },
  };
  std::shuffle(what.begin(), what.end(), random);
  for (const auto& one : what) {
    std::this_thread::sleep_for(some_time(silence, random));
    one();
  }
}

}  // namespace

DeviceLoad DeviceLoad::of(double seconds, std::int64_t vehicles) {
  constexpr double kDepositsOfSecond = 15;
  constexpr double kDisturbedOfSecond = 3;
  constexpr double kDrivingMsOfSecond = 130;
  constexpr double kSilentMsOfSecond = 17;
  constexpr std::int64_t kDisturbedLeast = 25;  // of a bin, a second of them
  constexpr std::int64_t kFewerDisturbed = 5;
  const auto part = [&](double of_second) {
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(seconds * of_second));
  };
  DeviceLoad load;
  load.deposits = part(kDepositsOfSecond);
  load.deposits_disturbed = std::max(kDisturbedLeast, part(kDisturbedOfSecond));
  load.vehicles = vehicles;
  load.vehicles_disturbed = std::max<std::int64_t>(1, vehicles / kFewerDisturbed);
  load.for_ms = part(kDrivingMsOfSecond);
  load.silence =
      std::clamp(milliseconds{part(kSilentMsOfSecond)}, milliseconds{150}, milliseconds{1'500});
  return load;
}

Carried carry_deposits(DeviceField& field, const DeviceLoad& load) {
  Carried carried = deposit(field, {load.deposits, 1, 0}, [] {});
  field.bins.end(SIGTERM);
  field.server.end(SIGTERM);
  field.broker.end(SIGTERM);
  carried.gateway_cpu_s = field.bins.cpu_s();
  return carried;
}

Carried carry_deposits_disturbed(DeviceField& field, const DeviceLoad& load,
                                 std::mt19937_64& random) {
  field.start_broker();
  field.start_server();
  field.start_bins();
  return deposit(field, {load.deposits_disturbed, load.deposits + 1, kDisturbedEveryMs},
                 [&] { disturb_bins(field, load.silence, random); });
}

Carried carry_reports(DeviceField& field, const DeviceLoad& load) {
  return drive(field, {kFirstPhone, load.vehicles}, load.for_ms, [] {});
}

Carried carry_reports_disturbed(DeviceField& field, const DeviceLoad& load,
                                std::mt19937_64& random) {
  // Others than before: two reports of a vehicle in one second are one.
  return drive(field, {kFirstPhone + load.vehicles, load.vehicles_disturbed}, load.for_ms,
               [&] { disturb_tracks(field, load.silence, random); });
}

}  // namespace huan::bench
