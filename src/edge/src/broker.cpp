// SPDX-License-Identifier: Apache-2.0
#include "broker.hpp"

#include <mosquitto.h>
#include <poll.h>

#include <chrono>

namespace huan::edge {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kKeepAliveS =
    5;  // a connection that is dead without saying so is left within twice this
constexpr std::chrono::milliseconds kFirstRetry{200};
constexpr unsigned kRetryMinS = 1;
constexpr unsigned kRetryMaxS = 10;

/// The library wants to be begun once a process.
struct MosquittoLibrary {
  MosquittoLibrary() { mosquitto_lib_init(); }
  ~MosquittoLibrary() { mosquitto_lib_cleanup(); }
  MosquittoLibrary(const MosquittoLibrary&) = delete;
  MosquittoLibrary& operator=(const MosquittoLibrary&) = delete;
};

}  // namespace

base::Result<std::unique_ptr<Broker>> Broker::make(const BrokerOptions& options,
                                                   const std::string& client, Hooks hooks) {
  static const MosquittoLibrary library;
  std::unique_ptr<Broker> broker{new Broker(std::move(hooks))};
  broker->options_ = options;
  broker->client_ = mosquitto_new(client.c_str(), true, broker.get());
  if (broker->client_ == nullptr) {
    return Error{ErrorCode::bad_config, "--broker", "no MQTT client"};
  }
  mosquitto* const made = broker->client_;
  if (!options.user.empty()) {
    mosquitto_username_pw_set(made, options.user.c_str(), options.password.c_str());
  }
  if (!options.ca_file.empty() && mosquitto_tls_set(made, options.ca_file.c_str(), nullptr, nullptr,
                                                    nullptr, nullptr) != MOSQ_ERR_SUCCESS) {
    return Error{ErrorCode::bad_config, "--broker-ca", options.ca_file + " cannot be read"};
  }
  mosquitto_reconnect_delay_set(made, kRetryMinS, kRetryMaxS, false);
  mosquitto_max_inflight_messages_set(made, 0);
  mosquitto_connect_callback_set(made, [](mosquitto*, void* self, int code) {
    if (code == 0 && static_cast<Broker*>(self)->hooks_.connected) {
      static_cast<Broker*>(self)->hooks_.connected();
    }
  });
  mosquitto_message_callback_set(
      made, [](mosquitto*, void* self, const mosquitto_message* message) {
        // What was retained says how it was, at a time that nobody knows.
        if (!message->retain && message->payloadlen >= 0) {
          static_cast<Broker*>(self)->hooks_.message(
              message->topic, {static_cast<const char*>(message->payload),
                               static_cast<std::size_t>(message->payloadlen)});
        }
      });
  return broker;
}

Broker::~Broker() {
  if (beginning_.joinable()) {
    beginning_.request_stop();
    beginning_.join();
  }
  if (client_ != nullptr) {
    mosquitto_disconnect(client_);
    if (background_) {
      mosquitto_loop_stop(client_, true);
    }
    mosquitto_destroy(client_);
  }
}

void Broker::run_in_background() {
  background_ = true;
  // The library's own thread connects again what broke, but ends when nobody listens the first
  // time.
  beginning_ = std::jthread([this](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      if (mosquitto_connect_async(client_, options_.host.c_str(), options_.port, kKeepAliveS) ==
          MOSQ_ERR_SUCCESS) {
        mosquitto_loop_start(client_);
        return;
      }
      std::this_thread::sleep_for(kFirstRetry);
    }
  });
}

void Broker::step(int wait_ms) {
  if (!begun_) {
    begun_ = mosquitto_connect(client_, options_.host.c_str(), options_.port, kKeepAliveS) ==
             MOSQ_ERR_SUCCESS;
    return;
  }
  if (turn(wait_ms) != MOSQ_ERR_SUCCESS) {
    mosquitto_reconnect(client_);
  }
}

// mosquitto_loop waits by select, which knows no descriptor from 1,024 on: a process with some
// hundred connections has those, and would connect anew for ever.
int Broker::turn(int wait_ms) {
  pollfd ready{mosquitto_socket(client_), POLLIN, 0};
  if (ready.fd < 0) {
    return MOSQ_ERR_NO_CONN;
  }
  if (mosquitto_want_write(client_)) {
    ready.events |= POLLOUT;
  }
  ::poll(&ready, 1, wait_ms);
  int status = MOSQ_ERR_SUCCESS;
  if ((ready.revents & ~POLLOUT) != 0) {
    status = mosquitto_loop_read(client_, 1);
  }
  if (status == MOSQ_ERR_SUCCESS && (ready.revents & POLLOUT) != 0) {
    status = mosquitto_loop_write(client_, 1);
  }
  return status == MOSQ_ERR_SUCCESS ? mosquitto_loop_misc(client_) : status;
}

void Broker::subscribe(const std::string& topic) {
  mosquitto_subscribe(client_, nullptr, topic.c_str(), 1);
}

void Broker::publish(const std::string& topic, const std::string& payload, int qos) {
  mosquitto_publish(client_, nullptr, topic.c_str(), static_cast<int>(payload.size()),
                    payload.data(), qos, false);
}

}  // namespace huan::edge
