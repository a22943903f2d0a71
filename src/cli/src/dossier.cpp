// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <algorithm>

#include "dossier_desk.hpp"
#include "huan/base/text.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/oversight/duty_standings.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Dossier;
using registry::DossierValue;

struct DossierOptions {
  OversightOptions city;
  DossierChange change;
  std::string action;
};

Result<std::optional<base::Day>> day_option(const std::string& text, const char* option) {
  const auto day = text.empty() ? std::nullopt : base::parse_day(text);
  if (!text.empty() && !day) {
    return Error{ErrorCode::bad_time, option, "a day like 2025-06-30"};
  }
  return day;
}

Result<DossierValue> value_of_field(const duties::DossierField& field, const std::string& text) {
  if (field.type == duties::FieldType::amount) {
    const auto amount = base::parse_integer(text);
    if (!amount) {
      return Error{ErrorCode::bad_field, "--set", field.name + " is a whole number"};
    }
    return DossierValue{*amount};
  }
  if (field.type == duties::FieldType::yes_no) {
    return DossierValue{text == "true" || text == "yes"};
  }
  if (field.type != duties::FieldType::texts) {
    return DossierValue{text};
  }
  std::vector<std::string> texts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find(';', from), text.size());
    texts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return DossierValue{std::move(texts)};
}

Result<void> set_fields(const DossierChange& change, const duties::DossierType& type,
                        Dossier& dossier) {
  for (const std::string& set : change.sets) {
    const auto equals = set.find('=');
    const auto* field = duties::field_of(type, set.substr(0, equals));
    if (equals == std::string::npos || field == nullptr) {
      return Error{ErrorCode::bad_field, "--set",
                   "name=value with a field of " + type.row.code + ", found " + set};
    }
    HUAN_TRY(value, value_of_field(*field, set.substr(equals + 1)));
    dossier.fields.insert_or_assign(field->name, std::move(value));
  }
  return {};
}

void put_given(std::string& what, const std::string& with) {
  if (!with.empty()) {
    what = with;
  }
}

int show_types(const Common& common, const DossierOptions& options) {
  const auto city = wire_pack::load(options.city.pack);
  if (!city) {
    return refused(common, city.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    oversight::write_dossier_types(w, city->rules.duties.dossier_types);
    fmt::print("{}\n", out);
    return kDone;
  }
  for (const duties::DossierType& type : city->rules.duties.dossier_types) {
    std::string states;
    for (const duties::DossierState& state : type.states) {
      states += (states.empty() ? "" : " ") + state.code;
    }
    fmt::print("{:<14} {:<14} {}\n", type.row.code, type.row.zh, states);
  }
  return kDone;
}

int list_dossiers(const Common& common, const DossierOptions& options) {
  const auto overseen = oversee(common, options.city);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  const DossierChange& asked = options.change;
  auto found = oversight::read_dossiers(*overseen->reading, overseen->city, {.type = asked.type});
  std::erase_if(found, [&](const oversight::KeyedDossier& one) {
    const Dossier& d = one.dossier;
    return (!asked.state.empty() && d.state != asked.state) ||
           (!options.city.district.empty() && d.district != options.city.district) ||
           (!asked.about.empty() && d.about_kind + ":" + d.about != asked.about);
  });
  if (!common.json) {
    for (const oversight::KeyedDossier& one : found) {
      fmt::print("{:<24} {:<14} {:<14} {}:{} {}\n", one.key, one.dossier.type, one.dossier.state,
                 one.dossier.about_kind, one.dossier.about, one.dossier.title);
    }
    return kDone;
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const oversight::KeyedDossier& one : found) {
    write_keyed(w, one);
  }
  w.end_array().end_object();
  fmt::print("{}\n", out);
  return kDone;
}

int show_one(const Common& common, const DossierOptions& options) {
  const auto overseen = oversee(common, options.city);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  const auto rows = overseen->reading->versions(overseen->city.code, "dossier", options.change.key);
  if (rows.empty()) {
    return refused(common, {ErrorCode::not_found, "--key", options.change.key});
  }
  for (const store::RegistryRow& row : rows) {
    const auto document = json::Document::parse(row.body, json::kStored);
    const auto record = document ? document->root().find("record") : std::nullopt;
    if (record) {
      fmt::print("{}\n", json::canonical(*record));
    }
  }
  return kDone;
}

int set_one(const Common& common, const DossierOptions& options) {
  const auto overseen = oversee(common, options.city);
  if (!overseen) {
    return refused(common, overseen.error());
  }
  const auto before =
      options.change.key.empty()
          ? std::nullopt
          : app::dossier_on_record(*overseen->reading, overseen->city.code, options.change.key);
  const auto after = changed(options.change, overseen->rules.rules.duties.dossier_types, before);
  if (!after) {
    return refused(common, after.error());
  }
  return file_and_print(common, *overseen, options.change, *after, before ? before->version : 0);
}

int dossier(const Common& common, const DossierOptions& options) {
  if (options.action == "types") {
    return show_types(common, options);
  }
  if (options.action == "list") {
    return list_dossiers(common, options);
  }
  return options.action == "show" ? show_one(common, options) : set_one(common, options);
}

}  // namespace

Result<Dossier> changed(const DossierChange& change, const std::vector<duties::DossierType>& types,
                        const std::optional<app::FiledDossier>& before) {
  Dossier dossier = before ? before->dossier : Dossier{};
  if (!before) {
    const auto colon = change.about.find(':');
    if (change.type.empty() || colon == std::string::npos) {
      return Error{ErrorCode::bad_field, change.type.empty() ? "--type" : "--about",
                   "a new dossier has a type and is about kind:id"};
    }
    dossier.type = change.type;
    dossier.about_kind = change.about.substr(0, colon);
    dossier.about = change.about.substr(colon + 1);
    dossier.district = dossier.about_kind == "district" ? dossier.about : "";
  }
  const duties::DossierType* type = duties::type_of(types, dossier.type);
  if (type == nullptr) {
    return Error{ErrorCode::bad_field, "--type", "a type of the pack: huan dossier types"};
  }
  HUAN_CHECK(set_fields(change, *type, dossier));
  HUAN_TRY(from, day_option(change.from, "--from"));
  HUAN_TRY(to, day_option(change.to, "--to"));
  dossier.from = from ? from : dossier.from;
  dossier.to = to ? to : dossier.to;
  put_given(dossier.district, change.district);
  put_given(dossier.party, change.party);
  put_given(dossier.title, change.title);
  put_given(dossier.state, change.state);
  dossier.note = change.note;
  for (const std::string& source : change.evidence) {
    dossier.evidence.push_back({source, "", {}});
  }
  return dossier;
}

int file_and_print(const Common& common, const Overseen& overseen, const DossierChange& change,
                   const Dossier& dossier, std::int64_t based_on) {
  Writing writing{common};
  app::DossierPut put;
  put.city = overseen.city.code;
  put.key = change.key.empty() ? writing.ids.next().text() : change.key;
  put.data = registry::to_json(dossier);
  put.based_on = based_on;
  put.role = "operator";
  put.by = {change.as};
  put.sign_as = change.sign_as;
  put.day = overseen.day;
  if (put.day != base::day_of(writing.clock.now(), overseen.city.offset_s)) {
    constexpr std::int64_t kDaySeconds = 86'400;  // what is entered later holds from its day's noon
    const std::int64_t noon = std::int64_t{put.day.n} * kDaySeconds + kDaySeconds / 2;
    put.time = base::format_time({noon - overseen.city.offset_s}, overseen.city.offset_s);
  }
  const auto filed = app::file_dossier(writing.recorder, overseen.rules.rules.duties, put);
  if (!filed) {
    return refused(common, filed.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    write_keyed(w, {put.key, filed->version, {}, filed->dossier});
    fmt::print("{}\n", out);
  } else {
    const std::string number = dossiers::text_in(filed->dossier, "number");
    fmt::print("{} is {}, version {}{}\n", put.key, filed->dossier.state, filed->version,
               number.empty() ? "" : ": " + number + " " + filed->dossier.title);
  }
  return kDone;
}

void write_keyed(json::Writer& w, const oversight::KeyedDossier& keyed) {
  w.begin_object().key("data").raw(registry::to_json(keyed.dossier)).member("key", keyed.key);
  w.member("version", keyed.version).end_object();
}

void add_dossier(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "dossier",
                           "what is kept about a matter: open, move, sign, list, show");
  auto options = std::make_shared<DossierOptions>();
  DossierChange& change = options->change;
  one->add_option("action", options->action, "types, list, show or set")
      ->required()
      ->check(CLI::IsMember({"types", "list", "show", "set"}));
  add_oversight_options(*one, common, options->city);
  one->add_option("--key", change.key, "of the dossier; set: a new one of its own");
  one->add_option("--type", change.type, "its type, see `huan dossier types`");
  one->add_option("--about", change.about, "kind:id, like district:130102 or task:3");
  one->add_option("--of-district", change.district, "whose it is");
  one->add_option("--party", change.party, "the firm whose it is");
  one->add_option("--title", change.title, "what it is called");
  one->add_option("--state", change.state, "the state that it is brought to");
  one->add_option("--from", change.from, "first day of its term");
  one->add_option("--to", change.to, "last day of its term");
  one->add_option("--note", change.note, "why");
  one->add_option("--set", change.sets, "name=value; of a list: a;b");
  one->add_option("--evidence", change.evidence, "source of one more piece of evidence");
  one->add_option("--sign", change.sign_as, "sign in this role under what it then says");
  one->add_option("--as", change.as, "who does it");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return dossier(common, *options); };
  });
}

}  // namespace huan::cli
