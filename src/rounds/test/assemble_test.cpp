// SPDX-License-Identifier: Apache-2.0
#include "huan/rounds/assemble.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "huan/json/document.hpp"
#include "huan/routing/solve.hpp"

namespace huan::rounds {
namespace {

constexpr std::int32_t kHour = 3'600;

class NoTime final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return 0; }
};

Stop stop_at(std::string id, std::int32_t lng_e7, std::string party, std::int64_t mass) {
  Stop stop;
  stop.id = std::move(id);
  stop.ref = stop.id;
  stop.place = "S-1";
  stop.party = std::move(party);
  stop.at = {380'000'000, lng_e7};
  stop.mass = base::Mass{mass};
  stop.from_s = 8 * kHour;
  stop.to_s = 18 * kHour;
  return stop;
}

Truck truck_of(const char* id, const char* party) {
  Truck truck;
  truck.id = id;
  truck.party = party;
  truck.capacity = base::Mass{1'000};
  truck.start = truck.depot = {380'000'000, 1'145'000'000};
  truck.from_s = 7 * kHour;
  truck.to_s = 18 * kHour;
  return truck;
}

Work work() {
  Work work;
  work.day = *base::parse_day("2026-11-23");
  work.stops = {stop_at("o:1", 1'145'100'000, "E-1", 600),
                stop_at("o:2", 1'145'200'000, "E-1", 600),
                stop_at("o:3", 1'145'300'000, "E-2", 100)};
  work.trucks = {truck_of("V-1", "E-1"), truck_of("V-2", "E-2")};
  work.centres = {{"C-1", {380'000'000, 1'145'150'000}, 7 * kHour, 18 * kHour}};
  return work;
}

Outcome solved(const Work& of) {
  routing::Options options;
  options.iterations = 200;
  const NoTime watch;
  const auto plan = routing::solve(assemble(of).problem, options, watch);
  EXPECT_TRUE(plan.has_value());
  return outcome_of(of, *plan);
}

std::vector<std::string> ids_of(const Round& round) {
  std::vector<std::string> ids;
  std::ranges::transform(round.stops, std::back_inserter(ids), &Stop::id);
  return ids;
}

TEST(Assemble, OwnVehiclesComeAndWhatDoesNotFitIsUnloadedBetween) {
  const Outcome day = solved(work());
  ASSERT_EQ(day.rounds.size(), 2U);
  EXPECT_TRUE(day.left_out.empty());
  const Round& own = day.rounds[0];
  EXPECT_EQ(own.vehicle, "V-1");
  ASSERT_EQ(own.stops.size(), 4U);  // 600, unload, 600, unload: it holds 1000
  EXPECT_EQ(own.stops[1].kind, StopKind::unload);
  EXPECT_EQ(own.stops[1].mass.count(), 600);
  EXPECT_EQ(own.stops[3].id, "u:2:C-1");
  EXPECT_EQ(ids_of(day.rounds[1]), (std::vector<std::string>{"o:3", "u:1:C-1"}));
  EXPECT_GE(own.stops[0].arrive_s, 7 * kHour);
  EXPECT_GT(own.distance_m, 1'000);
}

TEST(Assemble, WhatIsLeftOutSaysWhy) {
  Work of = work();
  of.stops[0].mass = base::Mass{1'001};
  of.stops[2].to_s = 8 * kHour;
  of.stops[2].from_s = 8 * kHour;
  of.trucks[1].from_s = 9 * kHour;
  const Outcome day = solved(of);
  ASSERT_EQ(day.left_out.size(), 2U);
  EXPECT_EQ(day.left_out[0].reasons.front().code, "capacity");
  EXPECT_EQ(day.left_out[0].reasons.front().vehicle, "V-1");
  EXPECT_EQ(day.left_out[0].reasons.front().amount, 1);
  EXPECT_EQ(day.left_out[1].reasons.front().code, "windows");
}

TEST(Assemble, AVehicleUnderWayUnloadsWhatItCarries) {
  Work of = work();
  of.trucks[0].carried = base::Mass{500};
  of.stops.erase(of.stops.begin() + 1);
  const Outcome day = solved(of);
  const Round& own = day.rounds[0];
  EXPECT_TRUE(day.left_out.empty());
  std::int64_t unloaded = 0;
  for (const Stop& stop : own.stops) {
    unloaded += stop.kind == StopKind::unload ? stop.mass.count() : 0;
  }
  EXPECT_EQ(unloaded, 1'100);
  EXPECT_EQ(own.stops.front().kind, StopKind::unload);  // 500 + 600 do not fit together
}

TEST(Assemble, AHandLaysStopsByName) {
  const Work of = work();
  const Assembled day = assemble(of);
  const auto plan = plan_of(of, day, {{"V-1", {"o:2", "u:7:C-1"}}, {"V-2", {}}});
  ASSERT_TRUE(plan.has_value());
  ASSERT_EQ(plan->routes.size(), 1U);
  EXPECT_EQ(plan->routes[0].steps.size(), 4U);
  for (const auto& [wrong, where] : std::vector<std::pair<std::vector<Sequence>, std::string>>{
           {{{"V-9", {}}}, "/rounds/0/vehicle"},
           {{{"V-1", {"o:9"}}}, "/rounds/0/stops/0"},
           {{{"V-1", {"u:C-9"}}}, "/rounds/0/stops/0"},
           {{{"V-1", {"o:1"}}, {"V-2", {"o:1"}}}, "/rounds/1/stops/0"},
           {{{"V-1", {}}, {"V-1", {}}}, "/rounds/1/vehicle"}}) {
    const auto refused = plan_of(of, day, wrong);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().at, where);
  }
}

TEST(Assemble, SequencesAreReadAndBounded) {
  const auto read = [](const char* text) {
    return parse_sequences(json::Document::parse(text)->root());
  };
  EXPECT_EQ(read(R"({"rounds":[{"stops":["o:1"],"vehicle":"V-1"}]})")->front().stops.front(),
            "o:1");
  for (const char* wrong :
       {R"({})", R"({"rounds":{}})", R"({"rounds":[{"stops":[1],"vehicle":"V"}]})",
        R"({"rounds":[{"vehicle":"V"}]})", R"([])"}) {
    EXPECT_FALSE(read(wrong).has_value()) << wrong;
  }
}

/// Around the first stop alone.
TrafficZone around_first() {
  return {"inner",
          "",
          {},
          {{379'000'000, 1'145'050'000},
           {379'000'000, 1'145'149'999},
           {381'000'000, 1'145'149'999},
           {381'000'000, 1'145'050'000}}};
}

TEST(Assemble, NobodyStopsInAZoneWithoutAPassForItAndItsHours) {
  Work of = work();
  of.rule.zones = {around_first()};
  const auto left = [&] {
    std::vector<std::string> ids;
    for (const LeftOut& one : solved(of).left_out) {
      ids.push_back(one.stop.id + " " + (one.reasons.empty() ? "" : one.reasons.front().code));
    }
    return ids;
  };
  EXPECT_EQ(left(), std::vector<std::string>{"o:1 zone"});
  Pass pass;
  pass.state = "listed";
  pass.zones = {"inner"};
  of.trucks[0].permit = permit_on({pass}, of.day);
  EXPECT_TRUE(left().empty());
  pass.hours = *parse_hours({"14:00-15:00"});
  of.trucks[0].permit = permit_on({pass}, of.day);
  const Outcome outcome = solved(of);
  ASSERT_TRUE(outcome.left_out.empty());
  for (const Round& round : outcome.rounds) {
    for (const Stop& stop : round.stops) {
      EXPECT_TRUE(stop.id != "o:1" || (stop.arrive_s >= 14 * kHour && stop.leave_s <= 15 * kHour));
    }
  }
  pass.zones = {"outer"};
  of.trucks[0].permit = permit_on({pass}, of.day);
  EXPECT_EQ(left(), std::vector<std::string>{"o:1 zone"});
}

TEST(Assemble, WhereNoZoneIsDrawnAPassIsForTheWholeCity) {
  Work of = work();
  Pass pass;
  pass.state = "listed";
  pass.hours = *parse_hours({"10:00-11:30"});
  of.trucks[1].permit = permit_on({pass}, of.day);
  for (const Round& round : solved(of).rounds) {
    for (const Stop& stop : round.stops) {
      EXPECT_TRUE(round.vehicle != "V-2" ||
                  (stop.arrive_s >= 10 * kHour && stop.leave_s <= 11 * kHour + kHour / 2));
    }
  }
  EXPECT_TRUE(solved(of).left_out.empty());
}

}  // namespace
}  // namespace huan::rounds
