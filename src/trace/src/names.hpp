// SPDX-License-Identifier: Apache-2.0
// Names in memory. NameTable gives each text a number once (places, shipments, runs, labels).
// LotNames writes lot ids short, since every received lot has one: "<uuid>.<n>" as 16 bytes and n,
// anything else that ends in three digits or more as the number of its interned prefix and the
// digits as an integer ("S0013-20260101-" 00017: 7 bytes), the rest as it is. The code of a name is
// unique, so that names are compared by their codes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chunked.hpp"
#include "slots.hpp"

namespace huan::trace {

/// Short byte strings one after another, none across a chunk's border.
class Arena {
 public:
  explicit Arena(Slabs& slabs) : slabs_(&slabs) {}
  std::uint32_t add(const char* data, std::size_t size);
  [[nodiscard]] const char* at(std::uint32_t offset) const {
    return &chunks_[offset >> kBits][offset & (kChunk - 1)];
  }
  [[nodiscard]] bool has_room(std::size_t size) const {
    return std::uint64_t{chunks_.size()} * kChunk + size < (std::uint64_t{1} << 32U) - kChunk;
  }
  [[nodiscard]] std::size_t bytes() const { return chunks_.size() * (kChunk + sizeof(void*)); }

 private:
  static constexpr unsigned kBits = 16;
  static constexpr std::size_t kChunk = std::size_t{1} << kBits;
  Slabs* slabs_;
  std::vector<char*> chunks_;
  std::size_t used_{kChunk};  ///< of the last chunk
};

class NameTable {
 public:
  static constexpr std::uint32_t kNone = Slots::kNone;
  NameTable(std::uint64_t key, Slabs& slabs) : key_(key), arena_(slabs), offsets_(slabs) {}
  std::uint32_t intern(std::string_view text);
  [[nodiscard]] std::uint32_t find(std::string_view text) const;
  [[nodiscard]] std::string_view text(std::uint32_t id) const;
  [[nodiscard]] std::size_t size() const { return offsets_.size(); }
  [[nodiscard]] std::size_t bytes() const {
    return arena_.bytes() + offsets_.bytes() + slots_.bytes();
  }

 private:
  [[nodiscard]] std::uint64_t hash(std::string_view text) const {
    return hash_bytes(text.data(), text.size(), key_);
  }
  std::uint64_t key_;
  Arena arena_;
  Chunked<std::uint32_t, 10> offsets_;
  Slots slots_;
};

class LotNames {
 public:
  static constexpr std::size_t kNameMax = 120;
  /// One name written short; the first byte says how.
  struct Code {
    std::array<char, kNameMax + 16> bytes;
    std::size_t size{0};
    void put(std::uint64_t byte) { bytes[size++] = static_cast<char>(byte); }
  };

  LotNames(std::uint64_t key, Slabs& slabs) : key_(key), arena_(slabs), prefixes_(key, slabs) {}
  /// nullopt when no stored name can be this one.
  [[nodiscard]] std::optional<Code> find_code(std::string_view name) const;
  [[nodiscard]] Code code(std::string_view name);
  [[nodiscard]] std::uint64_t hash(const Code& code) const {
    return hash_bytes(code.bytes.data(), code.size, key_);
  }
  std::uint32_t add(const Code& code) { return arena_.add(code.bytes.data(), code.size); }
  [[nodiscard]] std::uint64_t hash_at(std::uint32_t offset) const;
  [[nodiscard]] bool equals(std::uint32_t offset, const Code& code) const;
  void append_to(std::uint32_t offset, std::string& out) const;
  void prefetch(std::uint32_t offset) const { __builtin_prefetch(arena_.at(offset)); }
  [[nodiscard]] bool has_room() const { return arena_.has_room(kNameMax + 16); }
  [[nodiscard]] std::size_t bytes() const { return arena_.bytes() + prefixes_.bytes(); }

 private:
  std::uint64_t key_;
  Arena arena_;
  NameTable prefixes_;
};

}  // namespace huan::trace
