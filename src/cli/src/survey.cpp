// SPDX-License-Identifier: Apache-2.0
// Surveys: a draw that anyone can repeat, and what a stratified sample says of its population.
#include <fmt/core.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "huan/base/text.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/csv_rows.hpp"
#include "huan/sampling/draw.hpp"
#include "huan/sampling/estimate.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::int64_t kPopulationMax = 2'000'000'000;
constexpr double kPpmInWhole = 1'000'000;

struct SurveyOptions {
  std::string file;
  std::int64_t size{0};
  std::uint64_t seed{1};
};

struct NamedStratum {
  std::string name;
  sampling::ShareStratum counts;
};

Result<std::uint64_t> count_in(const registry::CsvRows& csv, const registry::CsvRow& row,
                               std::string_view column) {
  const auto text = csv.cell(row, column);
  const auto n = text.empty() ? std::optional<std::int64_t>(0) : base::parse_integer(text);
  if (!n || *n < 0 || *n > kPopulationMax) {
    return csv.error(row, column, "a whole number from 0 to 2,000,000,000");
  }
  return static_cast<std::uint64_t>(*n);
}

Result<std::vector<NamedStratum>> read_strata(const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  if (!in) {
    return Error{ErrorCode::bad_file, file, "cannot be read"};
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  HUAN_TRY(csv, registry::CsvRows::parse(file, text));
  HUAN_CHECK(csv.expect({"stratum", "population"}, {"answered", "yes"}));
  std::vector<NamedStratum> strata;
  strata.reserve(csv.rows().size());
  for (const registry::CsvRow& row : csv.rows()) {
    HUAN_TRY(population, count_in(csv, row, "population"));
    HUAN_TRY(answered, count_in(csv, row, "answered"));
    HUAN_TRY(yes, count_in(csv, row, "yes"));
    if (answered > population || yes > answered) {
      return csv.error(row, answered > population ? "answered" : "yes", "no more than there are");
    }
    strata.push_back({std::string(csv.cell(row, "stratum")), {population, answered, yes}});
  }
  return strata;
}

/// Numbers below each stratum's size, beginning with 1 as lists do.
std::string drawn_text(const std::vector<NamedStratum>& strata, const SurveyOptions& options) {
  std::vector<std::uint32_t> sizes;
  sizes.reserve(strata.size());
  for (const NamedStratum& one : strata) {
    sizes.push_back(static_cast<std::uint32_t>(one.counts.population));
  }
  const auto shares = sampling::allocate(sizes, static_cast<std::uint32_t>(options.size));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("seed", static_cast<std::int64_t>(options.seed));
  w.key("strata").begin_array();
  for (std::size_t i = 0; i < strata.size(); ++i) {
    w.begin_object().key("drawn").begin_array();
    for (const std::uint32_t one : sampling::draw(sizes[i], {shares[i], options.seed + i})) {
      w.integer(std::int64_t{one} + 1);
    }
    w.end_array().member("stratum", strata[i].name).end_object();
  }
  w.end_array().end_object();
  return out;
}

void put_share(json::Writer& w, std::string_view key, const std::optional<double>& share) {
  w.key(key);
  share ? w.integer(std::llround(*share * kPpmInWhole)) : w.null();
}

int survey(const Common& common, const SurveyOptions& options) {
  const auto strata = read_strata(options.file);
  if (!strata) {
    return refused(common, strata.error());
  }
  if (options.size > 0) {
    fmt::print("{}\n", drawn_text(*strata, options));
    return kDone;
  }
  std::vector<sampling::ShareStratum> counts;
  counts.reserve(strata->size());
  for (const NamedStratum& one : *strata) {
    counts.push_back(one.counts);
  }
  const auto estimate = sampling::share(counts);
  if (!estimate) {
    return refused(common, {ErrorCode::bad_field, options.file,
                            "every stratum with people in it needs an answer"});
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("answered", static_cast<std::int64_t>(estimate->answered));
    put_share(w, "error_ppm", estimate->error);
    put_share(w, "estimate_ppm", estimate->value);
    put_share(w, "high_ppm", estimate->high);
    put_share(w, "low_ppm", estimate->low);
    w.member("population", static_cast<std::int64_t>(estimate->population)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{:.2f} %", estimate->value * 100);
    if (estimate->low) {
      fmt::print(" (95 %: {:.2f} to {:.2f})", *estimate->low * 100, *estimate->high * 100);
    }
    fmt::print(" of {}, from {} answers\n", estimate->population, estimate->answered);
  }
  return kDone;
}

}  // namespace

void add_survey(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      root.add_subcommand("survey", "draw a stratified sample, or what its answers say");
  auto options = std::make_shared<SurveyOptions>();
  one->add_option("file", options->file, "CSV: stratum,population,answered,yes")->required();
  one->add_option("--draw", options->size, "draw so many in all, in proportion")
      ->check(CLI::Range(std::int64_t{1}, kPopulationMax));
  one->add_option("--seed", options->seed, "of the draw");
  one->add_flag("--json", common.json, "answer in JSON");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return survey(common, *options); };
  });
}

}  // namespace huan::cli
