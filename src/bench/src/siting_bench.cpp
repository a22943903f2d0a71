// SPDX-License-Identifier: Apache-2.0
// Benchmark sets of places: each instance is solved within its CPU seconds, checked, and laid
// beside the best known value of its set's table. Nothing of the table reaches the solver.
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "benches.hpp"
#include "huan/siting/solve.hpp"
#include "huan/siting_check/check.hpp"
#include "huan/wire_siting/read.hpp"
#include "siting_sets.hpp"

namespace huan::bench {
namespace {

using siting_problem::Kind;
using siting_problem::Problem;
using wire_siting::Format;

struct Row {
  std::string family;
  std::string file;
  std::string instance;
  std::string problem;
  std::int64_t p{0};
  double best{0};
  bool proven{false};
};

struct Set {
  const char* name;
  const char* family;
  const char* problem;  ///< as the table says it
  Format format;
  Kind kind;
  double seconds;
};
constexpr std::array<Set, 7> kSets{{
    {"pmed", "pmed", "p-median", Format::pmed, Kind::pmedian, 10},
    {"pcenter", "pmed", "p-center", Format::pmed, Kind::pcenter, 5},
    {"tsplib", "tsplib", "p-median", Format::tsplib, Kind::pmedian, 30},
    {"pmedcap", "pmedcap", "capacitated p-median", Format::pmedcap, Kind::capacitated, 10},
    {"cpmp", "cpmp", "capacitated p-median", Format::cpmp, Kind::capacitated, 120},
    {"scp", "scp", "", Format::scp, Kind::cover, 5},
    {"points", "", "", Format::tsplib, Kind::pmedian, 60},
}};
constexpr double kHundred = 100;
constexpr double kSame = 1e-7;
constexpr std::uint32_t kManyPoints = 100'000;

/// Cells of a line of CSV; quotes may hold commas.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

std::vector<Row> read_table(const std::string& folder) {
  std::vector<Row> rows;
  std::ifstream in(folder + "/best_known.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    constexpr std::size_t kColumns = 10;
    if (cells.size() < kColumns || cells[8].empty()) {
      continue;
    }
    // Distances of this family are a road matrix that is not with the files.
    if (cells[3].starts_with("spain")) {
      continue;
    }
    Row row{cells[1], cells[2], cells[3], cells[4], 0, std::strtod(cells[8].c_str(), nullptr)};
    row.p = std::strtoll(cells[6].c_str(), nullptr, 10);
    rows.push_back(std::move(row));
  }
  return rows;
}

struct Seen {
  int instances{0};
  int proven{0};
  int matched{0};  ///< not over the best known
  double over_sum{0};
  double over_worst{0};
  double gap_sum{0};
  double gap_worst{0};
  double seconds_worst{0};
  std::vector<std::string> wrong;
};

double cpu() { return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC); }

void solve_one(const Problem& problem, const Row& row, double seconds, Seen& seen) {
  siting::Limits limits;
  limits.seconds = seconds;
  limits.spent = cpu;
  const double begun = cpu();
  const auto answer = siting::solve(problem, limits);
  const double took = cpu() - begun;
  ++seen.instances;
  if (!answer) {
    seen.wrong.push_back(row.instance + ": " + base::describe(answer.error(), base::Language::en));
    return;
  }
  if (const auto found = siting_check::check(problem, *answer); !found) {
    seen.wrong.push_back(row.instance + ": " + base::describe(found.error(), base::Language::en));
  }
  const double over = row.best > 0 ? kHundred * (answer->upper - row.best) / row.best : 0;
  const double gap = kHundred * answer->gap();
  seen.proven += answer->status == siting_problem::Status::optimal ? 1 : 0;
  seen.matched += over <= kHundred * kSame + (row.family == "cpmp" ? 1e-3 : 0) ? 1 : 0;
  seen.over_sum += over;
  seen.over_worst = std::max(seen.over_worst, over);
  seen.gap_sum += gap;
  seen.gap_worst = std::max(seen.gap_worst, gap);
  seen.seconds_worst = std::max(seen.seconds_worst, took);
  fmt::print("  {:<16} {:>16.2f} best {:>16.2f} over {:>8.4f} %  gap {:>8.4f} %  {:>7.2f} s {}\n",
             row.instance, answer->upper, row.best, over, gap, took,
             siting_problem::name(answer->status));
  std::fflush(stdout);
}

std::optional<Problem> read_row(const std::string& folder, const Set& set, const Row& row,
                                Seen& seen) {
  std::ifstream in(folder + "/" + row.file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  wire_siting::ReadOptions options;
  options.format = set.format;
  options.kind = set.kind;
  if (set.format == Format::tsplib) {
    options.p = row.p;
  }
  auto problem = wire_siting::read(bytes, options);
  if (!problem) {
    seen.wrong.push_back(row.instance + ": " + base::describe(problem.error(), base::Language::en));
    return std::nullopt;
  }
  return std::move(*problem);
}

// Points without a best known value: what counts is the own gap.
void solve_points(const Set& set, double seconds, Seen& seen) {
  for (const std::int64_t p : {1'000, 100}) {
    const Problem problem =
        large_problem({"points", Kind::pmedian, kManyPoints, kManyPoints, p, 0, 0});
    const Row row{"points", "", "points_p" + std::to_string(p), "", p, 0};
    solve_one(problem, row, seconds > 0 ? seconds : set.seconds, seen);
  }
}

void print(const Set& set, const Seen& seen) {
  const double n = std::max(1, seen.instances);
  fmt::print(
      "{:<8} {:>3} instances, {:>3} at the best known, {:>3} proven; over mean {:.4f} worst {:.4f} "
      "%; gap mean {:.4f} worst {:.4f} %; at most {:.2f} CPU s\n",
      set.name, seen.instances, seen.matched, seen.proven, seen.over_sum / n, seen.over_worst,
      seen.gap_sum / n, seen.gap_worst, seen.seconds_worst);
  for (const std::string& wrong : seen.wrong) {
    fmt::print("  WRONG {}\n", wrong);
  }
}

/// By their own name, or all as `large`; each of them takes its time.
bool bench_large(const Options& options) {
  bool wrong = false;
  for (const LargeSet& large : large_sets()) {
    if (options.set != large.name && options.set != "large") {
      continue;
    }
    Seen seen;
    const Row row{"large", "", large.name, "", large.p, 0};
    solve_one(large_problem(large), row, options.seconds > 0 ? options.seconds : large.seconds,
              seen);
    for (const std::string& one : seen.wrong) {
      fmt::print("  WRONG {}\n", one);
    }
    wrong = wrong || !seen.wrong.empty();
  }
  if (options.set.empty() || options.set == "tiered") {
    wrong = !bench_tiered(options) || wrong;
  }
  return wrong;
}

}  // namespace

int bench_siting(const Options& options) {
  std::string folder = options.data;
  if (folder.ends_with("/routing")) {
    folder = std::filesystem::path{folder}.parent_path().string() + "/siting";
  }
  const std::vector<Row> rows = read_table(folder);
  if (options.set == "tiered" || options.set == "large" ||
      options.set.find("_1e") != options.set.npos) {
    return bench_large(options) ? 1 : 0;
  }
  if (rows.empty()) {
    fmt::print(stderr, "huan: no best_known.csv in {}; see --data\n", folder);
    return 4;
  }
  bool wrong = false;
  for (const Set& set : kSets) {
    if (!options.set.empty() && options.set != set.name) {
      continue;
    }
    Seen seen;
    if (std::string_view{set.family}.empty()) {
      solve_points(set, options.seconds, seen);
    }
    for (const Row& row : rows) {
      const bool mine = row.family == set.family &&
                        (std::string_view{set.problem}.empty() || row.problem == set.problem);
      if (!mine || (options.instances > 0 && seen.instances >= options.instances)) {
        continue;
      }
      if (const auto problem = read_row(folder, set, row, seen)) {
        solve_one(*problem, row, options.seconds > 0 ? options.seconds : set.seconds, seen);
      }
    }
    print(set, seen);
    wrong = wrong || !seen.wrong.empty();
  }
  wrong = bench_large(options) || wrong;
  return wrong ? 1 : 0;
}

}  // namespace huan::bench
