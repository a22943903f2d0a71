// SPDX-License-Identifier: Apache-2.0
// What lives as long as the Api.
#pragma once

#include <atomic>
#include <memory>

#include "figures.hpp"
#include "gate.hpp"
#include "huan/app/accounts.hpp"
#include "huan/http/api.hpp"
#include "huan/http_server/event_hub.hpp"
#include "jobs.hpp"
#include "live.hpp"
#include "oidc_login.hpp"
#include "track_shelf.hpp"

namespace huan::http {

struct Context {
  explicit Context(Parts given)
      : parts(std::move(given)),
        gate(parts.store, parts.recorder, parts.clock),
        accounts({parts.store, parts.recorder, parts.clock,
                  parts.personal == nullptr ? std::nullopt
                                            : parts.personal->derived(app::kTotpPurpose)}),
        oidc(parts.oidc ? std::make_unique<OidcLogin>(*parts.oidc, parts.clock) : nullptr),
        live(parts.store, parts.recorder),
        planning(parts.clock),
        tracks(std::make_shared<TrackShelf>(parts.tracks_file)) {}

  Parts parts;
  Figures figures;
  Gate gate;
  app::Accounts accounts;
  std::unique_ptr<OidcLogin> oidc;  ///< null: there is no provider
  Live live;
  PlanningJobs planning;
  std::shared_ptr<TrackShelf> tracks;
  std::mutex server_mutex;
  const http_server::Server* server{nullptr};
  std::atomic<int> streams{0};  ///< whole lists going out
};

}  // namespace huan::http
