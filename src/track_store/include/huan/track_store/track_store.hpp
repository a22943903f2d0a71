// SPDX-License-Identifier: Apache-2.0
// Where vehicles drove, in a SQLite file beside the log: figures about the world, not records of it
// (a record may name the digest of a vehicle's day). And the terminals that may report, each with
// the digest of the code that it shows; and what bins and cameras said of themselves last.
// Guaranteed: what keep() was given is on the disk when it
// returns; the same report twice is one. A broken disk throws. One thread at a time; several
// processes may have the file open.
//
//   TrackStore store{"data/huan.tracks.db"};
//   store.keep({{"130100", "V-1", fix}});
//   Track day = store.read({"130100", "V-1"}, midnight, next_midnight);
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "huan/tracks/fix.hpp"

namespace huan::track_store {

struct Vehicle {
  std::string city;
  std::string id;
};

struct Driven {
  Vehicle vehicle;
  tracks::Fix fix;
};

struct Terminal {
  std::string phone;  ///< without leading zeros
  Vehicle vehicle;
  std::string terminal;  ///< the device's own id, bound by its first registration; empty: not yet
  bool has_code{false};
};

/// What a device in the field said of itself last.
struct DeviceReport {
  std::string device;
  base::Instant at;  ///< when it came
  std::string body;  ///< JSON
};

class TrackStore {
 public:
  explicit TrackStore(const std::string& path);
  ~TrackStore();
  TrackStore(const TrackStore&) = delete;
  TrackStore& operator=(const TrackStore&) = delete;

  void keep(const std::vector<Driven>& driven);
  /// A consistent copy into a new file, while others go on reading and writing.
  void copy_to(const std::string& path);
  /// In order of time, `from` included, `to` not.
  [[nodiscard]] tracks::Track read(const Vehicle& vehicle, base::Instant from, base::Instant to);

  /// Whether the vehicle reported in the 30 days before that midnight, and not in the day from it.
  [[nodiscard]] bool fell_silent(const Vehicle& vehicle, base::Instant midnight);

  /// Each in place of the one before.
  void put_reports(const std::string& city, const std::vector<DeviceReport>& reports);
  /// By device.
  [[nodiscard]] std::vector<DeviceReport> reports(const std::string& city);

  /// Replaces what was known of that number: the next terminal that registers under it is bound.
  void put_terminal(const std::string& phone, const Vehicle& vehicle);
  bool remove_terminal(const std::string& phone);
  [[nodiscard]] std::optional<Terminal> terminal(const std::string& phone);
  [[nodiscard]] std::vector<Terminal> terminals();
  /// Binds the device to its number, with a new code.
  void bind(const std::string& phone, const std::string& terminal, const std::string& code);
  [[nodiscard]] bool knows_code(const std::string& phone, const std::string& code);

 private:
  struct Database;
  std::unique_ptr<Database> db_;
};

}  // namespace huan::track_store
