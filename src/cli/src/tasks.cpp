// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "huan/oversight/duty_standings.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

struct TaskOptions {
  OversightOptions city;
  std::string unit;
  bool inherited{false};
};

/// As the pack calls the unit, before its parents; nullptr where it has no name.
const duties::Unit* unit_named(const wire_pack::City& city, const std::string& code) {
  const duties::Unit* found = nullptr;
  for (const duties::Unit& one : city.rules.duties.units) {
    if (one.code == code && (found == nullptr || one.pack == city.pack.name)) {
      found = &one;
    }
  }
  return found;
}

void print_task(const wire_pack::City& city, const duties::Task& task,
                std::optional<base::Day> at) {
  const auto left = oversight::days_left(task, at);
  const std::string due = task.deadline ? duties::format_deadline(*task.deadline) : "no date";
  const std::string days = !left        ? std::string{}
                           : *left >= 0 ? fmt::format(" ({} days left)", *left)
                                        : fmt::format(" ({} days over)", -*left);
  fmt::print("{:<4} {}  {}{}\n", task.row.code, task.row.zh, due, days);
  for (const auto& [role, units] : oversight::units_by_role(task)) {
    std::string line;
    for (const std::string& unit : *units) {
      const duties::Unit* named = unit_named(city, unit);
      line += " " + (named == nullptr ? unit : named->zh + "(" + unit + ")");
    }
    if (!line.empty()) {
      fmt::print("     {:<12}{}\n", role, line);
    }
  }
}

int show_tasks(const Common& common, const TaskOptions& options, const wire_pack::City& city,
               std::optional<base::Day> at) {
  const oversight::DutyBook book{city.pack, city.rules.duties};
  const oversight::TaskQuestion question{options.unit, at, options.inherited};
  if (common.json) {
    std::string out;
    json::Writer w(out);
    oversight::write_tasks(w, book, question);
    fmt::print("{}\n", out);
    return kDone;
  }
  for (const duties::Task* task : oversight::asked_tasks(book, question)) {
    print_task(city, *task, at);
  }
  return kDone;
}

/// Of a folder's pack no store is needed.
int tasks(const Common& common, const TaskOptions& options) {
  const auto at = options.city.at.empty() ? std::nullopt : base::parse_day(options.city.at);
  if (!at && !options.city.at.empty()) {
    return refused(common, {base::ErrorCode::bad_time, "--at", "a date like 2026-11-21"});
  }
  if (!options.city.pack.empty()) {
    const auto city = wire_pack::load(options.city.pack);
    return city ? show_tasks(common, options, *city, at) : refused(common, city.error());
  }
  const auto seen = oversee(common, options.city);
  return seen ? show_tasks(common, options, seen->rules, seen->day) : refused(common, seen.error());
}

}  // namespace

void add_tasks(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "tasks", "who has to do what by when, as the document says");
  auto options = std::make_shared<TaskOptions>();
  one->add_option("--pack", options->city.pack,
                  "e.g. packs/liaocheng; none: the rules that the store has on record");
  one->add_option("--unit", options->unit, "those of one unit, e.g. commerce");
  one->add_option("--at", options->city.at, "the day that deadlines are held against");
  one->add_option("--city", common.city, "when the store holds several");
  one->add_flag("--inherited", options->inherited, "those of its parents too");
  one->callback(
      [&common, &verb, options] { verb = [&common, options] { return tasks(common, *options); }; });
}

}  // namespace huan::cli
