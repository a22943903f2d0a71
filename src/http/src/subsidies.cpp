// SPDX-License-Identifier: Apache-2.0
// The subsidy for low-value recyclables: statements as they are on record, what one drawn now would
// say, and the moves: an office draws, pays and withdraws, the claimant appeals.
#include "huan/app/subsidies.hpp"

#include "object_body.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kFirstYear = 2000;
constexpr std::int64_t kLastYear = 2199;

struct SubsidyDesk {
  explicit SubsidyDesk(Context& given) : context(given) {}
  Context& context;
  RulesShelf shelf;

  /// The rules in force on the day; not_supported.
  Result<RulesOnRecord> rules(store::Reading& reading, const store::CityRow& city) {
    const base::Day today = base::day_of(context.parts.clock.now(), city.offset_s);
    HUAN_TRY(found, shelf.at(reading, city, today));
    if (!found) {
      return Error{ErrorCode::not_supported, "", "no pack's rules are on record"};
    }
    return found;
  }
  app::Subsidies subsidies(const wire_pack::City& city) {
    return {{context.parts.store, &context.parts.recorder, context.parts.tracer},
            city.rules.subsidy,
            city.pack.catalogue,
            city.pack.name + " " + city.pack.version};
  }
};

store::RowScope claimant_scope(store::RowScope scope) {
  scope.place.clear();
  return scope;
}

Response statement_response(int status, const app::KeptStatement& kept) {
  std::string out;
  json::Writer w(out);
  app::write_statement(w, kept);
  return http_server::json_response(status, std::move(out));
}

Result<Response> list_statements(const Ask& ask) {
  const store::RegistryFilter filter{
      ask.text("tier"), {}, ask.text("party"), claimant_scope(ask.scope())};
  const auto all = app::read_statements(ask.reading, ask.city.city, filter);
  struct Listed {
    const app::KeptStatement* kept;
    [[nodiscard]] std::string key() const { return kept->key; }
  };
  return list(
      ask,
      {"key", "version", "tier", "party", "year", "state", "settled_g", "due_fen", "before_fen",
       "amount_fen", "capped", "lots", "read_at", "rules"},
      [&](const store::Page& page) {
        std::vector<Listed> rows;
        for (const app::KeptStatement& one : all) {
          if (one.key > page.after && rows.size() < page.limit) {
            rows.push_back({&one});
          }
        }
        return rows;
      },
      [&](Table& table, const Listed& row) {
        const subsidy::Statement& one = row.kept->statement;
        table.text(row.kept->key).integer(row.kept->version).text(one.claim.tier);
        table.text(one.claim.party).integer(one.claim.year).text(subsidy::name(one.state));
        table.integer(one.settled.count()).integer(one.due.count()).integer(one.before.count());
        table.integer(one.amount.count()).boolean(one.capped);
        table.integer(static_cast<std::int64_t>(one.lines.size())).integer(one.read_at);
        table.text(one.rules);
      });
}

std::optional<app::KeptStatement> statement_seen(store::Reading& reading,
                                                 const store::CityRow& city, const std::string& key,
                                                 const app::Access& access) {
  const auto row = reading.registered(city.city, "subsidy", key);
  if (!row || !app::sees_thing(reading, city.city, *row, claimant_scope(app::row_scope(access)))) {
    return std::nullopt;
  }
  for (auto& kept : app::read_statements(reading, city.city, {{}, {}, row->party, {}})) {
    if (kept.key == key) {
      return std::move(kept);
    }
  }
  return std::nullopt;
}

Result<Response> one_statement(const Ask& ask) {
  const std::string key(ask.request.param("key"));
  const auto kept = statement_seen(ask.reading, ask.city, key, ask.access);
  return kept ? Result<Response>(statement_response(200, *kept))
              : Result<Response>(Error{ErrorCode::not_found, "key", key});
}

Result<Response> what_is_due(SubsidyDesk& desk, const Ask& ask) {
  app::SubsidyAsk asked;
  asked.city = ask.city.city;
  const base::Day today = base::day_of(desk.context.parts.clock.now(), ask.city.offset_s);
  HUAN_TRY(year, integer_parameter(ask.request, "year", base::civil_of(today).year));
  if (year < kFirstYear || year > kLastYear) {
    return Error{ErrorCode::bad_number, "year", "2000 to 2199"};
  }
  asked.claim = {ask.text("tier"), ask.text("party"), static_cast<std::int32_t>(year)};
  const auto party = ask.reading.registered(asked.city, "party", asked.claim.party);
  if (!party || !app::sees_thing(ask.reading, asked.city, *party, claimant_scope(ask.scope()))) {
    return Error{ErrorCode::not_found, "party", asked.claim.party};
  }
  HUAN_TRY(rules, desk.rules(ask.reading, ask.city));
  HUAN_TRY(due, desk.subsidies(*rules).due(asked));
  return due ? statement_response(200, *due) : http_server::json_response(200, "null");
}

Result<Response> draw_statement(SubsidyDesk& desk, const Request& request,
                                const app::Access& access) {
  const auto reading = desk.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(body, ObjectBody::parse(request, {"tier", "party", "year"}));
  HUAN_TRY(tier, body.text("tier"));
  HUAN_TRY(party, body.text("party"));
  HUAN_TRY(year, body.integer("year", 0));
  if (year < kFirstYear || year > kLastYear) {
    return Error{ErrorCode::bad_field, "/year", "2000 to 2199"};
  }
  HUAN_TRY(rules, desk.rules(*reading, city));
  app::SubsidyAsk asked;
  asked.city = city.city;
  asked.claim = {tier, party, static_cast<std::int32_t>(year)};
  asked.by = access.principal;
  HUAN_TRY(drawn, desk.subsidies(*rules).draw(asked));
  return drawn ? statement_response(201, *drawn) : http_server::json_response(200, "null");
}

Result<Response> move_statement(SubsidyDesk& desk, const Request& request,
                                const app::Access& access, std::string_view move) {
  using subsidy::StatementState;
  const auto reading = desk.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(body, ObjectBody::parse(request, {"note"}));
  HUAN_TRY(note, body.optional_text("note"));
  const std::string key(request.param("key"));
  if (!statement_seen(*reading, city, key, access)) {
    return Error{ErrorCode::not_found, "key", key};
  }
  HUAN_TRY(rules, desk.rules(*reading, city));
  const auto to = move == "pay"      ? StatementState::paid
                  : move == "appeal" ? StatementState::appealed
                                     : StatementState::withdrawn;
  HUAN_TRY(moved, desk.subsidies(*rules).move({city.city, key, to, note, access.principal}));
  return statement_response(200, moved);
}

}  // namespace

void add_subsidy_doors(Doors& doors) {
  const auto desk = std::make_shared<SubsidyDesk>(doors.context());
  doors.read("/api/v1/subsidies", list_parameters({"tier", "party"}), list_statements);
  doors.read("/api/v1/subsidies/due", {"tier", "party", "year"},
             [desk](const Ask& ask) { return what_is_due(*desk, ask); });
  doors.read("/api/v1/subsidies/{key}", {}, one_statement);
  doors.write("POST", "/api/v1/subsidies", {},
              [desk](const Request& request, const app::Access& access) {
                return draw_statement(*desk, request, access);
              });
  for (const char* move : {"pay", "withdraw", "appeal"}) {
    doors.write("POST", std::string("/api/v1/subsidies/{key}/") + move, {},
                [desk, move](const Request& request, const app::Access& access) {
                  return move_statement(*desk, request, access, move);
                });
  }
}

}  // namespace huan::http
