// SPDX-License-Identifier: Apache-2.0
// Identities. Uuid is a record's id (RFC 9562, any version accepted, v7 made here). Names of
// places, parties, vehicles (1–40) and of lots, shipments, runs, items (1–120) are printable ASCII
// without space, `%` and `?` (events.md §2); the character `%` marks names derived by the server,
// which therefore never collide with a sender's.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace huan::base {

class Uuid {
 public:
  constexpr Uuid() = default;
  explicit constexpr Uuid(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}
  /// The 36-character form in either case; nullopt for anything else.
  static std::optional<Uuid> parse(std::string_view text);
  [[nodiscard]] std::string text() const;  ///< lower case
  [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

inline constexpr std::size_t kShortNameMax = 40;
inline constexpr std::size_t kLongNameMax = 120;
[[nodiscard]] bool is_name(std::string_view text, std::size_t size_max);
/// Six digits of GB/T 2260 or `x-` and 1–38 of [a-z0-9-].
[[nodiscard]] bool is_city(std::string_view text);

/// Where ids come from: the system's randomness in production, a seed in the simulator and the
/// tests.
class IdSource {
 public:
  virtual ~IdSource() = default;
  virtual Uuid next() = 0;
};

/// UUID v7: 48 bits of `unix_ms` and 74 random bits given by the caller.
[[nodiscard]] Uuid make_uuid_v7(std::int64_t unix_ms, std::uint64_t random_a,
                                std::uint64_t random_b);
/// UUID v8 from the first 16 bytes of a digest: deterministic ids of importers (file, row,
/// content).
[[nodiscard]] Uuid make_uuid_v8(const std::array<std::uint8_t, 32>& digest);

}  // namespace huan::base

template <>
struct std::hash<huan::base::Uuid> {
  std::size_t operator()(const huan::base::Uuid& id) const noexcept;
};
