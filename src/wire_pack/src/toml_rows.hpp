// SPDX-License-Identifier: Apache-2.0
// One TOML file of a pack as lists of tables: every error ends up with file and line.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/duties/row.hpp"
#include "huan/registry/fields.hpp"
#include "huan/registry/pack.hpp"
#include "huan/registry/toml_document.hpp"

namespace huan::wire_pack {

inline constexpr std::size_t kTablesMax = 5'000;  ///< of one list
inline constexpr std::size_t kRowsMax = 20'000;   ///< of a CSV file of rules

class TomlRows {
 public:
  /// Empty lists when the folder has no such file.
  static base::Result<TomlRows> open(const registry::PackFiles& files, const std::string& name);

  /// Calls `read(fields)` for each table of `[[key]]`; it returns Result<void>, whose error is
  /// placed by a path from the table ("checks/1/fact") or by a whole pointer.
  template <class Read>
  base::Result<void> each(std::string_view key, Read read) {
    std::size_t n = 0;
    const std::vector<json::Value> elements = list(key);
    if (elements.size() > kTablesMax) {
      return placed({base::ErrorCode::too_large, "/" + std::string{key}, "at most 5000 tables"},
                    {});
    }
    for (const json::Value element : elements) {
      const std::string pointer = "/" + std::string{key} + "/" + std::to_string(n++);
      registry::Fields fields(element, pointer);
      if (base::Result<void> done = read(fields); !done) {
        return placed(done.error(), pointer);
      }
      if (auto finished = fields.finish(); !finished) {
        return placed(finished.error(), pointer);
      }
    }
    return {};
  }
  /// Refuses a list that was not asked for.
  [[nodiscard]] base::Result<void> finish();

 private:
  std::vector<json::Value> list(std::string_view key);
  [[nodiscard]] base::Error placed(const base::Error& error, const std::string& pointer) const;

  std::optional<registry::TomlDocument> toml_;
  std::optional<registry::Fields> root_;
};

/// code, clause, zh, en, note; the code is remembered in `seen` and may stand once.
[[nodiscard]] duties::Row read_row(registry::Fields& f, std::string_view pack,
                                   std::set<std::string, std::less<>>& seen);
/// "2025", "2025-06", "2023-05-31".
[[nodiscard]] std::optional<duties::Deadline> read_deadline(registry::Fields& f,
                                                            std::string_view key);
/// A list of short texts.
[[nodiscard]] std::vector<std::string> read_texts(registry::Fields& f, std::string_view key);

}  // namespace huan::wire_pack
