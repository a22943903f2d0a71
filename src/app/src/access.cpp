// SPDX-License-Identifier: Apache-2.0
#include "huan/app/access.hpp"

#include <algorithm>
#include <array>

#include "account_words.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/crypto/random.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kPrefix = "huan_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::string_view kLogin = "login";
constexpr std::string_view kSession = "session";
constexpr std::size_t kNameMax = 64;
constexpr std::size_t kCsrfDigits = 32;

std::string fresh_secret() {
  std::string text = base::base64(crypto::random_bytes(kSecretBytes));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(text.find('='));
  return std::string{kPrefix} + text;
}

/// "city:130100 organisation:e1": what a token is limited to, as its row keeps it.
struct ScopeWord {
  std::string_view name;
  std::string TokenLimits::* limit;
};
constexpr std::array<ScopeWord, 4> kScopeWords{{{"city:", &TokenLimits::city},
                                                {"district:", &TokenLimits::district},
                                                {"organisation:", &TokenLimits::organisation},
                                                {"place:", &TokenLimits::place}}};
constexpr std::string_view kAccountWord = "account:";
constexpr std::string_view kGenerationWord = "generation:";

base::Result<std::string> scope_text(const TokenRequest& request) {
  std::string text = request.scope;
  for (const auto& word : kScopeWords) {
    const auto& value = request.limits.*word.limit;
    if (value.empty()) {
      continue;
    }
    if (!base::is_name(value, kNameMax)) {
      return Error{ErrorCode::bad_field,
                   "/" + std::string(word.name.substr(0, word.name.size() - 1)), value};
    }
    text += (text.empty() ? "" : " ") + std::string(word.name) + value;
  }
  return text;
}

/// A row's scope, read back.
struct TokenScope {
  bool login{false};
  bool session{false};
  TokenLimits limits;
  std::string account;
  std::int64_t generation{0};
};

TokenScope read_scope(std::string_view text) {
  TokenScope scope;
  for (const auto word : words_of(text)) {
    scope.login = scope.login || word == kLogin;
    scope.session = scope.session || word == kSession;
    for (const auto& known : kScopeWords) {
      if (word.starts_with(known.name)) {
        scope.limits.*known.limit = word.substr(known.name.size());
      }
    }
    if (word.starts_with(kAccountWord)) {
      scope.account = word.substr(kAccountWord.size());
    }
    if (word.starts_with(kGenerationWord)) {
      scope.generation =
          base::parse_integer(word.substr(kGenerationWord.size())).value_or(scope.generation);
    }
  }
  return scope;
}

store::TokenRow row_of(const std::string& secret, const TokenRequest& request, base::Instant now) {
  store::TokenRow row;
  row.hash = crypto::sha256(secret);
  row.role = request.role;
  row.label = request.label;
  row.scope = request.scope;
  row.created = now;
  row.expires = base::Instant{request.valid_for_s == 0 ? 0 : now.s + request.valid_for_s};
  return row;
}

base::Result<store::TokenRow> find(store::Reading& reading, base::Clock& clock,
                                   std::string_view secret) {
  const auto row = reading.token(crypto::sha256(secret));
  if (!row) {
    return Error{ErrorCode::unauthorized, "", ""};
  }
  if (row->expires.s != 0 && row->expires <= clock.now()) {
    return Error{ErrorCode::unauthorized, "", "the token has expired"};
  }
  return *row;
}

base::Result<Access> of_account(store::Reading& reading, const TokenScope& scope) {
  const auto account = reading.account(scope.account);
  if (!account || account->disabled || account->generation != scope.generation) {
    return Error{ErrorCode::unauthorized, "", "the session has ended"};
  }
  Access access;
  access.principal.name = "account/" + account->account;
  access.subject = subject_of(*account);
  access.role = access.subject.roles.empty() ? "" : access::name(access.subject.roles.front());
  access.account = account->account;
  access.label = account->name;
  access.must_change = account->must_change;
  return access;
}

Access of_token(const store::TokenRow& row, const TokenScope& scope) {
  Access access;
  access.principal.name = row.role + (row.label.empty() ? "" : "/" + row.label);
  access.role = row.role;
  if (const auto role = access::role_from(row.role)) {
    access.subject.roles.push_back(*role);
  }
  access.subject.city = scope.limits.city;
  access.subject.district = scope.limits.district;
  access.subject.organisation = scope.limits.organisation;
  access.subject.place = scope.limits.place;
  access.label = row.label;
  for (const auto* limit : {&access.subject.place, &access.subject.organisation,
                            &access.subject.district, &access.subject.city}) {
    if (!limit->empty()) {
      access.principal.name += "@" + *limit;  // two tenants' tokens may have one label
      break;
    }
  }
  return access;
}

}  // namespace

base::Result<void> check_reach(const access::Subject& subject) {
  for (const access::Role role : subject.roles) {
    const auto needed = access::needs(role);
    const bool organised = needed == access::Scope::organisation || needed == access::Scope::place;
    if (needed == access::Scope::district && subject.district.empty()) {
      return Error{ErrorCode::bad_field, "/district",
                   std::string(access::name(role)) + " needs one"};
    }
    if (organised && subject.organisation.empty()) {
      return Error{ErrorCode::bad_field, "/organisation",
                   std::string(access::name(role)) + " needs one"};
    }
    if (needed == access::Scope::place && subject.place.empty()) {
      return Error{ErrorCode::bad_field, "/place", std::string(access::name(role)) + " needs one"};
    }
  }
  return {};
}

bool is_role(std::string_view role) { return access::role_from(role).has_value(); }

base::Result<std::string> issue_token(Recorder& recorder, base::Clock& clock,
                                      const TokenRequest& request) {
  if (!is_role(request.role)) {
    return Error{ErrorCode::bad_field, "/role",
                 "operator, regulator_city, regulator_county, province, auditor, inspector, "
                 "enterprise_admin, station_clerk, driver, processor or resident"};
  }
  HUAN_TRY(scope, scope_text(request));
  HUAN_CHECK(check_reach({{*access::role_from(request.role)},
                          request.limits.city,
                          request.limits.district,
                          request.limits.organisation,
                          request.limits.place}));
  std::string secret = fresh_secret();
  recorder.run("", 1, [&](CityWriter& writer) {
    auto row = row_of(secret, request, clock.now());
    row.scope = scope;
    writer.transaction().token(row);
    return true;
  });
  return secret;
}

base::Result<Access> authenticate(store::Reading& reading, base::Clock& clock,
                                  std::string_view secret) {
  HUAN_TRY(row, find(reading, clock, secret));
  const auto scope = read_scope(row.scope);
  if (scope.login) {
    return Error{ErrorCode::unauthorized, "", "a login link is opened in the browser"};
  }
  auto access = of_token(row, scope);
  if (!scope.account.empty()) {
    HUAN_TRY(found, of_account(reading, scope));
    access = std::move(found);
  }
  access.session = scope.session;
  access.expires = row.expires;
  access.secret = row.hash;
  return access;
}

base::Result<std::string> exchange_login(Recorder& recorder, base::Clock& clock,
                                         std::string_view secret) {
  base::Result<std::string> session =
      Error{ErrorCode::unauthorized, "", "the link was used or has expired"};
  recorder.run("", 1, [&](CityWriter& writer) {
    const auto row = find(writer.reading(), clock, secret);
    if (!row || !read_scope(row->scope).login) {
      return false;
    }
    writer.transaction().forget_token(row->hash);
    TokenRequest request{row->role, row->label, std::string(kSession), kSessionMaxS, {}};
    session = fresh_secret();
    writer.transaction().token(row_of(*session, request, clock.now()));
    return true;
  });
  return session;
}

std::string begin_session(CityWriter& writer, const store::AccountRow& account, base::Instant now) {
  std::string secret = fresh_secret();
  TokenRequest request{"account", account.account, "", kSessionIdleS, {}};
  request.scope = std::string(kSession) + " " + std::string(kAccountWord) + account.account + " " +
                  std::string(kGenerationWord) + std::to_string(account.generation);
  writer.transaction().token(row_of(secret, request, now));
  return secret;
}

void keep_session(Recorder& recorder, base::Clock& clock, const Access& access) {
  const auto now = clock.now();
  const bool young = access.expires.s - now.s > kSessionIdleS / 2;
  if (!access.session || access.account.empty() || young) {
    return;
  }
  recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().token(access.secret);
    if (!row || row->expires <= now) {
      return false;
    }
    row->expires.s = std::min(row->created.s + kSessionMaxS, now.s + kSessionIdleS);
    writer.transaction().token(*row);
    return true;
  });
}

access::Subject subject_of_token(const store::TokenRow& row) {
  return of_token(row, read_scope(row.scope)).subject;
}

bool is_program_token(const store::TokenRow& row) {
  const auto scope = read_scope(row.scope);
  return !scope.login && !scope.session;
}

void end_session(Recorder& recorder, const store::Digest& secret) {
  recorder.run("", 1, [&](CityWriter& writer) {
    writer.transaction().forget_token(secret);
    return true;
  });
}

std::size_t sweep_tokens(Recorder& recorder, base::Clock& clock) {
  std::size_t forgotten = 0;
  recorder.run("", 1, [&](CityWriter& writer) {
    for (const auto& row : writer.reading().tokens()) {
      if (row.expires.s != 0 && row.expires <= clock.now()) {
        writer.transaction().forget_token(row.hash);
        ++forgotten;
      }
    }
    return true;
  });
  return forgotten;
}

std::string csrf_of(std::string_view secret) {
  return crypto::hex(crypto::hmac_sha256(secret, "huan csrf 1")).substr(0, kCsrfDigits);
}

}  // namespace huan::app
