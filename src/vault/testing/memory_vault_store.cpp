// SPDX-License-Identifier: Apache-2.0
#include "huan/vault/testing/memory_vault_store.hpp"

#include <algorithm>
#include <tuple>

namespace huan::vault::testing {

void MemoryVaultStore::put(const SealedField& field) {
  fields_.insert_or_assign({field.subject, field.field}, field);
}

std::optional<SealedField> MemoryVaultStore::find(const Subject& subject, Field field) {
  const auto found = fields_.find({subject, field});
  return found == fields_.end() ? std::nullopt : std::optional{found->second};
}

std::vector<SealedField> MemoryVaultStore::all(const Subject& subject) {
  std::vector<SealedField> out;
  for (const auto& [key, field] : fields_) {
    if (key.first == subject) {
      out.push_back(field);
    }
  }
  return out;
}

void MemoryVaultStore::remove(const Subject& subject, Field field) {
  fields_.erase({subject, field});
}

std::vector<SealedField> MemoryVaultStore::expired(const std::string& city, base::Day day,
                                                   std::size_t limit) {
  std::vector<SealedField> out;
  for (const auto& [key, field] : fields_) {
    if (key.first.city == city && (field.blocked || field.retention) && field.keep_until &&
        *field.keep_until < day && out.size() < limit) {
      out.push_back(field);
    }
  }
  return out;
}

std::vector<SealedField> MemoryVaultStore::after(const Subject& subject, Field field,
                                                 std::size_t limit) {
  std::vector<SealedField> out;
  for (auto it = fields_.upper_bound({subject, field}); it != fields_.end() && out.size() < limit;
       ++it) {
    out.push_back(it->second);
  }
  return out;
}

std::vector<Access> MemoryVaultStore::accesses(const AccessQuestion& question,
                                               const AccessPlace& below, std::size_t limit) {
  std::vector<Access> out;
  for (const Access& one : accesses_) {
    if (one.subject.city == question.city && one.at >= question.from && one.at < question.to &&
        (question.who.empty() || one.who == question.who) &&
        (question.party.empty() || one.subject.party == question.party) &&
        (!question.action || one.action == *question.action) &&
        std::tie(one.at, one.subject.party, one.n) < std::tie(below.at, below.party, below.n)) {
      out.push_back(one);
    }
  }
  std::sort(out.begin(), out.end(), [](const Access& a, const Access& b) {
    return std::tie(b.at, b.subject.party, b.n) < std::tie(a.at, a.subject.party, a.n);
  });
  out.resize(std::min(out.size(), limit));
  return out;
}

void MemoryVaultStore::record(const Access& access) {
  Access kept = access;
  kept.n = std::count_if(accesses_.begin(), accesses_.end(),
                         [&](const Access& other) { return other.subject == access.subject; });
  accesses_.push_back(std::move(kept));
}

std::vector<Access> MemoryVaultStore::accesses(const Subject& subject, std::int64_t before,
                                               std::size_t limit) {
  std::vector<Access> out;
  for (auto it = accesses_.rbegin(); it != accesses_.rend() && out.size() < limit; ++it) {
    if (it->subject == subject && it->n < before) {
      out.push_back(*it);
    }
  }
  return out;
}

std::optional<Action> MemoryVaultStore::last_change(const Subject& subject) {
  const auto found = std::find_if(accesses_.rbegin(), accesses_.rend(), [&](const Access& access) {
    return access.subject == subject &&
           (access.action == Action::put || access.action == Action::erase);
  });
  return found == accesses_.rend() ? std::nullopt : std::optional{found->action};
}

void MemoryVaultStore::join(const std::string& person, const Subject& subject) {
  persons_.insert_or_assign(subject, person);
}

void MemoryVaultStore::part(const Subject& subject) { persons_.erase(subject); }

std::vector<Subject> MemoryVaultStore::joined(const std::string& person) {
  std::vector<Subject> out;
  for (const auto& [subject, known_as] : persons_) {
    if (known_as == person) {
      out.push_back(subject);
    }
  }
  return out;
}

std::string MemoryVaultStore::everything() const {
  std::string out;
  for (const auto& [key, field] : fields_) {
    out += field.sealed + "\n";
  }
  for (const Access& access : accesses_) {
    out += access.who + access.purpose + "\n";
  }
  for (const auto& [subject, person] : persons_) {
    out += person + "\n";
  }
  return out;
}

}  // namespace huan::vault::testing
