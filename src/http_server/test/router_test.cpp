// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace huan::http_server {
namespace {

/// Keeps what it is answered.
class Recorder final : public Exchange {
 public:
  void send(Response response) override { answers.push_back(std::move(response)); }
  std::shared_ptr<Stream> stream(Response, StreamOptions) override { return nullptr; }
  void drop() override { ++dropped; }
  void matched(const Route& route) override { pattern = route.pattern; }

  std::vector<Response> answers;
  std::string pattern;
  int dropped{0};
};

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    const auto echo = [](const std::string& name) {
      return [name](const Request& request) {
        std::string text = name;
        for (const auto& [key, value] : request.params) {
          text += " " + key + "=" + value;
        }
        return make_response(200, "text/plain", text);
      };
    };
    router_.add("GET", "/api/v1/lots/{lot}", echo("lot"));
    router_.add("GET", "/api/v1/lots/{lot}/trace", echo("trace"));
    router_.add("GET", "/api/v1/lots/open", echo("open"));
    router_.add("POST", "/api/v1/events", echo("post"));
    router_.add("GET", "/api/v1/{kind}", echo("list"));
    router_.add("GET", "/api/v1/{kind}/{key}", echo("one"));
    router_.add("PUT", "/api/v1/{kind}/{key}", echo("put"));
    router_.add("GET", "/app/{path...}", echo("file"));
    router_.add("GET", "/", echo("root"));
    router_.add("GET", "/throws",
                [](const Request&) -> Response { throw std::runtime_error("x"); });
  }

  Response ask(const std::string& method, const std::string& target) {
    Request request;
    request.method = method;
    request.target = target;
    recorder_ = std::make_shared<Recorder>();
    router_.dispatch(std::move(request), Responder(recorder_));
    EXPECT_EQ(recorder_->answers.size(), 1U);
    return recorder_->answers.empty() ? Response{} : recorder_->answers.front();
  }

  Router router_;
  std::shared_ptr<Recorder> recorder_;
};

TEST_F(RouterTest, LiteralsWinOverNamesAndNamesAreDecoded) {
  EXPECT_EQ(ask("GET", "/api/v1/lots/L%2F1%2B+x").body, "lot lot=L/1++x");
  EXPECT_EQ(recorder_->pattern, "/api/v1/lots/{lot}");
  EXPECT_EQ(ask("GET", "/api/v1/lots/L1/trace?direction=up").body, "trace lot=L1");
  EXPECT_EQ(ask("GET", "/api/v1/lots/open").body, "open");
  EXPECT_EQ(ask("GET", "/api/v1/lots/open/trace").body, "trace lot=open");
  EXPECT_EQ(ask("GET", "/api/v1/places/P1").body, "one kind=places key=P1");
  EXPECT_EQ(ask("GET", "/").body, "root");
  EXPECT_EQ(ask("HEAD", "/").body, "root");
}

TEST_F(RouterTest, FallsBackFromALiteralWithoutTheMethod) {
  // /api/v1/events exists for POST only; the list of a kind named "events" must not answer there.
  EXPECT_EQ(ask("GET", "/api/v1/events").status, 405);
}

TEST_F(RouterTest, AnswersWhatIsMissing) {
  EXPECT_EQ(ask("GET", "/nothing").status, 404);
  EXPECT_EQ(ask("GET", "/api/v1/lots/").status, 404);
  EXPECT_EQ(ask("GET", "//").status, 404);
  EXPECT_EQ(ask("GET", "/api/v1/lots/%ff").status, 400);
  EXPECT_EQ(ask("GET", "/api/v1/lots/a?x=%").status, 400);
  const auto other = ask("DELETE", "/api/v1/places/P1");
  EXPECT_EQ(other.status, 405);
  EXPECT_EQ(other.headers.find("Allow"), "GET, HEAD, PUT, OPTIONS");
  const auto options = ask("OPTIONS", "/api/v1/events");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.find("Allow"), "POST, OPTIONS");
  EXPECT_EQ(ask("OPTIONS", "*").status, 204);
}

TEST_F(RouterTest, TheRestStaysBelowItsDirectory) {
  EXPECT_EQ(ask("GET", "/app/assets/a%20b.js").body, "file path=assets/a b.js");
  for (const char* bad : {"/app/../etc/passwd", "/app/%2e%2e/x", "/app/a%2f..%2fb", "/app/a%5c..",
                          "/app/a//b", "/app/"}) {
    EXPECT_EQ(ask("GET", bad).status, 404) << bad;
  }
}

TEST_F(RouterTest, WhatAHandlerThrowsGoesThroughAndItsRequestIsDropped) {
  Request request;
  request.method = "GET";
  request.target = "/throws";
  const auto recorder = std::make_shared<Recorder>();
  EXPECT_THROW(router_.dispatch(std::move(request), Responder(recorder)), std::runtime_error);
  EXPECT_EQ(recorder->dropped, 1);
}

TEST(RouterDeath, ContradictionsAssert) {
  Router router;
  const auto none = [](const Request&) { return Response{}; };
  router.add("GET", "/a/{x}", none);
  EXPECT_DEATH(router.add("GET", "/a/{x}", none), "");
  EXPECT_DEATH(router.add("PUT", "/a/{y}", none), "");
  EXPECT_DEATH(router.add("GET", "/b/{rest...}/c", none), "");
}

}  // namespace
}  // namespace huan::http_server
