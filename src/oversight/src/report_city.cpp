// SPDX-License-Identifier: Apache-2.0
// Indicators, the yearly assessment, and the dossier of one facility.
#include <algorithm>
#include <functional>
#include <map>

#include "huan/base/quantity.hpp"
#include "huan/declarations/term.hpp"
#include "huan/oversight/render.hpp"
#include "huan/oversight/reports.hpp"
#include "report_words.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using reports::Chart;
using reports::ChartKind;
using reports::Report;
using store::Axis;

std::vector<NamedStanding> standings_of(const ReportAsk& ask) {
  return stand(ask.reading, ask.city, {ask.forms.pack, ask.forms.indicators}, ask.day);
}

base::Day year_begins(base::Day day) {
  return base::day_of(base::Civil{base::civil_of(day).year, 1, 1});
}

/// What was received between the year's first day and the day, along one axis.
std::vector<store::StatisticsRow> received_rows(const ReportAsk& ask, Axis axis,
                                                const std::string& place) {
  store::StatisticsQuery query;
  query.by = {axis};
  query.from = year_begins(ask.day);
  query.to = ask.day;
  query.flows = {"receive"};
  query.place = place;
  std::vector<store::StatisticsRow> rows;
  ask.reading.statistics(ask.city.code, query, [&](const store::StatisticsRow& row) {
    rows.push_back(row);
    return true;
  });
  return rows;
}

struct Part {
  std::string label;
  std::int64_t mass_g{0};
};

std::vector<Part> by_month(const ReportAsk& ask, const std::string& place) {
  std::vector<Part> parts;
  for (const auto& row : received_rows(ask, Axis::month, place)) {
    parts.push_back({std::to_string(base::civil_of(row.day).month) + "月", row.mass_g});
  }
  return parts;
}

std::vector<Part> by_district(const ReportAsk& ask) {
  std::vector<Part> parts;
  for (const auto& row : received_rows(ask, Axis::district, "")) {
    const auto district =
        std::ranges::find(ask.forms.pack.districts, row.district, &registry::District::code);
    parts.push_back(
        {district == ask.forms.pack.districts.end() ? row.district : district->zh, row.mass_g});
  }
  std::ranges::stable_sort(parts, std::greater<>(), &Part::mass_g);
  return parts;
}

/// By the roots of the catalogue.
std::vector<Part> by_root(const ReportAsk& ask) {
  std::map<std::string, std::int64_t> roots;
  for (const auto& row : received_rows(ask, Axis::material, "")) {
    std::int64_t& sum = roots[row.material.substr(0, row.material.find('.'))];
    sum = base::checked_add(sum, row.mass_g);
  }
  std::vector<Part> parts;
  for (const auto& [code, mass] : roots) {
    const registry::Material* material = ask.forms.pack.catalogue.find(code);
    parts.push_back({material == nullptr ? code : material->zh, mass});
  }
  std::ranges::stable_sort(parts, std::greater<>(), &Part::mass_g);
  return parts;
}

reports::Section chart_section(const std::string& heading, ChartKind kind,
                               const std::vector<Part>& parts) {
  reports::Section section{heading, parts.empty() ? "没有记录。" : "", {}, std::nullopt};
  section.table.columns = {"项", "吨"};
  const auto unit = indicators::unit_from("吨").value_or(indicators::Unit{});
  Chart chart{kind, heading, "吨", {}};
  for (const Part& part : parts) {
    section.table.rows.push_back({reports::text(part.label), amount_cell(part.mass_g, unit)});
    chart.bars.push_back({part.label, tonnes(part.mass_g)});
  }
  section.chart = std::move(chart);
  return section;
}

reports::Section norms_section(const ReportAsk& ask) {
  const CheckReport check = check_norms(ask.reading, ask.city, ask.norms, {ask.day, {}, {}, {}},
                                        [](const auto&, const auto&) {});
  reports::Section section{"规范执行", "不明的既不算符合，也不算不符合。", {}, std::nullopt};
  section.table.columns = {"县（市、区）", "符合", "不符合", "不明", "得分（%）"};
  const auto percent = indicators::unit_from("%").value_or(indicators::Unit{});
  const auto add = [&](const std::string& name, const norms::Tally& tally) {
    section.table.rows.push_back({reports::text(name), reports::number(tally.pass),
                                  reports::number(tally.fail), reports::number(tally.not_known),
                                  amount_cell(tally.share(), percent)});
  };
  for (const auto& district : ask.forms.pack.districts) {
    const auto score = check.board.districts().find(district.code);
    if (score != check.board.districts().end()) {
      add(district.zh, score->second.total);
    }
  }
  add("全市", check.board.all().total);
  return section;
}

reports::Section forms_section(const ReportAsk& ask) {
  reports::Section section{"报送情况", "", {}, std::nullopt};
  section.table.columns = {"报表", "所属期", "应报", "已报", "已通过", "逾期"};
  FormDesk desk{ask.reading, ask.city, ask.forms};
  for (const duties::Form& form : ask.forms.duties.forms) {
    const auto term = declarations::latest_term(form, ask.day);
    std::int64_t handed_in = 0;
    std::int64_t accepted = 0;
    std::int64_t late = 0;
    const auto reporters = desk.reporters(form, term);
    for (const auto& reporter : reporters) {
      auto blank = desk.blank(form, term, reporter);
      const auto kept = read_declaration(ask.reading, ask.city, declarations::key_of(blank));
      const auto& d = kept ? kept->declaration : blank;
      handed_in += d.revision > 0 ? 1 : 0;
      accepted += d.state == declarations::State::accepted ? 1 : 0;
      late += declarations::days_late(d, ask.day) > 0 ? 1 : 0;
    }
    section.table.rows.push_back(
        {reports::text(form.row.zh), reports::text(declarations::term_text(form.period, term)),
         reports::number(static_cast<std::int64_t>(reporters.size())), reports::number(handed_in),
         reports::number(accepted), reports::number(late)});
  }
  return section;
}

std::string asked_of(const norms::Finding& finding) {
  std::string asked;
  for (const norms::CheckResult& result : finding.checks) {
    asked += (asked.empty() ? "" : "；") + result.check->text.zh;
  }
  return asked;
}

reports::Section findings_section(const ReportAsk& ask, const std::string& place) {
  reports::Section section{"规范", "", {}, std::nullopt};
  section.table.columns = {"条", "要求", "结论", "自", "如何符合"};
  const CheckReport seen = check_norms(
      ask.reading, ask.city, ask.norms, {ask.day, place, {}, {}},
      [&](const norms::Subject& subject, const norms::Finding& finding) {
        if (subject.id != place) {
          return;
        }
        const auto cells = finding_cells(subject, finding, ask.norms.table);
        section.table.rows.push_back(
            {reports::text(finding.norm->article.empty() ? finding.norm->id
                                                         : finding.norm->article),
             reports::text(asked_of(finding)), reports::text(verdict_zh(finding.verdict)),
             reports::text(day_text(finding.since)), reports::text(cells.back())});
      });
  section.note = section.table.rows.empty()
                     ? "没有适用的条款。"
                     : "按台账第 " + std::to_string(seen.seq) + " 条记录判断。";
  return section;
}

reports::Section stock_section(const ReportAsk& ask, const std::string& place) {
  constexpr std::size_t kMost = 1'000;
  reports::Section section{"库存", "按台账最后一条记录。", {}, std::nullopt};
  section.table.columns = {"品类", "吨", "批次"};
  store::LotFilter filter;
  filter.place = place;
  const auto unit = indicators::unit_from("吨").value_or(indicators::Unit{});
  for (const auto& row : ask.reading.stock(ask.city.code, filter, {"", kMost})) {
    const registry::Material* material = ask.forms.pack.catalogue.find(row.material);
    section.table.rows.push_back({reports::text(material == nullptr ? row.material : material->zh),
                                  amount_cell(row.mass_g, unit), reports::number(row.lots)});
  }
  return section;
}

using Facts = std::vector<std::pair<std::string, std::string>>;

void add_number(Facts& facts, const std::string& name, const std::optional<std::int64_t>& value,
                const std::string& unit) {
  facts.emplace_back(name, value ? std::to_string(*value) + " " + unit : "未登记");
}

Facts place_facts(const ReportAsk& ask, const CityOnDay& then, const registry::Place& place) {
  const auto party = then.parties.find(place.operator_id);
  const auto district =
      std::ranges::find(ask.forms.pack.districts, place.district, &registry::District::code);
  const bool known = district != ask.forms.pack.districts.end();
  Facts facts{{"类型", std::string(registry::info(place.kind).zh)},
              {"县（市、区）", known ? district->zh : place.district},
              {"经营者", party == then.parties.end() ? place.operator_id : party->second.name},
              {"状态", std::string(registry::name(place.status))}};
  add_number(facts, "面积", place.area_m2, "平方米");
  add_number(facts, "建筑面积", place.building_area_m2, "平方米");
  add_number(facts, "年处理能力", place.output_t_per_year, "吨");
  facts.emplace_back("开业", place.opened ? base::format_day(*place.opened) : "未登记");
  if (party != then.parties.end()) {
    for (const registry::Term& paper : party->second.qualifications) {
      facts.emplace_back("资质", paper.kind + " " + day_text(paper.from) + " 至 " +
                                     (paper.to ? base::format_day(*paper.to) : "长期"));
    }
  }
  if (place.synthetic) {
    facts.emplace_back("注", "由程序生成的示例网点，并非真实场所");
  }
  return facts;
}

}  // namespace

Report indicator_report(const ReportAsk& ask) {
  Report report{ask.forms.pack.city.zh + "指标表",
                base::format_day(ask.day),
                {{"依据", ask.forms.pack.source}, {"数据包版本", ask.forms.pack.version}},
                {}};
  report.sections.push_back({"指标", "", indicator_table(standings_of(ask)), std::nullopt});
  return report;
}

Result<Report> dossier_report(const ReportAsk& ask, const std::string& id) {
  const CityOnDay then = read_city(ask.reading, ask.city, ask.day);
  const auto place = then.places.find(id);
  if (place == then.places.end()) {
    return Error{ErrorCode::not_found, "--subject", id};
  }
  Report report{place->second.name.empty() ? id : place->second.name,
                id + "，" + base::format_day(ask.day),
                place_facts(ask, then, place->second),
                {}};
  report.sections.push_back(findings_section(ask, id));
  report.sections.push_back(stock_section(ask, id));
  report.sections.push_back(chart_section("本年各月回收量", ChartKind::columns, by_month(ask, id)));
  return report;
}

Report assessment_report(const ReportAsk& ask) {
  const std::string year = std::to_string(base::civil_of(ask.day).year);
  Report report{ask.forms.pack.city.zh + year + "年度评估",
                "截至 " + base::format_day(ask.day),
                {{"依据", ask.forms.pack.source}, {"数据包版本", ask.forms.pack.version}},
                {}};
  report.sections.push_back({"指标", "", indicator_table(standings_of(ask)), std::nullopt});
  report.sections.push_back(chart_section("各月回收量", ChartKind::columns, by_month(ask, "")));
  report.sections.push_back(chart_section("各县回收量", ChartKind::bars, by_district(ask)));
  report.sections.push_back(chart_section("各品类回收量", ChartKind::bars, by_root(ask)));
  report.sections.push_back(norms_section(ask));
  report.sections.push_back(forms_section(ask));
  return report;
}

}  // namespace huan::oversight
