// SPDX-License-Identifier: Apache-2.0
// Several public tables over the same figures 多表联合保密: districts by kind beside districts by
// month. They have the same rows, and the totals of their rows are the same cells, so that what is
// blank in one table could be worked out with the other. Here a cell at risk is left uncertain by
// shifts that every table bears at once (Hundepool et al., Statistical Disclosure Control, 2012,
// ch. 4.3: linked tables): within one table while the shared totals stand, or of two shared totals
// against each other with a way in every table. Whoever puts all tables together still learns each
// each cell at risk no closer than `protection` either way. A shared total is blank in all or in
// none; the sum of everything is one of them and is blank only where nothing else will do. It does
// not guard against tables that are not among these.
//
//   const auto blanks = suppress_together(std::array{by_kind, by_month}, {});
#pragma once

#include <span>
#include <vector>

#include "huan/publication/suppress.hpp"

namespace huan::publication {

/// Do all add up, with the same rows and the same last column?
[[nodiscard]] bool share_margin(std::span<const AmountTable> tables);

/// In the tables' order; they have to share their margin. Same tables, same blanks.
[[nodiscard]] std::vector<Blanks> suppress_together(std::span<const AmountTable> tables,
                                                    const Rule& rule);

}  // namespace huan::publication
