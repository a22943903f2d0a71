// SPDX-License-Identifier: Apache-2.0
// The identifiers that papers and plates carry, checked by the arithmetic of their standards:
// unified social credit code 统一社会信用代码 (GB 32100, with the organisation code's own check
// inside), citizen identity number 公民身份号码 (GB 11643), administrative division code (GB/T
// 2260), vehicle identification number (GB 16735) and number plate (GA 36). A passed check says
// that the text is well formed, not that the thing exists. Errors are `bad_identifier`, name what
// is wrong and never repeat a personal number. A plate is never refused: regional forms and yard
// tricycles without one exist.
//
//   HUAN_CHECK(check_uscc("914403001922038216"));
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::registry {

[[nodiscard]] base::Result<void> check_uscc(std::string_view code);

/// 18 characters, a date of birth from 1900 to `today`, check character. 港澳台 residence numbers
/// pass. The division at the front is not looked up: abolished codes stay valid in the numbers of
/// those born there.
[[nodiscard]] base::Result<void> check_id_number(std::string_view number, base::Day today);

/// Six digits whose province exists; whether the county is on a pack's list is the pack's matter.
[[nodiscard]] base::Result<void> check_division(std::string_view code);

[[nodiscard]] base::Result<void> check_vin(std::string_view vin);

/// What is unusual about a plate (UTF-8), or nullopt when it has one of the forms of GA 36.
[[nodiscard]] std::optional<std::string> plate_warning(std::string_view plate);

/// True when the text contains a run that passes as a citizen identity number or a mainland mobile
/// number.
[[nodiscard]] bool holds_personal_number(std::string_view text, base::Day today);

}  // namespace huan::registry
