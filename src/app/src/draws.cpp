// SPDX-License-Identifier: Apache-2.0
#include "huan/app/draws.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "huan/crypto/random.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/dossiers/inspection.hpp"
#include "huan/json/document.hpp"
#include "huan/log/tiles.hpp"
#include "store_tiles.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Dossier;

constexpr std::size_t kPoolPage = 1'000;
constexpr std::int64_t kWhole = 1'000'000;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kCodeDigits = 16;

template <class Visit>
void each_row(store::RegistryReading& reading, const std::string& city, std::string_view kind,
              const store::RegistryFilter& filter, const Visit& visit) {
  store::Page page{"", kPoolPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kind, filter, page);
    for (const store::RegistryRow& row : rows) {
      visit(row);
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
}

/// A text of a stored record's data.
std::string data_text(const store::RegistryRow& row, std::string_view field) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  const auto value = data && data->is_object() ? data->find(field) : std::nullopt;
  return value && value->is_string() ? std::string(value->string()) : std::string();
}

std::vector<std::string> list_in(const Dossier& dossier, std::string_view field) {
  const auto found = dossier.fields.find(field);
  const auto* list = found == dossier.fields.end()
                         ? nullptr
                         : std::get_if<std::vector<std::string>>(&found->second);
  return list == nullptr ? std::vector<std::string>{} : *list;
}

void add_objects(store::RegistryReading& reading, const DrawDesk& desk,
                 const duties::InspectionItem& item, const std::string& district,
                 draw::Papers& papers) {
  const base::Day today = base::day_of(desk.clock.now(), desk.city.offset_s);
  const auto credit = credit_on(reading, desk.city, desk.duties, today);
  const store::RowScope scope{district, {}, {}};
  for (const std::string& kind : item.places) {
    each_row(reading, desk.city.city, "place", {kind, {}, {}, {}},
             [&](const store::RegistryRow& row) {
               if (!scope.holds_district(row.district) || data_text(row, "status") != "active") {
                 return;
               }
               const auto* tier = credit.of(row.party).tier;
               const auto weight = tier == nullptr ? 1 : tier->weight;
               papers.objects.push_back(
                   {row.key, static_cast<std::uint64_t>(weight), row.party, row.district});
             });
  }
}

void add_people(store::RegistryReading& reading, const DrawDesk& desk, draw::Papers& papers) {
  for (const dossiers::Filed& one : filed_dossiers(reading, desk.city, {"inspector"})) {
    if (one.dossier.state == "on_duty") {
      papers.people.push_back({dossiers::text_in(one.dossier, "account"),
                               list_in(one.dossier, "skills"), list_in(one.dossier, "conflicts")});
    }
  }
}

Result<draw::Papers> papers_of(store::RegistryReading& reading, const DrawDesk& desk,
                               const DrawPlan& plan) {
  const auto* item = duties::item_of(desk.duties.inspection_items, plan.item);
  if (item == nullptr) {
    return Error{ErrorCode::bad_field, "/item", "no item of the list of checks: " + plan.item};
  }
  draw::Papers papers;
  papers.key = plan.key;
  papers.city = desk.city.city;
  papers.item = plan.item;
  papers.people_each = static_cast<std::uint32_t>(item->people);
  papers.skills = item->skills;
  papers.known_at = plan.known_at;
  papers.source = plan.source;
  add_objects(reading, desk, *item, plan.district, papers);
  add_people(reading, desk, papers);
  const auto pool = static_cast<std::int64_t>(papers.objects.size());
  if (pool == 0) {
    return Error{ErrorCode::bad_field, "/item", "no open place is in the pool"};
  }
  const std::int64_t share = (pool * item->share_ppm + kWhole - 1) / kWhole;
  papers.count = static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(plan.count == 0 ? share : plan.count, 0, pool + 1));
  papers = draw::in_order(std::move(papers));
  if (auto valid = draw::validate(papers); !valid) {
    return std::move(valid).error().within("/draw");
  }
  return papers;
}

/// Papers are for everybody: people stand there by codes of this draw alone, and who is behind them
/// in a text of its own, that is filed and committed to as well.
std::string veil_people(draw::Papers& papers) {
  const std::string salt = crypto::random_bytes(kSaltBytes);
  std::string who;
  for (draw::Person& one : papers.people) {
    const std::string code =
        "p" + crypto::hex(crypto::sha256(salt + one.code)).substr(0, kCodeDigits);
    who += code + "\t" + one.code + "\n";
    one.code = code;
  }
  return who;
}

Result<crypto::Digest> file_text(const DrawDesk& desk, const std::string& name,
                                 std::string content) {
  FileUpload upload{desk.city.city, "text/plain", name, std::move(content)};
  HUAN_TRY(row, desk.files.put(desk.recorder, desk.clock, std::move(upload)));
  return row.sha256;
}

Result<FiledDossier> file(const DrawDesk& desk, const std::string& key, const Dossier& dossier,
                          std::int64_t based_on) {
  DossierPut put;
  put.city = desk.city.city;
  put.key = key;
  put.data = registry::to_json(dossier);
  put.based_on = based_on;
  put.role = desk.role;
  put.by = desk.by;
  put.day = base::day_of(desk.clock.now(), desk.city.offset_s);
  return file_dossier(desk.recorder, desk.duties, put);
}

Result<FiledDossier> draw_on_record(store::RegistryReading& reading, const store::CityRow& city,
                                    const std::string& key) {
  auto found = dossier_on_record(reading, city.city, key);
  if (!found || found->dossier.type != "draw") {
    return Error{ErrorCode::not_found, "key", key};
  }
  return std::move(*found);
}

/// The log as it was once the first version was in it: known to all, and fixed, before the value.
Result<draw::LogState> log_at_commit(store::Reading& reading, const store::CityRow& city,
                                     const std::string& key) {
  const auto versions = reading.versions(city.city, "dossier", key);
  if (versions.empty()) {
    return Error{ErrorCode::not_found, "key", key};
  }
  StoreTiles tiles{reading, city.city};
  log::TileNodes nodes{tiles};
  HUAN_TRY(root, log::root_of(nodes, versions.front().seq));
  return draw::LogState{versions.front().seq, root};
}

Result<draw::Seeding> seeding_of(const Dossier& dossier) {
  draw::Seeding out;
  const auto papers = crypto::digest_from_hex(dossiers::text_in(dossier, "papers"));
  const auto root = crypto::digest_from_hex(dossiers::text_in(dossier, "log_root"));
  const auto size = dossiers::amount_in(dossier, "log_size");
  if (!papers || !root || !size) {
    return Error{ErrorCode::bad_field, "/state", "the draw has no seed yet"};
  }
  out.commitment = *papers;
  out.value = dossiers::text_in(dossier, "value");
  out.log = {static_cast<std::uint64_t>(*size), *root};
  return out;
}

Result<void> open_inspections(const DrawDesk& desk, const std::string& key,
                              const draw::Outcome& outcome) {
  const auto reading = desk.store.snapshot();
  const auto drawn = dossier_on_record(*reading, desk.city.city, key);
  const auto* item = drawn ? duties::item_of(desk.duties.inspection_items,
                                             dossiers::text_in(drawn->dossier, "item"))
                           : nullptr;
  if (item == nullptr) {
    return Error{ErrorCode::bad_field, "/item", "no item of the list of checks"};
  }
  HUAN_TRY(people, people_of_draw(*reading, desk.files, desk.city, key));
  const base::Day today = base::day_of(desk.clock.now(), desk.city.offset_s);
  for (std::size_t n = 0; n < outcome.drawn.size(); ++n) {
    const std::string inspection = inspection_key(key, n + 1);
    const auto place = reading->registered(desk.city.city, "place", outcome.drawn[n].object);
    if (!place || reading->registered(desk.city.city, "dossier", inspection)) {
      continue;
    }
    const dossiers::Assignment assignment{key,
                                          place->key,
                                          data_text(*place, "name"),
                                          place->district,
                                          place->party,
                                          names_of(people, outcome.drawn[n].people),
                                          today};
    HUAN_CHECK(file(desk, inspection, dossiers::assigned(*item, assignment), 0));
  }
  return {};
}

/// The day since which the dossier has stood, whatever was added to it, in one of the states that
/// count: closing a case does not begin its time anew.
base::Day stands_since(store::RegistryReading& reading, const store::CityRow& city,
                       const dossiers::Filed& one, const std::set<std::string>& states) {
  base::Day since = one.day;
  const auto versions = reading.versions(city.city, "dossier", one.key);
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    const auto document = json::Document::parse(version->body, json::kStored);
    const auto record = document ? document->root().find("record") : std::nullopt;
    const auto data = record ? record->find("data") : std::nullopt;
    const auto state = data && data->is_object() ? data->find("state") : std::nullopt;
    if (!state || !state->is_string() || !states.contains(std::string(state->string()))) {
      break;
    }
    since = base::day_of(version->time, city.offset_s);
  }
  return since;
}

}  // namespace

std::string inspection_key(std::string_view draw, std::size_t n) {
  return std::string(draw) + ":" + std::to_string(n);
}

std::vector<std::string> names_of(const DrawnPeople& people,
                                  const std::vector<std::string>& codes) {
  std::vector<std::string> out;
  out.reserve(codes.size());
  for (const std::string& code : codes) {
    const auto found = people.find(code);
    out.push_back(found == people.end() ? code : found->second);
  }
  return out;
}

Result<DrawnPeople> people_of_draw(store::Reading& reading, const Files& files,
                                   const store::CityRow& city, std::string_view key) {
  HUAN_TRY(found, draw_on_record(reading, city, std::string(key)));
  const std::string digest = dossiers::text_in(found.dossier, "people");
  DrawnPeople people;
  if (digest.empty()) {
    return people;
  }
  HUAN_TRY(stored, files.get(reading, city.city, digest));
  for (std::string_view rest = stored.content; !rest.empty();) {
    const auto end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (const auto tab = line.find('\t'); tab != std::string_view::npos) {
      people.emplace(line.substr(0, tab), line.substr(tab + 1));
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return people;
}

std::vector<dossiers::Filed> filed_dossiers(store::RegistryReading& reading,
                                            const store::CityRow& city,
                                            const std::vector<std::string>& types) {
  std::vector<dossiers::Filed> out;
  for (const std::string& type : types) {
    each_row(reading, city.city, "dossier", {type, {}, {}, {}}, [&](const store::RegistryRow& row) {
      if (auto found = dossier_on_record(reading, city.city, row.key)) {
        out.push_back({row.key, base::day_of(row.time, city.offset_s), std::move(found->dossier)});
      }
    });
  }
  return out;
}

dossiers::CreditBook credit_on(store::RegistryReading& reading, const store::CityRow& city,
                               const duties::Duties& duties, base::Day day) {
  std::vector<std::string> types{"credit_appeal"};
  std::map<std::string, std::set<std::string>> counting;
  for (const duties::CreditRule& rule : duties.credit_rules) {
    if (rule.dossier.empty()) {
      continue;
    }
    if (std::ranges::find(types, rule.dossier) == types.end()) {
      types.push_back(rule.dossier);
    }
    counting[rule.dossier].insert(rule.states.begin(), rule.states.end());
  }
  auto filed = filed_dossiers(reading, city, types);
  for (dossiers::Filed& one : filed) {
    const auto states = counting.find(one.dossier.type);
    if (states != counting.end() && states->second.contains(one.dossier.state)) {
      one.day = stands_since(reading, city, one, states->second);
    }
  }
  return {{duties.credit_rules, duties.credit_tiers}, filed, day};
}

Result<FiledDossier> commit_draw(const DrawDesk& desk, const DrawPlan& plan) {
  const auto known_at = base::parse_time(plan.known_at);
  if (!known_at || known_at->s <= desk.clock.now().s) {
    return Error{known_at ? ErrorCode::bad_field : ErrorCode::bad_time, "/known_at",
                 "a time to come: papers are committed before the value is known"};
  }
  const auto reading = desk.store.snapshot();
  HUAN_TRY(papers, papers_of(*reading, desk, plan));
  const std::string who = veil_people(papers);
  papers = draw::in_order(std::move(papers));
  HUAN_TRY(behind, file_text(desk, plan.key + "-people.txt", who));
  HUAN_TRY(digest, file_text(desk, plan.key + "-papers.txt", draw::to_text(papers)));
  Dossier dossier;
  dossier.type = "draw";
  dossier.about_kind = "city";
  dossier.about = desk.city.city;
  dossier.district = plan.district;
  dossier.title = plan.item;
  dossier.state = "committed";
  dossier.fields["item"] = plan.item;
  dossier.fields["papers"] = crypto::hex(digest);
  dossier.fields["people"] = crypto::hex(behind);
  dossier.fields["pool"] = static_cast<std::int64_t>(papers.objects.size());
  dossier.fields["count"] = static_cast<std::int64_t>(papers.count);
  dossier.fields["known_at"] = plan.known_at;
  dossier.fields["source"] = plan.source;
  return file(desk, plan.key, dossier, 0);
}

Result<FiledDossier> seed_draw(const DrawDesk& desk, const DrawSeed& seed) {
  HUAN_CHECK(draw::check_value(seed.value));
  const auto reading = desk.store.snapshot();
  HUAN_TRY(found, draw_on_record(*reading, desk.city, seed.key));
  const auto known_at = base::parse_time(dossiers::text_in(found.dossier, "known_at"));
  if (!known_at || desk.clock.now().s < known_at->s) {
    return Error{ErrorCode::bad_field, "/value",
                 "not known before " + dossiers::text_in(found.dossier, "known_at")};
  }
  HUAN_TRY(log, log_at_commit(*reading, desk.city, seed.key));
  Dossier dossier = found.dossier;
  dossier.state = "seeded";
  dossier.evidence.push_back({seed.evidence, "", {}});
  dossier.fields["value"] = seed.value;
  dossier.fields["log_size"] = static_cast<std::int64_t>(log.size);
  dossier.fields["log_root"] = crypto::hex(log.root);
  HUAN_TRY(seeding, seeding_of(dossier));
  dossier.fields["seed"] = crypto::hex(draw::seed_of(seeding));
  return file(desk, seed.key, dossier, found.version);
}

Result<draw::Outcome> run_draw(const DrawDesk& desk, const std::string& key) {
  const auto reading = desk.store.snapshot();
  HUAN_TRY(found, draw_on_record(*reading, desk.city, key));
  HUAN_TRY(seeding, seeding_of(found.dossier));
  HUAN_TRY(text, draw_text(*reading, desk.files, desk.city, key, DrawPaper::papers));
  HUAN_TRY(papers, draw::parse_papers(text));
  draw::Outcome outcome = draw::run(papers, seeding);
  if (found.dossier.state == "seeded") {
    HUAN_TRY(digest, file_text(desk, key + "-result.txt", draw::to_text(outcome)));
    Dossier dossier = found.dossier;
    dossier.state = "drawn";
    dossier.fields["result"] = crypto::hex(digest);
    HUAN_CHECK(file(desk, key, dossier, found.version));
  }
  HUAN_CHECK(open_inspections(desk, key, outcome));
  return outcome;
}

Result<std::string> draw_text(store::Reading& reading, const Files& files,
                              const store::CityRow& city, std::string_view key, DrawPaper which) {
  HUAN_TRY(found, draw_on_record(reading, city, std::string(key)));
  const auto* field = which == DrawPaper::papers ? "papers" : "result";
  HUAN_TRY(stored, files.get(reading, city.city, dossiers::text_in(found.dossier, field)));
  return std::move(stored.content);
}

}  // namespace huan::app
