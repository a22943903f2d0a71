// SPDX-License-Identifier: Apache-2.0
// A declaration 申报: one reporter's form for one term, as it is kept on record (kind
// `declaration`). Each line holds the figure that the program filled in, the one that the reporter
// confirms, and why the two differ. Every move is a new version, so that revisions stay readable;
// `read_at` is the ledger's last record when the figures were filled in, so that what changes later
// shows as a difference. Amounts are whole numbers of the smallest unit (g, pieces, fen, ppm).
//
//   HUAN_TRY(declaration, parse_declaration(document.root(), "/data"));
//   declaration.lines[0].filled
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::declarations {

enum class State : std::uint8_t { draft, submitted, returned, accepted };
[[nodiscard]] std::string_view name(State state) noexcept;
[[nodiscard]] std::string_view name_zh(State state) noexcept;
[[nodiscard]] std::optional<State> state_from(std::string_view text) noexcept;

enum class ReporterKind : std::uint8_t {
  district,    ///< a county, its code
  unit,        ///< an office of the city, its code in the pack; figures are the city's
  enterprise,  ///< a party
  city         ///< to the province
};
[[nodiscard]] std::string_view name(ReporterKind kind) noexcept;

struct Reporter {
  ReporterKind kind{ReporterKind::district};
  std::string id;
  std::string name;  ///< as shown
  friend bool operator==(const Reporter&, const Reporter&) = default;
};

struct Line {
  std::string code;
  std::string zh;
  std::string en;
  std::string unit;                       ///< as written: 吨
  std::optional<std::int64_t> filled;     ///< absent: nothing computes it, or it is not known
  std::optional<std::int64_t> confirmed;  ///< absent: nobody has said
  std::string explanation;
  std::vector<std::string> parts;  ///< of a total: codes of lines
};

struct Declaration {
  std::string form;  ///< "shijiazhuang.quarterly"
  std::string term;  ///< "2025-Q1"
  base::Day from;
  base::Day to;
  Reporter reporter;
  std::string district;  ///< whose rows it is: the county, or that of the enterprise
  std::string party;     ///< of an enterprise
  State state{State::draft};
  std::int64_t revision{0};  ///< how often it was handed in
  std::int64_t read_at{0};   ///< sequence number of the ledger's last record seen
  std::string rules;         ///< version of the pack
  bool reconstructed{false};
  std::optional<base::Day> due;
  std::string due_reason;  ///< why there is no day
  std::optional<base::Day> submitted;
  std::string note;  ///< of the last move: why it was returned
  std::vector<Line> lines;
};

inline constexpr std::size_t kLinesMax = 2'000;

/// "shijiazhuang.quarterly.2025-Q1.130102"
[[nodiscard]] std::string key_of(const Declaration& declaration);
/// Days after the due day that it was handed in, or is still out on `today`; 0: in time or no day.
[[nodiscard]] std::int64_t days_late(const Declaration& declaration, base::Day today);

/// bad_field, bad_text, bad_number, bad_time, too_large.
[[nodiscard]] base::Result<Declaration> parse_declaration(json::Value data,
                                                          std::string_view pointer);
[[nodiscard]] std::string to_json(const Declaration& declaration);  ///< RFC 8785

}  // namespace huan::declarations
