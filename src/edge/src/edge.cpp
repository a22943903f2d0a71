// SPDX-License-Identifier: Apache-2.0
#include "huan/edge/edge.hpp"

#include "doors.hpp"
#include "huan/http_server/server.hpp"

namespace huan::edge {
namespace {

constexpr std::size_t kWorkers = 4;
constexpr std::size_t kConnections = 64;
constexpr std::size_t kBodyMax = std::size_t{2} << 20U;

class Quiet final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered& /*exchange*/) noexcept override {}
  void refused(int /*status*/, std::string_view /*why*/) noexcept override {}
  void handler_threw(std::string_view /*route*/, std::string_view /*what*/) noexcept override {}
};

/// "https://huan.example/x" is of the origin "https://huan.example".
std::string origin_of(const std::string& url) {
  const auto scheme = url.find("://");
  return url.substr(0, url.find('/', scheme == std::string::npos ? 0 : scheme + 3));
}

EdgeOptions completed(EdgeOptions options) {
  if (options.page.empty()) {
    options.page = origin_of(options.server);
  }
  while (options.server.ends_with('/')) {
    options.server.pop_back();
  }
  return options;
}

}  // namespace

struct Edge::Parts {
  Parts(const EdgeOptions& given, std::unique_ptr<Journal> opened)
      : options(given),
        journal(std::move(opened)),
        platform(options.platform),
        sender(*journal, options),
        doors(options, platform, *journal, sender) {}
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    first.reset();
    second.reset();
    doors.close();
    server.reset();
  }

  EdgeOptions options;
  std::unique_ptr<Journal> journal;
  SharedPlatform platform;
  Sender sender;
  EdgeDoors doors;
  Quiet quiet;
  std::unique_ptr<http_server::Server> server;
  std::unique_ptr<Indicator> first;
  std::unique_ptr<Indicator> second;
};

Edge::Edge(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Edge::~Edge() = default;

base::Result<std::unique_ptr<Edge>> Edge::start(const EdgeOptions& options) {
  std::optional<LineAddress> first;
  std::optional<LineAddress> second;
  if (!options.indicator.line.empty()) {
    HUAN_TRY(address, parse_line(options.indicator.line));
    first = std::move(address);
  }
  if (!options.second.line.empty()) {
    HUAN_TRY(address, parse_line(options.second.line));
    second = std::move(address);
  }
  HUAN_TRY(journal, Journal::open(options.folder, {}));
  auto parts = std::make_unique<Parts>(completed(options), std::move(journal));
  Parts& made = *parts;
  if (first) {
    made.first =
        std::make_unique<Indicator>(options.indicator, *std::move(first),
                                    [&made](const scales::Reading& reading, std::int64_t at_ms) {
                                      made.platform.see(reading, at_ms);
                                      made.doors.show();
                                    });
    made.doors.watch(made.first.get());
  }
  if (second) {
    made.second =
        std::make_unique<Indicator>(options.second, *std::move(second),
                                    [&made](const scales::Reading& reading, std::int64_t at_ms) {
                                      made.platform.see_second(reading, at_ms);
                                    });
  }
  http_server::ServerOptions server;
  server.port = options.port;
  server.workers = kWorkers;
  server.limits.connections_max = kConnections;
  server.limits.connections_of_peer_max = kConnections;
  server.limits.body_max = kBodyMax;
  server.limits.body_hard_max = 2 * kBodyMax;
  server.decorate = [&made](http_server::Response& response, bool) {
    made.doors.decorate(response);
  };
  HUAN_TRY(started, http_server::Server::start(std::move(server), made.doors.router(), made.quiet));
  made.server = std::move(started);
  return std::unique_ptr<Edge>{new Edge(std::move(parts))};
}

std::uint16_t Edge::port() const { return parts_->server->port(); }
std::size_t Edge::waiting() const { return parts_->journal->waiting_count(); }

}  // namespace huan::edge
