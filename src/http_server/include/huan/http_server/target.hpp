// SPDX-License-Identifier: Apache-2.0
// The request target taken apart, strictly: everything that two readers could understand in two
// ways is refused (malformed percent-encoding, bytes that are not UTF-8, U+0000, fragments).
//
//   auto target = parse_target("/api/v1/lots/L%2F1?limit=5");   // path "/api/v1/lots/L%2F1"
//   auto segments = split_path(target.value().path);            // api, v1, lots, L/1
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/http_server/message.hpp"

namespace huan::http_server {

inline constexpr std::size_t kQueryPairsMax = 256;

struct Target {
  std::string path;  ///< raw; begins with '/' or is "*"
  Pairs query;
};

/// Accepts origin-form, absolute-form (its authority is dropped) and "*". Errors: bad_text.
[[nodiscard]] base::Result<Target> parse_target(std::string_view target);
/// `a=1&b=x+y%20z`: '+' is a space, a name without '=' has an empty value, empty pairs are skipped.
/// Errors: bad_text, too_large.
[[nodiscard]] base::Result<Pairs> parse_query(std::string_view query);
/// The decoded segments of a raw path. "/" has one empty segment. Errors: bad_text.
[[nodiscard]] base::Result<std::vector<std::string>> split_path(std::string_view path);

}  // namespace huan::http_server
