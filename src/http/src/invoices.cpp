// SPDX-License-Identifier: Apache-2.0
// Reverse invoicing: a firm asks for invoices and undoes them, sees its own, a seller's room and
// what it files for a month. Each step is a version of the record.
#include "huan/app/invoice_text.hpp"

#include <algorithm>

#include "huan/invoicing/filing.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/fields.hpp"
#include "named_forms.hpp"
#include "object_body.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kInvoiceBodyMax = 1U << 20U;
constexpr std::size_t kEventsMax = 1'000;

/// What lives as long as the doors: the rules read last, and the gateway.
struct InvoiceDesk {
  explicit InvoiceDesk(invoicing::Gateway* given)
      : gateway(given == nullptr ? simulated : *given) {}
  RulesShelf shelf;
  invoicing::SimulatedGateway simulated;
  invoicing::Gateway& gateway;
};

/// A city on a day, under its rules.
struct InvoiceAt {
  std::unique_ptr<store::Reading> reading;
  store::CityRow city;
  RulesOnRecord rules;
  base::Day today;
  app::Personal* personal{nullptr};

  [[nodiscard]] std::string rules_name() const {
    return rules->pack.name + " " + rules->pack.version;
  }
};

Result<RulesOnRecord> stated_rules(InvoiceDesk& desk, store::Reading& reading,
                                   const store::CityRow& city, base::Day day) {
  HUAN_TRY(rules, desk.shelf.at(reading, city, day));
  if (!rules) {
    return Error{ErrorCode::not_supported, "", "no pack's rules are on record"};
  }
  return rules;
}

Result<app::Personal*> vault_of(Context& context) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::vault_locked, "", "sellers are told apart by the vault"};
  }
  return context.parts.personal;
}

Result<InvoiceAt> invoice_at(Context& context, InvoiceDesk& desk, const Request& request,
                             const app::Access& access) {
  InvoiceAt at;
  at.reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *at.reading, access));
  at.city = std::move(city);
  at.today = base::day_of(context.parts.clock.now(), at.city.offset_s);
  HUAN_TRY(rules, stated_rules(desk, *at.reading, at.city, at.today));
  at.rules = std::move(rules);
  HUAN_TRY(personal, vault_of(context));
  at.personal = personal;
  return at;
}

store::RowScope tenant_scope(store::RowScope scope) {
  scope.place.clear();
  return scope;
}

bool sees_invoice(store::Reading& reading, const store::CityRow& city, const app::KeptInvoice& kept,
                  const store::RowScope& scope) {
  store::RegistryRow row;
  row.kind = "invoice";
  row.key = kept.key;
  row.district = kept.invoice.district;
  row.party = kept.invoice.party;
  return app::sees_thing(reading, city.city, row, tenant_scope(scope));
}

void write_whole(json::Writer& w, store::Reading& reading, const app::Personal& personal,
                 const store::CityRow& city, const invoicing::Rules& rules,
                 const app::KeptInvoice& kept) {
  app::write_invoice(w, kept, app::standing_of(reading, personal, city.city, kept.invoice, rules));
}

struct ListedInvoice {
  app::KeptInvoice kept;
  [[nodiscard]] std::string key() const { return kept.key; }
};

std::vector<ListedInvoice> page_of(const std::vector<app::KeptInvoice>& all,
                                   const store::Page& page) {
  std::vector<ListedInvoice> rows;
  for (const app::KeptInvoice& one : all) {
    if (one.key > page.after && rows.size() < page.limit) {
      rows.push_back({one});
    }
  }
  return rows;
}

Result<Response> list_invoices(const Ask& ask) {
  constexpr std::array<std::string_view, 3> kStates{"requested", "issued", "refused"};
  const std::string state = ask.text("state");
  if (!state.empty() && std::find(kStates.begin(), kStates.end(), state) == kStates.end()) {
    return Error{ErrorCode::bad_field, "state", "requested, issued or refused"};
  }
  const store::RegistryFilter filter{
      ask.text("seller"), {}, ask.text("party"), tenant_scope(ask.scope())};
  auto all = app::read_invoices(ask.reading, ask.city.city, filter);
  std::erase_if(all, [&](const app::KeptInvoice& one) {
    return !state.empty() && invoicing::name(one.invoice.state) != state;
  });
  return list(
      ask,
      {"key", "version", "day", "state", "number", "party", "seller", "net_fen", "vat_fen",
       "red_of", "refusal"},
      [&](const store::Page& page) { return page_of(all, page); },
      [&](Table& table, const ListedInvoice& row) {
        const auto& invoice = row.kept.invoice;
        table.text(row.kept.key).integer(row.kept.version).text(base::format_day(invoice.day));
        table.text(invoicing::name(invoice.state)).text(invoice.number).text(invoice.party);
        table.text(invoice.seller).integer(invoice.sums.net.count());
        table.integer(invoice.sums.vat.count()).text(invoice.red_of);
        table.text(invoicing::refusal_of(invoice));
      });
}

/// What a refund of VAT asks for: each invoice with the five kinds of evidence behind it.
Result<Response> list_evidence(Context& context, InvoiceDesk& desk, const Ask& ask) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", ask.request.path};
  }
  const app::Personal& personal = *context.parts.personal;
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  HUAN_TRY(rules, desk.shelf.at(ask.reading, ask.city, today));
  const invoicing::Rules asked = rules ? rules->rules.invoicing : invoicing::Rules{};
  const auto month = ask.query("month") ? invoicing::parse_month(*ask.query("month"))
                                        : std::optional<invoicing::Month>();
  if (ask.query("month") && !month) {
    return Error{ErrorCode::bad_time, "month", "a month is written 2026-11"};
  }
  const store::RegistryFilter filter{{}, {}, ask.text("party"), tenant_scope(ask.scope())};
  auto all = app::read_invoices(ask.reading, ask.city.city, filter);
  std::erase_if(all, [&](const app::KeptInvoice& one) {
    return one.invoice.state != invoicing::State::issued || !one.invoice.red_of.empty() ||
           (month && !(invoicing::month_of(one.invoice.day) == *month));
  });
  return list(
      ask,
      {"key", "day", "number", "party", "seller", "net_fen", "vat_fen", "withheld_fen", "contract",
       "transport", "weigh_ticket", "payment", "ledger", "missing", "stands", "undone"},
      [&](const store::Page& page) { return page_of(all, page); },
      [&](Table& table, const ListedInvoice& row) {
        const auto& invoice = row.kept.invoice;
        const auto found = app::evidence_of(ask.reading, personal, ask.city.city, invoice);
        std::string missing;
        for (const std::string& kind : invoicing::missing(found, asked)) {
          missing += (missing.empty() ? "" : " ") + kind;
        }
        const auto red =
            app::invoice_on_record(ask.reading, ask.city.city, invoicing::red_key(row.kept.key));
        table.text(row.kept.key).text(base::format_day(invoice.day)).text(invoice.number);
        table.text(invoice.party).text(invoice.seller).integer(invoice.sums.net.count());
        table.integer(invoice.sums.vat.count());
        if (const auto withheld = invoicing::total_of(invoice.sums.withheld)) {
          table.integer(withheld->count());
        } else {
          table.none();
        }
        for (std::size_t kind = 0; kind < invoicing::kEvidenceKinds; ++kind) {
          table.boolean(found.test(kind));
        }
        table.text(missing);
        table.boolean(app::stands_as_invoiced(ask.reading, ask.city.city, invoice));
        table.boolean(red && red->invoice.state == invoicing::State::issued);
      });
}

/// Of its day; what was issued before there were any is shown by those of today, or by none.
Result<invoicing::Rules> rules_of_invoice(Context& context, InvoiceDesk& desk, const Ask& ask,
                                          base::Day day) {
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  for (const base::Day on : {day, today}) {
    HUAN_TRY(rules, desk.shelf.at(ask.reading, ask.city, on));
    if (rules) {
      return rules->rules.invoicing;
    }
  }
  return invoicing::Rules{};
}

Result<Response> one_invoice(Context& context, InvoiceDesk& desk, const Ask& ask) {
  const std::string key(ask.request.param("key"));
  const auto kept = app::invoice_on_record(ask.reading, ask.city.city, key);
  if (!kept || !sees_invoice(ask.reading, ask.city, *kept, ask.scope())) {
    return Error{ErrorCode::not_found, "key", key};
  }
  HUAN_TRY(rules, rules_of_invoice(context, desk, ask, kept->invoice.day));
  HUAN_TRY(personal, vault_of(context));
  std::string out;
  json::Writer w(out);
  write_whole(w, ask.reading, *personal, ask.city, rules, *kept);
  return http_server::json_response(200, std::move(out));
}

Result<Response> room_of_seller(Context& context, InvoiceDesk& desk, const Ask& ask) {
  HUAN_TRY(day, asked_day(ask.request, ask.city, context.parts.clock));
  const std::string seller = ask.text("seller");
  if (!ask.reading.registered(ask.city.city, "party", seller)) {
    return Error{ErrorCode::not_found, "seller", seller};
  }
  HUAN_TRY(rules, stated_rules(desk, ask.reading, ask.city, day));
  HUAN_TRY(personal, vault_of(context));
  const vault::Subject subject{ask.city.city, seller};
  auto room = app::seller_room(ask.reading, *personal, subject, rules->rules.invoicing, day);
  if (!room) {
    return std::move(room).error();
  }
  if (!ask.scope().any()) {  // who else bought is not theirs to know
    room->sold = {};
    room->parties.clear();
  }
  std::string out;
  json::Writer w(out);
  app::write_room(w, subject, *room, day);
  return http_server::json_response(200, std::move(out));
}

/// Who asks for a month's form, of a city.
struct FormAsked {
  store::Reading& reading;
  const store::CityRow& city;
  store::RowScope scope;
  const Request& request;
  [[nodiscard]] std::string text(std::string_view name) const {
    return std::string(request.query_value(name).value_or(""));
  }
};

struct FormOfMonth {
  invoicing::FilingForm form;
  invoicing::Filing filing;
  std::unique_ptr<app::MonthFiled> month;
};

Result<FormOfMonth> form_of_month(Context& context, InvoiceDesk& desk, const FormAsked& asked) {
  const auto month = invoicing::parse_month(asked.text("month"));
  if (!month) {
    return Error{ErrorCode::bad_time, "month", "a month is written 2026-11"};
  }
  if (const auto format = asked.request.query_value("format");
      format && *format != "json" && *format != "csv") {
    return Error{ErrorCode::bad_field, "format", "json or csv"};
  }
  const std::string buyer = asked.text("party");
  const auto party = asked.reading.registered(asked.city.city, "party", buyer);
  if (!party ||
      !app::sees_thing(asked.reading, asked.city.city, *party, tenant_scope(asked.scope))) {
    return Error{ErrorCode::not_found, "party", buyer};
  }
  HUAN_TRY(rules, stated_rules(desk, asked.reading, asked.city, invoicing::last_day(*month)));
  const auto& forms = rules->rules.invoicing.forms;
  const auto form = std::find_if(forms.begin(), forms.end(),
                                 [&](const auto& one) { return one.code == asked.text("form"); });
  if (form == forms.end()) {
    return Error{ErrorCode::not_found, "form", asked.text("form")};
  }
  HUAN_TRY(personal, vault_of(context));
  FormOfMonth out{*form, {buyer, *month}, nullptr};
  HUAN_TRY(filed, app::file_month(asked.reading, *personal, asked.city.city, out.filing,
                                  rules->rules.invoicing));
  out.month = std::move(filed);
  return out;
}

app::NamedForm as_form(const FormOfMonth& of, app::FilingTable table) {
  return {of.form.code + "-" + invoicing::format(of.filing.month), of.form.zh, of.form.source,
          std::move(table.header), std::move(table.rows)};
}

Result<Response> filing_of_month(Context& context, InvoiceDesk& desk, const Ask& ask) {
  HUAN_TRY(of, form_of_month(context, desk, {ask.reading, ask.city, ask.scope(), ask.request}));
  auto table = app::filing_table(of.form, of.month->filed);
  if (ask.text("format") == "csv") {
    return answer_form(ask.request, as_form(of, std::move(table)));
  }
  std::string out;
  json::Writer w(out);
  app::write_filing(w, of.form, of.filing, table);
  return http_server::json_response(200, std::move(out));
}

/// The same with who the sellers are, each read out of the vault once.
Result<Response> named_filing(Context& context, InvoiceDesk& desk, const Request& request,
                              const app::Access& access) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(of, form_of_month(context, desk, {*reading, city, app::row_scope(access), request}));
  HUAN_TRY(names, names_for(context, request, access, city.city));
  app::SellersOnForm sellers;
  for (const auto& one : of.month->filed) {
    const std::string& seller = one.known->invoice->seller;
    HUAN_TRY(person, names.of(seller));
    sellers[seller] = {std::move(person.name), std::move(person.id_number)};
  }
  return answer_form(request, as_form(of, app::filing_table(of.form, of.month->filed, &sellers)));
}

std::vector<invoicing::Attached> read_evidence(registry::Fields& f) {
  std::vector<invoicing::Attached> out;
  const auto list = f.array("evidence");
  if (!list) {
    return out;
  }
  if (list->size() > invoicing::kAttachedMax) {
    f.refuse(ErrorCode::too_large, "evidence", "at most 100 pieces");
    return out;
  }
  for (const json::Value one : list->elements()) {
    registry::Fields part(one, f.pointer("evidence") + "/" + std::to_string(out.size()));
    const auto kind = invoicing::evidence_kind_from(part.text("kind"));
    if (!kind) {
      part.refuse(ErrorCode::bad_field, "kind",
                  "contract, transport, weigh_ticket, payment or ledger");
    }
    invoicing::Attached attached{kind.value_or(invoicing::EvidenceKind::contract),
                                 part.text("source"), part.optional_text("file").value_or("")};
    if (auto finished = part.finish(); !finished) {
      f.adopt(std::move(finished).error());
      return out;
    }
    out.push_back(std::move(attached));
  }
  return out;
}

Result<json::Document> invoice_body(const Request& request) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kInvoiceBodyMax) {
    return Error{ErrorCode::too_large, "", "at most 1 MiB"};
  }
  return json::Document::parse(request.body());
}

Result<app::InvoiceAsk> parse_ask(const Request& request) {
  HUAN_TRY(document, invoice_body(request));
  registry::Fields f(document.root(), "");
  app::InvoiceAsk ask;
  ask.key = f.name("key");
  ask.buyer = f.name("buyer");
  ask.events = f.names("events", kEventsMax);
  ask.special = f.flag("special", false);
  ask.day = f.optional_day("day");
  ask.attached = read_evidence(f);
  HUAN_CHECK(f.finish());
  return ask;
}

Result<Response> answer_invoice(const InvoiceAt& at, Context& context, const app::KeptInvoice& kept,
                                int status) {
  const auto reading = context.parts.store.snapshot();
  std::string out;
  json::Writer w(out);
  write_whole(w, *reading, *at.personal, at.city, at.rules->rules.invoicing, kept);
  return http_server::json_response(status, std::move(out));
}

Result<Response> request_invoice(Context& context, InvoiceDesk& desk, const Request& request,
                                 const app::Access& access) {
  HUAN_TRY(at, invoice_at(context, desk, request, access));
  HUAN_TRY(ask, parse_ask(request));
  const auto scope = app::row_scope(access);
  if (!scope.party.empty() && ask.buyer != scope.party) {
    return Error{ErrorCode::forbidden, "/buyer", "it is somebody else's"};
  }
  ask.city = at.city.city;
  ask.by = access.principal;
  app::Invoices invoices({context.parts.recorder, *at.personal, context.parts.clock, desk.gateway},
                         at.rules->rules.invoicing, at.rules_name());
  HUAN_TRY(kept, invoices.request(ask));
  return answer_invoice(at, context, kept, 201);
}

Result<Response> move_invoice(Context& context, InvoiceDesk& desk, const Request& request,
                              const app::Access& access) {
  constexpr std::array<std::string_view, 3> kMoves{"retry", "red", "attach"};
  HUAN_TRY(at, invoice_at(context, desk, request, access));
  const std::string move(request.param("move"));
  if (std::find(kMoves.begin(), kMoves.end(), move) == kMoves.end()) {
    return Error{ErrorCode::not_found, "move", move};
  }
  HUAN_TRY(document, invoice_body(request));
  registry::Fields f(document.root(), "");
  app::InvoiceStep step;
  step.reason = f.optional_text("reason").value_or("");
  step.day = f.optional_day("day");
  step.attached = read_evidence(f);
  HUAN_CHECK(f.finish());
  step.city = at.city.city;
  step.key = request.param("key");
  step.by = access.principal;
  const auto before = app::invoice_on_record(*at.reading, step.city, step.key);
  if (!before || !sees_invoice(*at.reading, at.city, *before, app::row_scope(access))) {
    return Error{ErrorCode::not_found, "key", step.key};
  }
  app::Invoices invoices({context.parts.recorder, *at.personal, context.parts.clock, desk.gateway},
                         at.rules->rules.invoicing, at.rules_name());
  HUAN_TRY(kept, move == "retry" ? invoices.deliver(step)
                 : move == "red" ? invoices.undo(step)
                                 : invoices.attach(step));
  return answer_invoice(at, context, kept, 200);
}

}  // namespace

void add_invoice_doors(Doors& doors) {
  Context& context = doors.context();
  const auto desk = std::make_shared<InvoiceDesk>(context.parts.tax_platform);
  doors.read("/api/v1/invoices", list_parameters({"seller", "party", "state"}), list_invoices);
  doors.read("/api/v1/invoices/evidence", list_parameters({"party", "month"}),
             [desk, &context](const Ask& ask) { return list_evidence(context, *desk, ask); });
  doors.read("/api/v1/invoices/limit", {"seller", "at"},
             [desk, &context](const Ask& ask) { return room_of_seller(context, *desk, ask); });
  doors.read("/api/v1/invoices/filing", {"party", "month", "form", "format"},
             [desk, &context](const Ask& ask) { return filing_of_month(context, *desk, ask); });
  doors.write("GET", "/api/v1/invoices/filing/named",
              {"party", "month", "form", "format", "purpose"},
              [desk, &context](const Request& request, const app::Access& access) {
                return named_filing(context, *desk, request, access);
              });
  doors.read("/api/v1/invoices/{key}", {},
             [desk, &context](const Ask& ask) { return one_invoice(context, *desk, ask); });
  doors.write("POST", "/api/v1/invoices", {},
              [desk, &context](const Request& request, const app::Access& access) {
                return request_invoice(context, *desk, request, access);
              });
  doors.write("POST", "/api/v1/invoices/{key}/{move}", {},
              [desk, &context](const Request& request, const app::Access& access) {
                return move_invoice(context, *desk, request, access);
              });
}

}  // namespace huan::http
