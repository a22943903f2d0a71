// SPDX-License-Identifier: Apache-2.0
// Where the `type` of a problem leads to: what each code means and what to do, in both languages.
#include "doors.hpp"

namespace huan::http {
namespace {

struct Row {
  std::string_view code, en, zh, advice_en, advice_zh;
};
constexpr Row kRows[] = {
#define HUAN_ERROR(code, en, zh, advice_en, advice_zh) {#code, en, zh, advice_en, advice_zh},
#include "huan/base/error_table.inc"
#undef HUAN_ERROR
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<' || c == '>' || c == '&') {
      out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string page() {
  std::string out =
      "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>Huan: errors</title>"
      "<h1>错误代码 Errors</h1><dl>";
  for (const Row& row : kRows) {
    out.append("<dt id=\"").append(row.code).append("\"><code>").append(row.code);
    out.append("</code><dd>").append(escaped(row.zh)).append("。").append(escaped(row.advice_zh));
    out.append("。<dd lang=\"en\">").append(escaped(row.en)).append(": ");
    out.append(escaped(row.advice_en)).append(".\n");
  }
  return out + "</dl></html>";
}

}  // namespace

void add_error_page(Doors& doors) {
  doors.open("GET", "/docs/errors", [](const Request&) {
    return http_server::make_response(200, "text/html; charset=utf-8", page());
  });
}

}  // namespace huan::http
