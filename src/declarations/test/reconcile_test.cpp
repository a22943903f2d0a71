// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/reconcile.hpp"

#include <gtest/gtest.h>

namespace huan::declarations {
namespace {

Cell cell(const std::string& code, const std::string& unit,
          CellSource source = CellSource::measure) {
  Cell out;
  out.code = code;
  out.unit = *indicators::unit_from(unit);
  out.source = source;
  return out;
}

TEST(Reconcile, ToTheGram) {
  const std::vector<Cell> cells{cell("steel", "吨"), cell("share", "%"),
                                cell("growth", "吨", CellSource::indicator)};
  const std::vector<Part> parts{{"a", "甲", State::accepted, {1'000'001, 5, 1}},
                                {"b", "乙", std::nullopt, {2, 5, 1}}};
  const auto exact = reconcile(cells, parts, {1'000'003, 10, 2});
  ASSERT_EQ(exact.size(), 1U) << "shares and indicators do not add up";
  EXPECT_EQ(exact[0].difference, 0);
  const auto off = reconcile(cells, parts, {1'000'004, std::nullopt, std::nullopt});
  EXPECT_EQ(off[0].difference, -1);
}

TEST(Reconcile, NamesWhatIsMissing) {
  const std::vector<Cell> cells{cell("steel", "吨")};
  const std::vector<Part> parts{{"a", "甲", std::nullopt, {std::nullopt}}, {"b", "乙", {}, {4}}};
  const auto sums = reconcile(cells, parts, {std::nullopt});
  EXPECT_EQ(sums[0].parts, 4);
  EXPECT_EQ(sums[0].missing, std::vector<std::string>{"a"});
  EXPECT_FALSE(sums[0].difference);
}

TEST(ConfirmedValues, FollowTheCells) {
  Declaration d;
  d.lines = {{"b", "乙", "b", "吨", 1, 2, "", {}}};
  EXPECT_EQ(confirmed_values(d, {cell("a", "吨"), cell("b", "吨")}), (Values{std::nullopt, 2}));
}

}  // namespace
}  // namespace huan::declarations
