// SPDX-License-Identifier: Apache-2.0
// What outsiders need to check a city's log (T8): a signed checkpoint of what is on record now,
// proof that a record is in it, and proof that an older checkpoint is its beginning. Each city's
// log has the origin "huan/<city>", signed with the server's key under that name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/log/checkpoint.hpp"
#include "huan/log/proof.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

[[nodiscard]] std::string log_origin(std::string_view city);

/// The signed note over everything that `reading` sees.
[[nodiscard]] base::Result<std::string> checkpoint_now(store::Reading& reading,
                                                       std::string_view city,
                                                       const log::Signer& signer);

struct Inclusion {
  std::uint64_t seq{0};
  std::uint64_t size{0};
  std::string header;  ///< the leaf's bytes
  log::Proof proof;
  log::Digest root{};
};
/// Of record `seq` in the tree of `size` records (0: all). not_found when it is not in it.
[[nodiscard]] base::Result<Inclusion> prove_inclusion(store::Reading& reading,
                                                      std::string_view city, std::uint64_t seq,
                                                      std::uint64_t size);

struct Consistency {
  log::TreeSizes sizes;
  log::Proof proof;
  log::Digest older_root{};
  log::Digest newer_root{};
};
/// newer 0: all.
[[nodiscard]] base::Result<Consistency> prove_consistency(store::Reading& reading,
                                                          std::string_view city,
                                                          log::TreeSizes sizes);

/// The bytes of a stored record's leaf (log::Header), derived from the record alone.
[[nodiscard]] base::Result<std::string> header_of(const store::Record& record);

}  // namespace huan::app
