// SPDX-License-Identifier: Apache-2.0
// What one connection of the server is, under the library: its socket, TLS, what the guard has seen
// of it; and what all connections share. Included by server.cpp only; everything runs on the one
// input/output thread.
#pragma once

#include <restinio/asio_include.hpp>

#include <asio/ssl.hpp>
#include <restinio/all.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "finish.hpp"
#include "forwarded.hpp"
#include "framing_guard.hpp"
#include "huan/http_server/problem.hpp"
#include "huan/http_server/server.hpp"

namespace huan::http_server::wire {

using TcpSocket = asio::ip::tcp::socket;
using Millis = std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;

struct SocketState;

/// What all sockets of a server share.
struct SocketSettings {
  FramingLimits framing;
  std::shared_ptr<asio::ssl::context> tls;  // shared by the connections it serves; null: plain
  Millis handshake_limit;
  Millis head_limit;
  std::size_t connections_max;
  std::size_t connections_of_peer_max;
  const Proxies* proxies;  ///< may have more; outlives the sockets that begin
  ServerObserver* observer;
  std::unordered_map<std::uint64_t, SocketState*> open;  ///< by connection id
  std::map<AddressBits, std::size_t> of_peer;            ///< how many of them
};

struct SocketState {
  SocketState(asio::io_context& context, std::shared_ptr<SocketSettings> shared)
      : settings(std::move(shared)), tcp(context), timer(context), guard(settings->framing) {
    if (settings->tls) {
      tls.emplace(tcp, *settings->tls);
    }
  }
  ~SocketState() {
    if (connection_id != 0) {
      settings->open.erase(connection_id);
    }
    if (const auto found = settings->of_peer.find(peer); counted && --found->second == 0) {
      settings->of_peer.erase(found);
    }
  }
  SocketState(const SocketState&) = delete;
  SocketState& operator=(const SocketState&) = delete;

  /// Counts the connection among those of its peer; false: that has its share. A proxy's are not
  /// counted, since many stand behind it.
  bool count_peer() {
    asio::error_code gone;
    const auto address = parse_address(tcp.remote_endpoint(gone).address().to_string());
    if (!address || gone || settings->proxies->trusts(*address)) {
      return true;
    }
    peer = peer_of(*address);
    auto& open = settings->of_peer[peer];
    counted = open < settings->connections_of_peer_max;
    open += counted ? 1 : 0;
    return counted;
  }

  /// Both directions end: pending operations fail and the library closes the connection.
  void hang_up() {
    asio::error_code ignored;
    static_cast<void>(tcp.shutdown(TcpSocket::shutdown_both, ignored));
  }

  std::shared_ptr<SocketSettings> settings;  // outlives the server's own hold on it
  TcpSocket tcp;
  std::optional<asio::ssl::stream<TcpSocket&>> tls;
  asio::steady_timer timer;
  FramingGuard guard;
  std::optional<Refusal> refusal;
  std::string answer;   ///< to what was refused, or "100 Continue"
  std::string drained;  ///< where the rest of a refused request goes
  std::size_t drain_left{0};
  std::optional<SteadyClock::time_point> head_since;
  std::uint64_t connection_id{0};
  AddressBits peer{};
  bool counted{false};  ///< among those of its peer
  int busy{0};          ///< requests without a written answer
};

inline std::string refusal_text(const Refusal& refusal) {
  auto response = problem_response(base::Error{refusal.code, "", std::string(refusal.detail)},
                                   base::Language::zh);
  response.status = refusal.status;
  response.body = problem_members(base::Error{refusal.code, "", std::string(refusal.detail)},
                                  refusal.status, base::Language::zh) +
                  "}";
  ReplyTerms terms;
  terms.keep_alive = false;
  auto reply = finish(std::move(response), terms, SIZE_MAX);
  return reply.head + reply.body;
}

}  // namespace huan::http_server::wire
