// SPDX-License-Identifier: Apache-2.0
// People who log in: made by somebody who may, with a password for one use; a password of their own
// after that; locked out for a while after too many failures; ended everywhere at once. Nobody
// makes or changes an account that reaches further than their own. Passwords are kept as Argon2id,
// and a login says no more than that account or password is wrong, in the same time.
//
//   Accounts accounts({store, recorder, clock});
//   HUAN_TRY(password, accounts.add(by, {.account = "wang", .roles = {"station_clerk"}, …}));
//   HUAN_TRY(session, accounts.log_in({"wang", password, "", "192.0.2.7"}));
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/access.hpp"
#include "huan/app/attempts.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/store/store.hpp"

namespace huan::app {

struct AccountRequest {
  std::string account;  ///< 2 to 40 of [a-z0-9._-]
  std::string name;     ///< shown; empty: the account
  std::vector<std::string> roles;
  TokenLimits limits{};
};

struct LoginRequest {
  std::string account;
  std::string password;
  std::string totp;     ///< the second factor's six digits; empty: none given
  std::string address;  ///< of who asks
};

struct Login {
  std::string secret;  ///< of the session
  store::AccountRow account;
};

class Accounts {
 public:
  struct Parts {
    store::Store& store;
    Recorder& recorder;
    base::Clock& clock;
    std::optional<crypto::Key> key{};  ///< seals second factors; without it there are none
  };
  explicit Accounts(Parts parts, AttemptLimits limits = {});
  ~Accounts();
  Accounts(const Accounts&) = delete;
  Accounts& operator=(const Accounts&) = delete;

  /// The one-time password. bad_field with a pointer; forbidden; id_conflict: there is one.
  [[nodiscard]] base::Result<std::string> add(const access::Subject& by,
                                              const AccountRequest& request);
  /// Another one-time password; ends their sessions. not_found, forbidden.
  [[nodiscard]] base::Result<std::string> reset(const access::Subject& by,
                                                const std::string& account);
  /// Ends their sessions too. not_found, forbidden.
  [[nodiscard]] base::Result<void> disable(const access::Subject& by, const std::string& account,
                                           bool disabled);
  /// Their own: unauthorized when `old` is wrong, bad_field for one that is too easy. Ends all
  /// sessions; the caller begins a new one with the secret given.
  [[nodiscard]] base::Result<std::string> change_password(const LoginRequest& old,
                                                          std::string_view fresh);
  /// Ends every session of the account.
  void log_out_everywhere(const std::string& account);

  /// A secret for the second factor in Base32, asked for at logins once it is confirmed.
  /// unauthorized, vault_locked, already_closed when there is one: reset() takes it away.
  [[nodiscard]] base::Result<std::string> begin_totp(const LoginRequest& proof);
  /// bad_field: not the digits of now, or nothing to confirm.
  [[nodiscard]] base::Result<void> confirm_totp(const std::string& account, std::string_view code);

  /// unauthorized, at /totp when the password is right and digits are needed; too_many_requests
  /// with the seconds to wait as detail; overloaded.
  [[nodiscard]] base::Result<Login> log_in(const LoginRequest& request);

 private:
  struct Turns;
  struct Proof {
    store::AccountRow row;
    std::int64_t step{0};  ///< of the second factor's digits; 0: none
  };
  [[nodiscard]] base::Result<Proof> proved(const LoginRequest& request);
  [[nodiscard]] base::Result<std::int64_t> second_factor(const store::AccountRow& row,
                                                         std::string_view code);
  [[nodiscard]] std::optional<std::string> opened(const store::AccountRow& row) const;
  [[nodiscard]] base::Result<bool> verified(const std::string& stored, const LoginRequest& request);
  void count_failure(const LoginRequest& request);
  template <class Change>
  [[nodiscard]] base::Result<void> change(const access::Subject& by, const std::string& account,
                                          const Change& change);

  Parts parts_;
  Attempts attempts_;
  std::unique_ptr<Turns> turns_;
};

/// What second factors' key is derived from the vault's by.
inline constexpr std::string_view kTotpPurpose = "totp 1";
/// Seals the second factors of all accounts with another key, in the caller's transaction; how
/// many.
[[nodiscard]] std::size_t reseal_second_factors(CityWriter& writer, const crypto::Key& from,
                                                const crypto::Key& to);

/// At least ten characters, not the account's name, not one letter over and over. bad_field.
[[nodiscard]] base::Result<void> check_password(std::string_view account, std::string_view password,
                                                std::string_view at);
/// Four groups of letters and digits that are not mistaken for one another; 80 random bits.
[[nodiscard]] std::string one_time_password();

}  // namespace huan::app
