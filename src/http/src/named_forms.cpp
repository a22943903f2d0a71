// SPDX-License-Identifier: Apache-2.0
#include "named_forms.hpp"

#include "buying_desk.hpp"
#include "huan/app/file_dossier.hpp"
#include "huan/app/filings.hpp"
#include "huan/app/registry_facts.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/wire_table/csv_writer.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kRegistrationPage = 500;
constexpr std::size_t kPremisesShown = 20;

std::string& slot(PersonOnForm& person, vault::Field field, std::string& none) {
  switch (field) {
    case vault::Field::name:
      return person.name;
    case vault::Field::id_number:
      return person.id_number;
    case vault::Field::address:
      return person.address;
    case vault::Field::phone:
      return person.phone;
    default:
      return none;
  }
}

/// The fields that the forms have, and no others.
app::PersonalQuestion asked_of_forms() {
  app::PersonalQuestion question{{}, {}};
  for (const auto field :
       {vault::Field::name, vault::Field::id_number, vault::Field::address, vault::Field::phone}) {
    question.allowed.set(static_cast<std::size_t>(field));
  }
  return question;
}

/// A city, as its asker may see it.
struct FormDesk {
  std::unique_ptr<store::Reading> reading;
  store::CityRow city;
  store::RowScope scope;
};

Result<FormDesk> desk_of(Context& context, const Request& request, const app::Access& access) {
  FormDesk desk;
  desk.reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *desk.reading, access));
  desk.city = std::move(city);
  desk.scope = organisation_scope(app::row_scope(access));
  return desk;
}

struct Days {
  base::Day from;
  base::Day to;
};

Result<Days> days_of(const Request& request, base::Day today) {
  const auto day = [&](std::string_view name, base::Day otherwise) {
    const auto text = request.query_value(name);
    return text ? base::parse_day(*text) : std::optional(otherwise);
  };
  const auto to = day("to", today);
  const auto from = to ? day("from", *to) : std::nullopt;
  if (!from || !to || to->n < from->n) {
    return Error{ErrorCode::bad_time, to ? "from" : "to", "two days like 2026-11-21, in order"};
  }
  return Days{*from, *to};
}

/// When and where it was bought; nullopt: the entry is there ahead of its event.
struct Bought {
  std::string place;
  base::Instant at;
};
std::optional<Bought> bought_in(const FormDesk& desk, const registry::Dossier& entry) {
  const auto id = base::Uuid::parse(dossiers::text_in(entry, "event"));
  const auto record = id ? desk.reading->record(desk.city.city, *id) : std::nullopt;
  return record ? std::optional(Bought{record->place, record->time}) : std::nullopt;
}

Result<void> add_entry(const FormDesk& desk, const registry::Dossier& entry, const Days& days,
                       NamesOnForm& names, NamedForm& form) {
  const auto bought = bought_in(desk, entry);
  const auto day = bought ? base::day_of(bought->at, desk.city.offset_s) : days.from;
  if (!bought || day < days.from || days.to < day) {
    return {};
  }
  const auto text = [&](std::string_view field) { return dossiers::text_in(entry, field); };
  HUAN_TRY(handler, names.of(text("handler")));
  form.rows.push_back({base::format_day(day), bought->place, text("unit"), handler.name,
                       handler.address, handler.id_number, text("item"), text("quantity"),
                       text("specification"), text("state"), text("event")});
  return {};
}

/// The register of one's purchases of some days, as the police reads it.
Result<Response> named_registrations(Context& context, const Request& request,
                                     const app::Access& access) {
  HUAN_TRY(desk, desk_of(context, request, access));
  HUAN_TRY(days, days_of(request, base::day_of(context.parts.clock.now(), desk.city.offset_s)));
  HUAN_TRY(names, NamesOnForm::open(context, request, access, desk.city.city));
  NamedForm form{"registrations",
                 "生产性废旧金属收购登记册",
                 "废旧金属收购业治安管理办法 第七条",
                 {"收购日期", "网点", "出售单位", "经办人姓名", "住址", "身份证件号码", "物品名称",
                  "数量", "规格", "新旧程度", "事件"},
                 {}};
  const store::RegistryFilter filter{"scrap_registration", {}, {}, desk.scope};
  store::Page page{"", kRegistrationPage};
  for (bool more = true; more;) {
    const auto rows = desk.reading->registry(desk.city.city, "dossier", filter, page);
    for (const auto& row : rows) {
      if (const auto kept = app::dossier_on_record(*desk.reading, desk.city.city, row.key)) {
        HUAN_CHECK(add_entry(desk, kept->dossier, days, names, form));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return answer_form(request, form);
}

/// Name and address of each place that the party runs.
std::string premises_of(const FormDesk& desk, const std::string& party) {
  std::string out;
  const store::RegistryFilter filter{{}, {}, party, {}};
  for (const auto& row :
       desk.reading->registry(desk.city.city, "place", filter, {"", kPremisesShown})) {
    const auto document = json::Document::parse(row.body, json::kStored);
    const auto record = document ? document->root().find("record") : std::nullopt;
    const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
    std::string line;
    for (const std::string_view field : {"name", "address"}) {
      const auto text = data && data->is_object() ? data->find(field) : std::nullopt;
      if (text && text->is_string()) {
        line += (line.empty() ? "" : " ") + std::string(text->string());
      }
    }
    out += (out.empty() ? "" : "；") + line;
  }
  return out;
}

/// What each firm files with an authority, with who answers for it.
Result<Response> named_filings(Context& context, RulesShelf& shelf, const Request& request,
                               const app::Access& access) {
  HUAN_TRY(desk, desk_of(context, request, access));
  HUAN_TRY(day, asked_day(request, desk.city, context.parts.clock));
  HUAN_TRY(rules, buying_rules(shelf, *desk.reading, desk.city, day));
  HUAN_TRY(names, NamesOnForm::open(context, request, access, desk.city.city));
  app::StoreVersions versions(*desk.reading, desk.city.city);
  app::RegistryFacts facts(versions, desk.city.offset_s);
  NamedForm form{"filings",
                 "备案登记表",
                 "废旧金属收购业治安管理办法 第四条；再生资源回收管理办法",
                 {"备案事项", "备案机关", "单位名称", "统一社会信用代码", "负责人姓名",
                  "身份证件号码", "联系电话", "住址", "经营场所", "应于", "状态", "编号", "依据"},
                 {}};
  const app::FilingsAsked asked{desk.city.city, desk.city.offset_s, day, desk.scope};
  for (const auto& due : app::filings_due(*desk.reading, asked, rules->rules.buying)) {
    const auto* firm = facts.find_party(due.party, context.parts.clock.now());
    HUAN_TRY(head, names.of(due.party));
    form.rows.push_back({due.code, due.authority, firm == nullptr ? due.party : firm->name,
                         firm == nullptr ? "" : firm->uscc, head.name, head.id_number, head.phone,
                         head.address, premises_of(desk, due.party), base::format_day(due.due),
                         std::string(app::name(due.state)), due.number, due.source});
  }
  return answer_form(request, form);
}

}  // namespace

Result<NamesOnForm> NamesOnForm::open(Context& context, const Request& request,
                                      const app::Access& access, std::string city) {
  if (context.parts.personal == nullptr || !context.parts.personal->readable()) {
    return Error{ErrorCode::vault_locked, "", "names stand in the vault"};
  }
  std::string purpose(request.query_value("purpose").value_or(""));
  if (auto checked = vault::Vault::check({access.principal.name, purpose}, {city, "P"}); !checked) {
    return at_parameter(std::move(checked).error());
  }
  return NamesOnForm{*context.parts.personal, access.principal.name, std::move(purpose),
                     std::move(city)};
}

Result<PersonOnForm> NamesOnForm::of(const std::string& party) {
  if (const auto found = known_.find(party); found != known_.end() || party.empty()) {
    return party.empty() ? PersonOnForm{} : found->second;
  }
  if (known_.size() >= kNamedMax) {
    return Error{ErrorCode::bad_field, "", "at most 5,000 persons: ask for fewer days"};
  }
  HUAN_TRY(fields, personal_.read({who_, purpose_}, {city_, party}, asked_of_forms()));
  PersonOnForm person;
  std::string none;
  for (const app::PersonalField& one : fields) {
    if (one.state == app::FieldState::clear) {
      slot(person, one.field, none) = one.value;
    }
  }
  return known_.emplace(party, std::move(person)).first->second;
}

Result<Response> answer_form(const Request& request, const NamedForm& form) {
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
    const auto texts = [&](const std::vector<std::string>& list) {
      w.begin_array();
      for (const std::string& text : list) {
        w.string(text);
      }
      w.end_array();
    };
    w.begin_object().key("columns");
    texts(form.columns);
    w.key("rows").begin_array();
    for (const auto& row : form.rows) {
      texts(row);
    }
    w.end_array().member("source", form.source).member("title", form.title).end_object();
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
