// SPDX-License-Identifier: Apache-2.0
// What it takes to hold a whole city against its norms and indicators and to fill in all its forms,
// and to judge again whom one more event touches: on a store of simulated days, or on a given one
// (--data FILE), which gets a few receives more.
#include <algorithm>
#include <filesystem>
#include <map>

#include "benches.hpp"
#include "city_events.hpp"
#include "huan/app/outcome.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/duties/due.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/forms.hpp"
#include "huan/oversight/standings.hpp"
#include "huan/oversight/watch.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::bench {
namespace {

constexpr std::size_t kCheckEvents = 60'000;
constexpr std::size_t kCheckBatch = 2'000;
constexpr std::size_t kCheckRounds = 3;
constexpr std::size_t kTouches = 20;
constexpr std::int64_t kTouchGrams = 1'000;
constexpr double kFullBoundS = 2;
constexpr double kTouchedBoundMs = 50;
constexpr double kMilli = 1'000;

using Verdicts = std::map<std::string, norms::Verdict>;  // "norm subject"

class CheckBench {
 public:
  CheckBench(const Bench& bench, wire_pack::City rules, const std::string& path)
      : rules_(std::move(rules)),
        city_{rules_.pack.city.code, rules_.pack.utc_offset_s},
        store_(bench.parts.open_store(path)) {}

  Report run() {
    const auto last = store_->snapshot()->last(city_.code);
    clock_.set(base::Instant{last.recorded_at.s + 1});
    day_ = base::day_of(clock_.now(), city_.offset_s);
    full();
    touched();
    report_.figures.push_back({"records", static_cast<double>(last.seq)});
    report_.figures.push_back({"subjects", static_cast<double>(subjects_)});
    report_.figures.push_back({"findings", static_cast<double>(findings_)});
    report_.figures.push_back({"form_cells", static_cast<double>(cells_)});
    return std::move(report_);
  }

 private:
  [[nodiscard]] oversight::NormBook book() const {
    return {rules_.pack, rules_.rules.facts, rules_.rules.norms, &rules_.rules.duties};
  }

  Verdicts judge() {
    Verdicts verdicts;
    const auto report =
        oversight::check_norms(*store_->snapshot(), city_, book(), {day_},
                               [&](const norms::Subject& who, const norms::Finding& finding) {
                                 verdicts[finding.norm->id + " " + who.id] = finding.verdict;
                               });
    subjects_ = 0;
    for (const auto& [kind, number] : report.subjects) {
      subjects_ += number;
    }
    return verdicts;
  }

  /// Figures of every form for all who hand it in: the term that runs, and the one before.
  std::size_t fill_forms() {
    const auto reading = store_->snapshot();
    const auto& rules = rules_.rules;
    oversight::FormDesk desk{
        *reading, city_, {rules_.pack, rules.duties, rules.cells, rules.indicators}};
    std::size_t filled = 0;
    for (const duties::Form& form : rules.duties.forms) {
      if (form.period == duties::Period::once) {
        continue;
      }
      const duties::Term runs = duties::term_of(form.period, day_);
      for (const auto& term : {runs, duties::term_of(form.period, base::Day{runs.first.n - 1})}) {
        const auto figures = desk.figures(form, term, desk.reporters(form, term));
        for (const auto& [reporter, values] : figures.values) {
          filled += static_cast<std::size_t>(
              std::count_if(values.begin(), values.end(), [](const auto& v) { return !!v; }));
        }
      }
    }
    return filled;
  }

  /// All norms over everybody, all indicators, all forms.
  void full() {
    std::vector<double> norms_s;
    std::vector<double> indicators_s;
    std::vector<double> all_s;
    std::vector<double> wall_s;
    for (std::size_t round = 0; round < kCheckRounds; ++round) {
      const Watch watch;
      std::size_t findings = 0;
      const auto report =
          oversight::check_norms(*store_->snapshot(), city_, book(), {day_},
                                 [&](const norms::Subject&, const norms::Finding&) { ++findings; });
      static_cast<void>(report);
      norms_s.push_back(watch.cpu());
      const auto standings = oversight::stand(*store_->snapshot(), city_,
                                              {rules_.pack, rules_.rules.indicators}, day_);
      indicators_s.push_back(watch.cpu());
      cells_ = fill_forms();
      all_s.push_back(watch.cpu());
      wall_s.push_back(watch.wall());
      findings_ = findings + standings.size();
    }
    report_.figures.push_back({"norms_cpu_s", median(norms_s)});
    report_.figures.push_back({"norms_and_indicators_cpu_s", median(indicators_s)});
    report_.figures.push_back({"full_wall_s", median(wall_s)});
    report_.figures.push_back({"full_first_wall_s", wall_s.front()});
    report_.ratios.push_back({"full_cpu_s", median(all_s), kFullBoundS, false});
  }

  std::string receive(const store::StockRow& at, const std::string& id) {
    std::string out;
    json::Writer w(out);
    w.begin_object().key("from").begin_object().member("origin", "household").end_object();
    w.member("id", id).key("outputs").begin_array().begin_object();
    w.key("mass_g").integer(kTouchGrams).member("material", at.material).end_object().end_array();
    w.member("place", at.place);
    w.member("time", base::format_time(clock_.now(), city_.offset_s)).member("type", "receive");
    w.end_object();
    return out;
  }

  void touched() {
    crypto::SystemIdSource ids;
    app::Recorder recorder{*store_, clock_, ids};
    const auto stock = store_->snapshot()->stock(city_.code, {}, {"", 1'000});
    const auto rules = book();
    oversight::Watch eye{city_, rules, day_};
    Verdicts seen;
    const auto remember = [&](const norms::Subject& who, const norms::Finding& finding) {
      seen[finding.norm->id + " " + who.id] = finding.verdict;
    };
    eye.look(*store_->snapshot(), remember);
    std::vector<double> cpu_ms;
    std::vector<double> wall_ms;
    const std::size_t step = std::max<std::size_t>(stock.size() / (kTouches * 3), 1);
    for (std::size_t i = 0; i < stock.size() && cpu_ms.size() < kTouches; i += step) {
      std::vector<app::PreparedEvent> one;
      one.push_back(app::prepare(receive(stock[i], ids.next().text())));
      if (!recorder.post(city_.code, std::move(one), app::Mode::atomic, {"bench"}).kept) {
        continue;
      }
      const Watch watch;
      if (eye.look(*store_->snapshot(), remember).everybody) {
        report_.wrong.emplace_back("one event let everybody be judged");
      }
      cpu_ms.push_back(watch.cpu() * kMilli);
      wall_ms.push_back(watch.wall() * kMilli);
    }
    report_.figures.push_back({"touched", static_cast<double>(cpu_ms.size())});
    report_.figures.push_back({"touched_cpu_ms", median(cpu_ms)});
    report_.figures.push_back({"touched_wall_ms", median(wall_ms)});
    report_.ratios.push_back({"touched_cpu_ms", median(cpu_ms), kTouchedBoundMs, false});
    if (cpu_ms.empty()) {
      report_.wrong.emplace_back("no event could be posted");
    }
    if (seen != judge()) {
      report_.wrong.emplace_back("judging whom events touch gives other findings than judging all");
    }
  }

  wire_pack::City rules_;
  oversight::CityName city_;
  std::unique_ptr<store::Store> store_;
  base::ManualClock clock_{base::Instant{}};
  base::Day day_{};
  std::int64_t subjects_{0};
  std::size_t findings_{0};
  std::size_t cells_{0};
  Report report_;
};

/// A store with so many events of simulated days.
std::string fill(const Bench& bench, const CityEvents& city) {
  const std::string path = fresh_store(city, "check.db");
  base::ManualClock clock{city.after};
  crypto::SeededIdSource ids{1, clock};
  const auto store = bench.parts.open_store(path);
  app::Recorder recorder{*store, clock, ids};
  for (std::size_t from = 0; from < city.events.size(); from += kCheckBatch) {
    std::vector<app::PreparedEvent> batch;
    batch.reserve(kCheckBatch);
    for (std::size_t i = from; i < std::min(from + kCheckBatch, city.events.size()); ++i) {
      batch.push_back(app::prepare(city.events[i]));
    }
    if (!recorder.post(city.city, std::move(batch), app::Mode::atomic, {"bench"}).kept) {
      throw store::Failure(base::ErrorCode::store_failed, "the ledger refused an event");
    }
  }
  return path;
}

}  // namespace

base::Result<Report> bench_check(const Bench& bench) {
  HUAN_TRY(rules, wire_pack::load(bench.options.pack));
  std::string path = bench.options.data;
  if (!std::filesystem::is_regular_file(path)) {
    HUAN_TRY(city, make_city(bench, kCheckEvents));
    path = fill(bench, city);
  }
  return CheckBench(bench, std::move(rules), path).run();
}

}  // namespace huan::bench
