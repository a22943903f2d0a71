// SPDX-License-Identifier: Apache-2.0
#include "huan/norms/judge.hpp"

#include <algorithm>
#include <array>

#include "compare.hpp"
#include "huan/base/assert.hpp"

namespace huan::norms {
namespace {

constexpr std::array<std::string_view, 4> kVerdicts{"pass", "fail", "not_known", "not_applicable"};
constexpr std::array<std::string_view, 11> kReasons{"met",
                                                    "not_met",
                                                    "fact_missing",
                                                    "record_expired",
                                                    "evidence_expired",
                                                    "not_yet",
                                                    "condition_not_met",
                                                    "condition_not_known",
                                                    "threshold_not_stated",
                                                    "divided_by_nothing",
                                                    "not_in_force"};
constexpr std::int64_t kPpm = 1'000'000;

base::Day next(base::Day day) { return {day.n + 1}; }

std::optional<base::Day> later(std::optional<base::Day> a, std::optional<base::Day> b) {
  return !a ? b : !b ? a : std::max(*a, *b);
}

/// The last day on which the fact counts: its term's end, or what days_valid makes of its
/// beginning.
std::optional<base::Day> last_day(const Fact& fact, const Check* check) {
  std::optional<base::Day> last = fact.to;
  if (check != nullptr && check->days_valid && fact.from) {
    const base::Day limit{fact.from->n + *check->days_valid - 1};
    last = last ? std::min(*last, limit) : limit;
  }
  return last;
}

bool in_term(const Fact& fact, base::Day day) {
  return (!fact.from || *fact.from <= day) && (!fact.to || day <= *fact.to);
}

enum class Truth : std::uint8_t { no, unknown, yes };

Truth truth_of_test(const Condition& test, const FactSet& facts, base::Day day) {
  const Fact* fact = facts.find(test.fact);
  if (fact == nullptr) {
    return Truth::unknown;
  }
  const bool holds_now = in_term(*fact, day);
  if (test.comparator == Comparator::in_force) {
    return holds_now ? Truth::yes : Truth::no;
  }
  if (!holds_now) {
    return Truth::unknown;
  }
  if (test.comparator == Comparator::holds) {
    return fact->value == Value{true} ? Truth::yes : Truth::no;
  }
  return compare(fact->value, test.comparator, *test.value) ? Truth::yes : Truth::no;
}

/// Kleene's logic: unknown stays unknown unless the rest decides.
Truth truth(const Condition& condition, const FactSet& facts, base::Day day) {
  using Op = Condition::Op;
  switch (condition.op) {
    case Op::always:
      return Truth::yes;
    case Op::test:
      return truth_of_test(condition, facts, day);
    case Op::negate: {
      const Truth inner = truth(condition.parts.front(), facts, day);
      return inner == Truth::unknown ? inner : inner == Truth::yes ? Truth::no : Truth::yes;
    }
    default:
      break;
  }
  Truth all = Truth::yes;
  Truth any = Truth::no;
  for (const Condition& part : condition.parts) {
    const Truth one = truth(part, facts, day);
    all = std::min(all, one);
    any = std::max(any, one);
  }
  return condition.op == Op::all ? all : any;
}

/// True when the condition lets the check be judged; else says why not.
bool concerns(const Condition& condition, const FactSet& facts, base::Day day,
              CheckResult& result) {
  const Truth applies = truth(condition, facts, day);
  if (applies == Truth::yes) {
    return true;
  }
  const bool known = applies == Truth::no;
  result.verdict = known ? Verdict::not_applicable : Verdict::not_known;
  result.reason = known ? Reason::condition_not_met : Reason::condition_not_known;
  return false;
}

void decide(CheckResult& result, bool met, std::optional<base::Day> since) {
  result.verdict = met ? Verdict::pass : Verdict::fail;
  result.reason = met ? Reason::met : Reason::not_met;
  result.since = since;
}

/// False when the fact's term keeps it from being used on that day, which `result` then says.
bool usable(const Fact& fact, const Check& check, bool by_record, base::Day day,
            CheckResult& result) {
  const bool record = by_record || check.comparator == Comparator::in_force;
  if (fact.from && day < *fact.from) {
    result.verdict = record ? Verdict::fail : Verdict::not_known;
    result.reason = Reason::not_yet;
    return false;
  }
  const auto last = last_day(fact, &check);
  if (last && *last < day) {
    result.verdict = record ? Verdict::fail : Verdict::not_known;
    result.reason = record ? Reason::record_expired : Reason::evidence_expired;
    result.since = next(*last);
    return false;
  }
  return true;
}

std::optional<base::Day> since_of(const Fact& fact, const Check& check, bool met) {
  const auto* limit = check.threshold ? std::get_if<std::int64_t>(&*check.threshold) : nullptr;
  if (!met && fact.counts_from && limit != nullptr) {
    if (check.comparator == Comparator::at_most) {
      return base::Day{fact.counts_from->n + static_cast<std::int32_t>(*limit) + 1};
    }
    if (check.comparator == Comparator::less_than) {
      return base::Day{fact.counts_from->n + static_cast<std::int32_t>(*limit)};
    }
  }
  return fact.since ? fact.since : fact.from;
}

void judge_amounts(const PerComparison& sides, CheckResult& result) {
  const Comparator comparator = result.check->comparator;
  const bool met = compare(sides, comparator);
  decide(result, met,
         result.per == nullptr ? since_of(*result.fact, *result.check, met)
                               : later(result.fact->since, result.per->since));
  if (met) {
    return;
  }
  result.fact_needed = amount_needed(sides, comparator);
  if (result.per != nullptr) {
    result.per_needed = per_needed(sides, comparator);
  }
}

bool divides(Comparator comparator) noexcept {
  return comparator == Comparator::at_least || comparator == Comparator::more_than;
}

int rank(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::fail:
      return 3;
    case Verdict::not_known:
      return 2;
    case Verdict::pass:
      return 1;
    default:
      return 0;
  }
}

/// The worst check decides: fail, then not known, then pass.
void take_verdict(Finding& finding, bool binding) {
  const CheckResult* decisive = nullptr;
  std::optional<Force> strongest;
  for (const CheckResult& check : finding.checks) {
    if ((check.force != Force::may) != binding) {
      continue;
    }
    if (check.verdict != Verdict::not_applicable) {
      strongest = std::min(strongest.value_or(check.force), check.force);
    }
    if (decisive == nullptr || rank(check.verdict) > rank(decisive->verdict)) {
      decisive = &check;
    }
  }
  finding.verdict = decisive->verdict;
  finding.reason = decisive->reason;
  finding.force = strongest.value_or(decisive->force);
}

/// A finding fails since its first check fails, and passes since its last one does.
std::optional<base::Day> finding_since(const Finding& finding, bool binding) {
  std::optional<base::Day> since;
  for (const CheckResult& check : finding.checks) {
    if (check.verdict != finding.verdict || (check.force != Force::may) != binding) {
      continue;
    }
    if (!check.since) {
      if (finding.verdict == Verdict::pass) {
        return std::nullopt;
      }
      continue;
    }
    const bool earlier = finding.verdict == Verdict::fail;
    since = !since    ? check.since
            : earlier ? std::min(*since, *check.since)
                      : std::max(*since, *check.since);
  }
  return since;
}

void conclude(Finding& finding) {
  const bool binding = std::ranges::any_of(
      finding.checks, [](const CheckResult& check) { return check.force != Force::may; });
  take_verdict(finding, binding);
  finding.since = finding_since(finding, binding);
}

}  // namespace

std::string_view name(Verdict verdict) noexcept {
  return kVerdicts.at(static_cast<std::size_t>(verdict));
}
std::string_view name(Reason reason) noexcept {
  return kReasons.at(static_cast<std::size_t>(reason));
}

const Fact* FactSet::find(std::string_view name) const {
  if (const auto at = facts_.find(name); at != facts_.end()) {
    return &at->second;
  }
  return district_ != nullptr && name.starts_with("district.") ? district_->find(name) : nullptr;
}

bool selects(std::span<const Selector> selectors, const Subject& subject) noexcept {
  const auto among = [](const std::vector<std::string>& list, const std::string& text) {
    return list.empty() || std::ranges::find(list, text) != list.end();
  };
  return selectors.empty() || std::ranges::any_of(selectors, [&](const Selector& selector) {
           return selector.kind == subject.kind &&
                  among(selector.place_kinds, subject.place_kind) &&
                  among(selector.forms, subject.form);
         });
}

Judge::Judge(const FactTable& table, std::span<const Norm> norms) : norms_(norms) {
  checks_.reserve(norms.size());
  for (const Norm& norm : norms) {
    ask(norm.condition);
    std::vector<Prepared>& prepared = checks_.emplace_back();
    prepared.reserve(norm.checks.size());
    for (const Check& check : norm.checks) {
      prepared.push_back(prepare(check, table));
    }
  }
}

void Judge::ask(const Condition& condition) {
  if (condition.op == Condition::Op::test) {
    asked_.insert(condition.fact);
  }
  for (const Condition& part : condition.parts) {
    ask(part);
  }
}

Judge::Prepared Judge::prepare(const Check& check, const FactTable& table) {
  ask(check.condition);
  asked_.insert(check.fact);
  const FactType* type = table.find(check.fact);
  HUAN_ASSERT(type != nullptr);
  Prepared prepared{&check, false, type->origin == Origin::record};
  if (!check.per.empty()) {
    asked_.insert(check.per);
    const FactType* per = table.find(check.per);
    HUAN_ASSERT(per != nullptr);
    prepared.share = convert(0, type->unit, per->unit).has_value();
  }
  return prepared;
}

CheckResult Judge::judge(const Prepared& prepared, const Norm& norm, const Judged& judged) {
  const Check& check = *prepared.check;
  CheckResult result;
  result.check = &check;
  result.force = check.force.value_or(norm.force);
  if (!concerns(norm.condition, judged.facts, judged.day, result) ||
      !concerns(check.condition, judged.facts, judged.day, result)) {
    return result;
  }
  const bool bare =
      check.comparator == Comparator::holds || check.comparator == Comparator::in_force;
  result.fact = judged.facts.find(check.fact);
  result.per = check.per.empty() ? nullptr : judged.facts.find(check.per);
  if (!bare && !check.threshold) {
    result.verdict = Verdict::not_applicable;
    result.reason = Reason::threshold_not_stated;
    return result;
  }
  if (result.fact == nullptr || (!check.per.empty() && result.per == nullptr)) {
    return result;  // not known, fact missing
  }
  if (!usable(*result.fact, check, prepared.by_record, judged.day, result) ||
      (result.per != nullptr && !usable(*result.per, check, false, judged.day, result))) {
    return result;
  }
  if (bare) {
    decide(result, check.comparator == Comparator::in_force || result.fact->value == Value{true},
           result.fact->since ? result.fact->since : result.fact->from);
    return result;
  }
  const auto* amount = std::get_if<std::int64_t>(&result.fact->value);
  const auto* threshold = std::get_if<std::int64_t>(&*check.threshold);
  if (amount == nullptr || threshold == nullptr) {
    const bool met = compare(result.fact->value, check.comparator, *check.threshold);
    decide(result, met, since_of(*result.fact, check, met));
    return result;
  }
  PerComparison sides{*amount, *threshold, 1, prepared.share ? kPpm : 1};
  if (result.per != nullptr) {
    const auto* per = std::get_if<std::int64_t>(&result.per->value);
    if (per == nullptr || (*per == 0 && divides(check.comparator))) {
      result.reason = Reason::divided_by_nothing;
      return result;
    }
    sides.per = *per;
  }
  judge_amounts(sides, result);
  return result;
}

void Judge::visit(const Subject& subject, const FactSet& facts, base::Day day,
                  const Visit& visit) const {
  const Judged judged{facts, day};
  Finding finding;
  for (std::size_t n = 0; n < norms_.size(); ++n) {
    const Norm& norm = norms_[n];
    finding.checks.clear();
    if (!selects(norm.subjects, subject)) {
      continue;
    }
    finding.norm = &norm;
    finding.force = norm.force;
    const bool valid = (!norm.from || *norm.from <= day) && (!norm.to || day <= *norm.to);
    if (!valid) {
      finding.verdict = Verdict::not_applicable;
      finding.reason = Reason::not_in_force;
      finding.since = norm.to && *norm.to < day ? std::optional(next(*norm.to)) : std::nullopt;
      visit(finding);
      continue;
    }
    for (const Prepared& prepared : checks_[n]) {
      if (selects(prepared.check->subjects, subject)) {
        finding.checks.push_back(judge(prepared, norm, judged));
      }
    }
    if (!finding.checks.empty()) {
      conclude(finding);
      visit(finding);
    }
  }
}

}  // namespace huan::norms
