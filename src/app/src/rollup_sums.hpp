// SPDX-License-Identifier: Apache-2.0
// RollupSums: the statistics that follow from a city's legs, row by row. Names of places and of
// flows recur in thousands of rows: each pair of them is numbered once, and rows are found by three
// numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/ledger/ref_index.hpp"

namespace huan::app {

/// What names a row of statistics beside its day. A row by month names no place, and no operator
/// unless it is by operators.
struct RowNames {
  std::string_view district;
  std::string_view place;
  std::string_view operator_id;
  std::string_view material;
  std::string_view flow;
  std::string_view cls;
};

class RollupSums {
 public:
  static constexpr std::uint32_t kNone = ledger::RefIndex::kNone;
  struct Row {
    base::Day day;
    std::uint32_t where{0};
    std::uint32_t what{0};
    std::uint32_t month{kNone};  ///< of a row by day: its row by month, once it is known
    std::int64_t mass_g{0};
    std::int64_t pieces{0};
    std::int64_t money_fen{0};
    std::int64_t count{0};
    std::uint32_t operators{kNone};  ///< the same by month and operator
    bool seen{false};
    [[nodiscard]] bool zero() const {
      return mass_g == 0 && pieces == 0 && money_fen == 0 && count == 0;
    }
  };

  /// The number of the row; a row of nothing when there was none.
  [[nodiscard]] std::uint32_t row(base::Day day, const RowNames& names);
  [[nodiscard]] Row& operator[](std::uint32_t row) { return rows_[row]; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
  /// For people: the day's number and the names.
  [[nodiscard]] std::string describe(const Row& row) const;

 private:
  /// Numbers texts of three names each; the one asked for last is at hand.
  class Triples {
   public:
    std::uint32_t number(std::string_view a, std::string_view b, std::string_view c);
    [[nodiscard]] const std::string& text(std::uint32_t number) const { return texts_[number]; }

   private:
    [[nodiscard]] bool are(std::uint32_t number, std::string_view a, std::string_view b,
                           std::string_view c) const;

    ledger::RefIndex numbers_;
    std::vector<std::string> texts_;
    std::uint32_t last_{0};
  };

  Triples where_;
  Triples what_;
  std::vector<Row> rows_;
  ledger::RefIndex index_;
};

}  // namespace huan::app
