// SPDX-License-Identifier: Apache-2.0
// A small HTTP client for our own outgoing calls (live simulation, road matrices, webhooks). One
// Client keeps its connections alive between calls and belongs to one thread at a time. It follows
// no redirects, verifies certificates, and never reads more than `body_max`.
//
//   Client client;
//   HUAN_TRY(reply, client.send({.method = "GET", .url = "http://127.0.0.1:8080/healthz"}));
//   if (reply.status == 200) …
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::http_client {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Call {
  std::string method{"GET"};
  std::string url{};  ///< http or https, absolute
  Fields headers{};
  std::string_view body{};
};

struct Reply {
  int status{0};
  Fields headers;  ///< names in lower case
  std::string body;
  [[nodiscard]] std::string_view header(std::string_view lower_case_name) const;
};

struct Options {
  std::chrono::milliseconds connect{5000};
  std::chrono::milliseconds total{60000};
  std::size_t body_max{64U << 20U};
  std::string ca_file{};  ///< PEM; empty: the system's
};

class Client {
 public:
  Client() : Client(Options{}) {}
  explicit Client(Options options);
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  /// Any status is a reply. Errors: unreachable (no connection, no answer in time, certificate),
  /// too_large, bad_field (the URL or a header).
  [[nodiscard]] base::Result<Reply> send(const Call& call);

 private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

}  // namespace huan::http_client
