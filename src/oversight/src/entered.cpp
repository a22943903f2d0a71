// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/entered.hpp"

#include <algorithm>

#include "registry_rows.hpp"

namespace huan::oversight {
namespace {

using norms::ValueType;

/// The value in the fact's type and unit.
std::optional<norms::Value> value_of(const registry::Evidence& evidence,
                                     const norms::FactType& type) {
  if (const auto* truth = std::get_if<bool>(&evidence.value)) {
    return type.type == ValueType::yes_no ? std::optional<norms::Value>(*truth) : std::nullopt;
  }
  if (const auto* amount = std::get_if<std::int64_t>(&evidence.value)) {
    if (type.type != ValueType::amount) {
      return std::nullopt;
    }
    const auto unit = evidence.unit.empty() ? type.unit : norms::unit_from(evidence.unit);
    const auto converted = unit ? norms::convert(*amount, *unit, type.unit) : std::nullopt;
    return converted ? std::optional<norms::Value>(*converted) : std::nullopt;
  }
  const std::string& text = std::get<std::string>(evidence.value);
  if (type.type == ValueType::day) {
    const auto day = base::parse_day(text);
    return day ? std::optional<norms::Value>(*day) : std::nullopt;
  }
  return type.type == ValueType::text ? std::optional<norms::Value>(text) : std::nullopt;
}

/// Larger counts more: in term first, then the latest begun; out of term the one that ended last.
std::pair<int, std::int32_t> weight(const registry::Evidence& evidence, base::Day day) {
  const std::int32_t from = evidence.from ? evidence.from->n : INT32_MIN;
  const std::int32_t to = evidence.to ? evidence.to->n : INT32_MAX;
  if (day.n < from) {
    return {0, -from};
  }
  return day.n <= to ? std::pair{2, from} : std::pair{1, to};
}

std::string subject_key(std::string_view kind, std::string_view id) {
  return std::string(kind) + ' ' + std::string(id);
}

}  // namespace

void Entered::add(EnteredEvidence evidence) {
  std::string key = subject_key(evidence.evidence.subject_kind, evidence.evidence.subject);
  evidence_[std::move(key)].push_back(std::move(evidence));
}

void Entered::add(EnteredValue value) {
  std::vector<EnteredValue>& series = values_[value.value.indicator];
  const auto later = std::upper_bound(
      series.begin(), series.end(), value.value.day,
      [](base::Day day, const EnteredValue& other) { return day < other.value.day; });
  series.insert(later, std::move(value));
}

void Entered::put_facts(const norms::Subject& subject, base::Day day, const norms::FactTable& table,
                        norms::FactSet& facts, std::vector<std::string>& notes) const {
  const auto found = evidence_.find(subject_key(name(subject.kind), subject.id));
  if (found == evidence_.end()) {
    return;
  }
  std::map<std::string_view, const EnteredEvidence*> best;
  for (const EnteredEvidence& one : found->second) {
    const EnteredEvidence*& known = best[one.evidence.fact];
    if (known == nullptr || weight(known->evidence, day) < weight(one.evidence, day)) {
      known = &one;
    }
  }
  for (const auto& [fact, one] : best) {
    const norms::FactType* type = table.find(fact);
    const auto value = type == nullptr || type->subject != subject.kind
                           ? std::nullopt
                           : value_of(one->evidence, *type);
    if (!value) {
      notes.push_back("evidence " + one->key + ": `" + std::string(fact) +
                      (type == nullptr ? "` is no fact that these norms know"
                                       : "` has another type, unit or subject"));
      continue;
    }
    if (facts.find(fact) == nullptr) {
      norms::Fact known{.value = *value, .origin = norms::Origin::evidence};
      known.source = one->evidence.source + " [evidence " + one->key + "]";
      known.from = one->evidence.from;
      known.to = one->evidence.to;
      facts.put(std::string(fact), std::move(known));
    }
  }
}

std::set<std::string> Entered::subjects(norms::SubjectKind kind) const {
  std::set<std::string> ids;
  const std::string prefix = subject_key(name(kind), "");
  for (auto at = evidence_.lower_bound(prefix);
       at != evidence_.end() && at->first.starts_with(prefix); ++at) {
    ids.insert(at->first.substr(prefix.size()));
  }
  return ids;
}

const EnteredValue* Entered::value(std::string_view series, base::Day day) const {
  const auto found = values_.find(series);
  const EnteredValue* last = nullptr;
  if (found != values_.end()) {
    for (const EnteredValue& one : found->second) {
      if (!one.value.is_base && one.value.day <= day) {
        last = &one;
      }
    }
  }
  return last;
}

const EnteredValue* Entered::base(std::string_view series) const {
  const auto found = values_.find(series);
  const EnteredValue* last = nullptr;
  if (found != values_.end()) {
    for (const EnteredValue& one : found->second) {
      last = one.value.is_base ? &one : last;
    }
  }
  return last;
}

Entered read_entered(store::RegistryReading& reading, const CityName& city) {
  using registry::Kind;
  constexpr base::Instant kEver{INT64_MAX};
  Entered entered;
  visit_records(reading, city.code, Kind::evidence, kEver,
                [&](const store::RegistryRow& row, json::Value data) {
                  auto parsed = registry::parse_evidence(data, "/data");
                  if (parsed && !parsed->withdrawn) {
                    entered.add(EnteredEvidence{row.key, std::move(*parsed)});
                  }
                });
  visit_records(reading, city.code, Kind::indicator_value, kEver,
                [&](const store::RegistryRow& row, json::Value data) {
                  auto parsed = registry::parse_declared_value(data, "/data");
                  if (parsed && !parsed->withdrawn) {
                    entered.add(EnteredValue{row.key, std::move(*parsed)});
                  }
                });
  return entered;
}

}  // namespace huan::oversight
