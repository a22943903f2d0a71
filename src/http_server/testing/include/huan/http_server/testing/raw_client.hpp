// SPDX-License-Identifier: Apache-2.0
// A client for tests and benches: one blocking TCP connection to the loopback, bytes in and out,
// and a reader for responses that is just good enough for our own server.
//
//   RawClient client(server.port());
//   auto reply = client.get("/api/v1/stock");       // reply.status, reply.header("ETag"),
//   reply.body
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace huan::http_server::testing {

struct Reply {
  int status{0};
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;

  [[nodiscard]] std::string header(std::string_view lower_case_name) const;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

class RawClient {
 public:
  explicit RawClient(std::uint16_t port,
                     std::chrono::milliseconds patience = std::chrono::seconds(10));
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view bytes);
  /// The next response; nullopt when the connection ends or nothing comes in time. `head`: it
  /// answers a HEAD request and has no body.
  std::optional<Reply> read_reply(bool head = false);
  std::optional<Reply> request(std::string_view method, std::string_view target,
                               std::string_view body = {}, const Fields& fields = {});
  std::optional<Reply> get(std::string_view target, const Fields& fields = {}) {
    return request("GET", target, {}, fields);
  }
  std::optional<Reply> post(std::string_view target, std::string_view body,
                            const Fields& fields = {{"Content-Type", "application/json"}}) {
    return request("POST", target, body, fields);
  }
  /// Reads up to and including `end`; what came, even when `end` did not.
  std::string read_until(std::string_view end);
  /// Whether the server has ended the connection (waits for it).
  bool at_end();
  void finish_sending();
  void abort();  ///< closes with a reset
  [[nodiscard]] int descriptor() const { return socket_; }

 private:
  bool fill();
  std::optional<std::string> line();
  std::optional<std::string> exactly(std::size_t size);
  bool read_body(Reply& reply);

  int socket_;
  std::string buffer_;
};

}  // namespace huan::http_server::testing
