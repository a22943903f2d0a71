// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/party.hpp"

#include <algorithm>
#include <array>

#include "codes.hpp"
#include "huan/base/id.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"
#include "terms.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;

constexpr std::array<std::string_view, 7> kKinds{"enterprise",    "sole_trader", "cooperative",
                                                 "authority",     "institution", "resident",
                                                 "natural_person"};
constexpr std::array<std::string_view, 3> kDestinations{"recycle", "reuse", "energy"};
constexpr std::array<std::string_view, 4> kAffiliations{"", "owned", "chain", "franchise"};
constexpr std::array<std::string_view, 2> kStatuses{"active", "ended"};
constexpr std::array<std::string_view, 7> kOrigins{
    "household", "public-institution", "commercial", "industrial", "agricultural",
    "medical",   "construction"};

void read_name(Fields& f, Party& party) {
  if (is_person(party.kind)) {
    for (const std::string_view key : {"name", "name_en"}) {
      if (f.any(key)) {
        f.refuse(ErrorCode::bad_field, key,
                 "the name of a person is not kept in records: it belongs in the vault");
      }
    }
    return;
  }
  party.name = f.text("name", 200);
  party.name_en = f.optional_text("name_en", 200).value_or("");
  refuse_personal_text(f, "name", party.name);
}

void read_affiliation(Fields& f, Party& party) {
  if (const auto how = f.optional_choice("affiliation", std::span{kAffiliations}.subspan(1))) {
    party.affiliation = static_cast<Affiliation>(*how + 1);
  }
  party.affiliated_to = f.optional_name("affiliated_to").value_or("");
  if (party.affiliated_to.empty() != (party.affiliation == Affiliation::none)) {
    f.refuse(ErrorCode::bad_field, "affiliated_to",
             "affiliation and affiliated_to are given together");
  }
}

/// A firm registers who sells to it, and nothing that makes anybody more than that.
void read_buyer(Fields& f, Party& party) {
  party.buyer = f.optional_name("party").value_or("");
  if (party.buyer.empty()) {
    return;
  }
  if (party.kind != PartyKind::natural_person) {
    f.refuse(ErrorCode::bad_field, "party",
             "only a natural person is a firm's own seller; organisations are the city's");
  }
  if (!party.qualifications.empty() || !party.titles.empty() || party.destination) {
    f.refuse(ErrorCode::bad_field, "party",
             "a firm's own seller has no qualifications, titles or destination");
  }
}

}  // namespace

std::string_view name(PartyKind kind) noexcept { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view name(Destination destination) noexcept {
  return kDestinations[static_cast<std::size_t>(destination)];
}
std::string_view name(Affiliation affiliation) noexcept {
  return kAffiliations[static_cast<std::size_t>(affiliation)];
}

bool is_person(PartyKind kind) noexcept {
  return kind == PartyKind::resident || kind == PartyKind::natural_person;
}

bool is_origin(std::string_view text) noexcept {
  constexpr std::string_view kOther = "other-city:";
  return text.starts_with(kOther)
             ? base::is_city(text.substr(kOther.size()))
             : std::find(kOrigins.begin(), kOrigins.end(), text) != kOrigins.end();
}

base::Result<Party> parse_party(json::Value data, std::string_view pointer) {
  Fields f(data, std::string{pointer});
  refuse_personal_fields(f, data);
  Party party;
  party.kind = static_cast<PartyKind>(f.choice("kind", kKinds));
  read_name(f, party);
  if (auto uscc = f.optional_text("uscc", 18)) {
    require_identifier(f, "uscc", check_uscc(*uscc));
    party.uscc = std::move(*uscc);
  }
  if (is_person(party.kind) && !party.uscc.empty()) {
    f.refuse(ErrorCode::bad_field, "uscc", "a natural person has no unified social credit code");
  }
  party.district = f.optional_name("district").value_or("");
  party.active = f.optional_choice("status", kStatuses).value_or(0) == 0;
  read_terms(f, "qualifications", party.qualifications);
  read_terms(f, "titles", party.titles);
  read_affiliation(f, party);
  if (const auto destination = f.optional_choice("destination", kDestinations)) {
    party.destination = static_cast<Destination>(*destination);
  }
  party.origin = f.optional_text("origin", 60).value_or("");
  if (!party.origin.empty() && !is_origin(party.origin)) {
    f.refuse(ErrorCode::bad_field, "origin", "an origin such as household or commercial");
  }
  read_buyer(f, party);
  party.synthetic = f.flag("synthetic", false);
  HUAN_CHECK(f.finish());
  return party;
}

std::string to_json(const Party& party) {
  ObjectText o;
  o.optional("affiliated_to", party.affiliated_to);
  o.optional("affiliation", name(party.affiliation));
  if (party.destination) {
    o.put("destination", name(*party.destination));
  }
  o.optional("district", party.district);
  o.put("kind", name(party.kind));
  o.optional("name", party.name);
  o.optional("name_en", party.name_en);
  o.optional("origin", party.origin);
  o.optional("party", party.buyer);
  if (!party.qualifications.empty()) {
    o.raw("qualifications", terms_json(party.qualifications));
  }
  o.put("status", kStatuses[party.active ? 0 : 1]);
  o.flag("synthetic", party.synthetic);
  if (!party.titles.empty()) {
    o.raw("titles", terms_json(party.titles));
  }
  o.optional("uscc", party.uscc);
  return o.text();
}

bool covers(const Term& term, base::Day day) noexcept {
  return (!term.from || *term.from <= day) && (!term.to || day <= *term.to);
}

bool qualified(const Party& party, std::string_view qualification, base::Day day) {
  return std::any_of(
      party.qualifications.begin(), party.qualifications.end(),
      [&](const Term& term) { return term.kind == qualification && covers(term, day); });
}

bool qualified(const Party& party, std::string_view qualification, base::Instant instant,
               std::int32_t utc_offset_s) {
  return qualified(party, qualification, base::day_of(instant, utc_offset_s));
}

}  // namespace huan::registry
