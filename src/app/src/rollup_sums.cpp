// SPDX-License-Identifier: Apache-2.0
#include "rollup_sums.hpp"

namespace huan::app {

std::uint32_t RollupSums::Triples::number(std::string_view a, std::string_view b,
                                          std::string_view c) {
  key_.assign(a).append("|").append(b).append("|").append(c);
  if (key_ == last_ && !texts_.empty()) {
    return last_number_;
  }
  const auto [found, fresh] = numbers_.try_emplace(key_, static_cast<std::uint32_t>(texts_.size()));
  if (fresh) {
    texts_.push_back(key_);
  }
  last_ = key_;
  last_number_ = found->second;
  return last_number_;
}

std::uint32_t RollupSums::row(base::Day day, const RowNames& names) {
  Row wanted;
  wanted.day = day;
  wanted.where = where_.number(names.district, names.place, names.operator_id);
  wanted.what = what_.number(names.material, names.flow, names.cls);
  constexpr std::uint64_t kOdd = 0x9E37'79B9'7F4A'7C15;
  const std::uint64_t pair = (std::uint64_t{wanted.where} << 32U | wanted.what) * kOdd;
  const auto day_bits = static_cast<std::uint64_t>(static_cast<std::uint32_t>(day.n));
  const auto hash = static_cast<std::uint32_t>(((pair ^ (pair >> 32U) ^ day_bits) * kOdd) >> 32U);
  const std::uint32_t found = index_.find(hash, [&](std::uint32_t n) {
    const Row& row = rows_[n];
    return row.day == wanted.day && row.where == wanted.where && row.what == wanted.what;
  });
  if (found != kNone) {
    return found;
  }
  rows_.push_back(wanted);
  const auto number = static_cast<std::uint32_t>(rows_.size() - 1);
  index_.insert(hash, number);
  return number;
}

std::string RollupSums::describe(const Row& row) const {
  return std::to_string(row.day.n) + "|" + where_.text(row.where) + "|" + what_.text(row.what);
}

}  // namespace huan::app
