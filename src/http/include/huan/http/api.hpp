// SPDX-License-Identifier: Apache-2.0
// The doors of the HTTP API (events.md §7): each parses its request, calls a use case or asks the
// store, and renders JSON or CSV. Every door but health, login and the public pages needs a bearer
// token or the session cookie that a login link is exchanged for.
//
//   Api api({store, recorder, tracer, clock});
//   auto server = Server::start({.port = 8080}, api.router(), api.observer()).value();
//   api.watch(*server);          // its figures stand in /metrics
//   …
//   api.close();                 // ends live streams; then server->stop(…)
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/notices.hpp"
#include "huan/app/personal.hpp"
#include "huan/app/recorder.hpp"
#include "huan/app/tracer.hpp"
#include "huan/base/time.hpp"
#include "huan/http/oidc_settings.hpp"
#include "huan/http/tile_service.hpp"
#include "huan/http_server/server.hpp"
#include "huan/log/note.hpp"
#include "huan/store/store.hpp"

namespace huan::invoicing {
class Gateway;
}

namespace huan::http {

/// What the doors lead to; all of it outlives the Api.
struct Parts {
  store::Store& store;
  app::Recorder& recorder;
  app::Tracer& tracer;
  base::Clock& clock;
  const log::Signer* signer{nullptr};  ///< of checkpoints; null: checkpoints answer 404
  std::string files_folder{};          ///< of uploads; empty: uploads answer 404
  std::string web_folder{};            ///< of the pages' files; empty: no pages
  app::Personal* personal{nullptr};    ///< null: personal data answers 404
  std::optional<OidcSettings> oidc{};  ///< nullopt: people log in by password alone
  /// Takes one message to somebody's phone, as a line of JSON; false or none: none can be sent.
  std::function<bool(const std::string&)> outbox{};
  std::string tracks_file{};                  ///< where vehicles drove; empty: tracks answer 404
  std::optional<TileService> tiles{};         ///< beneath the maps; nullopt: nothing from outside
  invoicing::Gateway* tax_platform{nullptr};  ///< where invoices are issued; null: simulated
};

struct Context;

class Api {
 public:
  explicit Api(Parts parts);
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  /// All doors. May be called once a server; the handlers refer to this Api.
  [[nodiscard]] http_server::Router router();
  [[nodiscard]] http_server::ServerObserver& observer();
  /// What is offline, full or faulty, for the firm that runs its place, or else keeps it.
  [[nodiscard]] std::vector<app::Notice> devices_in_trouble(store::Reading& reading,
                                                            const store::CityRow& city) const;
  /// The server must outlive the next call of close().
  void watch(const http_server::Server& server);
  /// Ends live streams and forgets the server. Called before it stops.
  void close();

 private:
  std::unique_ptr<Context> context_;
};

/// The API description as served.
[[nodiscard]] std::string_view openapi_yaml();

}  // namespace huan::http
