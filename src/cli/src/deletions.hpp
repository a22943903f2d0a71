// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "verb.hpp"

namespace huan::cli {

/// Removes the personal data of a city whose retention has ended, and says what is on record of it.
int delete_ended(const Common& common, const std::string& city, const std::string& who);
/// The runs on record, each held against the vault.
int list_deletions(const Common& common, const std::string& city);

}  // namespace huan::cli
