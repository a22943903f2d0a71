// SPDX-License-Identifier: Apache-2.0
#include "huan/subsidy/statement.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "huan/base/id.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::subsidy {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 4> kStates{"drawn_up", "paid", "appealed", "withdrawn"};
constexpr std::int64_t kTonne = 1'000'000;
constexpr std::size_t kNoteMax = 1'000;
constexpr registry::IntegerRange kSum{-base::kIntegerMax, base::kIntegerMax};

using Lots = std::map<std::string, LotLine, std::less<>>;

/// What earlier statements settled; `now` holds it.
Lots settled_by(std::span<const Statement> earlier) {
  Lots lots;
  for (const Statement& one : earlier) {
    if (one.state == StatementState::withdrawn) {
      continue;
    }
    for (const LotLine& line : one.lines) {
      lots.insert_or_assign(line.lot, line);
    }
  }
  return lots;
}

/// The lots whose grams changed, as lines; at most as many as a statement holds.
std::vector<LotLine> changed_lots(const Lots& settled, std::span<const TracedLot> traced) {
  Lots all;
  for (const auto& [lot, line] : settled) {
    all.emplace(lot, LotLine{lot, line.material, line.day, line.now, base::Mass{}});
  }
  for (const TracedLot& one : traced) {
    LotLine& line = all.try_emplace(one.lot).first->second;
    line.lot = one.lot;
    line.material = one.material;
    line.day = one.day;
    line.now = one.grams;
  }
  std::vector<LotLine> out;
  for (auto& [lot, line] : all) {
    if (line.before != line.now && out.size() < kStatementLines) {
      out.push_back(std::move(line));
    }
  }
  return out;
}

/// What is due for lots by the rates of their days, each rate once over all its grams.
Result<base::Money> due_for(const Rules& rules, const Claim& claim, const Lots& lots,
                            Statement& statement) {
  std::map<const Tier*, base::Mass> grams;
  for (const auto& [lot, line] : lots) {
    if (line.now == base::Mass{}) {
      continue;
    }
    const Tier* tier = tier_on(rules, claim.tier, line.day);
    if (tier == nullptr || !tier->rate) {
      return Error{
          ErrorCode::not_supported, "/tier",
          "the pack states no rate of " + claim.tier + " for " + base::format_day(line.day)};
    }
    grams[tier] += line.now;
    statement.settled += line.now;
  }
  base::Money due;
  std::optional<base::Money> cap;
  for (const Tier& tier : rules.tiers) {  // in the pack's order, whatever the addresses
    const auto found = grams.find(&tier);
    if (found == grams.end()) {
      continue;
    }
    due +=
        base::Money{base::multiply_divide_round(found->second.count(), tier.rate->count(), kTonne)};
    cap = tier.cap ? tier.cap : cap;
    statement.source = tier.source;
  }
  statement.capped = cap && due > *cap;
  return statement.capped ? *cap : due;
}

LotLine read_line(Fields& f) {
  LotLine line;
  line.lot = f.name("lot", base::kLongNameMax);
  line.material = f.name("material", base::kLongNameMax);
  const auto day = f.optional_day("day");
  if (!day) {
    f.refuse(ErrorCode::bad_field, "day", "a date like 2026-11-20 is expected");
  }
  line.day = day.value_or(base::Day{});
  line.before = base::Mass{f.integer("before_g", {0, base::kMassMax})};
  line.now = base::Mass{f.integer("now_g", {0, base::kMassMax})};
  return line;
}

std::vector<LotLine> read_lines(Fields& f) {
  std::vector<LotLine> lines;
  const auto list = f.array("lines");
  if (!list || list->size() > kStatementLines) {
    f.refuse(list ? ErrorCode::too_large : ErrorCode::bad_field, "lines", "at most 5000 lines");
    return lines;
  }
  lines.reserve(list->size());
  for (const json::Value one : list->elements()) {
    Fields part(one, f.pointer("lines") + "/" + std::to_string(lines.size()));
    lines.push_back(read_line(part));
    if (auto finished = part.finish(); !finished) {
      f.adopt(std::move(finished).error());
      return lines;
    }
  }
  return lines;
}

}  // namespace

std::string_view name(StatementState state) noexcept {
  return kStates[static_cast<std::size_t>(state)];
}

Result<std::optional<Statement>> draw(const Rules& rules, const Claim& claim,
                                      std::span<const TracedLot> traced,
                                      std::span<const Statement> earlier) {
  Lots lots = settled_by(earlier);
  Statement next;
  next.claim = claim;
  next.lines = changed_lots(lots, traced);
  for (const LotLine& line : next.lines) {
    lots.insert_or_assign(line.lot, line);
  }
  HUAN_TRY(due, due_for(rules, claim, lots, next));
  next.due = due;
  next.n = 1;
  for (const Statement& one : earlier) {
    next.n = std::max(next.n, one.n + 1);
    if (one.state != StatementState::withdrawn) {
      next.before += one.amount;
    }
  }
  next.amount = next.due - next.before;
  if (next.lines.empty() && next.amount == base::Money{}) {
    return std::optional<Statement>{};
  }
  return std::optional<Statement>{std::move(next)};
}

Result<void> move(Statement& statement, StatementState to, std::string_view note) {
  const bool open =
      statement.state == StatementState::drawn_up || statement.state == StatementState::appealed;
  const bool leads =
      open && to != StatementState::drawn_up &&
      (to != StatementState::appealed || statement.state == StatementState::drawn_up);
  if (!leads) {
    return Error{ErrorCode::bad_field, "/state",
                 std::string(name(statement.state)) + " does not lead to " + std::string(name(to))};
  }
  if (to == StatementState::appealed && note.empty()) {
    return Error{ErrorCode::bad_field, "/note", "an appeal states why"};
  }
  statement.state = to;
  statement.note = note;
  return {};
}

std::string key_of(const Statement& statement) {
  return statement.claim.tier + "." + std::to_string(statement.claim.year) + "." +
         statement.claim.party + "." + std::to_string(statement.n);
}

Result<Statement> parse_statement(json::Value data, std::string_view pointer) {
  constexpr registry::IntegerRange kYears{1980, 2199};
  Fields f(data, std::string(pointer));
  Statement out;
  out.claim.tier = f.name("tier");
  out.claim.party = f.name("party");
  out.claim.year = static_cast<std::int32_t>(f.integer("year", kYears));
  out.district = f.optional_name("district").value_or("");
  out.state = static_cast<StatementState>(f.choice("state", kStates));
  out.lines = read_lines(f);
  out.settled = base::Mass{f.integer("settled_g")};
  out.due = base::Money{f.integer("due_fen", kSum)};
  out.before = base::Money{f.integer("before_fen", kSum)};
  out.amount = base::Money{f.integer("amount_fen", kSum)};
  out.capped = f.flag("capped", false);
  out.n = f.integer("n", {1, base::kIntegerMax});
  out.read_at = f.integer("read_at");
  out.rules = f.text("rules");
  out.source = f.optional_text("source", kNoteMax).value_or("");
  out.note = f.optional_text("note", kNoteMax).value_or("");
  HUAN_CHECK(f.finish());
  return out;
}

std::string to_json(const Statement& s) {
  std::string out;
  json::Writer w(out);
  const auto some = [&](std::string_view key, const std::string& text) {
    if (!text.empty()) {
      w.member(key, text);
    }
  };
  w.begin_object().member("amount_fen", s.amount.count()).member("before_fen", s.before.count());
  w.member("capped", s.capped);
  some("district", s.district);
  w.member("due_fen", s.due.count()).key("lines").begin_array();
  for (const LotLine& line : s.lines) {
    w.begin_object().member("before_g", line.before.count());
    w.member("day", base::format_day(line.day)).member("lot", line.lot);
    w.member("material", line.material).member("now_g", line.now.count()).end_object();
  }
  w.end_array().member("n", s.n);
  some("note", s.note);
  w.member("party", s.claim.party).member("read_at", s.read_at).member("rules", s.rules);
  w.member("settled_g", s.settled.count());
  some("source", s.source);
  w.member("state", name(s.state)).member("tier", s.claim.tier);
  w.member("year", std::int64_t{s.claim.year}).end_object();
  return out;
}

}  // namespace huan::subsidy
