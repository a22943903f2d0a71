// SPDX-License-Identifier: Apache-2.0
#include "huan/app/file_dossier.hpp"

#include <algorithm>

#include "huan/app/rounds.hpp"
#include "huan/dossiers/award.hpp"
#include "huan/dossiers/dispatch.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/dossiers/inspection.hpp"
#include "huan/dossiers/judge.hpp"
#include "huan/json/document.hpp"
#include "references.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Dossier;

constexpr std::size_t kNumberedPage = 1'000;

/// How many of the type have a number of that year.
std::int64_t numbered(store::RegistryReading& reading, const std::string& city,
                      const std::string& type, std::int32_t year) {
  std::int64_t n = 0;
  store::Page page{"", kNumberedPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "dossier", {type, {}, {}, {}}, page);
    for (const store::RegistryRow& row : rows) {
      const auto one = dossier_on_record(reading, city, row.key);
      const auto day = one ? dossiers::day_in(one->dossier, "day") : std::nullopt;
      n += day && base::civil_of(*day).year == year ? 1 : 0;
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return n;
}

/// A dossier that is sent: read, numbered, signed.
Result<Dossier> dossier_of(store::RegistryReading& reading, const duties::DossierType& type,
                           const DossierPut& put, Dossier dossier) {
  const auto day = dossiers::day_in(dossier, "day");
  if (type.numbered && day && !dossier.fields.contains("number")) {  // it was drawn up just now
    const std::int32_t year = base::civil_of(*day).year;
    dossier.fields["number"] = dossiers::document_number(
        type.row.zh, year, numbered(reading, put.city, type.row.code, year) + 1);
  }
  if (!put.sign_as.empty()) {
    dossier.signatures.push_back({put.sign_as, dossiers::signer_name(put.by.name, put.by_hand),
                                  put.day, registry::content_digest(dossier)});
  }
  return dossier;
}

/// A new dossier is about something that there is: its slip would be counted for nobody.
Result<void> check_about(CityWriter& writer, const duties::Duties& duties, const std::string& city,
                         const Dossier& dossier) {
  if (dossier.about_kind == "task" &&
      std::ranges::none_of(
          duties.tasks, [&](const duties::Task& one) { return one.row.code == dossier.about; })) {
    return Error{ErrorCode::bad_field, "/data/about/id", "no task of the pack: " + dossier.about};
  }
  if (dossier.about_kind == "unit" &&
      std::ranges::none_of(duties.units,
                           [&](const duties::Unit& one) { return one.code == dossier.about; })) {
    return Error{ErrorCode::bad_field, "/data/about/id", "no unit of the pack: " + dossier.about};
  }
  if (dossier.about_kind == "city" && dossier.about != city) {
    return Error{ErrorCode::unknown_city, "/data/about/id", dossier.about};
  }
  return check_subject(dossier.about_kind, dossier.about, writer.reading(), city);
}

/// A pass whose hours or zones nobody can hold a drive against is none. Its enterprise is that of
/// the vehicle, whoever sends it.
Result<void> check_pass(store::RegistryReading& reading, const std::string& city,
                        const std::string& key, const Dossier& dossier) {
  HUAN_TRY(pass, rounds::pass_of(key, dossier));
  if (pass.from && pass.to && *pass.to < *pass.from) {
    return Error{ErrorCode::bad_field, "/data/to", "ends before it begins"};
  }
  const auto vehicle = reading.registered(city, "asset", pass.vehicle);
  if (!vehicle || vehicle->subkind != "vehicle") {
    return Error{ErrorCode::unknown_vehicle, "/data/about/id", pass.vehicle};
  }
  if (vehicle->party != pass.party) {
    return Error{ErrorCode::bad_field, "/data/party",
                 "the vehicle's enterprise: " + vehicle->party};
  }
  const rounds::Rule rule = rounds_rule(reading, city);
  for (const std::string& zone : pass.zones) {
    if (std::ranges::find(rule.zones, zone, &rounds::TrafficZone::id) == rule.zones.end()) {
      return Error{ErrorCode::bad_field, "/data/fields/zones",
                   "no zone of the dispatch rule: " + zone};
    }
  }
  return {};
}

Result<FiledDossier> write(CityWriter& writer, const duties::Duties& duties,
                           const duties::DossierType& type, const DossierPut& put, Dossier sent) {
  const auto row = writer.reading().registered(put.city, "dossier", put.key);
  const std::int64_t version = row ? row->version : 0;
  if (put.based_on >= 0 && put.based_on != version) {
    return Error{ErrorCode::version_conflict, "/version",
                 put.key + " is at version " + std::to_string(version)};
  }
  const auto before = dossier_on_record(writer.reading(), put.city, put.key);
  if (!before) {
    HUAN_CHECK(check_about(writer, duties, put.city, sent));
  }
  if (type.numbered) {  // nobody chooses a number
    sent.fields.erase("number");
    if (before && before->dossier.fields.contains("number")) {
      sent.fields["number"] = before->dossier.fields.at("number");
    }
  }
  HUAN_TRY(dossier, dossier_of(writer.reading(), type, put, std::move(sent)));
  HUAN_CHECK(dossiers::judge_step(
      {type, before ? &before->dossier : nullptr, dossier, put.role, put.by.name}));
  if (type.row.code == "award") {
    HUAN_CHECK(dossiers::judge_award(duties.awards, dossier));
  }
  if (type.row.code == rounds::kPassType) {
    HUAN_CHECK(check_pass(writer.reading(), put.city, put.key, dossier));
  }
  HUAN_CHECK(dossiers::judge_drawn(before ? &before->dossier : nullptr, dossier));
  RegistryPut record;
  record.kind = "dossier";
  record.key = put.key;
  record.data = registry::to_json(dossier);
  record.based_on = version;
  record.time = put.time;
  const Outcome outcome = writer.put(record, put.by);
  if (outcome.status == Status::refused) {
    return outcome.error;
  }
  return FiledDossier{version + 1, std::move(dossier)};
}

}  // namespace

std::optional<FiledDossier> dossier_on_record(store::RegistryReading& reading,
                                              const std::string& city, const std::string& key) {
  const auto row = reading.registered(city, "dossier", key);
  const auto document =
      row ? json::Document::parse(row->body, json::kStored) : Result<json::Document>(Error{});
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  auto dossier = data ? registry::parse_dossier(*data, "/data") : Result<Dossier>(Error{});
  if (!dossier) {
    return std::nullopt;
  }
  return FiledDossier{row->version, std::move(*dossier)};
}

Result<FiledDossier> file_dossier(Recorder& recorder, const duties::Duties& duties,
                                  const DossierPut& put) {
  HUAN_TRY(document, json::Document::parse(put.data));
  HUAN_TRY(sent, registry::parse_dossier(document.root(), "/data"));
  const duties::DossierType* type = duties::type_of(duties.dossier_types, sent.type);
  if (type == nullptr) {
    return Error{ErrorCode::bad_field, "/data/type", "no type of dossier: " + sent.type};
  }
  Result<FiledDossier> filed{Error{}};
  recorder.run(put.city, 1, [&](CityWriter& writer) {
    filed = write(writer, duties, *type, put, std::move(sent));
    return filed.has_value();
  });
  return filed;
}

}  // namespace huan::app
