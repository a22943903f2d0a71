// SPDX-License-Identifier: Apache-2.0
// One request on its way through the server: from the library's request to the written answer.
// Included by server.cpp only. What touches the library runs on the input/output thread; answers
// may come from any thread and are carried over to it.
#pragma once

#include <atomic>

#include "wire_stream.hpp"

namespace huan::http_server::wire {

class HttpExchange final : public Exchange, public std::enable_shared_from_this<HttpExchange> {
 public:
  struct Start {
    std::uint64_t id;
    std::string method;
    base::Language language;
    ReplyTerms terms;
    std::size_t bytes_in;
    SteadyClock::time_point received;
    bool secure;
  };
  HttpExchange(std::weak_ptr<ExchangeHost> host, Start start, ReplySlot slot)
      : host_(std::move(host)), start_(std::move(start)), slot_(std::move(slot)) {}

  void send(Response response) override {
    const auto host = host_.lock();
    if (!host || answered_.exchange(true)) {
      return;
    }
    if (host->options().decorate) {
      host->options().decorate(response, start_.secure);
    }
    const int status = response.status;
    auto reply =
        http_server::finish(std::move(response), start_.terms, host->options().limits.compress_min);
    observe(*host, status, reply.head.size() + reply.body.size());
    asio::post(host->context(), [self = shared_from_this(), reply = std::move(reply)]() mutable {
      self->write(std::move(reply));
    });
  }

  std::shared_ptr<Stream> stream(Response head, StreamOptions options) override {
    const auto host = host_.lock();
    auto stream = std::make_shared<HttpStream>(host_, start_.id, start_.terms, std::move(options));
    if (!host || answered_.exchange(true)) {
      stream->abort();
      return stream;
    }
    if (host->options().decorate) {
      host->options().decorate(head, start_.secure);
    }
    auto text = stream_head(head, start_.terms);
    observe(*host, head.status, text.size());
    asio::post(host->context(),
               [self = shared_from_this(), stream, text = std::move(text)]() mutable {
                 self->stream_ = stream;
                 stream->begin(std::move(self->slot_), std::move(text));
                 if (self->start_.terms.head_only) {
                   stream->abort();
                 }
               });
    return stream;
  }

  void drop() override {
    send(problem_response(base::Error{base::ErrorCode::internal, "", ""}, start_.language));
  }
  void matched(const Route& route) override { route_ = &route; }

  /// On the i/o thread, now and then.
  void tick(SteadyClock::time_point now, std::chrono::milliseconds limit) {
    if (stream_) {
      stream_->beat(now);
    } else if (now - start_.received > limit && !answered_) {
      send(problem_response(
          base::Error{base::ErrorCode::overloaded, "", "not answered within the time limit"},
          start_.language));
    }
  }
  void end_stream() {
    if (stream_) {
      stream_->stop();
    }
  }
  /// When the i/o thread has ended: the connection must not outlive the server's context.
  void release() {
    slot_.connection.reset();
    if (stream_) {
      stream_->release();
    }
  }
  [[nodiscard]] std::string_view route() const {
    const auto* route = route_.load();
    return route != nullptr ? std::string_view(route->pattern) : std::string_view();
  }

 private:
  void observe(ExchangeHost& host, int status, std::size_t bytes_out) const {
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - start_.received);
    host.observer().answered(
        {start_.method, route(), status, duration, start_.bytes_in, bytes_out});
  }

  void write(WireReply reply) {
    if (!slot_.connection) {
      return;
    }
    constexpr std::size_t kOneBuffer = 16384;
    std::vector<std::string> pieces;
    if (reply.body.size() <= kOneBuffer) {
      pieces.push_back(std::move(reply.head) + reply.body);
    } else {
      pieces.push_back(std::move(reply.head));
      pieces.push_back(std::move(reply.body));
    }
    slot_.write(std::move(pieces), true, start_.terms.keep_alive,
                [self = shared_from_this()](const asio::error_code&) {
                  if (const auto host = self->host_.lock()) {
                    host->written(self->start_.id);
                  }
                });
  }

  const std::weak_ptr<ExchangeHost> host_;
  const Start start_;
  ReplySlot slot_;                      // i/o thread
  std::shared_ptr<HttpStream> stream_;  // i/o thread; shared with whoever writes it
  std::atomic<bool> answered_{false};
  std::atomic<const Route*> route_{nullptr};
};

}  // namespace huan::http_server::wire
