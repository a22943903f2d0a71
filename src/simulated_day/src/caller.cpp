// SPDX-License-Identifier: Apache-2.0
#include "caller.hpp"

#include "huan/base/text.hpp"

namespace huan::simulated_day {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {
constexpr std::size_t kSaidMax = 400;
constexpr std::string_view kPng = "\x89PNG";

const char* kind_of(std::string_view body) {
  return body.empty() ? "" : body.starts_with(kPng) ? "image/png" : "application/json";
}
}  // namespace

json::Value value_at(json::Value object, std::string_view key) {
  return object.is_object() ? object.find(key).value_or(json::Value{}) : json::Value{};
}

std::string text_at(json::Value object, std::string_view key) {
  const json::Value value = value_at(object, key);
  return value.is_string() ? std::string(value.string()) : std::string();
}

std::int64_t integer_at(json::Value object, std::string_view key) {
  const json::Value value = value_at(object, key);
  return value.is_integer() ? value.integer() : 0;
}

Result<Answer> Caller::call(const Who& who, const std::string& method, const std::string& path,
                            const std::string& body, const std::string& match) {
  Sent call;
  call.method = method;
  call.url = options_.server + "/api/v1" + path;
  call.body = body;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) {
      call.headers.emplace_back(name, value);
    }
  };
  add("Authorization", who.token.empty() ? "" : "Bearer " + who.token);
  add("Cookie", who.cookie);
  add("X-CSRF-Token", who.csrf);
  add("X-Forwarded-For", who.address);
  add("If-Match", match);
  add("Content-Type", kind_of(body));
  HUAN_TRY(reply, options_.transport(call));
  Answer answer{reply.status, std::move(reply.body), "", "", {}};
  for (const auto& [name, value] : reply.headers) {
    if (name == "etag") {
      answer.etag = value;
    } else if (name == "set-cookie") {
      answer.cookie = value.substr(0, value.find(';'));
    }
  }
  json::ParseOptions options = json::kStored;
  options.allow_fractions = true;  // how far a job is
  if (auto document = json::Document::parse(answer.body, options)) {
    answer.json.emplace(std::move(*document));
  }
  return answer;
}

Result<Answer> Caller::page_of(const Who& who, const std::string& path, const std::string& after) {
  const std::string sign = path.find('?') == std::string::npos ? "?" : "&";
  HUAN_TRY(page, call(who, "GET",
                      path + sign + "limit=1000" +
                          (after.empty() ? "" : "&after=" + base::percent_encode(after))));
  if (!page.ok() || !value_at(page.root(), "items").is_array()) {
    return Error{ErrorCode::unreachable, path, page.body.substr(0, kSaidMax)};
  }
  return page;
}

void unexpected(DayReport& report, const std::string& what, const Answer& answer) {
  if (report.unexpected++ == 0) {
    report.first_unexpected =
        what + ": " + std::to_string(answer.status) + " " + answer.body.substr(0, kSaidMax);
  }
}

Who logged_in(const Answer& answer, std::string address) {
  return {"", answer.cookie, text_at(answer.root(), "csrf"), std::move(address)};
}

}  // namespace huan::simulated_day
