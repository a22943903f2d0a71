// SPDX-License-Identifier: Apache-2.0
#include "city_events.hpp"

#include <algorithm>
#include <filesystem>

#include "huan/app/init_city.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/app/simulate.hpp"
#include "huan/buying/judge.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/registry/pack.hpp"
#include "huan/simulator/simulator.hpp"
#include "huan/wire_pack/rules.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::bench {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kDays = 7;           // long enough for lots to be sorted, pressed and sold
constexpr std::int32_t kFirstDay = 20'454;  // 2026-01-01

std::int64_t scale_for(const simulator::City& city, std::size_t events) {
  const simulator::Simulator whole{city, {1, kMillion, base::Day{kFirstDay}}};
  const std::int64_t all = std::max<std::int64_t>(whole.estimate(kDays).events, 1);
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(events) * kMillion / all, 1, kMillion);
}

void live(simulator::Simulator& simulator, std::int32_t offset_s, std::size_t events,
          CityEvents& out) {
  constexpr std::int32_t kDaysMax = 365;
  for (std::int32_t day = 1; day <= kDaysMax && out.events.size() < events; ++day) {
    out.after = base::Instant{std::int64_t{kFirstDay + day} * kDay - offset_s};
    simulator.run_until(out.after, [&](simulator::Sent&& sent) {
      if (sent.expect != simulator::Expect::posted) {
        return;
      }
      if (sent.json.find(R"("type":"receive")") != std::string::npos &&
          sent.json.find(R"("type":"correct")") == std::string::npos) {
        out.receives.push_back(sent.json);
      }
      if (out.events.size() < events) {
        out.events.push_back(std::move(sent.json));
      }
    });
  }
}

/// Enters the registrations that purchases among the events ask for, before any is posted.
base::Result<void> register_purchases(app::Recorder& recorder, const buying::Rules& rules,
                                      const CityEvents& out) {
  base::Result<void> result;
  recorder.run(out.city, out.events.size(), [&](app::CityWriter& writer) {
    for (const std::string& text : out.events) {
      const auto prepared = app::prepare(text);
      const ledger::Event& sent = *prepared.event;
      const ledger::Event& event = sent.replacement ? *sent.replacement : sent;
      const auto* seller = event.type == ledger::EventType::receive && !event.party.empty()
                               ? writer.facts().find_party(event.party, event.time)
                               : nullptr;
      const bool asked =
          seller != nullptr &&
          std::any_of(event.outputs.begin(), event.outputs.end(), [&](const auto& line) {
            return buying::registration_for(
                       rules, {line.material, registry::name(seller->kind),
                               base::day_of(event.time, writer.setting().offset_s)}) != nullptr;
          });
      if (!asked) {
        continue;
      }
      app::RegistryPut put;
      put.kind = "dossier";
      put.key = "register." + prepared.id;
      put.data = app::simulated_registration(sent);
      app::Outcome outcome = writer.put(put, {"bench"});
      if (outcome.status == app::Status::refused) {
        result = std::move(outcome.error).within(put.key + " ");
        return false;
      }
    }
    return true;
  });
  return result;
}

}  // namespace

base::Result<CityEvents> make_city(const Bench& bench, std::size_t events) {
  HUAN_TRY(folders, registry::read_pack_folders(bench.options.pack));
  HUAN_TRY(loaded, wire_pack::parse(folders));
  const registry::Pack& pack = loaded.pack;
  CityEvents out;
  out.city = pack.city.code;
  out.store = bench.folder + "/registry.db";
  const auto store = bench.parts.open_store(out.store);
  base::ManualClock clock{pack.records_from};
  clock.set(base::Instant{std::int64_t{kFirstDay} * kDay - pack.utc_offset_s});
  crypto::SeededIdSource ids{1, clock};
  app::Recorder recorder{*store, clock, ids};
  HUAN_TRY(report, app::init_city(recorder, pack, {}));
  static_cast<void>(report);
  const app::RulesText rules{wire_pack::to_text(folders, pack), pack.records_from};
  HUAN_TRY(kept, app::keep_first_rules(recorder, pack, rules));
  static_cast<void>(kept);
  HUAN_TRY(network, app::simulated_city(*store->snapshot(), out.city));
  const std::int64_t scale = scale_for(network, events);
  simulator::Simulator simulator{network, {1, scale, base::Day{kFirstDay}}};
  HUAN_CHECK(app::register_simulated(recorder, out.city, simulator.registrations()));
  live(simulator, pack.utc_offset_s, events, out);
  HUAN_CHECK(register_purchases(recorder, loaded.rules.buying, out));
  out.records = store->snapshot()->last(out.city).seq;
  return out;
}

std::string fresh_store(const CityEvents& city, const std::string& name) {
  const auto path = std::filesystem::path(city.store).parent_path() / name;
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(path.string() + ending);
  }
  std::filesystem::copy_file(city.store, path);
  return path.string();
}

}  // namespace huan::bench
