// SPDX-License-Identifier: Apache-2.0
#include "rollup_sums.hpp"

namespace huan::app {

bool RollupSums::Triples::are(std::uint32_t number, std::string_view a, std::string_view b,
                              std::string_view c) const {
  const std::string_view text = texts_[number];
  const std::size_t at_b = a.size() + 1;
  const std::size_t at_c = at_b + b.size() + 1;
  return text.size() == at_c + c.size() && text.starts_with(a) && text[at_b - 1] == '|' &&
         text.substr(at_b, b.size()) == b && text[at_c - 1] == '|' && text.substr(at_c) == c;
}

std::uint32_t RollupSums::Triples::number(std::string_view a, std::string_view b,
                                          std::string_view c) {
  if (!texts_.empty() && are(last_, a, b, c)) {
    return last_;
  }
  constexpr std::uint32_t kOdd = 0x9E37'79B1;
  const std::uint32_t hash =
      (ledger::RefIndex::hash_of(a) * kOdd ^ ledger::RefIndex::hash_of(b)) * kOdd ^
      ledger::RefIndex::hash_of(c);
  last_ = numbers_.find(hash, [&](std::uint32_t number) { return are(number, a, b, c); });
  if (last_ == kNone) {
    last_ = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(a).append("|").append(b).append("|").append(c);
    numbers_.insert(hash, last_);
  }
  return last_;
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
