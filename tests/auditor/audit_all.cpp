// SPDX-License-Identifier: Apache-2.0
#include "audit_all.hpp"

#include <cstdlib>

namespace huan::auditor {
namespace {

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

std::string audit_all(const MakeSubject& make, std::uint64_t first, std::uint64_t count) {
  const World world = small_city();
  count = setting("HUAN_AUDIT_HISTORIES", count);
  first = setting("HUAN_AUDIT_FIRST", first);
  if (const std::uint64_t only = setting("HUAN_AUDIT_SEED", 0); only != 0) {
    first = only;
    count = 1;
  }
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    std::string report = audit(world, make, seed);
    if (!report.empty()) {
      return report;
    }
  }
  return "";
}

}  // namespace huan::auditor
