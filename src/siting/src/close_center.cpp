// SPDX-License-Identifier: Apache-2.0
#include "close_center.hpp"

#include <algorithm>
#include <cmath>

#include "center.hpp"
#include "coverage.hpp"
#include "random.hpp"

namespace huan::siting {
namespace {

using siting_problem::Answer;
using siting_problem::Problem;

constexpr double kHairOfRadius = 1e-9;
constexpr double kFirst = 0.85;  ///< of a plan's radius
constexpr double kNear = 2e-3;   ///< relative: ends that near are not told apart by halves any more
constexpr double kScale = 1e6;   ///< of whole weights
constexpr std::int64_t kQuickRounds = 2'000;
constexpr double kQuickShare = 0.3;
constexpr std::int64_t kNodesOfUnit = 1'000;
constexpr std::int64_t kMoreNodes = 8;
constexpr std::int64_t kNodesMost = 2'000'000'000;

Problem links_of(const RowCover& cover, std::int64_t p) {
  Problem links;
  links.metric = Metric::listed;
  links.p = p;
  links.customer_count = cover.rows();
  links.candidate_count = static_cast<std::uint32_t>(cover.columns());
  for (std::uint32_t row = 0; row < cover.rows(); ++row) {
    for (std::uint32_t k = 0; k < links.candidate_count; ++k) {
      if (cover.covers(k, row)) {
        links.links.push_back({k, row});
      }
    }
  }
  return links;
}

}  // namespace

CloseCenter::CloseCenter(const Problem& problem, const Space& space, Budget& budget, Answer& answer,
                         std::vector<std::uint32_t> rows)
    : problem_(problem),
      space_(space),
      middles_(problem, space),
      budget_(budget),
      answer_(answer),
      rows_(std::move(rows)),
      is_row_(problem.customer_count, 0) {
  for (const std::uint32_t row : rows_) {
    is_row_[row] = 1;
  }
  for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
    if (problem.is_required(j)) {
      required_.push_back(j);
    }
  }
}

void CloseCenter::mark(std::uint32_t row) {
  const std::uint64_t key = Random(row).next();
  space_.near(row, radius_, [&](std::uint32_t j, double) { marks_[j] += key; });
}

void CloseCenter::set_radius(double radius) {
  radius_ = radius;
  marks_.assign(problem_.candidate_count, 0);
  for (const std::uint32_t row : rows_) {
    mark(row);
  }
}

bool CloseCenter::add_row(std::uint32_t customer) {
  if (is_row_[customer] != 0 || rows_.size() >= RowCover::kRowsMax) {
    return false;
  }
  is_row_[customer] = 1;
  rows_.push_back(customer);
  mark(customer);
  return true;
}

// The farthest ones, apart from each other.
bool CloseCenter::add_rows_beyond(const std::vector<std::uint32_t>& facilities) {
  Farthest farthest(space_, facilities);
  const std::size_t most = 3 + facilities.size() / 4;
  std::size_t count = 0;
  while (count < most && space_.metric(farthest.widest()) >= radius_) {
    const std::uint32_t customer = farthest.farthest();
    if (!add_row(customer)) {
      break;
    }
    farthest.add(space_.customer_spot(customer));
    ++count;
  }
  return count > 0;
}

void CloseCenter::take(const std::vector<std::uint32_t>& facilities) {
  const double widest = space_.metric(Farthest(space_, facilities).widest());
  if (widest < answer_.upper) {
    answer_.facilities = facilities;
    answer_.upper = widest;
  }
}

std::vector<std::uint32_t> CloseCenter::rows_left() const {
  std::vector<std::uint32_t> out;
  std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(out), [this](std::uint32_t u) {
    return std::none_of(required_.begin(), required_.end(),
                        [&](std::uint32_t j) { return space_.distance(j, u) < radius_; });
  });
  return out;
}

// Of candidates near the same rows the first stands for all.
RowCover CloseCenter::columns_of(const std::vector<std::uint32_t>& rows) const {
  std::size_t size = 1;
  while (size < 2 * marks_.size()) {
    size *= 2;
  }
  std::vector<std::uint64_t> seen(size, 0);
  RowCover cover(static_cast<std::uint32_t>(rows.size()));
  RowCover::Bits bits((rows.size() + 63) / 64);
  for (std::uint32_t j = 0; j < marks_.size(); ++j) {
    if (marks_[j] == 0 || problem_.is_forbidden(j) || problem_.is_required(j)) {
      continue;
    }
    std::size_t at = marks_[j] & (size - 1);
    while (seen[at] != 0 && seen[at] != marks_[j]) {
      at = (at + 1) & (size - 1);
    }
    if (seen[at] != 0) {
      continue;
    }
    seen[at] = marks_[j];
    std::fill(bits.begin(), bits.end(), 0);
    for (std::uint32_t k = 0; k < rows.size(); ++k) {
      if (space_.distance(j, rows[k]) < radius_) {
        bits[k / 64] |= std::uint64_t{1} << (k % 64);
      }
    }
    cover.add(bits, j);
  }
  cover.drop_dominated();
  return cover;
}

void CloseCenter::prove(std::vector<std::uint32_t> rows, const std::vector<std::int64_t>& weights) {
  siting_problem::ProofPart part;
  part.customers = std::move(rows);
  part.bound = 1;
  part.nodes.resize(1);
  part.nodes[0].multipliers.assign(weights.begin(), weights.end());
  answer_.proof = {};
  answer_.proof.bound = 1;
  answer_.proof.parts.push_back(std::move(part));
}

CloseCenter::Verdict CloseCenter::try_rows(std::vector<std::uint32_t>& facilities) {
  std::vector<std::uint32_t> rows = rows_left();
  const auto p =
      static_cast<std::uint32_t>(problem_.p - static_cast<std::int64_t>(required_.size()));
  facilities = required_;
  if (rows.empty()) {
    return Verdict::plan;
  }
  RowCover cover = columns_of(rows);
  const Problem links = links_of(cover, p);
  std::vector<std::int64_t> weights(rows.size(), 1);
  if (p > 0 && unreachable(links) == siting_problem::kNobody) {
    const Limits few = budget_.part(kQuickRounds, kQuickShare);
    Budget little(few);
    const CoverTry quick = try_cover(links, p, little);
    for (const std::uint32_t k : quick.columns) {
      facilities.push_back(cover.name(k));
    }
    if (!quick.columns.empty()) {
      return Verdict::plan;
    }
    for (std::size_t k = 0; k < weights.size(); ++k) {
      weights[k] = std::llround(kScale * quick.multipliers[k]);
    }
  }
  cover.ready(weights);
  const RowCover::Found found = cover.search(p, nodes_, budget_);
  budget_.took(found.nodes / kNodesOfUnit);
  if (found.verdict == RowCover::Verdict::none) {
    prove(std::move(rows), weights);
    return Verdict::proof;
  }
  facilities.insert(facilities.end(), found.names.begin(), found.names.end());
  return found.verdict == RowCover::Verdict::found ? Verdict::plan : Verdict::open;
}

CloseCenter::Verdict CloseCenter::decide(double radius) {
  set_radius(std::nextafter(radius * (1 - kHairOfRadius), 0.0));
  while (budget_.spend()) {
    std::vector<std::uint32_t> facilities;
    const Verdict verdict = try_rows(facilities);
    if (verdict == Verdict::proof) {
      answer_.lower = radius;
    }
    if (verdict != Verdict::plan) {
      return verdict;
    }
    fill(facilities, problem_);
    std::vector<std::uint32_t> moved = facilities;
    middles_.move(moved, rows_);
    take(moved);
    take(facilities);
    if (answer_.upper < radius) {
      return Verdict::plan;
    }
    if (!add_rows_beyond(moved) && !add_rows_beyond(facilities)) {
      break;
    }
  }
  return Verdict::open;
}

void CloseCenter::run() {
  double high = answer_.upper;
  while (answer_.lower < answer_.upper && nodes_ < kNodesMost && budget_.look()) {
    high = std::min(high, answer_.upper);
    const bool near = high - answer_.lower <= kNear * answer_.upper;
    if (near && high < answer_.upper) {
      nodes_ *= kMoreNodes;
      high = answer_.upper;
      continue;
    }
    const double half = answer_.lower > 0 ? (answer_.lower + high) / 2 : kFirst * high;
    const double radius = near ? high : half;
    if (decide(radius) == Verdict::open) {
      nodes_ *= near ? kMoreNodes : 1;
      high = radius;
    }
  }
}

}  // namespace huan::siting
