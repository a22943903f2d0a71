// SPDX-License-Identifier: Apache-2.0
// Rows of accounts and tokens keep lists as words between spaces, which no name holds.
#pragma once

#include <string_view>
#include <vector>

#include "huan/access/decide.hpp"
#include "huan/base/result.hpp"
#include "huan/store/rows.hpp"

namespace huan::app {

[[nodiscard]] inline std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = text.find(' ');
    if (end != 0) {
      words.push_back(text.substr(0, end));
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return words;
}

/// Roles that this program does not know give nothing.
[[nodiscard]] inline access::Subject subject_of(const store::AccountRow& row) {
  access::Subject subject;
  for (const auto word : words_of(row.roles)) {
    if (const auto role = access::role_from(word)) {
      subject.roles.push_back(*role);
    }
  }
  subject.city = row.city;
  subject.district = row.district;
  subject.organisation = row.organisation;
  subject.place = row.place;
  return subject;
}

/// bad_field: a role without what its reach is measured by would be let in and see nothing.
[[nodiscard]] base::Result<void> check_reach(const access::Subject& subject);

}  // namespace huan::app
