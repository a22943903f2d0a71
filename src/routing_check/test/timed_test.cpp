// SPDX-License-Identifier: Apache-2.0
#include "small_plan.hpp"

namespace huan::routing_check {
namespace {

TEST(Timed, LeavesAsLateAsTheSameEndAllows) {
  Problem p = small_day();
  p.stops[1].windows = {{50, 60}};
  const Plan plan = timed(p, plan_of({job(0), job(1)}));
  EXPECT_NEAR(plan.routes[0].steps[0].arrival_s, 38, 1e-6);
  EXPECT_NEAR(plan.routes[0].steps[3].arrival_s, 63, 1e-6);
  EXPECT_EQ(plan.summary.unserved, 0U);
}

TEST(Timed, ALaterWindowMayMakeAShorterDay) {
  Problem p = small_day();
  p.stops[0].windows = {{0, 1e9}};
  p.stops[0].windows = {{5, 6}, {70, 80}};
  p.stops[1].windows = {{40, 45}, {77, 90}};
  p.vehicles[0].caps.duration_max_s = 30;
  EXPECT_EQ(broken_by_order(p, plan_of({job(0), job(1)})), "");
}

TEST(Timed, ABreakIsTakenBeforeOrAfterTheWayWhicheverIsSooner) {
  Problem p = small_day();
  p.stops[0].windows = {{5, 5}};
  p.vehicles[0].shifts[0].breaks = {Break{.id = "1", .windows = {{11, 40}}, .duration_s = 10}};
  const auto plan = plan_of({job(0), rest(0), job(1)});
  Plan out = timed(p, plan);
  EXPECT_EQ(out.routes[0].steps[2].place, 2U) << "first the way, then the break";
  EXPECT_EQ(out.routes[0].steps[2].arrival_s, 12);
  p.vehicles[0].shifts[0].breaks[0].windows = {{7, 8}};
  out = timed(p, plan);
  EXPECT_EQ(out.routes[0].steps[2].place, 1U);
  EXPECT_EQ(out.routes[0].steps[3].arrival_s, 22);
  EXPECT_EQ(broken(p, out), "");
}

TEST(Timed, OpenRoutesBeginAndEndAtTheirStops) {
  Problem p = small_day();
  p.vehicles[0].start = p.vehicles[0].end = kNone;
  const Plan plan = timed(p, plan_of({job(0), job(1)}));
  EXPECT_EQ(plan.summary.distance, 5);
  EXPECT_EQ(plan.summary.duration_s, 10);
  EXPECT_EQ(broken(p, plan), "");
}

TEST(Timed, CostsOfEveryKind) {
  Problem p = small_day();
  p.vehicles[0].costs = {.fixed = 100,
                         .per_distance = 2,
                         .per_hour = 3600,
                         .per_travel_hour = 7200,
                         .per_task_hour = 36'000,
                         .per_overtime_hour = 360'000};
  p.vehicles[0].caps.duration_max_s = 20;
  p.vehicles[0].caps.overtime_max_s = 60;
  EXPECT_NEAR(timed(p, plan_of({job(0), job(1)})).summary.cost,
              100 + 2 * 20 + 25 + 2 * 20 + 10 * 5 + 100 * 5, 1e-6);
}

TEST(Timed, LeavesAloneWhatNamesNothing) {
  const Problem p = small_day();
  const Plan plan = timed(p, plan_of({job(7)}));
  EXPECT_EQ(plan.unserved.size(), 2U);
  EXPECT_FALSE(check(p, plan).holds());
}

TEST(Timed, DistancesOnTheSphere) {
  Problem p = small_day();
  p.ways[0].metric = routing::Metric::great_circle;
  p.places = {{114.5, 38.0}, {114.5, 39.0}, {115.5, 38.0}, {0, 0}};
  const Plan plan = timed(p, plan_of({job(0)}));
  EXPECT_NEAR(plan.summary.distance, 2 * 111'195.08, 0.1);
}

}  // namespace
}  // namespace huan::routing_check
