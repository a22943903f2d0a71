// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/event_hub.hpp"

#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/http_server/problem.hpp"

namespace huan::http_server {
namespace {

constexpr std::size_t kMeanwhileMax = 10000;  // events that may be published during one replay

}  // namespace

struct EventHub::Subscriber {
  std::string topic;
  std::shared_ptr<Stream> stream;  // shared with the server, which sees the client go
  bool caught_up{false};
  std::vector<ServerSentEvent> meanwhile;
};

std::string render(const ServerSentEvent& event) {
  std::string text;
  if (event.id != 0) {
    text += "id: " + std::to_string(event.id) + "\n";
  }
  if (!event.event.empty()) {
    text += "event: " + event.event + "\n";
  }
  std::string_view rest = event.data;
  for (bool last = false; !last;) {
    const auto end = rest.find_first_of("\r\n");
    last = end == std::string_view::npos;
    text.append("data: ").append(rest.substr(0, end)).append("\n");
    if (!last) {
      const bool pair = rest.substr(end).starts_with("\r\n");
      rest.remove_prefix(end + (pair ? 2 : 1));
    }
  }
  return text + "\n";
}

void EventHub::subscribe(Responder responder, std::string topic,
                         const std::function<std::vector<ServerSentEvent>()>& replay) {
  auto subscriber = std::make_shared<Subscriber>();
  subscriber->topic = std::move(topic);
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(subscribers_, [](const auto& s) { return s->stream && !s->stream->is_open(); });
    if (subscribers_.size() >= options_.subscribers_max) {
      responder.send(
          problem_response(base::Error{base::ErrorCode::overloaded, "", "too many live streams"},
                           base::Language::zh));
      return;
    }
    Response head;
    head.headers.add("Content-Type", "text/event-stream");
    head.headers.add("Cache-Control", "no-store");
    head.headers.add("X-Accel-Buffering", "no");
    StreamOptions options;
    options.queue_bytes_max = options_.queue_bytes_max;
    options.heartbeat_text = ":\n\n";
    options.heartbeat = options_.heartbeat;
    subscriber->stream = responder.stream(std::move(head), std::move(options));
    // Listens before the replay is read, so that nothing falls between the two.
    subscribers_.push_back(subscriber);
  }
  try {
    catch_up(*subscriber, replay ? replay() : std::vector<ServerSentEvent>{});
  } catch (...) {
    subscriber->stream->abort();
    throw;
  }
}

void EventHub::catch_up(Subscriber& subscriber, const std::vector<ServerSentEvent>& missed) {
  std::uint64_t last = 0;
  subscriber.stream->write("retry: 3000\n\n");
  for (const auto& event : missed) {
    // The replay may be longer than the queue: it waits for a reader who reads.
    if (!subscriber.stream->write_waiting(render(event), std::chrono::seconds(10))) {
      return;
    }
    last = std::max(last, event.id);
  }
  const std::lock_guard lock(mutex_);
  for (const auto& event : subscriber.meanwhile) {
    if (event.id == 0 || event.id > last) {
      subscriber.stream->write(render(event));
    }
  }
  subscriber.meanwhile.clear();
  subscriber.caught_up = true;
}

void EventHub::publish(const std::string& topic, const ServerSentEvent& event) {
  const std::lock_guard lock(mutex_);
  const auto text = render(event);
  std::erase_if(subscribers_, [&](const auto& subscriber) {
    if (subscriber->topic != topic) {
      return !subscriber->stream->is_open();
    }
    if (!subscriber->caught_up) {
      subscriber->meanwhile.push_back(event);
      if (subscriber->meanwhile.size() > kMeanwhileMax) {
        subscriber->stream->abort();
      }
      return !subscriber->stream->is_open();
    }
    return !subscriber->stream->write(text);
  });
}

std::size_t EventHub::subscribers() const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(subscribers_.begin(), subscribers_.end(),
                    [](const auto& s) { return s->stream->is_open(); }));
}

void EventHub::close() {
  const std::lock_guard lock(mutex_);
  for (const auto& subscriber : subscribers_) {
    subscriber->stream->finish();
  }
  subscribers_.clear();
}

std::optional<std::uint64_t> EventHub::last_event_id(const Request& request) {
  auto text = request.headers.find("Last-Event-ID");
  if (!text) {
    text = request.query_value("last_event_id");
  }
  const auto number = text ? base::parse_integer(*text) : std::nullopt;
  return number && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
}

}  // namespace huan::http_server
