// SPDX-License-Identifier: Apache-2.0
// Doors of bins that people asked to be opened: waiting for the gateway to fetch them, sent, and
// answered by the device. Kept in memory: a command is for now, and forgotten after ten minutes.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/time.hpp"

namespace huan::http {

struct DeviceCommand {
  std::string id;
  std::string city;
  std::string device;
  std::string door;
  base::Instant at;
  std::string status{"queued"};  ///< queued, sent, done, failed, expired
};

class DeviceCommands {
 public:
  /// False: too many wait.
  bool put(DeviceCommand command);
  [[nodiscard]] std::optional<DeviceCommand> find(const std::string& id, base::Instant now);
  /// What waits for those devices, now on its way; nothing of what is older than a minute.
  std::vector<DeviceCommand> fetch(const std::string& city, const std::vector<std::string>& devices,
                                   base::Instant now);
  void settle(const std::string& city, const std::string& id, const std::string& status);

 private:
  void forget(base::Instant now);

  std::mutex mutex_;
  std::deque<DeviceCommand> all_;  ///< the oldest first
};

}  // namespace huan::http
