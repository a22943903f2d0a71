// SPDX-License-Identifier: Apache-2.0
#include "statistics_sheet.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "huan/json/document.hpp"
#include "huan/wire_report/xlsx.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kSheetRowsMax = 200'000;
constexpr std::size_t kPacksMax = 100;
constexpr std::string_view kDistrict = "district";

struct AxisWords {
  std::string_view axis;
  std::string_view zh;
  std::string_view en;
  std::string_view kind;  ///< of the registry, which knows its names; empty: codes speak
};

constexpr std::array<AxisWords, 8> kAxisWords{{{"day", "日期", "Day", ""},
                                               {"month", "月份", "Month", ""},
                                               {"district", "区县", "District", kDistrict},
                                               {"place", "场所", "Place", "place"},
                                               {"operator", "经营者", "Operator", ""},
                                               {"material", "品类", "Material", "material"},
                                               {"flow", "流向", "Flow", ""},
                                               {"origin", "来源或去向", "Origin or fate", ""}}};

const AxisWords& words_of(std::string_view axis) {
  return *std::ranges::find_if(kAxisWords, [&](const AxisWords& one) { return one.axis == axis; });
}

/// An exact decimal: 1234 of 1000 is "1.234".
std::string parts_of(std::int64_t amount, std::int64_t whole, int places) {
  const auto size = static_cast<std::uint64_t>(whole);
  const std::uint64_t all =
      amount < 0 ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
  return fmt::format("{}{}.{:0{}}", amount < 0 ? "-" : "", all / size, all % size, places);
}

std::optional<json::Value> data_in(const Result<json::Document>& document) {
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  return data && data->is_object() ? data : std::nullopt;
}

std::string name_in(json::Value object, bool zh) {
  for (const std::string_view field : zh ? std::array<std::string_view, 3>{"zh", "name", "en"}
                                         : std::array<std::string_view, 3>{"en", "name", "zh"}) {
    const auto name = object.find(field);
    if (name && name->is_string() && !name->string().empty()) {
      return std::string(name->string());
    }
  }
  return {};
}

}  // namespace

StatisticsSheet::StatisticsSheet(const Ask& ask, const Names& axes)
    : ask_(ask), axes_(axes), zh_(ask.request.language() == base::Language::zh) {
  report_.title = word("统计汇总", "Statistics");
  for (const auto& [name, value] : ask.request.query) {
    if (name != "format" && name != "city" && !value.empty()) {
      report_.facts.emplace_back(name, value);
    }
  }
  name_districts();
  reports::Table table;
  for (const std::string_view axis : axes_) {
    const AxisWords& words = words_of(axis);
    table.columns.push_back(word(words.zh, words.en));
    if (!words.kind.empty()) {
      table.columns.push_back(word("名称", "Name"));
    }
  }
  table.columns.push_back(word("质量（千克）", "Mass (kg)"));
  table.columns.push_back(word("件数", "Pieces"));
  table.columns.push_back(word("金额（元）", "Money (yuan)"));
  table.columns.push_back(word("笔数", "Count"));
  report_.sections.push_back({word("汇总", "Sums"), "", std::move(table), std::nullopt});
}

std::string StatisticsSheet::word(std::string_view zh, std::string_view en) const {
  return std::string(zh_ ? zh : en);
}

const std::string& StatisticsSheet::name_of(std::string_view kind, const std::string& code) {
  const auto [at, fresh] = names_.try_emplace({kind, code});
  if (fresh && !code.empty() && kind != kDistrict) {
    const auto row = ask_.reading.registered(ask_.city.city, kind, code);
    const auto document =
        row ? json::Document::parse(row->body, json::kStored) : Result<json::Document>(Error{});
    const auto data = data_in(document);
    at->second = data ? name_in(*data, zh_) : std::string{};
  }
  return at->second;
}

/// Packs name the districts of their city.
void StatisticsSheet::name_districts() {
  for (const auto& row : ask_.reading.registry(ask_.city.city, "pack", {}, {"", kPacksMax})) {
    const auto document = json::Document::parse(row.body, json::kStored);
    const auto data = data_in(document);
    const auto districts = data ? data->find("districts") : std::nullopt;
    if (!districts || !districts->is_array()) {
      continue;
    }
    for (const json::Value one : districts->elements()) {
      const auto code = one.is_object() ? one.find("code") : std::nullopt;
      if (code && code->is_string()) {
        names_[{kDistrict, std::string(code->string())}] = name_in(one, zh_);
      }
    }
  }
}

Result<void> StatisticsSheet::add(const std::vector<std::string>& codes,
                                  const store::StatisticsRow& row) {
  reports::Table& table = report_.sections.front().table;
  if (table.rows.size() == kSheetRowsMax) {
    return Error{ErrorCode::too_large, "format", "200000 rows in a spreadsheet; ask for csv"};
  }
  std::vector<reports::Cell> cells;
  cells.reserve(table.columns.size());
  for (std::size_t i = 0; i < axes_.size(); ++i) {
    cells.push_back(reports::text(codes[i]));
    if (const AxisWords& words = words_of(axes_[i]); !words.kind.empty()) {
      cells.push_back(reports::text(name_of(words.kind, codes[i])));
    }
  }
  cells.push_back(reports::number(parts_of(row.mass_g, 1000, 3)));
  cells.push_back(reports::number(row.pieces));
  cells.push_back(reports::number(parts_of(row.money_fen, 100, 2)));
  cells.push_back(reports::number(row.count));
  table.rows.push_back(std::move(cells));
  return {};
}

Result<Response> StatisticsSheet::finish() {
  HUAN_TRY(bytes, wire_report::xlsx_bytes(report_));
  Response response;
  response.body = std::move(bytes);
  response.headers.add("Content-Type",
                       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  response.headers.add("Content-Disposition", "attachment; filename=\"statistics.xlsx\"");
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace huan::http
