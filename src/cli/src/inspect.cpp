// SPDX-License-Identifier: Apache-2.0
// Inspections 双随机检查: whom the draw sent where, the checklist with what is known already,
// answers and signatures, the year's plan against what was done, who is late, credit, the bulletin.
#include <fmt/core.h>

#include <algorithm>
#include <fstream>

#include "dossier_desk.hpp"
#include "huan/app/inspections.hpp"
#include "huan/declarations/term.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/oversight/credit_proposals.hpp"
#include "huan/oversight/render.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct InspectOptions {
  OversightOptions city;
  std::string action;
  std::string as{"operator"};
  std::string key;
  std::vector<std::string> answers;
  std::string answers_file;
  std::string refusal;
  std::string result;
  std::string sign_as;
  std::string state;
  std::string party;
  std::string month;
  std::string from;
  std::string to;
};

store::CityRow inspected_city(const Overseen& at) {
  return at.reading->city(at.city.code)
      .value_or(store::CityRow{at.city.code, at.city.offset_s, "", ""});
}

/// What a line of people and states says of an inspection.
int list_inspections(const Common& common, const InspectOptions& options, const Overseen& at) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const auto& one : oversight::read_dossiers(*at.reading, at.city, {.type = "inspection"})) {
    const auto& d = one.dossier;
    const bool of_district = options.city.district.empty() || d.district == options.city.district;
    const bool theirs = options.as == "operator" || app::is_sent(d, options.as);
    if (!of_district || !theirs || (!options.state.empty() && d.state != options.state)) {
      continue;
    }
    if (common.json) {
      write_keyed(w, one);
    } else {
      fmt::print("{:<16} {:<14} {:<20} by {}  {}\n", one.key, d.state, d.about,
                 dossiers::text_in(d, "due"), d.title);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

/// The norms that bind this subject, with their articles and what is known already, then the item's
/// own lines.
int checklist(const Common& common, const InspectOptions& options, const Overseen& at) {
  const auto found = app::dossier_on_record(*at.reading, at.city.code, options.key);
  const auto& duties = at.rules.rules.duties;
  const auto* item =
      found ? duties::item_of(duties.inspection_items, dossiers::text_in(found->dossier, "item"))
            : nullptr;
  if (item == nullptr) {
    return refused(common, {ErrorCode::not_found, "--key", options.key});
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("content").begin_array();
  for (const std::string& line : item->content) {
    w.string(line);
  }
  w.end_array().key("findings").begin_array();
  const oversight::NormBook book{at.rules.pack, at.rules.rules.facts, at.rules.rules.norms,
                                 &duties};
  oversight::CheckRequest request{at.day, found->dossier.about, "", {}};
  static_cast<void>(oversight::check_norms(
      *at.reading, at.city, book, request,
      [&](const norms::Subject& subject, const norms::Finding& finding) {
        if (!dossiers::asks_norm(*item, finding.norm->id) ||
            finding.verdict == norms::Verdict::not_applicable) {
          return;
        }
        if (common.json) {
          oversight::write_finding(w, subject, finding, at.rules.rules.facts);
          return;
        }
        for (const norms::CheckResult& check : finding.checks) {
          fmt::print("{}/{} [{}] {} {}\n", finding.norm->id, check.check->id,
                     norms::name(check.verdict), finding.norm->clause, check.check->text.zh);
        }
      }));
  w.end_array().member("item", item->row.code).member("key", options.key);
  w.member("subject", found->dossier.about).end_object();
  if (common.json) {
    fmt::print("{}\n", out);
    return kDone;
  }
  for (std::size_t n = 0; n < item->content.size(); ++n) {
    fmt::print("{}/{} [to be seen] {} {}\n", item->row.code, n + 1, item->content[n],
               duties::content_en(*item, n));
  }
  return kDone;
}

Result<std::vector<dossiers::Answer>> answers_of(const InspectOptions& options) {
  std::vector<std::string> lines = options.answers;
  if (!options.answers_file.empty()) {
    std::ifstream in(options.answers_file);
    if (!in) {
      return Error{ErrorCode::bad_file, options.answers_file, "cannot be read"};
    }
    for (std::string line; std::getline(in, line);) {
      if (!line.empty()) {
        lines.push_back(line);
      }
    }
  }
  std::vector<dossiers::Answer> out;
  out.reserve(lines.size());
  for (const std::string& line : lines) {
    HUAN_TRY(answer, dossiers::parse_answer(line));
    out.push_back(std::move(answer));
  }
  return out;
}

/// Runs `step` with a desk of the operator or, with --as, of an inspector of that name.
template <class Step>
auto at_desk(const Common& common, const InspectOptions& options, const Overseen& at,
             const Step& step) {
  Writing writing{common};
  const app::Files files(common.files_folder());
  const app::DrawDesk desk{*writing.store,        writing.recorder,   writing.clock, files,
                           at.rules.rules.duties, inspected_city(at), "operator",    {options.as}};
  return step(desk);
}

int say_step(const Common& common, const std::string& key, const app::FiledDossier& filed) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    write_keyed(w, {key, filed.version, {}, filed.dossier});
    fmt::print("{}\n", out);
    return kDone;
  }
  const std::string number = dossiers::text_in(filed.dossier, "number");
  fmt::print("{} is {}, version {}{}{}\n", key, filed.dossier.state, filed.version,
             number.empty() ? "" : ": ", number);
  return kDone;
}

int visit(const Common& common, const InspectOptions& options, const Overseen& at) {
  const auto answers = answers_of(options);
  if (!answers) {
    return refused(common, answers.error());
  }
  const auto done = at_desk(common, options, at, [&](const app::DrawDesk& desk) {
    return app::visit_inspection(desk, options.key,
                                 {at.day, *answers, options.result, options.refusal});
  });
  if (!done) {
    return refused(common, done.error());
  }
  say_step(common, options.key, done->inspection);
  return done->order ? say_step(common, done->order_key, *done->order) : kDone;
}

int sign(const Common& common, const InspectOptions& options, const Overseen& at) {
  const auto done = at_desk(common, options, at, [&](const app::DrawDesk& desk) {
    const bool publish = options.action == "publish";
    return app::sign_inspection(
        desk, {options.key, options.sign_as, publish ? "published" : options.state});
  });
  return done ? say_step(common, options.key, *done) : refused(common, done.error());
}

int bulletin(const Common& common, const InspectOptions& options, const Overseen& at) {
  const auto from = base::parse_day(options.from);
  const auto to = base::parse_day(options.to);
  if (!from || !to || to->n < from->n) {
    return refused(common, {ErrorCode::bad_time, "--from", "--from and --to, days in order"});
  }
  const auto done = at_desk(common, options, at, [&](const app::DrawDesk& desk) {
    return app::draft_bulletin(desk, options.key, {*from, *to}, options.city.district);
  });
  return done ? say_step(common, options.key, *done) : refused(common, done.error());
}

int plan(const Common& common, const Overseen& at) {
  const auto row = inspected_city(at);
  const auto dossiers_read = app::filed_dossiers(*at.reading, row, {"draw", "inspection"});
  const auto standings =
      dossiers::plan_standings(at.rules.rules.duties.inspection_items, dossiers_read, at.day);
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const dossiers::PlanStanding& one : standings) {
    w.begin_object().member("draws", one.draws).member("draws_planned", one.item->per_year);
    w.member("item", one.item->row.code).member("late_publications", one.late_publications);
    w.member("late_visits", one.late_visits).member("published", one.published);
    w.member("subjects", one.subjects).member("visited", one.visited);
    w.member("wanting", one.wanting).end_object();
    if (!common.json) {
      fmt::print(
          "{:<22} draws {} of {}, subjects {}, visited {} ({} late), published {} ({} late), "
          "wanting {}\n",
          one.item->row.code, one.draws, one.item->per_year, one.subjects, one.visited,
          one.late_visits, one.published, one.late_publications, one.wanting);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int late(const Common& common, const Overseen& at) {
  const auto row = inspected_city(at);
  const auto found = dossiers::late_on(
      app::filed_dossiers(*at.reading, row, {"inspection", "rectification"}), at.day);
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const dossiers::Late& one : found) {
    w.begin_object().member("due", base::format_day(one.due)).key("inspectors").begin_array();
    for (const std::string& who : one.inspectors) {
      w.string(who);
    }
    w.end_array().member("key", one.key).member("step", name(one.step));
    w.member("subject", one.subject).end_object();
    if (!common.json) {
      fmt::print("{} {:<14} {:<20} {}\n", base::format_day(one.due), name(one.step), one.key,
                 one.subject);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

void write_credit(json::Writer& w, const std::string& party, const dossiers::Credit& credit) {
  w.begin_object().member("party", party).key("points").begin_array();
  for (const dossiers::CreditPoint& point : credit.points) {
    w.begin_object().member("appealed", point.appealed).member("counts", point.counts());
    w.member("dossier", point.dossier).member("from", base::format_day(point.from));
    w.member("points", point.rule->points).member("rule", point.rule->row.code);
    w.member("until", base::format_day(point.until)).member("zh", point.rule->row.zh);
    w.end_object();
  }
  w.end_array().member("score", credit.score);
  w.member("tier", credit.tier == nullptr ? "" : credit.tier->row.code).end_object();
}

int credit(const Common& common, const InspectOptions& options, const Overseen& at) {
  const auto book = app::credit_on(*at.reading, inspected_city(at), at.rules.rules.duties, at.day);
  std::map<std::string, dossiers::Credit, std::less<>> shown = book.all();
  if (!options.party.empty()) {
    shown = {{options.party, book.of(options.party)}};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const auto& [party, one] : shown) {
    write_credit(w, party, one);
    if (common.json) {
      continue;
    }
    fmt::print("{:<20} {:>3} {}\n", party, one.score,
               one.tier == nullptr ? "" : one.tier->row.code + " " + one.tier->row.zh);
    for (const dossiers::CreditPoint& point : one.points) {
      fmt::print("    {:>+4} {} – {} {} ({}){}\n", point.rule->points, base::format_day(point.from),
                 base::format_day(point.until), point.rule->row.zh, point.dossier,
                 point.appealed   ? ", appealed"
                 : point.repaired ? ", repaired"
                                  : "");
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

/// What the records of a month say that would count in a firm's credit if it were entered.
int proposals(const Common& common, const InspectOptions& options, const Overseen& at) {
  const base::Day before{duties::term_of(duties::Period::month, at.day).first.n - 1};
  const auto month = options.month.empty()
                         ? std::optional(duties::term_of(duties::Period::month, before))
                         : declarations::parse_term(duties::Period::month, options.month);
  if (!month) {
    return refused(common, {ErrorCode::bad_time, "--month", "a month is written 2026-11"});
  }
  const oversight::FormBook book{at.rules.pack, at.rules.rules.duties, at.rules.rules.cells,
                                 at.rules.rules.indicators};
  auto found =
      oversight::propose_credit(*at.reading, at.city, book, {month->first, month->last, at.day});
  std::erase_if(found, [&](const oversight::CreditProposal& one) {
    return !options.party.empty() && one.party != options.party;
  });
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const oversight::CreditProposal& one : found) {
    oversight::write_proposal(w, one);
    if (!common.json) {
      fmt::print("{} {} {}: {} [{}]\n", base::format_day(one.day), one.kind, one.party, one.what.en,
                 one.key);
    }
  }
  w.end_array().member("month", declarations::term_text(duties::Period::month, *month));
  w.end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return found.empty() ? kDone : kWanting;
}

int inspect(const Common& common, const InspectOptions& options) {
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  if (options.action == "list") {
    return list_inspections(common, options, *at);
  }
  if (options.action == "checklist") {
    return checklist(common, options, *at);
  }
  if (options.action == "visit") {
    return visit(common, options, *at);
  }
  if (options.action == "sign" || options.action == "publish") {
    return sign(common, options, *at);
  }
  if (options.action == "bulletin") {
    return bulletin(common, options, *at);
  }
  if (options.action == "plan") {
    return plan(common, *at);
  }
  if (options.action == "proposals") {
    return proposals(common, options, *at);
  }
  return options.action == "late" ? late(common, *at) : credit(common, options, *at);
}

}  // namespace

void add_inspect(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "inspect", "inspections that a draw gave, from visit to publication");
  auto options = std::make_shared<InspectOptions>();
  const CLI::IsMember actions({"list", "checklist", "visit", "sign", "publish", "plan", "late",
                               "bulletin", "credit", "proposals"});
  one->add_option("action", options->action,
                  "list, checklist, visit, sign, publish, plan, late, bulletin, credit or "
                  "proposals (of what would count in it)")
      ->required()
      ->check(actions);
  add_oversight_options(*one, common, options->city);
  one->add_option("--key", options->key, "of the inspection, or of the new bulletin");
  one->add_option("--as", options->as, "who does it; list: theirs only");
  one->add_option("--answer", options->answers, "visit: check, answer, photo or -, note");
  one->add_option("--answers", options->answers_file, "visit: a file with an answer a line");
  one->add_option("--result", options->result, "visit: refused or not_found; default by answers");
  one->add_option("--refusal", options->refusal,
                  "visit: why the subject would not sign, who saw it");
  one->add_option("--sign", options->sign_as, "sign: inspector, second or subject");
  one->add_option("--state", options->state, "list: in this state; sign: brought to this state");
  one->add_option("--party", options->party, "credit, proposals: of this firm");
  one->add_option("--month", options->month, "proposals: 2026-11; default the last that is over");
  one->add_option("--from", options->from, "bulletin: first day");
  one->add_option("--to", options->to, "bulletin: last day");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return inspect(common, *options); };
  });
}

}  // namespace huan::cli
