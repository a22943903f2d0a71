// SPDX-License-Identifier: Apache-2.0
#include "gate.hpp"

#include "huan/crypto/digest.hpp"
#include "session_cookie.hpp"

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

bool only_reads(const Request& request) {
  return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

/// Fails closed: a door that does not tell tenants apart is for those who see them all.
base::Result<access::Grant> granted(const app::Access& access, const Rule& rule) {
  const auto grant = rule.action ? access::decide(access.subject, *rule.action) : std::nullopt;
  const bool limited = grant && (!grant->district.empty() || !grant->organisation.empty());
  if (!grant || (limited && rule.rows == Rows::whole)) {
    return Error{ErrorCode::forbidden, "", "not for your role"};
  }
  return *grant;
}

}  // namespace

base::Result<app::Access> Gate::let_in(const Request& request, const Rule& rule) {
  const auto token = bearer(request);
  const auto secret = token.empty() ? session_secret(request) : token;
  if (secret.empty()) {
    return Error{ErrorCode::unauthorized, "", ""};
  }
  HUAN_TRY(access, known(secret));
  const bool by_cookie = token.empty();
  if (by_cookie && !only_reads(request)) {
    HUAN_CHECK(from_no_other_site(request));
    const auto proof = request.headers.value_or("X-CSRF-Token", "");
    if (!crypto::equal_in_constant_time(proof, app::csrf_of(secret))) {
      return Error{ErrorCode::forbidden, "X-CSRF-Token", "as GET /api/v1/session says it"};
    }
  }
  if (access.must_change && rule.action != access::Action::own_session) {
    return Error{ErrorCode::forbidden, "", "choose a password of your own first"};
  }
  HUAN_TRY(grant, granted(access, rule));
  access.grant = std::move(grant);
  if (by_cookie) {
    app::keep_session(recorder_, clock_, access);
  }
  return access;
}

base::Result<app::Access> Gate::known(std::string_view secret) {
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

void Gate::forget_all() {
  const std::lock_guard lock(mutex_);
  known_.clear();
}

}  // namespace huan::http
