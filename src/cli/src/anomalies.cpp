// SPDX-License-Identifier: Apache-2.0
// What is odd in the ledger: hints for inspectors, each with its figures and how to check it.
#include <fmt/core.h>

#include <filesystem>
#include <optional>

#include "huan/app/find_anomalies.hpp"
#include "huan/json/writer.hpp"
#include "huan/track_store/track_store.hpp"
#include "vehicles.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using anomalies::Anomaly;

constexpr std::int32_t kNightlyDays = 45;

struct AnomalyOptions {
  std::string from;
  std::string to;
  std::vector<std::int32_t> due_days{10};
};

void print_anomaly(const Anomaly& one) {
  std::string figures;
  for (const anomalies::Figure& figure : one.figures) {
    figures += fmt::format(" {}={}", figure.name, figure.value);
  }
  fmt::print("{:<17} {:<20} {:<14}{}\n    {}; {}\n", anomalies::name(one.kind), one.subject,
             one.other, figures, anomalies::why(one.kind, false),
             anomalies::how_to_check(one.kind, false));
}

int find(const Common& common, const AnomalyOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto code = common.one_city(*reading);
  const auto row = code ? reading->city(*code) : std::nullopt;
  if (!row) {
    return refused(common,
                   code ? base::Error{base::ErrorCode::unknown_city, "", *code} : code.error());
  }
  const auto from = base::parse_day(options.from);
  const auto to = base::parse_day(options.to);
  if ((!options.from.empty() && !from) || (!options.to.empty() && !to)) {
    return refused(common, {base::ErrorCode::bad_time, "--from", "a day like 2025-06-30"});
  }
  const base::Day last = to ? *to : base::day_of(reading->last(*code).recorded_at, row->offset_s);
  const base::Day first = from ? *from : base::Day{last.n - kNightlyDays + 1};
  std::optional<track_store::TrackStore> tracks;
  if (std::filesystem::exists(tracks_path(common))) {
    tracks.emplace(tracks_path(common));
  }
  const auto silent = [&](const std::string& vehicle, base::Day day) {
    constexpr std::int64_t kDayS = 86'400;
    return tracks &&
           tracks->fell_silent({*code, vehicle},
                               base::Instant{std::int64_t{day.n} * kDayS - row->offset_s});
  };
  const auto report = app::find_anomalies(*reading, *row, {first, last}, options.due_days, silent);
  if (!common.json) {
    for (const Anomaly& one : report.found) {
      print_anomaly(one);
    }
    fmt::print("{} hints in {} events from {} to {}\n", report.found.size(),
               group_digits(static_cast<std::int64_t>(report.events)), base::format_day(first),
               base::format_day(last));
    return kDone;
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("events", static_cast<std::int64_t>(report.events));
  w.member("from", base::format_day(first)).key("items").begin_array();
  for (const Anomaly& one : report.found) {
    app::write_anomaly(w, one);
  }
  w.end_array().member("to", base::format_day(last)).end_object();
  fmt::print("{}\n", out);
  return kDone;
}

}  // namespace

void add_anomalies(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "anomalies", "what is odd in the ledger, and how to check");
  auto options = std::make_shared<AnomalyOptions>();
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--from", options->from, "first day; default 45 days before the last");
  one->add_option("--to", options->to, "last day; default that of the last record");
  one->add_option("--due-day", options->due_days, "of the month, by which forms are due");
  one->callback(
      [&common, &verb, options] { verb = [&common, options] { return find(common, *options); }; });
}

}  // namespace huan::cli
