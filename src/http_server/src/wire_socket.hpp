// SPDX-License-Identifier: Apache-2.0
// The socket that the server library reads from: plain TCP or TLS, watched by a FramingGuard, so
// that the library's parser sees only requests with one possible reading. What the guard refuses is
// answered here and the library is told that the connection has ended. Included by server.cpp only;
// everything runs on the one input/output thread.
#pragma once

#include "wire_socket_state.hpp"

namespace huan::http_server::wire {

class Socket {
 public:
  using executor_type = TcpSocket::executor_type;
  using lowest_layer_type = TcpSocket;

  Socket(asio::io_context& context, const std::shared_ptr<SocketSettings>& settings)
      : state_(std::make_shared<SocketState>(context, settings)) {}

  executor_type get_executor() { return state_->tcp.get_executor(); }
  TcpSocket& lowest_layer() { return state_->tcp; }
  const TcpSocket& lowest_layer() const { return state_->tcp; }
  [[nodiscard]] bool is_open() const { return state_->tcp.is_open(); }
  [[nodiscard]] auto remote_endpoint() const { return state_->tcp.remote_endpoint(); }
  template <class... Args>
  void cancel(Args&&... args) {
    state_->tcp.cancel(std::forward<Args>(args)...);
  }
  template <class... Args>
  void shutdown(Args&&... args) {
    state_->tcp.shutdown(std::forward<Args>(args)...);
  }
  template <class... Args>
  void close(Args&&... args) {
    state_->tcp.close(std::forward<Args>(args)...);
  }
  [[nodiscard]] const std::shared_ptr<SocketState>& state() const { return state_; }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    write_raw(*state_, buffers, std::forward<Handler>(handler));
  }

  template <class Handler>
  void async_read_some(const asio::mutable_buffer& buffer, Handler handler) {
    if (state_->refusal) {
      refuse(*state_, std::move(handler));
      return;
    }
    auto* state =
        state_.get();  // lives as long as the library's handler, which holds the connection
    read_raw(*state, buffer,
             [state, buffer, handler = std::move(handler)](const asio::error_code& error,
                                                           std::size_t size) mutable {
               if (error) {
                 handler(error, size);
               } else {
                 filter(*state, {static_cast<const char*>(buffer.data()), size},
                        std::move(handler));
               }
             });
  }

 private:
  static constexpr std::size_t kDrainBlock = 65536;
  static constexpr std::size_t kDrainMax = 16U << 20U;

  template <class Buffers, class Handler>
  static void read_raw(SocketState& state, const Buffers& buffers, Handler&& handler) {
    if (state.tls) {
      state.tls->async_read_some(buffers, std::forward<Handler>(handler));
    } else {
      state.tcp.async_read_some(buffers, std::forward<Handler>(handler));
    }
  }

  template <class Buffers, class Handler>
  static void write_raw(SocketState& state, const Buffers& buffers, Handler&& handler) {
    if (state.tls) {
      state.tls->async_write_some(buffers, std::forward<Handler>(handler));
    } else {
      state.tcp.async_write_some(buffers, std::forward<Handler>(handler));
    }
  }

  template <class Handler>
  static void write_answer(SocketState& state, Handler handler) {
    if (state.tls) {
      asio::async_write(*state.tls, asio::buffer(state.answer), std::move(handler));
    } else {
      asio::async_write(state.tcp, asio::buffer(state.answer), std::move(handler));
    }
  }

  template <class Handler>
  static void filter(SocketState& state, std::string_view bytes, Handler handler) {
    const auto verdict = state.guard.inspect(bytes);
    state.refusal = verdict.refusal;
    if (!state.refusal && state.guard.is_in_head()) {
      const auto now = SteadyClock::now();
      state.head_since = state.head_since.value_or(now);
      if (now - *state.head_since > state.settings->head_limit) {
        state.refusal = Refusal{408, base::ErrorCode::overloaded, "header came too slowly"};
        refuse(state, std::move(handler));
        return;
      }
    } else {
      state.head_since.reset();
    }
    if (verdict.passed == 0) {
      refuse(state, std::move(handler));
    } else if (verdict.wants_continue && verdict.passed == bytes.size() && state.busy == 0) {
      state.answer = "HTTP/1.1 100 Continue\r\n\r\n";
      write_answer(state, [size = verdict.passed, handler = std::move(handler)](
                              const asio::error_code& error, std::size_t) mutable {
        handler(error, error ? 0 : size);
      });
    } else {
      handler(asio::error_code{}, verdict.passed);
    }
  }

  /// Answers, stops sending, reads on for a while so that the answer is not lost in a reset.
  template <class Handler>
  static void refuse(SocketState& state, Handler handler) {
    state.settings->observer->refused(state.refusal->status, state.refusal->detail);
    state.answer = refusal_text(*state.refusal);
    state.drain_left = kDrainMax;
    write_answer(state, [&state, handler = std::move(handler)](const asio::error_code& error,
                                                               std::size_t) mutable {
      if (error) {
        handler(error, 0);
        return;
      }
      asio::error_code ignored;
      static_cast<void>(state.tcp.shutdown(TcpSocket::shutdown_send, ignored));
      state.drained.resize(kDrainBlock);
      drain(state, std::move(handler));
    });
  }

  template <class Handler>
  static void drain(SocketState& state, Handler handler) {
    state.tcp.async_read_some(asio::buffer(state.drained),
                              [&state, handler = std::move(handler)](const asio::error_code& error,
                                                                     std::size_t size) mutable {
                                state.drain_left -= std::min(size, state.drain_left);
                                if (error == asio::error::operation_aborted) {
                                  handler(error, 0);
                                } else if (error || state.drain_left == 0) {
                                  handler(asio::error_code(asio::error::eof), 0);
                                } else {
                                  drain(state, std::move(handler));
                                }
                              });
  }

  std::shared_ptr<SocketState> state_;  // shared with its timer
};

/// Found by the library through the argument's namespace: what happens between accept and read.
template <class Connection, class Start, class Failed>
void prepare_connection_and_start_read(Socket& socket, Connection& connection, Start start,
                                       Failed failed) {
  const auto& state = socket.state();
  auto& settings = *state->settings;
  if (settings.open.size() >= settings.connections_max) {
    settings.observer->refused(503, "too many connections");
    failed(asio::error_code(asio::error::connection_refused));
    return;
  }
  if (!state->count_peer()) {
    settings.observer->refused(503, "too many connections of one peer");
    failed(asio::error_code(asio::error::connection_refused));
    return;
  }
  state->connection_id = connection.connection_id();
  settings.open.emplace(state->connection_id, state.get());
  if (!state->tls) {
    start();
    return;
  }
  state->timer.expires_after(settings.handshake_limit);
  state->timer.async_wait([weak = std::weak_ptr(state)](const asio::error_code& error) {
    if (const auto alive = weak.lock(); alive && !error) {
      alive->hang_up();
    }
  });
  // The connection is kept by the handler: the library holds it nowhere else before the first read.
  state->tls->async_handshake(
      asio::ssl::stream_base::server,
      [state = state.get(), start = std::move(start), failed = std::move(failed),
       keep = connection.shared_from_this()](const asio::error_code& error) mutable {
        state->timer.cancel();
        if (error) {
          state->settings->observer->refused(400, "TLS handshake failed");
          failed(error);
        } else {
          start();
        }
      });
}

/// The library's own TLS type is never used here.
inline restinio::impl::tls_socket_t* make_tls_socket_pointer_for_state_listener(Socket&) noexcept {
  return nullptr;
}

}  // namespace huan::http_server::wire

namespace restinio {

/// Carries the sockets' settings from the server's settings to the supplier below.
template <class Settings>
class socket_type_dependent_settings_t<Settings, huan::http_server::wire::Socket> {
 public:
  Settings& socket_settings(std::shared_ptr<huan::http_server::wire::SocketSettings> value) & {
    value_ = std::move(value);
    return static_cast<Settings&>(*this);
  }
  [[nodiscard]] const std::shared_ptr<huan::http_server::wire::SocketSettings>& socket_settings()
      const {
    return value_;
  }

 protected:
  ~socket_type_dependent_settings_t() = default;

 private:
  std::shared_ptr<huan::http_server::wire::SocketSettings> value_;  // shared by all its sockets
};

namespace impl {

template <>
class socket_supplier_t<huan::http_server::wire::Socket> {
  using Socket = huan::http_server::wire::Socket;

 protected:
  template <class Settings>
  socket_supplier_t(Settings& settings, asio::io_context& context)
      : context_(context), settings_(settings.socket_settings()), socket_(context_, settings_) {}
  ~socket_supplier_t() = default;

  Socket& socket(std::size_t) { return socket_; }
  Socket move_socket(std::size_t) { return std::exchange(socket_, Socket(context_, settings_)); }
  [[nodiscard]] std::size_t concurrent_accept_sockets_count() const { return 1; }

 private:
  asio::io_context& context_;
  // Shared by all sockets made here.
  std::shared_ptr<huan::http_server::wire::SocketSettings> settings_;
  Socket socket_;
};

}  // namespace impl
}  // namespace restinio
