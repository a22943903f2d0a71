// SPDX-License-Identifier: Apache-2.0
// Personal data of a party: masked, or in clear text for a purpose that is recorded; set; erased;
// and who looked at it.
#include "huan/app/personal.hpp"

#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/json/document.hpp"
#include "huan/vault/retention.hpp"
#include "huan/vault/vault.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::string_view kPersonalPath = "/api/v1/parties/{key}/personal";

/// A request about one party's data.
struct PersonalQuestion {
  app::Personal& personal;
  std::unique_ptr<store::Reading> reading;
  store::CityRow city;
  vault::Subject subject;
  std::string purpose;  ///< empty: not stated

  [[nodiscard]] vault::Caller caller(const app::Access& access) const {
    return {access.principal.name, purpose};
  }
};

Result<PersonalQuestion> question(Context& context, const Request& request,
                                  const app::Access& access) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", request.path};
  }
  auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  vault::Subject subject{city.city, std::string(request.param("key"))};
  const auto party = reading->registered(city.city, "party", subject.party);
  if (!party || !app::sees_thing(*reading, city.city, *party, app::row_scope(access))) {
    return Error{ErrorCode::unknown_party, "", subject.party};
  }
  return PersonalQuestion{*context.parts.personal, std::move(reading), std::move(city),
                          std::move(subject),
                          std::string(request.query_value("purpose").value_or(""))};
}

/// To see what is masked is one right; to read it is another for each kind of field, and each has
/// limits of its own.
access::Action right_to(vault::Field field) {
  switch (field) {
    case vault::Field::name:
    case vault::Field::name_en:
    case vault::Field::id_number:
    case vault::Field::other_document:
      return access::Action::read_identity;
    case vault::Field::phone:
    case vault::Field::address:
    case vault::Field::email:
    case vault::Field::contact:
      return access::Action::read_contact;
    case vault::Field::bank_account:
    case vault::Field::bank_name:
      return access::Action::read_bank;
  }
  return access::Action::copy_personal;
}

bool reaches(store::Reading& reading, const PersonalQuestion& asked, const app::Access& access,
             access::Action action) {
  const auto grant = access::decide(access.subject, action);
  const auto party = reading.registered(asked.city.city, "party", asked.subject.party);
  auto limited = access;
  limited.grant = grant.value_or(access::Grant{});
  return grant && party &&
         app::sees_thing(reading, asked.city.city, *party, app::row_scope(limited));
}

/// What the asker may read of this party in clear text.
Result<app::PersonalQuestion> may_read(store::Reading& reading, const PersonalQuestion& asked,
                                       const app::Access& access,
                                       std::optional<vault::Field> field) {
  app::PersonalQuestion question{field, {}};
  for (std::size_t i = 0; i < vault::kFieldCount; ++i) {
    const auto right = right_to(static_cast<vault::Field>(i));
    question.allowed.set(i, reaches(reading, asked, access, right));
  }
  const bool some =
      field ? question.allowed.test(static_cast<std::size_t>(*field)) : question.allowed.any();
  if (!some) {
    return Error{ErrorCode::forbidden, field ? "field" : "purpose", "not for your role"};
  }
  return question;
}

/// The purpose is a parameter of the request, whatever else the vault names is a field of its body.
Error placed(Error error) {
  if (error.at == "/purpose") {
    error.at = "purpose";
  } else if (error.at.starts_with('/')) {
    error.at.insert(0, "/fields");
  }
  return error;
}

void write_fields(json::Writer& w, const std::vector<app::PersonalField>& fields) {
  w.key("fields").begin_array();
  for (const auto& field : fields) {
    w.begin_object().member("field", vault::name(field.field)).key("keep_until");
    field.keep_until ? w.string(base::format_day(*field.keep_until)) : w.null();
    w.member("state", app::name(field.state)).key("value");
    const bool shown =
        field.state == app::FieldState::masked || field.state == app::FieldState::clear;
    shown ? w.string(field.value) : w.null();
    w.end_object();
  }
  w.end_array();
}

Response unstored(std::string text) {
  auto response = http_server::json_response(200, std::move(text));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response render(const PersonalQuestion& question, const std::vector<app::PersonalField>& fields) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  write_fields(w, fields);
  w.member("party", question.subject.party).end_object();
  return unstored(std::move(out));
}

Result<Response> look(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(asked, question(context, request, access));
  std::optional<vault::Field> field;
  if (const auto named = request.query_value("field")) {
    field = vault::field_from(*named);
    if (!field) {
      return Error{ErrorCode::bad_field, "field", std::string(*named)};
    }
  }
  if (!request.query_value("purpose")) {
    auto fields = asked.personal.masked(*asked.reading, asked.subject);
    std::erase_if(fields, [&](const auto& one) { return field && one.field != *field; });
    return render(asked, fields);
  }
  HUAN_TRY(wanted, may_read(*asked.reading, asked, access, field));
  auto fields = asked.personal.read(asked.caller(access), asked.subject, wanted);
  if (!fields) {
    return placed(std::move(fields).error());
  }
  return render(asked, *fields);
}

std::optional<base::Day> day_in(const json::Value& value) {
  return value.is_string() ? base::parse_day(value.string()) : std::nullopt;
}

/// "keep_until":"2028-11-21", or "retention":"scrap_registration", which says it from the day
/// "registered" on, else from today.
Result<std::optional<vault::Term>> parse_term(const json::Value& root, base::Day today) {
  const auto registered = root.find("registered");
  const auto from = registered ? day_in(*registered) : today;
  if (!from || *from > today) {
    return Error{ErrorCode::bad_field, "/registered", "a day like 2026-11-21, up to today"};
  }
  std::optional<vault::Term> term;
  if (const auto named = root.find("retention")) {
    const auto retention =
        named->is_string() ? vault::retention_from(named->string()) : std::nullopt;
    if (!retention) {
      return Error{ErrorCode::bad_field, "/retention", "no such class"};
    }
    term = vault::term_of(*retention, *from);
  }
  if (const auto kept = root.find("keep_until")) {
    const auto day = day_in(*kept);
    if (!day) {
      return Error{ErrorCode::bad_field, "/keep_until", "a day like 2028-11-21"};
    }
    term = vault::Term{term ? std::max(term->until, *day) : *day};
  }
  return term;
}

Result<void> check_members(const json::Value& root) {
  for (const json::Member member : root.members()) {
    if (member.key != "fields" && member.key != "registered" && member.key != "retention" &&
        member.key != "keep_until") {
      return Error{ErrorCode::bad_field, "/" + base::pointer_token(member.key), "unknown field"};
    }
  }
  return {};
}

/// {"fields":{"phone":"…"},"retention":"scrap_registration"}
Result<app::PersonalPut> parse_put(const Request& request, base::Day today) {
  HUAN_TRY(document, json::Document::parse(request.body()));
  const auto root = document.root();
  const auto fields = root.is_object() ? root.find("fields") : std::nullopt;
  if (!fields || !fields->is_object()) {
    return Error{ErrorCode::bad_field, "/fields", "an object of texts"};
  }
  app::PersonalPut put;
  HUAN_CHECK(check_members(root));
  HUAN_TRY(term, parse_term(root, today));
  put.term = term;
  for (const json::Member member : fields->members()) {
    const auto field = vault::field_from(member.key);
    if (!field || !member.value.is_string()) {
      return Error{ErrorCode::bad_field, "/fields/" + base::pointer_token(member.key),
                   field ? "a text" : "unknown field"};
    }
    put.values.push_back({*field, std::string(member.value.string())});
  }
  if (put.values.empty()) {
    return Error{ErrorCode::bad_field, "/fields", "at least one"};
  }
  return put;
}

Result<Response> set(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(asked, question(context, request, access));
  const auto today = base::day_of(context.parts.clock.now(), asked.city.offset_s);
  HUAN_TRY(put, parse_put(request, today));
  if (auto counts = asked.personal.put(asked.caller(access), asked.subject, put); !counts) {
    return placed(std::move(counts).error());
  }
  const auto after = context.parts.store.snapshot();
  return render(asked, asked.personal.masked(*after, asked.subject));
}

Result<Response> erase(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(asked, question(context, request, access));
  auto erased = asked.personal.erase(asked.caller(access), asked.subject);
  if (!erased) {
    return placed(std::move(erased).error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("blocked", static_cast<std::int64_t>(erased->blocked)).key("kept_until");
  erased->kept_until ? w.string(base::format_day(*erased->kept_until)) : w.null();
  w.member("removed", static_cast<std::int64_t>(erased->removed)).end_object();
  return http_server::json_response(200, std::move(out));
}

struct ListedAccess {
  vault::Access access;
  [[nodiscard]] std::string key() const { return std::to_string(access.n); }
};

Result<Response> list_accesses(Context& context, const Ask& ask) {
  HUAN_TRY(asked, question(context, ask.request, ask.access));
  const auto after = ask.query("after");
  const auto cursor = after ? base::parse_integer(*after) : vault::kLatest;
  if (!cursor) {
    return Error{ErrorCode::bad_number, "after", "the page before says it"};
  }
  return list(
      ask, {"n", "time", "who", "action", "field", "purpose"},
      [&](const store::Page& page) {
        const auto before =
            page.after.empty() ? vault::kLatest : base::parse_integer(page.after).value_or(0);
        std::vector<ListedAccess> rows;
        for (auto& row : asked.personal.accesses(ask.reading, asked.subject, before, page.limit)) {
          rows.push_back({std::move(row)});
        }
        return rows;
      },
      [&](Table& table, const ListedAccess& listed) {
        const auto& access = listed.access;
        table.integer(access.n).text(ask.time(access.at)).text(access.who);
        table.text(vault::name(access.action));
        table.text(access.field ? vault::name(*access.field) : "").text(access.purpose);
      });
}

/// What is kept about somebody, for them.
Result<Response> copy_of_person(Context& context, const Request& request,
                                const app::Access& access) {
  HUAN_TRY(asked, question(context, request, access));
  auto copied = asked.personal.copy(asked.caller(access), asked.subject);
  if (!copied) {
    return placed(std::move(copied).error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("accesses").begin_array();
  for (const auto& one : copied->accesses) {
    w.begin_object().member("action", vault::name(one.action));
    w.member("field", one.field ? vault::name(*one.field) : std::string_view());
    w.member("purpose", one.purpose).member("time", base::format_time(one.at, asked.city.offset_s));
    w.member("who", one.who).end_object();
  }
  w.end_array();
  write_fields(w, copied->fields);
  w.member("party", asked.subject.party).end_object();
  return unstored(std::move(out));
}

/// Where a page of a city's accesses goes on: "1795312800/4/P-9", the party last.
struct ListedOfCity {
  vault::Access access;
  [[nodiscard]] std::string key() const {
    return std::to_string(access.at.s) + "/" + std::to_string(access.n) + "/" +
           access.subject.party;
  }
};

std::optional<vault::AccessPlace> parse_place(std::string_view text) {
  const auto first = text.find('/');
  const auto second =
      first == std::string_view::npos ? std::string_view::npos : text.find('/', first + 1);
  if (second == std::string_view::npos) {
    return std::nullopt;
  }
  const auto at = base::parse_integer(text.substr(0, first));
  const auto n = base::parse_integer(text.substr(first + 1, second - first - 1));
  if (!at || !n) {
    return std::nullopt;
  }
  return vault::AccessPlace{{*at}, std::string(text.substr(second + 1)), *n};
}

Result<std::optional<base::Instant>> day_begins(const Ask& ask, std::string_view name,
                                                std::int32_t days_later) {
  const auto text = ask.query(name);
  if (!text) {
    return std::optional<base::Instant>();
  }
  const auto day = base::parse_day(*text);
  if (!day) {
    return Error{ErrorCode::bad_time, std::string(name), "a day like 2026-11-21"};
  }
  constexpr std::int64_t kDayS = 86'400;
  return std::optional(base::Instant{(day->n + days_later) * kDayS - ask.city.offset_s});
}

Result<vault::AccessQuestion> accesses_asked(const Ask& ask) {
  vault::AccessQuestion question;
  HUAN_TRY(from, day_begins(ask, "from", 0));
  HUAN_TRY(to, day_begins(ask, "to", 1));
  question.city = ask.city.city;
  question.from = from.value_or(question.from);
  question.to = to.value_or(question.to);
  question.who = ask.text("who");
  question.party = ask.text("party");
  if (const auto action = ask.query("action")) {
    for (const auto one :
         {vault::Action::put, vault::Action::read, vault::Action::erase, vault::Action::refused}) {
      question.action = vault::name(one) == *action ? one : question.action;
    }
    if (!question.action) {
      return Error{ErrorCode::bad_field, "action", "put, read, erase or refused"};
    }
  }
  return question;
}

Result<Response> list_accesses_of_city(Context& context, const Ask& ask) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", ask.request.path};
  }
  HUAN_TRY(question, accesses_asked(ask));
  if (const auto after = ask.query("after"); after && !parse_place(*after)) {
    return Error{ErrorCode::bad_number, "after", "the page before says it"};
  }
  return list(
      ask, {"time", "who", "action", "party", "field", "purpose"},
      [&](const store::Page& page) {
        const auto below = parse_place(page.after).value_or(vault::AccessPlace{});
        std::vector<ListedOfCity> rows;
        for (auto& row :
             context.parts.personal->accesses(ask.reading, question, below, page.limit)) {
          rows.push_back({std::move(row)});
        }
        return rows;
      },
      [&](Table& table, const ListedOfCity& listed) {
        const auto& one = listed.access;
        table.text(ask.time(one.at)).text(one.who).text(vault::name(one.action));
        table.text(one.subject.party);
        table.text(one.field ? vault::name(*one.field) : "").text(one.purpose);
      });
}

/// What is kept about one party, and until when.
struct KeptOfParty {
  std::string party;
  std::string fields;
  std::int64_t blocked{0};
  std::optional<base::Day> keep_until;
  [[nodiscard]] std::string key() const { return party; }
};

std::optional<KeptOfParty> kept_of(const app::Personal& personal, store::Reading& reading,
                                   const vault::Subject& subject) {
  KeptOfParty kept{subject.party, {}, 0, {}};
  for (const app::PersonalField& field : personal.masked(reading, subject)) {
    kept.fields += (kept.fields.empty() ? "" : " ") + std::string(vault::name(field.field));
    kept.blocked += field.state == app::FieldState::blocked ? 1 : 0;
    if (field.keep_until) {
      kept.keep_until = std::max(*field.keep_until, kept.keep_until.value_or(*field.keep_until));
    }
  }
  return kept.fields.empty() ? std::nullopt : std::optional(std::move(kept));
}

/// Of whom something is kept, a page of parties at a time.
Found<KeptOfParty> kept_after(const app::Personal& personal, const Ask& ask,
                              const store::Page& page) {
  std::vector<KeptOfParty> rows;
  store::Page parties = page;
  const store::RegistryFilter filter{{}, {}, {}, ask.scope()};
  for (bool more = true; more && rows.size() < page.limit;) {
    const auto found = ask.reading.registry(ask.city.city, "party", filter, parties);
    for (const store::RegistryRow& row : found) {
      if (auto kept = kept_of(personal, ask.reading, {ask.city.city, row.key});
          kept && rows.size() < page.limit) {
        rows.push_back(std::move(*kept));
      }
    }
    more = found.size() == parties.limit;
    if (more) {
      parties.after = found.back().key;
    }
  }
  return rows;
}

/// The law's terms: what is erased by its owner is kept blocked until the day, then removed.
Result<Response> list_retention(Context& context, const Ask& ask) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", ask.request.path};
  }
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  return list(
      ask, {"party", "fields", "blocked", "keep_until", "state"},
      [&](const store::Page& page) { return kept_after(*context.parts.personal, ask, page); },
      [&](Table& table, const KeptOfParty& one) {
        const bool ended = one.keep_until && *one.keep_until < today;
        table.text(one.party).text(one.fields).integer(one.blocked);
        one.keep_until ? table.text(base::format_day(*one.keep_until)) : table.none();
        table.text(!one.keep_until ? "no_term" : ended ? "ended" : "kept");
      });
}

}  // namespace

void add_personal_doors(Doors& doors) {
  auto& context = doors.context();
  doors.write("GET", kPersonalPath, {"purpose", "field"},
              [&context](const Request& r, const app::Access& a) { return look(context, r, a); });
  doors.write("PUT", kPersonalPath, {"purpose"},
              [&context](const Request& r, const app::Access& a) { return set(context, r, a); });
  doors.write("DELETE", kPersonalPath, {"purpose"},
              [&context](const Request& r, const app::Access& a) { return erase(context, r, a); });
  doors.write(
      "GET", "/api/v1/parties/{key}/personal/copy", {"purpose"},
      [&context](const Request& r, const app::Access& a) { return copy_of_person(context, r, a); });
  doors.read("/api/v1/personal/retention", list_parameters({}),
             [&context](const Ask& ask) { return list_retention(context, ask); });
  doors.read("/api/v1/personal/accesses", list_parameters({"from", "to", "who", "party", "action"}),
             [&context](const Ask& ask) { return list_accesses_of_city(context, ask); });
  doors.read("/api/v1/parties/{key}/personal/accesses", list_parameters({}),
             [&context](const Ask& ask) { return list_accesses(context, ask); });
}

}  // namespace huan::http
