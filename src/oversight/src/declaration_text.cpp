// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/declaration_text.hpp"

#include <algorithm>

#include "huan/base/quantity.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using declarations::Declaration;
using declarations::Line;

indicators::Unit line_unit(const std::string& text) {
  return indicators::unit_from(text).value_or(indicators::Unit{});
}

std::string line_figure(const std::optional<std::int64_t>& value, const std::string& unit) {
  return value ? indicators::format_amount(*value, line_unit(unit)) : "";
}

std::optional<std::int64_t> difference(const Line& line) {
  return line.filled && line.confirmed
             ? std::optional(base::checked_subtract(*line.confirmed, *line.filled))
             : std::nullopt;
}

void put_integer(json::Writer& w, std::string_view key, const std::optional<std::int64_t>& value) {
  w.key(key);
  value ? w.integer(*value) : w.null();
}

void put_day(json::Writer& w, std::string_view key, const std::optional<base::Day>& day) {
  w.key(key);
  day ? w.string(base::format_day(*day)) : w.null();
}

void put_text(json::Writer& w, std::string_view key, const std::string& text) {
  w.key(key);
  text.empty() ? w.null() : w.string(text);
}

/// A draft that nobody has begun is late too, from its due day on.
void put_summary(json::Writer& w, const KeptDeclaration& kept, base::Day today) {
  const Declaration& d = kept.declaration;
  put_text(w, "district", d.district);
  put_day(w, "due", d.due);
  put_text(w, "due_reason", d.due_reason);
  w.member("form", d.form).member("from", base::format_day(d.from));
  w.member("key", declarations::key_of(d));
  w.member("late_days", declarations::days_late(d, today));
  put_text(w, "note", d.note);
  put_text(w, "party", d.party);
  w.member("read_at", d.read_at).member("reconstructed", d.reconstructed);
  w.member("reporter", d.reporter.id);
  w.member("reporter_kind", declarations::name(d.reporter.kind));
  w.member("reporter_name", d.reporter.name).member("revision", d.revision);
  w.member("rules", d.rules).member("state", state_name(kept));
  put_day(w, "submitted", d.submitted);
  w.member("term", d.term).member("to", base::format_day(d.to)).member("version", kept.version);
}

void put_line(json::Writer& w, const Line& line) {
  w.begin_object().member("code", line.code);
  put_integer(w, "confirmed", line.confirmed);
  put_text(w, "confirmed_text", line_figure(line.confirmed, line.unit));
  put_integer(w, "difference", difference(line));
  w.member("en", line.en);
  put_text(w, "explanation", line.explanation);
  put_integer(w, "filled", line.filled);
  put_text(w, "filled_text", line_figure(line.filled, line.unit));
  w.member("total", !line.parts.empty()).member("unit", line.unit).member("zh", line.zh);
  w.end_object();
}

std::string lateness(const Declaration& d, base::Day today) {
  if (!d.due) {
    return "due day not known: " + d.due_reason;
  }
  const std::int64_t late = declarations::days_late(d, today);
  return "due " + base::format_day(*d.due) +
         (late > 0 ? ", " + std::to_string(late) + " days late" : "");
}

}  // namespace

std::string_view state_name(const KeptDeclaration& kept) {
  return kept.version == 0 ? "missing" : declarations::name(kept.declaration.state);
}

void write_summary(json::Writer& w, const KeptDeclaration& kept, base::Day today) {
  w.begin_object();
  put_summary(w, kept, today);
  w.end_object();
}

void write_declaration(json::Writer& w, const KeptDeclaration& kept, base::Day today) {
  w.begin_object();
  put_summary(w, kept, today);
  w.key("lines").begin_array();
  for (const Line& line : kept.declaration.lines) {
    put_line(w, line);
  }
  w.end_array().end_object();
}

std::string summary_line(const KeptDeclaration& kept, base::Day today) {
  const Declaration& d = kept.declaration;
  return declarations::key_of(d) + "  " + d.reporter.name + "  " + std::string(state_name(kept)) +
         (d.submitted ? " on " + base::format_day(*d.submitted) : "") + "  " + lateness(d, today) +
         (d.reconstructed ? "  (form reconstructed)" : "");
}

std::string declaration_page(const KeptDeclaration& kept, base::Day today) {
  std::string out = summary_line(kept, today) + "\n";
  if (!kept.declaration.note.empty()) {
    out += "  " + kept.declaration.note + "\n";
  }
  for (const Line& line : kept.declaration.lines) {
    const std::string filled = line_figure(line.filled, line.unit);
    const std::string confirmed = line_figure(line.confirmed, line.unit);
    out += "  " + line.code + "  " + line.zh + "  " + (filled.empty() ? "–" : filled) + " " +
           line.unit + "  confirmed " + (confirmed.empty() ? "–" : confirmed) +
           (line.explanation.empty() ? "" : "  " + line.explanation) + "\n";
  }
  return out;
}

std::vector<std::string> declaration_header() {
  return {"key",       "form",      "term",     "reporter", "reporter_name", "state", "due",
          "submitted", "late_days", "revision", "read_at",  "reconstructed", "note"};
}

std::vector<std::string> declaration_cells(const KeptDeclaration& kept, base::Day today) {
  const Declaration& d = kept.declaration;
  const auto day = [](const std::optional<base::Day>& of) {
    return of ? base::format_day(*of) : std::string();
  };
  return {declarations::key_of(d),
          d.form,
          d.term,
          d.reporter.id,
          d.reporter.name,
          std::string(state_name(kept)),
          day(d.due),
          day(d.submitted),
          std::to_string(declarations::days_late(d, today)),
          std::to_string(d.revision),
          std::to_string(d.read_at),
          d.reconstructed ? "true" : "false",
          d.note};
}

std::vector<std::vector<std::string>> line_rows(const Declaration& declaration) {
  std::vector<std::vector<std::string>> rows{
      {"cell", "zh", "en", "unit", "filled", "confirmed", "difference", "explanation"}};
  rows.reserve(declaration.lines.size() + 1);
  for (const Line& line : declaration.lines) {
    rows.push_back({line.code, line.zh, line.en, line.unit, line_figure(line.filled, line.unit),
                    line_figure(line.confirmed, line.unit),
                    line_figure(difference(line), line.unit), line.explanation});
  }
  return rows;
}

bool write_sums(const Sums& all, bool as_json, std::string& out) {
  bool exact = true;
  json::Writer w(out);
  if (as_json) {
    w.begin_object().key("items").begin_array();
  }
  for (const declarations::CellSum& sum : all.sums) {
    const declarations::Cell& cell = all.cells[sum.cell];
    exact = exact && sum.missing.empty() && sum.difference.value_or(0) == 0;
    if (as_json) {
      w.begin_object().member("cell", cell.code);
      put_integer(w, "difference", sum.difference);
      w.key("missing").begin_array();
      for (const std::string& id : sum.missing) {
        w.string(id);
      }
      w.end_array().member("parts", sum.parts).member("unit", cell.unit.text);
      put_integer(w, "whole", sum.whole);
      w.end_object();
    } else {
      out +=
          cell.code + "  " + indicators::format_amount(sum.parts, cell.unit) + " of " +
          (sum.whole ? indicators::format_amount(*sum.whole, cell.unit) : "–") + " " +
          cell.unit.text +
          (sum.difference.value_or(0) == 0
               ? std::string()
               : "  differs by " + indicators::format_amount(*sum.difference, cell.unit)) +
          (sum.missing.empty() ? std::string()
                               : "  without " + std::to_string(sum.missing.size()) + " reporters") +
          "\n";
    }
  }
  if (as_json) {
    w.end_array().member("ok", exact).end_object();
    out += '\n';
  }
  return exact;
}

base::Result<declarations::Confirmation> confirmation_of(const Declaration& declaration,
                                                         const std::string& cell,
                                                         const std::string& figure,
                                                         const std::string& explanation) {
  const auto line = std::ranges::find(declaration.lines, cell, &Line::code);
  if (line == declaration.lines.end()) {
    return Error{ErrorCode::bad_field, "/cells/" + cell, "the form has no such cell"};
  }
  declarations::Confirmation out{cell, std::nullopt, explanation};
  if (!figure.empty()) {
    out.value = indicators::parse_amount(figure, line_unit(line->unit));
    if (!out.value) {
      return Error{ErrorCode::bad_number, "/cells/" + cell,
                   "a decimal number in " + line->unit + " is expected"};
    }
  }
  return out;
}

}  // namespace huan::oversight
