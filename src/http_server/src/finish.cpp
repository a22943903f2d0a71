// SPDX-License-Identifier: Apache-2.0
#include "finish.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "gzip.hpp"
#include "huan/http_server/server.hpp"

namespace huan::http_server {
namespace {

/// "Sat, 21 Nov 2026 08:00:00 GMT", made once a second and thread.
const std::string& date_now() {
  thread_local std::time_t made_for = 0;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != made_for) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::array<char, 40> buffer{};
    const auto size =
        std::strftime(buffer.data(), buffer.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    text.assign(buffer.data(), size);
    made_for = now;
  }
  return text;
}

bool is_compressible(std::string_view type) {
  type = type.substr(0, type.find(';'));
  const bool text = type.starts_with("text/") && type != "text/event-stream";
  return text || type.ends_with("json") || type.ends_with("xml") || type.ends_with("javascript") ||
         type == "application/yaml";
}

/// A strong ETag names these bytes; packed ones would be others.
bool has_strong_etag(const Response& response) {
  const auto etag = response.headers.find("ETag");
  return etag && !etag->starts_with("W/");
}

void compress(Response& response, const ReplyTerms& terms, std::size_t compress_min) {
  if (response.body.size() < compress_min || response.headers.find("Content-Encoding") ||
      !is_compressible(response.headers.value_or("Content-Type", "")) ||
      has_strong_etag(response)) {
    return;
  }
  response.headers.add("Vary", "Accept-Encoding");
  if (terms.accepts_gzip) {
    response.body = gzip(response.body);
    response.headers.add("Content-Encoding", "gzip");
  }
}

/// A line break in a value would begin a header that nobody meant to send.
bool is_safe_value(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

bool is_framing(std::string_view name) {
  return equal_ignoring_case(name, "Content-Length") ||
         equal_ignoring_case(name, "Transfer-Encoding") || equal_ignoring_case(name, "Connection");
}

std::string common_head(const Response& response, const ReplyTerms& terms, bool keep_alive) {
  std::string head =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\nConnection: {}\r\n", response.status,
                  reason_phrase(response.status), date_now(), keep_alive ? "keep-alive" : "close");
  if (!terms.request_id.empty()) {
    head += fmt::format("X-Request-Id: {}\r\n", terms.request_id);
  }
  for (const auto& [name, value] : response.headers.fields()) {
    if (is_safe_value(name) && is_safe_value(value) && !is_framing(name)) {
      head.append(name).append(": ").append(value).append("\r\n");
    }
  }
  return head;
}

}  // namespace

WireReply finish(Response response, const ReplyTerms& terms, std::size_t compress_min) {
  compress(response, terms, compress_min);
  WireReply reply;
  reply.head = common_head(response, terms, terms.keep_alive);
  const bool bodiless = response.status == 204 || response.status == 304 || response.status < 200;
  if (!bodiless) {
    reply.head += fmt::format("Content-Length: {}\r\n", response.body.size());
  }
  reply.head += "\r\n";
  if (!bodiless && !terms.head_only) {
    reply.body = std::move(response.body);
  }
  return reply;
}

std::string stream_head(const Response& response, const ReplyTerms& terms) {
  // HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
  auto head = common_head(response, terms, terms.keep_alive && !terms.http_1_0);
  if (!terms.http_1_0) {
    head += "Transfer-Encoding: chunked\r\n";
  }
  return head + "\r\n";
}

std::string chunk(std::string_view piece) {
  return fmt::format("{:x}\r\n{}\r\n", piece.size(), piece);
}

namespace {

/// `images`: an origin beside our own, after a space; or empty.
std::string policy_of_pages(const std::string& images) {
  // Beside the server only `huan edge`, which shows the station page its scale (docs/devices.md).
  return "default-src 'self'; connect-src 'self' http://127.0.0.1:8790; img-src 'self' data: "
         "blob:" +
         images +
         "; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
         "frame-ancestors 'none'";
}

void secure_by(const std::string& policy, Response& response, bool secure) {
  const auto add = [&](const char* name, const std::string& value) {
    if (!response.headers.find(name)) {
      response.headers.add(name, value);
    }
  };
  add("X-Content-Type-Options", "nosniff");
  add("X-Frame-Options", "DENY");
  add("Referrer-Policy", "same-origin");
  add("Content-Security-Policy", policy);
  if (secure) {
    add("Strict-Transport-Security", "max-age=31536000");
  }
}

}  // namespace

void security_headers(Response& response, bool secure) {
  static const std::string kPolicy = policy_of_pages("");
  secure_by(kPolicy, response, secure);
}

std::function<void(Response&, bool)> security_headers_with_images_of(const std::string& origin) {
  return [policy = policy_of_pages(" " + origin)](Response& response, bool secure) {
    secure_by(policy, response, secure);
  };
}

}  // namespace huan::http_server
