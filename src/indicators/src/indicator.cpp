// SPDX-License-Identifier: Apache-2.0
#include "huan/indicators/indicator.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace huan::indicators {
namespace {

constexpr std::array<std::string_view, 6> kDimensions{"count", "mass",  "rate",
                                                      "ratio", "money", "statement"};
constexpr std::array<std::string_view, 5> kComparators{"=", ">=", ">", "<=", "<"};
constexpr std::array<std::string_view, 3> kTargetKinds{"level", "every_year", "cumulative"};
constexpr std::array<std::string_view, 3> kSources{"ledger", "registry", "declared"};
constexpr std::array<std::string_view, 9> kQuantities{
    "mass",       "pieces", "money", "events", "number", "output", "area", "communities_served",
    "communities"};
constexpr std::array<std::string_view, 3> kSurroundings{"any", "urban", "rural"};
constexpr std::array<std::string_view, 4> kWindows{"calendar_year", "trailing_year",
                                                   "since_counts_from", "as_of"};
constexpr std::array<std::string_view, 3> kShapes{"level", "ratio", "growth"};

template <class Enum, std::size_t N>
std::optional<Enum> enumerator(const std::array<std::string_view, N>& names,
                               std::string_view text) noexcept {
  for (std::size_t i = 0; i < N; ++i) {
    if (names.at(i) == text) {
      return static_cast<Enum>(i);
    }
  }
  return std::nullopt;
}

base::Error wrong(std::string at, std::string detail) {
  return {base::ErrorCode::bad_pack, std::move(at), std::move(detail)};
}

bool of_ledger(Quantity quantity) noexcept { return quantity <= Quantity::events; }

std::optional<Dimension> dimension_of(const Measure& measure) noexcept {
  if (measure.source == MeasureSource::declared) {
    return std::nullopt;
  }
  switch (measure.quantity) {
    case Quantity::mass:
      return Dimension::mass;
    case Quantity::money:
      return Dimension::money;
    case Quantity::output:
      return Dimension::rate;
    default:
      return Dimension::count;
  }
}

base::Result<void> check_measure(const Measure& measure, const std::string& at) {
  if (measure.source == MeasureSource::ledger) {
    if (!of_ledger(measure.quantity)) {
      return wrong(at + "/quantity", "the ledger has mass, pieces, money and events");
    }
    if (measure.flows.empty()) {
      return wrong(at + "/flows", "a ledger measure names its flows, or one mass counts twice");
    }
  }
  if (measure.source == MeasureSource::registry && of_ledger(measure.quantity)) {
    return wrong(at + "/quantity", "the registry has number, output, area and communities");
  }
  if (measure.scheme.empty() != measure.items.empty()) {
    return wrong(at + "/scheme", "scheme and items go together");
  }
  const bool known = measure.of.empty() || measure.of == "places" || measure.of == "parties" ||
                     measure.of == "assets";
  return known ? base::Result<void>{} : wrong(at + "/of", "places, parties or assets");
}

base::Result<void> check_formula(const Indicator& indicator) {
  const Formula& formula = indicator.formula;
  HUAN_CHECK(check_measure(formula.measure, "formula/measure"));
  if ((formula.shape == Shape::ratio) != formula.denominator.has_value()) {
    return wrong("formula/denominator", "a ratio has one, nothing else does");
  }
  if (formula.denominator) {
    HUAN_CHECK(check_measure(*formula.denominator, "formula/denominator"));
    if (dimension_of(formula.measure) && dimension_of(*formula.denominator) &&
        dimension_of(formula.measure) != dimension_of(*formula.denominator)) {
      return wrong("formula/denominator", "measures of two dimensions have no ratio");
    }
  }
  if (formula.growth_base && (formula.shape != Shape::growth || *formula.growth_base <= 0)) {
    return wrong("formula/growth_base", "of a growth, and more than nothing: it divides by it");
  }
  if ((formula.window == Window::since_counts_from) != formula.counts_from.has_value()) {
    return wrong("formula/counts_from", "goes with the window since_counts_from");
  }
  const bool summed = formula.measure.source == MeasureSource::ledger;
  if (summed == (formula.window == Window::as_of)) {
    return wrong("formula/window", summed ? "a ledger measure is summed over a time"
                                          : "what is counted or declared stands as_of a day");
  }
  const Dimension unit = indicator.unit.dimension;
  if (formula.shape != Shape::level) {
    return unit == Dimension::ratio ? base::Result<void>{}
                                    : wrong("unit", "a ratio or growth is written in %");
  }
  const auto measured = dimension_of(formula.measure);
  const bool same =
      !measured || *measured == unit || (*measured == Dimension::mass && unit == Dimension::rate);
  return same ? base::Result<void>{} : wrong("unit", "does not fit what the formula measures");
}

base::Result<void> check_targets(const Indicator& indicator) {
  const Target* before = nullptr;
  for (std::size_t i = 0; i < indicator.targets.size(); ++i) {
    const Target& target = indicator.targets[i];
    const std::string at = "targets/" + std::to_string(i);
    if (!target.value && target.text.empty()) {
      return wrong(at, "a target states a value or a text");
    }
    if (target.value && indicator.unit.dimension == Dimension::statement) {
      return wrong(at + "/value", "a statement has no number");
    }
    if (target.deadline && indicator.from && *target.deadline < *indicator.from) {
      return wrong(at + "/deadline", "lies before the plan begins");
    }
    if (before != nullptr && before->deadline && target.deadline &&
        *target.deadline < *before->deadline) {
      return wrong(at + "/deadline", "targets stand by deadline");
    }
    before = &target;
  }
  return {};
}

}  // namespace

std::string_view name(Dimension dimension) noexcept {
  return kDimensions.at(static_cast<std::size_t>(dimension));
}
std::string_view name(Comparator comparator) noexcept {
  return kComparators.at(static_cast<std::size_t>(comparator));
}
std::optional<Comparator> comparator_from(std::string_view text) noexcept {
  return enumerator<Comparator>(kComparators, text);
}
std::string_view name(TargetKind kind) noexcept {
  return kTargetKinds.at(static_cast<std::size_t>(kind));
}
std::optional<TargetKind> target_kind_from(std::string_view text) noexcept {
  return enumerator<TargetKind>(kTargetKinds, text);
}
std::string_view name(MeasureSource source) noexcept {
  return kSources.at(static_cast<std::size_t>(source));
}
std::optional<MeasureSource> measure_source_from(std::string_view text) noexcept {
  return enumerator<MeasureSource>(kSources, text);
}
std::string_view name(Quantity quantity) noexcept {
  return kQuantities.at(static_cast<std::size_t>(quantity));
}
std::optional<Quantity> quantity_from(std::string_view text) noexcept {
  return enumerator<Quantity>(kQuantities, text);
}
std::string_view name(Surroundings surroundings) noexcept {
  return kSurroundings.at(static_cast<std::size_t>(surroundings));
}
std::optional<Surroundings> surroundings_from(std::string_view text) noexcept {
  return enumerator<Surroundings>(kSurroundings, text);
}
std::string_view name(Window window) noexcept {
  return kWindows.at(static_cast<std::size_t>(window));
}
std::optional<Window> window_from(std::string_view text) noexcept {
  return enumerator<Window>(kWindows, text);
}
std::string_view name(Shape shape) noexcept { return kShapes.at(static_cast<std::size_t>(shape)); }
std::optional<Shape> shape_from(std::string_view text) noexcept {
  return enumerator<Shape>(kShapes, text);
}

base::Result<void> validate(const Indicator& indicator) {
  if (indicator.id.empty()) {
    return wrong("id", "must be stated");
  }
  if (indicator.from && indicator.to && *indicator.to < *indicator.from) {
    return wrong("to", "ends before it begins");
  }
  if (!indicator.base.value && indicator.base.text.empty() && indicator.base.reason.empty()) {
    return wrong("base/reason", "a missing base says why");
  }
  if (indicator.responsible.empty() && indicator.responsible_reason.empty()) {
    return wrong("responsible_reason", "missing units say why");
  }
  HUAN_CHECK(check_targets(indicator));
  return check_formula(indicator);
}

}  // namespace huan::indicators
