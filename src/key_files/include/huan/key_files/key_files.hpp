// SPDX-License-Identifier: Apache-2.0
// The secrets of one installation, each in a file of its own that only its owner may read (0600),
// in a folder beside the store and never inside it: the key that signs the log's checkpoints and
// the key that seals personal data. Lost keys: checkpoints signed so far stay verifiable, sealed
// fields are gone.
//
//   HUAN_TRY(keys, open_keys("data/huan.keys", Missing::make));
#pragma once

#include <string>

#include "huan/base/result.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/log/note.hpp"

namespace huan::key_files {

enum class Missing : std::uint8_t { refuse, make };

struct Keys {
  log::Signer signer;  ///< of the server; renamed for each city's log
  crypto::Key vault;
};

/// bad_config when a file is missing (Missing::refuse), unreadable, or open to others.
[[nodiscard]] base::Result<Keys> open_keys(const std::string& folder, Missing missing);

/// Names of the key files, for what a backup leaves out.
[[nodiscard]] std::string signer_file(const std::string& folder);
[[nodiscard]] std::string vault_file(const std::string& folder);

}  // namespace huan::key_files
