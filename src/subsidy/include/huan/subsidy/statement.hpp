// SPDX-License-Identifier: Apache-2.0
// Statements 结算单 of the subsidy for low-value recyclables: of one claimant, tier and year, drawn
// from the mass whose final fate is traced. A statement settles grams lot by lot: what was settled
// before stays as it was, and what the trace says now is settled as the difference, also downwards
// when a correction takes mass or fate away. So no gram of a lot is ever paid twice, and the sums
// of all statements that stand come to what is due. A rate that is not stated is not computed.
//
//   HUAN_TRY(next, draw(rules, {"county", "E-1", 2026}, traced, earlier));   // nullopt: nothing
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/json/value.hpp"
#include "huan/subsidy/rules.hpp"

namespace huan::subsidy {

/// A lot as it was received, with what of it is traced to a fate that counts.
struct TracedLot {
  std::string lot;
  std::string material;
  base::Day day;  ///< received
  base::Mass grams;
};

struct LotLine {
  std::string lot;
  std::string material;
  base::Day day;
  base::Mass before;  ///< settled by earlier statements
  base::Mass now;
  friend bool operator==(const LotLine&, const LotLine&) = default;
};

enum class StatementState : std::uint8_t {
  drawn_up,
  paid,
  appealed,  ///< by the claimant, with a reason
  withdrawn  ///< settles nothing: what it named is drawn again
};
[[nodiscard]] std::string_view name(StatementState state) noexcept;

struct Claim {
  std::string tier;
  std::string party;
  std::int32_t year{0};
};

struct Statement {
  Claim claim;
  std::string district;
  StatementState state{StatementState::drawn_up};
  std::vector<LotLine> lines;  ///< by lot
  base::Mass settled;          ///< grams of the year, this statement included
  base::Money due;             ///< for them, within the cap
  base::Money before;          ///< sum of the earlier statements
  base::Money amount;          ///< due − before; below 0: to be given back
  bool capped{false};
  std::int64_t n{1};        ///< of its claim
  std::int64_t read_at{0};  ///< number of the ledger's last record that was seen
  std::string rules;        ///< pack and version
  std::string source;       ///< of the tier
  std::string note;
};

inline constexpr std::size_t kStatementLines = 5'000;

/// Nothing when what is traced is what is settled and paid; without lines when an earlier statement
/// was withdrawn and its sum alone is open. More lots than a statement holds are left for
/// the next one. not_supported: the tier is not the pack's, or a rate is not stated for the day of
/// a lot. `traced` and `earlier` are of the claim alone, `earlier` in their order; withdrawn ones
/// are passed over. Throws Overflow out of range.
[[nodiscard]] base::Result<std::optional<Statement>> draw(const Rules& rules, const Claim& claim,
                                                          std::span<const TracedLot> traced,
                                                          std::span<const Statement> earlier);

/// forbidden or bad_field where the state does not lead there: drawn_up → paid, appealed,
/// withdrawn; appealed → paid, withdrawn. An appeal states a note.
[[nodiscard]] base::Result<void> move(Statement& statement, StatementState to,
                                      std::string_view note);

/// "county.2026.E-1.3"
[[nodiscard]] std::string key_of(const Statement& statement);
[[nodiscard]] base::Result<Statement> parse_statement(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Statement& statement);  ///< RFC 8785

}  // namespace huan::subsidy
