// SPDX-License-Identifier: Apache-2.0
#include "bench.hpp"

#include "huan/app/tracer.hpp"
#include "huan/bench/bench.hpp"
#include "huan/http/api.hpp"
#include "huan/http_server/server.hpp"

namespace huan {
namespace {

constexpr const char* kPack = "packs/shijiazhuang";

/// The doors of `huan serve`, on any free port.
class ServedApi final : public bench::Served {
 public:
  ServedApi(store::Store& store, app::Recorder& recorder, base::Clock& clock)
      : api_({store, recorder, tracer_, clock}) {
    auto server = http_server::Server::start({}, api_.router(), api_.observer());
    if (!server) {
      throw store::Failure(server.error().code, "no server: " + server.error().detail);
    }
    server_ = std::move(*server);
    api_.watch(*server_);
  }
  ServedApi(const ServedApi&) = delete;
  ServedApi& operator=(const ServedApi&) = delete;
  ~ServedApi() override { api_.close(); }
  [[nodiscard]] std::uint16_t port() const override { return server_->port(); }

 private:
  app::Tracer tracer_;
  http::Api api_;
  std::unique_ptr<http_server::Server> server_;
};

}  // namespace

int run_bench(const cli::BenchOptions& options, const OpenStore& open_store,
              const app::VaultStores& vaults) {
  const bench::Parts parts{
      [&](const std::string& path) { return open_store(path, cli::Open::create); },
      [](store::Store& store, app::Recorder& recorder, base::Clock& clock) {
        return std::make_unique<ServedApi>(store, recorder, clock);
      },
      vaults};
  return bench::run({options.name, options.scratch, kPack, options.json, options.data, options.set,
                     options.instances, options.seconds},
                    parts);
}

}  // namespace huan
