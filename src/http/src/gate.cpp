// SPDX-License-Identifier: Apache-2.0
#include "gate.hpp"

#include "huan/crypto/digest.hpp"

namespace huan::http {
namespace {

using base::Error;
using base::ErrorCode;
using http_server::Request;

constexpr std::chrono::seconds kRemember{3};
constexpr std::size_t kRememberedMax = 4096;

std::string_view bearer(const Request& request) {
  constexpr std::string_view kScheme = "Bearer ";
  const auto header = request.headers.value_or("Authorization", "");
  const bool fits = header.size() > kScheme.size() &&
                    http_server::equal_ignoring_case(header.substr(0, kScheme.size()), kScheme);
  return fits ? header.substr(kScheme.size()) : std::string_view();
}

std::string_view cookie(const Request& request, std::string_view name) {
  auto rest = request.headers.value_or("Cookie", "");
  while (!rest.empty()) {
    const auto end = rest.find(';');
    auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    while (pair.starts_with(' ')) {
      pair.remove_prefix(1);
    }
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
  }
  return {};
}

bool only_reads(const Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

/// Browsers say where a request comes from; one that says nothing of it is not trusted to change.
bool from_our_pages(const Request& request) {
  if (const auto site = request.headers.find("Sec-Fetch-Site")) {
    return *site == "same-origin";
  }
  const auto origin = request.headers.value_or("Origin", "");
  const std::string ours =
      (request.secure ? "https://" : "http://") + std::string(request.headers.value_or("Host", ""));
  return origin == ours;
}

}  // namespace

base::Result<app::Access> Gate::let_in(const Request& request) {
  auto secret = bearer(request);
  if (secret.empty()) {
    secret = cookie(request, kSessionCookie);
    if (!secret.empty() && !only_reads(request) && !from_our_pages(request)) {
      return Error{ErrorCode::forbidden, "", "the request comes from another site"};
    }
  }
  if (secret.empty()) {
    return Error{ErrorCode::unauthorized, "", ""};
  }
  const auto digest = crypto::sha256(secret);
  const auto key = crypto::bytes(digest);
  const auto now = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(key); found != known_.end() && found->second.until > now) {
      return found->second.access;
    }
  }
  HUAN_TRY(access, app::authenticate(*store_.snapshot(), clock_, secret));
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kRememberedMax) {
    known_.clear();
  }
  known_.insert_or_assign(std::string(key), Remembered{access, now + kRemember});
  return access;
}

}  // namespace huan::http
