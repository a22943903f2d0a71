// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_pack/show.hpp"

#include "show_rows.hpp"

namespace huan::wire_pack {
namespace {

void put_head(json::Writer& w, const registry::Pack& pack) {
  put_text(w, "city", pack.city.code);
  w.key("districts").begin_array();
  for (const registry::District& district : pack.districts) {
    w.begin_object().member("code", district.code);
    put_text(w, "en", district.en);
    w.member("level", district.level).member("zh", district.zh).end_object();
  }
  w.end_array();
  put_day(w, "effective_from", pack.effective_from);
  put_day(w, "effective_to", pack.effective_to);
  w.member("en", pack.city.en).member("name", pack.name);
  put_text(w, "parent", pack.parent);
  put_text(w, "source", pack.source);
  w.member("version", pack.version).member("zh", pack.city.zh);
}

}  // namespace

std::string show(const City& city, Rows rows) {
  const bool all = rows == Rows::inherited;
  std::string out;
  json::Writer w(out);
  w.begin_object();
  put_head(w, city.pack);
  w.key("facts").begin_array();
  for (const norms::FactType& fact : city.rules.declared) {
    w.begin_object().member("en", fact.en).member("name", fact.name);
    w.member("origin", norms::name(fact.origin)).member("subject", norms::name(fact.subject));
    w.member("type", norms::name(fact.type)).member("zh", fact.zh).end_object();
  }
  w.end_array().key("norms").begin_array();
  for (const norms::Norm& norm : city.rules.norms) {
    if (all || !norm.inherited) {
      show_norm(w, norm, city.rules.facts);
    }
  }
  w.end_array().key("indicators").begin_array();
  for (const indicators::Indicator& indicator : city.rules.indicators) {
    if (all || !indicator.inherited) {
      show_indicator(w, indicator);
    }
  }
  w.end_array();
  show_duties(w, city.rules, all ? std::string_view{} : city.pack.name);
  w.end_object();
  return out;
}

}  // namespace huan::wire_pack
