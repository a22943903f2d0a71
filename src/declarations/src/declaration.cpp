// SPDX-License-Identifier: Apache-2.0
#include "huan/declarations/declaration.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "huan/base/id.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::declarations {
namespace {

using base::ErrorCode;
using registry::Fields;

constexpr std::array<std::string_view, 4> kStates{"draft", "submitted", "returned", "accepted"};
constexpr std::array<std::string_view, 4> kStatesZh{"草稿", "已报送", "已退回", "已通过"};
constexpr std::array<std::string_view, 4> kReporters{"district", "unit", "enterprise", "city"};
constexpr std::size_t kTextMax = 1'000;
constexpr registry::IntegerRange kAny{-9'007'199'254'740'991, 9'007'199'254'740'991};

Line read_line(Fields& f) {
  Line line;
  line.code = f.name("code", base::kLongNameMax);
  line.zh = f.text("zh", kTextMax);
  line.en = f.text("en", kTextMax);
  line.unit = f.text("unit", 40);
  line.filled = f.optional_integer("filled", kAny);
  line.confirmed = f.optional_integer("confirmed", kAny);
  line.explanation = f.optional_text("explanation", kTextMax).value_or("");
  line.parts = f.names("parts");
  return line;
}

std::vector<Line> read_lines(Fields& f) {
  std::vector<Line> lines;
  const auto list = f.array("lines");
  if (list && list->size() > kLinesMax) {
    f.refuse(ErrorCode::too_large, "lines", "at most 2000 lines");
    return lines;
  }
  std::set<std::string, std::less<>> seen;
  if (!list) {
    f.refuse(ErrorCode::bad_field, "lines", "an array is expected");
    return lines;
  }
  for (const json::Value one : list->elements()) {
    Fields part(one, f.pointer("lines") + "/" + std::to_string(lines.size()));
    Line line = read_line(part);
    if (!part.refused() && !seen.insert(line.code).second) {
      part.refuse(ErrorCode::bad_field, "code", "a code that stands once is expected");
    }
    if (auto finished = part.finish(); !finished) {
      f.adopt(std::move(finished).error());
      return lines;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

base::Day needed_day(Fields& f, std::string_view key) {
  const auto day = f.optional_day(key);
  if (!day) {
    f.refuse(ErrorCode::bad_field, key, "a date like 2025-03-31 is expected");
  }
  return day.value_or(base::Day{});
}

void put_line(json::Writer& w, const Line& line) {
  w.begin_object().member("code", line.code);
  if (line.confirmed) {
    w.member("confirmed", *line.confirmed);
  }
  w.member("en", line.en);
  if (!line.explanation.empty()) {
    w.member("explanation", line.explanation);
  }
  if (line.filled) {
    w.member("filled", *line.filled);
  }
  if (!line.parts.empty()) {
    w.key("parts").begin_array();
    for (const std::string& part : line.parts) {
      w.string(part);
    }
    w.end_array();
  }
  w.member("unit", line.unit).member("zh", line.zh).end_object();
}

void put_text(json::Writer& w, std::string_view key, const std::string& text) {
  if (!text.empty()) {
    w.member(key, text);
  }
}
void put_day(json::Writer& w, std::string_view key, const std::optional<base::Day>& day) {
  if (day) {
    w.member(key, base::format_day(*day));
  }
}

}  // namespace

std::string_view name(State state) noexcept { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name_zh(State state) noexcept {
  return kStatesZh[static_cast<std::size_t>(state)];
}
std::optional<State> state_from(std::string_view text) noexcept {
  const auto* const found = std::find(kStates.begin(), kStates.end(), text);
  return found == kStates.end()
             ? std::nullopt
             : std::optional(static_cast<State>(std::distance(kStates.begin(), found)));
}
std::string_view name(ReporterKind kind) noexcept {
  return kReporters[static_cast<std::size_t>(kind)];
}

std::string key_of(const Declaration& d) { return d.form + "." + d.term + "." + d.reporter.id; }

std::int64_t days_late(const Declaration& d, base::Day today) {
  const base::Day by = d.submitted.value_or(today);
  return d.due && *d.due < by ? std::int64_t{by.n} - d.due->n : 0;
}

base::Result<Declaration> parse_declaration(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Declaration d;
  d.form = f.name("form", base::kLongNameMax);
  d.term = f.name("term");
  d.from = needed_day(f, "from");
  d.to = needed_day(f, "to");
  d.reporter.kind = static_cast<ReporterKind>(f.choice("reporter_kind", kReporters));
  d.reporter.id = f.name("reporter", base::kLongNameMax);
  d.reporter.name = f.text("reporter_name", kTextMax);
  d.district = f.optional_name("district").value_or("");
  d.party = f.optional_name("party").value_or("");
  d.state = static_cast<State>(f.choice("state", kStates));
  d.revision = f.integer("revision");
  d.read_at = f.integer("read_at");
  d.rules = f.text("rules");
  d.reconstructed = f.flag("reconstructed", false);
  d.due = f.optional_day("due");
  d.due_reason = f.optional_text("due_reason", kTextMax).value_or("");
  d.submitted = f.optional_day("submitted");
  d.note = f.optional_text("note", kTextMax).value_or("");
  d.lines = read_lines(f);
  HUAN_CHECK(f.finish());
  return d;
}

std::string to_json(const Declaration& d) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  put_text(w, "district", d.district);
  put_day(w, "due", d.due);
  put_text(w, "due_reason", d.due_reason);
  w.member("form", d.form).member("from", base::format_day(d.from)).key("lines").begin_array();
  for (const Line& line : d.lines) {
    put_line(w, line);
  }
  w.end_array();
  put_text(w, "note", d.note);
  put_text(w, "party", d.party);
  w.member("read_at", d.read_at);
  if (d.reconstructed) {
    w.member("reconstructed", true);
  }
  w.member("reporter", d.reporter.id).member("reporter_kind", name(d.reporter.kind));
  w.member("reporter_name", d.reporter.name).member("revision", d.revision);
  w.member("rules", d.rules).member("state", name(d.state));
  put_day(w, "submitted", d.submitted);
  w.member("term", d.term).member("to", base::format_day(d.to)).end_object();
  return out;
}

}  // namespace huan::declarations
