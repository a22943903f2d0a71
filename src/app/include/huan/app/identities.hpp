// SPDX-License-Identifier: Apache-2.0
// People whom an identity provider vouches for (单位统一认证): an account is linked to an issuer
// and a subject there, by somebody who may change the account, and whoever proves to be that
// subject is let in without a password. Nobody gets an account by having one elsewhere, unless the
// operator has said which role a claim's value gives; such an account has no password, is called
// oidc-…, and its roles follow the claim at every login.
//
//   Identities identities({store, recorder, clock});
//   HUAN_CHECK(identities.link(by, "wang", {issuer, subject}));
//   HUAN_TRY(secret, identities.log_in({issuer, subject, "王"}, std::nullopt));
#pragma once

#include <optional>
#include <string>

#include "huan/app/accounts.hpp"

namespace huan::app {

struct ProvedIdentity {
  std::string issuer;
  std::string subject;
  std::string name{};
};

/// bad_field: a role without the district, organisation or place that it reaches.
[[nodiscard]] base::Result<void> check_reach_of(const AccountRequest& request);

class Identities {
 public:
  struct Parts {
    store::Store& store;
    Recorder& recorder;
    base::Clock& clock;
  };
  explicit Identities(Parts parts) : parts_(parts) {}

  /// Takes a one-time password that was never used away. not_found, forbidden; id_conflict: the
  /// subject or the account is linked already.
  [[nodiscard]] base::Result<void> link(const access::Subject& by, const std::string& account,
                                        const ProvedIdentity& identity);
  /// Ends their sessions. not_found: also when it is not linked; forbidden.
  [[nodiscard]] base::Result<void> unlink(const access::Subject& by, const std::string& account);
  /// A session's secret. `mapped`: the roles and limits that the claim gives; its name is not
  /// looked at. unauthorized when nobody here is linked and nothing is mapped, or the account is
  /// disabled.
  [[nodiscard]] base::Result<std::string> log_in(const ProvedIdentity& identity,
                                                 const std::optional<AccountRequest>& mapped);

 private:
  Parts parts_;
};

}  // namespace huan::app
