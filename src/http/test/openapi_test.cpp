// SPDX-License-Identifier: Apache-2.0
// The description and the running server say the same.
#include <set>
#include <stdexcept>

#include "api_fixture.hpp"
#include "description.hpp"

namespace huan::http {
namespace {

class OpenApiTest : public ApiTest {
 protected:
  std::map<std::string, Json> doors_ = Description(std::string(openapi_yaml())).doors();
};

TEST_F(OpenApiTest, EveryDoorIsDescribedAndNothingElse) {
  std::set<std::string> served;
  for (const auto& [method, pattern] : api_->router().routes()) {
    if (pattern != "/" && pattern != "/{path...}") {
      served.insert(method + " " + pattern);
    }
  }
  std::set<std::string> told;
  for (const auto& [door, operation] : doors_) {
    told.insert(door);
  }
  EXPECT_EQ(served, told);
  EXPECT_EQ(connect().get("/api/openapi.yaml")->body, openapi_yaml());
}

TEST_F(OpenApiTest, DoorsAskForATokenUnlessTheyAreSaidToBeOpen) {
  for (const auto& [door, operation] : doors_) {
    const auto space = door.find(' ');
    auto target = door.substr(space + 1);
    if (target == "/api/v1/{kind}" || target == "/api/v1/{kind}/{key}") {
      target = "/api/v1/places";
    }
    const auto method = door.substr(0, space);
    if (target == "/api/v1/places" && method == "PUT") {
      target += "/P";
    }
    const auto reply = connect().request(method, target, method == "GET" ? "" : "{}");
    ASSERT_TRUE(reply) << door;
    const auto& responses = operation.at("responses");
    if (operation.contains("security")) {
      EXPECT_TRUE(responses.contains(std::to_string(reply->status))) << door << reply->status;
    } else {
      EXPECT_EQ(reply->status, 401) << door;
      EXPECT_TRUE(responses.contains("401")) << door;
    }
  }
}

TEST_F(OpenApiTest, EveryDescribedParameterIsKnown) {
  const Description told{std::string(openapi_yaml())};
  for (const auto& [door, operation] : doors_) {
    for (const auto& parameter : told.parameters(operation)) {
      if (parameter.at("in") != "query" || door.ends_with("/stream")) {
        continue;
      }
      auto target = door.substr(door.find(' ') + 1);
      if (const auto kind = target.find("{kind}"); kind != std::string::npos) {
        target.replace(kind, 6, "places");
      }
      target += "?" + parameter.at("name").get<std::string>() + "=x";
      const auto reply =
          connect().request(door.substr(0, door.find(' ')), target, "{}", with_token());
      ASSERT_TRUE(reply) << door;
      EXPECT_EQ(reply->body.find("unknown parameter"), std::string::npos) << door << target;
    }
  }
}

TEST_F(OpenApiTest, HeadIsGetWithoutABody) {
  for (const std::string target : {"/api/v1/stock", "/api/v1/places/CD-101", "/api/openapi.yaml",
                                   "/api/v1/lots/none", "/api/v1/places?format=csv"}) {
    const auto whole = get(target);
    auto client = connect();
    client.send("HEAD " + target + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
                "\r\n\r\n");
    const auto head = client.read_reply(true);
    ASSERT_TRUE(head) << target;
    EXPECT_EQ(head->status, whole.status) << target;
    EXPECT_EQ(head->header("content-type"), whole.header("content-type")) << target;
    EXPECT_EQ(head->header("content-length"), std::to_string(whole.body.size())) << target;
    EXPECT_EQ(head->body, "") << target;
  }
}

// ---- what holds the description up has to be able to fail

TEST(Description, RefusesWhatIsNotOfItsYaml) {
  for (const char* wrong : {"a: {b: c", "a: {b}", "a: 'b", "a:\n", "a: b\na: c\n", "a\n",
                            "a: [b, c", "a:\n  b: c\n    d: e\n"}) {
    EXPECT_THROW(static_cast<void>(read_yaml(wrong)), std::runtime_error) << wrong;
  }
  const auto read =
      read_yaml("# text\na:\n  - {b: 'it''s', c: [1, true]}\n  - d: e f\ng: |\n  h\n");
  EXPECT_EQ(read, Json::parse(R"({"a":[{"b":"it's","c":[1,true]},{"d":"e f"}],"g":"h\n"})"));
}

TEST(Description, FindsWhatAnAnswerLacksOrHasTooMuch) {
  const Description told{
      "components:\n  x: {type: object, required: [n], properties: {n: {type: "
      "integer, minimum: 1}, t: {type: [string, 'null'], format: uuid}, l: "
      "{type: array, items: {enum: [a, b]}}}}\n"};
  const Json schema{{"$ref", "#/components/x"}};
  const auto faults = [&](const char* text) { return told.faults(Json::parse(text), schema); };
  EXPECT_TRUE(faults(R"({"n":1,"t":null,"l":["a"]})").empty());
  EXPECT_EQ(faults("{}"), std::vector<std::string>{": lacks n"});
  EXPECT_EQ(faults(R"({"n":0})").size(), 1U);
  EXPECT_EQ(faults(R"({"n":"1"})").size(), 1U);
  EXPECT_EQ(faults(R"({"n":1,"t":"x"})").size(), 1U);
  EXPECT_EQ(faults(R"({"n":1,"m":1})"), std::vector<std::string>{"/m: not described"});
  EXPECT_EQ(faults(R"({"n":1,"l":["a","c"]})").size(), 1U);
  EXPECT_EQ(told.faults(1, Json::parse(R"({"oneOf":[{"type":"string"},{"type":"null"}]})")).size(),
            1U);
}

}  // namespace
}  // namespace huan::http
