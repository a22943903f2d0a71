// SPDX-License-Identifier: Apache-2.0
// A VaultStore in memory: real behaviour, no durability.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "huan/vault/store.hpp"

namespace huan::vault::testing {

class MemoryVaultStore final : public VaultStore {
 public:
  void put(const SealedField& field) override;
  std::optional<SealedField> find(const Subject& subject, Field field) override;
  std::vector<SealedField> all(const Subject& subject) override;
  void remove(const Subject& subject, Field field) override;
  std::vector<SealedField> expired(const std::string& city, base::Day day,
                                   std::size_t limit) override;
  std::vector<SealedField> after(const Subject& subject, Field field, std::size_t limit) override;
  std::vector<Access> accesses(const AccessQuestion& question, const AccessPlace& below,
                               std::size_t limit) override;
  void record(const Access& access) override;
  std::vector<Access> accesses(const Subject& subject, std::int64_t before,
                               std::size_t limit) override;
  std::optional<Action> last_change(const Subject& subject) override;
  void join(const std::string& person, const Subject& subject) override;
  void part(const Subject& subject) override;
  std::vector<Subject> joined(const std::string& person) override;

  /// For tests that look for plain text in what is stored.
  [[nodiscard]] std::string everything() const;

 private:
  std::map<std::pair<Subject, Field>, SealedField> fields_;
  std::vector<Access> accesses_;
  std::map<Subject, std::string> persons_;
};

}  // namespace huan::vault::testing
