// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/oversight/duty_standings.hpp"

namespace huan::oversight {
namespace {

bool has_role(const duties::Task& task, const std::string& unit) {
  const UnitsByRole roles = units_by_role(task);
  return std::any_of(roles.begin(), roles.end(), [&](const auto& role) {
    return std::ranges::find(*role.second, unit) != role.second->end();
  });
}

void put_bracket(json::Writer& w, const duties::Task& task, std::optional<base::Day> at) {
  const auto left = days_left(task, at);
  w.begin_object().member("bracket", task.row.code).member("clause", task.row.clause);
  w.key("days_left");
  left ? w.integer(*left) : w.null();
  w.key("deadline");
  task.deadline ? w.string(duties::format_deadline(*task.deadline)) : w.null();
  w.member("en", task.row.en).member("form", duties::name(task.bracket));
  for (const auto& [role, units] : units_by_role(task)) {
    w.key(role).begin_array();
    for (const std::string& unit : *units) {
      w.string(unit);
    }
    w.end_array();
  }
  w.member("pack", task.row.pack).member("task", task.task).member("zh", task.row.zh).end_object();
}

}  // namespace

UnitsByRole units_by_role(const duties::Task& task) {
  return {{{"lead", &task.lead},
           {"supporting", &task.supporting},
           {"responsible", &task.responsible},
           {"shared", &task.shared}}};
}

std::optional<std::int64_t> days_left(const duties::Task& task, std::optional<base::Day> at) {
  return at && task.deadline ? std::optional{std::int64_t{task.deadline->last.n} - at->n}
                             : std::nullopt;
}

std::vector<const duties::Task*> asked_tasks(const DutyBook& book, const TaskQuestion& question) {
  std::vector<const duties::Task*> asked;
  for (const duties::Task& task : book.duties.tasks) {
    if ((question.inherited || task.row.pack == book.pack.name) &&
        (question.unit.empty() || has_role(task, question.unit))) {
      asked.push_back(&task);
    }
  }
  return asked;
}

void write_tasks(json::Writer& w, const DutyBook& book, const TaskQuestion& question) {
  w.begin_object().member("pack", book.pack.name).key("tasks").begin_array();
  for (const duties::Task* task : asked_tasks(book, question)) {
    put_bracket(w, *task, question.at);
  }
  w.end_array().end_object();
}

}  // namespace huan::oversight
