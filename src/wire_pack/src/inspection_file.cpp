// SPDX-License-Identifier: Apache-2.0
// inspection.toml: `[[item]]` of the list of checks, `[[credit]]` events, `[[tier]]` of credit.
#include "files.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::ErrorCode;
using base::Result;
using registry::Fields;
using Seen = std::set<std::string, std::less<>>;

constexpr std::int64_t kYearDays = 366;
constexpr std::int64_t kPpm = 1'000'000;
constexpr std::int64_t kPeopleMax = 10;
constexpr std::int64_t kPointsMax = 1'000;
constexpr std::int64_t kCreditDaysMax = 3'660;
constexpr std::int64_t kDrawWeightMax = 1'000;
constexpr std::int64_t kVisitDays = 30;
constexpr std::int64_t kPublishDays = 28;
constexpr std::int64_t kRectifyDays = 15;

Result<void> read_item(Fields& f, const registry::Pack& pack, Seen& seen, Rules& rules) {
  duties::InspectionItem out;
  out.row = read_row(f, pack.name, seen);
  out.basis = read_texts(f, "basis");
  out.places = f.names("places");
  out.content = read_texts(f, "content");
  out.content_en = read_texts(f, "content_en");
  out.norms = f.names("norms");
  out.skills = f.names("skills");
  out.method = f.text("method");
  out.per_year = f.integer("per_year", {1, kYearDays});
  out.share_ppm = f.integer("share_ppm", {1, kPpm});
  out.people = f.optional_integer("people", {2, kPeopleMax}).value_or(2);
  out.visit_days = f.optional_integer("visit_days", {1, kYearDays}).value_or(kVisitDays);
  out.publish_days = f.optional_integer("publish_days", {1, kYearDays}).value_or(kPublishDays);
  out.rectify_days = f.optional_integer("rectify_days", {1, kYearDays}).value_or(kRectifyDays);
  if (!f.refused() && (out.basis.empty() || out.places.empty() || out.content.empty())) {
    f.refuse(ErrorCode::bad_pack, out.basis.empty() ? "basis" : "places",
             "basis, places and content are published and have to be there");
  }
  if (!f.refused() && !out.content_en.empty() && out.content_en.size() != out.content.size()) {
    f.refuse(ErrorCode::bad_pack, "content_en", "a line for each of content is expected");
  }
  rules.duties.inspection_items.push_back(std::move(out));
  return {};
}

Result<void> read_credit(Fields& f, const registry::Pack& pack, Seen& seen, Rules& rules) {
  duties::CreditRule out;
  out.row = read_row(f, pack.name, seen);
  out.dossier = f.optional_name("dossier").value_or("");
  out.states = f.names("states");
  out.when_field = f.optional_name("when_field").value_or("");
  out.when = f.optional_text("when").value_or("");
  out.points = f.integer("points", {-kPointsMax, kPointsMax});
  out.days = f.optional_integer("days", {1, kCreditDaysMax}).value_or(0);
  const auto* type = duties::type_of(rules.duties.dossier_types, out.dossier);
  if (f.refused() || out.dossier.empty()) {
    rules.duties.credit_rules.push_back(std::move(out));
    return {};
  }
  if (type == nullptr) {
    f.refuse(ErrorCode::bad_pack, "dossier", "a type of dossier is expected");
    return {};
  }
  for (const std::string& state : out.states) {
    if (duties::state_of(*type, state) == nullptr) {
      f.refuse(ErrorCode::bad_pack, "states", "a state of the type is expected, found " + state);
    }
  }
  if (!out.when_field.empty() && duties::field_of(*type, out.when_field) == nullptr) {
    f.refuse(ErrorCode::bad_pack, "when_field", "a field of the type is expected");
  }
  if (out.states.empty() || out.days == 0) {
    f.refuse(ErrorCode::bad_pack, "days", "states and the days that it counts are expected");
  }
  rules.duties.credit_rules.push_back(std::move(out));
  return {};
}

Result<void> read_credit_tier(Fields& f, const registry::Pack& pack, Seen& seen, Rules& rules) {
  duties::CreditTier out;
  out.row = read_row(f, pack.name, seen);
  out.at_least = f.integer("at_least", {-kPointsMax, kPointsMax});
  out.weight = f.integer("weight", {1, kDrawWeightMax});
  rules.duties.credit_tiers.push_back(std::move(out));
  return {};
}

}  // namespace

Result<void> read_inspection(const registry::PackFiles& files, const registry::Pack& pack,
                             Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "inspection.toml"));
  Seen items;
  Seen credit;
  Seen tiers;
  HUAN_CHECK(toml.each("item", [&](Fields& f) { return read_item(f, pack, items, rules); }));
  HUAN_CHECK(toml.each("credit", [&](Fields& f) { return read_credit(f, pack, credit, rules); }));
  HUAN_CHECK(toml.each("tier", [&](Fields& f) { return read_credit_tier(f, pack, tiers, rules); }));
  return toml.finish();
}

}  // namespace huan::wire_pack
