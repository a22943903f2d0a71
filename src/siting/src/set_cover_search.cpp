// SPDX-License-Identifier: Apache-2.0
#include "set_cover.hpp"

namespace huan::siting {
namespace {

constexpr std::uint32_t kSampled = 80;  ///< columns looked at to leave, where there are more

}  // namespace

void SetCover::add(std::uint32_t column) {
  in_[column] = 1;
  place_[column] = static_cast<std::uint32_t>(chosen_.size());
  chosen_.push_back(column);
  plan_cost_ += cost_[column];
  score_[column] = -score_[column];
  for (auto k = columns_.start[column]; k < columns_.start[column + 1]; ++k) {
    const std::uint32_t i = columns_.other[k];
    const std::uint32_t before = times_[i]++;
    if (before > 1) {
      continue;
    }
    for (auto r = rows_.start[i]; r < rows_.start[i + 1]; ++r) {
      const std::uint32_t j = rows_.other[r];
      if (j == column) {
        continue;
      }
      may_add_[j] = 1;
      if (before == 0) {
        score_[j] -= row_weight_[i];
      } else if (in_[j] != 0) {
        score_[j] += row_weight_[i];
      }
    }
    if (before == 0) {
      const std::uint32_t last = open_rows_.back();
      open_rows_[row_place_[i]] = last;
      row_place_[last] = row_place_[i];
      open_rows_.pop_back();
      row_place_[i] = kNone;
    }
  }
}

void SetCover::remove(std::uint32_t column) {
  in_[column] = 0;
  const std::uint32_t last = chosen_.back();
  chosen_[place_[column]] = last;
  place_[last] = place_[column];
  chosen_.pop_back();
  place_[column] = kNone;
  plan_cost_ -= cost_[column];
  score_[column] = -score_[column];
  may_add_[column] = 0;
  for (auto k = columns_.start[column]; k < columns_.start[column + 1]; ++k) {
    const std::uint32_t i = columns_.other[k];
    const std::uint32_t after = --times_[i];
    if (after > 1) {
      continue;
    }
    for (auto r = rows_.start[i]; r < rows_.start[i + 1]; ++r) {
      const std::uint32_t j = rows_.other[r];
      if (j == column) {
        continue;
      }
      may_add_[j] = 1;
      if (after == 0) {
        score_[j] += row_weight_[i];
      } else if (in_[j] != 0) {
        score_[j] -= row_weight_[i];
      }
    }
    if (after == 0) {
      row_place_[i] = static_cast<std::uint32_t>(open_rows_.size());
      open_rows_.push_back(i);
    }
  }
}

// The score is the weight of the rows that the move changes: gained when it is out, lost (below 0)
// when it is in.
bool SetCover::better(std::uint32_t a, std::uint32_t b) const {
  const double left = static_cast<double>(score_[a]) * cost_[b];
  const double right = static_cast<double>(score_[b]) * cost_[a];
  return left != right ? left > right
                       : (moved_at_[a] != moved_at_[b] ? moved_at_[a] < moved_at_[b] : a < b);
}

std::uint32_t SetCover::to_leave() {
  std::uint32_t best = kNone;
  const auto size = static_cast<std::uint32_t>(chosen_.size());
  const std::uint32_t looks = std::min(size, 2 * kSampled);
  for (std::uint32_t k = 0; k < looks; ++k) {
    const std::uint32_t j = chosen_[size <= 2 * kSampled ? k : random_.below(size)];
    if (!forced(j) && j != last_in_ && (best == kNone || better(j, best))) {
      best = j;
    }
  }
  return best;
}

// The best column that may cover a row, within the cost of a better plan.
std::uint32_t SetCover::to_enter(std::uint32_t row) const {
  std::uint32_t best = kNone;
  for (auto k = rows_.start[row]; k < rows_.start[row + 1]; ++k) {
    const std::uint32_t j = rows_.other[k];
    if (out_[j] == 0 && may_add_[j] != 0 && (best == kNone || better(j, best))) {
      best = j;
    }
  }
  const bool fits = best != kNone && plan_cost_ + cost_[best] < best_cost_ - 1e-9 * best_cost_;
  return fits ? best : kNone;
}

void SetCover::leave(std::int64_t step) {
  const std::uint32_t j = to_leave();
  if (j != kNone) {
    remove(j);
    moved_at_[j] = step;
  }
}

void SetCover::search(std::int64_t least, std::int64_t most) {
  load_best();
  for (std::int64_t step = 1; step <= most; ++step) {
    while (open_rows_.empty()) {
      keep();
      if (met() || chosen_.empty()) {
        return;
      }
      leave(step);
    }
    leave(step);
    last_in_ = kNone;
    while (!open_rows_.empty()) {
      const auto size = static_cast<std::uint32_t>(open_rows_.size());
      const std::uint32_t best = to_enter(open_rows_[random_.below(size)]);
      if (best == kNone) {
        break;
      }
      add(best);
      last_in_ = best;
      moved_at_[best] = step;
      for (const std::uint32_t row : open_rows_) {
        ++row_weight_[row];
        for (auto k = rows_.start[row]; k < rows_.start[row + 1]; ++k) {
          ++score_[rows_.other[k]];
        }
      }
    }
    if (step % 32 == 0 && (!budget_.spend() || (step >= least && budget_.share() >= until_))) {
      return;
    }
  }
}

void SetCover::load_best() {
  while (!chosen_.empty()) {
    remove(chosen_.back());
  }
  for (const std::uint32_t j : best_) {
    add(j);
  }
}

}  // namespace huan::siting
