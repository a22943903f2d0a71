// SPDX-License-Identifier: Apache-2.0
// Dispatch 调度: how tasks stand, whom a reminder or notice is due to, and what was sent.
#include <fmt/core.h>

#include "dossier_desk.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/oversight/duty_standings.hpp"

namespace huan::cli {
namespace {

struct DispatchOptions {
  OversightOptions city;
  DossierChange change;
  std::string action{"standing"};
  std::string task;
  std::int64_t progress_ppm{-1};
};

std::string ppm_text(const std::optional<std::int64_t>& ppm) {
  constexpr std::int64_t kPpmInTenthPercent = 1'000;
  return ppm ? fmt::format("{}.{} %", *ppm / kPpmInTenthPercent / 10,
                           *ppm / kPpmInTenthPercent % 10)
             : std::string("–");
}

int standing(const Common& common, const oversight::DispatchReport& report) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    oversight::write_dispatch(w, report);
    fmt::print("{}\n", out);
    return kDone;
  }
  for (const dossiers::TaskStanding& one : report.tasks) {
    fmt::print("{:<6} {:<15} {:>8} of {:>8}  {}\n", one.task->row.code, dossiers::name(one.pace),
               ppm_text(one.progress_ppm), ppm_text(one.expected_ppm), one.task->row.zh);
  }
  if (!report.rule) {
    fmt::print("no threshold is stated: `huan dossier set --type dispatch_rule` lays one down\n");
  }
  return kDone;
}

int report_progress(const Common& common, const DispatchOptions& options, const Overseen& at) {
  DossierChange change = options.change;
  change.type = "task_report";
  change.state = "reported";
  change.about = "task:" + options.task;
  change.key = change.key.empty() ? "report:" + options.task : change.key;
  change.sets.push_back("day=" + base::format_day(at.day));
  change.sets.push_back("progress_ppm=" + std::to_string(options.progress_ppm));
  const auto before = app::dossier_on_record(*at.reading, at.city.code, change.key);
  const auto dossier = changed(change, at.rules.rules.duties.dossier_types, before);
  if (!dossier) {
    return refused(common, dossier.error());
  }
  return file_and_print(common, at, change, *dossier, before ? before->version : 0);
}

/// Draws up what is due; each gets its number.
int remind(const Common& common, const DispatchOptions& options, const Overseen& at,
           const oversight::DispatchReport& report) {
  const auto due = oversight::documents_due(report, *at.reading, at.city);
  for (const registry::Dossier& draft : due) {
    if (const int code = file_and_print(common, at, options.change, draft, 0); code != kDone) {
      return code;
    }
  }
  if (due.empty() && !common.json) {
    fmt::print("nothing is due\n");
  }
  return kDone;
}

int documents(const Common& common, const Overseen& at) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const char* type : {"reminder", "notice"}) {
    for (const auto& one : oversight::read_dossiers(*at.reading, at.city,
                                                    {.type = type, .scope = {}, .day = at.day})) {
      if (common.json) {
        write_keyed(w, one);
        continue;
      }
      fmt::print("{:<24} {:<10} task {:<6} {}\n", dossiers::text_in(one.dossier, "number"),
                 one.dossier.state, one.dossier.about, one.dossier.title);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int dispatch(const Common& common, const DispatchOptions& options) {
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  if (options.action == "report") {
    return report_progress(common, options, *at);
  }
  if (options.action == "notices") {
    return documents(common, *at);
  }
  const auto report = oversight::dispatch(*at->reading, at->city,
                                          {at->rules.pack, at->rules.rules.duties}, at->day);
  return options.action == "remind" ? remind(common, options, *at, report)
                                    : standing(common, report);
}

}  // namespace

void add_dispatch(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "dispatch",
                           "tasks by their reports: who is slow, reminders and notices");
  auto options = std::make_shared<DispatchOptions>();
  one->add_option("action", options->action, "standing, report, remind or notices")
      ->check(CLI::IsMember({"standing", "report", "remind", "notices"}));
  add_oversight_options(*one, common, options->city);
  one->add_option("--task", options->task, "report: code of the bracket");
  one->add_option("--progress-ppm", options->progress_ppm, "report: done of a million")
      ->check(CLI::Range(0, 1'000'000));
  one->add_option("--set", options->change.sets, "report: further fields, name=value");
  one->add_option("--as", options->change.as, "who does it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return dispatch(common, *options); };
  });
}

}  // namespace huan::cli
