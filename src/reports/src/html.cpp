// SPDX-License-Identifier: Apache-2.0
#include "huan/reports/html.hpp"

namespace huan::reports {
namespace {

constexpr const char* kStyle =
    "@page{size:A4 landscape;margin:14mm}"
    "body{font:10.5pt 'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif;"
    "color:#1a1a1a;margin:0 auto;max-width:270mm}"
    "h1{font-size:17pt;margin:0 0 2mm}h2{font-size:12.5pt;margin:7mm 0 2mm}"
    "p{margin:1mm 0}.sub{color:#555}dl{display:grid;grid-template-columns:max-content 1fr;"
    "gap:1mm 5mm}dt{color:#555}dd{margin:0}"
    "table{border-collapse:collapse;width:100%;font-size:9pt}thead{display:table-header-group}"
    "tr{break-inside:avoid}th,td{border:.3pt solid #999;padding:1mm 1.6mm;text-align:left}"
    "th{background:#eef1ee;font-weight:600}td.n{text-align:right;"
    "font-variant-numeric:tabular-nums;white-space:nowrap}"
    "svg{break-inside:avoid;font-size:9.5px;max-width:190mm}svg rect{fill:#2f7d5b}";

void put_table(const Table& table, std::string& out) {
  if (table.columns.empty()) {
    return;
  }
  out += "<table><thead><tr>";
  for (const std::string& column : table.columns) {
    out += "<th>" + escape_html(column) + "</th>";
  }
  out += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (const Cell& cell : row) {
      out += cell.number ? "<td class=\"n\">" : "<td>";
      out += cell.number && cell.text.empty() ? "–" : escape_html(cell.text);
      out += "</td>";
    }
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
        break;
    }
  }
  return out;
}

std::string to_html(const Report& report) {
  std::string out =
      "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\"><title>" +
      escape_html(report.title) + "</title><style>" + kStyle + "</style></head><body>\n<h1>" +
      escape_html(report.title) + "</h1>\n<p class=\"sub\">" + escape_html(report.subtitle) +
      "</p>\n<dl>";
  for (const auto& [name, value] : report.facts) {
    out += "<dt>" + escape_html(name) + "</dt><dd>" + escape_html(value) + "</dd>";
  }
  out += "</dl>\n";
  for (const Section& section : report.sections) {
    out += "<h2>" + escape_html(section.heading) + "</h2>\n";
    if (!section.note.empty()) {
      out += "<p>" + escape_html(section.note) + "</p>\n";
    }
    if (section.chart) {
      out += to_svg(*section.chart) + "\n";
    }
    put_table(section.table, out);
  }
  return out + "</body></html>\n";
}

}  // namespace huan::reports
