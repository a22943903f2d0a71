// SPDX-License-Identifier: Apache-2.0
// Lawful buying from the shell: the look back over purchases and departures, the rules, and the run
// of the law's retention.
#include "huan/app/lawful_buying.hpp"

#include <fmt/core.h>

#include "deletions.hpp"
#include "huan/app/filings.hpp"
#include "huan/app/item_file.hpp"
#include "huan/app/named_forms.hpp"
#include "huan/buying/rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "oversight_options.hpp"
#include "subsidy.hpp"

namespace huan::cli {
namespace {

struct BuyingOptions {
  OversightOptions city;
  std::string action;
  std::string from;
  std::string party;
  std::string code;
  std::string as{"operator"};
  std::string names_for;  ///< what the names are needed for; empty: without them
};

void write_finding(json::Writer& w, const app::BuyingFinding& one) {
  w.begin_object().member("clause", one.clause).member("day", base::format_day(one.day));
  w.member("event", one.event).member("finding", app::name(one.what));
  w.member("material", one.material).key("missing").begin_array();
  for (const std::string& field : one.missing) {
    w.string(field);
  }
  w.end_array().member("party", one.party).member("place", one.place);
  w.member("source", one.source).end_object();
}

void print_finding(const app::BuyingFinding& one) {
  std::string missing;
  for (const std::string& field : one.missing) {
    missing += (missing.empty() ? "" : " ") + field;
  }
  fmt::print("{} {} {} {} {} {}: {} [{}] {}\n", base::format_day(one.day), app::name(one.what),
             one.event, one.place, one.material, one.party.empty() ? "-" : one.party, missing,
             one.clause, one.source);
}

int check_period(const Common& common, const Overseen& at, const BuyingOptions& options) {
  const auto from = options.from.empty() ? std::optional(at.day) : base::parse_day(options.from);
  if (!from) {
    return refused(common, {base::ErrorCode::bad_time, "--from", "a day like 2026-11-01"});
  }
  app::BuyingDays days{at.city.code, at.city.offset_s, *from, at.day, {}};
  days.scope.party = options.party;
  days.scope.district = options.city.district;
  const auto findings = app::check_buying(*at.reading, days, at.rules.rules.buying);
  std::string out;
  json::Writer w(out);
  w.begin_object().key("findings").begin_array();
  for (const auto& one : findings) {
    if (common.json) {
      write_finding(w, one);
    } else {
      print_finding(one);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return findings.empty() ? kDone : kWanting;
}

int show_rules(const Common& common, const Overseen& at) {
  const auto& rules = at.rules.rules.buying;
  std::string out;
  json::Writer w(out);
  const auto row = [&](std::string_view kind, const std::string& clause,
                       const std::string& source) {
    w.begin_object().member("clause", clause).member("kind", kind).member("source", source);
    w.end_object();
    if (!common.json) {
      fmt::print("{:<13} {:<16} {}\n", kind, clause, source);
    }
  };
  w.begin_array();
  for (const auto& one : rules.registrations) {
    row("registration", one.clause, one.source);
  }
  for (const auto& one : rules.leavings) {
    row("leaving", one.clause, one.source);
  }
  for (const auto& one : rules.filings) {
    row("filing", one.code, one.source);
  }
  w.end_array();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int list_filings(const Common& common, const Overseen& at, const BuyingOptions& options) {
  app::FilingsAsked asked{at.city.code, at.city.offset_s, at.day, {}};
  asked.scope.party = options.party;
  asked.scope.district = options.city.district;
  bool wanting = false;
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const app::FilingDue& one : app::filings_due(*at.reading, asked, at.rules.rules.buying)) {
    wanting = wanting || one.state == app::FilingDue::State::overdue ||
              one.state == app::FilingDue::State::ended;
    if (common.json) {
      app::write_filing_due(w, one);
    } else {
      fmt::print("{} {} {}: opened {}, due {}{} [{}]\n", one.party, one.code, app::name(one.state),
                 base::format_day(one.opened), base::format_day(one.due),
                 one.to ? ", until " + base::format_day(*one.to) : "", one.source);
    }
  }
  w.end_array();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return wanting ? kWanting : kDone;
}

void print_item(const app::ItemFile& file, std::int32_t offset_s) {
  fmt::print("{} {}: {}\n", file.code, file.kind,
             file.lot.empty() ? "has left" : "in " + file.lot + " at " + file.place);
  for (const app::ItemStep& step : file.steps) {
    fmt::print("  {} {} {} {} {}\n", base::format_time(step.time, offset_s), step.type, step.place,
               step.party.empty() ? "-" : step.party, step.event);
  }
  for (const app::ItemPart& part : file.parts) {
    fmt::print("  part {} {}: {}{}\n", part.kind, part.code,
               part.lot.empty() ? "left by " + part.left_by + " to " + part.taker
                                : "in " + part.lot + " at " + part.place,
               part.mark.empty() ? "" : ", marked " + part.mark);
  }
  for (const std::string& paper : file.papers) {
    fmt::print("  paper {}\n", paper);
  }
  for (const std::string& one : file.missing) {
    fmt::print("  missing {} [{}]\n", one, file.source);
  }
}

int show_item(const Common& common, const Overseen& at, const BuyingOptions& options) {
  const auto file = app::item_file(*at.reading, {at.city.code, at.city.offset_s, {}}, options.code,
                                   at.rules.rules.buying);
  if (!file) {
    return refused(common, file.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_item_file(w, *file, at.city.offset_s);
    fmt::print("{}\n", out);
  } else {
    print_item(*file, at.city.offset_s);
  }
  return file->missing.empty() ? kDone : kWanting;
}

base::Result<app::NamedForm> form_of(const Overseen& at, const BuyingOptions& options,
                                     app::NamesOnForm* names) {
  app::FormCity of{*at.reading, at.city.code, at.city.offset_s, {}};
  of.scope.district = options.city.district;
  of.scope.party = options.party;
  if (options.action == "filings") {
    base::SystemClock clock;
    return app::filings_form(of, clock.now(), at.day, at.rules.rules.buying, names);
  }
  const auto from = options.from.empty() ? std::optional(at.day) : base::parse_day(options.from);
  if (!from || at.day < *from) {
    return base::Error{base::ErrorCode::bad_time, "--from", "a day not after --at: 2026-11-01"};
  }
  return app::registrations_form(of, {*from, at.day}, names);
}

int print_form(const Common& common, const base::Result<app::NamedForm>& form) {
  if (!form) {
    return refused(common, form.error());
  }
  std::string out;
  if (common.json) {
    json::Writer w(out);
    app::write_named_form(w, *form);
    out += '\n';
  } else {
    wire_table::CsvWriter lines(out);
    lines.row(form->columns);
    for (const auto& row : form->rows) {
      lines.row(row);
    }
  }
  fmt::print("{}", out);
  return kDone;
}

/// As the law's form has it. Reading a person in clear text is a record: with names the store is
/// opened for writing.
int show_form(const Common& common, const Overseen& at, const BuyingOptions& options) {
  if (options.names_for.empty()) {
    return print_form(common, form_of(at, options, nullptr));
  }
  Writing writing(common);
  auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  auto names = app::NamesOnForm::open(**personal, {options.as, options.names_for}, at.city.code);
  return names ? print_form(common, form_of(at, options, &*names)) : refused(common, names.error());
}

int run_buying(const Common& common, const BuyingOptions& options) {
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  return options.action == "rules"   ? show_rules(common, *at)
         : options.action == "check" ? check_period(common, *at, options)
         : options.action == "register" || !options.names_for.empty()
             ? show_form(common, *at, options)
         : options.action == "filings" ? list_filings(common, *at, options)
         : options.action == "item"    ? show_item(common, *at, options)
                                       : delete_ended(common, at->city.code, options.as);
}

}  // namespace

void add_buying(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "buying",
               "lawful buying: rules, purchases and departures held against them, retention");
  auto options = std::make_shared<BuyingOptions>();
  one->add_option(
         "action", options->action,
         "rules, check (--from to --at), filings (what is due with whom), register (of scrap "
         "metal, --from to --at), item (the file of a vehicle or appliance), or retention "
         "(erase what is due)")
      ->required()
      ->check(CLI::IsMember({"rules", "check", "filings", "register", "item", "retention"}));
  add_oversight_options(*one, common, options->city);
  one->add_option("--from", options->from, "check, register: first day; default --at alone");
  one->add_option("--party", options->party, "places of this operator only");
  one->add_option("--code", options->code, "item: its number, a VIN");
  one->add_option("--names-for", options->names_for,
                  "register, filings: as a form with names, read out of the vault for this "
                  "purpose, which is recorded for each person");
  one->add_option("--as", options->as, "who does it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return run_buying(common, *options); };
  });
}

}  // namespace huan::cli
