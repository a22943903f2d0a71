// SPDX-License-Identifier: Apache-2.0
#include "neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tuning.hpp"

namespace huan::routing {

namespace {

constexpr int kBruteForce = 1000;

/// Visits in the cells of a grid around one another, for problems too large to rank all pairs.
class Grid {
 public:
  explicit Grid(const Model& model) : model_(&model) {
    const auto& places = model.problem->places;
    Place high{-kForever, -kForever};
    low_ = {kForever, kForever};
    for (const Place& place : places) {
      low_ = {std::min(low_.x, place.x), std::min(low_.y, place.y)};
      high = {std::max(high.x, place.x), std::max(high.y, place.y)};
    }
    side_ = static_cast<int>(std::sqrt(static_cast<double>(model.visits()) / 4)) + 1;
    step_ = std::max({(high.x - low_.x) / side_, (high.y - low_.y) / side_, 1e-9});
    cells_.resize(static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
    for (int i = 0; i < model.visits(); ++i) {
      cells_[cell(column(i, true), column(i, false))].push_back(i);
    }
  }
  /// At least `count` others, those of whole rings of cells.
  void around(int visit, std::size_t count, std::vector<int>& found) const {
    found.clear();
    const int x = column(visit, true);
    const int y = column(visit, false);
    int rings_left = 2;  // past the ring in which there are enough, so that corners are fair
    for (int ring = 0; ring <= side_ && rings_left > 0; ++ring) {
      for (int dy = -ring; dy <= ring; ++dy) {
        const int step = std::abs(dy) == ring ? 1 : 2 * ring;
        for (int dx = -ring; dx <= ring; dx += std::max(1, step)) {
          if (x + dx >= 0 && x + dx < side_ && y + dy >= 0 && y + dy < side_) {
            const auto& here = cells_[cell(x + dx, y + dy)];
            found.insert(found.end(), here.begin(), here.end());
          }
        }
      }
      rings_left -= found.size() > count ? 1 : 0;
    }
  }

 private:
  [[nodiscard]] int column(int visit, bool of_x) const {
    const Index index = model_->sites[static_cast<std::size_t>(visit)].place;
    const Place& place = model_->problem->places[index];
    const double offset = of_x ? place.x - low_.x : place.y - low_.y;
    return std::clamp(static_cast<int>(offset / step_), 0, side_ - 1);
  }
  [[nodiscard]] std::size_t cell(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(side_) +
           static_cast<std::size_t>(x);
  }

  const Model* model_;
  Place low_{};
  int side_{1};
  double step_{1};
  std::vector<std::vector<int>> cells_;
};

/// The way from one to the other with a share of the waiting; kForever: never in time.
double way_in_time(const Model& model, int from, int to) {
  const Ways& ways = *model.ways.front();
  const Site& a = model.sites[static_cast<std::size_t>(from)];
  const Site& b = model.sites[static_cast<std::size_t>(to)];
  const double time = ways.quickest() * ways.time(a.place, b.place);
  if (a.from + time > b.to) {
    return kForever;
  }
  const double distance = ways.distance(a.place, b.place);
  const double wait = std::max(0.0, b.from - (a.to + a.service + time));
  return distance + (time > 0 ? kWaitShare * wait * distance / time : 0);
}

}  // namespace

Neighbours::Neighbours(const Model& model, std::size_t count, const std::function<bool()>& hurry) {
  const int n = model.visits();
  first_.assign(static_cast<std::size_t>(n) + 1, 0);
  list_.reserve(static_cast<std::size_t>(n) * std::min(count, static_cast<std::size_t>(n)));
  first_beside_.assign(static_cast<std::size_t>(n) + 1, 0);
  if (model.slots.empty()) {
    return;
  }
  note_horizon(model);
  const bool all = n <= kBruteForce || model.problem->ways.front().metric == Metric::matrix;
  std::vector<int> among(all ? static_cast<std::size_t>(n) : 0);
  std::iota(among.begin(), among.end(), 0);
  if (all) {
    bool late = false;
    for (int i = 0; i < n; ++i) {
      late = late || ((i & 63) == 0 && hurry());
      if (!late) {
        list(model, i, among, count);
      }
      first_[static_cast<std::size_t>(i) + 1] = list_.size();
      first_beside_[static_cast<std::size_t>(i) + 1] = beside_.size();
    }
    return;
  }
  const Grid grid(model);
  bool late = false;
  for (int i = 0; i < n; ++i) {
    late = late || ((i & 63) == 0 && hurry());
    if (!late) {
      grid.around(i, count * 2, among);
      list(model, i, among, count);
    }
    first_[static_cast<std::size_t>(i) + 1] = list_.size();
    first_beside_[static_cast<std::size_t>(i) + 1] = beside_.size();
  }
}

void Neighbours::note_horizon(const Model& model) {
  double begin = kForever;
  double end = 0;
  for (const Site& site : model.sites) {
    begin = std::min(begin, site.from);
    end = site.to < kForever ? std::max(end, site.to) : end;
  }
  horizon_ = std::max(0.0, end - begin);
}

void Neighbours::list(const Model& model, int visit, const std::vector<int>& among,
                      std::size_t count) {
  const std::size_t from = list_.size();
  const std::size_t from_beside = beside_.size();
  fill(model, visit, among, count);
  if (model.timed && !model.released) {  // a trip that waits for its goods shifts all its times
    rank_in_time(model, visit);
    note_away(model, visit, from_beside);
    return;
  }
  const double tried = model.timed ? kTriedTimed : kTriedWide;
  const std::size_t most = std::min(list_.size() - from, static_cast<std::size_t>(tried));
  const auto begin = list_.begin() + static_cast<std::ptrdiff_t>(from);
  beside_.insert(beside_.end(), begin, begin + static_cast<std::ptrdiff_t>(most));
  note_away(model, visit, from_beside);
}

void Neighbours::note_away(const Model& model, int visit, std::size_t from) {
  const auto i = static_cast<std::size_t>(visit);
  const auto way = [&](int other) {
    return model.ways.front()->distance(model.sites[i].place,
                                        model.sites[static_cast<std::size_t>(other)].place);
  };
  const bool by_way = !model.timed || model.released;  // not ranked in time
  const double nearest = list_.size() > first_[i] ? way(list_[first_[i]]) : 0;
  for (std::size_t k = from; k < beside_.size(); ++k) {
    const double here = way(beside_[k]);
    away_.push_back(here + (by_way ? here : nearest));
  }
}

/// What was listed last, as far as it can stand beside the visit.
void Neighbours::rank_in_time(const Model& model, int visit) {
  ranked_.clear();
  const auto i = static_cast<std::size_t>(visit);
  for (std::size_t k = first_[i]; k < list_.size(); ++k) {
    const int other = list_[k];
    const double way = std::min(way_in_time(model, visit, other), way_in_time(model, other, visit));
    if (way < kForever) {
      ranked_.emplace_back(way, other);
    }
  }
  std::stable_sort(ranked_.begin(), ranked_.end());
  const Site& site = model.sites[i];
  const bool tight = site.to - site.from < kTightShare * horizon_;
  const auto most = static_cast<std::size_t>(tight ? kTriedTight : kTriedTimed);
  for (std::size_t k = 0; k < std::min(ranked_.size(), most); ++k) {
    beside_.push_back(ranked_[k].second);
  }
}

void Neighbours::fill(const Model& model, int visit, const std::vector<int>& among,
                      std::size_t count) {
  ranked_.clear();
  const Ways& ways = *model.ways.front();
  const Index here = model.sites[static_cast<std::size_t>(visit)].place;
  for (const int other : among) {
    const bool twin = model.foreseen(visit) && model.stop_of[static_cast<std::size_t>(visit)] ==
                                                   model.stop_of[static_cast<std::size_t>(other)];
    if (other != visit && !twin) {
      const Index there = model.sites[static_cast<std::size_t>(other)].place;
      ranked_.emplace_back(std::min(ways.distance(here, there), ways.distance(there, here)), other);
    }
  }
  const std::size_t keep = std::min(count, ranked_.size());
  const auto last = ranked_.begin() + static_cast<std::ptrdiff_t>(keep);
  std::nth_element(ranked_.begin(), last, ranked_.end());
  std::sort(ranked_.begin(), last);
  for (auto entry = ranked_.begin(); entry != last; ++entry) {
    list_.push_back(entry->second);
  }
}

}  // namespace huan::routing
