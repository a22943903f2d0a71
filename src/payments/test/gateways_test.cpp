// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>

#include "huan/http_server/server.hpp"
#include "huan/payments/http_gateway.hpp"
#include "huan/payments/simulated_gateway.hpp"

namespace huan::payments {
namespace {

using rewards::Payment;
using rewards::PaymentState;

Payment payment(int n) { return {"id-" + std::to_string(n), 100 + n, "6222000011112222", "x"}; }

TEST(SimulatedGateway, DecidesOnceWhateverIsLostAndRemembersAfterARestart) {
  std::string folder = (std::filesystem::temp_directory_path() / "huan-pay-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/payments";
  std::map<PaymentState, int> first;
  std::map<int, PaymentState> ended;
  {
    SimulatedGateway gateway(path, 10);
    for (int n = 0; n < 100; ++n) {
      ++first[gateway.pay(payment(n)).state];
    }
    for (int n = 0; n < 100; ++n) {
      auto answer = gateway.ask(payment(n).id);
      if (answer.state == PaymentState::not_received) {
        answer = gateway.pay(payment(n));
      }
      ended[n] = answer.state;
      EXPECT_TRUE(answer.state == PaymentState::paid || answer.state == PaymentState::refused);
    }
  }
  EXPECT_GT(first[PaymentState::refused], 5);
  EXPECT_GT(first[PaymentState::pending], 5);
  EXPECT_GT(first[PaymentState::unknown], 10) << "answers lost and requests lost";
  EXPECT_EQ(first[PaymentState::paid], 0);
  SimulatedGateway again(path, 10);
  for (int n = 0; n < 100; ++n) {
    EXPECT_EQ(again.ask(payment(n).id).state, ended[n]) << n;
    EXPECT_EQ(again.pay(payment(n)).state, ended[n]) << n;
  }
  std::filesystem::remove_all(folder);
}

TEST(SimulatedGateway, PaysAllWhereNothingIsToGoWrong) {
  SimulatedGateway gateway("", 0);
  for (int n = 0; n < 50; ++n) {
    EXPECT_EQ(gateway.pay(payment(n)).state, PaymentState::paid);
  }
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
    router.add("POST", "/pay/payments", [this](const http_server::Request& request) {
      seen_ = std::string(request.body()) + " " +
              std::string(request.headers.find("Authorization").value_or(""));
      return http_server::json_response(status_, answer_);
    });
    router.add("GET", "/pay/payments/{id}", [this](const http_server::Request&) {
      return http_server::json_response(status_, answer_);
    });
    server_ = std::move(http_server::Server::start({}, std::move(router), nobody_)).value();
    url_ = "http://127.0.0.1:" + std::to_string(server_->port()) + "/pay/";
  }

 public:
  ~HttpGatewayTest() override { server_->stop(std::chrono::seconds(1)); }

 protected:
  Unwatched nobody_;
  std::string seen_;
  std::string answer_{R"({"state":"paid","reference":"R-1"})"};
  int status_{200};
  std::unique_ptr<http_server::Server> server_;
  std::string url_;
};

TEST_F(HttpGatewayTest, SaysWhatItWasToldAndNothingItWasNot) {
  HttpGateway gateway(url_, "s3");
  const auto paid = gateway.pay(payment(1));
  EXPECT_EQ(paid.state, PaymentState::paid);
  EXPECT_EQ(paid.reference, "R-1");
  EXPECT_EQ(seen_, R"({"account":"6222000011112222","fen":101,"id":"id-1","name":"x"} Bearer s3)");
  answer_ = R"({"state":"refused","reason":"not a word"})";
  EXPECT_EQ(gateway.ask("id-1").state, PaymentState::refused);
  EXPECT_EQ(gateway.ask("id-1").reason, "") << "free text goes nowhere";
  for (const char* odd : {"", "[]", R"({"state":"maybe"})", R"({"state":1})", "<html>"}) {
    answer_ = odd;
    EXPECT_EQ(gateway.pay(payment(1)).state, PaymentState::unknown) << odd;
  }
  answer_ = R"({"state":"refused"})";
  status_ = 500;
  EXPECT_EQ(gateway.pay(payment(1)).state, PaymentState::unknown) << "no word for good";
  status_ = 404;
  EXPECT_EQ(gateway.ask("id-1").state, PaymentState::not_received);
  EXPECT_EQ(gateway.pay(payment(1)).state, PaymentState::unknown);
}

TEST(HttpGateway, KnowsNothingWithoutAnAnswer) {
  HttpGateway gateway("http://127.0.0.1:9", "");
  EXPECT_EQ(gateway.pay(payment(1)).state, PaymentState::unknown);
  EXPECT_EQ(gateway.ask("id-1").state, PaymentState::unknown);
}

}  // namespace
}  // namespace huan::payments
