// SPDX-License-Identifier: Apache-2.0
// The routing sets, one thread, CPU seconds, one seed. Each solution passes the checker, or is
// wrong. A line is printed as soon as an instance is done: whole sets take an hour and more.
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <map>

#include "benches.hpp"
#include "huan/json/writer.hpp"
#include "huan/routing/solve.hpp"
#include "huan/routing_check/check.hpp"
#include "routing_sets.hpp"

namespace huan::bench {
namespace {

constexpr const char* kPeers = "tests/data/routing/peers_measured.csv";
constexpr double kPercent = 100;

class CpuClock final : public routing::Stopwatch {
 public:
  [[nodiscard]] double elapsed_s() const override { return now() - begun_; }

 private:
  static double now() {
    return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
  }
  double begun_{now()};
};

struct Answer {
  std::string instance;
  double value{0};
  std::uint32_t vehicles{0};
  std::uint32_t unserved{0};
  std::size_t violations{0};
  double cpu_s{0};
  std::int64_t iterations{0};
};

class SetBench {
 public:
  SetBench(const Options& options, const RoutingSet& set)
      : options_(options),
        set_(set),
        known_(best_known(options.data, set)),
        peers_(peers_of(kPeers, set)) {
    for (const Peer& peer : peers_) {
      if (std::find(solvers_.begin(), solvers_.end(), peer.solver) == solvers_.end()) {
        solvers_.push_back(peer.solver);
      }
    }
  }

  /// False when a plan broke a rule or could not be made.
  bool run() {
    if (!options_.json) {
      print_heading();
    }
    std::size_t done = 0;
    for (const std::string& file : files()) {
      if (options_.instances > 0 && done >= static_cast<std::size_t>(options_.instances)) {
        break;
      }
      const auto answer = solve(file);
      if (!answer) {
        fmt::print(stderr, "huan: {} {}\n", file,
                   base::describe(answer.error(), base::Language::en));
        sound_ = sound_ && answer.error().code == base::ErrorCode::not_supported;
        break;
      }
      sound_ = sound_ && answer->violations == 0;
      options_.json ? print_json(*answer) : print_row(*answer);
      note(*answer);
      ++done;
    }
    if (!options_.json) {
      print_means();
    }
    return sound_;
  }

 private:
  struct Mean {
    double sum{0};
    double worst{-1e9};
    int count{0};
    void add(double gap) {
      sum += gap;
      worst = std::max(worst, gap);
      ++count;
    }
    [[nodiscard]] std::string text() const {
      return count == 0 ? "-" : fmt::format("{:.2f} ({:.2f})", sum / count, worst);
    }
  };

  [[nodiscard]] double seconds() const {
    return options_.seconds > 0 ? options_.seconds : set_.seconds;
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    std::error_code absent;
    const auto folder = std::filesystem::path{options_.data} / set_.folder;
    for (const auto& entry : std::filesystem::directory_iterator{folder, absent}) {
      if (entry.path().extension() == set_.ending) {
        names.push_back(entry.path().string());
      }
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  [[nodiscard]] base::Result<Answer> solve(const std::string& file) const {
    wire_routing::ReadOptions reading;
    reading.format = set_.format;
    reading.aim = set_.aim;
    HUAN_TRY(instance, wire_routing::read(file_text(file), reading));
    routing::Options how;
    how.seconds = seconds();
    const CpuClock watch;
    HUAN_TRY(plan, routing::solve(instance.problem, how, watch));
    Answer answer;
    answer.cpu_s = watch.elapsed_s();
    answer.instance = std::filesystem::path{file}.stem().string();
    answer.instance = answer.instance.substr(0, answer.instance.find("_stop"));
    answer.value = wire_routing::objective(instance, plan).value_or(plan.summary.cost);
    answer.vehicles = plan.summary.routes;
    answer.unserved = plan.summary.unserved;
    answer.iterations = plan.summary.iterations;
    answer.violations = routing_check::check(instance.problem, plan).violations.size();
    return answer;
  }
  [[nodiscard]] const Known* known_of(const std::string& instance) const {
    const auto at = std::find_if(known_.begin(), known_.end(),
                                 [&](const Known& one) { return one.instance == instance; });
    return at == known_.end() ? nullptr : &*at;
  }
  [[nodiscard]] const Peer* peer_of(const std::string& solver, const std::string& instance) const {
    const auto at = std::find_if(peers_.begin(), peers_.end(), [&](const Peer& one) {
      return one.solver == solver && one.instance == instance;
    });
    return at == peers_.end() ? nullptr : &*at;
  }
  static double gap(double value, double best) { return kPercent * (value / best - 1); }

  void note(const Answer& answer) {
    vehicles_ += answer.vehicles;
    const Known* known = known_of(answer.instance);
    if (known == nullptr || known->cost <= 0 || answer.unserved > 0) {
      return;
    }
    best_vehicles_ += known->vehicles;
    ours_.add(gap(answer.value, known->cost));
    for (const std::string& solver : solvers_) {
      if (const Peer* peer = peer_of(solver, answer.instance)) {
        theirs_[solver].add(gap(peer->cost, known->cost));
      }
    }
  }
  void print_heading() const {
    fmt::print("\n{}: {} CPU s each, one thread, seed 1\n", set_.name, seconds());
    fmt::print("  {:<16}{:>12}{:>6}{:>14}{:>6}{:>8}{:>5}{:>6}", "instance", "best known", "veh",
               "huan", "veh", "gap %", "uns", "viol");
    for (const std::string& solver : solvers_) {
      fmt::print("{:>14}{:>5}{:>8}", solver, "veh", "gap %");
    }
    fmt::print("\n");
  }
  void print_row(const Answer& answer) const {
    const Known* known = known_of(answer.instance);
    const double best = known == nullptr ? 0 : known->cost;
    const auto gap_text = [&](double value) {
      return best > 0 ? fmt::format("{:.2f}", gap(value, best)) : std::string{"-"};
    };
    fmt::print("  {:<16}{:>12}{:>6}{:>14.2f}{:>6}{:>8}{:>5}{:>6}", answer.instance,
               best > 0 ? fmt::format("{:.2f}", best) : "-",
               known != nullptr && known->vehicles > 0 ? std::to_string(known->vehicles) : "-",
               answer.value, answer.vehicles, gap_text(answer.value), answer.unserved,
               answer.violations);
    for (const std::string& solver : solvers_) {
      const Peer* peer = peer_of(solver, answer.instance);
      fmt::print("{:>14}{:>5}{:>8}", peer == nullptr ? "-" : fmt::format("{:.2f}", peer->cost),
                 peer == nullptr ? "-" : std::to_string(peer->vehicles),
                 peer == nullptr ? "-" : gap_text(peer->cost));
    }
    fmt::print("\n");
    std::fflush(stdout);
  }
  void print_json(const Answer& answer) const {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("set", set_.name).member("instance", answer.instance);
    w.key("value").number(answer.value).member("vehicles", std::int64_t{answer.vehicles});
    if (const Known* known = known_of(answer.instance); known != nullptr && known->cost > 0) {
      w.key("best_known").number(known->cost);
      w.key("gap_percent").number(gap(answer.value, known->cost));
    }
    w.member("unserved", std::int64_t{answer.unserved});
    w.member("violations", static_cast<std::int64_t>(answer.violations));
    w.member("iterations", answer.iterations).key("cpu_s").number(answer.cpu_s);
    for (const std::string& solver : solvers_) {
      if (const Peer* peer = peer_of(solver, answer.instance)) {
        w.key(solver).number(peer->cost);
      }
    }
    w.end_object();
    fmt::print("{}\n", out);
    std::fflush(stdout);
  }
  void print_means() const {
    fmt::print("  mean gap (worst): huan {}", ours_.text());
    for (const auto& [solver, mean] : theirs_) {
      fmt::print(", {} {} of {}", solver, mean.text(), mean.count);
    }
    fmt::print("; vehicles {}", vehicles_);
    if (best_vehicles_ > 0) {
      fmt::print(", best known {}", best_vehicles_);
    }
    if (set_.mean_gap_max > 0 && seconds() == set_.seconds && ours_.count > 0) {
      const bool kept = ours_.sum / ours_.count <= set_.mean_gap_max &&
                        (set_.worst_gap_max < 0 || ours_.worst <= set_.worst_gap_max);
      fmt::print("\n  promised: mean at most {} %{}: {}", set_.mean_gap_max,
                 set_.worst_gap_max < 0 ? "" : fmt::format(", worst {} %", set_.worst_gap_max),
                 kept ? "kept" : "MISSED");
    }
    fmt::print("\n");
  }

  const Options& options_;
  const RoutingSet& set_;
  std::vector<Known> known_;
  std::vector<Peer> peers_;
  std::vector<std::string> solvers_;
  Mean ours_;
  std::map<std::string, Mean> theirs_;
  std::uint64_t vehicles_{0};
  int best_vehicles_{0};
  bool sound_{true};
};

}  // namespace

int bench_routing(const Options& options) {
  if (!std::filesystem::is_directory(options.data)) {
    fmt::print(stderr, "huan: the sets are not in {}; name their folder with --data\n",
               options.data);
    return 4;
  }
  bool found = false;
  bool sound = true;
  for (const RoutingSet& set : routing_sets()) {
    if (options.set.empty() || options.set == set.name) {
      found = true;
      sound = SetBench{options, set}.run() && sound;
    }
  }
  if (!found) {
    std::string names;
    for (const RoutingSet& set : routing_sets()) {
      names += (names.empty() ? "" : ", ") + std::string{set.name};
    }
    fmt::print(stderr, "huan: no set `{}`; there are {}\n", options.set, names);
    return 2;
  }
  return sound ? 0 : 1;
}

}  // namespace huan::bench
