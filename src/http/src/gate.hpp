// SPDX-License-Identifier: Apache-2.0
// Who may come in: a bearer token, or the session cookie of a login. What changes something and
// comes with the cookie has to come from our own pages, which prove it by a header that no other
// site can send.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "huan/app/access.hpp"
#include "huan/http_server/message.hpp"
#include "huan/store/store.hpp"
#include "rules.hpp"

namespace huan::http {

inline constexpr std::string_view kSessionCookie = "huan_session";

class Gate {
 public:
  Gate(store::Store& store, app::Recorder& recorder, base::Clock& clock)
      : store_(store), recorder_(recorder), clock_(clock) {}

  /// unauthorized; forbidden for a change that another site asks for, for what the asker's roles do
  /// not reach, and while a password has to be changed. What comes back has the door's grant. An
  /// answer of the store is good for a few seconds, so that each event does not ask it again.
  [[nodiscard]] base::Result<app::Access> let_in(const http_server::Request& request,
                                                 const Rule& rule);
  /// Asks the store again: somebody's rights have changed.
  void forget_all();

 private:
  struct Remembered {
    app::Access access;
    std::chrono::steady_clock::time_point until;
  };
  [[nodiscard]] base::Result<app::Access> known(std::string_view secret);

  store::Store& store_;
  app::Recorder& recorder_;
  base::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Remembered, std::less<>> known_;  // by digest of the secret
};

}  // namespace huan::http
