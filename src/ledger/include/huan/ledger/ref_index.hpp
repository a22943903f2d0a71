// SPDX-License-Identifier: Apache-2.0
// RefIndex: finds what stands in a table by its name, without a copy of the name. Open addressing
// over a part of the hash and a number into the table: a look-up touches one line here and then the
// entry itself, where a hash table of nodes touches its bucket, its nodes and their names.
//
//   const auto same = [&](std::uint32_t i) { return lots[i].name == wanted; };
//   const std::uint32_t at = index.find(RefIndex::hash_of(wanted), same);   // or kNone
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace huan::ledger {

class RefIndex {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  [[nodiscard]] static std::uint32_t hash_of(std::string_view name) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(name) >> 32U);
  }

  /// The number for which `same(number)` holds, or kNone.
  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint32_t hash, const Same& same) const {
    for (std::size_t at = home(hash); at < slots_.size() && slots_[at].ref != kNone;
         at = next(at)) {
      if (slots_[at].hash == hash && same(slots_[at].ref)) {
        return slots_[at].ref;
      }
    }
    return kNone;
  }
  /// Puts another number where `old` stands.
  void replace(std::uint32_t hash, std::uint32_t old, std::uint32_t ref) {
    std::size_t at = home(hash);
    while (slots_[at].ref != old) {
      at = next(at);
    }
    slots_[at].ref = ref;
  }
  /// Of a name that is not there yet.
  void insert(std::uint32_t hash, std::uint32_t ref) {
    if ((used_ + 1) * 4 > slots_.size() * 3) {
      grow();
    }
    place({hash, ref});
    ++used_;
  }

 private:
  struct Slot {
    std::uint32_t hash{0};
    std::uint32_t ref{kNone};
  };
  static constexpr std::size_t kFirst = 64;

  [[nodiscard]] std::size_t home(std::uint32_t hash) const {
    return static_cast<std::size_t>((std::uint64_t{hash} * slots_.size()) >> 32U);
  }
  [[nodiscard]] std::size_t next(std::size_t at) const {
    return at + 1 == slots_.size() ? 0 : at + 1;
  }
  void place(Slot slot) {
    std::size_t at = home(slot.hash);
    while (slots_[at].ref != kNone) {
      at = next(at);
    }
    slots_[at] = slot;
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? kFirst : slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.ref != kNone) {
        place(slot);
      }
    }
  }

  std::vector<Slot> slots_;
  std::size_t used_{0};
};

}  // namespace huan::ledger
