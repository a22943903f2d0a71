// SPDX-License-Identifier: Apache-2.0
// A simulated city whose pack's rules are on record: its clerks register what is to be registered,
// nothing else is refused that was not meant to be, and the look back finds nothing.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "huan/app/init_city.hpp"
#include "huan/app/lawful_buying.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/app/simulate.hpp"
#include "huan/app/verify.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/simulator/simulator.hpp"
#include "huan/store_sqlite/store.hpp"
#include "huan/wire_pack/rules.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::app {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int32_t kFirst = 20'514;  // 2026-03-02
constexpr std::int32_t kDays = 8;        // long enough for lots to be shipped, sorted and sold

std::size_t dossiers_of(store::Reading& reading, const std::string& city, const char* type) {
  return reading.registry(city, "dossier", {type, {}, {}, {}}, {"", 100'000}).size();
}

TEST(SimulatedCity, KeepsTheRulesOfItsPack) {
  std::string pattern = (std::filesystem::temp_directory_path() / "huan-lawful-XXXXXX").string();
  const std::string folder = ::mkdtemp(pattern.data());
  const auto folders = registry::read_pack_folders("packs/shijiazhuang");
  ASSERT_TRUE(folders);
  const auto city = wire_pack::parse(*folders);
  ASSERT_TRUE(city);
  const registry::Pack& pack = city->pack;
  {
    const auto store = store_sqlite::open({.path = folder + "/a.db", .create = true});
    base::ManualClock clock{base::Instant{kFirst * kDay - pack.utc_offset_s}};
    crypto::SeededIdSource ids{1, clock};
    Recorder recorder{*store, clock, ids};
    recorder.judge_tickets(wire_pack::buying_rules_of);
    ASSERT_TRUE(init_city(recorder, pack, {}));
    ASSERT_TRUE(
        keep_first_rules(recorder, pack, {wire_pack::to_text(*folders, pack), pack.records_from}));
    auto network = simulated_city(*store->snapshot(), pack.city.code);
    ASSERT_TRUE(network);
    simulator::Simulator simulator{*network, {1, 3'000, base::Day{kFirst}}};
    const base::Instant end{std::int64_t{kFirst + kDays} * kDay - pack.utc_offset_s};
    const auto report = simulate(recorder, clock, simulator, pack.city.code, end, {});
    ASSERT_TRUE(report) << report.error().detail;
    EXPECT_EQ(report->unexpected, 0U) << report->first_unexpected;
    EXPECT_GT(report->counts.posted, 500U);
    const auto reading = store->snapshot();
    const auto registered = dossiers_of(*reading, pack.city.code, "scrap_registration");
    EXPECT_GT(registered, 10U);
    const auto found = check_buying(
        *reading,
        {pack.city.code, pack.utc_offset_s, base::Day{kFirst}, base::Day{kFirst + kDays}, {}},
        city->rules.buying);
    EXPECT_TRUE(found.empty()) << found.size() << " " << found.front().event;
    EXPECT_TRUE(verify(*store, {}).ok);
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace huan::app
