// SPDX-License-Identifier: Apache-2.0
// The vault: personal data of parties, sealed with a key that is not in the store (events.md §6).
// Each value is sealed for its city, party and field alone, so that it opens nowhere else. What is
// shown by default is masked. Every reading of a whole value names who and what for, and is
// recorded before the value is given out, and so is every change. Erasing removes what no law keeps
// and blocks the rest. sweep() removes what was blocked, and what was registered for the law alone,
// when the retention has ended. The same person in
// several cities is known by an HMAC of the identity number. Losing the key loses the values; the
// ledger does not need them.
//
//   Vault vault(keys.vault, store, clock, 8 * 3600);
//   HUAN_CHECK(vault.put({"clerk-7", "scrap registration"}, {"130100", "P-9"}, Field::phone,
//   text)); HUAN_TRY(phone, vault.read({"clerk-7", "payout failed"}, {"130100", "P-9"},
//   Field::phone));
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/vault/field.hpp"
#include "huan/vault/store.hpp"

namespace huan::vault {

/// Who asks, and what for in a few words; both are kept, so a purpose with somebody's identity or
/// phone number in it is refused.
struct Caller {
  std::string_view who;
  std::string_view purpose;
};

struct MaskedField {
  Field field{};
  std::string text;  ///< empty when blocked or not readable
  std::optional<base::Day> keep_until;
  bool blocked{false};
  bool readable{true};  ///< false: it does not open with this key
};

struct Erased {
  std::size_t removed{0};
  std::size_t blocked{0};               ///< kept for the law, no longer readable
  std::optional<base::Day> kept_until;  ///< the longest retention among them
};

struct Resealed {
  std::size_t fields{0};
  std::size_t unreadable{0};  ///< did not open with the old key, and are left as they are
};

class Vault {
 public:
  /// `utc_offset_s`: at which retention days end.
  Vault(const crypto::Key& key, VaultStore& store, base::Clock& clock, std::int32_t utc_offset_s);

  /// bad_field: no purpose, or one with somebody's number in it; names that are none. What follows
  /// asks the same.
  [[nodiscard]] static base::Result<void> check(const Caller& caller, const Subject& subject);

  /// bad_field, bad_text, bad_identifier. Replaces what was there; a retention is never shortened
  /// by it. False: the same value was there already, and nothing is changed or recorded.
  [[nodiscard]] base::Result<bool> put(const Caller& caller, const Subject& subject, Field field,
                                       std::string_view value,
                                       std::optional<Term> term = std::nullopt);
  /// All that is here of somebody is kept until then at least: they sold again.
  void keep(const Subject& subject, const Term& term);

  /// not_found; forbidden when blocked (recorded as refused); store_failed when the value does not
  /// open with this key.
  [[nodiscard]] base::Result<std::string> read(const Caller& caller, const Subject& subject,
                                               Field field);

  /// Not a reading: nothing is recorded. What does not open is named all the same.
  [[nodiscard]] std::vector<MaskedField> masked(const Subject& subject);
  /// Was all of it erased, and nothing put since?
  [[nodiscard]] bool erased(const Subject& subject);

  [[nodiscard]] base::Result<Erased> erase(const Caller& caller, const Subject& subject);
  /// Removes from a city what is due: its retention has ended, and it was blocked or kept for that
  /// alone. At most `limit`; what it removed, by party and field.
  std::vector<SealedField> sweep(const std::string& city, std::size_t limit);

  /// Seals everything again under another key, which knows persons by other digits too. No reading:
  /// nobody sees anything.
  Resealed reseal(const crypto::Key& fresh);

  /// 64 hexadecimal digits that stand for a person on this server; bad_identifier.
  [[nodiscard]] base::Result<std::string> person(std::string_view id_number) const;
  /// The parties known to be the person with this number.
  [[nodiscard]] base::Result<std::vector<Subject>> parties_of(std::string_view id_number) const;
  /// The parties known to be the same person as this one, itself among them; what the law counts a
  /// person is counted over them. No reading: nobody sees a number, and a blocked one serves too.
  /// not_found without an identity number; store_failed when it does not open with this key.
  [[nodiscard]] base::Result<std::vector<Subject>> same_person(const Subject& subject) const;

 private:
  [[nodiscard]] base::Day today() const;
  [[nodiscard]] bool holds(const SealedField& field, std::string_view text) const;
  [[nodiscard]] std::optional<std::string> opened(const SealedField& field) const;
  void record(const Caller& caller, const Subject& subject, std::optional<Field> field,
              Action action);

  crypto::Key field_key_;
  crypto::Key person_key_;
  VaultStore& store_;
  base::Clock& clock_;
  std::int32_t utc_offset_s_;
};

}  // namespace huan::vault
