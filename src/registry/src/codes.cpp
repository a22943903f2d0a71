// SPDX-License-Identifier: Apache-2.0
#include "codes.hpp"

#include <algorithm>
#include <array>

namespace huan::registry {
namespace {

// Names under which personal data is commonly sent. A record is kept for ever and shown to
// auditors.
constexpr std::array<std::string_view, 27> kPersonal{"phone",        "mobile",
                                                     "tel",          "telephone",
                                                     "contact",      "contact_name",
                                                     "address",      "home_address",
                                                     "id_number",    "id_card",
                                                     "id_no",        "identity",
                                                     "passport",     "bank",
                                                     "bank_account", "bank_card",
                                                     "bank_name",    "account_number",
                                                     "email",        "wechat",
                                                     "alipay",       "openid",
                                                     "birth_date",   "birthday",
                                                     "person_name",  "legal_representative",
                                                     "handler_name"};

}  // namespace

void require_identifier(Fields& f, std::string_view key, base::Result<void> check) {
  if (!check) {
    f.refuse(check.error().code, key, check.error().detail);
  }
}

void refuse_personal_fields(Fields& f, json::Value object, std::string_view allowed) {
  if (!object.is_object()) {
    return;
  }
  for (const json::Member member : object.members()) {
    if (member.key != allowed &&
        std::find(kPersonal.begin(), kPersonal.end(), member.key) != kPersonal.end()) {
      f.refuse(base::ErrorCode::bad_field, member.key,
               "personal data is not kept in records: it belongs in the vault");
    }
  }
}

void refuse_personal_text(Fields& f, std::string_view key, std::string_view text) {
  if (holds_personal_number(text, kFarDay)) {
    f.refuse(base::ErrorCode::bad_field, key,
             "this looks like an identity or phone number: personal data belongs in the vault");
  }
}

bool is_material_code(std::string_view code) {
  if (code.empty() || code.size() > 40 || code.front() == '.' || code.back() == '.' ||
      code.find("..") != std::string_view::npos) {
    return false;
  }
  return std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

}  // namespace huan::registry
