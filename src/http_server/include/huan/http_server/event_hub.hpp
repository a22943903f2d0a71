// SPDX-License-Identifier: Apache-2.0
// Server-sent events: whoever publishes reaches all who listen to the topic. Each client has a
// queue of limited size; one that reads too slowly is dropped and comes back with Last-Event-ID.
//
//   void follow(Request request, Responder responder) {
//     const auto last = EventHub::last_event_id(request);
//     hub.subscribe(std::move(responder), "130100", [&] { return store.events_after(last); });
//   }
//   hub.publish("130100", {.id = 17, .event = "posted", .data = "{…}"});
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "huan/http_server/responder.hpp"

namespace huan::http_server {

struct ServerSentEvent {
  std::uint64_t id{0};  ///< rises within a topic; 0: without id, never skipped
  std::string event{};  ///< its type; empty: "message"
  std::string data{};   ///< may have several lines
};

[[nodiscard]] std::string render(const ServerSentEvent& event);

class EventHub {
 public:
  struct Options {
    std::size_t queue_bytes_max{1U << 20U};
    std::chrono::milliseconds heartbeat{15000};
    std::size_t subscribers_max{256};
  };
  EventHub() : EventHub(Options{}) {}
  explicit EventHub(Options options) : options_(options) {}

  /// Starts the stream. `replay` gives what the client missed; what is published meanwhile follows
  /// it once, in order. Answers 503 when there are too many subscribers.
  void subscribe(Responder responder, std::string topic,
                 const std::function<std::vector<ServerSentEvent>()>& replay);
  void publish(const std::string& topic, const ServerSentEvent& event);
  [[nodiscard]] std::size_t subscribers() const;
  /// Ends all streams.
  void close();

  /// The Last-Event-ID header, else the query's `last_event_id`; nullopt when absent or no number.
  [[nodiscard]] static std::optional<std::uint64_t> last_event_id(const Request& request);

 private:
  struct Subscriber;
  void catch_up(Subscriber& subscriber, const std::vector<ServerSentEvent>& missed);

  Options options_;
  mutable std::mutex mutex_;
  std::list<std::shared_ptr<Subscriber>> subscribers_;  // shared with the subscribe call at work
};

}  // namespace huan::http_server
