// SPDX-License-Identifier: Apache-2.0
// Draws at random 双随机抽取: committed, seeded, drawn, and repeated by anyone from two texts.
#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "dossier_desk.hpp"
#include "huan/app/draws.hpp"
#include "huan/dossiers/fields.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct DrawOptions {
  OversightOptions city;
  std::string action;
  std::string as{"operator"};
  app::DrawPlan plan;
  app::DrawSeed seed;
  std::string papers_file;
  std::string result_file;
};

Result<std::string> whole_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    return Error{ErrorCode::bad_file, path, "cannot be read"};
  }
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

int say_verified(const Common& common, const Result<draw::Outcome>& outcome) {
  if (!outcome) {
    return refused(common, outcome.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("drawn", static_cast<std::int64_t>(outcome->drawn.size()));
    w.member("ok", true).member("seed", crypto::hex(outcome->seed)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("the result is the draw of these papers: {} subjects, seed {}\n",
               outcome->drawn.size(), crypto::hex(outcome->seed));
  }
  return kDone;
}

/// From two texts alone: no store, no pack.
int verify_files(const Common& common, const DrawOptions& options) {
  const auto papers = whole_file(options.papers_file);
  const auto result = papers ? whole_file(options.result_file) : papers;
  if (!result) {
    return refused(common, result.error());
  }
  return say_verified(common, draw::verify(*papers, *result));
}

int list_items(const Common& common, const DrawOptions& options) {
  const auto city = wire_pack::load(options.city.pack);
  if (!city) {
    return refused(common, city.error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const duties::InspectionItem& item : city->rules.duties.inspection_items) {
    w.begin_object().key("basis").begin_array();
    for (const std::string& one : item.basis) {
      w.string(one);
    }
    w.end_array().member("code", item.row.code).key("content").begin_array();
    for (const std::string& one : item.content) {
      w.string(one);
    }
    w.end_array().key("content_en").begin_array();
    for (const std::string& one : item.content_en) {
      w.string(one);
    }
    w.end_array().member("en", item.row.en).member("method", item.method);
    w.member("per_year", item.per_year).member("share_ppm", item.share_ppm);
    w.member("zh", item.row.zh).end_object();
    if (!common.json) {
      fmt::print("{:<22} {} a year, {} ppm  {}\n", item.row.code, item.per_year, item.share_ppm,
                 item.row.zh);
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int say_draw(const Common& common, const std::string& key, const Result<app::FiledDossier>& filed) {
  if (!filed) {
    return refused(common, filed.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    write_keyed(w, {key, filed->version, {}, filed->dossier});
    fmt::print("{}\n", out);
    return kDone;
  }
  const registry::Dossier& d = filed->dossier;
  fmt::print("{} is {}: {} of {}, papers {}\n", key, d.state,
             dossiers::amount_in(d, "count").value_or(0),
             dossiers::amount_in(d, "pool").value_or(0), dossiers::text_in(d, "papers"));
  return kDone;
}

int say_outcome(const Common& common, const Result<draw::Outcome>& outcome,
                const app::DrawnPeople& people) {
  if (!outcome) {
    return refused(common, outcome.error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("drawn").begin_array();
  for (const draw::Drawn& one : outcome->drawn) {
    w.begin_object().key("inspectors").begin_array();
    std::string sent;
    for (const std::string& who : app::names_of(people, one.people)) {
      w.string(who);
      sent += " " + who;
    }
    w.end_array().member("subject", one.object).end_object();
    if (!common.json) {
      fmt::print("{:<24}{}\n", one.object, sent);
    }
  }
  w.end_array().member("seed", crypto::hex(outcome->seed)).end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int show_text(const Common& common, const DrawOptions& options, const Overseen& at,
              app::DrawPaper which) {
  const auto row = at.reading->city(at.city.code);
  const app::Files files(common.files_folder());
  const auto text = row ? app::draw_text(*at.reading, files, *row, options.plan.key, which)
                        : Result<std::string>(Error{ErrorCode::unknown_city, "", at.city.code});
  if (!text) {
    return refused(common, text.error());
  }
  fmt::print("{}", *text);
  return kDone;
}

int write_step(const Common& common, const DrawOptions& options, const Overseen& at) {
  Writing writing{common};
  const app::Files files(common.files_folder());
  const auto row = at.reading->city(at.city.code);
  const app::DrawDesk desk{*writing.store,
                           writing.recorder,
                           writing.clock,
                           files,
                           at.rules.rules.duties,
                           row.value_or(store::CityRow{at.city.code, at.city.offset_s, "", ""}),
                           "operator",
                           {options.as}};
  if (options.action == "commit") {
    app::DrawPlan plan = options.plan;
    plan.district = options.city.district;
    return say_draw(common, plan.key, app::commit_draw(desk, plan));
  }
  if (options.action == "seed") {
    app::DrawSeed seed = options.seed;
    seed.key = options.plan.key;
    return say_draw(common, seed.key, app::seed_draw(desk, seed));
  }
  const auto outcome = app::run_draw(desk, options.plan.key);
  const auto people =
      app::people_of_draw(*writing.store->snapshot(), files, desk.city, options.plan.key);
  return say_outcome(common, outcome, people ? *people : app::DrawnPeople{});
}

int draw_verb(const Common& common, const DrawOptions& options) {
  if (options.action == "verify" && !options.papers_file.empty()) {
    return verify_files(common, options);
  }
  if (options.city.pack.empty()) {
    return refused(common, {ErrorCode::bad_field, "--pack", "the folder of the city's pack"});
  }
  if (options.action == "items") {
    return list_items(common, options);
  }
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  if (options.action == "papers" || options.action == "result") {
    return show_text(common, options, *at,
                     options.action == "papers" ? app::DrawPaper::papers : app::DrawPaper::result);
  }
  if (options.action == "verify") {
    const app::Files files(common.files_folder());
    const auto row = at->reading->city(at->city.code);
    return row ? say_verified(common, app::verify_draw(*at->reading, files, *row, options.plan.key))
               : refused(common, {ErrorCode::unknown_city, "", at->city.code});
  }
  return write_step(common, options, *at);
}

}  // namespace

void add_draw(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "draw",
                           "subjects and inspectors at random, so that anyone can repeat it");
  auto options = std::make_shared<DrawOptions>();
  one->add_option("action", options->action, "items, commit, seed, run, verify, papers or result")
      ->required()
      ->check(CLI::IsMember({"items", "commit", "seed", "run", "verify", "papers", "result"}));
  add_oversight_options(*one, common, options->city);
  one->get_option("--pack")->required(false);
  one->add_option("--key", options->plan.key, "of the draw");
  one->add_option("--item", options->plan.item, "commit: of the list of checks");
  one->add_option("--count", options->plan.count, "commit: so many; default the item's share")
      ->check(CLI::Range(1, 1'000'000));
  one->add_option("--source", options->plan.source,
                  "commit: the outside value that will decide, and how it is written down");
  one->add_option("--known-at", options->plan.known_at,
                  "commit: when it will be known, like 2026-11-25T21:30:00+08:00");
  one->add_option("--value", options->seed.value, "seed: the value");
  one->add_option("--evidence", options->seed.evidence, "seed: where it was read");
  one->add_option("--papers", options->papers_file, "verify: a file, without a store");
  one->add_option("--result", options->result_file, "verify: a file");
  one->add_option("--as", options->as, "who does it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return draw_verb(common, *options); };
  });
}

}  // namespace huan::cli
