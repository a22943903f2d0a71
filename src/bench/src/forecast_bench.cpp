// SPDX-License-Identifier: Apache-2.0
// How far forecasts of indicators are off, on a real city's monthly masses: from each month with
// three years before it, the sum of the next twelve is forecast with what was known then and held
// against what came.
#include <array>
#include <fstream>
#include <map>

#include "benches.hpp"
#include "huan/base/text.hpp"
#include "huan/indicators/forecast.hpp"

namespace huan::bench {
namespace {

constexpr const char* kFile = "tests/data/nyc/monthly_tonnage_1990_2015.csv";
constexpr std::int64_t kGramsPerTenthOfShortTon = 90'718;
constexpr std::size_t kYear = 12;
constexpr std::size_t kKnown = 36;  ///< months before the first forecast
constexpr std::size_t kPaper = 4;   ///< column
constexpr std::size_t kMetalGlassPlastic = 5;

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t from = 0; from <= line.size();) {
    const std::size_t comma = std::min(line.find(',', from), line.size());
    cells.push_back(line.substr(from, comma - from));
    from = comma + 1;
  }
  return cells;
}

/// "262.2" as tenths; nothing for an empty cell.
std::int64_t tenths(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::int64_t whole = base::parse_integer(text.substr(0, point)).value_or(0);
  const bool part = point + 1 < text.size() && text[point + 1] >= '0' && text[point + 1] <= '9';
  return whole * 10 + (part ? text[point + 1] - '0' : 0);
}

using Series = std::map<std::string, std::int64_t>;  // "2015 / 12"

/// Of both columns, citywide and of each borough.
std::map<std::string, Series> read_series(std::istream& in) {
  std::map<std::string, Series> all;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    if (cells.size() <= kMetalGlassPlastic) {
      continue;
    }
    const std::string month{cells[0]};
    const std::string borough{cells[1]};
    for (const std::size_t column : {kPaper, kMetalGlassPlastic}) {
      const std::string what = column == kPaper ? "paper " : "metal_glass_plastic ";
      const std::int64_t grams = tenths(cells[column]) * kGramsPerTenthOfShortTon;
      all[what + "city"][month] += grams;
      all[what + borough][month] += grams;
    }
  }
  return all;
}

struct Errors {
  double off{0};        ///< sum of absolute errors of the forecasts
  double naive_off{0};  ///< of the year before repeated
  double actual{0};
  double inside{0};
  double intervals{0};
};

void back_test(const std::vector<std::int64_t>& months, Errors& errors) {
  const std::span<const std::int64_t> all{months};
  for (std::size_t origin = kKnown; origin + kYear <= months.size(); ++origin) {
    const auto known = all.first(origin);
    const auto guess = indicators::forecast(known, {0, kYear});
    if (!guess) {
      continue;
    }
    double actual = 0;
    for (const std::int64_t month : all.subspan(origin, kYear)) {
      actual += static_cast<double>(month);
    }
    const auto naive = static_cast<double>(
        indicators::forecast_with(indicators::Method::seasonal_naive, known, {0, kYear}));
    const auto value = static_cast<double>(guess->value);
    errors.off += value > actual ? value - actual : actual - value;
    errors.naive_off += naive > actual ? naive - actual : actual - naive;
    errors.actual += actual;
    if (guess->low) {
      errors.intervals += 1;
      errors.inside +=
          static_cast<double>(*guess->low) <= actual && actual <= static_cast<double>(*guess->high)
              ? 1
              : 0;
    }
  }
}

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }

}  // namespace

base::Result<Report> bench_forecast(const Bench&) {
  std::ifstream in{kFile};
  if (!in) {
    return base::Error{base::ErrorCode::bad_file, kFile, "cannot be read: run it in the project"};
  }
  Report report;
  Errors all;
  for (const auto& [name, series] : read_series(in)) {
    std::vector<std::int64_t> months;
    months.reserve(series.size());
    for (const auto& [month, grams] : series) {
      months.push_back(grams);
    }
    Errors one;
    back_test(months, one);
    if (name.ends_with(" city")) {
      report.figures.push_back({name + " error %", percent(one.off, one.actual)});
      report.figures.push_back({name + " naive error %", percent(one.naive_off, one.actual)});
      report.figures.push_back({name + " inside interval %", percent(one.inside, one.intervals)});
    }
    back_test(months, all);
  }
  report.figures.push_back({"all series error %", percent(all.off, all.actual)});
  report.figures.push_back({"all series naive error %", percent(all.naive_off, all.actual)});
  report.figures.push_back({"all series inside interval %", percent(all.inside, all.intervals)});
  report.ratios.push_back(
      {"error_of_naive", all.naive_off > 0 ? all.off / all.naive_off : 0, 1.0, false});
  return report;
}

}  // namespace huan::bench
