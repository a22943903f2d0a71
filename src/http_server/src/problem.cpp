// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/problem.hpp"

#include <fmt/format.h>

#include "huan/http_server/detail.hpp"

namespace huan::http_server {
namespace {

using base::ErrorCode;

/// The length of the well-formed UTF-8 sequence at the front of `text`; 0 when there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size) {
    return 0;
  }
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) {
      return 0;
    }
  }
  const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
  const bool outside = (lead == 0xed && byte(1) > 0x9f) || (lead == 0xf4 && byte(1) > 0x8f);
  return overlong || outside ? 0 : size;
}

/// What a sender wrote is told back to be recognized, not to be carried home.
std::string clipped(const std::string& text) {
  constexpr std::size_t kShown = 300;
  if (text.size() <= kShown) {
    return text;
  }
  auto end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) {
    --end;
  }
  return text.substr(0, end) + "…";
}

void append_escaped(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  } else {
    out += c;
  }
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto size = sequence_length(text);
    if (size == 0) {
      out += "\xef\xbf\xbd";
    } else if (size == 1) {
      append_escaped(out, text[0]);
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  out += '"';
  return out;
}

std::string problem_members(const base::Error& error, int status, base::Language language) {
  const auto code = base::name(error.code);
  std::string out =
      fmt::format(R"({{"type":"/docs/errors#{}","title":{},"status":{},"code":"{}")", code,
                  json_quoted(base::message(error.code, language)), status, code);
  if (!error.detail.empty()) {
    out += ",\"detail\":" + json_quoted(clipped(detail_text(error.detail, language)));
  }
  if (!error.at.empty()) {
    out += ",\"at\":" + json_quoted(clipped(error.at));
  }
  out += ",\"advice\":" + json_quoted(base::advice(error.code, language));
  return out;
}

Response problem_response(const base::Error& error, base::Language language) {
  const int status = http_status(error);
  auto response = make_response(status, "application/problem+json",
                                problem_members(error, status, language) + "}");
  response.headers.add("Content-Language", language == base::Language::zh ? "zh-CN" : "en");
  if (status == 503 || status == 429) {
    response.headers.add("Retry-After", "1");
  }
  if (status == 401) {
    response.headers.add("WWW-Authenticate", "Bearer");
  }
  return response;
}

Response problem_response(const base::Error& error, const Request& request) {
  return problem_response(error, request.language());
}

}  // namespace huan::http_server
