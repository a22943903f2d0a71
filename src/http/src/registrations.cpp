// SPDX-License-Identifier: Apache-2.0
#include "buying_desk.hpp"
#include "huan/app/file_dossier.hpp"
#include "huan/app/register_purchase.hpp"
#include "huan/dossiers/fields.hpp"
#include "object_body.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::array<std::string_view, 5> kRegistered{"unit", "item", "quantity", "specification",
                                                      "state"};

/// Whether what is on the scale has to be registered before it is bought of this seller.
Result<Response> show_rule(Context& context, RulesShelf& shelf, const Ask& ask) {
  HUAN_TRY(day, asked_day(ask.request, ask.city, context.parts.clock));
  HUAN_TRY(rules, buying_rules(shelf, ask.reading, ask.city, day));
  constexpr std::int64_t kDayS = 86'400;
  const base::Instant end{(day.n + 1) * kDayS - ask.city.offset_s - 1};
  const app::PurchaseAsked purchase{ask.text("material"), ask.text("seller"), end,
                                    ask.city.offset_s};
  HUAN_TRY(asked,
           app::registration_asked(ask.reading, ask.city.city, rules->rules.buying, purchase));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("asked", asked.rule != nullptr);
  w.member("clause", asked.rule == nullptr ? "" : asked.rule->clause).key("fields").begin_array();
  if (asked.rule != nullptr) {
    for (const std::string& field : asked.rule->fields) {
      w.string(field);
    }
  }
  w.end_array().key("seller").begin_object().member("code", asked.seller_code);
  w.member("kind", asked.seller_kind).member("name", asked.seller_name).end_object();
  w.member("source", asked.rule == nullptr ? "" : asked.rule->source).end_object();
  return http_server::json_response(200, std::move(out));
}

struct Registered {
  std::string kept_key;
  registry::Dossier dossier;
  [[nodiscard]] std::string key() const { return kept_key; }
};

Result<Response> list_registrations(const Ask& ask) {
  const store::RegistryFilter filter{"scrap_registration", {}, {}, organisation_scope(ask.scope())};
  return list(
      ask,
      {"key", "event", "seller", "unit", "handler", "item", "quantity", "specification", "state"},
      [&](const store::Page& page) {
        std::vector<Registered> rows;
        for (const auto& row : ask.reading.registry(ask.city.city, "dossier", filter, page)) {
          auto kept = app::dossier_on_record(ask.reading, ask.city.city, row.key);
          rows.push_back({row.key, kept ? std::move(kept->dossier) : registry::Dossier{}});
        }
        return rows;
      },
      [&](Table& table, const Registered& row) {
        const auto text = [&](std::string_view field) {
          table.text(dossiers::text_in(row.dossier, field));
        };
        table.text(row.kept_key);
        text("event");
        table.text(row.dossier.about);
        text("unit");
        text("handler");
        text("item");
        text("quantity");
        text("specification");
        text("state");
      });
}

/// What came in for one purchase, with the snapshot that it is judged by.
struct Entry {
  const ObjectBody& body;
  std::string event;
  store::Reading& reading;
  const store::CityRow& city;
  base::Day today;
};

/// The handler: a party that is on record, or a person whose data goes into the vault.
Result<std::string> handler_of(Context& context, const Entry& entry, const app::Access& access) {
  if (entry.body.has("handler")) {
    HUAN_TRY(party, entry.body.text("handler"));
    if (!entry.reading.registered(entry.city.city, "party", party)) {
      return Error{ErrorCode::unknown_party, "/handler", party};
    }
    if (context.parts.personal != nullptr) {
      app::keep_handler(context.parts.recorder, *context.parts.personal, {entry.city.city, party},
                        entry.today);
    }
    return party;
  }
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::vault_locked, "", "no vault is kept here"};
  }
  app::HandlerEntry person;
  person.city = entry.city.city;
  person.event = entry.event;
  person.day = entry.today;
  person.offset_s = entry.city.offset_s;
  person.by = access.principal;
  HUAN_TRY(name, entry.body.text("handler_name"));
  HUAN_TRY(id_number, entry.body.text("handler_id_number"));
  HUAN_TRY(address, entry.body.text("handler_address"));
  person.name = std::move(name);
  person.id_number = std::move(id_number);
  person.address = std::move(address);
  auto party =
      app::enter_handler(context.parts.recorder, *context.parts.personal, entry.reading, person);
  if (!party && party.error().at.starts_with('/')) {  // a field of the vault is one of the body's
    party.error().at.insert(1, "handler_");
  }
  return party;
}

Result<registry::Dossier> sent_registration(Context& context, const Entry& entry,
                                            const app::Access& access) {
  registry::Dossier dossier;
  HUAN_TRY(seller, entry.body.text("seller"));
  dossier.type = "scrap_registration";
  dossier.about_kind = "enterprise";
  dossier.about = seller;
  dossier.state = "registered";
  dossier.fields["event"] = entry.event;
  for (const std::string_view field : kRegistered) {
    HUAN_TRY(text, entry.body.text(field));
    dossier.fields[std::string(field)] = std::move(text);
  }
  if (!entry.reading.registered(entry.city.city, "party", dossier.about)) {
    return Error{ErrorCode::unknown_party, "/seller", dossier.about};
  }
  HUAN_TRY(handler, handler_of(context, entry, access));
  dossier.fields["handler"] = std::move(handler);
  return dossier;
}

Result<Response> enter_registration(Context& context, RulesShelf& shelf, const Request& request,
                                    const app::Access& access) {
  const auto id = base::Uuid::parse(std::string(request.param("event")));
  if (!id) {
    return Error{ErrorCode::bad_field, "event", "a UUID is expected"};
  }
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(body, ObjectBody::parse(
                     request, {"seller", "unit", "handler", "handler_name", "handler_id_number",
                               "handler_address", "item", "quantity", "specification", "state"}));
  const base::Day today = base::day_of(context.parts.clock.now(), city.offset_s);
  HUAN_TRY(rules, buying_rules(shelf, *reading, city, today));
  const std::string key = "register." + id->text();
  const auto before = app::dossier_on_record(*reading, city.city, key);
  const std::string party = app::row_scope(access).party;
  if (before && !party.empty() && before->dossier.party != party) {
    return Error{ErrorCode::forbidden, "event", "it is somebody else's"};
  }
  HUAN_TRY(dossier, sent_registration(context, {body, id->text(), *reading, city, today}, access));
  dossier.party = party;
  app::DossierPut put;
  put.city = city.city;
  put.key = key;
  put.data = registry::to_json(dossier);
  put.based_on = before ? before->version : 0;
  put.role = access.role;
  put.by = access.principal;
  put.day = today;
  HUAN_TRY(filed, app::file_dossier(context.parts.recorder, rules->rules.duties, put));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("data").raw(registry::to_json(filed.dossier)).member("key", key);
  w.member("version", filed.version).end_object();
  return http_server::json_response(before ? 200 : 201, std::move(out));
}

}  // namespace

void add_registration_doors(Doors& doors, const std::shared_ptr<RulesShelf>& shelf) {
  Context& context = doors.context();
  doors.read("/api/v1/buying/registration-rule", {"at", "material", "seller"},
             [shelf, &context](const Ask& ask) { return show_rule(context, *shelf, ask); });
  doors.read("/api/v1/buying/registrations", list_parameters({}), list_registrations);
  doors.write("PUT", "/api/v1/buying/registrations/{event}", {},
              [shelf, &context](const Request& request, const app::Access& access) {
                return enter_registration(context, *shelf, request, access);
              });
}

}  // namespace huan::http
