// SPDX-License-Identifier: Apache-2.0
#include "named_forms.hpp"

#include "buying_desk.hpp"
#include "huan/wire_table/csv_writer.hpp"

namespace huan::http {
namespace {

struct FormDesk {
  std::unique_ptr<store::Reading> reading;
  store::CityRow city;
  store::RowScope scope;
  [[nodiscard]] app::FormCity form_city() const {
    return {*reading, city.city, city.offset_s, scope};
  }
};

Result<FormDesk> desk_of(Context& context, const Request& request, const app::Access& access) {
  FormDesk desk;
  desk.reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *desk.reading, access));
  desk.city = std::move(city);
  desk.scope = organisation_scope(app::row_scope(access));
  return desk;
}

Result<app::FormDays> days_of(const Request& request, base::Day today) {
  const auto day = [&](std::string_view name, base::Day otherwise) {
    const auto text = request.query_value(name);
    return text ? base::parse_day(*text) : std::optional(otherwise);
  };
  const auto to = day("to", today);
  const auto from = to ? day("from", *to) : std::nullopt;
  if (!from || !to || to->n < from->n) {
    return Error{ErrorCode::bad_time, to ? "from" : "to", "two days like 2026-11-21, in order"};
  }
  return app::FormDays{*from, *to};
}

Result<Response> named_registrations(Context& context, const Request& request,
                                     const app::Access& access) {
  HUAN_TRY(desk, desk_of(context, request, access));
  HUAN_TRY(days, days_of(request, base::day_of(context.parts.clock.now(), desk.city.offset_s)));
  HUAN_TRY(names, names_for(context, request, access, desk.city.city));
  HUAN_TRY(form, app::registrations_form(desk.form_city(), days, &names));
  return answer_form(request, form);
}

Result<Response> named_filings(Context& context, RulesShelf& shelf, const Request& request,
                               const app::Access& access) {
  HUAN_TRY(desk, desk_of(context, request, access));
  HUAN_TRY(day, asked_day(request, desk.city, context.parts.clock));
  HUAN_TRY(rules, buying_rules(shelf, *desk.reading, desk.city, day));
  HUAN_TRY(names, names_for(context, request, access, desk.city.city));
  HUAN_TRY(form, app::filings_form(desk.form_city(), context.parts.clock.now(), day,
                                   rules->rules.buying, &names));
  return answer_form(request, form);
}

}  // namespace

Result<app::NamesOnForm> names_for(Context& context, const Request& request,
                                   const app::Access& access, std::string city) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::vault_locked, "", "names stand in the vault"};
  }
  const std::string purpose(request.query_value("purpose").value_or(""));
  auto names = app::NamesOnForm::open(*context.parts.personal, {access.principal.name, purpose},
                                      std::move(city));
  if (!names && names.error().code != ErrorCode::vault_locked) {
    return at_parameter(std::move(names).error());
  }
  return names;
}

Result<Response> answer_form(const Request& request, const app::NamedForm& form) {
  const std::string format(request.query_value("format").value_or("json"));
  if (format != "json" && format != "csv") {
    return Error{ErrorCode::bad_field, "format", "json or csv"};
  }
  std::string out;
  auto response = [&] {
    if (format == "csv") {
      wire_table::CsvWriter lines(out);
      lines.row(form.columns);
      for (const auto& row : form.rows) {
        lines.row(row);
      }
      auto file = http_server::make_response(200, "text/csv; charset=utf-8", std::move(out));
      file.headers.add("Content-Disposition", "attachment; filename=\"" + form.code + ".csv\"");
      return file;
    }
    json::Writer w(out);
    app::write_named_form(w, form);
    return http_server::json_response(200, std::move(out));
  }();
  response.headers.add("Cache-Control", "no-store");
  return response;
}

void add_named_form_doors(Doors& doors) {
  Context& context = doors.context();
  const auto shelf = std::make_shared<RulesShelf>();
  doors.write("GET", "/api/v1/buying/registrations/named", {"format", "from", "purpose", "to"},
              [&context](const Request& request, const app::Access& access) {
                return named_registrations(context, request, access);
              });
  doors.write("GET", "/api/v1/buying/filings/named", {"at", "format", "purpose"},
              [&context, shelf](const Request& request, const app::Access& access) {
                return named_filings(context, *shelf, request, access);
              });
}

}  // namespace huan::http
