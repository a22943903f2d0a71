// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "blanks.hpp"

namespace huan::http_server {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string_view next_part(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto part = without_blanks(rest.substr(0, end));
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return part;
}

struct Weighted {
  std::string_view name;
  int quality;  ///< thousandths
};

/// "0.5" -> 500; anything malformed counts as 1, as if no weight had been given.
int quality_of(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) {
    return 1000;
  }
  if (text[0] == '1') {
    return 1000;
  }
  int value = 0;
  int scale = 100;
  for (std::size_t i = 2; i < text.size() && scale > 0; ++i, scale /= 10) {
    if (text[i] < '0' || text[i] > '9') {
      return 1000;
    }
    value += (text[i] - '0') * scale;
  }
  return value;
}

std::vector<Weighted> weighted_list(std::string_view header) {
  std::vector<Weighted> list;
  while (!header.empty() && list.size() < 64) {
    auto item = next_part(header, ',');
    const auto name = next_part(item, ';');
    int quality = 1000;
    while (!item.empty()) {
      const auto parameter = next_part(item, ';');
      if (parameter.size() >= 2 && lower(parameter[0]) == 'q' && parameter[1] == '=') {
        quality = quality_of(parameter.substr(2));
      }
    }
    if (!name.empty()) {
      list.push_back({name, quality});
    }
  }
  return list;
}

/// How specifically an Accept range names the type: 0 not at all, 1 by */*, 2 by type/*, 3 exactly.
int match_rank(std::string_view range, std::string_view type) {
  if (range == "*/*") {
    return 1;
  }
  if (range.ends_with("/*")) {
    const auto prefix = range.substr(0, range.size() - 1);
    return type.size() > prefix.size() && equal_ignoring_case(type.substr(0, prefix.size()), prefix)
               ? 2
               : 0;
  }
  return equal_ignoring_case(range, type) ? 3 : 0;
}

int quality_for(const std::vector<Weighted>& list, std::string_view type) {
  int rank = 0;
  int quality = 0;
  for (const auto& item : list) {
    if (const int found = match_rank(item.name, type); found > rank) {
      rank = found;
      quality = item.quality;
    }
  }
  return quality;
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
  for (const auto& field : fields_) {
    if (equal_ignoring_case(field.name, name)) {
      return field.value;
    }
  }
  return std::nullopt;
}

std::string_view Headers::value_or(std::string_view name, std::string_view other) const {
  return find(name).value_or(other);
}

void Headers::add(std::string name, std::string value) {
  fields_.push_back({std::move(name), std::move(value)});
}

void Headers::set(std::string_view name, std::string value) {
  std::erase_if(fields_, [&](const Field& f) { return equal_ignoring_case(f.name, name); });
  fields_.push_back({std::string(name), std::move(value)});
}

void Request::set_body(std::string body) {
  auto owner = std::make_shared<const std::string>(std::move(body));
  body_ = *owner;
  owner_ = std::move(owner);
}

void Request::set_body(std::string_view body, std::shared_ptr<const void> owner) {
  body_ = body;
  owner_ = std::move(owner);
}

std::string_view Request::param(std::string_view name) const {
  for (const auto& [key, value] : params) {
    if (key == name) {
      return value;
    }
  }
  return {};
}

std::optional<std::string_view> Request::query_value(std::string_view name) const {
  for (const auto& [key, value] : query) {
    if (key == name) {
      return value;
    }
  }
  return std::nullopt;
}

base::Language Request::language() const {
  return preferred_language(headers.value_or("Accept-Language", ""));
}

base::Language preferred_language(std::string_view accept_language) {
  int zh = 0;
  int en = 0;
  for (const auto& item : weighted_list(accept_language)) {
    const auto primary = item.name.substr(0, item.name.find('-'));
    if (equal_ignoring_case(primary, "zh") || primary == "*") {
      zh = std::max(zh, item.quality);
    } else if (equal_ignoring_case(primary, "en")) {
      en = std::max(en, item.quality);
    }
  }
  return en > zh ? base::Language::en : base::Language::zh;
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  int any = 0;
  for (const auto& item : weighted_list(accept_encoding)) {
    if (equal_ignoring_case(item.name, coding)) {
      return item.quality > 0;
    }
    if (item.name == "*") {
      any = item.quality;
    }
  }
  return any > 0;
}

std::optional<std::size_t> negotiate(std::string_view accept,
                                     const std::vector<std::string_view>& offers) {
  if (offers.empty()) {
    return std::nullopt;
  }
  const auto list = weighted_list(accept);
  if (list.empty()) {
    return 0;
  }
  std::optional<std::size_t> best;
  int best_quality = 0;
  for (std::size_t i = 0; i < offers.size(); ++i) {
    if (const int quality = quality_for(list, offers[i]); quality > best_quality) {
      best = i;
      best_quality = quality;
    }
  }
  return best;
}

Response make_response(int status, std::string content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", std::move(content_type));
  response.body = std::move(body);
  return response;
}

Response json_response(int status, std::string body) {
  return make_response(status, "application/json", std::move(body));
}

Response empty_response(int status) {
  Response response;
  response.status = status;
  return response;
}

std::string_view reason_phrase(int status) {
  using Phrase = std::pair<int, std::string_view>;
  static constexpr std::array<Phrase, 33> kPhrases{{
      {100, "Continue"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {422, "Unprocessable Content"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  }};
  const auto* const at = std::find_if(kPhrases.begin(), kPhrases.end(),
                                      [&](const Phrase& phrase) { return phrase.first == status; });
  return at == kPhrases.end() ? "Status" : at->second;
}

}  // namespace huan::http_server
