// SPDX-License-Identifier: Apache-2.0
// An auditor who has all tables of a release at once, and knows that nothing is negative, works out
// between which amounts each blank cell at risk can lie.
#include "huan/publication/together.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "auditor.hpp"

namespace huan::publication {
namespace {

/// The same districts by kind and by month: every firm's mass stands in one cell of each.
struct Release {
  AmountTable by_kind;
  AmountTable by_month;
};

using ByFirm = std::map<int, std::int64_t>;

Amount amount(const ByFirm& firms) {
  std::vector<std::int64_t> parts;
  for (const auto& [firm, mass] : firms) {
    parts.push_back(mass);
  }
  return of(std::move(parts));
}

AmountTable table_of(const std::vector<std::vector<ByFirm>>& inner) {
  const std::size_t rows = inner.size();
  const std::size_t columns = inner.front().size();
  std::vector<ByFirm> cells((rows + 1) * (columns + 1));
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < columns; ++c) {
      for (const auto& [firm, mass] : inner[r][c]) {
        for (const auto& [i, j] : {std::pair{r, c}, {r, columns}, {rows, c}, {rows, columns}}) {
          cells[i * (columns + 1) + j][firm] += mass;
        }
      }
    }
  }
  AmountTable table{rows + 1, columns + 1, {}};
  for (const ByFirm& firms : cells) {
    table.cells.push_back(amount(firms));
  }
  return table;
}

Release random_release(std::mt19937_64& random) {
  const std::size_t rows = 3 + random() % 3;
  const std::size_t kinds = 2 + random() % 3;
  const std::size_t months = 2 + random() % 2;
  std::vector<std::vector<ByFirm>> by_kind(rows, std::vector<ByFirm>(kinds));
  std::vector<std::vector<ByFirm>> by_month(rows, std::vector<ByFirm>(months));
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t loads = 2 + random() % 24;
    for (std::size_t n = 0; n < loads; ++n) {
      const int firm = static_cast<int>(random() % 7);
      const auto mass = 500 + static_cast<std::int64_t>(random() % 10'000);
      by_kind[r][random() % kinds][firm] += mass;
      by_month[r][random() % months][firm] += mass;
    }
  }
  return {table_of(by_kind), table_of(by_month)};
}

/// The unknowns of all tables: what is blank; a margin is one unknown for all of them.
class JointAuditor {
 public:
  JointAuditor(std::span<const AmountTable> tables, std::span<const Blanks> blanks)
      : tables_(tables), blanks_(blanks) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t i = 0; i < tables[t].cells.size(); ++i) {
        const bool margin = (i + 1) % tables[t].columns == 0;
        if (blanks[t].cells[i] == Blank::shown) {
          continue;
        }
        const std::size_t row = i / tables[t].columns;
        if (margin && margins_.contains(row)) {
          unknown_[{t, i}] = margins_.at(row);
          continue;
        }
        unknown_[{t, i}] = size_;
        if (margin) {
          margins_[row] = size_;
        }
        ++size_;
      }
    }
    for (std::size_t t = 0; t < tables.size(); ++t) {
      equations(t);
    }
  }
  [[nodiscard]] double most(std::size_t t, std::size_t cell, double sign) const {
    std::vector<double> aim(size_, 0);
    aim[unknown_.at({t, cell})] = sign;
    Simplex simplex(left_, right_);
    return simplex.maximise(aim);
  }

 private:
  void equations(std::size_t t) {
    const AmountTable& table = tables_[t];
    for (std::size_t r = 0; r < table.rows; ++r) {
      add(t, table.columns, [&](std::size_t k) { return r * table.columns + k; });
    }
    for (std::size_t c = 0; c < table.columns; ++c) {
      add(t, table.rows, [&](std::size_t k) { return k * table.columns + c; });
    }
  }
  template <class CellOf>
  void add(std::size_t t, std::size_t size, CellOf cell_of) {
    std::vector<double> left(size_, 0);
    double right = 0;
    for (std::size_t k = 0; k < size; ++k) {
      const std::size_t at = cell_of(k);
      const double sign = k + 1 == size ? -1 : 1;
      const auto known = unknown_.find({t, at});
      if (known == unknown_.end()) {
        right -= sign * static_cast<double>(tables_[t].cells[at].value);
      } else {
        left[known->second] += sign;
      }
    }
    left_.push_back(std::move(left));
    right_.push_back(right);
  }

  std::span<const AmountTable> tables_;
  std::span<const Blanks> blanks_;
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> unknown_;
  std::map<std::size_t, std::size_t> margins_;
  std::size_t size_{0};
  std::vector<std::vector<double>> left_;
  std::vector<double> right_;
};

/// Cells at risk whose amount is known closer than the rule says.
int given_away(std::span<const AmountTable> tables, std::span<const Blanks> blanks,
               const Rule& rule) {
  const JointAuditor auditor(tables, blanks);
  int known = 0;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t i = 0; i < tables[t].cells.size(); ++i) {
      if (!at_risk(tables[t].cells[i], rule)) {
        continue;
      }
      if (blanks[t].cells[i] != Blank::primary) {
        ADD_FAILURE() << "a cell at risk is shown";
        continue;
      }
      const auto value = static_cast<double>(tables[t].cells[i].value);
      const auto apart = static_cast<double>(protection(tables[t].cells[i], rule));
      const bool wide = auditor.most(t, i, 1) >= value + apart - 1e-5 &&
                        -auditor.most(t, i, -1) <= value - apart + 1e-5;
      known += wide ? 0 : 1;
    }
  }
  return known;
}

bool protected_all(const std::vector<Blanks>& blanks) {
  return std::ranges::all_of(blanks, [](const Blanks& one) { return one.unprotected == 0; });
}

TEST(Together, NobodyWithAllTablesCanWorkOutACellAtRisk) {
  std::mt19937_64 random(5);
  const Rule rule;
  int published = 0;
  for (int round = 0; round < 60; ++round) {
    const Release release = random_release(random);
    const std::vector<AmountTable> tables{release.by_kind, release.by_month};
    ASSERT_TRUE(share_margin(tables));
    const auto blanks = suppress_together(tables, rule);
    if (!protected_all(blanks)) {
      continue;  // is not published
    }
    ++published;
    EXPECT_EQ(given_away(tables, blanks, rule), 0) << "round " << round;
    for (std::size_t row = 0; row < release.by_kind.rows; ++row) {
      EXPECT_EQ(blanks[0].at(row, release.by_kind.columns - 1) == Blank::shown,
                blanks[1].at(row, release.by_month.columns - 1) == Blank::shown)
          << "a total that is blank here and shown there";
    }
  }
  EXPECT_GT(published, 30);
}

/// Tables guarded one by one, and what somebody knows who has both: a total that one shows.
std::vector<Blanks> one_by_one(std::span<const AmountTable> tables) {
  std::vector<Blanks> blanks{suppress(tables[0], {}), suppress(tables[1], {})};
  for (std::size_t row = 0; row < tables[0].rows; ++row) {
    Blank& a = blanks[0].cells[(row + 1) * tables[0].columns - 1];
    Blank& b = blanks[1].cells[(row + 1) * tables[1].columns - 1];
    if (a == Blank::shown || b == Blank::shown) {
      a = b = Blank::shown;
    }
  }
  return blanks;
}

TEST(Together, TablesGuardedOneByOneGiveAwayWhatTheseDoNot) {
  const ByFirm many{{1, 4'000}, {2, 4'000}, {3, 4'000}};
  const ByFirm large{{1, 90'000}, {2, 90'000}, {3, 90'000}};
  const ByFirm alone{{4, 5'000}};
  // The first district's amount can hide behind the third's by kind, behind the second's by month.
  const std::vector<AmountTable> tables{
      table_of({{alone, {}}, {{}, many}, {many, {}}, {large, large}}),
      table_of({{alone, {}}, {many, {}}, {{}, many}, {large, large}})};
  ASSERT_TRUE(share_margin(tables));
  EXPECT_GT(given_away(tables, one_by_one(tables), {}), 0);
  const auto blanks = suppress_together(tables, {});
  ASSERT_TRUE(protected_all(blanks));
  EXPECT_EQ(given_away(tables, blanks, {}), 0);
}

TEST(Together, AnAmountAloneInItsRowMovesWithTheRow) {
  const ByFirm many{{1, 4'000}, {2, 4'000}, {3, 4'000}};
  const ByFirm alone{{4, 5'000}};
  const std::vector<AmountTable> tables{table_of({{alone, {}}, {many, many}, {many, many}}),
                                        table_of({{{}, alone}, {many, many}, {many, many}})};
  ASSERT_TRUE(share_margin(tables));
  const auto blanks = suppress_together(tables, {});
  ASSERT_TRUE(protected_all(blanks));
  EXPECT_EQ(blanks[0].at(0, 2), Blank::primary);
  EXPECT_EQ(blanks[1].at(0, 2), Blank::primary);
  EXPECT_EQ(blanks[0].at(3, 2), Blank::shown) << "the sum of everything";
  EXPECT_EQ(given_away(tables, blanks, {}), 0);
}

TEST(Together, OneTableIsGuardedToo) {
  const ByFirm many{{1, 4'000}, {2, 4'000}, {3, 4'000}};
  const std::vector<AmountTable> one{table_of({{{{4, 70}}, many}, {many, many}, {many, many}})};
  const auto blanks = suppress_together(one, {});
  ASSERT_EQ(blanks.size(), 1U);
  EXPECT_EQ(blanks[0].unprotected, 0U);
  EXPECT_EQ(given_away(one, blanks, {}), 0);
}

TEST(Together, RefusesToSayThatOtherTablesShareAMargin) {
  const ByFirm many{{1, 4'000}, {2, 4'000}, {3, 4'000}};
  EXPECT_FALSE(share_margin(std::vector{table_of({{many, many}}), table_of({{many}})}));
  EXPECT_FALSE(share_margin(std::vector{table_of({{many}}), table_of({{many}, {many}})}));
}

TEST(Together, TheSumOfEverythingIsBlankWhereNothingElseWillDo) {
  const std::vector<AmountTable> tables{table_of({{{{1, 70}}, {{2, 9}}}, {{}, {{2, 10}}}}),
                                        table_of({{{{1, 70}, {2, 9}}}, {{{2, 10}}}})};
  const auto blanks = suppress_together(tables, {});
  ASSERT_TRUE(protected_all(blanks));
  EXPECT_NE(blanks[0].cells.back(), Blank::shown);
  EXPECT_NE(blanks[1].cells.back(), Blank::shown);
  EXPECT_EQ(given_away(tables, blanks, {}), 0);
}

}  // namespace
}  // namespace huan::publication
