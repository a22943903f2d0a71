// SPDX-License-Identifier: Apache-2.0
// The judge holds subjects against norms on facts as of a day and says pass, fail, not known or not
// applicable, never a guess: what is not on record is not known; a record that ran out fails where
// the norm asks for a record, and makes evidence not known. Each finding names the checks, the
// facts used, since when it is so, and what would make it pass. Pure: the same norms, facts and day
// give the same findings. Judged under the text in force on that day.
//
//   Judge judge{table, norms};
//   FactSet facts;  facts.put("place.area", {.value = std::int64_t{40}, .origin =
//   Origin::registry}); judge.visit({.kind = SubjectKind::place, .id = "S-1", .place_kind =
//   "station"}, facts, day,
//               [](const Finding& finding) { … });
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/text_map.hpp"
#include "huan/base/time.hpp"
#include "huan/norms/norm.hpp"

namespace huan::norms {

struct Fact {
  Value value;
  Origin origin{Origin::registry};
  std::string source{};             ///< record or document that says so
  std::optional<base::Day> from{};  ///< its term, both days included; absent: open
  std::optional<base::Day> to{};
  std::optional<base::Day> since{};  ///< from when the value is this, where that is known
  /// Of a number of days that grows by one each day: the day on which it was 0.
  std::optional<base::Day> counts_from{};
  std::string note{};  ///< how it was taken: "by the share of population"
};

/// What is known about one subject; of what it does not hold about a district, its district's set
/// is asked.
class FactSet {
 public:
  void put(std::string name, Fact fact) {
    facts_.insert_or_assign(std::move(name), std::move(fact));
  }
  void stands_in(const FactSet* district) { district_ = district; }
  [[nodiscard]] const Fact* find(std::string_view name) const;
  [[nodiscard]] std::size_t size() const noexcept { return facts_.size(); }

 private:
  base::TextMap<Fact> facts_;
  const FactSet* district_{nullptr};
};

struct Subject {
  SubjectKind kind{};
  std::string id;
  std::string name{};
  std::string place_kind{};  ///< of a place
  std::string form{};        ///< of a place
  std::string district{};    ///< code; of a district its own
  std::string party{};       ///< who answers for it: operator, owner; of an enterprise itself
};

enum class Verdict : std::uint8_t { pass, fail, not_known, not_applicable };
[[nodiscard]] std::string_view name(Verdict verdict) noexcept;

enum class Reason : std::uint8_t {
  met,
  not_met,
  fact_missing,    ///< nothing on record
  record_expired,  ///< its term ended, or days_valid did
  evidence_expired,
  not_yet,               ///< its term begins later
  condition_not_met,     ///< the norm or check does not concern this subject
  condition_not_known,   ///< whether it concerns it is not on record
  threshold_not_stated,  ///< the text asks without a measure: cannot fail
  divided_by_nothing,    ///< a share of an amount that is 0
  not_in_force           ///< outside the norm's period
};
[[nodiscard]] std::string_view name(Reason reason) noexcept;

/// Of one check. Pointers are to the norms and facts that were judged.
struct CheckResult {
  const Check* check{nullptr};
  Force force{Force::must};
  Verdict verdict{Verdict::not_known};
  Reason reason{Reason::fact_missing};
  const Fact* fact{nullptr};
  const Fact* per{nullptr};
  std::optional<base::Day> since;
  /// What would make it pass: the fact at the comparator's threshold, in the fact's unit (with
  /// `per`: for the amount of `per` as it is) …
  std::optional<std::int64_t> fact_needed;
  /// … or this amount of `per` for the fact as it is.
  std::optional<std::int64_t> per_needed;
};

struct Finding {
  const Norm* norm{nullptr};
  Verdict verdict{Verdict::not_applicable};
  Reason reason{Reason::met};
  Force force{Force::must};  ///< the strongest of the checks that were judged
  std::optional<base::Day> since;
  std::vector<CheckResult> checks;  ///< those about this subject
};

class Judge {
 public:
  /// Norms and table must be valid (validate) and outlive the judge.
  Judge(const FactTable& table, std::span<const Norm> norms);

  using Visit = std::function<void(const Finding&)>;
  /// All norms about this subject, in their order. A finding is valid during its visit; its
  /// pointers as long as norms and facts.
  void visit(const Subject& subject, const FactSet& facts, base::Day day, const Visit& visit) const;
  /// Facts that some norm or condition speaks of: what is worth computing.
  [[nodiscard]] const std::set<std::string, std::less<>>& asked() const noexcept { return asked_; }

 private:
  struct Prepared {
    const Check* check;
    bool share;      ///< fact and per are of one dimension: the threshold is in ppm
    bool by_record;  ///< the fact is a dated record: expired is fail
  };
  struct Judged {
    const FactSet& facts;
    base::Day day;
  };

  void ask(const Condition& condition);
  [[nodiscard]] Prepared prepare(const Check& check, const FactTable& table);
  [[nodiscard]] static CheckResult judge(const Prepared& prepared, const Norm& norm,
                                         const Judged& judged);

  std::span<const Norm> norms_;
  std::vector<std::vector<Prepared>> checks_;  // by norm
  std::set<std::string, std::less<>> asked_;
};

/// Is this subject among them? An empty list is everybody.
[[nodiscard]] bool selects(std::span<const Selector> selectors, const Subject& subject) noexcept;

}  // namespace huan::norms
