// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>

#include "huan/json/writer.hpp"
#include "huan/wire_pack/show.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct PackOptions {
  std::string folder;
  bool inherited{false};
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

int show(const Common& common, const PackOptions& options) {
  const auto city = wire_pack::load(options.folder);
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

}  // namespace

void add_pack(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = root.add_subcommand("pack", "a jurisdiction as data: check a folder, show it");
  one->require_subcommand(1);
  auto options = std::make_shared<PackOptions>();
  const auto add = [&](const char* name, const char* help, auto run) {
    CLI::App* sub = one->add_subcommand(name, help);
    sub->add_option("folder", options->folder, "e.g. packs/yangquan")->required();
    sub->add_flag("--json", common.json, "answer in JSON");
    sub->callback([&common, &verb, options, run] {
      verb = [&common, options, run] { return run(common, *options); };
    });
    return sub;
  };
  add("check", "say what is wrong with a pack, with file and line", check);
  add("show", "its norms, indicators, tasks, forms, quotas and steps", show)
      ->add_flag("--inherited", options->inherited, "those of its parents too");
}

}  // namespace huan::cli
