// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>

#include "huan/app/pack_rules.hpp"
#include "huan/app/points.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_pack/aliases.hpp"
#include "huan/wire_pack/points.hpp"
#include "huan/wire_pack/show.hpp"
#include "huan/wire_pack/text.hpp"
#include "pack_words.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct PackOptions {
  std::string folder;
  bool inherited{false};
  std::string day;  ///< --at or --from
};

std::int64_t own(const std::string& pack, const std::vector<duties::Task>& tasks) {
  return std::count_if(tasks.begin(), tasks.end(),
                       [&](const duties::Task& task) { return task.row.pack == pack; });
}

template <class T>
std::int64_t own(const std::vector<T>& rows) {
  return std::count_if(rows.begin(), rows.end(), [](const T& row) { return !row.inherited; });
}

void print_counts(const wire_pack::City& city) {
  const registry::Pack& pack = city.pack;
  fmt::print("{} {} ({}), version {}\n", pack.name, pack.city.zh, pack.city.en, pack.version);
  fmt::print("  districts {}, materials {}\n", pack.districts.size(),
             pack.catalogue.materials().size());
  fmt::print("  norms {} of its own, {} in all\n", own(city.rules.norms), city.rules.norms.size());
  fmt::print("  indicators {} of its own, {} in all\n", own(city.rules.indicators),
             city.rules.indicators.size());
  fmt::print("  tasks {} of its own, {} in all\n", own(pack.name, city.rules.duties.tasks),
             city.rules.duties.tasks.size());
}

void print_points(const std::optional<rewards::Rule>& rule) {
  if (!rule) {
    fmt::print("  points: no rewards.toml, nothing is earned\n");
    return;
  }
  fmt::print("  points: {} a visit, {} kinds by mass, at most {}{}\n", rule->per_visit,
             rule->per_kg.size(), rule->cap_per_visit,
             rule->synthetic ? " (rates of a demonstration)" : "");
}

int check(const Common& common, const PackOptions& options) {
  const auto city = wire_pack::load(options.folder);
  if (!city) {
    return refused(common, city.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("name", city->pack.name).member("ok", true);
    w.member("version", city->pack.version).end_object();
    fmt::print("{}\n", out);
  } else {
    print_counts(*city);
    const auto folders = registry::read_pack_folders(options.folder);
    const auto points = folders ? wire_pack::points_rule_of(*folders, city->pack)
                                : base::Result<std::optional<rewards::Rule>>(folders.error());
    print_points(points ? *points : std::nullopt);
  }
  return kDone;
}

void print_norms(const wire_pack::City& city, bool inherited) {
  for (const norms::Norm& norm : city.rules.norms) {
    if (inherited || !norm.inherited) {
      fmt::print("norm      {:<24} {} {:<12} {} checks  {}\n", norm.id, norms::name(norm.klass),
                 norms::name(norm.force), norm.checks.size(), norm.text.zh);
    }
  }
}

void print_indicators(const wire_pack::City& city, bool inherited) {
  for (const indicators::Indicator& one : city.rules.indicators) {
    if (!inherited && one.inherited) {
      continue;
    }
    std::string targets;
    for (const indicators::Target& target : one.targets) {
      targets += (targets.empty() ? "" : ", ");
      targets += indicators::name(target.comparator);
      targets += " ";
      targets += target.value
                     ? indicators::format_amount(*target.value, one.unit) + " " + one.unit.text
                     : target.text;
    }
    fmt::print("indicator {:<24} {}: {}\n", one.id, one.zh,
               targets.empty() ? "no target" : targets);
  }
}

/// The first moment of a day at the city's offset.
base::Instant beginning_of(base::Day day, std::int32_t offset_s) {
  constexpr std::int64_t kDayS = 86'400;
  return {day.n * kDayS - offset_s};
}

/// A date as given; refused when it is none.
base::Result<std::optional<base::Day>> day_of(const std::string& text, const char* option) {
  const auto day = text.empty() ? std::nullopt : base::parse_day(text);
  if (!text.empty() && !day) {
    return base::Error{base::ErrorCode::bad_time, option, "a date like 2026-11-21 is expected"};
  }
  return day;
}

/// The rules on record in the store, those that hold on a day or the latest.
base::Result<wire_pack::City> on_record(const Common& common, const PackOptions& options) {
  HUAN_TRY(day, day_of(options.day, "--at"));
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  HUAN_TRY(city, common.one_city(*reading));
  const auto row = reading->city(city);
  const auto at = day ? std::optional{beginning_of(*day, row ? row->offset_s : 0)} : std::nullopt;
  const auto rules = app::rules_at(*reading, city, at);
  if (!rules) {
    return base::Error{base::ErrorCode::not_found, city, "no rules are on record for that day"};
  }
  return wire_pack::from_text(*rules);
}

int show(const Common& common, const PackOptions& options) {
  const auto city =
      options.folder.empty() ? on_record(common, options) : wire_pack::load(options.folder);
  if (!city) {
    return refused(common, city.error());
  }
  if (common.json) {
    const auto rows = options.inherited ? wire_pack::Rows::inherited : wire_pack::Rows::own;
    fmt::print("{}\n", wire_pack::show(*city, rows));
    return kDone;
  }
  print_counts(*city);
  print_norms(*city, options.inherited);
  print_indicators(*city, options.inherited);
  for (const duties::Task& task : city->rules.duties.tasks) {
    if (options.inherited || task.row.pack == city->pack.name) {
      fmt::print("task      {:<24} {}\n", task.row.pack + "." + task.row.code, task.row.zh);
    }
  }
  return kDone;
}

void print(const Common& common, const app::UpgradeReport& report, const registry::Pack& pack) {
  if (!common.json) {
    fmt::print("city {}: version {} of {}, before it {}; {} records changed, {} as they were\n",
               report.city, pack.version, pack.name,
               report.before.empty() ? "none on record" : report.before, report.recorded,
               report.unchanged);
    return;
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("before", report.before).member("city", report.city);
  w.member("recorded", static_cast<std::int64_t>(report.recorded));
  w.member("unchanged", static_cast<std::int64_t>(report.unchanged));
  w.member("version", pack.version).end_object();
  fmt::print("{}\n", out);
}

int upgrade(const Common& common, const PackOptions& options) {
  const auto day = day_of(options.day, "--from");
  if (!day) {
    return refused(common, day.error());
  }
  const auto folders = registry::read_pack_folders(options.folder);
  if (!folders) {
    return refused(common, folders.error());
  }
  const auto city = wire_pack::parse(*folders);
  if (!city) {
    return refused(common, city.error());
  }
  Writing writing{common};
  const auto from = *day ? beginning_of(**day, city->pack.utc_offset_s) : base::SystemClock{}.now();
  const auto report = app::upgrade_pack(writing.recorder, city->pack,
                                        {wire_pack::to_text(*folders, city->pack), from});
  if (!report) {
    return refused(common, report.error());
  }
  if (auto kept = keep_pack_words(writing.recorder, city->pack, *folders, from); !kept) {
    return refused(common, kept.error());
  }
  print(common, *report, city->pack);
  return kDone;
}

}  // namespace

base::Result<void> keep_pack_words(app::Recorder& recorder, const registry::Pack& pack,
                                   const std::vector<registry::PackFolder>& folders,
                                   base::Instant from) {
  HUAN_TRY(points, wire_pack::points_rule_of(folders, pack));
  if (points) {
    HUAN_CHECK(app::keep_pack_rule(recorder, pack, *points, from));
  }
  HUAN_TRY(words, wire_pack::everyday_words_of(folders, pack));
  app::keep_everyday_words(recorder, pack.city.code, words);
  return {};
}

void add_pack(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand("pack", "a jurisdiction as data: check a folder, show it");
  one->require_subcommand(1);
  auto options = std::make_shared<PackOptions>();
  const auto add = [&](const char* name, const char* help, auto run) {
    CLI::App* sub = one->add_subcommand(name, help);
    sub->add_flag("--json", common.json, "answer in JSON");
    sub->callback([&common, &verb, options, run] {
      verb = [&common, options, run] { return run(common, *options); };
    });
    return sub;
  };
  const auto add_store = [&](CLI::App* sub) {
    sub->add_option("--store", common.store_url, "where the records are: sqlite:PATH")
        ->envname("HUAN_STORE")
        ->capture_default_str();
  };
  add("check", "say what is wrong with a pack, with file and line", check)
      ->add_option("folder", options->folder, "e.g. packs/yangquan")
      ->required();
  CLI::App* shown = add("show", "its norms, indicators, tasks, forms, quotas and steps", show);
  shown->add_option("folder", options->folder, "e.g. packs/yangquan; none: what the store holds");
  shown->add_flag("--inherited", options->inherited, "those of its parents too");
  shown->add_option("--at", options->day, "of the store: the day on which they hold");
  shown->add_option("--city", common.city, "when the store holds several");
  add_store(shown);
  CLI::App* next = add("upgrade", "take a new version in; the past keeps the old one", upgrade);
  next->add_option("--pack", options->folder, "folder of the new version")->required();
  next->add_option("--from", options->day, "day from which it holds; default: now");
  add_store(next);
}

}  // namespace huan::cli
