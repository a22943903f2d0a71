// SPDX-License-Identifier: Apache-2.0
// Who may come in: a bearer token, or the session cookie of a login. What changes something and
// comes with the cookie has to come from our own pages.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "huan/app/access.hpp"
#include "huan/http_server/message.hpp"
#include "huan/store/store.hpp"

namespace huan::http {

inline constexpr std::string_view kSessionCookie = "huan_session";

class Gate {
 public:
  Gate(store::Store& store, base::Clock& clock) : store_(store), clock_(clock) {}

  /// unauthorized, or forbidden for a change that another site asks for. An answer of the store is
  /// good for a few seconds, so that each event does not ask it again.
  [[nodiscard]] base::Result<app::Access> let_in(const http_server::Request& request);

 private:
  struct Remembered {
    app::Access access;
    std::chrono::steady_clock::time_point until;
  };
  store::Store& store_;
  base::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Remembered, std::less<>> known_;  // by digest of the secret
};

}  // namespace huan::http
