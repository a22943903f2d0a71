// SPDX-License-Identifier: Apache-2.0
// The asynchronous side of a handler: a Responder answers one request, once, from any thread and
// at any time later (for instance when a group of events is durable), so that no thread waits.
// A Responder that is destroyed without an answer answers 500; an answer after the handler's time
// limit goes nowhere. A stream is an answer of unknown length.
//
//   void post_event(Request request, Responder responder) {
//     writer.submit(parse(request), [r = std::move(responder)](Outcome o) mutable {
//       r.send(json_response(200, render(o)));
//     });
//   }
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "huan/http_server/message.hpp"

namespace huan::http_server {

struct Route;

/// A response being written piece by piece. All functions may be called from any thread.
class Stream {
 public:
  virtual ~Stream() = default;
  /// Queues a piece. False when the client is gone, or has read so slowly that the queue's limit
  /// is passed (the connection is then closed).
  virtual bool write(std::string piece) = 0;
  /// Like write, but waits for room in the queue, up to `limit`; then as write.
  virtual bool write_waiting(std::string piece, std::chrono::milliseconds limit) = 0;
  virtual void finish() = 0;  ///< ends the response properly
  virtual void abort() = 0;   ///< ends it so that the client sees that it is not whole
  [[nodiscard]] virtual bool is_open() const = 0;
};

struct StreamOptions {
  std::size_t queue_bytes_max{1U << 20U};
  /// Written when nothing else was for `heartbeat`; empty for none.
  std::string heartbeat_text{};
  std::chrono::milliseconds heartbeat{15000};
  /// The text has an end of its own: a server that stops breaks it off, so that nobody takes a part
  /// for the whole. Otherwise it ends it.
  bool has_end{false};
};

/// What stands behind a Responder; the server implements it, tests may.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual void send(Response response) = 0;
  virtual std::shared_ptr<Stream> stream(Response head, StreamOptions options) = 0;
  virtual void drop() = 0;                       ///< nobody will answer any more
  virtual void matched(const Route& route) = 0;  ///< for figures and logs; outlives the exchange
};

class Responder {
 public:
  /// `exchange` is shared with the server, which lets go of it when the connection dies first.
  explicit Responder(std::shared_ptr<Exchange> exchange) : exchange_(std::move(exchange)) {}
  Responder(Responder&&) noexcept = default;
  Responder& operator=(Responder&& other) noexcept;
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder();

  void send(Response response);
  /// Starts a stream with the status and headers of `head`. The stream is shared with the server,
  /// which closes it when the client goes away.
  [[nodiscard]] std::shared_ptr<Stream> stream(Response head, StreamOptions options);
  void matched(const Route& route);  ///< by the router, before the handler runs

 private:
  std::shared_ptr<Exchange> exchange_;
};

/// Runs on a worker thread; may block within the handler's time limit.
using Handler = std::function<Response(const Request&)>;
/// Runs on a worker thread too; may keep the responder for later.
using AsyncHandler = std::function<void(Request, Responder)>;

}  // namespace huan::http_server
