// SPDX-License-Identifier: Apache-2.0
// The ledger of a form's term, and the notice of who is late.
#include <algorithm>

#include "huan/declarations/reconcile.hpp"
#include "huan/declarations/term.hpp"
#include "huan/oversight/reports.hpp"
#include "report_words.hpp"

namespace huan::oversight {
namespace {

using base::Result;
using declarations::Cell;
using declarations::Values;
using reports::Report;

/// One form of one term with all who hand it in.
struct FormRound {
  const duties::Form* form{nullptr};
  duties::Term term;
  std::string term_text;
  std::vector<Cell> cells;
  std::vector<KeptDeclaration> kept;
  FormFigures figures;
};

Result<FormRound> form_round(const ReportAsk& ask, const std::string& code, const std::string& text,
                             bool with_figures) {
  FormDesk desk{ask.reading, ask.city, ask.forms};
  FormRound round;
  HUAN_TRY(form, desk.form(code));
  HUAN_TRY(term, desk.term(*form, text, ask.day));
  round.form = form;
  round.term = term;
  round.term_text = declarations::term_text(form->period, term);
  round.cells = desk.cells(*form);
  const auto reporters = desk.reporters(*form, term);
  for (const auto& reporter : reporters) {
    auto blank = desk.blank(*form, term, reporter);
    auto kept = read_declaration(ask.reading, ask.city, declarations::key_of(blank));
    round.kept.push_back(kept ? std::move(*kept) : KeptDeclaration{std::move(blank), 0, "", ""});
  }
  if (with_figures) {
    round.figures = desk.figures(*form, term, reporters);
  }
  return round;
}

std::vector<reports::Cell> values_row(const FormRound& round, std::string who, std::string state,
                                      const Values& values) {
  std::vector<reports::Cell> row{reports::text(std::move(who)), reports::text(std::move(state))};
  for (std::size_t i = 0; i < round.cells.size(); ++i) {
    row.push_back(amount_cell(values.at(i), round.cells[i].unit));
  }
  return row;
}

reports::Section rows_section(const FormRound& round) {
  reports::Section section{"各单位", "已报送的取核定数，未报送的取系统汇总数。", {}, std::nullopt};
  section.table.columns = {"报送单位", "状态"};
  for (const Cell& cell : round.cells) {
    section.table.columns.push_back(cell.zh + "（" + cell.unit.text + "）");
  }
  for (const KeptDeclaration& kept : round.kept) {
    const auto& reporter = kept.declaration.reporter;
    const Values values = kept.declaration.revision > 0
                              ? declarations::confirmed_values(kept.declaration, round.cells)
                              : round.figures.values.at(reporter.id);
    section.table.rows.push_back(values_row(round, reporter.name, state_zh(kept), values));
  }
  section.table.rows.push_back(values_row(round, "全市（系统汇总）", "", round.figures.city));
  return section;
}

reports::Section differences_section(const FormRound& round) {
  reports::Section section{"差异说明", "", {}, std::nullopt};
  section.table.columns = {"报送单位", "项目", "单位", "系统数", "核定数", "说明"};
  for (const KeptDeclaration& kept : round.kept) {
    for (const declarations::Line& line : kept.declaration.lines) {
      if (line.explanation.empty() && (!line.confirmed || line.confirmed == line.filled)) {
        continue;
      }
      const auto unit = indicators::unit_from(line.unit).value_or(indicators::Unit{});
      section.table.rows.push_back(
          {reports::text(kept.declaration.reporter.name), reports::text(line.zh),
           reports::text(line.unit), amount_cell(line.filled, unit),
           amount_cell(line.confirmed, unit), reports::text(line.explanation)});
    }
  }
  section.note = section.table.rows.empty() ? "没有差异。" : "";
  return section;
}

/// The city's masses, largest first.
reports::Section kinds_section(const FormRound& round) {
  reports::Chart chart{reports::ChartKind::bars, "全市各项", "吨", {}};
  for (std::size_t i = 0; i < round.cells.size(); ++i) {
    const Cell& cell = round.cells[i];
    const auto& value = round.figures.city.at(i);
    if (cell.unit.dimension == indicators::Dimension::mass && value && cell.parts.empty()) {
      chart.bars.push_back({cell.zh.substr(cell.zh.find("·") == std::string::npos
                                               ? 0
                                               : cell.zh.find("·") + std::string("·").size()),
                            tonnes(*value)});
    }
  }
  std::stable_sort(chart.bars.begin(), chart.bars.end(),
                   [](const auto& a, const auto& b) { return a.value > b.value; });
  return {"分项图", "", {}, std::move(chart)};
}

std::vector<std::pair<std::string, std::string>> facts_of(const ReportAsk& ask,
                                                          const FormRound& round) {
  const auto& due = round.kept.empty() ? std::nullopt : round.kept.front().declaration.due;
  std::vector<std::pair<std::string, std::string>> facts{
      {"城市", ask.forms.pack.city.zh},
      {"报表",
       round.form->row.zh + (round.form->reconstructed ? "（表样未公开，按系统重构）" : "")},
      {"依据", round.form->row.clause},
      {"所属期", round.term_text + "（" + base::format_day(round.term.first) + " 至 " +
                     base::format_day(round.term.last) + "）"},
      {"应报日", due ? base::format_day(*due) : "未写明"}};
  return facts;
}

}  // namespace

Result<Report> ledger_report(const ReportAsk& ask, const std::string& form,
                             const std::string& term) {
  HUAN_TRY(round, form_round(ask, form, term, true));
  Report report{
      ask.forms.pack.city.zh + round.form->row.zh, round.term_text, facts_of(ask, round), {}};
  report.facts.emplace_back("截止", base::format_day(ask.day));
  report.facts.emplace_back("台账记录号", std::to_string(round.figures.read_at));
  report.sections.push_back(rows_section(round));
  report.sections.push_back(differences_section(round));
  report.sections.push_back(kinds_section(round));
  return report;
}

Result<Report> late_notice(const ReportAsk& ask, const std::string& form, const std::string& term,
                           const std::string& number) {
  HUAN_TRY(round, form_round(ask, form, term, false));
  Report report{"关于" + round.form->row.zh + "报送情况的通报",
                number.empty() ? "（未编号）" : number,
                facts_of(ask, round),
                {}};
  report.facts.emplace_back("通报日", base::format_day(ask.day));
  reports::Section section{"未按时报送的单位", "", {}, std::nullopt};
  section.table.columns = {"报送单位", "状态", "应报日", "报送日", "逾期天数"};
  for (const KeptDeclaration& kept : round.kept) {
    const std::int64_t late = declarations::days_late(kept.declaration, ask.day);
    if (late > 0) {
      section.table.rows.push_back(
          {reports::text(kept.declaration.reporter.name), reports::text(state_zh(kept)),
           reports::text(day_text(kept.declaration.due)),
           reports::text(day_text(kept.declaration.submitted)), reports::number(late)});
    }
  }
  const bool none = section.table.rows.empty();
  const bool no_day = round.kept.empty() || !round.kept.front().declaration.due;
  section.note = no_day ? "应报日未写明，无法判断逾期。" : (none ? "没有逾期单位。" : "");
  report.facts.emplace_back("逾期单位", std::to_string(section.table.rows.size()));
  report.sections.push_back(std::move(section));
  report.sections.push_back(dispatch_section(ask));
  return report;
}

}  // namespace huan::oversight
