// SPDX-License-Identifier: Apache-2.0
#include "huan/app/access.hpp"

#include <algorithm>
#include <array>

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
constexpr std::int64_t kSessionS = 12 * 3'600;

std::string fresh_secret() {
  std::string text = base::base64(crypto::random_bytes(kSecretBytes));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(text.find('='));
  return std::string{kPrefix} + text;
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

}  // namespace

bool is_role(std::string_view role) {
  static constexpr auto kRoles =
      std::to_array<std::string_view>({"operator", "regulator", "enterprise", "clerk", "driver",
                                       "processor", "inspector", "auditor"});
  return std::find(kRoles.begin(), kRoles.end(), role) != kRoles.end();
}

base::Result<std::string> issue_token(Recorder& recorder, base::Clock& clock,
                                      const TokenRequest& request) {
  if (!is_role(request.role)) {
    return Error{ErrorCode::bad_field, "/role",
                 "operator, regulator, enterprise, clerk, driver, processor, inspector or auditor"};
  }
  std::string secret = fresh_secret();
  recorder.run("", 1, [&](CityWriter& writer) {
    writer.transaction().token(row_of(secret, request, clock.now()));
    return true;
  });
  return secret;
}

base::Result<Access> authenticate(store::Reading& reading, base::Clock& clock,
                                  std::string_view secret) {
  HUAN_TRY(row, find(reading, clock, secret));
  if (row.scope == kLogin) {
    return Error{ErrorCode::unauthorized, "", "a login link is opened in the browser"};
  }
  return Access{{row.role + (row.label.empty() ? "" : "/" + row.label)}, row.role};
}

base::Result<std::string> exchange_login(Recorder& recorder, base::Clock& clock,
                                         std::string_view secret) {
  base::Result<std::string> session =
      Error{ErrorCode::unauthorized, "", "the link was used or has expired"};
  recorder.run("", 1, [&](CityWriter& writer) {
    const auto row = find(writer.reading(), clock, secret);
    if (!row || row->scope != kLogin) {
      return false;
    }
    writer.transaction().forget_token(row->hash);
    TokenRequest request{row->role, row->label, "", kSessionS};
    session = fresh_secret();
    writer.transaction().token(row_of(*session, request, clock.now()));
    return true;
  });
  return session;
}

}  // namespace huan::app
