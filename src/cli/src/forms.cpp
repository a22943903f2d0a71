// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <array>

#include "huan/duties/due.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_pack/rules.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct FormOptions {
  std::string folder;
  std::string code;
  std::string at;
  std::int32_t day{0};
  std::int32_t month{0};
  bool working_days{false};
};

/// A form's next due day, and the stretch of time that it is about.
struct NextDue {
  std::optional<duties::Term> term;
  duties::Due due;
};

NextDue next_due(const duties::Form& form, base::Day at, const duties::OperatorChoice& choice) {
  const duties::Term here = duties::term_of(form.period, at);
  if (form.period == duties::Period::once) {
    return {std::nullopt, duties::due_of(form, here, choice)};
  }
  const duties::Term before = duties::term_of(form.period, base::Day{here.first.n - 1});
  const std::array<duties::Term, 3> terms{before, here, duties::next_term(form.period, here)};
  NextDue out{here, {}};
  for (const duties::Term& term : terms) {
    out = {term, duties::due_of(form, term, choice)};
    if (out.due.day && *out.due.day >= at) {
      return out;
    }
  }
  return out.due.day ? out : NextDue{before, out.due};
}

void put_form(json::Writer& w, const duties::Form& form, const NextDue& next) {
  w.begin_object().member("clause", form.row.clause).member("code", form.row.code);
  w.key("due");
  next.due.day ? w.string(base::format_day(*next.due.day)) : w.null();
  w.key("due_reason");
  next.due.day ? w.null() : w.string(next.due.reason);
  w.member("en", form.row.en).key("from");
  next.term ? w.string(base::format_day(next.term->first)) : w.null();
  w.member("kind", duties::name(form.kind)).member("pack", form.row.pack);
  w.member("period", duties::name(form.period)).member("reconstructed", form.reconstructed);
  w.key("reporters").begin_array();
  for (const std::string& unit : form.reporters) {
    w.string(unit);
  }
  w.end_array().key("to");
  next.term ? w.string(base::format_day(next.term->last)) : w.null();
  w.member("zh", form.row.zh).end_object();
}

void print_form(const duties::Form& form, const NextDue& next) {
  const std::string about = next.term ? fmt::format("{} to {}", base::format_day(next.term->first),
                                                    base::format_day(next.term->last))
                                      : "once";
  fmt::print("{:<12} {}  {}  {}{}\n", form.row.code, form.row.zh, about,
             next.due.day ? "due " + base::format_day(*next.due.day)
                          : "due day not known: " + next.due.reason,
             form.reconstructed ? "  (form reconstructed)" : "");
}

int forms(const Common& common, const FormOptions& options) {
  const auto city = wire_pack::load(options.folder);
  if (!city) {
    return refused(common, city.error());
  }
  const base::Day today = base::day_of(base::SystemClock{}.now(), city->pack.utc_offset_s);
  const auto at = options.at.empty() ? std::optional{today} : base::parse_day(options.at);
  if (!at) {
    return refused(common, {base::ErrorCode::bad_time, "--at", "a date like 2026-11-21"});
  }
  duties::OperatorChoice choice;
  choice.day = options.day > 0 ? std::optional{options.day} : std::nullopt;
  choice.month = options.month > 0 ? std::optional{options.month} : std::nullopt;
  choice.move_to_working_day = options.working_days;
  std::string out;
  json::Writer w(out);
  w.begin_object().key("forms").begin_array();
  for (const duties::Form& form : city->rules.duties.forms) {
    if (!options.code.empty() && form.row.code != options.code) {
      continue;
    }
    const NextDue next = next_due(form, *at, choice);
    if (common.json) {
      put_form(w, form, next);
    } else {
      print_form(form, next);
    }
  }
  w.end_array().member("pack", city->pack.name).end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

}  // namespace

void add_forms(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand("forms", "what has to be handed in, and when it is due next");
  auto options = std::make_shared<FormOptions>();
  one->add_option("--pack", options->folder, "e.g. packs/shijiazhuang")->required();
  one->add_option("--at", options->at, "the day it is, e.g. 2024-05-06; default today");
  one->add_option("--form", options->code, "this form only");
  one->add_option("--day", options->day, "due day of the month where the text states none")
      ->check(CLI::Range(1, 31));
  one->add_option("--month", options->month, "due month of the period where the text states none")
      ->check(CLI::Range(1, 12));
  one->add_flag("--working-days", options->working_days, "move due days off weekends");
  one->add_flag("--json", common.json, "answer in JSON");
  one->callback(
      [&common, &verb, options] { verb = [&common, options] { return forms(common, *options); }; });
}

}  // namespace huan::cli
