// SPDX-License-Identifier: Apache-2.0
#include "huan/app/draws.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/log/tiles.hpp"
#include "store_tiles.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Dossier;

Error not_so(std::string at, std::string what) {
  return {ErrorCode::wrong_answer, std::move(at), std::move(what)};
}

/// A version's content and when it was recorded.
struct DrawVersion {
  Dossier dossier;
  store::Seq seq{0};
  base::Instant recorded;
};

std::vector<DrawVersion> versions_of(store::Reading& reading, const std::string& city,
                                     const std::string& key) {
  std::vector<DrawVersion> out;
  for (const store::RegistryRow& row : reading.versions(city, "dossier", key)) {
    const auto document = json::Document::parse(row.body, json::kStored);
    const auto record = document ? document->root().find("record") : std::nullopt;
    const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
    auto dossier = data ? registry::parse_dossier(*data, "/data") : Result<Dossier>(Error{});
    const auto stored = reading.record(city, row.seq);
    if (dossier && stored) {
      out.push_back({std::move(*dossier), row.seq, stored->recorded_at});
    }
  }
  return out;
}

Result<void> check_times(const std::vector<DrawVersion>& versions) {
  const auto known_at = base::parse_time(dossiers::text_in(versions.front().dossier, "known_at"));
  if (!known_at || versions.front().recorded.s >= known_at->s) {
    return not_so("known_at", "the papers went on record when the value could be known");
  }
  for (const DrawVersion& one : versions) {
    if (one.dossier.fields.contains("value")) {
      return one.recorded.s >= known_at->s ? Result<void>()
                                           : not_so("value", "entered before it could be known");
    }
  }
  return not_so("value", "the draw has no seed");
}

Result<void> check_inspections(store::Reading& reading, const std::string& city,
                               const std::string& key, const draw::Outcome& outcome,
                               const DrawnPeople& who) {
  for (std::size_t n = 0; n < outcome.drawn.size(); ++n) {
    const draw::Drawn& drawn = outcome.drawn[n];
    const auto found = dossier_on_record(reading, city, inspection_key(key, n + 1));
    const auto at = found ? found->dossier.fields.find("inspectors")
                          : decltype(found->dossier.fields.find("")){};
    const auto* people = !found || at == found->dossier.fields.end()
                             ? nullptr
                             : std::get_if<std::vector<std::string>>(&at->second);
    if (people == nullptr || found->dossier.about != drawn.object ||
        *people != names_of(who, drawn.people)) {
      return not_so(inspection_key(key, n + 1), "the draw gave " + drawn.object);
    }
  }
  return {};
}

}  // namespace

Result<draw::Outcome> verify_draw(store::Reading& reading, const Files& files,
                                  const store::CityRow& city, const std::string& key) {
  const auto versions = versions_of(reading, city.city, key);
  if (versions.empty() || versions.front().dossier.type != "draw") {
    return Error{ErrorCode::not_found, "key", key};
  }
  HUAN_CHECK(check_times(versions));
  const Dossier& first = versions.front().dossier;
  HUAN_TRY(papers, draw_text(reading, files, city, key, DrawPaper::papers));
  if (crypto::hex(draw::commitment(papers)) != dossiers::text_in(first, "papers")) {
    return not_so("papers", "not those that were committed first");
  }
  HUAN_TRY(result, draw_text(reading, files, city, key, DrawPaper::result));
  HUAN_TRY(outcome, draw::verify(papers, result));
  StoreTiles tiles{reading, city.city};
  log::TileNodes nodes{tiles};
  HUAN_TRY(root, log::root_of(nodes, versions.front().seq));
  if (outcome.seeding.log.size != versions.front().seq || outcome.seeding.log.root != root) {
    return not_so("checkpoint", "the log had " + crypto::hex(root) + " at " +
                                    std::to_string(versions.front().seq));
  }
  if (outcome.seeding.value != dossiers::text_in(versions.back().dossier, "value")) {
    return not_so("value", "another one is on record");
  }
  HUAN_TRY(who, people_of_draw(reading, files, city, key));
  HUAN_CHECK(check_inspections(reading, city.city, key, outcome, who));
  return outcome;
}

}  // namespace huan::app
