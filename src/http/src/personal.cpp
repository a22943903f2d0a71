// SPDX-License-Identifier: Apache-2.0
// Personal data of a party: masked, or in clear text for a purpose that is recorded; set; erased;
// and who looked at it.
#include "huan/app/personal.hpp"

#include "huan/base/text.hpp"
#include "huan/json/document.hpp"
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

/// To see what is masked is one right, to read it another, with limits of its own.
Result<void> may_read(store::Reading& reading, const PersonalQuestion& asked,
                      const app::Access& access) {
  const auto grant = access::decide(access.subject, access::Action::read_personal);
  const auto party = reading.registered(asked.city.city, "party", asked.subject.party);
  auto limited = access;
  limited.grant = grant.value_or(access::Grant{});
  if (!grant || !party ||
      !app::sees_thing(reading, asked.city.city, *party, app::row_scope(limited))) {
    return Error{ErrorCode::forbidden, "purpose", "not for your role"};
  }
  return {};
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

Response render(const PersonalQuestion& question, const std::vector<app::PersonalField>& fields) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("fields").begin_array();
  for (const auto& field : fields) {
    w.begin_object().member("field", vault::name(field.field)).key("keep_until");
    field.keep_until ? w.string(base::format_day(*field.keep_until)) : w.null();
    w.member("state", app::name(field.state)).key("value");
    const bool shown =
        field.state == app::FieldState::masked || field.state == app::FieldState::clear;
    shown ? w.string(field.value) : w.null();
    w.end_object();
  }
  w.end_array().member("party", question.subject.party).end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
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
  HUAN_CHECK(may_read(*asked.reading, asked, access));
  auto fields = asked.personal.read(asked.caller(access), asked.subject, field);
  if (!fields) {
    return placed(std::move(fields).error());
  }
  return render(asked, *fields);
}

/// {"fields":{"phone":"…"},"keep_until":"2028-11-21"}
Result<app::PersonalPut> parse_put(const Request& request) {
  HUAN_TRY(document, json::Document::parse(request.body()));
  const auto root = document.root();
  const auto fields = root.is_object() ? root.find("fields") : std::nullopt;
  if (!fields || !fields->is_object()) {
    return Error{ErrorCode::bad_field, "/fields", "an object of texts"};
  }
  app::PersonalPut put;
  for (const json::Member member : root.members()) {
    if (member.key == "keep_until") {
      put.keep_until =
          member.value.is_string() ? base::parse_day(member.value.string()) : std::nullopt;
      if (!put.keep_until) {
        return Error{ErrorCode::bad_field, "/keep_until", "a day like 2028-11-21"};
      }
    } else if (member.key != "fields") {
      return Error{ErrorCode::bad_field, "/" + base::pointer_token(member.key), "unknown field"};
    }
  }
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
  HUAN_TRY(put, parse_put(request));
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

}  // namespace

void add_personal_doors(Doors& doors) {
  auto& context = doors.context();
  doors.write("GET", kPersonalPath, {"purpose", "field"},
              [&context](const Request& r, const app::Access& a) { return look(context, r, a); });
  doors.write("PUT", kPersonalPath, {"purpose"},
              [&context](const Request& r, const app::Access& a) { return set(context, r, a); });
  doors.write("DELETE", kPersonalPath, {"purpose"},
              [&context](const Request& r, const app::Access& a) { return erase(context, r, a); });
  doors.read("/api/v1/parties/{key}/personal/accesses", list_parameters({}),
             [&context](const Ask& ask) { return list_accesses(context, ask); });
}

}  // namespace huan::http
