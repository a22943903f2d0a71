// SPDX-License-Identifier: Apache-2.0
// Any bytes as a problem of places or as an answer. What a reader takes has lists that fit
// together; small problems are solved with little work, and the checker agrees with the answer. The
// first byte chooses the reader.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/siting/solve.hpp"
#include "huan/siting_check/check.hpp"
#include "huan/wire_siting/answer_json.hpp"
#include "huan/wire_siting/point_change.hpp"
#include "huan/wire_siting/read.hpp"

namespace {

using huan::base::ErrorCode;
using huan::siting_problem::Kind;
using huan::siting_problem::Metric;
using huan::siting_problem::Problem;
using huan::wire_siting::Format;

constexpr std::uint32_t kSmall = 40;
constexpr std::uint8_t kAnswer = 8;
constexpr std::uint8_t kChange = 9;

bool small(const Problem& problem) {
  return problem.customer_count <= kSmall && problem.candidate_count <= kSmall;
}

void hold_together(const Problem& problem) {
  const bool listed = problem.metric == Metric::listed;
  const std::size_t pairs = std::size_t{problem.customer_count} * problem.candidate_count;
  if (problem.metric == Metric::table) {
    HUAN_ASSERT(problem.table.size() == pairs);
  } else if (!listed) {
    HUAN_ASSERT(problem.customers.size() == problem.customer_count);
    HUAN_ASSERT(problem.candidates.size() == problem.candidate_count);
  }
  for (const auto* by_customer : {&problem.weight, &problem.demand}) {
    HUAN_ASSERT(by_customer->empty() || by_customer->size() == problem.customer_count);
  }
  for (const auto* by_candidate : {&problem.capacity, &problem.cost}) {
    HUAN_ASSERT(by_candidate->empty() || by_candidate->size() == problem.candidate_count);
  }
}

void solve(const Problem& problem) {
  huan::siting::Limits limits;
  limits.iterations = 60;
  const auto answer = huan::siting::solve(problem, limits);
  if (!answer) {
    HUAN_ASSERT(answer.error().code != ErrorCode::internal);
    return;
  }
  const auto back =
      huan::wire_siting::read_answer(huan::wire_siting::to_json(problem, *answer), problem);
  HUAN_ASSERT(back.has_value());
  // Far-fetched numbers lose digits: the checker may then doubt, but it may not fall over.
  static_cast<void>(huan::siting_check::check(problem, *back).has_value());
}

Problem line_of_four() {
  Problem problem;
  problem.customers = problem.candidates = {{0, 0}, {1, 0}, {3, 0}, {7, 0}};
  problem.customer_count = problem.candidate_count = 4;
  problem.p = 2;
  return problem;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
  constexpr std::array<Format, 7> kFormats{Format::geojson, Format::csv,  Format::pmed,
                                           Format::pmedcap, Format::cpmp, Format::scp,
                                           Format::tsplib};
  if (data[0] % 32 == kAnswer) {
    const Problem problem = line_of_four();
    if (const auto answer = huan::wire_siting::read_answer(bytes, problem)) {
      static_cast<void>(huan::siting_check::check(problem, *answer).has_value());
    }
    return 0;
  }
  if (data[0] % 32 == kChange) {
    Problem problem = line_of_four();
    problem.candidate_ids = problem.customer_ids = {"a", "b", "c", "d"};
    if (const auto changed = huan::wire_siting::change_points(problem, bytes)) {
      hold_together(problem);
      for (const std::uint32_t candidate : *changed) {
        HUAN_ASSERT(candidate < problem.candidate_count);
      }
      if (small(problem)) {
        solve(problem);
      }
    }
    return 0;
  }
  for (const Kind kind :
       {Kind::pmedian, Kind::capacitated, Kind::cover, Kind::maxcover, Kind::pcenter}) {
    huan::wire_siting::ReadOptions options;
    options.format = kFormats[(data[0] + std::size_t{6}) % kFormats.size()];
    options.kind = kind;
    options.radius = 10;
    options.p = 1 + data[0] / 32;
    const auto problem = huan::wire_siting::read(bytes, options);
    if (problem) {
      hold_together(*problem);
      if (small(*problem)) {
        solve(*problem);
      }
    }
  }
  return 0;
}
