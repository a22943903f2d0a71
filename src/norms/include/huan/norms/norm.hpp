// SPDX-License-Identifier: Apache-2.0
// A norm 规范条款: one article of a document that a subject stands under, as data. It says whom it
// binds, with what force, under which condition, and what is checked: facts against thresholds with
// exact comparators, records in force, evidence. What the text does not state (a threshold, an
// interval) stays absent and can neither pass nor fail. Sentences are paraphrased, never copied.
//
//   Check far{.id = "15.1", .fact = "place.distance_to_housing",
//             .comparator = Comparator::more_than, .threshold = Value{std::int64_t{1'000}}};
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/norms/fact.hpp"

namespace huan::norms {

/// N: a number of the text can be held against registry, ledger or geometry. R: a dated or
/// identified record decides. E: evidence only.
enum class NormClass : std::uint8_t { number, record, evidence };
[[nodiscard]] std::string_view name(NormClass klass) noexcept;  ///< "N", "R", "E"
[[nodiscard]] std::optional<NormClass> norm_class_from(std::string_view text) noexcept;

enum class Force : std::uint8_t {
  must,
  in_principle,  ///< 原则上, 总体上, 不宜
  may            ///< 提倡, 鼓励, 可: never lowers a score
};
[[nodiscard]] std::string_view name(Force force) noexcept;
[[nodiscard]] std::optional<Force> force_from(std::string_view text) noexcept;

/// How sure the source is: [L] law or standard read, [S] the document itself, [P] public page,
/// [M] general knowledge, to be confirmed.
enum class Certainty : std::uint8_t { law, document, page, general };
[[nodiscard]] std::string_view name(Certainty certainty) noexcept;  ///< "L", "S", "P", "M"
[[nodiscard]] std::optional<Certainty> certainty_from(std::string_view text) noexcept;

enum class Comparator : std::uint8_t {
  at_least,   ///< ≥ 以上, 不少于
  more_than,  ///< > 超过; also "not within 1,000 m"
  at_most,    ///< ≤ 以内, 不超过
  less_than,  ///< <
  equals,     ///< amounts, text, days, yes_no
  differs,
  holds,    ///< a yes_no fact is true and in force on the day; no threshold
  in_force  ///< a fact of any type is on record and its term covers the day; no threshold
};
[[nodiscard]] std::string_view name(Comparator comparator) noexcept;  ///< ">=", ">", …, "holds"
[[nodiscard]] std::optional<Comparator> comparator_from(std::string_view text) noexcept;

/// A tree over facts of the same subject, or of the district it stands in. Three-valued: an unknown
/// fact makes a test not known.
struct Condition {
  enum class Op : std::uint8_t { always, test, all, any, negate };
  Op op{Op::always};
  std::string fact;  ///< of a test, with comparator and value
  Comparator comparator{Comparator::holds};
  std::optional<Value> value;    ///< in the fact's unit; absent for holds and in_force
  std::vector<Condition> parts;  ///< of all, any; one of negate
};

/// Whom a norm or one check of it is about. Empty lists mean any.
struct Selector {
  SubjectKind kind{};
  std::vector<std::string> place_kinds;  ///< "station", "sorting-centre"
  std::vector<std::string> forms;        ///< "comprehensive", "fixed"
};

struct Wording {
  std::string zh;
  std::string en;
};

/// One separate thing that an article asks.
struct Check {
  std::string id;                  ///< unique in the norm: "17.2"
  Wording text;                    ///< paraphrase
  std::vector<Selector> subjects;  ///< empty: the norm's
  std::optional<Force> force;      ///< absent: the norm's
  Condition condition;             ///< beside the norm's
  std::string fact;
  Comparator comparator{Comparator::holds};
  /// In the fact's unit. Absent where the comparator needs one: not stated, cannot fail.
  std::optional<Value> threshold;
  /// Another amount of the subject: `fact comparator threshold × per`, exactly and without
  /// division ("≤ 2,000 households per station"). Where both have one dimension the threshold is in
  /// ppm ("≥ 50 % of the planned area" = 500,000).
  std::string per;
  /// A record older than this is not in force even without a term of its own; absent: not stated.
  std::optional<std::int32_t> days_valid;
  std::string note;
};

struct Norm {
  std::string id;       ///< unique in the pack and its parents: "yangquan.a15"
  std::string article;  ///< "15"; empty where the document does not number it
  std::string chapter;
  std::string clause;  ///< where it stands: "附件2 第十五条"
  NormClass klass{NormClass::evidence};
  Force force{Force::must};
  std::vector<Selector> subjects;
  Condition condition;
  std::vector<Check> checks;
  Wording text;
  std::string source;  ///< document and number
  Certainty certainty{Certainty::document};
  std::optional<base::Day> from;  ///< in force from, both days included; absent: open
  std::optional<base::Day> to;
  std::string note;       ///< contradictions and how they are read
  bool inherited{false};  ///< of a parent pack
};

/// Is it one that can be judged? Known facts, fitting subjects, types and comparators, thresholds
/// and `per` of the right type, unique check ids, a period that does not end before it begins.
/// bad_pack; `at` is "checks/1/fact" from the norm's root.
[[nodiscard]] base::Result<void> validate(const Norm& norm, const FactTable& facts);

}  // namespace huan::norms
