// SPDX-License-Identifier: Apache-2.0
// Forms of the law with the names that they ask for: the register of scrap metal and the filings
// with authorities. Each person is read out of the vault once a form, recorded with who asked and
// what for. Without names a party's pseudonym stands where its name would.
//
//   HUAN_TRY(names, NamesOnForm::open(personal, {"operator", "查验登记册"}, "130100"));
//   HUAN_TRY(form, registrations_form({*reading, "130100", offset_s, {}}, {from, to}, &names));
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/base/time.hpp"
#include "huan/buying/rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

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
  static base::Result<NamesOnForm> open(Personal& personal, const vault::Caller& caller,
                                        std::string city);
  /// bad_field: more than kNamedMax.
  [[nodiscard]] base::Result<PersonOnForm> of(const std::string& party);

 private:
  NamesOnForm(Personal& personal, const vault::Caller& caller, std::string city)
      : personal_(personal), who_(caller.who), purpose_(caller.purpose), city_(std::move(city)) {}
  Personal& personal_;
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
/// {"columns","rows","source","title"}
void write_named_form(json::Writer& w, const NamedForm& form);

/// A city, as who asks may see it.
struct FormCity {
  store::Reading& reading;
  std::string city;
  std::int32_t offset_s{0};
  store::RowScope scope{};
};
struct FormDays {
  base::Day from;  ///< both included
  base::Day to;
};

/// The register of purchases of some days, as the police reads it. `names` null: without.
[[nodiscard]] base::Result<NamedForm> registrations_form(const FormCity& of, const FormDays& days,
                                                         NamesOnForm* names);
/// What each firm files with an authority, with who answers for it.
[[nodiscard]] base::Result<NamedForm> filings_form(const FormCity& of, base::Instant now,
                                                   base::Day day, const buying::Rules& rules,
                                                   NamesOnForm* names);

}  // namespace huan::app
