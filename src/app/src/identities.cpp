// SPDX-License-Identifier: Apache-2.0
#include "huan/app/identities.hpp"

#include "account_words.hpp"
#include "huan/base/id.hpp"
#include "huan/crypto/digest.hpp"

namespace huan::app {
namespace {

constexpr std::string_view kMapped = "oidc-";
constexpr std::size_t kMappedDigits = 12;
constexpr std::size_t kNameBytesMax = 80;

base::Error not_linked() {
  return {base::ErrorCode::unauthorized, "", "nobody here is linked to this identity"};
}

std::string digest_of(const ProvedIdentity& identity) {
  return crypto::hex(crypto::sha256(identity.issuer + "\n" + identity.subject));
}
std::string account_key(const std::string& digest) { return "identity/" + digest; }
std::string digest_key(const std::string& account) { return "identity_of/" + account; }

std::string setting(CityWriter& writer, const std::string& key) {
  return writer.reading().setting("", key).value_or("");
}

void join_identity(CityWriter& writer, const std::string& account, const std::string& digest) {
  writer.transaction().setting(account_key(digest), account);
  writer.transaction().setting(digest_key(account), digest);
}

/// The roles and limits of a claim, as of now.
void follow_claim(store::AccountRow& row, const AccountRequest& mapped, const std::string& name) {
  row.roles.clear();
  for (const auto& role : mapped.roles) {
    row.roles += (row.roles.empty() ? "" : " ") + role;
  }
  row.city = mapped.limits.city;
  row.district = mapped.limits.district;
  row.organisation = mapped.limits.organisation;
  row.place = mapped.limits.place;
  if (!name.empty() && name.size() <= kNameBytesMax) {
    row.name = name;
  }
}

/// The account that may be let in; nullopt: none.
std::optional<store::AccountRow> admitted(CityWriter& writer, const ProvedIdentity& identity,
                                          const std::optional<AccountRequest>& mapped,
                                          base::Instant now) {
  const auto digest = digest_of(identity);
  const auto known = setting(writer, account_key(digest));
  if (known.empty() && !mapped) {
    return std::nullopt;
  }
  const auto made = std::string(kMapped) + digest.substr(0, kMappedDigits);
  auto row = writer.reading().account(known.empty() ? made : known);
  const bool follows = known.empty() || known == made;
  if (known.empty() && row) {
    return std::nullopt;  // somebody's account has that name by accident, or was unlinked
  }
  if (!row && !known.empty()) {
    return std::nullopt;
  }
  if (!row) {
    row.emplace();
    row->account = made;
    row->name = made;
    row->created = now;
    join_identity(writer, made, digest);
  }
  if (row->disabled || (follows && !mapped)) {
    return std::nullopt;
  }
  if (follows) {
    follow_claim(*row, *mapped, identity.name);
    writer.transaction().account(*row);
  }
  return row;
}

}  // namespace

base::Result<void> check_reach_of(const AccountRequest& request) {
  store::AccountRow row;
  follow_claim(row, request, "");
  return check_reach(subject_of(row));
}

base::Result<void> Identities::link(const access::Subject& by, const std::string& account,
                                    const ProvedIdentity& identity) {
  base::Result<void> done;
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(account);
    const auto digest = digest_of(identity);
    if (!row) {
      done = base::Error{base::ErrorCode::not_found, "account", account};
    } else if (!access::may_give(by, subject_of(*row))) {
      done = base::Error{base::ErrorCode::forbidden, "account", "it reaches further than your own"};
    } else if (!setting(writer, account_key(digest)).empty() ||
               !setting(writer, digest_key(account)).empty()) {
      done = base::Error{base::ErrorCode::id_conflict, "account", "one of both is linked already"};
    } else {
      join_identity(writer, account, digest);
      if (row->must_change) {
        row->password.clear();
        row->must_change = false;
        writer.transaction().account(*row);
      }
    }
    return done.has_value();
  });
  return done;
}

base::Result<void> Identities::unlink(const access::Subject& by, const std::string& account) {
  base::Result<void> done;
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    auto row = writer.reading().account(account);
    const auto digest = row ? setting(writer, digest_key(account)) : std::string();
    if (digest.empty()) {
      done = base::Error{base::ErrorCode::not_found, "account", account};
    } else if (!access::may_give(by, subject_of(*row))) {
      done = base::Error{base::ErrorCode::forbidden, "account", "it reaches further than your own"};
    } else {
      writer.transaction().setting(account_key(digest), "");
      writer.transaction().setting(digest_key(account), "");
      ++row->generation;
      writer.transaction().account(*row);
    }
    return done.has_value();
  });
  return done;
}

base::Result<std::string> Identities::log_in(const ProvedIdentity& identity,
                                             const std::optional<AccountRequest>& mapped) {
  base::Result<std::string> secret = not_linked();
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    const auto now = parts_.clock.now();
    if (const auto row = admitted(writer, identity, mapped, now)) {
      secret = begin_session(writer, *row, now);
    }
    return secret.has_value();
  });
  return secret;
}

}  // namespace huan::app
