// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "huan/oversight/render.hpp"
#include "huan/oversight/standings.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

using indicators::format_amount;

constexpr std::int64_t kPpmInPercent = 10'000;
constexpr std::int64_t kPpmInTenth = 1'000;

std::string amount(const std::optional<std::int64_t>& value, const indicators::Unit& unit) {
  return value ? format_amount(*value, unit) : std::string("–");
}

std::string target_text(const indicators::TargetStanding& standing, const indicators::Unit& unit) {
  const indicators::Target& target = *standing.target;
  std::string text =
      target.value ? std::string(name(target.comparator)) + " " + format_amount(*target.value, unit)
                   : target.text;
  return text + (target.deadline ? " by " + base::format_day(*target.deadline) : "");
}

void print(const oversight::NamedStanding& named) {
  const indicators::Indicator& indicator = *named.indicator;
  const indicators::Standing& standing = named.standing;
  fmt::print("{:<24} {} {} {}{}{}\n", indicator.id, indicator.zh,
             amount(standing.value, indicator.unit), indicator.unit.text,
             standing.value ? "" : fmt::format(" ({})", name(standing.missing)),
             standing.expired ? " expired" : "");
  for (const auto& target : standing.targets) {
    const std::string progress =
        target.progress_ppm ? fmt::format(", {} % of the way", *target.progress_ppm / kPpmInPercent)
                            : std::string{};
    std::string ahead;
    if (target.forecast) {
      ahead = ", forecast " + format_amount(target.forecast->value, indicator.unit);
      if (target.forecast->low) {
        ahead += fmt::format(" ({} to {})", format_amount(*target.forecast->low, indicator.unit),
                             format_amount(*target.forecast->high, indicator.unit));
      }
      if (target.forecast->error_ppm) {
        ahead += fmt::format(", wrong by {}.{} % on its own past",
                             *target.forecast->error_ppm / kPpmInPercent,
                             *target.forecast->error_ppm % kPpmInPercent / kPpmInTenth);
      }
    }
    fmt::print("    {}: {}{}{}\n", target_text(target, indicator.unit), name(target.status),
               progress, ahead);
  }
}

void print_csv(const std::vector<oversight::NamedStanding>& standings) {
  std::string out;
  wire_table::CsvWriter csv(out);
  csv.row(oversight::standing_header());
  for (const auto& named : standings) {
    for (const auto& row : oversight::standing_rows(named)) {
      csv.row(row);
    }
  }
  fmt::print("{}", out);
}

int indicators_of(const Common& common, const OversightOptions& options) {
  const auto overseen = oversee(common, options);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  const auto standings = oversight::stand(*overseen->reading, overseen->city,
                                          {overseen->rules.pack, overseen->rules.rules.indicators},
                                          overseen->day, options.district);
  if (options.csv) {
    print_csv(standings);
  } else if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("at", base::format_day(overseen->day)).key("items").begin_array();
    for (const auto& named : standings) {
      oversight::write_standing(w, named);
    }
    w.end_array().member("pack", overseen->rules.pack.name).end_object();
    fmt::print("{}\n", out);
  } else {
    for (const auto& named : standings) {
      print(named);
    }
  }
  return kDone;
}

}  // namespace

void add_indicators(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "indicators", "targets: value, progress, pace, forecast");
  auto options = std::make_shared<OversightOptions>();
  add_oversight_options(*one, common, *options);
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return indicators_of(common, *options); };
  });
}

}  // namespace huan::cli
