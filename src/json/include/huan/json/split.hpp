// SPDX-License-Identifier: Apache-2.0
// Cuts a bulk body into its records without reading them: the elements of an array, the lines of
// NDJSON, or the one object. Each piece is then parsed on its own, so that one bad record does not
// hide the others. The pieces point into the body. An error names the piece it stands in ("/3").
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"

namespace huan::json {

enum class Shape { one, array, lines };

struct Pieces {
  Shape shape{Shape::one};
  std::vector<std::string_view> items;
};

struct SplitOptions {
  bool lines_only =
      false;  ///< the sender said NDJSON: every line that is not blank is a record, however broken
  std::size_t items_max = std::size_t{1} << 18;
};

/// bad_json (no value, brackets that do not meet, text behind the end) or too_large.
[[nodiscard]] base::Result<Pieces> split(std::string_view body, const SplitOptions& options = {});

}  // namespace huan::json
