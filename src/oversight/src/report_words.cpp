// SPDX-License-Identifier: Apache-2.0
#include "report_words.hpp"

namespace huan::oversight {
namespace {

constexpr double kGramsInTonne = 1e6;

std::string target_text(const indicators::Target& target, const indicators::Unit& unit) {
  if (!target.value) {
    return target.text;
  }
  return std::string(name(target.comparator)) + " " +
         indicators::format_amount(*target.value, unit);
}

reports::Cell share_cell(const std::optional<std::int64_t>& ppm) {
  const auto percent = indicators::unit_from("%");
  return amount_cell(ppm, percent.value_or(indicators::Unit{}));
}

std::vector<reports::Cell> indicator_row(const NamedStanding& named,
                                         const indicators::TargetStanding* target) {
  const indicators::Indicator& one = *named.indicator;
  const auto& value = target == nullptr ? named.standing.value : target->value;
  const bool ahead = target != nullptr && target->forecast;
  return {reports::text(one.number.empty() ? "—" : one.number),
          reports::text(one.zh),
          reports::text(one.unit.text),
          amount_cell(named.standing.base, one.unit),
          reports::text(target == nullptr ? "" : target_text(*target->target, one.unit)),
          reports::text(target == nullptr ? "" : day_text(target->target->deadline)),
          amount_cell(value, one.unit),
          share_cell(target == nullptr ? std::nullopt : target->progress_ppm),
          amount_cell(ahead ? std::optional(target->forecast->value) : std::nullopt, one.unit),
          reports::text(target == nullptr ? "" : status_zh(target->status)),
          reports::text(one.clause)};
}

}  // namespace

std::string state_zh(const KeptDeclaration& kept) {
  return kept.version == 0 ? "未报" : std::string(name_zh(kept.declaration.state));
}

std::string status_zh(indicators::Status status) {
  using indicators::Status;
  switch (status) {
    case Status::met:
      return "已达到";
    case Status::on_track:
      return "预计达到";
    case Status::behind:
      return "预计达不到";
    case Status::open:
      return "未到期";
    case Status::missed:
      return "未达到";
    case Status::not_known:
      break;
  }
  return "不明";
}

std::string verdict_zh(norms::Verdict verdict) {
  using norms::Verdict;
  switch (verdict) {
    case Verdict::pass:
      return "符合";
    case Verdict::fail:
      return "不符合";
    case Verdict::not_applicable:
      return "不适用";
    default:
      break;
  }
  return "不明";
}

std::string day_text(const std::optional<base::Day>& day) {
  return day ? base::format_day(*day) : "";
}

reports::Cell amount_cell(const std::optional<std::int64_t>& value, const indicators::Unit& unit) {
  return reports::number(value ? indicators::format_amount(*value, unit) : std::string());
}

double tonnes(std::int64_t grams) { return static_cast<double>(grams) / kGramsInTonne; }

reports::Table indicator_table(const std::vector<NamedStanding>& standings) {
  reports::Table table;
  table.columns = {"序号", "指标",      "单位", "基期", "目标", "期限",
                   "现值", "进度（%）", "预测", "状态", "依据"};
  for (const NamedStanding& named : standings) {
    if (named.standing.targets.empty()) {
      table.rows.push_back(indicator_row(named, nullptr));
    }
    for (const auto& target : named.standing.targets) {
      table.rows.push_back(indicator_row(named, &target));
    }
  }
  return table;
}

}  // namespace huan::oversight
