// SPDX-License-Identifier: Apache-2.0
// Planning over the wire: a problem becomes a job, the job a plan; it can be watched and ended, and
// nobody sees another's.
#include <thread>

#include "api_fixture.hpp"

namespace huan::http {
namespace {

const Json kRounds = {
    {"vehicles", {{{"id", 1}, {"start", {114.5, 38.0}}, {"end", {114.5, 38.0}}}}},
    {"jobs",
     {{{"id", 7}, {"location", {114.51, 38.01}}}, {{"id", 8}, {"location", {114.49, 38.02}}}}}};
constexpr const char* kStar = "4 3 1\n1 2 5\n2 3 4\n2 4 6\n";  // pmed: 2 is the middle

class PlanningTest : public ApiTest {
 protected:
  std::string submit(const std::string& target, const std::string& body) {
    const auto reply = send("POST", target, body);
    EXPECT_EQ(reply.status, 202) << reply.body;
    const auto job = Json::parse(reply.body, nullptr, false);
    const auto at = "/api/v1/jobs/" + job.value("id", "");
    EXPECT_EQ(reply.header("location"), at);
    return at;
  }
  Json when(const std::string& job, const std::string& state) {
    for (int i = 0; i < 1000; ++i) {
      auto seen = get_json(job);
      if (seen.value("state", "") == state) {
        return seen;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << job << " is never " << state << ": " << get_json(job).dump();
    return {};
  }
};

TEST_F(PlanningTest, AProblemBecomesAPlan) {
  const auto job = submit("/api/v1/route?iterations=50", kRounds.dump());
  const auto done = when(job, "done");
  EXPECT_EQ(done["kind"], "route");
  EXPECT_EQ(done["fraction"], 1);
  EXPECT_EQ(done["figures"]["unserved"], 0);
  EXPECT_EQ(done["result"], job + "/result");
  const auto plan = get_json(job + "/result");
  ASSERT_EQ(plan["routes"].size(), 1U);
  EXPECT_EQ(plan["routes"][0]["steps"].size(), 4U);
  EXPECT_EQ(plan["unassigned"].size(), 0U);
  EXPECT_EQ(get_json(submit("/api/v1/route?iterations=50", kRounds.dump()))["kind"], "route");
}

TEST_F(PlanningTest, WithoutAVehicleThePlanSaysSo) {
  const auto job = submit("/api/v1/route?iterations=1",
                          R"({"vehicles":[],"jobs":[{"id":5,"location":[114.5,38]}]})");
  when(job, "done");
  const auto plan = get_json(job + "/result");
  EXPECT_EQ(plan["unassigned"][0]["reasons"][0]["code"], "no_vehicle");
}

TEST_F(PlanningTest, EqualIterationsGiveEqualBytes) {
  const auto one = submit("/api/v1/route?iterations=50&seed=3", kRounds.dump());
  const auto two = submit("/api/v1/route?iterations=50&seed=3", kRounds.dump());
  when(one, "done");
  when(two, "done");
  EXPECT_EQ(get(one + "/result").body, get(two + "/result").body);
}

TEST_F(PlanningTest, PlacesComeWithTheirBound) {
  const auto job = submit("/api/v1/site?format=pmed", kStar);
  when(job, "done");
  const auto plan = get_json(job + "/result");
  EXPECT_EQ(plan["status"], "optimal");
  EXPECT_EQ(plan["upper"], 15);
  EXPECT_EQ(plan["lower"], 15);
  EXPECT_EQ(plan["facilities"], Json::array({2}));
}

Json town() {
  const auto point = [](double east, Json properties) {
    return Json{{"type", "Feature"},
                {"geometry", {{"type", "Point"}, {"coordinates", {114.5 + east, 38.0}}}},
                {"properties", std::move(properties)}};
  };
  Json features = Json::array();
  for (int v = 0; v < 4; ++v) {
    const auto name = std::to_string(v);
    features.push_back(point(
        0.02 * v,
        {{"kind", "home"}, {"id", name}, {"households", 500}, {"mass", 50}, {"district", "d"}}));
    features.push_back(point(
        0.02 * v, {{"kind", "station"}, {"id", "S" + name}, {"cost", 3000}, {"district", "d"}}));
  }
  features.push_back(point(
      0.1, {{"kind", "processor"}, {"id", "P"}, {"standing", "existing"}, {"district", "d"}}));
  return {{"type", "FeatureCollection"},
          {"tiers", {{{"name", "station"}, {"rate", 20}}, {{"name", "processor"}, {"rate", 1}}}},
          {"rules",
           {{{"name", "two stations"}, {"kind", "at_least"}, {"tier", "station"}, {"sites", 2}}}},
          {"features", std::move(features)}};
}

TEST_F(PlanningTest, AWholeNetworkIsPlannedAndPlannedAgain) {
  const std::string at = "/api/v1/site?problem=tiered&iterations=2000";
  const auto job = submit(at + "&relax=true", town().dump());
  when(job, "done");
  const auto plan = get_json(job + "/result");
  EXPECT_EQ(plan["problem"], "tiered");
  EXPECT_LE(plan["lower"], plan["upper"]);
  ASSERT_GE(plan["facilities"]["station"].size(), 2U);
  EXPECT_EQ(plan["rules"][0]["rule"], "two stations");
  auto changed = town();
  const auto dropped = plan["facilities"]["station"][0];
  changed["change"] = {{"drop", {dropped}}};
  changed["from"] = plan;
  const auto next = submit(at, changed.dump());
  when(next, "done");
  const auto again = get_json(next + "/result");
  EXPECT_EQ(again["facilities"]["station"].dump().find(dropped.dump()), std::string::npos);
  EXPECT_EQ(again["changes"], Json::parse(R"([{"drop":[)" + dropped.dump() + "]}]"));
  // Its job is named instead: the plan and all that it was changed by are those of before.
  auto moved = town();
  const auto kept = again["facilities"]["station"][0];
  moved["change"] = {{"move", {{{"id", kept}, {"to", {114.5, 38.0}}}}}};
  const auto third = submit(at + "&from=" + next.substr(next.rfind('/') + 1), moved.dump());
  EXPECT_EQ(when(third, "done")["figures"]["changes"], 2);
  const auto last = get_json(third + "/result");
  EXPECT_EQ(last["facilities"]["station"].dump().find(dropped.dump()), std::string::npos);
  ASSERT_EQ(last["changes"].size(), 2U);
  EXPECT_EQ(last["changes"][1]["move"][0]["to"], Json::parse("[114.5, 38.0]"));
  for (const auto& id : last["facilities"]["station"]) {
    ASSERT_TRUE(last["sites"].contains(id.get<std::string>()));
    EXPECT_EQ(last["sites"][id.get<std::string>()]["district"], "d");
  }
  EXPECT_NEAR(last["cost"]["sites"].get<double>() + last["cost"]["ways"].get<double>(),
              last["upper"].get<double>(), 0.01);
  EXPECT_GT(last["households"]["served"], 0);
  EXPECT_LE(last["households"]["served"], last["households"]["all"]);
  auto strict = town();
  strict["rules"][0]["sites"] = 5;
  const auto none = submit(at, strict.dump());
  when(none, "done");
  EXPECT_EQ(get_json(none + "/result")["conflict"], Json::array({"two stations"}));
}

TEST_F(PlanningTest, AJobIsEndedWithTheBestSoFar) {
  const auto running = submit("/api/v1/route?seconds=600", kRounds.dump());
  const auto waiting = submit("/api/v1/route?seconds=600", kRounds.dump());
  when(running, "running");
  EXPECT_EQ(get_json(waiting)["state"], "waiting");
  EXPECT_EQ(get(waiting + "/result").status, 404);
  EXPECT_EQ(Json::parse(send("DELETE", waiting, "").body)["state"], "cancelled");
  EXPECT_EQ(send("DELETE", running, "").status, 200);
  const auto ended = when(running, "cancelled");
  EXPECT_FALSE(ended["ended_at"].is_null());
  EXPECT_EQ(get_json(running + "/result")["routes"].size(), 1U);
  EXPECT_EQ(get_json(waiting)["began_at"], nullptr);
  EXPECT_EQ(send("DELETE", running, "").status, 200);  // once more changes nothing
  const auto all = get_json("/api/v1/jobs")["items"];
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ("/api/v1/jobs/" + all[0]["id"].get<std::string>(), waiting);
}

TEST_F(PlanningTest, IsSeenLive) {
  const auto job = submit("/api/v1/route?seconds=600", kRounds.dump());
  auto listener = connect();
  listener.send("GET " + job + "/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token_ +
                "\r\n\r\n");
  const auto first = listener.read_until("event: progress\n");
  EXPECT_NE(first.find("text/event-stream"), std::string::npos) << first;
  EXPECT_EQ(send("DELETE", job, "").status, 200);
  const auto last = listener.read_until("event: ended\n");
  EXPECT_NE(last.find("event: ended\n"), std::string::npos) << last;
}

TEST_F(PlanningTest, NobodySeesAnothersJob) {
  const auto job = submit("/api/v1/route?iterations=1", kRounds.dump());
  when(job, "done");
  token_ = app::issue_token(*recorder_, clock_, {"operator", "somebody else", "", 0}).value();
  EXPECT_EQ(get(job).status, 404);
  EXPECT_EQ(get(job + "/result").status, 404);
  EXPECT_EQ(get(job + "/stream").status, 404);
  EXPECT_EQ(send("DELETE", job, "").status, 404);
  EXPECT_EQ(get_json("/api/v1/jobs")["items"].size(), 0U);
}

TEST_F(PlanningTest, TooManyWaitingAreRefused) {
  for (int i = 0; i < 17; ++i) {
    const auto job = submit("/api/v1/route?seconds=600", kRounds.dump());
    if (i == 0) {
      when(job, "running");
    }
  }
  const auto full = send("POST", "/api/v1/route?seconds=600", kRounds.dump());
  EXPECT_EQ(full.status, 503);
  EXPECT_EQ(Json::parse(full.body)["code"], "overloaded");
}

TEST_F(PlanningTest, TheOldestMakeRoom) {
  const auto first = submit("/api/v1/site?format=pmed", kStar);
  when(first, "done");
  std::string last;
  for (int i = 0; i < 64; ++i) {
    last = submit("/api/v1/site?format=pmed", kStar);
    when(last, "done");
  }
  EXPECT_EQ(get(first).status, 404);
  EXPECT_EQ(get(last + "/result").status, 200);
  EXPECT_EQ(get_json("/api/v1/jobs")["items"].size(), 64U);
}

TEST_F(PlanningTest, WhatCannotBeAskedIsSaidAtOnce) {
  const auto code = [&](const std::string& target, const std::string& body) {
    const auto reply = send("POST", target, body);
    const auto problem = Json::parse(reply.body, nullptr, false);
    return std::to_string(reply.status) + " " + problem.value("code", "") + " " +
           problem.value("at", "");
  };
  const auto rounds = kRounds.dump();
  EXPECT_EQ(code("/api/v1/route?seconds=0", rounds), "400 bad_number seconds");
  EXPECT_EQ(code("/api/v1/route?seconds=601", rounds), "400 bad_number seconds");
  EXPECT_EQ(code("/api/v1/site?iterations=0", kStar), "400 bad_number iterations");
  EXPECT_EQ(code("/api/v1/route?format=xml", rounds), "400 bad_field format");
  EXPECT_EQ(code("/api/v1/route?objective=joy", rounds), "400 bad_field objective");
  EXPECT_EQ(code("/api/v1/site?problem=joy", kStar), "400 bad_field problem");
  EXPECT_EQ(code("/api/v1/site?radius=-1", kStar), "400 bad_number radius");
  EXPECT_EQ(code("/api/v1/site?radius=1e3", kStar), "400 bad_number radius");
  EXPECT_EQ(code("/api/v1/site?format=pmed", "4 3\n"), "422 bad_file line 2");
  EXPECT_EQ(code("/api/v1/site?format=pmed&p=5", kStar), "422 too_few_candidates p");
  EXPECT_EQ(code("/api/v1/site?format=csv&p=1&detour=0", "id,x,y\n1,0,0\n2,1,1\n"),
            "422 bad_problem detour");
  const std::string tiered = "/api/v1/site?problem=tiered";
  EXPECT_EQ(code(tiered, kStar), "400 bad_json ");
  EXPECT_EQ(code(tiered + "&p=3", town().dump()), "400 bad_field p");
  EXPECT_EQ(code(tiered + "&of=pack", town().dump()), "400 bad_field of");
  EXPECT_EQ(code(tiered + "&relax=yes", town().dump()), "400 bad_field relax");
  auto early = town();
  early["periods"] = {{{"name", "2026"}}};
  EXPECT_EQ(code(tiered, early.dump()), "400 bad_field /periods/0/budget");
  early["periods"] = Json::array();
  early["change"] = {{"drop", {"nobody"}}};
  EXPECT_EQ(code(tiered, early.dump()), "400 bad_field /drop");
  EXPECT_EQ(code(tiered + "&from=nothing", town().dump()), "404 not_found from");
  EXPECT_EQ(code("/api/v1/site?from=nothing", kStar), "400 bad_field from");
  auto lost = kRounds;
  lost["jobs"][0].erase("location");
  EXPECT_EQ(code("/api/v1/route", lost.dump()), "400 bad_field /jobs/0");
}

}  // namespace
}  // namespace huan::http
