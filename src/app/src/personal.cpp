// SPDX-License-Identifier: Apache-2.0
#include "huan/app/personal.hpp"

#include <array>

#include "huan/app/accounts.hpp"
#include "huan/app/notices.hpp"
#include "huan/app/push.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using vault::Caller;
using vault::Subject;

constexpr std::string_view kFingerprint = "vault_key";  // setting of the server
constexpr std::size_t kFingerprintDigits = 16;
constexpr std::size_t kCopiedAccesses = 10'000;

Error locked() { return Error{ErrorCode::vault_locked, "", "the vault's key file is not here"}; }

Result<PersonalCounts> put_all(vault::Vault& vault, const Caller& caller, const Subject& subject,
                               const PersonalPut& what) {
  PersonalCounts counts;
  for (const vault::FieldValue& value : what.values) {
    HUAN_TRY(changed, vault.put(caller, subject, value.field, value.value, what.term));
    ++(changed ? counts.set : counts.same);
  }
  return counts;
}

PersonalField shown(vault::MaskedField&& field) {
  const auto state = field.blocked    ? FieldState::blocked
                     : field.readable ? FieldState::masked
                                      : FieldState::unreadable;
  return {field.field, state, std::move(field.text), field.keep_until};
}

/// All that can be given out; what cannot is named.
Result<std::vector<PersonalField>> read_all(vault::Vault& vault, const Caller& caller,
                                            const Subject& subject, const FieldSet& allowed) {
  HUAN_CHECK(vault::Vault::check(caller, subject));
  std::vector<PersonalField> out;
  for (vault::MaskedField& field : vault.masked(subject)) {
    PersonalField given = shown(std::move(field));
    const bool mine = allowed.test(static_cast<std::size_t>(given.field));
    if (given.state == FieldState::masked && mine) {
      HUAN_TRY(text, vault.read(caller, subject, given.field));
      given.value = std::move(text);
      given.state = FieldState::clear;
    }
    out.push_back(std::move(given));
  }
  return out;
}

Result<std::vector<PersonalField>> read_one(vault::Vault& vault, const Caller& caller,
                                            const Subject& subject, vault::Field field) {
  auto text = vault.read(caller, subject, field);
  if (!text) {
    return std::move(text).error();
  }
  std::vector<PersonalField> out;
  for (const vault::MaskedField& one : vault.masked(subject)) {
    if (one.field == field) {
      out.push_back({field, FieldState::clear, *text, one.keep_until});
    }
  }
  return out;
}

Error another_key() {
  return {ErrorCode::bad_config, "",
          "not the key that this store's personal data is sealed with; a rotation that was cut off "
          "is finished by `huan vault rotate`"};
}

}  // namespace

std::string_view name(FieldState state) noexcept {
  constexpr std::array<std::string_view, 4> kNames{"masked", "clear", "blocked", "unreadable"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string fingerprint_of(const crypto::Key& key) {
  return key.derive("vault fingerprint 1").hex().substr(0, kFingerprintDigits);
}

bool is_vault_key(store::Reading& reading, const crypto::Key& key) {
  return reading.setting("", kFingerprint) == fingerprint_of(key);
}

bool knows_vault_key(store::Reading& reading) {
  return reading.setting("", kFingerprint).has_value();
}

Result<std::unique_ptr<Personal>> Personal::open(Parts parts,
                                                 const std::optional<crypto::Key>& key) {
  // Without the key a fresh one stands in, which opens nothing: what is sealed is still named, and
  // can be erased.
  std::unique_ptr<Personal> personal{
      new Personal(std::move(parts), key ? *key : crypto::Key::generate(), key.has_value())};
  if (key) {
    HUAN_CHECK(personal->note_key());
  }
  return personal;
}

Result<std::unique_ptr<Personal>> Personal::open_to_read(Parts parts,
                                                         const std::optional<crypto::Key>& key,
                                                         store::Reading& reading) {
  std::unique_ptr<Personal> personal{
      new Personal(std::move(parts), key ? *key : crypto::Key::generate(), key.has_value())};
  const auto theirs = reading.setting("", kFingerprint).value_or("");
  if (key && !theirs.empty() && theirs != fingerprint_of(*key)) {
    return another_key();
  }
  return personal;
}

Result<void> Personal::note_key() {
  const std::string ours = fingerprint_of(key_);
  std::string theirs;
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    theirs = writer.reading().setting("", kFingerprint).value_or("");
    if (theirs.empty()) {
      writer.transaction().setting(kFingerprint, ours);
      theirs = ours;
    }
    return true;
  });
  if (theirs != ours) {
    return another_key();
  }
  return {};
}

vault::Vault Personal::vault(vault::VaultStore& fields, std::int32_t offset_s) const {
  return vault::Vault{key_, fields, parts_.clock, offset_s};
}

std::vector<PersonalField> Personal::masked(store::Reading& reading, const Subject& subject) const {
  const auto fields = parts_.stores.of_reading(reading);
  std::vector<PersonalField> out;
  for (vault::MaskedField& field : vault(*fields, 0).masked(subject)) {
    out.push_back(shown(std::move(field)));
  }
  return out;
}

Result<std::vector<PersonalField>> Personal::read(const Caller& caller, const Subject& subject,
                                                  const PersonalQuestion& question) {
  if (!readable_) {
    return locked();
  }
  Result<std::vector<PersonalField>> given = Error{};
  parts_.recorder.run(subject.city, 1, [&](CityWriter& writer) {
    const auto fields = parts_.stores.of_transaction(writer.transaction());
    auto vault = this->vault(*fields, writer.setting().offset_s);
    given = question.field ? read_one(vault, caller, subject, *question.field)
                           : read_all(vault, caller, subject, question.allowed);
    return true;  // a refused reading stays on record too
  });
  return given;
}

Result<PersonalCopy> Personal::copy(const Caller& caller, const Subject& subject) {
  if (!readable_) {
    return locked();
  }
  Result<PersonalCopy> copy = Error{};
  parts_.recorder.run(subject.city, 1, [&](CityWriter& writer) {
    const auto fields = parts_.stores.of_transaction(writer.transaction());
    auto vault = this->vault(*fields, writer.setting().offset_s);
    auto clear = read_all(vault, caller, subject, PersonalQuestion{}.allowed);
    if (clear) {
      copy = PersonalCopy{std::move(*clear),
                          fields->accesses(subject, vault::kLatest, kCopiedAccesses)};
    } else {
      copy = std::move(clear).error();
    }
    return true;
  });
  return copy;
}

Result<std::vector<Subject>> Personal::parties_of(store::Reading& reading,
                                                  std::string_view id_number) {
  if (!readable_) {
    return locked();
  }
  const auto fields = parts_.stores.of_reading(reading);
  return vault(*fields, 0).parties_of(id_number);
}

Result<std::vector<Subject>> Personal::same_person(store::Transaction& transaction,
                                                   const Subject& subject) const {
  if (!readable_) {
    return locked();
  }
  const auto fields = parts_.stores.of_transaction(transaction);
  return vault(*fields, 0).same_person(subject);
}

Result<std::vector<Subject>> Personal::same_person(store::Reading& reading,
                                                   const Subject& subject) const {
  if (!readable_) {
    return locked();
  }
  const auto fields = parts_.stores.of_reading(reading);
  return vault(*fields, 0).same_person(subject);
}

Result<RotatedKey> Personal::rotate(const crypto::Key& fresh) {
  if (!readable_) {
    return locked();
  }
  RotatedKey done;
  parts_.recorder.run("", 1, [&](CityWriter& writer) {
    const auto fields = parts_.stores.of_transaction(writer.transaction());
    done.vault = vault(*fields, 0).reseal(fresh);
    done.second_factors =
        reseal_second_factors(writer, key_.derive(kTotpPurpose), fresh.derive(kTotpPurpose));
    writer.transaction().setting(kFingerprint, fingerprint_of(fresh));
    return true;
  });
  key_ = fresh;
  return done;
}

Result<PersonalCounts> Personal::put(const Caller& caller, const Subject& subject,
                                     const PersonalPut& what) {
  if (!readable_) {
    return locked();
  }
  Result<PersonalCounts> counts = Error{};
  parts_.recorder.run(subject.city, 1, [&](CityWriter& writer) {
    if (!writer.reading().registered(subject.city, "party", subject.party)) {
      counts = Error{ErrorCode::unknown_party, "", subject.party};
      return false;
    }
    const auto fields = parts_.stores.of_transaction(writer.transaction());
    auto vault = this->vault(*fields, writer.setting().offset_s);
    counts = put_all(vault, caller, subject, what);
    return counts.has_value();
  });
  return counts;
}

Result<vault::Erased> Personal::erase(const Caller& caller, const Subject& subject) {
  Result<vault::Erased> erased = Error{};
  parts_.recorder.run(subject.city, 1, [&](CityWriter& writer) {
    const auto fields = parts_.stores.of_transaction(writer.transaction());
    erased = vault(*fields, writer.setting().offset_s).erase(caller, subject);
    if (erased) {
      forget_notice_choice(writer, subject.party);
      forget_push(writer, subject.party);
    }
    return erased.has_value();
  });
  return erased;
}

std::vector<vault::Access> Personal::accesses(store::Reading& reading, const Subject& subject,
                                              std::int64_t before, std::size_t limit) const {
  return parts_.stores.of_reading(reading)->accesses(subject, before, limit);
}

std::vector<vault::Access> Personal::accesses(store::Reading& reading,
                                              const vault::AccessQuestion& question,
                                              const vault::AccessPlace& below,
                                              std::size_t limit) const {
  return parts_.stores.of_reading(reading)->accesses(question, below, limit);
}

void Personal::keep(CityWriter& writer, const std::string& party, const vault::Term& term) const {
  const auto fields = parts_.stores.of_transaction(writer.transaction());
  vault(*fields, writer.setting().offset_s).keep({writer.setting().city, party}, term);
}

Result<void> Personal::check(const PersonalPut& what, std::int32_t offset_s) const {
  if (!readable_) {
    return locked();
  }
  const base::Day today = base::day_of(parts_.clock.now(), offset_s);
  for (const vault::FieldValue& value : what.values) {
    if (auto good = vault::checked(value.field, value.value, today); !good) {
      return std::move(good).error();
    }
  }
  return {};
}

Result<PersonalCounts> Personal::put_imported(CityWriter& writer, const Caller& caller,
                                              const std::string& party, const PersonalPut& what) {
  const auto fields = parts_.stores.of_transaction(writer.transaction());
  auto vault = this->vault(*fields, writer.setting().offset_s);
  const Subject subject{writer.setting().city, party};
  if (vault.erased(subject)) {
    return PersonalCounts{0, 0, what.values.size()};
  }
  return put_all(vault, caller, subject, what);
}

}  // namespace huan::app
