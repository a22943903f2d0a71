// SPDX-License-Identifier: Apache-2.0
// Lists of terms (qualifications, titles, passes) in and out of JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "huan/registry/fields.hpp"
#include "huan/registry/party.hpp"

namespace huan::registry {

void read_terms(Fields& f, std::string_view key, std::vector<Term>& out);
[[nodiscard]] std::string terms_json(const std::vector<Term>& terms);

}  // namespace huan::registry
