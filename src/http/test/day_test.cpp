// SPDX-License-Identifier: Apache-2.0
// A day of trucks: what a plan leaves out though it fits, and what is planned again on the way.
#include "api_fixture.hpp"
#include "huan/app/drive_round.hpp"
#include "huan/app/review_day.hpp"
#include "huan/app/staff_notices.hpp"
#include "huan/base/text.hpp"

namespace huan::http {
namespace {

constexpr std::int32_t kNewYorkS = -18'000;

class Noon final : public base::Clock {
 public:
  explicit Noon(base::Day day) : at{std::int64_t{day.n} * 86'400 + 12 * 3'600 - kNewYorkS} {}
  base::Instant now() override { return at; }
  base::Instant at;
};

class NoWatch final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return 0; }
};

class TruckDayTest : public ApiTest {
 protected:
  TruckDayTest() : noon_(base::Day{base::day_of(clock_.now(), kNewYorkS).n - 1}) {
    put("places/SC-1", {{"kind", "sorting-centre"}, {"form", "comprehensive"}}, 0);
    put("places/ST-1", {{"kind", "station"}, {"storage_limit_g", 50'000}}, 30'000);
    put_asset("V-1", {{"kind", "vehicle"}, {"place", "SC-1"}, {"capacity_g", 400'000}});
    bring("first", 300'000);
    rounds::Rule rule;
    rule.from_s = 0;
    rule.to_s = 86'400;
    EXPECT_TRUE(app::lay_down_rounds_rule(*recorder_, "x-nyc", rule, {"tester"}));
    asked_.day = base::day_of(noon_.now(), kNewYorkS);
  }
  void put(const std::string& target, Json data, std::int64_t north_e7) {
    data["name"] = target;
    data["district"] = "B1";
    data["status"] = "active";
    data["location"] = {
        {"lat_e7", 407'128'000 + north_e7}, {"lng_e7", -740'060'000}, {"datum", "wgs84"}};
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    const auto reply = send("PUT", "/api/v1/" + target, version.dump());
    EXPECT_EQ(reply.status, 201) << reply.body;
  }
  void put_asset(const std::string& key, const Json& data) {
    const Json version{{"data", data}, {"time", "2026-01-01T00:00:00-05:00"}};
    const auto reply = send("PUT", "/api/v1/assets/" + key, version.dump());
    EXPECT_EQ(reply.status, 201) << reply.body;
  }
  void bring(const std::string& lot, std::int64_t mass_g) {
    auto event = receive(lot, mass_g);
    event["place"] = "ST-1";
    event["time"] = base::format_time({noon_.at.s - 7'200}, 0);
    EXPECT_EQ(post(event).status, 200);
  }
  app::GatheredDay gathered() {
    const auto reading = store_->snapshot();
    auto day = app::gather_day(*reading, *reading->city("x-nyc"), asked_, noon_.now());
    EXPECT_TRUE(day) << day.error().detail;
    return std::move(*day);
  }
  app::PlannedDay planned(const app::GatheredDay& day) {
    app::PlanBudgetOfDay budget;
    budget.iterations = 50;
    auto plan = app::plan_day(day, budget, NoWatch{}, {});
    EXPECT_TRUE(plan) << plan.error().detail;
    return std::move(*plan);
  }
  void keep(const app::PlannedDay& plan) {
    const auto kept = app::keep_day(*recorder_, "x-nyc", plan, {"tester"});
    ASSERT_TRUE(kept) << kept.error().detail;
  }
  app::OrderParts parts() { return {*recorder_, *personal_, noon_}; }
  base::Result<app::KeptRound> drive(const std::string& stop, rounds::StopState to,
                                     std::vector<rounds::Loaded> loaded,
                                     const std::string& reason) {
    app::RoundStep one;
    one.city = "x-nyc";
    one.day = asked_.day;
    one.vehicle = "V-1";
    one.step.stop = stop;
    one.step.to = to;
    one.step.at = noon_.now();
    one.step.reason = reason;
    one.step.loaded = std::move(loaded);
    one.code = app::handover_code(*personal_, base::format_day(asked_.day) + ":V-1", stop).value();
    one.by = {"tester"};
    return app::drive_round(parts(), one);
  }
  void step(const std::string& stop, rounds::StopState to, std::vector<rounds::Loaded> loaded = {},
            const std::string& reason = "") {
    const auto driven = drive(stop, to, std::move(loaded), reason);
    ASSERT_TRUE(driven) << driven.error().at << driven.error().detail;
  }
  base::ErrorCode refused_of(const std::string& stop, std::vector<rounds::Loaded> loaded) {
    const auto driven = drive(stop, rounds::StopState::done, std::move(loaded), "");
    return driven ? base::ErrorCode::internal : driven.error().code;
  }
  void publish() {
    const auto kept = *app::round_on_record(*store_->snapshot(), "x-nyc", asked_.day, "V-1");
    ASSERT_TRUE(app::assign_driver(*recorder_, "x-nyc", kept, "li", {"tester"}));
    const auto done = app::publish_day(parts(), "x-nyc", asked_, {"tester"});
    ASSERT_TRUE(done) << done.error().detail;
  }

  std::vector<std::string> told(const std::string& driver) {
    const auto reading = store_->snapshot();
    std::vector<std::string> kinds;
    for (const auto& one :
         app::round_notices({*reading, *reading->city("x-nyc"), noon_.now()}, driver)) {
      kinds.emplace_back(app::info_of(one.kind).code);
    }
    return kinds;
  }

  Noon noon_;
  app::DayAsked asked_;
};

TEST_F(TruckDayTest, AStationThatIsLeftOutThoughItFitsIsNamedAndIsThePlansFault) {
  const auto day = gathered();
  const auto plan = planned(day);
  EXPECT_TRUE(plan.sheet.left_out.empty());
  auto judged = app::judge_day(day, {{"V-1", {}}});
  ASSERT_TRUE(judged) << judged.error().detail;
  ASSERT_EQ(judged->planned.sheet.left_out.size(), 1U);
  const auto& reasons = judged->planned.sheet.left_out[0].reasons;
  ASSERT_EQ(reasons.size(), 2U);
  EXPECT_EQ(reasons[0].code, "by_hand");
  EXPECT_EQ(reasons[1].code, app::kCouldFit);
  EXPECT_EQ(reasons[1].vehicle, "V-1");
  keep(judged->planned);
  const auto reading = store_->snapshot();
  const auto review = app::review_day(*reading, *reading->city("x-nyc"), asked_, {});
  EXPECT_EQ(review.could_fit, 1);
  EXPECT_GE(review.at_fault(), 1);
}

TEST_F(TruckDayTest, AStationTooFarForTheShiftIsLeftOutAndNobodysFault) {
  put("places/ST-far", {{"kind", "station"}, {"storage_limit_g", 1'000}}, 30'000'000);
  auto event = receive("far", 90'000);
  event["place"] = "ST-far";
  event["time"] = base::format_time({noon_.at.s - 7'200}, 0);
  ASSERT_EQ(post(event).status, 200);
  const auto plan = planned(gathered());
  ASSERT_EQ(plan.sheet.left_out.size(), 1U);
  EXPECT_EQ(plan.sheet.left_out[0].stop.place, "ST-far");
  for (const rounds::Why& why : plan.sheet.left_out[0].reasons) {
    EXPECT_NE(why.code, app::kCouldFit);
  }
}

TEST_F(TruckDayTest, AStationThatWasClearedIsPlannedAgainWithWhatItHoldsNow) {
  keep(planned(gathered()));
  EXPECT_TRUE(told("li").empty()) << "a draft is nobody's yet";
  publish();
  EXPECT_EQ(told("li"), std::vector<std::string>{"round_published"});
  EXPECT_TRUE(told("wang").empty());
  step("s:ST-1", rounds::StopState::arrived);
  EXPECT_TRUE(gathered().work.stops.empty()) << "what is being loaded is nobody else's";
  bring("meanwhile", 120'000);
  auto now = gathered().work.stops;
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].id, "s:ST-1:2");
  EXPECT_EQ(now[0].mass.count(), 120'000);
  step("s:ST-1", rounds::StopState::done, {{"paper.mixed", base::Mass{280'000}}});
  now = gathered().work.stops;
  ASSERT_EQ(now.size(), 1U);
  EXPECT_EQ(now[0].id, "s:ST-1:2");
  EXPECT_EQ(now[0].mass.count(), 140'000) << "as the books have it now";
  const auto again = planned(gathered());
  EXPECT_TRUE(again.sheet.left_out.empty());
  EXPECT_EQ(told("li").size(), 1U) << "what the driver did is no change";
  keep(again);
  EXPECT_EQ(told("li"), (std::vector<std::string>{"round_published", "round_changed"}));
  step("s:ST-1:2", rounds::StopState::arrived);
  step("s:ST-1:2", rounds::StopState::refused, {}, "not_there");
  EXPECT_TRUE(gathered().work.stops.empty()) << "nobody is sent there again for what was refused";
}

TEST_F(TruckDayTest, AppliancesAreLoadedByTheirCodesAndAcceptedWhole) {
  auto event = receive("fridges", 120'000);
  event["place"] = "ST-1";
  event["time"] = base::format_time({noon_.at.s - 7'200}, 0);
  event["outputs"][0]["material"] = "appliance.fridge";
  event["outputs"][0]["pieces"] = 3;
  event["outputs"][0]["items"] = {{{"code", "FR-1"}, {"kind", "appliance"}},
                                  {{"code", "FR-2"}, {"kind", "appliance"}},
                                  {{"code", "FR-3"}, {"kind", "appliance"}}};
  const auto brought = post(event);
  ASSERT_EQ(brought.status, 200) << brought.body;
  keep(planned(gathered()));
  publish();
  step("s:ST-1", rounds::StopState::arrived);
  const auto load = [](std::vector<std::string> codes) {
    return rounds::Loaded{"appliance.fridge", base::Mass{}, std::move(codes)};
  };
  EXPECT_EQ(refused_of("s:ST-1", {load({"FR-1", "FR-9"})}), base::ErrorCode::unknown_item);
  step("s:ST-1", rounds::StopState::done,
       {load({"FR-1", "FR-3"}), {"paper.mixed", base::Mass{200'000}}});
  const auto reading = store_->snapshot();
  const auto loaded = app::round_on_record(*reading, "x-nyc", asked_.day, "V-1")->round.stops[0];
  ASSERT_EQ(loaded.loaded.size(), 2U);
  EXPECT_EQ(loaded.loaded[0].mass.count(), 80'000) << "two of three, by the books";
  EXPECT_EQ(reading->item("x-nyc", "FR-2")->lot, "fridges");
  step("u:1:SC-1", rounds::StopState::arrived);
  EXPECT_EQ(refused_of("u:1:SC-1", {{"appliance.fridge", base::Mass{79'000}},
                                    {"paper.mixed", base::Mass{200'000}}}),
            base::ErrorCode::bad_field);
  step("u:1:SC-1", rounds::StopState::done);
  const auto after = store_->snapshot();
  const std::string lot = after->item("x-nyc", "FR-1")->lot;
  EXPECT_EQ(after->item("x-nyc", "FR-3")->lot, lot);
  const auto there = after->lot_at("x-nyc", lot, "SC-1");
  ASSERT_TRUE(there);
  EXPECT_EQ(there->state.raw_g, 80'000);
  EXPECT_EQ(there->state.raw_pieces, 2);
}

}  // namespace
}  // namespace huan::http
