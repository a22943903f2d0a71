// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/moves.hpp"

#include <algorithm>
#include <array>

#include "huan/base/quantity.hpp"

namespace huan::declarations {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::array<std::string_view, 5> kMoves{"fill", "confirm", "submit", "return", "accept"};

constexpr std::array<MoveRule, 8> kRules{{
    {Move::fill, State::draft, State::draft, Side::reporter},
    {Move::fill, State::returned, State::returned, Side::reporter},
    {Move::confirm, State::draft, State::draft, Side::reporter},
    {Move::confirm, State::returned, State::returned, Side::reporter},
    {Move::submit, State::draft, State::submitted, Side::reporter},
    {Move::submit, State::returned, State::submitted, Side::reporter},
    {Move::give_back, State::submitted, State::returned, Side::receiver},
    {Move::accept, State::submitted, State::accepted, Side::receiver},
}};

/// A province's code holds its cities, a city's its districts: trailing zeros say nothing.
bool holds(std::string_view above, std::string_view code) {
  while (above.size() > 2 && above.ends_with("00") && above != code) {
    above.remove_suffix(2);
  }
  return !above.empty() && code.starts_with(above);
}

bool is_on(const Declaration& d, Side side, const Actor& actor) {
  if (actor.everything) {
    return true;
  }
  if (!actor.organisation.empty()) {
    return side == Side::reporter && d.reporter.kind == ReporterKind::enterprise &&
           d.party == actor.organisation;
  }
  const ReporterKind theirs =
      side == Side::reporter ? ReporterKind::district : ReporterKind::enterprise;
  return d.reporter.kind == theirs && holds(actor.district, d.district);
}

const MoveRule* rule_of(Move move, State from) {
  const auto* const found = std::find_if(kRules.begin(), kRules.end(), [&](const MoveRule& rule) {
    return rule.move == move && rule.from == from;
  });
  return found == kRules.end() ? nullptr : found;
}

Line* line_of(Declaration& d, std::string_view code) {
  const auto found = std::find_if(d.lines.begin(), d.lines.end(),
                                  [&](const Line& line) { return line.code == code; });
  return found == d.lines.end() ? nullptr : &*found;
}

/// Totals of what is confirmed follow from their parts.
void confirm_totals(Declaration& d) {
  for (Line& line : d.lines) {
    if (line.parts.empty()) {
      continue;
    }
    std::optional<std::int64_t> sum{0};
    for (const std::string& code : line.parts) {
      const Line* part = line_of(d, code);
      const bool known = sum && part != nullptr && part->confirmed;
      sum = known ? std::optional(base::checked_add(*sum, *part->confirmed)) : std::nullopt;
    }
    line.confirmed = sum;
  }
}

Error at_cell(const std::string& code, std::string detail) {
  return {ErrorCode::bad_field, "/cells/" + code, std::move(detail)};
}

}  // namespace

std::string_view name(Move move) noexcept { return kMoves[static_cast<std::size_t>(move)]; }
std::optional<Move> move_from(std::string_view text) noexcept {
  const auto* const found = std::find(kMoves.begin(), kMoves.end(), text);
  return found == kMoves.end()
             ? std::nullopt
             : std::optional(static_cast<Move>(std::distance(kMoves.begin(), found)));
}

std::span<const MoveRule> move_rules() noexcept { return kRules; }

Result<void> may_move(const Declaration& d, Move move, const Actor& actor) {
  const bool receives = move == Move::give_back || move == Move::accept;
  if (!is_on(d, receives ? Side::receiver : Side::reporter, actor)) {
    return Error{ErrorCode::forbidden, "key",
                 receives ? "only who receives it returns or accepts it"
                          : "only who reports it fills in, confirms and submits it"};
  }
  if (rule_of(move, d.state) == nullptr) {
    return Error{ErrorCode::version_conflict, "state",
                 key_of(d) + " is " + std::string(name(d.state)) + ": no " +
                     std::string(name(move)) + " from there"};
  }
  return {};
}

void fill(Declaration& d, const std::vector<Cell>& cells, const Values& values) {
  std::vector<Line> lines;
  lines.reserve(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Line line;
    if (Line* before = line_of(d, cells[i].code); before != nullptr) {
      line = std::move(*before);
    }
    line.code = cells[i].code;
    line.zh = cells[i].zh;
    line.en = cells[i].en;
    line.unit = cells[i].unit.text;
    line.parts = cells[i].parts;
    line.filled = values.at(i);
    lines.push_back(std::move(line));
  }
  d.lines = std::move(lines);
}

Result<void> confirm(Declaration& d, const std::vector<Confirmation>& cells) {
  for (const Confirmation& cell : cells) {
    Line* line = line_of(d, cell.code);
    if (line == nullptr) {
      return at_cell(cell.code, "the form has no such cell");
    }
    if (!line->parts.empty() && cell.value) {
      return at_cell(cell.code, "a total follows from its parts");
    }
    line->confirmed = cell.value ? cell.value : line->confirmed;
    line->explanation = cell.explanation.empty() ? line->explanation : cell.explanation;
  }
  confirm_totals(d);
  return {};
}

Result<void> submit(Declaration& d, const Submission& how) {
  for (Line& line : d.lines) {
    if (how.confirm_rest && !line.confirmed && line.parts.empty()) {
      line.confirmed = line.filled;
    }
  }
  confirm_totals(d);
  for (const Line& line : d.lines) {
    if (!line.explanation.empty() || !line.parts.empty()) {
      continue;
    }
    if (!line.confirmed) {
      return at_cell(line.code, "state a figure, or explain why there is none");
    }
    if (line.filled && *line.filled != *line.confirmed) {
      return at_cell(line.code, "differs from what was filled in: explain why");
    }
  }
  d.state = State::submitted;
  d.submitted = how.day;
  d.note.clear();
  ++d.revision;
  return {};
}

Result<void> give_back(Declaration& d, const std::string& reason) {
  if (reason.empty()) {
    return Error{ErrorCode::bad_field, "/note", "say why it is returned"};
  }
  d.state = State::returned;
  d.note = reason;
  return {};
}

void accept(Declaration& d, const std::string& note) {
  d.state = State::accepted;
  d.note = note;
}

}  // namespace huan::declarations
