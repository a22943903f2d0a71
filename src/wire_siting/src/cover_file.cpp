// SPDX-License-Identifier: Apache-2.0
// OR-Library set cover: rows, columns, the cost of each column, then for each row how many columns
// cover it and which. The rail instances say it by column instead: cost, how many rows, which.
// Rows are customers, columns candidates.
#include <algorithm>

#include "formats.hpp"
#include "number_reader.hpp"

namespace huan::wire_siting {
namespace {

using siting_problem::Link;
using siting_problem::Problem;

constexpr std::int64_t kCellsMost = 20'000'000;

struct Size {
  std::int64_t rows{0};
  std::int64_t columns{0};
};

Problem empty_problem(const ReadOptions& options, const Size& size) {
  Problem problem;
  problem.kind = options.kind;
  problem.metric = siting_problem::Metric::listed;
  problem.p = options.p.value_or(0);
  problem.customer_count = static_cast<std::uint32_t>(size.rows);
  problem.candidate_count = static_cast<std::uint32_t>(size.columns);
  return problem;
}

base::Result<Problem> by_row(NumberReader in, const ReadOptions& options, const Size& size) {
  Problem problem = empty_problem(options, size);
  for (std::int64_t j = 0; j < size.columns; ++j) {
    HUAN_TRY(cost, in.number("cost of a column"));
    problem.cost.push_back(cost);
  }
  for (std::int64_t row = 0; row < size.rows; ++row) {
    HUAN_TRY(count, in.integer("number of columns", 0, size.columns));
    for (std::int64_t k = 0; k < count; ++k) {
      HUAN_TRY(column, in.integer("column", 1, size.columns));
      problem.links.push_back(
          {static_cast<std::uint32_t>(column - 1), static_cast<std::uint32_t>(row)});
    }
  }
  return in.at_end() ? base::Result<Problem>{std::move(problem)} : in.wrong("more than the rows");
}

base::Result<Problem> by_column(NumberReader in, const ReadOptions& options, const Size& size) {
  Problem problem = empty_problem(options, size);
  for (std::int64_t column = 0; column < size.columns; ++column) {
    HUAN_TRY(cost, in.number("cost of a column"));
    problem.cost.push_back(cost);
    HUAN_TRY(count, in.integer("number of rows", 0, size.rows));
    for (std::int64_t k = 0; k < count; ++k) {
      HUAN_TRY(row, in.integer("row", 1, size.rows));
      problem.links.push_back(
          {static_cast<std::uint32_t>(column), static_cast<std::uint32_t>(row - 1)});
    }
  }
  return in.at_end() ? base::Result<Problem>{std::move(problem)}
                     : in.wrong("more than the columns");
}

}  // namespace

base::Result<Problem> read_scp(std::string_view bytes, const ReadOptions& options) {
  NumberReader in(bytes);
  Size size;
  HUAN_TRY(rows, in.integer("number of rows", 1, kCellsMost));
  HUAN_TRY(columns, in.integer("number of columns", 1, kCellsMost));
  size = {rows, columns};
  auto problem = by_row(in, options, size);
  if (!problem) {
    auto turned = by_column(in, options, size);
    if (!turned) {
      return problem;
    }
    problem = std::move(turned);
  }
  std::vector<Link>& links = problem->links;
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return a.customer != b.customer ? a.customer < b.customer : a.candidate < b.candidate;
  });
  links.erase(std::unique(links.begin(), links.end(),
                          [](const Link& a, const Link& b) {
                            return a.customer == b.customer && a.candidate == b.candidate;
                          }),
              links.end());
  return problem;
}

}  // namespace huan::wire_siting
