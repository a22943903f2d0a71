// SPDX-License-Identifier: Apache-2.0
// What a handler gets and gives: one HTTP request and one HTTP response, free of any server
// library.
//
// Guaranteed when a handler runs: the target was well-formed, `path` and the query are strictly
// percent-encoded UTF-8 without U+0000, `params` are the decoded values of the route's `{names}`,
// a gzip body is unpacked and within the limits. Not guaranteed: anything about the body's content.
//
//   Response lot(const Request& request) {
//     return json_response(200, render(request.param("lot")));
//   }
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "huan/base/error.hpp"

namespace huan::http_server {

struct Field {
  std::string name;
  std::string value;
};

/// Header fields in order; names compare without regard to case.
class Headers {
 public:
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::string_view value_or(std::string_view name, std::string_view other) const;
  void add(std::string name, std::string value);
  void set(std::string_view name, std::string value);  ///< replaces what stands there
  [[nodiscard]] const std::vector<Field>& fields() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string method;  ///< "GET"; a HEAD request is shown to handlers as it is
  std::string target;  ///< as sent
  std::string path;    ///< raw: percent-encoded segments kept
  Pairs query;         ///< decoded, in order, repetitions kept
  Pairs params;        ///< the route's `{names}`, decoded
  Headers headers;
  std::string remote;  ///< address without port; of the client when a trusted proxy says it
  std::string id;      ///< unique in this process; goes to the log and `X-Request-Id`
  std::string route;   ///< the pattern that matched; empty before
  bool secure{false};  ///< came over TLS, to here or to a trusted proxy
  std::chrono::steady_clock::time_point received;

  [[nodiscard]] std::string_view body() const { return body_; }
  void set_body(std::string body);
  /// The body as a view into something kept alive by `owner` (shared, since the bytes belong to
  /// the connection's buffer until the last reader is done).
  void set_body(std::string_view body, std::shared_ptr<const void> owner);

  [[nodiscard]] std::string_view param(std::string_view name) const;
  /// The first value of that name.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;
  [[nodiscard]] base::Language language() const;  ///< by Accept-Language; zh unless en is preferred

 private:
  std::shared_ptr<const void> owner_;
  std::string_view body_;
};

struct Response {
  int status{200};
  Headers headers;
  std::string body;
};

[[nodiscard]] Response make_response(int status, std::string content_type, std::string body);
[[nodiscard]] Response json_response(int status, std::string body);
[[nodiscard]] Response empty_response(int status);

[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string_view reason_phrase(int status);
/// `accept` is an Accept header; the one of `offers` that it prefers (the first of equals), or
/// nullopt when none is acceptable. An empty header accepts anything.
[[nodiscard]] std::optional<std::size_t> negotiate(std::string_view accept,
                                                   const std::vector<std::string_view>& offers);
/// zh unless the header prefers English.
[[nodiscard]] base::Language preferred_language(std::string_view accept_language);
/// Whether a coding ("gzip") is acceptable by an Accept-Encoding header.
[[nodiscard]] bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace huan::http_server
