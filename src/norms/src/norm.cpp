// SPDX-License-Identifier: Apache-2.0
#include "huan/norms/norm.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "name_table.hpp"

namespace huan::norms {
namespace {

constexpr std::array<std::string_view, 3> kClasses{"N", "R", "E"};
constexpr std::array<std::string_view, 3> kForces{"must", "in_principle", "may"};
constexpr std::array<std::string_view, 4> kCertainties{"L", "S", "P", "M"};
constexpr std::array<std::string_view, 8> kComparators{">=", ">",  "<=",    "<",
                                                       "=",  "!=", "holds", "in_force"};
constexpr int kDepthMax = 8;

base::Error wrong(std::string at, std::string detail) {
  return {base::ErrorCode::bad_pack, std::move(at), std::move(detail)};
}

bool takes_threshold(Comparator comparator) noexcept {
  return comparator != Comparator::holds && comparator != Comparator::in_force;
}

bool orders(Comparator comparator) noexcept {
  return takes_threshold(comparator) && comparator != Comparator::equals &&
         comparator != Comparator::differs;
}

/// Comparator and value against the type of the fact.
base::Result<void> fits(const FactType& type, Comparator comparator,
                        const std::optional<Value>& value, const std::string& at) {
  if (comparator == Comparator::holds && type.type != ValueType::yes_no) {
    return wrong(at + "/comparator", type.name + " is no yes_no fact: compare it, or ask in_force");
  }
  if (orders(comparator) && type.type != ValueType::amount && type.type != ValueType::day) {
    return wrong(at + "/comparator", type.name + " has no order");
  }
  if (!takes_threshold(comparator) && value.has_value()) {
    return wrong(at + "/threshold", "holds and in_force take none");
  }
  if (value.has_value() && type_of(*value) != type.type) {
    return wrong(at + "/threshold", type.name + " is " + std::string(name(type.type)) +
                                        ", the threshold is " + std::string(name(type_of(*value))));
  }
  return {};
}

/// What a fact of its district says holds for everything that stands there.
bool about(const std::vector<Selector>& subjects, SubjectKind kind) {
  return kind == SubjectKind::district ||
         std::ranges::all_of(subjects, [&](const Selector& s) { return s.kind == kind; });
}

base::Result<const FactType*> known(const std::string& fact, const FactTable& facts,
                                    const std::vector<Selector>& subjects, const std::string& at) {
  const FactType* type = facts.find(fact);
  if (type == nullptr) {
    return wrong(at, "fact `" + fact + "` is not known: see the table, or declare it");
  }
  if (!about(subjects, type->subject)) {
    return wrong(at, "fact `" + fact + "` is about a " + std::string(name(type->subject)) +
                         ", the check is about something else too");
  }
  return type;
}

base::Result<void> check_condition(const Condition& condition, const FactTable& facts,
                                   const std::vector<Selector>& subjects, const std::string& at,
                                   int depth) {
  using Op = Condition::Op;
  if (depth > kDepthMax) {
    return wrong(at, "nested too deep");
  }
  if (condition.op == Op::test) {
    HUAN_TRY(type, known(condition.fact, facts, subjects, at + "/fact"));
    if (takes_threshold(condition.comparator) && !condition.value) {
      return wrong(at + "/value", "a condition states its value");
    }
    return fits(*type, condition.comparator, condition.value, at);
  }
  const std::size_t parts = condition.parts.size();
  if (condition.op == Op::always   ? parts != 0
      : condition.op == Op::negate ? parts != 1
                                   : parts == 0) {
    return wrong(at, "`not` has one part, `all` and `any` at least one");
  }
  for (std::size_t i = 0; i < parts; ++i) {
    HUAN_CHECK(check_condition(condition.parts[i], facts, subjects, at + '/' + std::to_string(i),
                               depth + 1));
  }
  return {};
}

base::Result<void> check_check(const Check& check, const Norm& norm, const FactTable& facts,
                               const std::string& at) {
  const std::vector<Selector>& subjects = check.subjects.empty() ? norm.subjects : check.subjects;
  HUAN_TRY(type, known(check.fact, facts, subjects, at + "/fact"));
  HUAN_CHECK(check_condition(check.condition, facts, subjects, at + "/condition", 0));
  HUAN_CHECK(fits(*type, check.comparator, check.threshold, at));
  if (!check.per.empty()) {
    HUAN_TRY(per, known(check.per, facts, subjects, at + "/per"));
    if (!orders(check.comparator) || type->type != ValueType::amount ||
        per->type != ValueType::amount) {
      return wrong(at + "/per", "`per` compares two amounts by >=, >, <= or <");
    }
    if (check.threshold && std::get<std::int64_t>(*check.threshold) < 0) {
      return wrong(at + "/threshold", "a threshold per something is not below zero");
    }
  }
  if (check.days_valid && *check.days_valid <= 0) {
    return wrong(at + "/days_valid", "at least one day");
  }
  return {};
}

}  // namespace

std::string_view name(NormClass klass) noexcept {
  return kClasses.at(static_cast<std::size_t>(klass));
}
std::optional<NormClass> norm_class_from(std::string_view text) noexcept {
  return enumerator<NormClass>(kClasses, text);
}
std::string_view name(Force force) noexcept { return kForces.at(static_cast<std::size_t>(force)); }
std::optional<Force> force_from(std::string_view text) noexcept {
  return enumerator<Force>(kForces, text);
}
std::string_view name(Certainty certainty) noexcept {
  return kCertainties.at(static_cast<std::size_t>(certainty));
}
std::optional<Certainty> certainty_from(std::string_view text) noexcept {
  return enumerator<Certainty>(kCertainties, text);
}
std::string_view name(Comparator comparator) noexcept {
  return kComparators.at(static_cast<std::size_t>(comparator));
}
std::optional<Comparator> comparator_from(std::string_view text) noexcept {
  return enumerator<Comparator>(kComparators, text);
}

base::Result<void> validate(const Norm& norm, const FactTable& facts) {
  if (norm.id.empty() || norm.subjects.empty()) {
    return wrong(norm.id.empty() ? "id" : "subjects", "must be stated");
  }
  if (norm.from && norm.to && *norm.to < *norm.from) {
    return wrong("to", "ends before it begins");
  }
  HUAN_CHECK(check_condition(norm.condition, facts, norm.subjects, "condition", 0));
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < norm.checks.size(); ++i) {
    const std::string at = "checks/" + std::to_string(i);
    if (norm.checks[i].id.empty() || !ids.insert(norm.checks[i].id).second) {
      return wrong(at + "/id", "stated, and once in a norm");
    }
    HUAN_CHECK(check_check(norm.checks[i], norm, facts, at));
  }
  return {};
}

}  // namespace huan::norms
