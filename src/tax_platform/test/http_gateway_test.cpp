// SPDX-License-Identifier: Apache-2.0
#include "huan/tax_platform/http_gateway.hpp"

#include <gtest/gtest.h>

#include "huan/http_server/server.hpp"

namespace huan::tax_platform {
namespace {

using invoicing::GatewayAnswer;
using invoicing::GatewayRequest;
using invoicing::GatewaySeller;

const std::string kKey = "130100/INV-7 #/../8";  // what a key may be, and worse
const std::string kUuid = "f2a9b170-b9f2-879a-bed9-32cf0103f18c";

GatewayRequest request() {
  return {kKey, R"({"net_fen":100})",
          [] { return std::optional(GatewaySeller{"张三", "11010519491231002X"}); }};
}

class Unwatched final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered&) noexcept override {}
  void refused(int, std::string_view) noexcept override {}
  void handler_threw(std::string_view, std::string_view) noexcept override {}
};

class HttpGatewayTest : public ::testing::Test {
 protected:
  HttpGatewayTest() {
    http_server::Router router;
    router.add("POST", "/tax/invoices", [this](const http_server::Request& asked) {
      seen_ = std::string(asked.body()) + " " +
              std::string(asked.headers.find("Authorization").value_or(""));
      return http_server::json_response(status_, answer_);
    });
    router.add("GET", "/tax/invoices/{id}", [this](const http_server::Request& asked) {
      seen_ = std::string(asked.param("id"));
      return http_server::json_response(status_, answer_);
    });
    server_ = std::move(http_server::Server::start({}, std::move(router), nobody_)).value();
    url_ = "http://127.0.0.1:" + std::to_string(server_->port()) + "/tax/";
  }

 public:
  ~HttpGatewayTest() override { server_->stop(std::chrono::seconds(1)); }

 protected:
  Unwatched nobody_;
  std::string seen_;
  std::string answer_{R"({"state":"issued","number":"26130000000000000001"})"};
  int status_{200};
  std::unique_ptr<http_server::Server> server_;
  std::string url_;
};

TEST_F(HttpGatewayTest, SaysWhatItWasToldAndNothingItWasNot) {
  HttpGateway gateway(url_, "s3");
  const auto issued = gateway.issue(request());
  EXPECT_EQ(issued.answer, GatewayAnswer::issued);
  EXPECT_EQ(issued.number, "26130000000000000001");
  EXPECT_EQ(seen_, R"({"id":")" + kUuid + R"(","invoice":{"net_fen":100},"key":")" + kKey +
                       R"(","seller":{"id_number":"11010519491231002X","name":"张三"}} Bearer s3)");
  EXPECT_EQ(gateway.ask(kKey).number, issued.number);
  EXPECT_EQ(seen_, kUuid) << "the id of each retry, and of the question, is the same";
  answer_ = R"({"state":"refused","reason":"over_quota"})";
  EXPECT_EQ(gateway.ask(kKey).answer, GatewayAnswer::refused);
  EXPECT_EQ(gateway.ask(kKey).reason, "over_quota");
  answer_ = R"({"state":"refused","reason":"出售者 张三（11010519491231002X）\n\u001b[31m未实名"})";
  EXPECT_EQ(invoicing::deliver(gateway, request(), 0).reason, "出售者 ●（●） [31m未实名");
  EXPECT_EQ(invoicing::deliver(gateway, request(), 1).reason, "出售者 ●（●） [31m未实名")
      << "asked about, it is told again";
  auto unread = request();
  unread.seller = [] { return std::optional<GatewaySeller>(); };
  EXPECT_EQ(invoicing::deliver(gateway, unread, 1).reason, "") << "whose name it may hold";
  EXPECT_EQ(invoicing::deliver(gateway, unread, 1).answer, GatewayAnswer::refused);
  answer_ = R"({"state":"refused","reason":7})";
  EXPECT_EQ(gateway.ask(kKey).answer, GatewayAnswer::refused);
}

TEST_F(HttpGatewayTest, WhatIsNoWordForGoodIsNoAnswer) {
  HttpGateway gateway(url_, "");
  for (const char* odd :
       {"", "[]", R"({"state":"maybe"})", R"({"state":1})", "<html>", R"({"state":"pending"})",
        R"({"state":"issued"})", R"({"state":"issued","number":"a b"})"}) {
    answer_ = odd;
    EXPECT_EQ(gateway.issue(request()).answer, GatewayAnswer::no_answer) << odd;
    EXPECT_EQ(gateway.ask(kKey).answer, GatewayAnswer::no_answer) << odd;
  }
  answer_ = R"({"state":"refused"})";
  status_ = 500;
  EXPECT_EQ(gateway.issue(request()).answer, GatewayAnswer::no_answer);
  status_ = 404;
  EXPECT_EQ(gateway.ask(kKey).answer, GatewayAnswer::absent);
  EXPECT_EQ(gateway.issue(request()).answer, GatewayAnswer::no_answer);
}

TEST_F(HttpGatewayTest, NothingIsSentOfASellerWhoIsNotKnown) {
  HttpGateway gateway(url_, "");
  auto one = request();
  one.seller = [] { return std::optional<GatewaySeller>(); };
  EXPECT_EQ(gateway.issue(one).answer, GatewayAnswer::no_answer);
  EXPECT_EQ(seen_, "");
}

TEST(HttpGateway, KnowsNothingWithoutAnAnswer) {
  HttpGateway gateway("http://127.0.0.1:9", "");
  EXPECT_EQ(gateway.issue(request()).answer, GatewayAnswer::no_answer);
  EXPECT_EQ(gateway.ask(kKey).answer, GatewayAnswer::no_answer);
}

}  // namespace
}  // namespace huan::tax_platform
