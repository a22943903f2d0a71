// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/siting/solve.hpp"
#include "huan/siting_check/check.hpp"
#include "huan/wire_siting/answer_json.hpp"
#include "huan/wire_siting/point_change.hpp"
#include "huan/wire_siting/read.hpp"
#include "site_network.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using siting_problem::Answer;
using siting_problem::Problem;

constexpr double kSecondsDefault = 30;
constexpr double kHundred = 100;

struct Wanted {
  std::string in;
  std::string format;  ///< empty: as the file's name ends
  std::string problem{"pmedian"};
  std::int64_t p{0};
  double radius{0};
  double detour{1};
  double rate{1};
  double reach{0};
  double gini{1};
  std::int64_t times{1};
  double share{1};
  bool split{false};
  double seconds{0};
  std::int64_t iterations{0};
  std::uint64_t seed{1};
  int threads{1};
  std::string out;
  std::string map;        ///< GeoJSON of the plan
  std::string check;      ///< an answer to check
  NetworkWanted network;  ///< what a whole network asks for besides
};

[[noreturn]] void misused(const char* option, const std::string& what) {
  throw CLI::ValidationError(option, what);
}

std::string format_of(const Wanted& wanted) {
  if (!wanted.format.empty()) {
    return wanted.format;
  }
  const bool table = wanted.in.ends_with(".csv");
  return table ? "csv" : (wanted.in.ends_with(".tsp") ? "tsplib" : "geojson");
}

bool covers(const Wanted& wanted) {
  return wanted.problem == "cover" || wanted.problem == "maxcover";
}

/// What is wrong with the options whatever the file holds.
void look_at(const Wanted& wanted) {
  const bool lists = format_of(wanted) == "scp";
  if (covers(wanted) && !lists && !(wanted.radius > 0)) {
    misused("--radius", wanted.problem +
                            " needs it: how far a site covers, over 0; in metres where the file "
                            "has longitudes and latitudes, in its own unit else");
  }
  if (lists && !covers(wanted)) {
    misused("--problem", "an scp file says who covers whom: cover or maxcover");
  }
  const NetworkWanted& network = wanted.network;
  const std::pair<const char*, bool> of_networks[]{{"--relax", network.relax},
                                                   {"--periods", !network.periods.empty()},
                                                   {"--report", !network.report.empty()},
                                                   {"--problem-out", !network.problem_out.empty()}};
  for (const auto& [option, given] : of_networks) {
    if (given) {
      misused(option, "is of a whole network (--problem tiered), not of " + wanted.problem);
    }
  }
  if (wanted.radius != 0 && (lists || !covers(wanted))) {
    fmt::print(stderr, "--radius is not looked at: {}\n",
               lists ? "an scp file says who covers whom" : "it is of cover and maxcover");
  }
  if (wanted.p != 0 && wanted.problem == "cover") {
    fmt::print(stderr, "--p is not looked at: cover finds the fewest (maxcover takes a number)\n");
  }
}

/// And what is wrong with them for this file.
void look_at(const Wanted& wanted, const Problem& problem) {
  const bool open_count = wanted.problem == "cover" || wanted.problem == "facility";
  if (!open_count && problem.p == 0) {
    misused("--p", wanted.problem + " needs it: how many facilities open; the file states none");
  }
  if (!wanted.map.empty() && problem.customers.empty()) {
    misused("--map", "the file has no coordinates to draw a map of");
  }
  constexpr double kStep = 1;  // nobody walks less far
  if (covers(wanted) && problem.metric == siting_problem::Metric::great_circle &&
      wanted.radius < kStep) {
    fmt::print(stderr, "--radius is in metres here: {} covers one spot\n", wanted.radius);
  }
}

std::string over_zero(const std::string& text) {
  return std::strtod(text.c_str(), nullptr) > 0 ? "" : "has to be over 0";
}

std::string not_negative(const std::string& text) {
  return text.starts_with('-') ? "cannot be below 0" : "";
}

base::Result<Problem> read_problem(const Wanted& wanted) {
  const std::string called = format_of(wanted);
  HUAN_TRY(bytes, file_text(wanted.in, "--in"));
  wire_siting::ReadOptions options;
  options.format = *wire_siting::format_from(called);
  options.kind = *wire_siting::kind_from(wanted.problem);
  options.radius = wanted.radius;
  options.detour = wanted.detour;
  options.rate = wanted.rate;
  options.reach = wanted.reach;
  options.gini = wanted.gini;
  options.times = wanted.times;
  options.share = wanted.share;
  options.split = wanted.split;
  if (wanted.p > 0) {
    options.p = wanted.p;
  }
  auto problem = wire_siting::read(bytes, options);
  if (!problem && (problem.error().at.empty() || problem.error().at.starts_with('/') ||
                   problem.error().at.starts_with("line"))) {
    base::Error error = problem.error();
    error.at = wanted.in + (error.at.empty() ? "" : " ") + error.at;
    if (error.code == base::ErrorCode::bad_file || error.code == base::ErrorCode::bad_json) {
      error.detail += " (read as " + called + "; --format says otherwise)";
    }
    return error;
  }
  return problem;
}

/// What differs from the file, and the plan that stood before it did.
base::Result<siting::Former> read_former(const Wanted& wanted, Problem& problem) {
  siting::Former former;
  if (!wanted.network.from.empty()) {
    HUAN_TRY(bytes, file_text(wanted.network.from, "--from"));
    auto answer = wire_siting::read_answer(bytes, problem);
    if (!answer) {
      return std::move(answer).error().within(wanted.network.from);
    }
    former.facilities = std::move(answer->facilities);
    if (!answer->proof.nodes.empty()) {
      former.multipliers = std::move(answer->proof.nodes.back().multipliers);
    }
    if (!siting::begins_from_former(problem.kind)) {
      fmt::print(stderr, "--from is not looked at: {} is solved anew\n", wanted.problem);
    }
  }
  if (!wanted.network.change.empty()) {
    HUAN_TRY(bytes, file_text(wanted.network.change, "--change"));
    auto changed = wire_siting::change_points(problem, bytes);
    if (!changed) {
      return std::move(changed).error().within(wanted.network.change);
    }
    former.changed = std::move(*changed);
  }
  return former;
}

int check(const Common& common, const Wanted& wanted, const Problem& problem) {
  const auto bytes = file_text(wanted.check, "--check");
  if (!bytes) {
    return refused(common, bytes.error());
  }
  const auto answer = wire_siting::read_answer(*bytes, problem);
  if (!answer) {
    return refused(common, answer.error());
  }
  const auto found = siting_check::check(problem, *answer);
  if (!found) {
    refused(common, found.error());
    return kWanting;
  }
  if (common.json) {
    fmt::print("{{\"bound\":{},\"cases\":{},\"ok\":true,\"proof\":{},\"value\":{}}}\n",
               found->bound, found->cases, found->has_proof, found->value);
  } else if (found->has_proof) {
    fmt::print("holds: value {}, bound {} from {} cases\n", found->value, found->bound,
               found->cases);
  } else {
    fmt::print("holds: value {}, no proof of a bound\n", found->value);
  }
  return kDone;
}

void report(const Problem& problem, const Answer& answer, double seconds) {
  fmt::print("{} of {} customers, {} candidates: {} ({})\n", siting_problem::name(problem.kind),
             problem.customer_count, problem.candidate_count, siting_problem::name(answer.status),
             siting_problem::name(answer.stop));
  fmt::print("  upper {}\n  lower {}\n  gap   {:.4f} %\n", answer.upper, answer.lower,
             kHundred * answer.gap());
  fmt::print("  {} facilities, {} iterations, {:.2f} CPU s\n", answer.facilities.size(),
             answer.iterations, seconds);
}

int site(const Common& common, const Wanted& wanted) {
  if (wanted.problem == "tiered" || !wanted.network.pack.empty()) {
    NetworkWanted network = wanted.network;
    network.in = wanted.in;
    network.check = wanted.check;
    network.out = wanted.out;
    network.map = wanted.map;
    network.seconds = wanted.seconds;
    network.iterations = wanted.iterations;
    network.seed = wanted.seed;
    if (network.in.empty() == network.pack.empty()) {
      misused("--in", "either --in or --pack is needed");
    }
    if (network.pack.empty() && format_of(wanted) != "geojson") {
      misused("--format",
              "a whole network (tiered) is GeoJSON of its own form, not " + format_of(wanted));
    }
    return site_network(common, network);
  }
  if (wanted.in.empty()) {
    misused("--in", "is needed");
  }
  look_at(wanted);
  auto problem = read_problem(wanted);
  if (!problem) {
    return refused(common, problem.error());
  }
  look_at(wanted, *problem);
  const auto former = read_former(wanted, *problem);
  if (!former) {
    return refused(common, former.error());
  }
  if (!wanted.check.empty()) {
    return check(common, wanted, *problem);
  }
  Progress progress{"site"};
  siting::Limits limits;
  limits.iterations = wanted.iterations;
  limits.seconds = wanted.seconds > 0 || wanted.iterations > 0 ? wanted.seconds : kSecondsDefault;
  limits.seed = wanted.seed;
  limits.spent = cpu_seconds;
  constexpr double kParts = 1000;
  limits.share = [&progress](double share) {
    progress.at(static_cast<std::uint64_t>(share * kParts), static_cast<std::uint64_t>(kParts));
  };
  const double begun = cpu_seconds();
  const auto answer = former->facilities.empty() ? siting::solve(*problem, limits)
                                                 : siting::resolve(*problem, *former, limits);
  if (!answer) {
    return refused(common, answer.error());
  }
  const std::string json = wire_siting::to_json(*problem, *answer);
  for (const auto& [path, text] :
       {std::pair{wanted.out, json},
        std::pair{wanted.map, wanted.map.empty() || problem->customers.empty()
                                  ? std::string{}
                                  : wire_siting::to_geojson(*problem, *answer)}}) {
    if (!path.empty()) {
      if (const auto written = write_text(path, text); !written) {
        return refused(common, written.error());
      }
    }
  }
  if (common.json) {
    fmt::print("{}", json);
  } else {
    report(*problem, *answer, cpu_seconds() - begun);
  }
  return kDone;
}

}  // namespace

base::Result<std::string> file_text(const std::string& path, const char* option) {
  std::error_code none;
  if (std::filesystem::is_directory(path, none)) {
    return base::Error{base::ErrorCode::bad_config, option, path + " is a folder, not a file"};
  }
  std::ifstream in{path, std::ios::binary};
  if (!in) {
    return base::Error{base::ErrorCode::bad_config, option, path + " cannot be read"};
  }
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

base::Result<void> write_text(const std::string& path, const std::string& text) {
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  out << text;
  out.flush();
  if (!out) {
    return base::Error{base::ErrorCode::bad_config, "--out", path + " cannot be written"};
  }
  return {};
}

double cpu_seconds() {
  return static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
}

void add_site(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "site", "where facilities should stand, with a bound");
  auto wanted = std::make_shared<Wanted>();
  one->add_option("--in", wanted->in, "the problem");
  one->add_option("--pack", wanted->network.pack, "a whole network of this pack's folder");
  one->add_option("--change", wanted->network.change,
                  "what is dropped, moved, added, opened or closed (JSON)");
  one->add_option("--from", wanted->network.from,
                  "tiered, pmedian, maxcover: the plan to begin from");
  one->add_flag("--relax", wanted->network.relax,
                "tiered: what each rule that binds costs, by plans with it eased by one step");
  one->add_option("--periods", wanted->network.periods,
                  "tiered: new money of each year, yuan a year, as 3e6,3e6,5e6")
      ->delimiter(',')
      ->check(CLI::NonNegativeNumber);
  one->add_option("--report", wanted->network.report, "tiered: the plan as a page to print (HTML)");
  one->add_option("--lang", wanted->network.language, "of the page")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  one->add_option("--problem-out", wanted->network.problem_out, "tiered: the problem as GeoJSON");
  one->add_option("--format", wanted->format,
                  "default: csv for *.csv, tsplib for *.tsp, geojson for all else")
      ->check(CLI::IsMember({"geojson", "csv", "pmed", "pmedcap", "cpmp", "scp", "tsplib"}));
  one->add_option("--problem", wanted->problem, "what is asked")
      ->check(CLI::IsMember(
          {"pmedian", "capacitated", "facility", "cover", "maxcover", "pcenter", "tiered"}))
      ->capture_default_str();
  one->add_option("--p", wanted->p, "how many facilities open; default: the file's")
      ->check(over_zero);
  one->add_option("--radius", wanted->radius,
                  "cover, maxcover: how far a site covers; metres for longitudes and latitudes, "
                  "else the file's unit")
      ->check(over_zero);
  one->add_option("--reach", wanted->reach,
                  "pmedian, capacitated, facility: nobody is served from farther");
  one->add_option("--gini", wanted->gini, "pmedian: most unequal that distances may be, 0 to 1");
  one->add_option("--times", wanted->times, "cover: everybody is covered by so many")
      ->capture_default_str();
  one->add_option("--share", wanted->share, "cover: so much of the weight is covered, 0 to 1")
      ->capture_default_str();
  one->add_flag("--split", wanted->split,
                "capacitated, facility: several facilities may share a customer");
  one->add_option("--rate", wanted->rate,
                  "facility: what a unit of weight costs over a unit of distance")
      ->capture_default_str();
  one->add_option("--detour", wanted->detour, "ways are so much longer than the straight line")
      ->capture_default_str();
  one->add_option("--seconds", wanted->seconds, "CPU seconds; default 30 without --iterations")
      ->check(not_negative);
  one->add_option("--iterations", wanted->iterations, "units of work; equal ones, equal bytes")
      ->check(not_negative);
  one->add_option("--seed", wanted->seed, "equal seeds, equal plans")->capture_default_str();
  one->add_option("--threads", wanted->threads, "the answer does not depend on it")
      ->check(CLI::Range(1, 1024));
  one->add_option("--out", wanted->out, "the answer as JSON");
  one->add_option("--map", wanted->map, "the plan as GeoJSON");
  one->add_option("--check", wanted->check, "check this answer instead of solving");
  one->callback(
      [&common, &verb, wanted] { verb = [&common, wanted] { return site(common, *wanted); }; });
}

}  // namespace huan::cli
