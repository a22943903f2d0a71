// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "huan/app/put_all.hpp"
#include "huan/oversight/history.hpp"
#include "huan/oversight/render.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

constexpr std::size_t kFlush = std::size_t{1} << 20;
constexpr std::size_t kFailsShown = 20;
constexpr std::int64_t kPpmOfPercent = 10'000;

struct CheckOptions : OversightOptions {
  std::string subject;
  std::vector<std::string> verdicts;
  std::vector<std::string> norms;
  bool summary{false};
  bool record{false};
  bool history{false};
  std::string since;
};

bool wants(const CheckOptions& options, const norms::Finding& finding) {
  const auto among = [](const std::vector<std::string>& list, std::string_view one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
  };
  return !options.summary && among(options.verdicts, name(finding.verdict)) &&
         among(options.norms, finding.norm->id);
}

void flush(std::string& out, std::size_t above) {
  if (out.size() > above) {
    fmt::print("{}", out);
    out.clear();
  }
}

std::string percent(std::optional<std::int64_t> ppm) {
  return ppm ? fmt::format("{}.{:02} %", *ppm / kPpmOfPercent, *ppm % kPpmOfPercent / 100)
             : std::string("not known");
}

/// Findings as they come, in one of the three forms; then the report.
class Printer {
 public:
  Printer(const Common& common, const CheckOptions& options, const oversight::NormBook& book)
      : common_(common), options_(options), book_(book), csv_(out_) {
    if (options.csv) {
      csv_.row(oversight::finding_header());
    } else if (common.json) {
      out_ = R"({"findings":[)";
    }
  }

  void finding(const norms::Subject& subject, const norms::Finding& finding) {
    if (options_.csv) {
      if (wants(options_, finding)) {
        csv_.row(oversight::finding_cells(subject, finding, book_.table));
      }
    } else if (common_.json) {
      if (wants(options_, finding)) {
        out_ += first_ ? "" : ",";
        first_ = false;
        json::Writer w(out_);
        oversight::write_finding(w, subject, finding, book_.table);
      }
    } else if (finding.verdict == norms::Verdict::fail && fails_++ < kFailsShown) {
      remember(subject, finding);
    }
    flush(out_, kFlush);
  }

  void end(const oversight::CheckReport& report) {
    if (options_.csv) {
      flush(out_, 0);
    } else if (common_.json) {
      std::string tail;
      json::Writer w(tail);
      w.begin_object().member("pack", book_.pack.name);
      oversight::write_report(w, report, book_);
      w.end_object();
      out_ += "]," + tail.substr(1) + "\n";
      flush(out_, 0);
    } else {
      summary(report);
    }
  }

 private:
  void remember(const norms::Subject& subject, const norms::Finding& finding) {
    std::string cure;
    for (const norms::CheckResult& result : finding.checks) {
      if (result.verdict == norms::Verdict::fail) {
        cure += (cure.empty() ? "" : "; ") + oversight::remedy(result, book_.table);
      }
    }
    failed_ +=
        fmt::format("  {:<24} {:<20} {}{}\n", finding.norm->id, subject.id,
                    finding.since ? "since " + base::format_day(*finding.since) + ": " : "", cure);
  }

  void summary(const oversight::CheckReport& report) const {
    fmt::print("{:<28} {:>7} {:>7} {:>10} {:>8}  {}\n", "norm", "pass", "fail", "not known",
               "not appl", "force");
    for (const norms::Norm& norm : book_.norms) {
      const auto found = report.board.all().by_norm.find(norm.id);
      if (found == report.board.all().by_norm.end()) {
        continue;
      }
      const norms::Tally& tally = found->second;
      fmt::print("{:<28} {:>7} {:>7} {:>10} {:>8}  {}\n", norm.id, tally.pass, tally.fail,
                 tally.not_known, tally.not_applicable, name(norm.force));
    }
    fmt::print("{}", failed_);
    if (fails_ > kFailsShown) {
      fmt::print("  … {} more that fail; --json or --csv gives all\n", fails_ - kFailsShown);
    }
    for (const std::string& note : report.notes) {
      fmt::print("note: {}\n", note);
    }
    const norms::Tally& total = report.board.all().total;
    fmt::print("{} on {}: {} of {} that could be judged pass ({}), {} not known\n", book_.pack.name,
               base::format_day(report.day), total.pass, total.pass + total.fail,
               percent(total.share()), total.not_known);
  }

  const Common& common_;
  const CheckOptions& options_;
  const oversight::NormBook& book_;
  std::string out_;
  wire_table::CsvWriter csv_;
  bool first_{true};
  std::size_t fails_{0};
  std::string failed_;
};

void write_stretch(json::Writer& w, const oversight::Stretch& one) {
  w.begin_object().member("from", base::format_day(one.from)).member("norm", one.norm);
  w.member("pack", one.pack).member("subject", one.subject);
  w.member("subject_kind", name(one.kind)).key("to");
  one.to ? w.string(base::format_day(*one.to)) : w.null();
  w.member("verdict", one.verdict).member("version", one.version).end_object();
}

int print_history(const Common& common, const CheckOptions& options,
                  const std::vector<oversight::Stretch>& stretches) {
  const bool in_json = common.json && !options.csv;
  std::string out = in_json ? R"({"history":[)" : "";
  std::optional<wire_table::CsvWriter> csv;
  if (options.csv) {
    csv.emplace(out).row(
        {"subject_kind", "subject", "norm", "verdict", "from", "to", "pack", "version"});
  }
  bool first = true;
  for (const oversight::Stretch& one : stretches) {
    const std::string from = base::format_day(one.from);
    const std::string to = one.to ? base::format_day(*one.to) : "";
    if (csv) {
      csv->row({std::string(name(one.kind)), one.subject, one.norm, one.verdict, from, to, one.pack,
                one.version});
    } else if (in_json) {
      out += first ? "" : ",";
      json::Writer w(out);
      write_stretch(w, one);
    } else {
      out += fmt::format("{:<24} {:<24} {:<14} {} – {:<10}  {} {}\n", one.subject, one.norm,
                         one.verdict, from, to, one.pack, one.version);
    }
    first = false;
    flush(out, kFlush);
  }
  out += in_json ? "]}\n" : "";
  flush(out, 0);
  return kDone;
}

int show_history(const Common& common, const CheckOptions& options) {
  const auto overseen = oversee(common, options);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  oversight::HistoryRequest request;
  request.subject = options.subject;
  request.norm = options.norms.size() == 1 ? options.norms.front() : std::string{};
  if (!options.since.empty()) {
    request.since = base::parse_day(options.since);
    if (!request.since) {
      return refused(common, {base::ErrorCode::bad_time, "--since", "a day like 2025-06-30"});
    }
  }
  if (!options.district.empty()) {
    request.sees = [&](const norms::Subject& one) { return one.district == options.district; };
  }
  auto stretches = oversight::history(*overseen->reading, overseen->city, request);
  std::erase_if(stretches, [&](const oversight::Stretch& one) {
    const auto among = [](const std::vector<std::string>& list, const std::string& what) {
      return list.empty() || std::find(list.begin(), list.end(), what) != list.end();
    };
    return !among(options.norms, one.norm) || !among(options.verdicts, one.verdict);
  });
  return print_history(common, options, stretches);
}

/// Keeps what was found: a version for each subject of whom something changed.
int keep(const Common& common, Overseen overseen, const oversight::Findings& findings) {
  const auto changed = findings.changed(*overseen.reading, overseen.city);
  if (!changed) {
    return refused(common, changed.error());
  }
  overseen.reading.reset();
  overseen.store.reset();
  std::vector<app::RegistryPut> puts;
  puts.reserve(changed->size());
  for (const oversight::FindingVersion& one : *changed) {
    app::RegistryPut put;
    put.kind = "finding";
    put.key = one.key;
    put.data = registry::to_json(one.judged);
    puts.push_back(std::move(put));
  }
  Writing writing{common};
  const auto recorded = app::put_all(writing.recorder, overseen.city.code, puts, {"check"});
  if (!recorded) {
    return refused(common, recorded.error());
  }
  fmt::print(stderr, "{} subjects changed, kept on record\n", *recorded);
  return kDone;
}

int check(const Common& common, const CheckOptions& options) {
  auto overseen = oversee(common, options);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  const wire_pack::City& rules = overseen->rules;
  const oversight::NormBook book{rules.pack, rules.rules.facts, rules.rules.norms,
                                 &rules.rules.duties};
  Printer printer{common, options, book};
  oversight::Findings findings{rules.pack.name, rules.pack.version, overseen->day};
  const auto report = oversight::check_norms(
      *overseen->reading, overseen->city, book, {overseen->day, options.subject, options.district},
      [&](const norms::Subject& subject, const norms::Finding& finding) {
        printer.finding(subject, finding);
        if (options.record) {
          findings.add(subject, finding);
        }
      });
  printer.end(report);
  if (options.record) {
    const int kept = keep(common, std::move(*overseen), findings);
    if (kept != kDone) {
      return kept;
    }
  }
  return report.board.all().total.fail == 0 ? kDone : kWanting;
}

}  // namespace

void add_check(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "check", "places, firms and districts against the norms");
  auto options = std::make_shared<CheckOptions>();
  add_oversight_options(*one, common, *options);
  one->add_option("--subject", options->subject, "this subject only, by its id");
  one->add_option("--verdict", options->verdicts, "only these: pass, fail, not_known, …")
      ->delimiter(',');
  one->add_option("--norm", options->norms, "only these norms, by id")->delimiter(',');
  one->add_flag("--summary", options->summary, "scores without the findings");
  const auto record = one->add_flag("--record", options->record,
                                    "keep on record what changed since it was last judged");
  record->excludes(one->get_option("--subject"))->excludes(one->get_option("--district"));
  one->add_flag("--history", options->history, "what was found over time, as kept on record")
      ->excludes(record);
  one->add_option("--since", options->since, "--history: what held on that day or later")
      ->needs(one->get_option("--history"));
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      return options->history ? show_history(common, *options) : check(common, *options);
    };
  });
}

}  // namespace huan::cli
