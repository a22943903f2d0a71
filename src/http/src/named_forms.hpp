// SPDX-License-Identifier: Apache-2.0
// Forms of the law with the names that they ask for: the register of scrap metal, the filings with
// authorities, the taxes filed for sellers. Each person is read out of the vault once an answer,
// recorded with who asked and what for; the same forms without names are at the doors beside them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "doors.hpp"
#include "huan/app/personal.hpp"

namespace huan::http {

inline constexpr std::size_t kNamedMax = 5'000;  ///< persons of one form

/// What a form says of a person; empty: not on record, blocked, or not readable here.
struct PersonOnForm {
  std::string name;
  std::string id_number;
  std::string address;
  std::string phone;
};

class NamesOnForm {
 public:
  /// bad_field: no purpose, or one with somebody's number in it. vault_locked.
  static Result<NamesOnForm> open(Context& context, const Request& request,
                                  const app::Access& access, std::string city);
  /// bad_field: more than kNamedMax.
  [[nodiscard]] Result<PersonOnForm> of(const std::string& party);

 private:
  NamesOnForm(app::Personal& personal, std::string who, std::string purpose, std::string city)
      : personal_(personal),
        who_(std::move(who)),
        purpose_(std::move(purpose)),
        city_(std::move(city)) {}
  app::Personal& personal_;
  std::string who_;
  std::string purpose_;
  std::string city_;
  std::map<std::string, PersonOnForm, std::less<>> known_;
};

struct NamedForm {
  std::string code;  ///< of its file
  std::string title;
  std::string source;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
/// JSON, or CSV for `format=csv`; kept by nobody on the way.
[[nodiscard]] Result<Response> answer_form(const Request& request, const NamedForm& form);

void add_named_form_doors(Doors& doors);

}  // namespace huan::http
