// SPDX-License-Identifier: Apache-2.0
// The client against our own server.
#include "huan/http_client/client.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "huan/http_server/server.hpp"

namespace huan::http_client {
namespace {

using base::ErrorCode;
using std::chrono::milliseconds;

class Nobody final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered&) noexcept override {}
  void refused(int, std::string_view) noexcept override {}
  void handler_threw(std::string_view, std::string_view) noexcept override {}
};

class ClientTest : public ::testing::Test {
 protected:
  ClientTest() {
    http_server::Router router;
    router.add("POST", "/echo", [](const http_server::Request& r) {
      auto response =
          http_server::make_response(201, "text/plain",
                                     r.method + " " + std::string(r.body()) + " " +
                                         std::string(r.headers.value_or("X-One", "none")));
      response.headers.add("X-Two", "2");
      return response;
    });
    router.add("GET", "/long", [](const http_server::Request&) {
      return http_server::make_response(200, "text/plain", std::string(100000, 'x'));
    });
    router.add("GET", "/slow", [](const http_server::Request&) {
      std::this_thread::sleep_for(milliseconds(500));
      return http_server::empty_response(204);
    });
    server_ = std::move(http_server::Server::start({}, std::move(router), observer_)).value();
  }
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server_->port()) + path;
  }

  Nobody observer_;
  std::unique_ptr<http_server::Server> server_;
};

TEST_F(ClientTest, SendsAndReads) {
  Client client;
  for (int i = 0; i < 3; ++i) {
    const auto reply = client.send(
        {.method = "POST", .url = url("/echo"), .headers = {{"X-One", "1"}}, .body = "hello"});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 201);
    EXPECT_EQ(reply->body, "POST hello 1");
    EXPECT_EQ(reply->header("x-two"), "2");
  }
  EXPECT_EQ(server_->stats().connections, 1U);  // kept alive
  EXPECT_EQ(client.send({.method = "POST", .url = url("/echo")})->body, "POST  none");
  EXPECT_EQ(client.send({.url = url("/long")})->body, std::string(100000, 'x'));  // gzip on the way
  EXPECT_EQ(client.send({.method = "HEAD", .url = url("/long")})->body, "");
  EXPECT_EQ(client.send({.url = url("/nothing")})->status, 404);
}

TEST_F(ClientTest, NamesWhatWentWrong) {
  Client client({.total = milliseconds(200), .body_max = 1000});
  const auto code = [&](const Call& call) {
    const auto reply = client.send(call);
    return reply ? ErrorCode::internal : reply.error().code;
  };
  EXPECT_EQ(code({.url = url("/slow")}), ErrorCode::unreachable);
  EXPECT_EQ(code({.url = url("/long")}), ErrorCode::too_large);
  EXPECT_EQ(code({.url = "file:///etc/hostname"}), ErrorCode::bad_field);
  EXPECT_EQ(code({.url = "no url at all"}), ErrorCode::bad_field);
  EXPECT_EQ(code({.url = url("/echo"), .headers = {{"A", "b\r\nC: d"}}}), ErrorCode::bad_field);
  server_.reset();
  EXPECT_EQ(code({.url = "http://127.0.0.1:1/"}), ErrorCode::unreachable);
}

}  // namespace
}  // namespace huan::http_client
