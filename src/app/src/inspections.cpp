// SPDX-License-Identifier: Apache-2.0
#include "huan/app/inspections.hpp"

#include <algorithm>

#include "huan/dossiers/fields.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Dossier;

Result<FiledDossier> file_step(const DrawDesk& desk, const std::string& key, const Dossier& dossier,
                               const DossierPut& how) {
  DossierPut put = how;
  put.city = desk.city.city;
  put.key = key;
  put.data = registry::to_json(dossier);
  put.role = desk.role;
  put.by = desk.by;
  put.day = base::day_of(desk.clock.now(), desk.city.offset_s);
  return file_dossier(desk.recorder, desk.duties, put);
}

Result<void> check_photos(store::Reading& reading, const std::string& city,
                          const std::vector<dossiers::Answer>& answers) {
  for (const dossiers::Answer& one : answers) {
    const auto digest = crypto::digest_from_hex(one.photo);
    if (digest && !reading.file(city, *digest)) {
      return Error{ErrorCode::unknown_evidence, "/answers", one.photo};
    }
  }
  return {};
}

}  // namespace

bool is_sent(const Dossier& inspection, std::string_view account) {
  const auto found = inspection.fields.find("inspectors");
  const auto* list = found == inspection.fields.end()
                         ? nullptr
                         : std::get_if<std::vector<std::string>>(&found->second);
  return list != nullptr && std::ranges::any_of(*list, [&](const std::string& code) {
           return dossiers::is_inspector(code, account);
         });
}

Result<FiledDossier> inspection_for(const DrawDesk& desk, const std::string& key) {
  const auto reading = desk.store.snapshot();
  auto found = dossier_on_record(*reading, desk.city.city, key);
  if (!found || found->dossier.type != "inspection" ||
      (desk.role == "inspector" && !is_sent(found->dossier, desk.by.name))) {
    return Error{ErrorCode::not_found, "key", key};
  }
  return std::move(*found);
}

Result<VisitedInspection> visit_inspection(const DrawDesk& desk, const std::string& key,
                                           const dossiers::Visit& visit) {
  HUAN_TRY(found, inspection_for(desk, key));
  const auto* item =
      duties::item_of(desk.duties.inspection_items, dossiers::text_in(found.dossier, "item"));
  if (item == nullptr) {
    return Error{ErrorCode::bad_field, "/item", "no item of the list of checks"};
  }
  HUAN_CHECK(check_photos(*desk.store.snapshot(), desk.city.city, visit.answers));
  HUAN_TRY(after, dossiers::visited(*item, found.dossier, visit));
  DossierPut based;
  based.based_on = found.version;
  HUAN_TRY(filed, file_step(desk, key, after, based));
  VisitedInspection out{std::move(filed), {}, {}};
  auto order = dossiers::order_for(*item, {key, visit.day, out.inspection.dossier});
  if (!order) {
    return out;
  }
  out.order_key = key + ":order";
  const auto before = dossier_on_record(*desk.store.snapshot(), desk.city.city, out.order_key);
  DossierPut first;
  first.based_on = before ? before->version : 0;
  HUAN_TRY(ordered, file_step(desk, out.order_key, *order, first));
  out.order = std::move(ordered);
  return out;
}

Result<FiledDossier> sign_inspection(const DrawDesk& desk, const InspectionSign& sign) {
  HUAN_TRY(found, inspection_for(desk, sign.key));
  Dossier after = found.dossier;
  after.state = sign.state.empty() ? after.state : sign.state;
  DossierPut put;
  put.based_on = found.version;
  put.sign_as = sign.as;
  if (!sign.by_hand.empty()) {
    const auto picture = crypto::digest_from_hex(sign.by_hand);
    if (sign.as != "subject" || !picture) {
      return Error{ErrorCode::bad_field, "/by_hand", "the subject's, by its SHA-256"};
    }
    if (!desk.store.snapshot()->file(desk.city.city, *picture)) {
      return Error{ErrorCode::unknown_evidence, "/by_hand", sign.by_hand};
    }
    put.by_hand = sign.by_hand;
  }
  return file_step(desk, sign.key, after, put);
}

Result<base::Day> visit_day(const DrawDesk& desk, const std::string& key, const std::string& day) {
  constexpr std::int32_t kLateDays = 7;
  const base::Day today = base::day_of(desk.clock.now(), desk.city.offset_s);
  if (day.empty()) {
    return today;
  }
  const auto given = desk.store.snapshot()->versions(desk.city.city, "dossier", key);
  const auto parsed = base::parse_day(day);
  if (!parsed || parsed->n > today.n || parsed->n < today.n - kLateDays ||
      (!given.empty() && parsed->n < base::day_of(given.front().time, desk.city.offset_s).n)) {
    return Error{ErrorCode::bad_time, "/day", "today or up to a week ago, after the draw: " + day};
  }
  return *parsed;
}

Result<FiledDossier> draft_bulletin(const DrawDesk& desk, const std::string& key,
                                    const dossiers::Period& period, const std::string& district) {
  const auto reading = desk.store.snapshot();
  auto inspections = filed_dossiers(*reading, desk.city, {"inspection"});
  const store::RowScope scope{district, {}, {}};
  std::erase_if(inspections, [&](const dossiers::Filed& one) {
    return !scope.holds_district(one.dossier.district);
  });
  Dossier draft = dossiers::bulletin(desk.duties.inspection_items, inspections, period);
  draft.about = desk.city.city;
  if (!district.empty()) {
    draft.about_kind = "district";
    draft.about = district;
    draft.district = district;
  }
  DossierPut first;
  first.based_on = 0;
  return file_step(desk, key, draft, first);
}

Result<std::string> draft_bulletin_of_month(const DrawDesk& desk) {
  base::Civil month = base::civil_of(base::day_of(desk.clock.now(), desk.city.offset_s));
  month.day = 1;
  const base::Day last{base::day_of(month).n - 1};
  base::Civil before = base::civil_of(last);
  before.day = 1;
  const dossiers::Period period{base::day_of(before), last};
  std::string key = "bulletin." + base::format_month(last);
  const auto reading = desk.store.snapshot();
  if (reading->registered(desk.city.city, "dossier", key)) {
    return std::string();
  }
  const auto inspections = filed_dossiers(*reading, desk.city, {"inspection"});
  const bool published = std::ranges::any_of(inspections, [&](const dossiers::Filed& one) {
    return one.dossier.state == "published" && period.from <= one.day && one.day <= period.to;
  });
  if (!published) {
    return std::string();
  }
  HUAN_TRY(filed, draft_bulletin(desk, key, period));
  static_cast<void>(filed);
  return key;
}

}  // namespace huan::app
