// SPDX-License-Identifier: Apache-2.0
// Declarations: what has to be handed in and by whom, one with its history, and its moves. Each
// move is a new version of the record, made on the version that the mover has read.
#include "huan/declarations/moves.hpp"

#include <algorithm>

#include "huan/declarations/province.hpp"
#include "huan/declarations/term.hpp"
#include "huan/json/document.hpp"
#include "huan/oversight/declaration_text.hpp"
#include "huan/oversight/forms.hpp"
#include "huan/registry/fields.hpp"
#include "object_body.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

using declarations::Declaration;
using declarations::Move;
using oversight::FormDesk;
using oversight::KeptDeclaration;

constexpr std::size_t kMoveBodyMax = 1U << 20U;
constexpr std::size_t kFigureMax = 40;

oversight::FormBook form_book(const wire_pack::City& city) {
  return {city.pack, city.rules.duties, city.rules.cells, city.rules.indicators};
}

bool sees_declaration(store::Reading& reading, std::string_view city, const Declaration& d,
                      const store::RowScope& scope) {
  store::RegistryRow row;
  row.kind = "declaration";
  row.key = declarations::key_of(d);
  row.district = d.district;
  row.party = d.party;
  auto reach = scope;
  reach.place.clear();
  return app::sees_thing(reading, city, row, reach);
}

declarations::Actor actor_of(const store::RowScope& scope) {
  return {scope.any(), scope.party.empty() ? scope.district : "", scope.party};
}

/// Today's rules, the city, a snapshot: what filling in takes.
struct Desk {
  std::unique_ptr<store::Reading> reading;
  store::CityRow city;
  oversight::CityName name;
  RulesOnRecord rules;
  base::Day today;
};

Result<Desk> open_desk(Context& context, RulesShelf& shelf, const Request& request,
                       const app::Access& access) {
  Desk desk;
  desk.reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *desk.reading, access));
  desk.city = std::move(city);
  desk.name = {desk.city.city, desk.city.offset_s};
  desk.today = base::day_of(context.parts.clock.now(), desk.city.offset_s);
  HUAN_TRY(rules, shelf.at(*desk.reading, desk.city, desk.today));
  desk.rules = std::move(rules);
  return desk;
}

/// All that the form's reporters hand in for the term, what is missing too.
Result<std::vector<KeptDeclaration>> expected(FormDesk& desk, const Ask& ask, base::Day today) {
  HUAN_TRY(form, desk.form(ask.text("form")));
  HUAN_TRY(term, desk.term(*form, ask.text("term"), today));
  std::vector<KeptDeclaration> all;
  for (const auto& reporter : desk.reporters(*form, term)) {
    Declaration blank = desk.blank(*form, term, reporter);
    auto kept = oversight::read_declaration(ask.reading, {ask.city.city, ask.city.offset_s},
                                            declarations::key_of(blank));
    all.push_back(kept ? std::move(*kept) : KeptDeclaration{std::move(blank), 0, "", ""});
  }
  return all;
}

struct ListedDeclaration {
  const KeptDeclaration* kept{nullptr};
  [[nodiscard]] std::string key() const { return declarations::key_of(kept->declaration); }
};

Result<Response> list_declarations(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  constexpr std::array<std::string_view, 5> kStates{"missing", "draft", "submitted", "returned",
                                                    "accepted"};
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  const std::string state = ask.text("state");
  if (!state.empty() && std::find(kStates.begin(), kStates.end(), state) == kStates.end()) {
    return Error{ErrorCode::bad_field, "state", "missing, draft, submitted, returned or accepted"};
  }
  std::vector<KeptDeclaration> all;
  if (!ask.query("form")) {
    all = oversight::read_declarations(ask.reading, {ask.city.city, ask.city.offset_s}, "",
                                       ask.text("term"));
  } else {
    HUAN_TRY(rules, shelf.at(ask.reading, ask.city, day));
    if (!rules) {
      return Error{ErrorCode::not_found, "form", ask.text("form")};
    }
    FormDesk desk{ask.reading, {ask.city.city, ask.city.offset_s}, form_book(*rules)};
    HUAN_TRY(those, expected(desk, ask, day));
    all = std::move(those);
  }
  std::vector<ListedDeclaration> shown;
  shown.reserve(all.size());
  for (const KeptDeclaration& kept : all) {
    const bool asked = state.empty() || oversight::state_name(kept) == state;
    if (asked && sees_declaration(ask.reading, ask.city.city, kept.declaration, ask.scope())) {
      shown.push_back({&kept});
    }
  }
  std::sort(shown.begin(), shown.end(),
            [](const auto& a, const auto& b) { return a.key() < b.key(); });
  const std::vector<std::string> header = oversight::declaration_header();
  return list(
      ask, Names(header.begin(), header.end()),
      [&](const store::Page& page) {
        std::vector<ListedDeclaration> rows;
        for (const ListedDeclaration& one : shown) {
          if (one.key() > page.after && rows.size() < page.limit) {
            rows.push_back(one);
          }
        }
        return rows;
      },
      [&](Table& table, const ListedDeclaration& row) {
        for (const std::string& cell : oversight::declaration_cells(*row.kept, day)) {
          table.text(cell);
        }
      });
}

Response render_declaration(const KeptDeclaration& kept, base::Day today, int status) {
  std::string out;
  json::Writer w(out);
  oversight::write_declaration(w, kept, today);
  auto response = http_server::json_response(status, std::move(out));
  response.headers.add("ETag", "\"" + std::to_string(kept.version) + "\"");
  return response;
}

Result<Response> one_declaration(const Ask& ask, base::Clock& clock) {
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  const std::string key(ask.request.param("key"));
  const auto history =
      oversight::declaration_history(ask.reading, {ask.city.city, ask.city.offset_s}, key);
  if (history.empty() ||
      !sees_declaration(ask.reading, ask.city.city, history.back().declaration, ask.scope())) {
    return Error{ErrorCode::not_found, "key", key};
  }
  auto response = render_declaration(history.back(), day, 200);
  std::string& body = response.body;
  body.pop_back();
  body += ",\"history\":";
  json::Writer w(body);
  w.begin_array();
  for (const KeptDeclaration& version : history) {
    w.begin_object().member("by", version.by).member("note", version.declaration.note);
    w.member("recorded_at", version.recorded_at);
    w.member("state", declarations::name(version.declaration.state));
    w.member("version", version.version).end_object();
  }
  w.end_array();
  body += '}';
  return response;
}

/// Records the next version; what comes back has it.
Result<Response> keep(Context& context, const Desk& desk, KeptDeclaration kept,
                      const app::Access& access) {
  app::RegistryPut put;
  put.kind = "declaration";
  put.key = declarations::key_of(kept.declaration);
  put.data = declarations::to_json(kept.declaration);
  put.based_on = kept.version;
  const auto outcome = context.parts.recorder.put(desk.city.city, put, access.principal);
  if (outcome.status == app::Status::refused) {
    return outcome.error;
  }
  ++kept.version;
  return render_declaration(kept, desk.today, kept.version == 1 ? 201 : 200);
}

/// {"form":…,"term":…,"reporter":…}
Result<Response> fill_in(Context& context, RulesShelf& shelf, const Request& request,
                         const app::Access& access) {
  HUAN_TRY(at, open_desk(context, shelf, request, access));
  HUAN_TRY(body, ObjectBody::parse(request, {"form", "term", "reporter"}));
  HUAN_TRY(code, body.text("form"));
  HUAN_TRY(term_text, body.optional_text("term"));
  HUAN_TRY(reporter_id, body.text("reporter"));
  if (!at.rules) {
    return Error{ErrorCode::not_found, "/form", code};
  }
  FormDesk desk{*at.reading, at.name, form_book(*at.rules)};
  HUAN_TRY(form, desk.form(code));
  HUAN_TRY(term, desk.term(*form, term_text, at.today));
  auto reporters = desk.reporters(*form, term);
  std::erase_if(reporters, [&](const auto& one) { return one.id != reporter_id; });
  const auto cells = desk.cells(*form);
  if (reporters.empty() || cells.empty()) {
    return Error{ErrorCode::not_found, reporters.empty() ? "/reporter" : "/form",
                 "nothing of this form is handed in by them"};
  }
  KeptDeclaration kept{desk.blank(*form, term, reporters.front()), 0, "", ""};
  const auto scope = app::row_scope(access);
  HUAN_CHECK(declarations::may_move(kept.declaration, Move::fill, actor_of(scope)));
  if (auto before = oversight::read_declaration(*at.reading, at.name,
                                                declarations::key_of(kept.declaration))) {
    kept = std::move(*before);
  }
  HUAN_CHECK(declarations::may_move(kept.declaration, Move::fill, actor_of(scope)));
  const auto figures = desk.figures(*form, term, reporters);
  declarations::fill(kept.declaration, cells, figures.values.at(reporter_id));
  kept.declaration.read_at = static_cast<std::int64_t>(figures.read_at);
  return keep(context, at, std::move(kept), access);
}

/// {"version":…,"cells":[{"code","confirmed","explanation"}],"rest":…,"note":…}
struct MoveBody {
  std::int64_t version{0};
  bool rest{false};
  std::string note;
  std::vector<declarations::Confirmation> cells;
};

Result<MoveBody> parse_move(const Request& request, const Declaration& declaration) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kMoveBodyMax) {
    return Error{ErrorCode::too_large, "", "at most 1 MiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  registry::Fields f(document.root(), "");
  MoveBody body;
  body.version = f.integer("version");
  body.rest = f.flag("rest", false);
  body.note = f.optional_text("note").value_or("");
  const auto cells = f.array("cells");
  HUAN_CHECK(f.finish());
  std::size_t n = 0;
  for (const json::Value one :
       cells ? std::vector<json::Value>(cells->elements().begin(), cells->elements().end())
             : std::vector<json::Value>{}) {
    registry::Fields cell(one, "/cells/" + std::to_string(n++));
    const std::string code = cell.name("code", base::kLongNameMax);
    const std::string figure = cell.optional_text("confirmed", kFigureMax).value_or("");
    const std::string explanation = cell.optional_text("explanation").value_or("");
    HUAN_CHECK(cell.finish());
    HUAN_TRY(confirmed, oversight::confirmation_of(declaration, code, figure, explanation));
    body.cells.push_back(std::move(confirmed));
  }
  return body;
}

Result<void> make_move(KeptDeclaration& kept, Move move, const MoveBody& body, base::Day today) {
  switch (move) {
    case Move::give_back:
      return declarations::give_back(kept.declaration, body.note);
    case Move::accept:
      declarations::accept(kept.declaration, body.note);
      return {};
    default:
      break;
  }
  HUAN_CHECK(declarations::confirm(kept.declaration, body.cells));
  return move == Move::submit ? declarations::submit(kept.declaration, {today, body.rest})
                              : Result<void>();
}

Result<Response> move_on(Context& context, RulesShelf& shelf, const Request& request,
                         const app::Access& access) {
  const auto move = declarations::move_from(request.param("move"));
  if (!move || *move == Move::fill) {
    return Error{ErrorCode::not_found, "move", std::string(request.param("move"))};
  }
  HUAN_TRY(at, open_desk(context, shelf, request, access));
  const std::string key(request.param("key"));
  const auto scope = app::row_scope(access);
  auto kept = oversight::read_declaration(*at.reading, at.name, key);
  if (!kept || !sees_declaration(*at.reading, at.city.city, kept->declaration, scope)) {
    return Error{ErrorCode::not_found, "key", key};
  }
  HUAN_CHECK(declarations::may_move(kept->declaration, *move, actor_of(scope)));
  HUAN_TRY(body, parse_move(request, kept->declaration));
  if (body.version != kept->version) {
    return Error{ErrorCode::version_conflict, "/version",
                 key + " is at version " + std::to_string(kept->version)};
  }
  HUAN_CHECK(make_move(*kept, *move, body, at.today));
  return keep(context, at, std::move(*kept), access);
}

/// What the city hands on to its province: every county's figures beside its own count.
Result<Response> city_return(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, day));
  if (!rules) {
    return Error{ErrorCode::not_found, "form", ask.text("form")};
  }
  FormDesk desk{ask.reading, {ask.city.city, ask.city.offset_s}, form_book(*rules)};
  HUAN_TRY(form, desk.form(ask.text("form")));
  HUAN_TRY(term, desk.term(*form, ask.text("term"), day));
  HUAN_TRY(kept, expected(desk, ask, day));
  const auto cells = desk.cells(*form);
  const auto figures = desk.figures(*form, term, desk.reporters(*form, term));
  std::vector<declarations::Part> parts;
  for (const KeptDeclaration& one : kept) {
    const auto& reporter = one.declaration.reporter;
    if (reporter.kind == declarations::ReporterKind::unit) {
      continue;  // an office reports the whole, not a part
    }
    declarations::Part part{reporter.id, reporter.name, std::nullopt, {}};
    if (one.version > 0) {
      part.state = one.declaration.state;
    }
    part.values = one.declaration.revision > 0
                      ? declarations::confirmed_values(one.declaration, cells)
                      : figures.values.at(reporter.id);
    parts.push_back(std::move(part));
  }
  auto city = declarations::return_of(cells, parts, figures.city);
  city.city = ask.city.city;
  city.form = FormDesk::id_of(*form);
  city.term = declarations::term_text(form->period, term);
  return http_server::json_response(200, declarations::to_json(city));
}

/// {"cities":[…]}: returns of several cities added up.
Result<Response> province_sums(const Request& request) {
  constexpr std::size_t kReturnsMax = 8U << 20U;
  constexpr std::size_t kCitiesMax = 1'000;
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kReturnsMax) {
    return Error{ErrorCode::too_large, "", "at most 8 MiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  registry::Fields f(document.root(), "");
  const auto list = f.array("cities");
  HUAN_CHECK(f.finish());
  if (!list || list->size() == 0 || list->size() > kCitiesMax) {
    return Error{ErrorCode::bad_field, "/cities", "1 to 1,000 returns"};
  }
  std::vector<declarations::CityReturn> cities;
  cities.reserve(list->size());
  for (const json::Value one : list->elements()) {
    auto city = declarations::parse_return(one);
    if (!city) {
      Error error = city.error();
      error.at = "/cities/" + std::to_string(cities.size()) + error.at;
      return error;
    }
    cities.push_back(std::move(*city));
  }
  HUAN_TRY(sums, declarations::add_up(cities));
  return http_server::json_response(200, declarations::province_json(cities, sums));
}

}  // namespace

void add_declaration_doors(Doors& doors) {
  const auto shelf = std::make_shared<RulesShelf>();
  Context& context = doors.context();
  base::Clock& clock = context.parts.clock;
  doors.read("/api/v1/declarations", list_parameters({"form", "term", "state", "at"}),
             [shelf, &clock](const Ask& ask) { return list_declarations(ask, clock, *shelf); });
  doors.read("/api/v1/declarations/sums", {"form", "term", "at"},
             [shelf, &clock](const Ask& ask) { return city_return(ask, clock, *shelf); });
  doors.write("POST", "/api/v1/declarations/sums", {},
              [](const Request& request, const app::Access&) { return province_sums(request); });
  doors.read("/api/v1/declarations/{key}", {"at"},
             [&clock](const Ask& ask) { return one_declaration(ask, clock); });
  doors.write("POST", "/api/v1/declarations", {},
              [shelf, &context](const Request& request, const app::Access& access) {
                return fill_in(context, *shelf, request, access);
              });
  doors.write("POST", "/api/v1/declarations/{key}/{move}", {},
              [shelf, &context](const Request& request, const app::Access& access) {
                return move_on(context, *shelf, request, access);
              });
}

}  // namespace huan::http
