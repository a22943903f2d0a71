// SPDX-License-Identifier: Apache-2.0
#include "deletions.hpp"

#include <fmt/core.h>

#include "huan/app/deletions.hpp"
#include "huan/json/writer.hpp"

namespace huan::cli {
namespace {

constexpr std::size_t kPage = 1'000;

void write_run(json::Writer& w, const app::KeptDeletion& run) {
  w.begin_object().member("by", run.by).key("classes").begin_object();
  for (const auto& [name, values] : run.classes) {
    w.member(name, values);
  }
  w.end_object().member("id", run.id).member("key", run.key).member("list", run.list);
  w.member("persons", run.persons).member("ran_at", run.ran_at).member("removed", run.removed);
  w.member("sound", run.sound).member("until", run.until).key("values").begin_array();
  for (const std::string& line : run.lines) {
    w.string(line);
  }
  w.end_array().end_object();
}

void print_run(const app::KeptDeletion& run) {
  std::string classes;
  for (const auto& [name, values] : run.classes) {
    classes += fmt::format(" {} {}", name, values);
  }
  fmt::print("{} {} by {}: {} values of {} persons, ended by {};{} {}{}\n", run.key, run.ran_at,
             run.by, run.removed, run.persons, run.until, classes, run.list,
             run.sound ? "" : " NOT SOUND");
}

std::vector<app::KeptDeletion> runs_of(store::Reading& reading, vault::VaultStore& fields,
                                       const std::string& city) {
  std::vector<app::KeptDeletion> runs;
  for (store::Page page{"", kPage};;) {
    auto some = app::deletions(reading, city, page);
    for (app::KeptDeletion& run : some) {
      app::check_deletion(fields, city, run);
      runs.push_back(std::move(run));
    }
    if (some.size() < page.limit) {
      break;
    }
    page.after = runs.back().key;
  }
  return runs;
}

}  // namespace

int delete_ended(const Common& common, const std::string& city, const std::string& who) {
  Writing writing{common};
  const auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  const auto runs = (*personal)->delete_ended(city, {who}, true);
  if (!runs) {
    return refused(common, runs.error());
  }
  for (const app::DeletionRun& run : *runs) {
    if (common.json) {
      std::string out;
      json::Writer w(out);
      w.begin_object().member("key", run.key);
      w.member("removed", static_cast<std::int64_t>(run.removed)).end_object();
      fmt::print("{}\n", out);
    } else {
      fmt::print("{} values removed whose retention has ended; on record as {}\n", run.removed,
                 run.key);
    }
  }
  return kDone;
}

int list_deletions(const Common& common, const std::string& city) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto row = reading->city(city);
  const auto fields = common.doors.vaults.of_reading(*reading);
  const auto runs = runs_of(*reading, *fields, city);
  base::SystemClock clock;
  const auto today = base::day_of(clock.now(), row ? row->offset_s : 0);
  const auto late = app::overdue(*fields, city, today);
  bool sound = late == 0;
  std::string out;
  json::Writer w(out);
  w.begin_object().member("overdue", static_cast<std::int64_t>(late)).key("runs").begin_array();
  for (const app::KeptDeletion& run : runs) {
    sound = sound && run.sound;
    common.json ? write_run(w, run) : print_run(run);
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  } else {
    fmt::print("{} values are overdue\n", late);
  }
  return sound ? kDone : kWanting;
}

}  // namespace huan::cli
