// SPDX-License-Identifier: Apache-2.0
#include "huan/anomalies/watch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "huan/json/document.hpp"
#include "huan/simulator/simulator.hpp"

namespace huan::anomalies {
namespace {

using simulator::SiteKind;

void put_sites(simulator::City& city, SiteKind kind, const std::string& prefix, int count) {
  for (int n = 1; n <= count; ++n) {
    simulator::Site site;
    site.key = prefix + "-" + std::to_string(1'000 + n);
    site.kind = kind;
    site.district = "13010" + std::to_string(2 + n % 6);
    site.operator_id = "E-" + std::to_string(n);
    const bool counter = kind == SiteKind::station || kind == SiteKind::battery_store;
    site.scale = "W-" + site.key;
    site.interval_g = counter ? 100 : 20'000;
    site.scale_max_g = counter ? 300'000 : 60'000'000;
    city.sites.push_back(site);
  }
}

simulator::City made_up_city() {
  simulator::City city;
  city.code = "130100";
  city.offset_s = 8 * 3'600;
  put_sites(city, SiteKind::station, "S", 120);
  put_sites(city, SiteKind::transfer, "T", 8);
  put_sites(city, SiteKind::centre, "C", 4);
  put_sites(city, SiteKind::processor, "U", 16);
  put_sites(city, SiteKind::dismantler, "D", 2);
  put_sites(city, SiteKind::battery_store, "B", 2);
  put_sites(city, SiteKind::second_hand, "R", 2);
  put_sites(city, SiteKind::hazardous, "H", 1);
  city.vehicles = {"V-1", "V-2", "V-3"};
  city.market = "M-1";
  return city;
}

std::vector<PlaceCard> cards_of(const simulator::City& city) {
  std::vector<PlaceCard> cards;
  for (const simulator::Site& site : city.sites) {
    const char* kind = site.kind == SiteKind::station      ? "station"
                       : site.kind == SiteKind::transfer   ? "transfer-station"
                       : site.kind == SiteKind::centre     ? "sorting-centre"
                       : site.kind == SiteKind::dismantler ? "elv-dismantler"
                                                           : "processor";
    cards.push_back({site.key, kind, 0, 0});
  }
  return cards;
}

std::vector<Anomaly> watched(std::uint64_t seed, std::int32_t frauds) {
  const simulator::City city = made_up_city();
  const base::Day from = base::parse_day("2026-03-01").value_or(base::Day{});
  simulator::Simulator made(city, {seed, 20'000, from, frauds});
  Watch watch(cards_of(city), {.offset_s = city.offset_s, .due_days = {10}});
  constexpr std::int64_t kDays = 25;
  made.run_until({(from.n + kDays) * 86'400LL - city.offset_s}, [&](simulator::Sent&& sent) {
    if (sent.expect == simulator::Expect::posted) {
      const auto event = json::Document::parse(sent.json);
      ASSERT_TRUE(event);
      watch.read(event->root());
    }
  });
  return watch.find();
}

/// Every figure that is not given follows from what the events give to its column.
void follows_from_its_events(const Anomaly& one) {
  ASSERT_FALSE(one.parts.empty()) << name(one.kind);
  int given = 0;
  for (const Figure& figure : one.figures) {
    if (figure.rule == Rule::given) {
      ++given;
      continue;
    }
    const auto column = std::ranges::find(one.columns, figure.column) - one.columns.begin();
    std::vector<std::int64_t> values;
    for (const Part& part : one.parts) {
      ASSERT_EQ(part.values.size(), one.columns.size()) << name(one.kind);
      EXPECT_FALSE(part.place.empty());
      if (const auto value = part.values.at(static_cast<std::size_t>(column))) {
        values.push_back(*value);
      }
    }
    ASSERT_FALSE(values.empty()) << name(one.kind) << " " << figure.name;
    std::ranges::sort(values);
    if (figure.rule == Rule::sum) {
      EXPECT_EQ(std::accumulate(values.begin(), values.end(), std::int64_t{0}), figure.value)
          << name(one.kind) << " " << figure.name;
    } else if (figure.rule == Rule::middle) {
      EXPECT_EQ(values.at(values.size() / 2), figure.value) << name(one.kind) << " " << figure.name;
    }
  }
  EXPECT_LE(given, 2) << name(one.kind);
}

TEST(Watch, AnHonestCityIsLeftInPeace) {
  for (const Anomaly& one : watched(11, 0)) {
    ADD_FAILURE() << name(one.kind) << " " << one.subject << " " << one.other;
  }
}

TEST(Watch, EachPlantedFraudIsSeenAndExplained) {
  std::set<Kind> kinds;
  for (const Anomaly& one : watched(12, 1)) {
    kinds.insert(one.kind);
    EXPECT_FALSE(one.figures.empty()) << name(one.kind);
    EXPECT_FALSE(one.subject.empty());
    EXPECT_FALSE(why(one.kind, true).empty());
    EXPECT_FALSE(how_to_check(one.kind, false).empty());
    EXPECT_FALSE(one.events.empty()) << name(one.kind);
    follows_from_its_events(one);
  }
  EXPECT_EQ(kinds.size(), kKinds);
}

void read_all(Watch& watch, const std::vector<std::string>& events) {
  int n = 0;
  for (const std::string& event : events) {
    const std::string number = std::to_string(++n);
    const auto document = json::Document::parse(R"({"id":"0192f8c4-1a2b-7c3d-8e4f-00000000000)" +
                                                number + R"(","time":"2026-03-0)" + number +
                                                R"(T08:00:00+08:00","place":"P-1",)" + event);
    ASSERT_TRUE(document) << event;
    watch.read(document->root());
  }
}

TEST(Watch, AMaterialWithoutItsQualificationIsToldByNameOrLot) {
  Beside beside;
  beside.licensed = [](std::string_view place, std::string_view material, base::Instant at) {
    return place != "P-1" || material != "battery" || at.s >= 1'772'553'600;  // from 4 March
  };
  beside.material_of = [](std::string_view lot) {
    return std::string{lot == "L-1" ? "battery" : "paper"};
  };
  const std::vector<std::string> works{
      R"("type":"transform","process":"sort","inputs":[{"lot":"L-1","mass_g":5}]})",
      R"("type":"transform","process":"sort","inputs":[{"lot":"L-2","mass_g":7}]})",
      R"("type":"transform","process":"sort","inputs":[{"material":"battery","mass_g":9}]})",
      R"("type":"transform","process":"sort","inputs":[{"material":"battery","mass_g":1}]})"};
  Watch watch({{"P-1", "sorting-centre", 0, 0}}, {.offset_s = 28'800}, beside);
  read_all(watch, works);
  const auto found = watch.find();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, Kind::unlicensed_work);
  EXPECT_EQ(found[0].other, "battery");
  EXPECT_EQ(found[0].events.size(), 2U);
  EXPECT_EQ(found[0].figures.at(1).value, 14) << "of the first and the third";
  Watch knows_nothing({{"P-1", "sorting-centre", 0, 0}}, {.offset_s = 28'800});
  read_all(knows_nothing, works);
  EXPECT_TRUE(knows_nothing.find().empty());
}

TEST(Watch, AShipmentOfAVehicleThatSentNoTrackIsTold) {
  Beside beside;
  beside.silent = [](std::string_view vehicle, base::Day day) {
    return vehicle == "V-1" && base::format_day(day) == "2026-03-02";
  };
  const std::string ship =
      R"("type":"ship","to":{"place":"P-2"},"inputs":[{"material":"paper","mass_g":5}],)";
  Watch watch({}, {.offset_s = 28'800}, beside);
  read_all(watch, {ship + R"("shipment":"T-1","vehicle":"V-1"})",
                   ship + R"("shipment":"T-2","vehicle":"V-1","seal":"9"})",
                   ship + R"("shipment":"T-3","seal":"9"})"});
  const auto found = watch.find();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, Kind::untracked);
  EXPECT_EQ(found[0].subject, "P-1");
  EXPECT_EQ(found[0].other, "V-1");
  EXPECT_EQ(found[0].figures.at(1).value, 1);
  EXPECT_EQ(found[0].events, std::vector<std::string>{"0192f8c4-1a2b-7c3d-8e4f-000000000002"});
}

TEST(Watch, WhatIsNoEventIsPassedOver) {
  Watch watch({}, {});
  for (
      const char* text :
      {"{}", R"({"type":"receive"})", "[]", "1",
       R"({"id":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9e0f","time":"2026-03-01T08:00:00+08:00","type":"ship","to":7,"inputs":[1]})",
       R"({"id":"0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9e0f","time":"2026-03-01T08:00:00+08:00","type":"accept","lines":{},"final":3})"}) {
    const auto event = json::Document::parse(text);
    ASSERT_TRUE(event) << text;
    watch.read(event->root());
  }
  EXPECT_EQ(watch.events(), 2U);
  static_cast<void>(watch.find());
}

}  // namespace
}  // namespace huan::anomalies
