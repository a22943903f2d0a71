// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <filesystem>

#include "bare_loop.hpp"
#include "benches.hpp"
#include "city_events.hpp"
#include "http_load.hpp"
#include "huan/app/access.hpp"
#include "huan/app/outcome.hpp"
#include "huan/app/verify.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::bench {
namespace {

constexpr std::size_t kEvents = 60'000;
/// Events of a request of the bulk, and so of a commit; the 32 MiB of a request hold more.
constexpr std::size_t kBatch = 10'000;
constexpr std::size_t kSmallBatch = 2'000;  // as the import of a table commits
constexpr std::size_t kClients = 64;
constexpr std::size_t kRounds = 3;
constexpr double kSinglesS = 4;
constexpr double kBareSinglesS = 3;
/// No round is begun after so many seconds of a run that has to end within 280.
constexpr double kLatest = 150;

/// A city's store with everything that writes to it.
struct Running {
  Running(const Bench& bench, const CityEvents& city, const std::string& name)
      : path(fresh_store(city, name)),
        clock(city.after),
        ids(1, clock),
        store(bench.parts.open_store(path)),
        recorder(*store, clock, ids) {
    recorder.judge_tickets(wire_pack::buying_rules_of);
  }

  std::string path;
  base::ManualClock clock;
  crypto::SeededIdSource ids;
  std::unique_ptr<store::Store> store;
  app::Recorder recorder;
};

struct Took {
  double cpu_s{0};
  double wall_s{0};
};

Took post_in_process(Running& running, const CityEvents& city, std::size_t size) {
  const app::Principal by{"bench"};
  const Watch watch;
  for (std::size_t from = 0; from < city.events.size(); from += size) {
    std::vector<app::PreparedEvent> batch;
    batch.reserve(size);
    for (std::size_t i = from; i < std::min(from + size, city.events.size()); ++i) {
      batch.push_back(app::prepare(city.events[i]));
    }
    const auto result = running.recorder.post(city.city, std::move(batch), app::Mode::atomic, by);
    if (!result.kept) {
      throw store::Failure(base::ErrorCode::store_failed, "the ledger refused an event");
    }
  }
  return {watch.cpu(), watch.wall()};
}

std::string token_for(Running& running) {
  auto token = app::issue_token(running.recorder, running.clock, {"operator", "bench", "", 0});
  if (!token) {
    throw store::Failure(token.error().code, "no token");
  }
  return *token;
}

std::vector<std::string> batch_requests(const std::string& token, const CityEvents& city) {
  std::vector<std::string> requests;
  for (std::size_t from = 0; from < city.events.size(); from += kBatch) {
    std::string body;
    for (std::size_t i = from; i < std::min(from + kBatch, city.events.size()); ++i) {
      body += city.events[i];
      body += '\n';
    }
    requests.push_back(post_request(token, "application/x-ndjson", body));
  }
  return requests;
}

class LedgerBench {
 public:
  LedgerBench(const Bench& bench, const CityEvents& city) : bench_(bench), city_(city) {}

  Report run() {
    const Watch watch;
    for (std::size_t round = 0; round < kRounds && (round == 0 || watch.wall() < kLatest);
         ++round) {
      bulk_in_process(round);
      bulk_bare(round);
      bulk_http();
    }
    bulk_in_small_batches();
    for (std::size_t round = 0; round < kRounds && (round == 0 || watch.wall() < kLatest + 30);
         ++round) {
      singles();
    }
    sum_up();
    return std::move(report_);
  }

 private:
  void bulk_in_process(std::size_t round) {
    std::string path;
    {
      Running running(bench_, city_, "bulk.db");
      path = running.path;
      const Took took = post_in_process(running, city_, kBatch);
      in_process_.push_back(events() / took.cpu_s);
      in_process_wall_.push_back(events() / took.wall_s);
      if (round == 0) {
        verify(running);
      }
    }
    if (round == 0) {
      bare_ = std::make_unique<BareLoop>(path, city_.records);
      bytes_an_event_ = static_cast<double>(std::filesystem::file_size(path) -
                                            std::filesystem::file_size(city_.store)) /
                        events();
    }
  }

  void verify(Running& running) {
    const Watch watch;
    const auto report = app::verify(*running.store, {});
    verify_per_s_ = static_cast<double>(report.events) / watch.wall();
    verify_per_cpu_s_ = static_cast<double>(report.events) / watch.cpu();
    if (!report.ok || report.events != city_.events.size()) {
      report_.wrong.push_back("verify: " + (report.differences.empty()
                                                ? "another number of events"
                                                : report.differences.front().what));
    }
  }

  void bulk_bare(std::size_t round) {
    const auto took = bare_->bulk(bench_.folder + "/bare" + std::to_string(round) + ".db", kBatch);
    if (took.events != city_.events.size()) {
      report_.wrong.push_back("the bare loop inserted another number of events");
    }
    bare_bulk_.push_back(events() / took.cpu_s);
    rows_an_event_ = static_cast<double>(took.rows) / events();
  }

  void bulk_in_small_batches() {
    Running running(bench_, city_, "small.db");
    const Took ours = post_in_process(running, city_, kSmallBatch);
    const auto theirs = bare_->bulk(bench_.folder + "/small_rows.db", kSmallBatch);
    small_vs_bare_ = theirs.cpu_s / ours.cpu_s;
  }

  void bulk_http() {
    Running running(bench_, city_, "http.db");
    const auto requests = batch_requests(token_for(running), city_);
    const auto server = bench_.parts.serve(*running.store, running.recorder, running.clock);
    const Watch watch;
    const LoadResult sent = send_all(server->port(), requests, 1, 1e9);
    http_.push_back(events() / watch.cpu());
    http_wall_.push_back(events() / watch.wall());
    const auto last = running.store->snapshot()->last(city_.city).seq;
    if (sent.refused > 0 || last != city_.records + city_.events.size()) {
      report_.wrong.push_back("HTTP: not every event of the bulk was posted");
    }
  }

  void singles() {
    const auto bare =
        bare_->singles(bench_.folder + "/rows" + std::to_string(bare_rows_.size()), kBareSinglesS);
    bare_rows_.push_back(static_cast<double>(bare.rows) / bare.wall_s);
    Running running(bench_, city_, "singles.db");
    const std::string token = token_for(running);
    std::vector<std::string> requests;
    requests.reserve(city_.receives.size());
    for (const std::string& event : city_.receives) {
      requests.push_back(post_request(token, "application/json", event));
    }
    const auto server = bench_.parts.serve(*running.store, running.recorder, running.clock);
    const auto before = running.recorder.figures();
    const Watch watch;
    const LoadResult sent = send_all(server->port(), requests, kClients, kSinglesS);
    const auto after = running.recorder.figures();
    singles_.push_back(static_cast<double>(sent.answered) / sent.wall_s);
    singles_cpu_us_.push_back(watch.cpu() * 1e6 / static_cast<double>(sent.answered));
    groups_.push_back(
        static_cast<double>(after.records - before.records) /
        static_cast<double>(std::max<std::uint64_t>(after.groups - before.groups, 1)));
    if (sent.refused > 0 || after.records - before.records != sent.answered) {
      report_.wrong.push_back("HTTP: not every single event was posted");
    }
  }

  void sum_up() {
    report_.figures = {{"events", events()},
                       {"rounds", static_cast<double>(in_process_.size())},
                       {"rows_an_event", rows_an_event_},
                       {"bytes_an_event", bytes_an_event_},
                       {"bulk_events_per_cpu_s", median(in_process_)},
                       {"bulk_events_per_s", median(in_process_wall_)},
                       {"bare_events_per_cpu_s", median(bare_bulk_)},
                       {"bulk_vs_bare_by_2000", small_vs_bare_},
                       {"http_events_per_cpu_s", median(http_)},
                       {"http_events_per_s", median(http_wall_)},
                       {"singles_per_s", median(singles_)},
                       {"singles_cpu_us", median(singles_cpu_us_)},
                       {"bare_rows_per_s", median(bare_rows_)},
                       {"verify_events_per_cpu_s", verify_per_cpu_s_}};
    report_.ratios = {{"bulk_vs_bare", of(in_process_, bare_bulk_), 0.5},
                      {"http_vs_inprocess", of(http_, in_process_), 0.8},
                      {"singles_vs_bare", of(singles_, bare_rows_), 5},
                      {"mean_group", median(groups_), 16},
                      {"verify_events_per_s", verify_per_s_, 50'000}};
  }

  [[nodiscard]] double events() const { return static_cast<double>(city_.events.size()); }
  /// The median of the rounds' ratios: what ran side by side is compared.
  static double of(const std::vector<double>& ours, const std::vector<double>& theirs) {
    std::vector<double> ratios;
    ratios.reserve(ours.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
      ratios.push_back(ours[i] / theirs[i]);
    }
    return median(ratios);
  }

  const Bench& bench_;
  const CityEvents& city_;
  Report report_;
  std::unique_ptr<BareLoop> bare_;
  std::vector<double> in_process_, in_process_wall_, bare_bulk_, http_, http_wall_;
  std::vector<double> singles_, singles_cpu_us_, bare_rows_, groups_;
  double verify_per_s_{0};
  double verify_per_cpu_s_{0};
  double small_vs_bare_{0};
  double rows_an_event_{0};
  double bytes_an_event_{0};
};

}  // namespace

base::Result<Report> bench_ledger(const Bench& bench) {
  HUAN_TRY(city, make_city(bench, kEvents));
  return LedgerBench(bench, city).run();
}

}  // namespace huan::bench
