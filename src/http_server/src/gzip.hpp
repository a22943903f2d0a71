// SPDX-License-Identifier: Apache-2.0
// gzip of whole bodies (RFC 1952).
#pragma once

#include <string>
#include <string_view>

#include "huan/base/result.hpp"

namespace huan::http_server {

[[nodiscard]] std::string gzip(std::string_view plain);

struct GunzipLimits {
  std::size_t size_max;        ///< of the plain text
  std::size_t ratio_max{200};  ///< plain : packed, beyond the first MiB
};

/// Errors: bad_encoding (not gzip, damaged, cut off, something behind it), too_large.
[[nodiscard]] base::Result<std::string> gunzip(std::string_view packed, GunzipLimits limits);

}  // namespace huan::http_server
