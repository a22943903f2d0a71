// SPDX-License-Identifier: Apache-2.0
// A VRPLIB file as headers and sections, before it means anything.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lines.hpp"

namespace huan::wire_routing {

struct Header {
  Line line;
  std::string value;
};

struct VrplibFile {
  std::map<std::string, Header, std::less<>> headers;
  std::map<std::string, std::vector<Line>, std::less<>> sections;
  std::size_t lines{0};

  [[nodiscard]] const std::vector<Line>* section(std::string_view name) const;
  [[nodiscard]] const Header* header(std::string_view name) const;
  /// The header as a number, or `otherwise` when it does not stand there.
  [[nodiscard]] base::Result<double> number(std::string_view name, double otherwise,
                                            Range range = {}) const;
  [[nodiscard]] base::Error missing(std::string_view name) const;
};

/// bad_file, bad_field (a header or section twice), not_supported (one that changes the problem and
/// is not read).
[[nodiscard]] base::Result<VrplibFile> split_vrplib(std::string_view text);

}  // namespace huan::wire_routing
