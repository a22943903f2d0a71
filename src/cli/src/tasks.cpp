// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "huan/json/writer.hpp"
#include "huan/wire_pack/rules.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct TaskOptions {
  std::string folder;
  std::string unit;
  std::string at;
  bool inherited{false};
};

constexpr std::array<std::string_view, 4> kRoles{"lead", "supporting", "responsible", "shared"};

const std::vector<std::string>& units_in(const duties::Task& task, std::size_t role) {
  const std::array<const std::vector<std::string>*, kRoles.size()> lists{
      &task.lead, &task.supporting, &task.responsible, &task.shared};
  return *lists.at(role);
}

/// The unit's role, empty when it has none.
std::string_view role_of(const duties::Task& task, const std::string& unit) {
  for (std::size_t i = 0; i < kRoles.size(); ++i) {
    const auto& units = units_in(task, i);
    if (std::find(units.begin(), units.end(), unit) != units.end()) {
      return kRoles.at(i);
    }
  }
  return {};
}

struct Matrix {
  const wire_pack::City& city;
  const TaskOptions& options;
  std::optional<base::Day> at;

  /// As the pack calls it, before its parents; nullptr where it has no name.
  [[nodiscard]] const duties::Unit* unit(const std::string& code) const {
    const duties::Unit* found = nullptr;
    for (const duties::Unit& one : city.rules.duties.units) {
      if (one.code == code && (found == nullptr || one.pack == city.pack.name)) {
        found = &one;
      }
    }
    return found;
  }
  [[nodiscard]] bool asks(const duties::Task& task) const {
    return (options.inherited || task.row.pack == city.pack.name) &&
           (options.unit.empty() || !role_of(task, options.unit).empty());
  }
  /// Days from `at` to the deadline; below zero when it is over.
  [[nodiscard]] std::optional<std::int64_t> days_left(const duties::Task& task) const {
    return at && task.deadline ? std::optional{std::int64_t{task.deadline->last.n} - at->n}
                               : std::nullopt;
  }
};

void put(json::Writer& w, const Matrix& matrix, const duties::Task& task) {
  const auto left = matrix.days_left(task);
  w.begin_object().member("bracket", task.row.code).member("clause", task.row.clause);
  w.key("days_left");
  left ? w.integer(*left) : w.null();
  w.key("deadline");
  task.deadline ? w.string(duties::format_deadline(*task.deadline)) : w.null();
  w.member("en", task.row.en).member("form", duties::name(task.bracket));
  for (std::size_t i = 0; i < kRoles.size(); ++i) {
    w.key(kRoles.at(i)).begin_array();
    for (const std::string& unit : units_in(task, i)) {
      w.string(unit);
    }
    w.end_array();
  }
  w.member("pack", task.row.pack).member("task", task.task).member("zh", task.row.zh).end_object();
}

void print(const Matrix& matrix, const duties::Task& task) {
  const auto left = matrix.days_left(task);
  const std::string due = task.deadline ? duties::format_deadline(*task.deadline) : "no date";
  const std::string days = !left        ? std::string{}
                           : *left >= 0 ? fmt::format(" ({} days left)", *left)
                                        : fmt::format(" ({} days over)", -*left);
  fmt::print("{:<4} {}  {}{}\n", task.row.code, task.row.zh, due, days);
  for (std::size_t i = 0; i < kRoles.size(); ++i) {
    std::string line;
    for (const std::string& unit : units_in(task, i)) {
      const duties::Unit* named = matrix.unit(unit);
      line += " " + (named == nullptr ? unit : named->zh + "(" + unit + ")");
    }
    if (!line.empty()) {
      fmt::print("     {:<12}{}\n", kRoles.at(i), line);
    }
  }
}

int tasks(const Common& common, const TaskOptions& options) {
  const auto city = wire_pack::load(options.folder);
  if (!city) {
    return refused(common, city.error());
  }
  const auto at = options.at.empty() ? std::nullopt : base::parse_day(options.at);
  if (!at && !options.at.empty()) {
    return refused(common, {base::ErrorCode::bad_time, "--at", "a date like 2026-11-21"});
  }
  const Matrix matrix{*city, options, at};
  std::string out;
  json::Writer w(out);
  w.begin_object().member("pack", city->pack.name).key("tasks").begin_array();
  for (const duties::Task& task : city->rules.duties.tasks) {
    if (!matrix.asks(task)) {
      continue;
    }
    if (common.json) {
      put(w, matrix, task);
    } else {
      print(matrix, task);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

}  // namespace

void add_tasks(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand("tasks", "who has to do what by when, as the document says");
  auto options = std::make_shared<TaskOptions>();
  one->add_option("--pack", options->folder, "e.g. packs/liaocheng")->required();
  one->add_option("--unit", options->unit, "those of one unit, e.g. commerce");
  one->add_option("--at", options->at, "the day that deadlines are held against");
  one->add_flag("--inherited", options->inherited, "those of its parents too");
  one->add_flag("--json", common.json, "answer in JSON");
  one->callback(
      [&common, &verb, options] { verb = [&common, options] { return tasks(common, *options); }; });
}

}  // namespace huan::cli
