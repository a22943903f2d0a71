// SPDX-License-Identifier: Apache-2.0
// An HTTP/1.1 server for one Router. One thread reads and writes all connections, a pool of workers
// runs the handlers behind a queue of limited length (full: 503 with Retry-After).
//
// It guarantees: a request whose borders are ambiguous is never handled (400 and closed); what is
// over a limit is answered (413, 414, 431) and, past the hard limits, closed; slow senders and slow
// readers are cut off; a handler that throws is answered 500 and the connection lives; one request
// of a connection is handled at a time, in order. Not offered: HTTP/2, WebSocket, ranges.
//
//   Server server = ...start({.port = 8080}, std::move(router), observer).value();
//   server->stop(std::chrono::seconds(10));   // or its destructor: at once
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/http_server/router.hpp"

namespace huan::http_server {

struct TlsFiles {
  std::string certificate_chain{};  ///< PEM
  std::string private_key{};        ///< PEM
};

struct ServerLimits {
  std::size_t connections_max{1024};
  /// Of one peer; the rest is a reserve for everybody else. Proxies may take all.
  std::size_t connections_of_peer_max{768};
  std::size_t target_max{8192};                ///< beyond: 414 and closed
  std::size_t header_max{32768};               ///< all fields; beyond: 431 and closed
  std::size_t body_max{32U << 20U};            ///< also of an unpacked body; beyond: 413
  std::size_t body_hard_max{64U << 20U};       ///< beyond: 413 before it is read, and closed
  std::chrono::milliseconds handshake{10000};  ///< TLS
  std::chrono::milliseconds head{10000};       ///< from the first byte of a request to its body
  std::chrono::milliseconds read{60000};       ///< for a whole request, and idle between two
  std::chrono::milliseconds write{60000};      ///< for each piece of a response
  std::chrono::milliseconds handle{60000};     ///< then 503 is answered in the handler's place
  std::size_t compress_min{1024};              ///< smaller bodies are sent as they are
};

/// What is measured of one answered request.
struct Answered {
  std::string_view method;
  std::string_view route;  ///< the pattern; empty when none matched
  int status;
  std::chrono::microseconds duration;  ///< from the whole request read to its answer made
  std::size_t bytes_in;
  std::size_t bytes_out;
};

/// Hears what happens; called from the server's threads, must not block or throw.
class ServerObserver {
 public:
  virtual ~ServerObserver() = default;
  virtual void answered(const Answered& exchange) noexcept = 0;
  /// A request that never reached a handler: malformed, too large, too slow.
  virtual void refused(int status, std::string_view why) noexcept = 0;
  virtual void handler_threw(std::string_view route, std::string_view what) noexcept = 0;
};

/// nosniff, no framing, no referrer across sites, a Content-Security-Policy for our own pages; over
/// TLS also that it be TLS from now on.
void security_headers(Response& response, bool secure);

/// The same, with pages that may show images of one more origin ("https://tiles.example").
[[nodiscard]] std::function<void(Response&, bool secure)> security_headers_with_images_of(
    const std::string& origin);

struct ServerOptions {
  std::string address{"127.0.0.1"};
  std::uint16_t port{0};  ///< 0: any free one, see Server::port
  std::size_t workers{8};
  std::size_t queue_max{1024};
  TlsFiles tls{};  ///< both empty: plain HTTP
  ServerLimits limits{};
  /// Addresses and networks ("10.0.0.0/8") of proxies that are believed when they say who asks.
  std::vector<std::string> proxies{};
  /// Adds headers to every response, which goes out over TLS or not; runs on any thread.
  std::function<void(Response&, bool secure)> decorate{security_headers};
};

struct ServerStats {
  std::size_t connections{0};
  std::size_t in_flight{0};  ///< requests without a written answer, streams included
  std::size_t queued{0};     ///< waiting for a worker
};

class Server {
 public:
  /// Listens when it returns. Errors: bad_config (address, port in use, certificate, proxies).
  [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                                   Router router,
                                                                   ServerObserver& observer);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] ServerStats stats() const;
  /// Accepts no more, ends streams and idle connections, lets requests in flight end within
  /// `deadline`, then closes what is left. Handlers that still run are waited for.
  void stop(std::chrono::milliseconds deadline);

 private:
  class Core;
  explicit Server(std::shared_ptr<Core> core);
  /// Shared with the requests in flight, which may be answered after the server is gone.
  std::shared_ptr<Core> core_;
};

}  // namespace huan::http_server
