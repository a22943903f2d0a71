// SPDX-License-Identifier: Apache-2.0
// Secrets that let somebody in: bearer tokens for programs, sessions of people, login links that
// are exchanged once. Each is 32 random bytes, shown once, kept as its SHA-256 only. A token says
// itself what it is limited to; a session says whose it is, and is good as long as the account is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/access/decide.hpp"
#include "huan/app/city_writer.hpp"
#include "huan/app/recorder.hpp"

namespace huan::app {

/// What a token is limited to; each: empty means nothing said.
struct TokenLimits {
  std::string city{};
  std::string district{};
  std::string organisation{};
  std::string place{};
};

struct TokenRequest {
  std::string role{"operator"};
  std::string label;
  std::string scope;            ///< "login": good for one exchange
  std::int64_t valid_for_s{0};  ///< 0: does not expire
  TokenLimits limits{};
};

/// Who was let in.
struct Access {
  Principal principal;
  std::string role;  ///< the first one's name
  access::Subject subject{};
  access::Grant grant{};    ///< for the door that they stand at
  std::string account{};    ///< empty: a token
  std::string label{};      ///< of a token or a login link
  bool session{false};      ///< of a browser
  bool must_change{false};  ///< nothing but a new password, for now
  base::Instant expires{};  ///< 0: never
  store::Digest secret{};   ///< SHA-256 of what they showed
};

inline constexpr std::int64_t kSessionIdleS = 2 * 3'600;  ///< without a request
inline constexpr std::int64_t kSessionMaxS = 12 * 3'600;  ///< in all

[[nodiscard]] bool is_role(std::string_view role);
/// "huan_" and 43 characters of base64url: the secret, not kept anywhere. bad_field with a pointer:
/// no such role, or one without the district, organisation or place that it reaches.
[[nodiscard]] base::Result<std::string> issue_token(Recorder& recorder, base::Clock& clock,
                                                    const TokenRequest& request);
/// unauthorized: unknown, expired, a login link, or of an account that is no longer let in.
[[nodiscard]] base::Result<Access> authenticate(store::Reading& reading, base::Clock& clock,
                                                std::string_view secret);
/// A login link's secret for a session, once.
[[nodiscard]] base::Result<std::string> exchange_login(Recorder& recorder, base::Clock& clock,
                                                       std::string_view secret);

/// Of an account, written in the caller's transaction: the session's secret.
[[nodiscard]] std::string begin_session(CityWriter& writer, const store::AccountRow& account,
                                        base::Instant now);
/// Puts the end of an idle session off, up to its last hour. Writes only when half of the time
/// has passed.
void keep_session(Recorder& recorder, base::Clock& clock, const Access& access);
/// What a row of the table of tokens reaches; of a session nothing, since its account says it.
[[nodiscard]] access::Subject subject_of_token(const store::TokenRow& row);
[[nodiscard]] bool is_program_token(const store::TokenRow& row);
void end_session(Recorder& recorder, const store::Digest& secret);
/// Forgets what has expired.
std::size_t sweep_tokens(Recorder& recorder, base::Clock& clock);

/// What a page has to send along with each change; made from the session's secret, which the page
/// cannot read.
[[nodiscard]] std::string csrf_of(std::string_view secret);

}  // namespace huan::app
