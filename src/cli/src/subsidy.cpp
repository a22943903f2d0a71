// SPDX-License-Identifier: Apache-2.0
// The subsidy for low-value recyclables from the shell: what is due, statements, appeals.
#include "subsidy.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "huan/app/subsidies.hpp"
#include "huan/invoicing/filing.hpp"
#include "huan/subsidy/statement.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

struct SubsidyOptions {
  OversightOptions city;
  std::string action;
  std::string tier;
  std::string party;
  std::string key;
  std::string note;
  std::string as{"operator"};
  int year{0};
};

void print_statement(const Common& common, const app::KeptStatement& kept) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_statement(w, kept);
    fmt::print("{}\n", out);
    return;
  }
  const auto& one = kept.statement;
  fmt::print("{} {}: {} in all, due {} yuan{}, before {}, this one {}; {} lots changed\n", kept.key,
             subsidy::name(one.state), mass_text(one.settled.count()), invoicing::yuan(one.due),
             one.capped ? " (cap)" : "", invoicing::yuan(one.before), invoicing::yuan(one.amount),
             one.lines.size());
}

int tiers(const Common& common, const Overseen& at) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const subsidy::Tier& one : at.rules.rules.subsidy.tiers) {
    w.begin_object().key("cap_fen_per_year");
    one.cap ? w.integer(one.cap->count()) : w.null();
    w.member("code", one.code).member("from", base::format_day(one.from));
    w.key("rate_fen_per_t");
    one.rate ? w.integer(one.rate->count()) : w.null();
    w.member("source", one.source).member("zh", one.zh).end_object();
    if (!common.json) {
      fmt::print("{:<10} {:<12} from {} {}: {}\n", one.code, one.zh, base::format_day(one.from),
                 one.rate ? invoicing::yuan(*one.rate) + " yuan a tonne" : "no rate is stated",
                 one.source);
    }
  }
  w.end_array();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

app::SubsidyAsk asked(const Overseen& at, const SubsidyOptions& options) {
  app::SubsidyAsk ask;
  ask.city = at.city.code;
  ask.claim = {options.tier, options.party,
               options.year == 0 ? base::civil_of(at.day).year : options.year};
  ask.by = {options.as};
  return ask;
}

int look(const Common& common, const Overseen& at, const SubsidyOptions& options) {
  if (options.action == "list") {
    for (const auto& kept : app::read_statements(
             *at.reading, at.city.code, {options.tier, options.city.district, options.party, {}})) {
      print_statement(common, kept);
    }
    return kDone;
  }
  app::Tracer tracer;
  app::Subsidies subsidies({*at.store, nullptr, tracer}, at.rules.rules.subsidy,
                           at.rules.pack.catalogue,
                           at.rules.pack.name + " " + at.rules.pack.version);
  const auto due = subsidies.due(asked(at, options));
  if (!due) {
    return refused(common, due.error());
  }
  if (*due) {
    print_statement(common, **due);
  } else {
    fmt::print("{}\n", common.json ? "null" : "nothing is open");
  }
  return kDone;
}

int change(const Common& common, const Overseen& at, const SubsidyOptions& options) {
  Writing writing{common};
  app::Tracer tracer;
  app::Subsidies subsidies({*writing.store, &writing.recorder, tracer}, at.rules.rules.subsidy,
                           at.rules.pack.catalogue,
                           at.rules.pack.name + " " + at.rules.pack.version);
  if (options.action == "draw") {
    const auto drawn = subsidies.draw(asked(at, options));
    if (!drawn) {
      return refused(common, drawn.error());
    }
    if (*drawn) {
      print_statement(common, **drawn);
    } else {
      fmt::print("{}\n", common.json ? "null" : "nothing is open");
    }
    return kDone;
  }
  using subsidy::StatementState;
  const auto to = options.action == "pay"      ? StatementState::paid
                  : options.action == "appeal" ? StatementState::appealed
                                               : StatementState::withdrawn;
  const auto moved = subsidies.move({at.city.code, options.key, to, options.note, {options.as}});
  if (!moved) {
    return refused(common, moved.error());
  }
  print_statement(common, *moved);
  return kDone;
}

int run_subsidy(const Common& common, const SubsidyOptions& options) {
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  if (options.action == "tiers") {
    return tiers(common, *at);
  }
  const bool looks = options.action == "due" || options.action == "list";
  return looks ? look(common, *at, options) : change(common, *at, options);
}

}  // namespace

void add_subsidy(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "subsidy",
                           "subsidy for low-value recyclables: tiers, due, draw, pay, appeal");
  auto options = std::make_shared<SubsidyOptions>();
  one->add_option("action", options->action, "tiers, due, draw, pay, appeal, withdraw or list")
      ->required()
      ->check(CLI::IsMember({"tiers", "due", "draw", "pay", "appeal", "withdraw", "list"}));
  add_oversight_options(*one, common, options->city);
  one->add_option("--tier", options->tier, "county, city or province");
  one->add_option("--party", options->party, "the claimant: who operates the places");
  one->add_option("--year", options->year, "of receipt; default this one")
      ->check(CLI::Range(0, 2199));
  one->add_option("--key", options->key, "of a statement");
  one->add_option("--note", options->note, "why");
  one->add_option("--as", options->as, "who does it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return run_subsidy(common, *options); };
  });
}

}  // namespace huan::cli
