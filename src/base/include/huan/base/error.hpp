// SPDX-License-Identifier: Apache-2.0
// One table of everything that Huan can refuse. An Error is a value: a code of the table, the place
// in the input that it is about (a JSON pointer, or "tickets.csv line 14"), and a detail that names
// the record. HTTP status and exit codes are mapped at the edges only.
//
//   return Error{ErrorCode::unknown_lot, "/inputs/0/lot", "lot L-7 is not on record"};
#pragma once

#include <string>
#include <string_view>

namespace huan::base {

enum class ErrorCode {
#define HUAN_ERROR(code, en, zh, advice_en, advice_zh) code,
#include "huan/base/error_table.inc"
#undef HUAN_ERROR
};

struct Error {
  ErrorCode code{ErrorCode::internal};
  std::string at;      ///< JSON pointer or file position; empty when the whole request is meant
  std::string detail;  ///< names the record; never personal data

  /// The same error, seen from outside: `prefix` is put before the pointer.
  [[nodiscard]] Error within(std::string_view prefix) const&;
  [[nodiscard]] Error within(std::string_view prefix) &&;
};

enum class Language { zh, en };

[[nodiscard]] std::string_view name(ErrorCode code) noexcept;  ///< "unknown_lot"
[[nodiscard]] std::string_view message(ErrorCode code,
                                       Language language) noexcept;  ///< what happened
[[nodiscard]] std::string_view advice(ErrorCode code,
                                      Language language) noexcept;  ///< what to do next
[[nodiscard]] std::string describe(const Error& error,
                                   Language language);  ///< one line for a person

}  // namespace huan::base
