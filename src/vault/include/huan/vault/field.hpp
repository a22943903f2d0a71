// SPDX-License-Identifier: Apache-2.0
// The personal fields that the law or a payout needs, how each is checked and what of it is shown
// to those who have no purpose for the whole: 张*, 138****1234, 1301**********1234. Faces are not
// among them: no rule asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::vault {

/// 姓名, 电话, 住址, 公民身份号码, 其他证件号码, 银行账号, 开户行, 电子邮箱, 联系人, 英文名. Kept
/// as numbers: add at the end, never move one.
enum class Field : std::uint8_t {
  name,
  phone,
  address,
  id_number,
  other_document,
  bank_account,
  bank_name,
  email,
  contact,
  name_en
};
inline constexpr std::size_t kFieldCount = 10;

/// A value in the clear, on its way in.
struct FieldValue {
  Field field{};
  std::string value;
  friend bool operator==(const FieldValue&, const FieldValue&) = default;
};

[[nodiscard]] std::string_view name(Field field) noexcept;  ///< "id_number"
[[nodiscard]] std::optional<Field> field_from(std::string_view name) noexcept;

/// The value as it is kept (identity and account numbers without spaces and in capitals), or why it
/// is not one. Errors never repeat the value.
[[nodiscard]] base::Result<std::string> checked(Field field, std::string_view value,
                                                base::Day today);

[[nodiscard]] std::string masked(Field field, std::string_view value);

}  // namespace huan::vault
