// SPDX-License-Identifier: Apache-2.0
// Whether q columns cover some hundred rows, to the end: columns as sets of bits, a row at a time
// and each column that covers it. Whole-numbered weights of the rows cut most of it off: a column
// weighs `most` at most, so that what is left over has to weigh no more than q times that, and the
// next column no less than what the others cannot take. Rows no two of which share a column need
// one each. What could not be covered once is remembered.
//
//   RowCover cover(rows);
//   cover.add(bits);  // each column that differs
//   cover.ready(weights);
//   const auto found = cover.search(q, 1'000'000, budget);
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "budget.hpp"

namespace huan::siting {

class RowCover {
 public:
  using Bits = std::vector<std::uint64_t>;
  static constexpr std::uint32_t kRowsMax = 1'024;

  explicit RowCover(std::uint32_t rows) : rows_(rows), words_((rows + 63) / 64) {}

  /// A column by the rows that it covers; what it is called is up to the caller.
  void add(const Bits& rows, std::uint32_t name);
  /// Keeps the columns that no other one's rows hold; call once, then ready().
  void drop_dominated();
  /// Weights of the rows; small ones say little. A column is needed by every row.
  void ready(std::vector<std::int64_t> weights);

  enum class Verdict { found, none, open };
  struct Found {
    Verdict verdict{Verdict::open};
    std::vector<std::uint32_t> names;  ///< of columns that cover all
    std::int64_t nodes{0};
  };
  [[nodiscard]] Found search(std::uint32_t most_columns, std::int64_t most_nodes, Budget& budget);

  [[nodiscard]] std::uint32_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return names_.size(); }
  [[nodiscard]] std::uint32_t name(std::size_t column) const { return names_[column]; }
  [[nodiscard]] bool covers(std::size_t column, std::uint32_t row) const {
    return (bits_[column * words_ + row / 64] >> (row % 64) & 1U) != 0;
  }

 private:
  struct Key {
    std::uint64_t low{0};
    std::uint64_t high{0};
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const { return key.low; }
  };
  struct Child {
    std::uint32_t column{0};
    std::int64_t weight{0};
  };
  [[nodiscard]] const std::uint64_t* column(std::size_t k) const { return &bits_[k * words_]; }
  [[nodiscard]] std::int64_t weight_of(const Bits& rows) const;
  [[nodiscard]] std::int64_t weight_left(std::uint32_t column, const Bits& left) const;
  [[nodiscard]] Key key_of(const Bits& rows) const;
  [[nodiscard]] bool apart(const Bits& left, std::uint32_t columns) const;
  void children(const Bits& left, std::uint32_t row, std::int64_t least,
                std::vector<Child>& out) const;
  [[nodiscard]] std::vector<Child> narrowest(const Bits& left, std::int64_t least) const;
  Verdict cover(const Bits& left, std::uint32_t columns);

  std::uint32_t rows_;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;  ///< by column
  std::vector<std::uint32_t> names_;
  std::vector<std::vector<std::uint32_t>> of_row_;
  std::vector<Bits> beside_;  ///< by row: who shares a column with it
  std::vector<std::uint32_t> by_company_;
  std::vector<std::int64_t> weights_;
  std::int64_t heaviest_{0};
  std::vector<Key> keys_;  ///< by row
  std::unordered_map<Key, std::uint32_t, Hash> failed_;
  std::vector<std::uint32_t> path_;
  std::int64_t nodes_{0};
  std::int64_t most_nodes_{0};
  Budget* budget_{nullptr};
};

}  // namespace huan::siting
