// SPDX-License-Identifier: Apache-2.0
// norms.toml: `[[fact]]` that people enter, `[[norm]]` with its `[[norm.checks]]`.
#include <algorithm>
#include <array>

#include "files.hpp"
#include "huan/base/text.hpp"
#include "huan/registry/place.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using json::Value;
using norms::Check;
using norms::Condition;
using norms::Norm;
using norms::Selector;
using registry::Fields;

constexpr std::size_t kNormTextMax = 1'000;
constexpr std::size_t kNormNoteMax = 2'000;
constexpr std::size_t kFactMax = 80;
constexpr std::size_t kChecksMax = 100;
constexpr std::array<std::string_view, 5> kForms{"none", "fixed", "mobile", "comprehensive",
                                                 "specialised"};

/// An enumerator by its word; refused with what is expected.
template <class T, class From>
std::optional<T> word(Fields& f, std::string_view key, From from, std::string_view expected) {
  const auto text = f.optional_text(key, kFactMax);
  if (!text) {
    return std::nullopt;
  }
  const std::optional<T> found = from(*text);
  if (!found) {
    f.refuse(ErrorCode::bad_field, key, "one of these is expected: " + std::string{expected});
  }
  return found;
}

template <class T, class From>
T wanted_word(Fields& f, std::string_view key, From from, std::string_view expected) {
  const auto found = word<T>(f, key, from, expected);
  if (!found) {
    f.refuse(ErrorCode::bad_field, key, "one of these is expected: " + std::string{expected});
  }
  return found.value_or(T{});
}

constexpr std::string_view kSubjects = "district place vehicle person enterprise shipment scale";
constexpr std::string_view kForces = "must in_principle may";
constexpr std::string_view kComparators = ">= > <= < = != holds in_force";
constexpr std::string_view kUnits =
    "count household ppm % m km m2 ha g kg t t/y 10kt/y day year fen yuan piece";

void read_fact(Fields& f, norms::FactType& fact) {
  fact.name = f.name("name", kFactMax);
  fact.subject = wanted_word<norms::SubjectKind>(f, "subject", norms::subject_kind_from, kSubjects);
  fact.type =
      wanted_word<norms::ValueType>(f, "type", norms::value_type_from, "yes_no amount text day");
  fact.unit = word<norms::Unit>(f, "unit", norms::unit_from, kUnits).value_or(norms::Unit::none);
  fact.origin = wanted_word<norms::Origin>(f, "origin", norms::origin_from, "record evidence");
  fact.zh = f.text("zh", kNormTextMax);
  fact.en = f.text("en", kNormTextMax);
}

/// Reads an array of tables inside a table.
template <class T, class Read>
std::vector<T> read_parts(Fields& f, std::string_view key, Read read) {
  std::vector<T> out;
  const auto list = f.array(key);
  if (!list) {
    return out;
  }
  if (list->size() > kChecksMax) {
    f.refuse(ErrorCode::too_large, key, "at most 100 tables");
    return out;
  }
  for (const Value entry : list->elements()) {
    Fields part(entry, f.pointer(key) + "/" + std::to_string(out.size()));
    T one = read(part);
    if (auto finished = part.finish(); !finished) {
      f.adopt(std::move(finished).error());
      return out;
    }
    out.push_back(std::move(one));
  }
  return out;
}

Selector read_selector(Fields& f) {
  Selector out;
  out.kind = wanted_word<norms::SubjectKind>(f, "kind", norms::subject_kind_from, kSubjects);
  out.place_kinds = f.names("place_kinds");
  out.forms = f.names("forms");
  for (const std::string& kind : out.place_kinds) {
    if (!registry::place_kind_from(kind)) {
      f.refuse(ErrorCode::bad_field, "place_kinds", kind + " is not a kind of place");
    }
  }
  for (const std::string& form : out.forms) {
    if (std::find(kForms.begin(), kForms.end(), form) == kForms.end()) {
      f.refuse(ErrorCode::bad_field, "forms",
               "one of these is expected: none fixed mobile comprehensive specialised");
    }
  }
  return out;
}

/// The unit that an amount is compared in: the fact's, or ppm where it is a share of `per`.
norms::Unit unit_of(const norms::FactType& fact, const norms::FactType* per) {
  const bool share = per != nullptr && norms::convert(0, fact.unit, per->unit).has_value();
  return share ? norms::Unit::ppm : fact.unit;
}

struct Amount {
  std::int64_t value{0};
  std::optional<norms::Unit> unit;
};

void refuse_unit(Fields& f, const Amount& amount, const norms::FactType& fact, norms::Unit unit) {
  const bool stated = amount.unit.has_value();
  f.refuse(ErrorCode::bad_field, stated ? "unit" : "threshold",
           "an amount in " + std::string{norms::name(unit)} +
               " or what is a whole number of it is "
               "expected: " +
               fact.name + " cannot be held against " + std::to_string(amount.value) + " " +
               std::string{stated ? norms::name(*amount.unit) : "without a unit"});
}

/// `key` with `unit` as a value of the fact's type; absent: not stated.
std::optional<norms::Value> read_value(Fields& f, std::string_view key, const norms::FactType* fact,
                                       const norms::FactType* per) {
  const auto unit = word<norms::Unit>(f, "unit", norms::unit_from, kUnits);
  const auto value = f.any(key);
  if (!value || fact == nullptr) {
    return std::nullopt;
  }
  if (value->is_boolean()) {
    return norms::Value{value->boolean()};
  }
  if (value->is_string()) {
    const auto day = base::parse_day(value->string());
    return fact->type == norms::ValueType::day && day ? norms::Value{*day}
                                                      : norms::Value{std::string{value->string()}};
  }
  if (!value->is_integer()) {
    f.refuse(ErrorCode::bad_field, key, "text, a whole number, true or false is expected");
    return std::nullopt;
  }
  const norms::Unit target = unit_of(*fact, per);
  const bool bare = target == norms::Unit::none || target == norms::Unit::count;
  const Amount amount{value->integer(), unit ? unit : bare ? std::optional{target} : std::nullopt};
  const auto converted =
      amount.unit ? norms::convert(amount.value, *amount.unit, target) : std::nullopt;
  if (!converted) {
    refuse_unit(f, amount, *fact, target);
    return std::nullopt;
  }
  return norms::Value{*converted};
}

/// The fact's type; an unknown one is left to validate(), which says so.
const norms::FactType* fact_of(const norms::FactTable& facts, const std::string& name) {
  return name.empty() ? nullptr : facts.find(name);
}

Condition read_condition(Fields& f, const norms::FactTable& facts) {
  Condition out;
  const auto part = [&](Fields& inner) { return read_condition(inner, facts); };
  if (f.any("all")) {
    out.op = Condition::Op::all;
    out.parts = read_parts<Condition>(f, "all", part);
  } else if (f.any("any")) {
    out.op = Condition::Op::any;
    out.parts = read_parts<Condition>(f, "any", part);
  } else if (f.any("not")) {
    out.op = Condition::Op::negate;
    out.parts = read_parts<Condition>(f, "not", part);
  } else {
    out.op = Condition::Op::test;
    out.fact = f.name("fact", kFactMax);
    out.comparator =
        wanted_word<norms::Comparator>(f, "comparator", norms::comparator_from, kComparators);
    out.value = read_value(f, "value", fact_of(facts, out.fact), nullptr);
  }
  return out;
}

Condition read_optional_condition(Fields& f, const norms::FactTable& facts) {
  const auto value = f.any("condition");
  if (!value) {
    return {};
  }
  Fields inner(*value, f.pointer("condition"));
  Condition out = read_condition(inner, facts);
  if (auto finished = inner.finish(); !finished) {
    f.adopt(std::move(finished).error());
  }
  return out;
}

Check read_check(Fields& f, const norms::FactTable& facts) {
  Check out;
  out.id = f.name("id");
  out.text = {f.text("zh", kNormTextMax), f.text("en", kNormTextMax)};
  out.subjects = read_parts<Selector>(f, "subjects", read_selector);
  out.force = word<norms::Force>(f, "force", norms::force_from, kForces);
  out.condition = read_optional_condition(f, facts);
  out.fact = f.name("fact", kFactMax);
  out.comparator =
      wanted_word<norms::Comparator>(f, "comparator", norms::comparator_from, kComparators);
  out.per = f.optional_name("per", kFactMax).value_or("");
  out.threshold = read_value(f, "threshold", fact_of(facts, out.fact), fact_of(facts, out.per));
  if (const auto days = f.optional_integer("days_valid", {1, 36'600})) {
    out.days_valid = static_cast<std::int32_t>(*days);
  }
  out.note = f.optional_text("note", kNormNoteMax).value_or("");
  return out;
}

Norm read_norm(Fields& f, const registry::Pack& pack, const norms::FactTable& facts) {
  Norm out;
  out.article = f.optional_text("article", 20).value_or("");
  const auto code = f.optional_name("code");
  if (!code && !base::parse_integer(out.article)) {
    f.refuse(ErrorCode::bad_field, "code", "a code is expected where `article` is no number");
  }
  out.id = pack.name + "." + (code ? *code : "a" + out.article);
  out.chapter = f.optional_text("chapter", 100).value_or("");
  out.clause = f.text("clause", 200);
  out.klass = wanted_word<norms::NormClass>(f, "class", norms::norm_class_from, "N R E");
  out.force = wanted_word<norms::Force>(f, "force", norms::force_from, kForces);
  out.subjects = read_parts<Selector>(f, "subjects", read_selector);
  out.condition = read_optional_condition(f, facts);
  out.checks =
      read_parts<Check>(f, "checks", [&](Fields& check) { return read_check(check, facts); });
  out.text = {f.text("zh", kNormTextMax), f.text("en", kNormTextMax)};
  out.source = f.optional_text("source").value_or(pack.source);
  out.certainty = word<norms::Certainty>(f, "certainty", norms::certainty_from, "L S P M")
                      .value_or(norms::Certainty::document);
  out.from = f.optional_day("from");
  out.to = f.optional_day("to");
  out.from = out.from ? out.from : pack.effective_from;
  out.to = out.to ? out.to : pack.effective_to;
  out.note = f.optional_text("note", kNormNoteMax).value_or("");
  return out;
}

bool overlap(const Norm& a, const Norm& b) {
  return !(a.to && b.from && *a.to < *b.from) && !(b.to && a.from && *b.to < *a.from);
}

/// An article may stand twice (amended), in terms that follow each other.
Result<void> check_against(const std::vector<Norm>& others, const Norm& norm,
                           const std::string& prefix) {
  for (const Norm& other : others) {
    if (other.id == norm.id) {
      return Error{ErrorCode::bad_pack, "code", "an id that stands once is expected: " + norm.id};
    }
    if (!norm.article.empty() && other.article == norm.article && other.id.starts_with(prefix) &&
        overlap(other, norm)) {
      return Error{
          ErrorCode::bad_pack, "article",
          "terms of one article that do not overlap are expected: " + other.id + " and " + norm.id};
    }
  }
  return {};
}

}  // namespace

Result<void> read_norms(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "norms.toml"));
  HUAN_CHECK(toml.each("fact", [&](Fields& f) -> Result<void> {
    norms::FactType fact;
    read_fact(f, fact);
    if (f.refused()) {
      return {};
    }
    rules.declared.push_back(fact);
    return rules.facts.declare(std::move(fact));
  }));
  const auto keep = [&](Fields& f) -> Result<void> {
    Norm norm = read_norm(f, pack, rules.facts);
    if (f.refused()) {
      return {};
    }
    HUAN_CHECK(norms::validate(norm, rules.facts));
    HUAN_CHECK(check_against(rules.norms, norm, pack.name + "."));
    rules.norms.push_back(std::move(norm));
    return {};
  };
  HUAN_CHECK(toml.each("norm", keep));
  return toml.finish();
}

}  // namespace huan::wire_pack
