// SPDX-License-Identifier: Apache-2.0
// Slips of the pen and ill will at the doors: each is answered with a code and a place, nothing of
// it stays, and what is on record is whole afterwards.
#include <algorithm>
#include <thread>

#include "api_fixture.hpp"
#include "huan/app/verify.hpp"

namespace huan::http {
namespace {

class HostileTest : public ApiTest {
 protected:
  /// "400 bad_number limit"
  static std::string told(const Reply& reply) {
    const auto body = Json::parse(reply.body, nullptr, false);
    if (!body.is_object() || reply.status < 400) {
      return std::to_string(reply.status);
    }
    EXPECT_EQ(reply.header("content-type"), "application/problem+json") << reply.body;
    return std::to_string(reply.status) + " " + body.value("code", "") + " " + body.value("at", "");
  }
  std::string asked(const std::string& target) { return told(get(target)); }
  std::string put(const std::string& target, const std::string& body, Fields fields = {}) {
    return told(send("PUT", "/api/v1/" + target, body, std::move(fields)));
  }
  std::string upload(const std::string& query, const std::string& content,
                     const std::string& type) {
    return told(send("POST", "/api/v1/files" + query, content, {{"Content-Type", type}}));
  }
  std::string place() { return Json::parse(get("/api/v1/places/CD-101").body).at("data").dump(); }
  void TearDown() override {
    EXPECT_EQ(get("/readyz").status, 200);
    const auto report = app::verify(*store_, {});
    EXPECT_TRUE(report.ok) << (report.differences.empty() ? "" : report.differences[0].what);
  }
};

TEST_F(HostileTest, ParametersStandOnceAndInRange) {
  const std::string lots = "/api/v1/lots?";
  EXPECT_EQ(asked(lots + "limit=1&limit=2"), "400 bad_field limit");
  EXPECT_EQ(asked(lots + "city=x-nyc&city=nowhere"), "400 bad_field city");
  for (const std::string bad : {"", "-1", "1e3", "1.0", "%20", "9223372036854775808"}) {
    EXPECT_EQ(asked(lots + "limit=" + bad), "400 bad_number limit") << bad;
  }
  EXPECT_EQ(asked(lots + "limit=9223372036854775807"), "200");
  EXPECT_EQ(asked(lots + "after=" + std::string(7000, 'z')), "200");
  for (const std::string list : {"events", "statistics?by=month", "lots", "places", "stock"}) {
    const auto more = list.find('?') == std::string::npos ? "?" : "&";
    EXPECT_EQ(asked("/api/v1/" + list + more + "after="), "200") << list;
  }
  EXPECT_EQ(asked("/api/v1/events?after=99999999999999999999"), "400 bad_number after");
  EXPECT_EQ(asked("/api/v1/events?order=desc&after=9223372036854775807"), "200");
  const std::string sums = "/api/v1/statistics?by=day&from=2026-03-02&to=";
  EXPECT_EQ(asked(sums + "2026-03-02"), "200");
  EXPECT_EQ(asked(sums + "2026-03-01"), "400 bad_time to");
  EXPECT_EQ(asked(sums + "2026-02-30"), "400 bad_time to");
  EXPECT_EQ(asked("/api/v1/log/x-nyc/inclusion?seq=1&id=x"), "400 bad_field id");
  EXPECT_EQ(asked("/api/v1/places/CD-101?at=2026-01-01T00:00:00+08:00"), "400 bad_time at");
}

TEST_F(HostileTest, WhatTheAddressNamesIsThePlaceOfItsError) {
  EXPECT_EQ(asked("/api/v1/lots/none"), "404 unknown_lot lot");
  EXPECT_EQ(asked("/api/v1/lots/none/trace"), "404 unknown_lot lot");
  EXPECT_EQ(asked("/api/v1/items/none"), "404 unknown_item code");
  EXPECT_EQ(asked("/api/v1/shipments/none"), "404 unknown_shipment shipment");
  EXPECT_EQ(asked("/api/v1/events/none"), "404 unknown_event id");
  EXPECT_EQ(asked("/api/v1/secrets"), "404 not_found kind");
  EXPECT_EQ(asked("/api/v1/places/none"), "404 not_found key");
  EXPECT_EQ(asked("/api/v1/files/none"), "404 not_found sha256");
  EXPECT_EQ(put("places/a%20b", "{\"data\":" + place() + "}"), "400 bad_text key");
  const auto far = get("/api/v1/lots/" + std::string(8000, 'x'));
  EXPECT_EQ(told(far), "404 unknown_lot lot");
  EXPECT_LT(far.body.size(), 1000U) << "not all of it is told back";
  EXPECT_EQ(told(get("/api/v1/stock", {{"Accept", "image/png"}})), "406 not_acceptable Accept");
}

TEST_F(HostileTest, RecordsAreHeldToTheirFormAndSize) {
  const auto data = place();
  EXPECT_EQ(put("places/P-1", "{\"data\":" + data + ",\"time\":\"\"}"), "400 bad_field /time");
  EXPECT_EQ(put("places/P-1", "{\"data\":" + data + ",\"id\":\"\"}"), "400 bad_field /id");
  EXPECT_EQ(put("places/P-1", "{\"data\":{},\"data\":{}}"), "400 duplicate_key /data");
  EXPECT_EQ(put("places/P-1", "{\"data\":{\"name\":\"\xff\"}}"), "400 bad_text /data/name");
  const auto big = "{\"data\":{\"a\":\"" + std::string(60'000, 'x') + "\"}}";
  EXPECT_EQ(put("tasks/t-1", big), "201");
  EXPECT_EQ(put("tasks/t-2", big + std::string(1U << 20U, ' ')), "413 too_large ");
  EXPECT_EQ(put("packs/p-1", R"({"data":{"districts":{}}})"), "400 bad_field /data/districts");
  EXPECT_EQ(put("packs/p-1", R"({"data":{"districts":["B1"]}})"),
            "400 bad_field /data/districts/0");
  EXPECT_EQ(put("packs/p-1", R"({"data":{"districts":[{"code":"B7","zh":"新区"}]}})"), "201");
  auto moved = Json::parse(data);
  moved["district"] = "B7";
  EXPECT_EQ(put("places/P-1", Json{{"data", moved}}.dump()), "201");
}

TEST_F(HostileTest, AnIdInCapitalsIsTheSameId) {
  const std::string id = "13AFEC86-C0A1-4CF5-94F2-8E30E8BA3C65";
  const auto made =
      send("PUT", "/api/v1/places/P-1", "{\"data\":" + place() + ",\"id\":\"" + id + "\"}");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(Json::parse(made.body).at("id"), "13afec86-c0a1-4cf5-94f2-8e30e8ba3c65");
  EXPECT_EQ(asked("/api/v1/log/x-nyc/inclusion?id=" + id), "200");
}

TEST_F(HostileTest, FilesSayWhatTheyAre) {
  EXPECT_EQ(upload("", "", "text/plain"), "400 bad_field ");
  EXPECT_EQ(upload("", "a", "TEXT/Plain; charset=utf-8"), "201");
  EXPECT_EQ(upload("", "<svg/>", "image/svg+xml"), "415 unsupported_media Content-Type");
  EXPECT_EQ(upload("", "\xff", "text/plain"), "415 unsupported_media Content-Type");
  EXPECT_EQ(upload("?name=a%0d%0aX-Y:%20z", "a", "text/plain"), "400 bad_text name");
  const auto kept = send("POST", "/api/v1/files?name=%E7%A3%85%E5%8D%95.txt", "b",
                         {{"Content-Type", "text/plain"}});
  const auto file = get(Json::parse(kept.body).at("url").get<std::string>());
  EXPECT_EQ(file.header("content-disposition"),
            "inline; filename=\".txt\"; filename*=UTF-8''%E7%A3%85%E5%8D%95.txt");
}

TEST_F(HostileTest, NobodyIsHungUpOnWithoutAWord) {
  for (const std::string method : {"BREW", "get", "A-B"}) {
    auto client = connect();
    client.send(method + " /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    const auto reply = client.read_reply();
    ASSERT_TRUE(reply) << method;
    EXPECT_EQ(told(*reply), "501 method_not_allowed ") << method;
  }
  auto star = connect();
  star.send("GET * HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(told(star.read_reply().value_or(Reply{})), "400 bad_text ");
  EXPECT_EQ(told(send("POST", "/api/v1/events", "abcd",
                      {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}})),
            "400 bad_text Content-Encoding");
  EXPECT_EQ(told(connect().post("/api/v1/login", R"({"token":"x","y":1})").value_or(Reply{})),
            "400 bad_field /y");
}

TEST_F(HostileTest, AProblemsTypeLeadsToItsDescription) {
  const auto problem = Json::parse(get("/api/v1/lots/none").body);
  const auto type = problem.at("type").get<std::string>();
  const auto page = connect().get(type.substr(0, type.find('#')));
  ASSERT_EQ(page->status, 200);
  EXPECT_NE(page->body.find("id=\"" + type.substr(type.find('#') + 1) + "\""), std::string::npos);
}

/// Ten thousand bags: enough for a list that is sent in pieces and a search that ends early.
class LongListTest : public HostileTest {
 protected:
  LongListTest() {
    post_bags(0);
    EXPECT_EQ(post(ship("S-1", "L-1", 1)).status, 200);
  }
  /// A thousand at a time: a client waits ten seconds for an answer, and sanitizers are slow.
  void post_bags(int from) {
    for (int first = from; first < from + 10'000; first += 1'000) {
      Json bags = Json::array();
      for (int i = first; i < first + 1'000; ++i) {
        bags.push_back(receive("L-" + std::to_string(i), 1));
      }
      ASSERT_EQ(post(bags).status, 200);
    }
  }
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
};

TEST_F(LongListTest, AWholeListIsSentInPieces) {
  const auto whole = get("/api/v1/events?format=csv");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("transfer-encoding"), "chunked");
  EXPECT_EQ(whole.header("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(lines(whole.body), 10'002U);
  EXPECT_TRUE(whole.body.ends_with("\r\n"));
  EXPECT_EQ(lines(get("/api/v1/lots?format=csv").body), 10'000U) << "one has gone, one is a header";
  EXPECT_EQ(lines(get("/api/v1/events?format=csv&limit=7").body), 8U);
  const auto sums = get("/api/v1/statistics?by=material,flow&format=csv");
  EXPECT_EQ(lines(sums.body), 3U) << sums.body;
}

TEST_F(LongListTest, ReadersWhoDoNotReadHoldNobodyUp) {
  post_bags(10'000);  // more than the buffers on the way hold
  const std::string request =
      "GET /api/v1/events?format=csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
      "\r\n\r\n";
  std::vector<RawClient> sleepers;
  for (int i = 0; i < 2; ++i) {
    sleepers.push_back(connect());
    sleepers.back().send(request);
    EXPECT_NE(sleepers.back().read_until("\r\n\r\n").find("chunked"), std::string::npos);
  }
  EXPECT_EQ(told(get("/api/v1/events?format=csv")), "503 overloaded ");
  EXPECT_EQ(asked("/api/v1/events?limit=5"), "200");
  EXPECT_EQ(told(get("/api/v1/stock?format=csv")), "200") << "a short list needs no pieces";
  sleepers.clear();
  for (int i = 0; i < 100 && get("/api/v1/events?format=csv").status == 503; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(get("/api/v1/events?format=csv").status, 200);
}

TEST_F(LongListTest, AServerThatStopsBreaksAListOff) {
  post_bags(10'000);
  auto reader = connect();
  reader.send("GET /api/v1/events?format=csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
              token_ + "\r\n\r\n");
  EXPECT_NE(reader.read_until("\r\n\r\n").find("chunked"), std::string::npos);
  stop();
  EXPECT_FALSE(reader.read_until("\r\n0\r\n\r\n").ends_with("\r\n0\r\n\r\n"))
      << "a part looks like the whole";
  serve(*personal_);
}

TEST_F(LongListTest, ASearchIsFollowedToItsEnd) {
  for (const std::string order : {"asc", "desc"}) {
    std::size_t found = 0;
    std::string after;
    for (int pages = 0; pages < 100; ++pages) {
      const auto page =
          get_json("/api/v1/events?type=ship&limit=5&order=" + order + "&after=" + after);
      found += page.at("items").size();
      if (page.at("next").is_null()) {
        break;
      }
      after = page.at("next").get<std::string>();
    }
    EXPECT_EQ(found, 1U) << order;
  }
}

}  // namespace
}  // namespace huan::http
