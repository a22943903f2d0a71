// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/target.hpp"

#include <algorithm>

#include "huan/base/text.hpp"

namespace huan::http_server {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

Result<std::string> decode(std::string_view text, std::string_view at) {
  auto decoded = base::percent_decode(text);
  if (!decoded) {
    return Error{ErrorCode::bad_text, std::string(at), "malformed percent-encoding"};
  }
  if (!base::is_clean_utf8(*decoded)) {
    return Error{ErrorCode::bad_text, std::string(at), "not UTF-8 text"};
  }
  return std::move(*decoded);
}

Result<std::string> decode_query_part(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return decode(spaced, "query");
}

/// What follows scheme and authority in absolute-form; nullopt when it is something else.
std::optional<std::string_view> origin_form(std::string_view target) {
  if (target.starts_with('/')) {
    return target;
  }
  for (const std::string_view scheme :
       {std::string_view("http://"), std::string_view("https://")}) {
    if (target.size() > scheme.size() &&
        equal_ignoring_case(target.substr(0, scheme.size()), scheme)) {
      const auto authority = target.substr(scheme.size());
      const auto end = authority.find_first_of("/?");
      if (end == 0) {
        return std::nullopt;
      }
      return end == std::string_view::npos ? std::string_view("/") : authority.substr(end);
    }
  }
  return std::nullopt;
}

}  // namespace

Result<Target> parse_target(std::string_view target) {
  if (target == "*") {
    return Target{"*", {}};
  }
  const bool visible = std::all_of(target.begin(), target.end(),
                                   [](char c) { return c > 0x20 && c < 0x7f && c != '#'; });
  const auto origin = origin_form(target);
  if (!visible || !origin) {
    return Error{ErrorCode::bad_text, "target", "request target is malformed"};
  }
  const auto mark = origin->find('?');
  std::string path(origin->substr(0, mark));
  if (path.empty()) {
    path = "/";
  }
  if (mark == std::string_view::npos) {
    return Target{std::move(path), {}};
  }
  HUAN_TRY(query, parse_query(origin->substr(mark + 1)));
  return Target{std::move(path), std::move(query)};
}

Result<Pairs> parse_query(std::string_view query) {
  Pairs pairs;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    if (pair.empty()) {
      continue;
    }
    if (pairs.size() == kQueryPairsMax) {
      return Error{ErrorCode::too_large, "query", "too many parameters"};
    }
    const auto equals = pair.find('=');
    HUAN_TRY(name, decode_query_part(pair.substr(0, equals)));
    HUAN_TRY(value, decode_query_part(equals == std::string_view::npos ? std::string_view{}
                                                                       : pair.substr(equals + 1)));
    pairs.emplace_back(std::move(name), std::move(value));
  }
  return pairs;
}

Result<std::vector<std::string>> split_path(std::string_view path) {
  std::vector<std::string> segments;
  if (!path.starts_with('/')) {
    return Error{ErrorCode::bad_text, "path", "path does not begin with '/'"};
  }
  path.remove_prefix(1);
  for (;;) {
    const auto end = path.find('/');
    HUAN_TRY(segment, decode(path.substr(0, end), "path"));
    segments.push_back(std::move(segment));
    if (end == std::string_view::npos) {
      return segments;
    }
    path.remove_prefix(end + 1);
  }
}

}  // namespace huan::http_server
