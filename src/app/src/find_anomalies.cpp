// SPDX-License-Identifier: Apache-2.0
#include "huan/app/find_anomalies.hpp"

#include <map>
#include <utility>

#include "huan/app/registry_facts.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kCardsPage = 1'000;

std::int64_t storage_limit(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  const auto limit = data && data->is_object() ? data->find("storage_limit_g") : std::nullopt;
  return limit && limit->is_integer() ? limit->integer() : 0;
}

std::vector<anomalies::PlaceCard> place_cards(store::RegistryReading& reading,
                                              const std::string& city) {
  std::vector<anomalies::PlaceCard> cards;
  store::Page page{"", kCardsPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "place", {}, page);
    for (const store::RegistryRow& row : rows) {
      cards.push_back({row.key, row.subkind, storage_limit(row), 0});
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return cards;
}

}  // namespace

void write_values(json::Writer& w, const anomalies::Part& part) {
  w.begin_array();
  for (const auto& value : part.values) {
    if (value) {
      w.integer(*value);
    } else {
      w.null();
    }
  }
  w.end_array();
}

namespace {

void write_rules(json::Writer& w, const anomalies::Anomaly& one) {
  w.key("rules").begin_object();
  for (const anomalies::Figure& figure : one.figures) {
    w.key(figure.name).begin_object().member("column", figure.column);
    w.member("rule", anomalies::name(figure.rule)).end_object();
  }
  w.end_object();
}

}  // namespace

void begin_anomaly(json::Writer& w, const anomalies::Anomaly& one) {
  w.begin_object().key("columns").begin_array();
  for (const std::string& column : one.columns) {
    w.string(column);
  }
  w.end_array().key("events").begin_array();
  for (const std::string& event : one.events) {
    w.string(event);
  }
  w.end_array().key("figures").begin_object();
  for (const anomalies::Figure& figure : one.figures) {
    w.member(figure.name, figure.value);
  }
  w.end_object().key("how_to_check").begin_object();
  w.member("en", anomalies::how_to_check(one.kind, false));
  w.member("zh", anomalies::how_to_check(one.kind, true)).end_object();
  w.member("kind", anomalies::name(one.kind)).member("other", one.other);
  write_rules(w, one);
  w.member("subject", one.subject).key("why").begin_object();
  w.member("en", anomalies::why(one.kind, false)).member("zh", anomalies::why(one.kind, true));
  w.end_object();
}

void write_anomaly(json::Writer& w, const anomalies::Anomaly& one) {
  begin_anomaly(w, one);
  w.key("parts").begin_array();
  for (const anomalies::Part& part : one.parts) {
    w.begin_object().member("event", part.event.text()).member("place", part.place);
    w.key("values");
    write_values(w, part);
    w.end_object();
  }
  w.end_array().end_object();
}

WatchReport find_anomalies(store::Reading& reading, const store::CityRow& city,
                           const WatchedDays& days, std::vector<std::int32_t> due_days,
                           const SilentVehicle& silent) {
  anomalies::Rules rules;
  rules.offset_s = city.offset_s;
  rules.due_days = std::move(due_days);
  StoreVersions versions(reading, city.city);
  RegistryFacts facts(versions, city.offset_s);
  anomalies::Beside beside;
  beside.licensed = [&](std::string_view place, std::string_view material, base::Instant at) {
    return facts.qualified(place, material, at);
  };
  beside.material_of = [&](std::string_view lot) {
    const auto state = reading.lot(city.city, lot);
    return state ? state->material : std::string{};
  };
  std::map<std::pair<std::string, std::int32_t>, bool> asked;
  if (silent) {
    beside.silent = [&](std::string_view vehicle, base::Day day) {
      const auto [known, fresh] = asked.try_emplace({std::string(vehicle), day.n}, false);
      known->second = fresh ? silent(known->first.first, day) : known->second;
      return known->second;
    };
  }
  anomalies::Watch watch(place_cards(reading, city.city), std::move(rules), std::move(beside));
  reading.records(city.city, {}, [&](const store::RecordView& record) {
    const base::Day day = base::day_of(record.time, city.offset_s);
    if (record.klass != store::RecordClass::event || day.n < days.from.n || day.n > days.to.n) {
      return true;
    }
    const auto document = json::Document::parse(std::string(record.body), json::kStored);
    if (const auto event = document ? document->root().find("event") : std::nullopt) {
      watch.read(*event);
    }
    return true;
  });
  return {watch.find(), watch.events()};
}

}  // namespace huan::app
