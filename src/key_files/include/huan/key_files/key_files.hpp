// SPDX-License-Identifier: Apache-2.0
// The secrets of one installation, each in a file of its own that only its owner may read (0600),
// in a folder beside the store and never inside it: the key that signs the log's checkpoints and
// the key that seals personal data. Lost keys: checkpoints signed so far stay verifiable, sealed
// fields are gone.
//
//   HUAN_TRY(signer, open_signer("data/huan.keys", Missing::make));
//   HUAN_TRY(key, open_vault_key("data/huan.keys", Missing::leave));  // nullopt: not here
#pragma once

#include <optional>
#include <string>

#include "huan/base/result.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/log/note.hpp"

namespace huan::key_files {

enum class Missing : std::uint8_t { refuse, make, leave };

// bad_config when a file is missing (Missing::refuse), unreadable, damaged, or open to others. With
// Missing::make a missing one is made; one that is there is never overwritten.

/// Of the server; renamed for each city's log. Not with Missing::leave: nothing can be served
/// without one.
[[nodiscard]] base::Result<log::Signer> open_signer(const std::string& folder, Missing missing);
/// nullopt: missing, and to be left so, since another than the one that sealed would not help.
[[nodiscard]] base::Result<std::optional<crypto::Key>> open_vault_key(const std::string& folder,
                                                                      Missing missing);

/// Names of the key files, for what a backup leaves out.
[[nodiscard]] std::string signer_file(const std::string& folder);
[[nodiscard]] std::string vault_file(const std::string& folder);

}  // namespace huan::key_files
