// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/vault.hpp"

#include <algorithm>
#include <array>

#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/registry/identifiers.hpp"

namespace huan::vault {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kPurposeBytesMax = 200;
constexpr std::size_t kResealAtOnce = 500;

/// Cities, parties and field names hold no space, so this text is of one place only.
std::string context_of(const Subject& subject, Field field) {
  return "vault 1 " + subject.city + " " + subject.party + " " + std::string{name(field)};
}

std::string named(const Subject& subject, Field field) {
  return std::string{name(field)} + " of party " + subject.party;
}

/// What a value is kept for once it is registered again: of two classes the one that ends later,
/// and neither where one of both gives another reason to keep it.
std::optional<Retention> joint(const SealedField& before, const std::optional<Term>& term) {
  if (!term || !term->retention || !before.retention) {
    return std::nullopt;
  }
  return before.keep_until && *before.keep_until > term->until ? before.retention : term->retention;
}

}  // namespace

std::string_view name(Action action) noexcept {
  constexpr std::array<std::string_view, 4> kNames{"put", "read", "erase", "refused"};
  return kNames[static_cast<std::size_t>(action)];
}

Vault::Vault(const crypto::Key& key, VaultStore& store, base::Clock& clock,
             std::int32_t utc_offset_s)
    : field_key_(key.derive("vault fields 1")),
      person_key_(key.derive("vault persons 1")),
      store_(store),
      clock_(clock),
      utc_offset_s_(utc_offset_s) {}

Result<void> Vault::check(const Caller& caller, const Subject& subject) {
  const auto usable = [](std::string_view text) {
    return !text.empty() && text.size() <= kPurposeBytesMax && base::is_clean_utf8(text);
  };
  if (!usable(caller.purpose)) {
    return Error{ErrorCode::bad_field, "/purpose", "what the personal data is needed for"};
  }
  constexpr base::Day kAnyBirth{200'000};  // whatever date of birth a number states
  if (registry::holds_personal_number(caller.purpose, kAnyBirth)) {
    return Error{ErrorCode::bad_field, "/purpose",
                 "a purpose is kept in the clear: no numbers of persons"};
  }
  if (!usable(caller.who)) {
    return Error{ErrorCode::bad_field, "/who", "who asks for it"};
  }
  if (!base::is_city(subject.city)) {
    return Error{ErrorCode::bad_field, "/city", "a city's code is expected"};
  }
  if (!base::is_name(subject.party, base::kShortNameMax)) {
    return Error{ErrorCode::bad_field, "/party", "a party's id is expected"};
  }
  return {};
}

base::Day Vault::today() const { return base::day_of(clock_.now(), utc_offset_s_); }

void Vault::record(const Caller& caller, const Subject& subject, std::optional<Field> field,
                   Action action) {
  store_.record(
      {subject, field, action, std::string{caller.who}, std::string{caller.purpose}, clock_.now()});
}

std::optional<std::string> Vault::opened(const SealedField& field) const {
  return crypto::open(field_key_, field.sealed, context_of(field.subject, field.field));
}

bool Vault::holds(const SealedField& field, std::string_view text) const {
  return !field.blocked && opened(field) == text;
}

Result<bool> Vault::put(const Caller& caller, const Subject& subject, Field field,
                        std::string_view value, std::optional<Term> term) {
  HUAN_CHECK(check(caller, subject));
  HUAN_TRY(text, checked(field, value, today()));
  auto keep_until = term ? std::optional(term->until) : std::nullopt;
  auto retention = term ? term->retention : std::nullopt;
  if (const auto before = store_.find(subject, field)) {
    if (before->keep_until) {
      keep_until = std::max(keep_until.value_or(*before->keep_until), *before->keep_until);
    }
    retention = joint(*before, term);
    if (before->keep_until == keep_until && before->retention == retention &&
        holds(*before, text)) {
      return false;
    }
  }
  store_.put({subject, field, crypto::seal(field_key_, text, context_of(subject, field)),
              clock_.now(), keep_until, false, retention});
  if (field == Field::id_number) {
    HUAN_TRY(known_as, person(text));
    store_.join(known_as, subject);
  }
  record(caller, subject, field, Action::put);
  return true;
}

Result<std::string> Vault::read(const Caller& caller, const Subject& subject, Field field) {
  HUAN_CHECK(check(caller, subject));
  const auto found = store_.find(subject, field);
  if (!found) {
    return Error{ErrorCode::not_found, "/" + std::string{name(field)},
                 named(subject, field) + " is not in the vault"};
  }
  if (found->blocked) {
    record(caller, subject, field, Action::refused);
    return Error{ErrorCode::forbidden, "/" + std::string{name(field)},
                 named(subject, field) + " was erased and is kept for the law alone"};
  }
  // On record before it is out, so that no failure in between hides a reading.
  record(caller, subject, field, Action::read);
  auto text = opened(*found);
  if (!text) {
    return Error{ErrorCode::store_failed, {}, named(subject, field) + " does not open: other key"};
  }
  return std::move(*text);
}

std::vector<MaskedField> Vault::masked(const Subject& subject) {
  std::vector<MaskedField> out;
  for (const SealedField& field : store_.all(subject)) {
    MaskedField shown{field.field, {}, field.keep_until, field.blocked, true};
    if (!field.blocked) {
      const auto text = opened(field);
      shown.readable = text.has_value();
      shown.text = text ? vault::masked(field.field, *text) : std::string{};
    }
    out.push_back(std::move(shown));
  }
  return out;
}

bool Vault::erased(const Subject& subject) { return store_.last_change(subject) == Action::erase; }

Result<Erased> Vault::erase(const Caller& caller, const Subject& subject) {
  HUAN_CHECK(check(caller, subject));
  Erased erased;
  for (SealedField& field : store_.all(subject)) {
    if (!field.keep_until || *field.keep_until < today()) {
      store_.remove(subject, field.field);
      ++erased.removed;
      continue;
    }
    field.blocked = true;
    store_.put(field);
    ++erased.blocked;
    erased.kept_until = std::max(erased.kept_until.value_or(*field.keep_until), *field.keep_until);
  }
  if (!store_.find(subject, Field::id_number)) {
    store_.part(subject);
  }
  record(caller, subject, std::nullopt, Action::erase);
  return erased;
}

void Vault::keep(const Subject& subject, const Term& term) {
  for (SealedField& field : store_.all(subject)) {
    if (field.keep_until && *field.keep_until >= term.until) {
      continue;
    }
    field.retention = joint(field, term);
    field.keep_until = term.until;
    store_.put(field);
  }
}

std::vector<SealedField> Vault::sweep(const std::string& city, std::size_t limit) {
  auto due = store_.expired(city, today(), limit);
  for (const SealedField& field : due) {
    store_.remove(field.subject, field.field);
    if (field.field == Field::id_number) {
      store_.part(field.subject);
    }
  }
  return due;
}

Resealed Vault::reseal(const crypto::Key& fresh) {
  Vault next(fresh, store_, clock_, utc_offset_s_);
  Resealed done;
  Subject subject;
  Field field{};
  for (;;) {
    auto some = store_.after(subject, field, kResealAtOnce);
    for (SealedField& one : some) {
      const auto text = opened(one);
      done.fields += text ? 1 : 0;
      done.unreadable += text ? 0 : 1;
      if (!text) {
        continue;
      }
      one.sealed = crypto::seal(next.field_key_, *text, context_of(one.subject, one.field));
      store_.put(one);
      if (one.field == Field::id_number) {
        if (const auto known_as = next.person(*text)) {
          store_.join(*known_as, one.subject);
        }
      }
    }
    if (some.size() < kResealAtOnce) {
      return done;
    }
    subject = some.back().subject;
    field = some.back().field;
  }
}

Result<std::string> Vault::person(std::string_view id_number) const {
  HUAN_TRY(number, checked(Field::id_number, id_number, today()));
  return crypto::hex(crypto::hmac_sha256(person_key_.bytes(), number));
}

Result<std::vector<Subject>> Vault::parties_of(std::string_view id_number) const {
  HUAN_TRY(known_as, person(id_number));
  return store_.joined(known_as);
}

Result<std::vector<Subject>> Vault::same_person(const Subject& subject) const {
  const auto found = store_.find(subject, Field::id_number);
  if (!found) {
    return Error{ErrorCode::not_found, "/id_number",
                 named(subject, Field::id_number) + " is not in the vault"};
  }
  const auto number = opened(*found);
  if (!number) {
    return Error{ErrorCode::store_failed,
                 {},
                 named(subject, Field::id_number) + " does not open: other key"};
  }
  return parties_of(*number);
}

}  // namespace huan::vault
