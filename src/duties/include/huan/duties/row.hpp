// SPDX-License-Identifier: Apache-2.0
// What every line taken from a document carries: a code, the clause it stands in, a paraphrase of
// ours in Chinese and English, and a note where the text contradicts itself or leaves something
// open. What a document does not state is absent here too; nothing is put in its place.
//
//   Row{.code = "2a", .clause = "三（二）", .zh = "定点回收站选址", .en = "sites for fixed
//   stations"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/time.hpp"

namespace huan::duties {

struct Row {
  std::string code;  ///< unique among the rows of its kind in one pack
  std::string clause;
  std::string zh;
  std::string en;
  std::string note;
  std::string pack;  ///< name of the pack that states it
};

enum class Precision : std::uint8_t { day, month, year };

/// By when, as exactly as the text says it: "2025" ends on 31 December and remembers that no day
/// was named.
struct Deadline {
  base::Day last;
  Precision stated{Precision::day};
};

/// "2025", "2025-06" or "2023-05-31"; nullopt for anything else.
[[nodiscard]] std::optional<Deadline> parse_deadline(std::string_view text);
[[nodiscard]] std::string format_deadline(const Deadline& deadline);  ///< as it was stated

}  // namespace huan::duties
