// SPDX-License-Identifier: Apache-2.0
#include "huan/app/named_forms.hpp"

#include <optional>
#include <utility>

#include "huan/app/file_dossier.hpp"
#include "huan/app/filings.hpp"
#include "huan/app/registry_facts.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"

namespace huan::app {

using base::Error;
using base::ErrorCode;
using base::Result;

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
PersonalQuestion asked_of_forms() {
  PersonalQuestion question{{}, {}};
  for (const auto field :
       {vault::Field::name, vault::Field::id_number, vault::Field::address, vault::Field::phone}) {
    question.allowed.set(static_cast<std::size_t>(field));
  }
  return question;
}

Result<PersonOnForm> person_of(NamesOnForm* names, const std::string& party) {
  if (names != nullptr) {
    return names->of(party);
  }
  return PersonOnForm{party, {}, {}, {}};
}

/// When and where it was bought; nullopt: the entry is there ahead of its event.
struct Bought {
  std::string place;
  base::Instant at;
};
std::optional<Bought> bought_in(const FormCity& of, const registry::Dossier& entry) {
  const auto id = base::Uuid::parse(dossiers::text_in(entry, "event"));
  const auto record = id ? of.reading.record(of.city, *id) : std::nullopt;
  return record ? std::optional(Bought{record->place, record->time}) : std::nullopt;
}

Result<void> add_entry(const FormCity& of, const registry::Dossier& entry, const FormDays& days,
                       NamesOnForm* names, NamedForm& form) {
  const auto bought = bought_in(of, entry);
  const auto day = bought ? base::day_of(bought->at, of.offset_s) : days.from;
  if (!bought || day < days.from || days.to < day) {
    return {};
  }
  const auto text = [&](std::string_view field) { return dossiers::text_in(entry, field); };
  HUAN_TRY(handler, person_of(names, text("handler")));
  form.rows.push_back({base::format_day(day), bought->place, text("unit"), handler.name,
                       handler.address, handler.id_number, text("item"), text("quantity"),
                       text("specification"), text("state"), text("event")});
  return {};
}

/// Name and address of each place that the party runs.
std::string premises_of(const FormCity& of, const std::string& party) {
  std::string out;
  const store::RegistryFilter filter{{}, {}, party, {}};
  for (const auto& row : of.reading.registry(of.city, "place", filter, {"", kPremisesShown})) {
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

}  // namespace

Result<NamesOnForm> NamesOnForm::open(Personal& personal, const vault::Caller& caller,
                                      std::string city) {
  if (!personal.readable()) {
    return Error{ErrorCode::vault_locked, "", "names stand in the vault"};
  }
  HUAN_CHECK(vault::Vault::check(caller, {city, "P"}));
  return NamesOnForm{personal, caller, std::move(city)};
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
  for (const PersonalField& one : fields) {
    if (one.state == FieldState::clear) {
      slot(person, one.field, none) = one.value;
    }
  }
  return known_.emplace(party, std::move(person)).first->second;
}

void write_named_form(json::Writer& w, const NamedForm& form) {
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
}

Result<NamedForm> registrations_form(const FormCity& of, const FormDays& days, NamesOnForm* names) {
  NamedForm form{"registrations",
                 "生产性废旧金属收购登记册",
                 "废旧金属收购业治安管理办法 第七条",
                 {"收购日期", "网点", "出售单位", "经办人姓名", "住址", "身份证件号码", "物品名称",
                  "数量", "规格", "新旧程度", "事件"},
                 {}};
  const store::RegistryFilter filter{"scrap_registration", {}, {}, of.scope};
  store::Page page{"", kRegistrationPage};
  for (bool more = true; more;) {
    const auto rows = of.reading.registry(of.city, "dossier", filter, page);
    for (const auto& row : rows) {
      if (const auto kept = dossier_on_record(of.reading, of.city, row.key)) {
        HUAN_CHECK(add_entry(of, kept->dossier, days, names, form));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return form;
}

Result<NamedForm> filings_form(const FormCity& of, base::Instant now, base::Day day,
                               const buying::Rules& rules, NamesOnForm* names) {
  StoreVersions versions(of.reading, of.city);
  RegistryFacts facts(versions, of.offset_s);
  NamedForm form{"filings",
                 "备案登记表",
                 "废旧金属收购业治安管理办法 第四条；再生资源回收管理办法",
                 {"备案事项", "备案机关", "单位名称", "统一社会信用代码", "负责人姓名",
                  "身份证件号码", "联系电话", "住址", "经营场所", "应于", "状态", "编号", "依据"},
                 {}};
  for (const auto& due : filings_due(of.reading, {of.city, of.offset_s, day, of.scope}, rules)) {
    const auto* firm = facts.find_party(due.party, now);
    HUAN_TRY(head, person_of(names, due.party));
    form.rows.push_back({due.code, due.authority, firm == nullptr ? due.party : firm->name,
                         firm == nullptr ? "" : firm->uscc, head.name, head.id_number, head.phone,
                         head.address, premises_of(of, due.party), base::format_day(due.due),
                         std::string(name(due.state)), due.number, due.source});
  }
  return form;
}

}  // namespace huan::app
