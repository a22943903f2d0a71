// SPDX-License-Identifier: Apache-2.0
#include "huan/app/accounts.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <semaphore>
#include <set>
#include <utility>

#include "account_words.hpp"
#include "huan/base/id.hpp"
#include "huan/crypto/password.hpp"
#include "huan/crypto/random.hpp"
#include "huan/crypto/totp.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kAccountMin = 2;
constexpr std::size_t kAccountMax = 40;
constexpr std::size_t kShownMax = 80;
constexpr std::size_t kPasswordMin = 10;
constexpr std::size_t kPasswordMax = 200;  // bytes: Argon2id reads all of them
constexpr std::size_t kDifferentMin = 5;
constexpr std::size_t kPasswordLetters = 16;
constexpr std::chrono::seconds kPatience{5};
constexpr std::size_t kAtOnceOfAddress = 4;  // others find a free thread meanwhile

bool is_account(std::string_view text) {
  return text.size() >= kAccountMin && text.size() <= kAccountMax &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") ==
             std::string_view::npos;
}

Result<void> check_request(const AccountRequest& request) {
  if (!is_account(request.account)) {
    return Error{ErrorCode::bad_field, "/account", "2 to 40 of a-z, 0-9, dot, _ and -"};
  }
  if (request.name.size() > kShownMax) {
    return Error{ErrorCode::bad_field, "/name", "at most 80 bytes"};
  }
  if (request.roles.empty()) {
    return Error{ErrorCode::bad_field, "/roles", "at least one"};
  }
  for (const auto& role : request.roles) {
    if (!access::role_from(role)) {
      return Error{ErrorCode::bad_field, "/roles", role};
    }
  }
  const TokenLimits& limits = request.limits;
  for (const auto& [field, value] :
       {std::pair{"/city", &limits.city}, std::pair{"/district", &limits.district},
        std::pair{"/organisation", &limits.organisation}, std::pair{"/place", &limits.place}}) {
    if (!value->empty() && !base::is_name(*value, base::kShortNameMax)) {
      return Error{ErrorCode::bad_field, field, *value};
    }
  }
  return {};
}

store::AccountRow row_of(const AccountRequest& request, base::Instant now) {
  store::AccountRow row;
  row.account = request.account;
  row.name = request.name.empty() ? request.account : request.name;
  for (const auto& role : request.roles) {
    row.roles +=
        (row.roles.empty() ? "" : " ") + std::string(access::name(*access::role_from(role)));
  }
  row.city = request.limits.city;
  row.district = request.limits.district;
  row.organisation = request.limits.organisation;
  row.place = request.limits.place;
  row.must_change = true;
  row.created = now;
  row.password_set = now;
  return row;
}

std::string seal_context(std::string_view account) {
  return "account/" + std::string(account) + "/totp";
}

Error wrong() { return {ErrorCode::unauthorized, "", "the account or the password is wrong"}; }

/// Checked where there is no such account, so that the answer takes as long.
const std::string& nobodys_password() {
  static const std::string stored = crypto::hash_password(one_time_password());
  return stored;
}

}  // namespace

/// How many passwords are hashed at once, each of which takes 64 MiB; and who waits for it, so that
/// one address does not make all others wait.
struct Accounts::Turns {
  std::counting_semaphore<2> free{2};
  std::mutex mutex;
  std::map<std::string, std::size_t> waiting;  // by address

  bool enter(const std::string& address) {
    const std::lock_guard lock(mutex);
    auto& here = waiting[address];
    const bool room = here < kAtOnceOfAddress;
    here += room ? 1 : 0;
    return room;
  }
  void leave(const std::string& address) {
    const std::lock_guard lock(mutex);
    if (const auto found = waiting.find(address); --found->second == 0) {
      waiting.erase(found);
    }
  }
};

Accounts::Accounts(Parts parts, AttemptLimits limits)
    : parts_(std::move(parts)), attempts_(limits), turns_(std::make_unique<Turns>()) {}
Accounts::~Accounts() = default;

std::size_t reseal_second_factors(CityWriter& writer, const crypto::Key& from,
                                  const crypto::Key& to) {
  std::size_t sealed = 0;
  for (auto& row : writer.reading().accounts()) {
    const auto context = seal_context(row.account);
    if (const auto secret = crypto::open(from, row.totp, context)) {
      row.totp = crypto::seal(to, *secret, context);
      writer.transaction().account(row);
      ++sealed;
    }
  }
  return sealed;
}

std::string one_time_password() {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  static_assert(kLetters.size() == 32);
  std::string text;
  for (const char byte : crypto::random_bytes(kPasswordLetters)) {
    if (text.size() % 5 == 4) {
      text += '-';
    }
    text += kLetters[static_cast<unsigned char>(byte) % kLetters.size()];
  }
  return text;
}

Result<void> check_password(std::string_view account, std::string_view password,
                            std::string_view at) {
  const auto letters =
      static_cast<std::size_t>(std::count_if(password.begin(), password.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
      }));
  const std::set<char> different(password.begin(), password.end());
  if (letters < kPasswordMin || password.size() > kPasswordMax) {
    return Error{ErrorCode::bad_field, std::string(at), "10 characters or more, at most 200 bytes"};
  }
  if (different.size() < kDifferentMin || password.find(account) != std::string_view::npos) {
    return Error{ErrorCode::bad_field, std::string(at), "too easy to guess"};
  }
  return {};
}

Result<std::string> Accounts::add(const access::Subject& by, const AccountRequest& request) {
  HUAN_CHECK(check_request(request));
  auto row = row_of(request, parts_.clock.now());
  const auto subject = subject_of(row);
  HUAN_CHECK(check_reach(subject));
  if (!access::may_give(by, subject)) {
    return Error{ErrorCode::forbidden, "/roles", "that reaches further than your own account"};
  }
  const auto password = one_time_password();
  row.password = crypto::hash_password(password);
  bool taken = false;
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    taken = writer.reading().account(row.account).has_value();
    if (!taken) {
      writer.transaction().account(row);
    }
    return !taken;
  });
  if (taken) {
    return Error{ErrorCode::id_conflict, "/account", request.account};
  }
  return password;
}

template <class Change>
Result<void> Accounts::change(const access::Subject& by, const std::string& account,
                              const Change& change) {
  Result<void> done;
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(account);
    if (!row) {
      done = Error{ErrorCode::not_found, "account", account};
    } else if (!access::may_give(by, subject_of(*row))) {
      done = Error{ErrorCode::forbidden, "account", "it reaches further than your own"};
    } else {
      change(*row);
      writer.transaction().account(*row);
    }
    return done.has_value();
  });
  return done;
}

Result<std::string> Accounts::reset(const access::Subject& by, const std::string& account) {
  const auto password = one_time_password();
  const auto stored = crypto::hash_password(password);
  HUAN_CHECK(change(by, account, [&](store::AccountRow& row) {
    row.password = stored;
    row.password_set = parts_.clock.now();
    row.must_change = true;
    row.totp.clear();
    row.totp_step = 0;
    row.failures = 0;
    row.locked_until = {};
    ++row.generation;
  }));
  attempts_.succeeded(account);
  return password;
}

Result<void> Accounts::disable(const access::Subject& by, const std::string& account,
                               bool disabled) {
  return change(by, account, [&](store::AccountRow& row) {
    row.disabled = disabled;
    ++row.generation;
  });
}

Result<bool> Accounts::verified(const std::string& stored, const LoginRequest& request) {
  if (!turns_->enter(request.address)) {
    return Error{ErrorCode::too_many_requests, "", "1 s"};
  }
  const bool turn = turns_->free.try_acquire_for(kPatience);
  bool good = false;
  if (turn) {
    const auto& password = request.password;
    good = password.size() <= kPasswordMax && crypto::verify_password(stored, password);
    turns_->free.release();
  }
  turns_->leave(request.address);
  if (!turn) {
    return Error{ErrorCode::overloaded, "", "many log in at once"};
  }
  return good;
}

void Accounts::count_failure(const LoginRequest& request) {
  const auto now = parts_.clock.now();
  attempts_.failed(request.account, request.address, now);
  const auto wait = attempts_.wait_s(request.account, "", now);
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(request.account);
    if (row) {
      ++row->failures;
      row->locked_until.s = now.s + wait;
      writer.transaction().account(*row);
    }
    return row.has_value();
  });
}

std::optional<std::string> Accounts::opened(const store::AccountRow& row) const {
  return parts_.key ? crypto::open(*parts_.key, row.totp, seal_context(row.account)) : std::nullopt;
}

Result<std::int64_t> Accounts::second_factor(const store::AccountRow& row, std::string_view code) {
  if (row.totp.empty() || row.totp_step < 0) {
    return std::int64_t{0};
  }
  if (code.empty()) {
    return Error{ErrorCode::unauthorized, "/totp", "the six digits of the second factor"};
  }
  const auto secret = opened(row);
  const auto step =
      secret ? crypto::totp_step(*secret, code, parts_.clock.now().s, row.totp_step) : std::nullopt;
  if (!step) {
    return Error{ErrorCode::unauthorized, "/totp", "not the digits of now"};
  }
  return *step;
}

Result<std::string> Accounts::begin_totp(const LoginRequest& request) {
  if (!parts_.key) {
    return Error{ErrorCode::vault_locked, "", "there is no key to seal it with"};
  }
  HUAN_TRY(proof, proved(request));
  if (!proof.row.totp.empty() && proof.row.totp_step >= 0) {
    return Error{ErrorCode::already_closed, "", "there is one; a reset takes it away"};
  }
  const auto secret = crypto::random_bytes(crypto::kTotpSecretBytes);
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(request.account);
    if (row) {
      row->totp = crypto::seal(*parts_.key, secret, seal_context(row->account));
      row->totp_step = -1;
      writer.transaction().account(*row);
    }
    return row.has_value();
  });
  return crypto::base32(secret);
}

Result<void> Accounts::confirm_totp(const std::string& account, std::string_view code) {
  Result<void> done = Error{ErrorCode::bad_field, "/totp", "not the digits of now"};
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(account);
    const auto secret = row && row->totp_step < 0 ? opened(*row) : std::nullopt;
    const auto step =
        secret ? crypto::totp_step(*secret, code, parts_.clock.now().s, 0) : std::nullopt;
    if (step) {
      row->totp_step = *step;
      writer.transaction().account(*row);
      done = {};
    }
    return step.has_value();
  });
  return done;
}

Result<Accounts::Proof> Accounts::proved(const LoginRequest& request) {
  const auto now = parts_.clock.now();
  const auto row = parts_.store.snapshot()->account(request.account);
  const auto locked_s = row ? row->locked_until.s - now.s : 0;
  const auto wait = std::max(attempts_.wait_s(request.account, request.address, now), locked_s);
  if (wait > 0) {
    return Error{ErrorCode::too_many_requests, "", std::to_string(wait) + " s"};
  }
  const bool can = row && !row->disabled && !row->password.empty();
  HUAN_TRY(good, verified(can ? row->password : nobodys_password(), request));
  if (!good || !can) {
    count_failure(request);
    return wrong();
  }
  auto step = second_factor(*row, request.totp);
  if (!step) {
    if (!request.totp.empty()) {
      count_failure(request);
    }
    return std::move(step).error();
  }
  return Proof{*row, *step};
}

Result<Login> Accounts::log_in(const LoginRequest& request) {
  HUAN_TRY(proof, proved(request));
  Result<Login> login = wrong();
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(request.account);
    // Somebody may have reset it meanwhile.
    if (!row || row->generation != proof.row.generation || row->disabled) {
      return false;
    }
    // Two who send the same digits at once: the first one is in.
    if (proof.step != 0 && row->totp_step >= proof.step) {
      return false;
    }
    row->totp_step = std::max(row->totp_step, proof.step);
    row->failures = 0;
    row->locked_until = {};
    writer.transaction().account(*row);
    const auto secret = begin_session(writer, *row, parts_.clock.now());
    login = Login{secret, std::move(*row)};
    return true;
  });
  attempts_.succeeded(request.account);
  return login;
}

Result<std::string> Accounts::change_password(const LoginRequest& old, std::string_view fresh) {
  HUAN_CHECK(check_password(old.account, fresh, "/fresh"));
  HUAN_TRY(proof, proved(old));
  if (old.password == fresh) {
    return Error{ErrorCode::bad_field, "/fresh", "the same as before"};
  }
  const auto stored = crypto::hash_password(fresh);
  Result<std::string> secret = wrong();
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(old.account);
    if (!row || row->generation != proof.row.generation) {
      return false;
    }
    row->password = stored;
    row->password_set = parts_.clock.now();
    row->totp_step = std::max(row->totp_step, proof.step);
    row->must_change = false;
    ++row->generation;
    writer.transaction().account(*row);
    secret = begin_session(writer, *row, parts_.clock.now());
    return true;
  });
  return secret;
}

void Accounts::log_out_everywhere(const std::string& account) {
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(account);
    if (row) {
      ++row->generation;
      writer.transaction().account(*row);
    }
    return row.has_value();
  });
}

}  // namespace huan::app
