// SPDX-License-Identifier: Apache-2.0
#include "device_commands.hpp"

#include <algorithm>

namespace huan::http {
namespace {

constexpr std::int64_t kFetchWithinS = 60;
constexpr std::int64_t kForgetS = 600;
constexpr std::size_t kWaitingMax = 1'000;

}  // namespace

void DeviceCommands::forget(base::Instant now) {
  while (!all_.empty() && now.s - all_.front().at.s > kForgetS) {
    all_.pop_front();
  }
  for (DeviceCommand& one : all_) {
    const bool open = one.status == "queued" || one.status == "sent";
    if (open && now.s - one.at.s > kFetchWithinS) {
      one.status = "expired";
    }
  }
}

bool DeviceCommands::put(DeviceCommand command) {
  const std::scoped_lock lock(mutex_);
  forget(command.at);
  if (all_.size() >= kWaitingMax) {
    return false;
  }
  all_.push_back(std::move(command));
  return true;
}

std::optional<DeviceCommand> DeviceCommands::find(const std::string& id, base::Instant now) {
  const std::scoped_lock lock(mutex_);
  forget(now);
  const auto found = std::ranges::find(all_, id, &DeviceCommand::id);
  return found == all_.end() ? std::nullopt : std::optional(*found);
}

std::vector<DeviceCommand> DeviceCommands::fetch(const std::string& city,
                                                 const std::vector<std::string>& devices,
                                                 base::Instant now) {
  const std::scoped_lock lock(mutex_);
  forget(now);
  std::vector<DeviceCommand> out;
  for (DeviceCommand& one : all_) {
    if (one.city == city && one.status == "queued" &&
        std::ranges::find(devices, one.device) != devices.end()) {
      one.status = "sent";
      out.push_back(one);
    }
  }
  return out;
}

void DeviceCommands::settle(const std::string& city, const std::string& id,
                            const std::string& status) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(all_, id, &DeviceCommand::id);
  if (found != all_.end() && found->city == city && found->status == "sent") {
    found->status = status;
  }
}

}  // namespace huan::http
