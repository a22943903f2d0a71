// SPDX-License-Identifier: Apache-2.0
// What the vault asks of a store: sealed fields by (city, party, field), the list of who looked at
// what and why, and the table without city that joins one person's parties. Nothing here is
// readable without the key, which is not in the store. Implementations throw when the store fails;
// every call takes part in the transaction that is open.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/time.hpp"
#include "huan/vault/field.hpp"
#include "huan/vault/retention.hpp"

namespace huan::vault {

struct Subject {
  std::string city;
  std::string party;
  friend bool operator==(const Subject&, const Subject&) = default;
  friend auto operator<=>(const Subject&, const Subject&) = default;
};

struct SealedField {
  Subject subject;
  Field field{};
  std::string sealed;                   ///< bytes of crypto::seal
  base::Instant stored;                 ///< when it was put
  std::optional<base::Day> keep_until;  ///< the law's retention; nullopt: none runs
  bool blocked{false};                  ///< erased by its owner, kept for the law alone
  /// Registered for this alone, so that it is removed when the term has ended; nullopt: there is
  /// another reason to keep it, which ends by being erased.
  std::optional<Retention> retention{};
};

enum class Action : std::uint8_t { put, read, erase, refused };
[[nodiscard]] std::string_view name(Action action) noexcept;  ///< "put"

struct Access {
  Subject subject;
  std::optional<Field> field;  ///< nullopt: all of them
  Action action{};
  std::string who;  ///< principal
  std::string purpose;
  base::Instant at;
  std::int64_t n{0};  ///< counts a party's accesses; given by the store
};
/// Which accesses of a city; what is empty asks for all.
struct AccessQuestion {
  std::string city;
  base::Instant from{std::numeric_limits<std::int64_t>::min()};
  base::Instant to{std::numeric_limits<std::int64_t>::max()};  ///< not included
  std::string who{};
  std::string party{};
  std::optional<Action> action{};
};
/// Where a page of them goes on, latest first: below this (time, party, n).
struct AccessPlace {
  base::Instant at{std::numeric_limits<std::int64_t>::max()};
  std::string party{};
  std::int64_t n{0};
};
inline constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();

class VaultStore {
 public:
  virtual ~VaultStore() = default;

  /// Replaces what is there for (city, party, field).
  virtual void put(const SealedField& field) = 0;
  virtual std::optional<SealedField> find(const Subject& subject, Field field) = 0;
  /// By field.
  virtual std::vector<SealedField> all(const Subject& subject) = 0;
  virtual void remove(const Subject& subject, Field field) = 0;
  /// Those behind this one by city, party and field, at most `limit`.
  virtual std::vector<SealedField> after(const Subject& subject, Field field,
                                         std::size_t limit) = 0;
  /// Fields that are blocked or have a retention, and whose keep_until lies before `day`; by party
  /// and field, at most `limit`.
  virtual std::vector<SealedField> expired(const std::string& city, base::Day day,
                                           std::size_t limit) = 0;

  /// Only ever appended to; its n is not looked at.
  virtual void record(const Access& access) = 0;
  /// Those with n below `before`, latest first, at most `limit`.
  virtual std::vector<Access> accesses(const Subject& subject, std::int64_t before,
                                       std::size_t limit) = 0;
  /// Of a whole city, latest first.
  virtual std::vector<Access> accesses(const AccessQuestion& question, const AccessPlace& below,
                                       std::size_t limit) = 0;
  /// The latest access that changed something: put or erase.
  virtual std::optional<Action> last_change(const Subject& subject) = 0;

  /// Joins a party to a person; a party joined before is joined to this one instead.
  virtual void join(const std::string& person, const Subject& subject) = 0;
  virtual void part(const Subject& subject) = 0;
  /// By city and party.
  virtual std::vector<Subject> joined(const std::string& person) = 0;
};

}  // namespace huan::vault
