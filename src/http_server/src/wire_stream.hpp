// SPDX-License-Identifier: Apache-2.0
// An answer in pieces, and where answers go. Pieces may come from any thread and are carried over
// to the input/output thread; whoever writes faster than the client reads is told so, or cut off.
// Included by server.cpp only.
#pragma once

#include <condition_variable>
#include <mutex>

#include "wire_socket.hpp"

namespace huan::http_server::wire {

using ConnectionHandle = restinio::impl::connection_handle_t;

/// The part of the server that an exchange needs; it may be gone before the exchange is.
class ExchangeHost {
 public:
  virtual ~ExchangeHost() = default;
  virtual asio::io_context& context() = 0;
  virtual const ServerOptions& options() const = 0;
  virtual ServerObserver& observer() = 0;
  virtual void written(std::uint64_t exchange_id) = 0;           ///< on the i/o thread
  virtual SocketState* socket(std::uint64_t connection_id) = 0;  ///< on the i/o thread; or null
};

/// Where the answer goes; used on the i/o thread only.
struct ReplySlot {
  ConnectionHandle connection;
  restinio::request_id_t request_id{0};
  std::uint64_t connection_id{0};

  void write(std::vector<std::string> pieces, bool last, bool keep_alive,
             restinio::write_status_cb_t done) {
    restinio::writable_items_container_t items;
    for (auto& piece : pieces) {
      if (!piece.empty()) {
        items.emplace_back(std::move(piece));
      }
    }
    restinio::write_group_t group(std::move(items));
    group.after_write_notificator(std::move(done));
    const restinio::response_output_flags_t flags{
        last ? restinio::response_parts_attr_t::final_parts
             : restinio::response_parts_attr_t::not_final_parts,
        keep_alive ? restinio::response_connection_attr_t::connection_keepalive
                   : restinio::response_connection_attr_t::connection_close};
    auto handle = last ? std::move(connection) : connection;
    handle->write_response_parts(request_id, flags, std::move(group));
  }
};

class HttpStream final : public Stream, public std::enable_shared_from_this<HttpStream> {
 public:
  HttpStream(std::weak_ptr<ExchangeHost> host, std::uint64_t exchange_id, ReplyTerms terms,
             StreamOptions options)
      : host_(std::move(host)),
        exchange_id_(exchange_id),
        terms_(std::move(terms)),
        options_(std::move(options)),
        last_write_(SteadyClock::now()) {}

  bool write(std::string piece) override {
    if (piece.empty()) {
      return is_open();
    }
    {
      const std::lock_guard lock(mutex_);
      if (!open_) {
        return false;
      }
      pending_ += piece.size();
      last_write_ = SteadyClock::now();
      if (pending_ <= options_.queue_bytes_max) {
        post_piece(framed(std::move(piece)), false);
        return true;
      }
    }
    abort();
    return false;
  }

  bool write_waiting(std::string piece, std::chrono::milliseconds limit) override {
    {
      std::unique_lock lock(mutex_);
      room_.wait_for(lock, limit, [&] {
        return !open_ || pending_ == 0 || pending_ + piece.size() <= options_.queue_bytes_max;
      });
      if (open_ && pending_ == 0 && piece.size() > options_.queue_bytes_max) {
        pending_ += piece.size();
        post_piece(framed(std::move(piece)), false);  // larger than the queue, but alone in it
        return true;
      }
    }
    return write(std::move(piece));
  }

  void finish() override {
    const std::lock_guard lock(mutex_);
    if (std::exchange(open_, false)) {
      post_piece(terms_.http_1_0 ? std::string() : std::string("0\r\n\r\n"), true);
      room_.notify_all();
    }
  }

  void abort() override {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(open_, false)) {
      return;
    }
    room_.notify_all();
    if (const auto host = host_.lock()) {
      asio::post(host->context(), [self = shared_from_this()] { self->hang_up(); });
    }
  }

  /// The server stops.
  void stop() { options_.has_end ? abort() : finish(); }

  [[nodiscard]] bool is_open() const override {
    const std::lock_guard lock(mutex_);
    return open_;
  }

  /// On the i/o thread.
  void begin(ReplySlot slot, std::string head) {
    slot_ = std::move(slot);
    write_now(std::move(head), 0, false);
  }
  void beat(SteadyClock::time_point now) {
    const auto host = host_.lock();
    auto* socket = host ? host->socket(slot_.connection_id) : nullptr;
    if (socket == nullptr || !socket->tcp.is_open()) {
      wrote(0, true);
      return;
    }
    bool due = false;
    {
      const std::lock_guard lock(mutex_);
      due = open_ && !options_.heartbeat_text.empty() && now - last_write_ >= options_.heartbeat;
    }
    if (due) {
      write(options_.heartbeat_text);
    }
  }
  void hang_up() {
    if (const auto host = host_.lock()) {
      if (auto* socket = host->socket(slot_.connection_id)) {
        socket->hang_up();
      }
    }
    end();
  }
  /// When the i/o thread has ended.
  void release() {
    {
      const std::lock_guard lock(mutex_);
      open_ = false;
    }
    room_.notify_all();
    slot_.connection.reset();
  }

 private:
  struct Piece {
    std::string wire;
    std::size_t counted;  ///< in pending_
  };

  [[nodiscard]] Piece framed(std::string piece) const {
    const auto size = piece.size();
    return {terms_.http_1_0 ? std::move(piece) : chunk(piece), size};
  }

  void post_piece(Piece piece, bool last) {
    if (const auto host = host_.lock()) {
      asio::post(host->context(),
                 [self = shared_from_this(), piece = std::move(piece), last]() mutable {
                   self->write_now(std::move(piece.wire), piece.counted, last);
                 });
    }
  }
  void post_piece(std::string wire, bool last) { post_piece(Piece{std::move(wire), 0}, last); }

  void write_now(std::string wire, std::size_t counted, bool last) {
    if (!slot_.connection) {
      return;
    }
    std::vector<std::string> pieces;
    pieces.push_back(std::move(wire));
    slot_.write(std::move(pieces), last, terms_.keep_alive && !terms_.http_1_0,
                [self = shared_from_this(), counted, last](const asio::error_code& error) {
                  self->wrote(counted, last || error);
                });
  }

  void wrote(std::size_t counted, bool over) {
    {
      const std::lock_guard lock(mutex_);
      pending_ -= std::min(counted, pending_);
      open_ = open_ && !over;
    }
    room_.notify_all();
    if (over) {
      end();
    }
  }

  void end() {
    slot_.connection.reset();
    if (const auto host = host_.lock(); host && !std::exchange(ended_, true)) {
      host->written(exchange_id_);
    }
  }

  const std::weak_ptr<ExchangeHost> host_;
  const std::uint64_t exchange_id_;
  const ReplyTerms terms_;
  const StreamOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  bool open_{true};
  std::size_t pending_{0};
  SteadyClock::time_point last_write_;
  ReplySlot slot_;     // i/o thread
  bool ended_{false};  // i/o thread
};

}  // namespace huan::http_server::wire
