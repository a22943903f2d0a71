// SPDX-License-Identifier: Apache-2.0
#include "row_cover.hpp"

#include <bit>
#include <numeric>

#include "random.hpp"

namespace huan::siting {
namespace {

constexpr std::size_t kRowsTried = 4;  ///< to go on with, of those with the least company
constexpr std::size_t kRemembered = 3'000'000;
constexpr std::int64_t kLookEvery = 256;

template <class Each>
void each_bit(const std::uint64_t* bits, std::size_t words, const Each& each) {
  for (std::size_t w = 0; w < words; ++w) {
    for (std::uint64_t word = bits[w]; word != 0; word &= word - 1) {
      each(static_cast<std::uint32_t>(w * 64 + static_cast<std::size_t>(std::countr_zero(word))));
    }
  }
}

int count_of(const std::uint64_t* bits, std::size_t words) {
  int count = 0;
  for (std::size_t w = 0; w < words; ++w) {
    count += std::popcount(bits[w]);
  }
  return count;
}

bool holds(const std::uint64_t* all, const std::uint64_t* some, std::size_t words) {
  for (std::size_t w = 0; w < words; ++w) {
    if ((some[w] & ~all[w]) != 0) {
      return false;
    }
  }
  return true;
}

}  // namespace

void RowCover::add(const Bits& rows, std::uint32_t name) {
  bits_.insert(bits_.end(), rows.begin(), rows.end());
  names_.push_back(name);
}

// The largest first; who is held by another one is so by one that covers its rarest row.
void RowCover::drop_dominated() {
  std::vector<std::uint32_t> often(rows_, 0);
  std::vector<int> size(names_.size());
  for (std::size_t k = 0; k < names_.size(); ++k) {
    size[k] = count_of(column(k), words_);
    each_bit(column(k), words_, [&](std::uint32_t row) { ++often[row]; });
  }
  std::vector<std::uint32_t> order(names_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return size[a] != size[b] ? size[a] > size[b] : names_[a] < names_[b];
  });
  std::vector<std::vector<std::uint32_t>> kept(rows_);
  std::vector<std::uint64_t> bits;
  std::vector<std::uint32_t> names;
  for (const std::uint32_t k : order) {
    std::uint32_t rarest = rows_;
    each_bit(column(k), words_, [&](std::uint32_t row) {
      rarest = rarest == rows_ || kept[row].size() < kept[rarest].size() ? row : rarest;
    });
    const bool held =
        rarest == rows_ || std::any_of(kept[rarest].begin(), kept[rarest].end(), [&](auto other) {
          return holds(column(other), column(k), words_);
        });
    if (held) {
      continue;
    }
    each_bit(column(k), words_, [&](std::uint32_t row) { kept[row].push_back(k); });
    bits.insert(bits.end(), column(k), column(k) + words_);
    names.push_back(names_[k]);
  }
  bits_ = std::move(bits);
  names_ = std::move(names);
}

void RowCover::ready(std::vector<std::int64_t> weights) {
  weights_ = std::move(weights);
  of_row_.assign(rows_, {});
  beside_.assign(rows_, Bits(words_, 0));
  heaviest_ = 0;
  for (std::uint32_t k = 0; k < names_.size(); ++k) {
    std::int64_t weight = 0;
    each_bit(column(k), words_, [&](std::uint32_t row) {
      of_row_[row].push_back(k);
      weight += weights_[row];
      for (std::size_t w = 0; w < words_; ++w) {
        beside_[row][w] |= column(k)[w];
      }
    });
    heaviest_ = std::max(heaviest_, weight);
  }
  by_company_.resize(rows_);
  std::iota(by_company_.begin(), by_company_.end(), 0U);
  std::vector<int> company(rows_);
  Random random(1);
  keys_.resize(rows_);
  for (std::uint32_t row = 0; row < rows_; ++row) {
    company[row] = count_of(beside_[row].data(), words_);
    keys_[row] = {random.next(), random.next()};
  }
  std::sort(by_company_.begin(), by_company_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return company[a] != company[b] ? company[a] < company[b] : a < b;
  });
}

std::int64_t RowCover::weight_of(const Bits& rows) const {
  std::int64_t sum = 0;
  each_bit(rows.data(), words_, [&](std::uint32_t row) { sum += weights_[row]; });
  return sum;
}

std::int64_t RowCover::weight_left(std::uint32_t column, const Bits& left) const {
  std::int64_t sum = 0;
  for (std::size_t w = 0; w < words_; ++w) {
    for (std::uint64_t word = bits_[column * words_ + w] & left[w]; word != 0; word &= word - 1) {
      sum += weights_[w * 64 + static_cast<std::size_t>(std::countr_zero(word))];
    }
  }
  return sum;
}

RowCover::Key RowCover::key_of(const Bits& rows) const {
  Key key;
  each_bit(rows.data(), words_, [&](std::uint32_t row) {
    key.low ^= keys_[row].low;
    key.high ^= keys_[row].high;
  });
  return key;
}

// More rows than columns, of which no two share one.
bool RowCover::apart(const Bits& left, std::uint32_t columns) const {
  Bits rest = left;
  std::uint32_t count = 0;
  for (const std::uint32_t row : by_company_) {
    if ((rest[row / 64] >> (row % 64) & 1U) == 0) {
      continue;
    }
    if (++count > columns) {
      return true;
    }
    for (std::size_t w = 0; w < words_; ++w) {
      rest[w] &= ~beside_[row][w];
    }
  }
  return false;
}

// The columns of a row that weigh enough, the heaviest first, without those whose rows that are
// left another one covers, too.
void RowCover::children(const Bits& left, std::uint32_t row, std::int64_t least,
                        std::vector<Child>& out) const {
  out.clear();
  for (const std::uint32_t k : of_row_[row]) {
    const std::int64_t weight = weight_left(k, left);
    if (weight >= least) {
      out.push_back({k, weight});
    }
  }
  std::sort(out.begin(), out.end(), [](const Child& a, const Child& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.column < b.column;
  });
  std::size_t kept = 0;
  for (const Child& child : out) {
    const std::uint64_t* bits = column(child.column);
    const bool held = std::any_of(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept),
                                  [&](const Child& other) {
                                    const std::uint64_t* all = column(other.column);
                                    for (std::size_t w = 0; w < words_; ++w) {
                                      if ((bits[w] & left[w] & ~all[w]) != 0) {
                                        return false;
                                      }
                                    }
                                    return true;
                                  });
    if (!held) {
      out[kept++] = child;
    }
  }
  out.resize(kept);
}

std::vector<RowCover::Child> RowCover::narrowest(const Bits& left, std::int64_t least) const {
  std::vector<std::pair<int, std::uint32_t>> rank;
  each_bit(left.data(), words_, [&](std::uint32_t row) {
    int company = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      company += std::popcount(beside_[row][w] & left[w]);
    }
    rank.emplace_back(company, row);
  });
  const std::size_t tried = std::min(kRowsTried, rank.size());
  std::partial_sort(rank.begin(), rank.begin() + static_cast<std::ptrdiff_t>(tried), rank.end());
  std::vector<Child> best;
  std::vector<Child> one;
  for (std::size_t k = 0; k < tried; ++k) {
    children(left, rank[k].second, least, one);
    if (k == 0 || one.size() < best.size()) {
      best.swap(one);
    }
    if (best.empty()) {
      break;
    }
  }
  return best;
}

RowCover::Verdict RowCover::cover(const Bits& left, std::uint32_t columns) {
  if (std::all_of(left.begin(), left.end(), [](std::uint64_t word) { return word == 0; })) {
    return Verdict::found;
  }
  ++nodes_;
  if (nodes_ > most_nodes_ || (nodes_ % kLookEvery == 0 && !budget_->in_time())) {
    return Verdict::open;
  }
  const std::int64_t weight = weight_of(left);
  if (columns == 0 || weight > columns * heaviest_) {
    return Verdict::none;
  }
  const Key key = key_of(left);
  const auto before = failed_.find(key);
  if (before != failed_.end() && before->second >= columns) {
    return Verdict::none;
  }
  Verdict verdict = Verdict::none;
  if (!apart(left, columns)) {
    for (const Child& child : narrowest(left, weight - (columns - 1) * heaviest_)) {
      Bits next = left;
      for (std::size_t w = 0; w < words_; ++w) {
        next[w] &= ~column(child.column)[w];
      }
      path_.push_back(child.column);
      verdict = cover(next, columns - 1);
      if (verdict != Verdict::none) {
        return verdict;
      }
      path_.pop_back();
    }
  }
  if (failed_.size() < kRemembered) {
    std::uint32_t& failed = failed_[key];
    failed = std::max(failed, columns);
  }
  return Verdict::none;
}

RowCover::Found RowCover::search(std::uint32_t most_columns, std::int64_t most_nodes,
                                 Budget& budget) {
  failed_.clear();
  path_.clear();
  nodes_ = 0;
  most_nodes_ = most_nodes;
  budget_ = &budget;
  Bits all(words_, 0);
  for (std::uint32_t row = 0; row < rows_; ++row) {
    all[row / 64] |= std::uint64_t{1} << (row % 64);
  }
  Found found;
  found.verdict = cover(all, most_columns);
  found.nodes = nodes_;
  if (found.verdict == Verdict::found) {
    for (const std::uint32_t k : path_) {
      found.names.push_back(names_[k]);
    }
  }
  return found;
}

}  // namespace huan::siting
