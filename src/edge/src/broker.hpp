// SPDX-License-Identifier: Apache-2.0
// One connection to an MQTT broker, over libmosquitto.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include "huan/edge/bin_gateway.hpp"

struct mosquitto;

namespace huan::edge {

class Broker {
 public:
  struct Hooks {
    std::function<void()> connected;
    std::function<void(std::string_view topic, std::string_view payload)> message;
  };
  /// bad_config: a CA file that cannot be read.
  static base::Result<std::unique_ptr<Broker>> make(const BrokerOptions& options,
                                                    const std::string& client, Hooks hooks);
  ~Broker();
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  /// Connects, and again whenever it breaks, in a thread of its own; hooks are called from it.
  void run_in_background();
  /// Connects when it is not, and does what there is to do, within so long.
  void step(int wait_ms);
  void subscribe(const std::string& topic);
  void publish(const std::string& topic, const std::string& payload, int qos);

 private:
  [[nodiscard]] int turn(int wait_ms);  ///< reads and writes what waits; a code of libmosquitto
  explicit Broker(Hooks hooks) : hooks_(std::move(hooks)) {}
  Hooks hooks_;
  BrokerOptions options_;
  mosquitto* client_{nullptr};
  bool background_{false};
  bool begun_{false};
  std::jthread beginning_;  ///< until the first connection is on its way
};

}  // namespace huan::edge
