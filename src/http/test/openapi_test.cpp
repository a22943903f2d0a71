// SPDX-License-Identifier: Apache-2.0
// The description and the running server say the same.
#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "api_fixture.hpp"

namespace huan::http {
namespace {

struct Described {
  std::set<std::string> statuses;
  bool open{false};
};

/// "GET /path" -> what the description says of it, by its indentation.
std::map<std::string, Described> described() {
  std::map<std::string, Described> doors;
  std::istringstream lines{std::string(openapi_yaml())};
  std::string line;
  std::string path;
  std::string door;
  bool in_paths = false;
  while (std::getline(lines, line)) {
    if (!line.starts_with(' ')) {
      in_paths = line == "paths:";
    } else if (in_paths && line.starts_with("  /")) {
      path = line.substr(2, line.size() - 3);
    } else if (in_paths && line.starts_with("    ") && line[4] != ' ') {
      auto method = line.substr(4, line.find(':') - 4);
      std::transform(method.begin(), method.end(), method.begin(),
                     [](char c) { return static_cast<char>(c - 32); });
      door = method + " " + path;
      doors[door];
    } else if (in_paths && line.starts_with("      security: []")) {
      doors[door].open = true;
    } else if (in_paths && line.starts_with("        '")) {
      doors[door].statuses.insert(line.substr(9, 3));
    }
  }
  return doors;
}

class OpenApiTest : public ApiTest {};

TEST_F(OpenApiTest, EveryDoorIsDescribedAndNothingElse) {
  std::set<std::string> served;
  for (const auto& [method, pattern] : api_->router().routes()) {
    if (pattern != "/" && pattern != "/{path...}") {
      served.insert(method + " " + pattern);
    }
  }
  std::set<std::string> told;
  for (const auto& [door, what] : described()) {
    told.insert(door);
  }
  EXPECT_EQ(served, told);
  EXPECT_EQ(client().get("/api/openapi.yaml")->body, openapi_yaml());
}

TEST_F(OpenApiTest, DoorsAskForATokenUnlessTheyAreSaidToBeOpen) {
  for (const auto& [door, what] : described()) {
    const auto space = door.find(' ');
    auto target = door.substr(space + 1);
    if (target == "/api/v1/{kind}" || target == "/api/v1/{kind}/{key}") {
      target = "/api/v1/places";
    }
    const auto method = door.substr(0, space);
    if (target == "/api/v1/places" && method == "PUT") {
      target += "/P";
    }
    const auto reply = client().request(method, target, method == "GET" ? "" : "{}");
    ASSERT_TRUE(reply) << door;
    if (what.open) {
      EXPECT_NE(reply->status, 500) << door;
      EXPECT_TRUE(what.statuses.count(std::to_string(reply->status)) == 1) << door << reply->status;
    } else {
      EXPECT_EQ(reply->status, 401) << door;
      EXPECT_EQ(what.statuses.count("401"), 1U) << door;
    }
  }
}

}  // namespace
}  // namespace huan::http
