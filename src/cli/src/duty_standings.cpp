// SPDX-License-Identifier: Apache-2.0
// Campaigns, projects and evaluations as they stand by their dossiers.
#include "huan/oversight/duty_standings.hpp"

#include <fmt/core.h>

#include "dossier_desk.hpp"

namespace huan::cli {
namespace {

constexpr std::int64_t kFenInYi = 10'000'000'000;  // 亿元
constexpr std::int64_t kFenInMyriad = 1'000'000;

/// "40.66" 亿元, rounded down to 万元.
std::string yi(base::Money money) {
  return fmt::format("{}.{:04}", money.count() / kFenInYi, money.count() % kFenInYi / kFenInMyriad);
}

template <class Write>
void print_json(const Write& write) {
  std::string out;
  json::Writer w(out);
  write(w);
  fmt::print("{}\n", out);
}

int show_campaigns(const Common& common, const OversightOptions& options) {
  const auto at = oversee(common, options);
  if (!at) {
    return refused(common, at.error());
  }
  const auto report = oversight::campaigns(*at->reading, at->city,
                                           {at->rules.pack, at->rules.rules.duties}, at->day);
  if (common.json) {
    print_json([&](json::Writer& w) { oversight::write_campaigns(w, report); });
    return kDone;
  }
  for (const dossiers::QuotaStanding& one : report.quotas) {
    fmt::print("{:<10} {:<12} {} {:>4} of at least {:>3}{}\n", one.quota->award,
               one.quota->district, one.quota->year, one.awarded, one.quota->at_least,
               one.quota->cumulative ? " in all" : "");
  }
  for (const auto& [campaign, one] : report.cleanups) {
    fmt::print("{:<16} {} targets, {} visited, {} found wanting, {} closed, {} overdue\n", campaign,
               one.targets, one.visited, one.found, one.closed, one.overdue);
  }
  if (report.quotas.empty() && report.cleanups.empty()) {
    fmt::print("the pack has no quotas, and no clean-up is on record\n");
  }
  return kDone;
}

int show_projects(const Common& common, const OversightOptions& options) {
  const auto at = oversee(common, options);
  if (!at) {
    return refused(common, at.error());
  }
  const oversight::DutyBook book{at->rules.pack, at->rules.rules.duties};
  const auto projects = oversight::contents(oversight::read_dossiers(
      *at->reading, at->city, {.type = "project", .scope = {}, .day = at->day}));
  if (common.json) {
    print_json([&](json::Writer& w) { oversight::write_projects(w, book, projects); });
    return kDone;
  }
  for (const duties::ProjectSum& one : book.duties.project_totals) {
    fmt::print("as stated     {:>4} projects {:>12} 亿元  ({})\n", one.number,
               yi(one.invested.value_or(base::Money{})), one.row.clause);
  }
  const auto summed = duties::sum_of(book.duties.project_groups);
  fmt::print("groups summed {:>4} projects {:>12} 亿元\n", summed.number, yi(summed.invested));
  for (const dossiers::ProjectStanding& one : dossiers::project_standings(projects)) {
    fmt::print(
        "on record     {:>4} projects {:>12} 亿元, {} paid; {} started, {} produce, {} at "
        "capacity  {}\n",
        one.number, yi(one.invested), yi(one.paid), one.started, one.in_production, one.at_capacity,
        one.group);
  }
  return kDone;
}

struct EvaluateOptions {
  OversightOptions city;
  DossierChange change;
  std::string kind;
};

int open_evaluation(const Common& common, const EvaluateOptions& options, const Overseen& at,
                    const oversight::EvaluationSheet& sheet) {
  DossierChange change = options.change;
  change.type = "evaluation";
  change.state = "open";
  change.about = sheet.district.empty() ? "city:" + at.city.code : "district:" + sheet.district;
  change.sets.push_back("kind=" + options.kind);
  const auto before = app::dossier_on_record(*at.reading, at.city.code, change.key);
  auto dossier = changed(change, at.rules.rules.duties.dossier_types, before);
  if (!dossier) {
    return refused(common, dossier.error());
  }
  oversight::put_sheet(sheet, *dossier);
  return file_and_print(common, at, change, *dossier, before ? before->version : 0);
}

int evaluate(const Common& common, const EvaluateOptions& options) {
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  const auto& rules = at->rules.rules;
  const auto sheet = oversight::evaluation_sheet(
      *at->reading, at->city, {at->rules.pack, rules.facts, rules.norms, &rules.duties},
      {at->rules.pack, rules.indicators}, {at->day, {}, options.city.district, {}});
  if (!options.change.key.empty()) {
    return open_evaluation(common, options, *at, sheet);
  }
  if (common.json) {
    print_json([&](json::Writer& w) { oversight::write_sheet(w, sheet); });
    return kDone;
  }
  fmt::print(
      "{} on {}: {} of {} articles that could be judged pass, {} not known; {} of {} "
      "targets met, {} not known\n",
      sheet.district.empty() ? at->city.code : sheet.district, base::format_day(sheet.day),
      sheet.tally.pass, sheet.tally.pass + sheet.tally.fail, sheet.tally.not_known,
      sheet.targets_met, sheet.targets, sheet.targets_not_known);
  return kDone;
}

}  // namespace

void add_duty_standings(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* campaigns = add_verb(root, common, "campaigns",
                                 "awards against their quotas, clean-ups, the public list");
  auto asked = std::make_shared<OversightOptions>();
  add_oversight_options(*campaigns, common, *asked);
  campaigns->callback([&common, &verb, asked] {
    verb = [&common, asked] { return show_campaigns(common, *asked); };
  });
  CLI::App* projects =
      add_verb(root, common, "projects", "key projects: as stated, as summed, as on record");
  auto of = std::make_shared<OversightOptions>();
  add_oversight_options(*projects, common, *of);
  projects->callback(
      [&common, &verb, of] { verb = [&common, of] { return show_projects(common, *of); }; });
  CLI::App* one = add_verb(root, common, "evaluate",
                           "what could be judged of a district or the city, and its targets");
  auto options = std::make_shared<EvaluateOptions>();
  add_oversight_options(*one, common, options->city);
  one->add_option("--open", options->change.key, "open this evaluation with these figures");
  one->add_option("--kind", options->kind, "--open: self_check, acceptance, mid_term or final");
  one->add_option("--as", options->change.as, "who does it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return evaluate(common, *options); };
  });
}

}  // namespace huan::cli
