// SPDX-License-Identifier: Apache-2.0
// An Error of the table as RFC 9457 problem+json, and the one table from error code to HTTP status.
//
//   return problem_response(error, request);
//   {"type":"/docs/errors#unknown_lot","title":"…","status":404,"code":"unknown_lot",
//    "detail":"…","at":"…","advice":"…"}
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/base/error.hpp"
#include "huan/http_server/message.hpp"

namespace huan::http_server {

/// The table's own word on a code; nullopt when nobody has decided yet (a test forbids that).
[[nodiscard]] std::optional<int> listed_status(base::ErrorCode code) noexcept;
/// The table's status, but 422 where something unknown is named inside a document (`at` is a JSON
/// pointer): the address itself was found.
[[nodiscard]] int http_status(const base::Error& error) noexcept;

/// The members of the problem object, without the closing brace, so that a caller can add its own.
[[nodiscard]] std::string problem_members(const base::Error& error, int status,
                                          base::Language language);
[[nodiscard]] Response problem_response(const base::Error& error, base::Language language);
[[nodiscard]] Response problem_response(const base::Error& error, const Request& request);

/// `text` as a JSON string with its quotes; bytes that are not UTF-8 are shown as U+FFFD.
[[nodiscard]] std::string json_quoted(std::string_view text);

}  // namespace huan::http_server
