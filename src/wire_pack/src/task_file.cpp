// SPDX-License-Identifier: Apache-2.0
// units.toml: `[[unit]]`; tasks.toml: `[[task]]`, one a bracket, and `[[milestone]]`.
#include <algorithm>
#include <array>

#include "files.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 4> kKinds{"authority", "districts", "group", "enterprises"};
constexpr std::array<std::string_view, 4> kBrackets{"shared", "alone", "roles", "supported"};
constexpr std::array<std::string_view, 3> kEvery{"month", "quarter", "year"};

Result<void> read_units(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "units.toml"));
  std::set<std::string, std::less<>> seen;
  HUAN_CHECK(toml.each("unit", [&](Fields& f) -> Result<void> {
    duties::Unit unit;
    unit.code = f.name("code");
    unit.zh = f.text("zh");
    unit.en = f.text("en");
    unit.kind = static_cast<duties::UnitKind>(f.optional_choice("kind", kKinds).value_or(0));
    unit.pack = pack.name;
    if (!f.refused() && !seen.insert(unit.code).second) {
      f.refuse(ErrorCode::bad_field, "code", "a code that stands once is expected");
    }
    rules.duties.units.push_back(std::move(unit));
    return {};
  }));
  return toml.finish();
}

/// The roles that the bracket's form allows, and no unit in two of them.
Result<void> check_roles(const duties::Task& task) {
  std::set<std::string_view> seen;
  for (const auto* role : {&task.lead, &task.supporting, &task.responsible, &task.shared}) {
    for (const std::string& unit : *role) {
      if (!seen.insert(unit).second) {
        return Error{ErrorCode::bad_pack, "bracket",
                     "a unit in one role is expected, found " + unit + " in two"};
      }
    }
  }
  using duties::Bracket;
  const bool fits = task.bracket == Bracket::shared ? !task.shared.empty() && task.lead.empty()
                    : task.bracket == Bracket::roles
                        ? !task.lead.empty() && task.shared.empty()
                        : !task.responsible.empty() && task.lead.empty() && task.shared.empty();
  if (!fits) {
    return Error{ErrorCode::bad_pack, "bracket",
                 "shared units for `shared`, a lead for `roles`, a responsible unit and neither of "
                 "them for `alone` and `supported` are expected"};
  }
  return {};
}

duties::Task read_task(Fields& f, const registry::Pack& pack,
                       std::set<std::string, std::less<>>& seen) {
  duties::Task out;
  out.row = read_row(f, pack.name, seen);
  out.task = f.optional_name("task").value_or(out.row.code);
  out.further = f.flag("further", false);
  out.group = f.optional_text("group").value_or("");
  out.bracket = static_cast<duties::Bracket>(f.choice("bracket", kBrackets));
  out.lead = f.names("lead");
  out.supporting = f.names("supporting");
  out.responsible = f.names("responsible");
  out.shared = f.names("shared");
  out.deadline = read_deadline(f, "deadline");
  if (const auto every = f.optional_choice("every", kEvery)) {
    out.every = kEvery.at(*every);
  }
  out.deliverables = read_texts(f, "deliverables");
  return out;
}

Result<void> check_task(const duties::Task& task, const registry::Pack& pack, const Rules& rules) {
  for (const auto& [key, role] : {std::pair{"lead", &task.lead},
                                  {"supporting", &task.supporting},
                                  {"responsible", &task.responsible},
                                  {"shared", &task.shared}}) {
    const std::string unknown = unknown_unit(rules, pack, *role);
    if (!unknown.empty()) {
      return Error{ErrorCode::bad_pack, key, "a code of units.toml is expected, found " + unknown};
    }
  }
  if (task.deadline && pack.effective_from && task.deadline->last < *pack.effective_from) {
    return Error{ErrorCode::bad_pack, "deadline", "a deadline after the pack's effective_from"};
  }
  return check_roles(task);
}

}  // namespace

Result<void> read_tasks(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_CHECK(read_units(files, pack, rules));
  HUAN_TRY(toml, TomlRows::open(files, "tasks.toml"));
  std::set<std::string, std::less<>> seen;
  const auto keep = [&](Fields& f) -> Result<void> {
    duties::Task task = read_task(f, pack, seen);
    if (f.refused()) {
      return {};
    }
    HUAN_CHECK(check_task(task, pack, rules));
    rules.duties.tasks.push_back(std::move(task));
    return {};
  };
  HUAN_CHECK(toml.each("task", keep));
  seen.clear();
  HUAN_CHECK(toml.each("milestone", [&](Fields& f) -> Result<void> {
    duties::Milestone out;
    out.row = read_row(f, pack.name, seen);
    const auto deadline = read_deadline(f, "deadline");
    if (!deadline) {
      f.refuse(ErrorCode::bad_field, "deadline", "a milestone is dated: 2025 or 2025-12-31");
      return {};
    }
    out.deadline = *deadline;
    if (pack.effective_from && out.deadline.last < *pack.effective_from) {
      return Error{ErrorCode::bad_pack, "deadline", "a deadline after the pack's effective_from"};
    }
    rules.duties.milestones.push_back(std::move(out));
    return {};
  }));
  return toml.finish();
}

}  // namespace huan::wire_pack
