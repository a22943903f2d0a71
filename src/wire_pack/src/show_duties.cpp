// SPDX-License-Identifier: Apache-2.0
#include "show_rows.hpp"

namespace huan::wire_pack {
namespace {

using duties::Row;
using json::Writer;

void put_row(Writer& w, const Row& row) {
  w.member("clause", row.clause).member("code", row.code).member("en", row.en);
  put_text(w, "note", row.note);
  w.member("pack", row.pack).member("zh", row.zh);
}

/// A list of rows: those of the pack that is asked for, each written by `put`.
template <class T, class Put>
void put_list(Writer& w, std::string_view key, const std::vector<T>& rows, std::string_view pack,
              Put put) {
  w.key(key).begin_array();
  for (const T& one : rows) {
    if (pack.empty() || one.row.pack == pack) {
      w.begin_object();
      put_row(w, one.row);
      put(one);
      w.end_object();
    }
  }
  w.end_array();
}

void put_tasks(Writer& w, const std::vector<duties::Task>& tasks, std::string_view pack) {
  put_list(w, "tasks", tasks, pack, [&](const duties::Task& task) {
    w.member("bracket", task.row.code);
    w.key("deadline");
    task.deadline ? w.string(duties::format_deadline(*task.deadline)) : w.null();
    put_texts(w, "deliverables", task.deliverables);
    put_text(w, "every", task.every);
    w.member("form", duties::name(task.bracket)).member("further", task.further);
    put_text(w, "group", task.group);
    put_texts(w, "lead", task.lead);
    put_texts(w, "responsible", task.responsible);
    put_texts(w, "shared", task.shared);
    put_texts(w, "supporting", task.supporting);
    w.member("task", task.task);
  });
}

void put_cells(Writer& w, const Rules& rules, const Row& form) {
  w.key("cells").begin_array();
  for (const declarations::FormCells& cells : rules.cells) {
    if (cells.pack != form.pack || cells.form != form.code) {
      continue;
    }
    for (const declarations::CellRule& cell : cells.rules) {
      w.begin_object().member("code", cell.code).member("each_item", cell.each_item);
      w.member("en", cell.en);
      put_text(w, "indicator", cell.indicator);
      w.member("source", declarations::name(cell.source));
      put_texts(w, "total", cell.parts);
      w.member("unit", cell.unit.text).member("zh", cell.zh).end_object();
    }
  }
  w.end_array();
}

void put_forms(Writer& w, const Rules& rules, std::string_view pack) {
  put_list(w, "forms", rules.duties.forms, pack, [&](const duties::Form& form) {
    put_cells(w, rules, form.row);
    w.key("deadline");
    form.due.deadline ? w.string(duties::format_deadline(*form.due.deadline)) : w.null();
    put_integer(w, "due_day", form.due.day);
    w.member("due_in_next_period", form.due.next_period);
    put_integer(w, "due_month", form.due.month);
    put_text(w, "due_reason", form.due.reason);
    w.member("kind", duties::name(form.kind));
    put_texts(w, "lines", form.lines);
    w.member("period", duties::name(form.period));
    put_texts(w, "receivers", form.receivers);
    w.member("reconstructed", form.reconstructed);
    put_texts(w, "reporters", form.reporters);
    put_text(w, "scheme", form.scheme);
  });
}

void put_money_rules(Writer& w, const duties::Duties& duties, std::string_view pack) {
  put_list(w, "dispatch", duties.dispatch, pack, [&](const duties::DispatchLevel& level) {
    w.member("document", level.document);
    put_integer(w, "lag_ppm", level.lag_ppm);
    put_text(w, "reason", level.reason);
  });
  put_list(w, "subsidies", duties.subsidies, pack, [&](const duties::SubsidyTier& tier) {
    w.member("order", tier.order).member("payer", tier.payer);
    put_integer(w, "rate_ppm", tier.rate_ppm);
    put_text(w, "reason", tier.reason);
  });
}

void put_quotas(Writer& w, const std::vector<duties::Quota>& quotas, std::string_view pack) {
  w.key("quotas").begin_array();
  for (const duties::Quota& quota : quotas) {
    if (pack.empty() || quota.pack == pack) {
      w.begin_object().member("at_least", quota.at_least);
      put_integer(w, "at_most", quota.at_most);
      w.member("award", quota.award).member("clause", quota.clause);
      w.member("cumulative", quota.cumulative);
      put_text(w, "district", quota.district);
      w.member("pack", quota.pack).member("year", quota.year).end_object();
    }
  }
  w.end_array();
}

void put_campaigns(Writer& w, const duties::Duties& duties, std::string_view pack) {
  put_list(w, "campaigns", duties.campaigns, pack, [&](const duties::Campaign& campaign) {
    put_day(w, "from", campaign.from);
    put_day(w, "to", campaign.to);
  });
  put_list(w, "awards", duties.awards, pack,
           [&](const duties::Award& award) { put_texts(w, "criteria", award.criteria); });
  put_quotas(w, duties.quotas, pack);
}

void put_sums(Writer& w, std::string_view key, const std::vector<duties::ProjectSum>& sums,
              std::string_view pack) {
  put_list(w, key, sums, pack, [&](const duties::ProjectSum& sum) {
    w.key("invested_fen");
    sum.invested ? w.integer(sum.invested->count()) : w.null();
    w.member("number", sum.number);
  });
}

/// Stated totals, the groups, and what the groups add up to: a text may contradict itself.
void put_projects(Writer& w, const duties::Duties& duties, std::string_view pack) {
  std::vector<duties::ProjectSum> groups;
  for (const duties::ProjectSum& group : duties.project_groups) {
    if (pack.empty() || group.row.pack == pack) {
      groups.push_back(group);
    }
  }
  w.key("projects").begin_object();
  put_sums(w, "groups", duties.project_groups, pack);
  put_list(w, "named", duties.named, pack, [&](const duties::Named& named) {
    put_text(w, "state", named.state);
    w.member("what", named.what);
  });
  put_sums(w, "stated", duties.project_totals, pack);
  w.key("summed");
  if (groups.empty()) {
    w.null();
  } else {
    const duties::ProjectCount sum = duties::sum_of(groups);
    w.begin_object().member("invested_fen", sum.invested.count());
    w.member("number", sum.number).end_object();
  }
  w.end_object();
}

void put_units(Writer& w, const std::vector<duties::Unit>& units, std::string_view pack) {
  w.key("units").begin_array();
  for (const duties::Unit& unit : units) {
    if (pack.empty() || unit.pack == pack) {
      w.begin_object().member("code", unit.code).member("en", unit.en);
      w.member("kind", duties::name(unit.kind)).member("pack", unit.pack);
      w.member("zh", unit.zh).end_object();
    }
  }
  w.end_array();
}

}  // namespace

void show_duties(Writer& w, const Rules& rules, std::string_view pack) {
  const duties::Duties& duties = rules.duties;
  put_campaigns(w, duties, pack);
  put_list(w, "contradictions", duties.contradictions, pack, [&](const duties::Contradiction& c) {
    put_texts(w, "about", c.about);
    put_texts(w, "readings", c.readings);
  });
  put_money_rules(w, duties, pack);
  put_forms(w, rules, pack);
  put_list(w, "milestones", duties.milestones, pack, [&](const duties::Milestone& milestone) {
    w.member("deadline", duties::format_deadline(milestone.deadline));
  });
  put_projects(w, duties, pack);
  put_list(w, "steps", duties.steps, pack, [&](const duties::Step& step) {
    w.member("block", step.block);
    put_day(w, "from", step.from);
    put_day(w, "to", step.to);
  });
  put_tasks(w, duties.tasks, pack);
  put_units(w, duties.units, pack);
}

}  // namespace huan::wire_pack
