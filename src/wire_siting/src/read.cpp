// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/read.hpp"

#include <array>
#include <utility>

#include "formats.hpp"

namespace huan::wire_siting {
namespace {

using siting_problem::Kind;

base::Result<siting_problem::Problem> read_any(std::string_view bytes, const ReadOptions& options) {
  switch (options.format) {
    case Format::pmed:
      return read_pmed(bytes, options);
    case Format::pmedcap:
      return read_pmedcap(bytes, options);
    case Format::cpmp:
      return read_cpmp(bytes, options);
    case Format::scp:
      return read_scp(bytes, options);
    case Format::tsplib:
      return read_tsplib(bytes, options);
    case Format::csv:
      return read_csv(bytes, options);
    default:
      return read_geojson(bytes, options);
  }
}

}  // namespace

std::optional<Format> format_from(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Format>, 7> kNames{{{"geojson", Format::geojson},
                                                                       {"csv", Format::csv},
                                                                       {"pmed", Format::pmed},
                                                                       {"pmedcap", Format::pmedcap},
                                                                       {"cpmp", Format::cpmp},
                                                                       {"scp", Format::scp},
                                                                       {"tsplib", Format::tsplib}}};
  for (const auto& [text, format] : kNames) {
    if (text == name) {
      return format;
    }
  }
  return std::nullopt;
}

std::optional<siting_problem::Kind> kind_from(std::string_view name) {
  using enum siting_problem::Kind;
  for (const auto kind : {pmedian, capacitated, cover, maxcover, pcenter, tiered, facility}) {
    if (siting_problem::name(kind) == name) {
      return kind;
    }
  }
  return std::nullopt;
}

base::Result<siting_problem::Problem> read(std::string_view bytes, const ReadOptions& options) {
  const bool covers = options.kind == Kind::cover || options.kind == Kind::maxcover;
  if (options.format == Format::scp && !covers) {
    return base::Error{base::ErrorCode::not_supported, "problem",
                       "scp files say who covers whom: cover or maxcover"};
  }
  HUAN_TRY(problem, read_any(bytes, options));
  problem.reach = options.reach;
  problem.gini = options.gini;
  problem.times = options.times;
  problem.share = options.share;
  problem.split = options.split;
  constexpr double kRateMax = 1e9;
  if (options.rate != 1 &&
      (options.kind != Kind::facility || !(options.rate > 0) || options.rate > kRateMax)) {
    return base::Error{base::ErrorCode::bad_problem, "rate",
                       "is over 0 and at most 1e9, of facility"};
  }
  if (options.rate != 1) {
    problem.weight.resize(problem.customer_count, 1.0);
    for (double& weight : problem.weight) {
      weight *= options.rate;
    }
  }
  return problem;
}

}  // namespace huan::wire_siting
