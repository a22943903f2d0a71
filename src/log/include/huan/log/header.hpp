// SPDX-License-Identifier: Apache-2.0
// The leaf of a record: a small header with the digest of the stored bytes, so that a proof says
// nothing of what was weighed to those who may not read it. Its bytes are RFC 8785 JSON under 1
// KiB:
// {"id":…,"kind":…,"recorded_at":…,"seq":…,"sha256":…,"time":…,"type":…}. All of it is in the
// stored record: whoever has the record can write its leaf.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "huan/log/merkle.hpp"

namespace huan::log {

inline constexpr std::size_t kHeaderMax = 1023;

struct Header {
  std::uint64_t seq{0};
  std::string_view id;           ///< as sent
  std::string_view kind;         ///< "event" or "registry"
  std::string_view type;         ///< event type, or registry kind
  std::string_view time;         ///< as sent
  std::string_view recorded_at;  ///< as stored
  Digest record{};               ///< SHA-256 of the stored record's bytes
};

/// Replaces `out`, whose room is reused from record to record. Texts are of checked records: their
/// sum stays under the limit.
void header_bytes(const Header& header, std::string& out);
[[nodiscard]] std::string header_bytes(const Header& header);

}  // namespace huan::log
