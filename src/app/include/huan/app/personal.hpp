// SPDX-License-Identifier: Apache-2.0
// Personal data of parties (events.md §6): in the vault, in the transaction of the records that
// they belong to, never in a record. Masked for everybody; clear text only for a purpose, recorded
// with who asked before it is given out. The store knows the key's fingerprint, so that a wrong key
// is told from a missing one: with a wrong one nothing starts, without one everything goes on but
// reading and setting personal data (vault_locked).
//
//   HUAN_TRY(personal, Personal::open({recorder, stores, clock}, key));
//   HUAN_TRY(fields, personal->read({"operator/clerk-7", "payout failed"}, {"130100", "P-9"}, {}));
#pragma once

#include <bitset>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/vault/vault.hpp"

namespace huan::app {

/// How the store keeps sealed fields; its adapter's, plugged in by main.
struct VaultStores {
  std::function<std::unique_ptr<vault::VaultStore>(store::Transaction&)> of_transaction;
  std::function<std::unique_ptr<vault::VaultStore>(store::Reading&)> of_reading;
};

enum class FieldState : std::uint8_t {
  masked,
  clear,
  blocked,    ///< erased by its owner, kept for the law alone
  unreadable  ///< does not open: the key is not here, or the value is damaged
};
[[nodiscard]] std::string_view name(FieldState state) noexcept;

struct PersonalField {
  vault::Field field{};
  FieldState state{};
  std::string value;  ///< empty when blocked or unreadable
  std::optional<base::Day> keep_until;
};

struct PersonalPut {
  std::vector<vault::FieldValue> values;
  std::optional<vault::Term> term{};  ///< the law's retention
};

/// A run of deletion that is on record (a `document`, kDeletionRun): what it removed, each
/// value by its party, field, class and last day, and the SHA-256 of that list.
struct DeletionRun {
  std::string key;
  std::size_t removed{0};
};
inline constexpr std::string_view kDeletionRun = "retention_run";
inline constexpr std::size_t kDeletionRunMax = 1'000;  ///< values of one record

using FieldSet = std::bitset<vault::kFieldCount>;

/// What is asked for in clear text.
struct PersonalQuestion {
  std::optional<vault::Field> field{};  ///< this one; else all that are `allowed`
  FieldSet allowed{FieldSet{}.set()};   ///< what the asker's rights reach; others stay masked
};

/// All that is kept about somebody, for them (个人信息保护法 第45条).
struct PersonalCopy {
  std::vector<PersonalField> fields;
  std::vector<vault::Access> accesses;  ///< latest first; the latest 10,000
};

struct RotatedKey {
  vault::Resealed vault;
  std::size_t second_factors{0};  ///< of accounts, sealed again too
};

/// Of fields.
struct PersonalCounts {
  std::uint64_t set{0};
  std::uint64_t same{0};    ///< there already
  std::uint64_t erased{0};  ///< left out: their owner had them erased
};

/// Whether a key's fingerprint is on record: its key file must then be found, not made.
[[nodiscard]] bool knows_vault_key(store::Reading& reading);
/// Whether the store's personal data is sealed with this one.
[[nodiscard]] bool is_vault_key(store::Reading& reading, const crypto::Key& key);
/// 16 hexadecimal digits that say nothing about the key.
[[nodiscard]] std::string fingerprint_of(const crypto::Key& key);

class Personal {
 public:
  struct Parts {
    Recorder& recorder;
    VaultStores stores;
    base::Clock& clock;
  };
  /// Puts the fingerprint of the first key on record; nullopt: the key is not here. bad_config: it
  /// is another key's.
  [[nodiscard]] static base::Result<std::unique_ptr<Personal>> open(
      Parts parts, const std::optional<crypto::Key>& key);
  /// The same for who only reads, beside another process that writes: nothing is noted, and the
  /// recorder is never used. bad_config for a key that is not the store's.
  [[nodiscard]] static base::Result<std::unique_ptr<Personal>> open_to_read(
      Parts parts, const std::optional<crypto::Key>& key, store::Reading& reading);

  [[nodiscard]] bool readable() const { return readable_; }  ///< the key is here

  /// By field; nothing is recorded.
  [[nodiscard]] std::vector<PersonalField> masked(store::Reading& reading,
                                                  const vault::Subject& subject) const;
  /// Clear text of one field, or of all that can be given out; each is recorded. vault_locked,
  /// bad_field; of one field also not_found, and forbidden when it is blocked.
  [[nodiscard]] base::Result<std::vector<PersonalField>> read(const vault::Caller& caller,
                                                              const vault::Subject& subject,
                                                              const PersonalQuestion& question);
  /// As read() of all, with who looked at it so far.
  [[nodiscard]] base::Result<PersonalCopy> copy(const vault::Caller& caller,
                                                const vault::Subject& subject);
  /// The parties of all cities that are known to be the person with this number. vault_locked,
  /// bad_identifier.
  [[nodiscard]] base::Result<std::vector<vault::Subject>> parties_of(store::Reading& reading,
                                                                     std::string_view id_number);
  /// Those of the same person as this party, itself among them, as of the writer's transaction. No
  /// reading. vault_locked; not_found without an identity number.
  [[nodiscard]] base::Result<std::vector<vault::Subject>> same_person(
      store::Transaction& transaction, const vault::Subject& subject) const;
  [[nodiscard]] base::Result<std::vector<vault::Subject>> same_person(
      store::Reading& reading, const vault::Subject& subject) const;
  /// All of them or none. vault_locked, bad_field, bad_text, bad_identifier; unknown_party.
  [[nodiscard]] base::Result<PersonalCounts> put(const vault::Caller& caller,
                                                 const vault::Subject& subject,
                                                 const PersonalPut& what);
  [[nodiscard]] base::Result<vault::Erased> erase(const vault::Caller& caller,
                                                  const vault::Subject& subject);
  /// Latest first, those below `before`.
  [[nodiscard]] std::vector<vault::Access> accesses(store::Reading& reading,
                                                    const vault::Subject& subject,
                                                    std::int64_t before, std::size_t limit) const;
  /// Of a whole city.
  [[nodiscard]] std::vector<vault::Access> accesses(store::Reading& reading,
                                                    const vault::AccessQuestion& question,
                                                    const vault::AccessPlace& below,
                                                    std::size_t limit) const;
  /// Seals all that is sealed in the store with another key, in one transaction; from then on that
  /// one is needed. vault_locked.
  [[nodiscard]] base::Result<RotatedKey> rotate(const crypto::Key& fresh);
  /// Removes from a city what is due, and puts on record what that was, in one transaction for each
  /// record. Nothing due: no record, or one that says so with `even_none`.
  [[nodiscard]] base::Result<std::vector<DeletionRun>> delete_ended(const std::string& city,
                                                                    const Principal& by,
                                                                    bool even_none);
  /// The sealed fields as they are stored, for what needs no key.
  [[nodiscard]] std::unique_ptr<vault::VaultStore> sealed(store::Reading& reading) const {
    return parts_.stores.of_reading(reading);
  }
  /// All of somebody is kept until then at least; in the writer's transaction.
  void keep(CityWriter& writer, const std::string& party, const vault::Term& term) const;

  /// Whether put_imported() would take them. vault_locked, bad_field, bad_text, bad_identifier.
  [[nodiscard]] base::Result<void> check(const PersonalPut& what, std::int32_t offset_s) const;
  /// Of a table's row, in the writer's transaction. What its owner had erased is left out: an old
  /// table does not bring it back.
  [[nodiscard]] base::Result<PersonalCounts> put_imported(CityWriter& writer,
                                                          const vault::Caller& caller,
                                                          const std::string& party,
                                                          const PersonalPut& what);

  /// A key of its own for something else that is sealed in the store; nullopt without the vault's.
  [[nodiscard]] std::optional<crypto::Key> derived(std::string_view purpose) const {
    return readable_ ? std::optional(key_.derive(purpose)) : std::nullopt;
  }

 private:
  Personal(Parts parts, const crypto::Key& key, bool readable)
      : parts_(std::move(parts)), key_(key), readable_(readable) {}
  base::Result<void> note_key();
  [[nodiscard]] vault::Vault vault(vault::VaultStore& fields, std::int32_t offset_s) const;

  Parts parts_;
  crypto::Key key_;
  bool readable_;
};

}  // namespace huan::app
