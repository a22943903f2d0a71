// SPDX-License-Identifier: Apache-2.0
// The one translation unit that sees the server library (RESTinio on Asio).
#include "huan/http_server/server.hpp"

#include <sys/resource.h>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <thread>

#include "forwarded.hpp"
#include "gzip.hpp"
#include "wire_exchange.hpp"
#include "wire_socket.hpp"
#include "worker_pool.hpp"

namespace huan::http_server {
namespace {

using base::Error;
using base::ErrorCode;
using wire::HttpExchange;
using wire::SteadyClock;

constexpr std::chrono::milliseconds kTick{100};

struct Traits : restinio::traits_t<restinio::asio_timer_manager_t, restinio::null_logger_t,
                                   restinio::details::autodetect_request_handler_type,
                                   restinio::noop_strand_t, wire::Socket> {};
using HttpServer = restinio::http_server_t<Traits>;
using LibrarySettings = restinio::server_settings_t<Traits>;

std::shared_ptr<asio::ssl::context> tls_context(const TlsFiles& files) {
  if (files.certificate_chain.empty() && files.private_key.empty()) {
    return nullptr;
  }
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  context->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                       asio::ssl::context::no_tlsv1_1);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  context->use_certificate_chain_file(files.certificate_chain);
  context->use_private_key_file(files.private_key, asio::ssl::context::pem);
  return context;
}

/// The library never accepts again after it ran out of descriptors, so there have to be enough.
std::size_t affordable_connections(std::size_t wanted) {
  constexpr std::size_t kOthers = 128;  // files, stores, outgoing connections
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) {
    return wanted;
  }
  const auto needed = static_cast<rlim_t>(wanted + kOthers);
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = std::min(needed, limit.rlim_max);
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  const auto have = static_cast<std::size_t>(limit.rlim_cur);
  return have > kOthers * 2 ? std::min(wanted, have - kOthers) : have / 2;
}

std::string random_prefix() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

/// Unpacks a gzip body in place.
base::Result<void> decode_body(Request& request, std::size_t body_max) {
  if (request.body().size() > body_max) {
    return Error{ErrorCode::too_large, "", fmt::format("at most {} bytes", body_max)};
  }
  const auto coding = request.headers.value_or("Content-Encoding", "identity");
  if (equal_ignoring_case(coding, "identity")) {
    return {};
  }
  if (!equal_ignoring_case(coding, "gzip") && !equal_ignoring_case(coding, "x-gzip")) {
    return Error{ErrorCode::unsupported_media, "Content-Encoding", "other than gzip"};
  }
  auto plain = gunzip(request.body(), {.size_max = body_max});
  if (!plain) {
    const bool damaged = plain.error().code == ErrorCode::bad_encoding;
    return Error{damaged ? ErrorCode::bad_text : plain.error().code, "Content-Encoding",
                 plain.error().detail};
  }
  request.set_body(std::move(plain).value());
  return {};
}

}  // namespace

class Server::Core final : public wire::ExchangeHost, public std::enable_shared_from_this<Core> {
 public:
  Core(ServerOptions options, Router router, ServerObserver& observer, Proxies proxies)
      : options_(std::move(options)),
        proxies_(std::move(proxies)),
        router_(std::move(router)),
        observer_(&observer),
        sockets_(std::make_shared<wire::SocketSettings>()),
        ticker_(context_),
        pool_(options_.workers, options_.queue_max) {}

  void open();
  void stop(std::chrono::milliseconds deadline);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] ServerStats stats() const {
    return {connections_.load(), in_flight_count_.load(), pool_.queued()};
  }

  asio::io_context& context() override { return context_; }
  const ServerOptions& options() const override { return options_; }
  ServerObserver& observer() override { return *observer_; }
  wire::SocketState* socket(std::uint64_t connection_id) override {
    const auto found = sockets_->open.find(connection_id);
    return found == sockets_->open.end() ? nullptr : found->second;
  }
  void written(std::uint64_t exchange_id) override;

 private:
  struct InFlight {
    std::shared_ptr<HttpExchange> exchange;  // shared with its responder
    std::uint64_t connection_id;
  };

  void configure(LibrarySettings& settings);
  void run();
  void tick();
  void begin_drain();
  void close_all();
  restinio::request_handling_status_t handle(const restinio::request_handle_t& incoming);
  Request make_request(const restinio::request_handle_t& incoming, std::string id) const;
  void work(Request request, Responder responder, const HttpExchange& exchange);
  /// Runs on the i/o thread and waits for it.
  void run_there(const std::function<void()>& job);

  const ServerOptions options_;
  const Proxies proxies_;
  const Router router_;
  ServerObserver* observer_;
  asio::io_context context_;
  std::shared_ptr<wire::SocketSettings> sockets_;  // shared by the sockets
  asio::steady_timer ticker_;
  asio::executor_work_guard<asio::io_context::executor_type> work_guard_{context_.get_executor()};
  std::unique_ptr<HttpServer> server_;
  WorkerPool pool_;
  std::thread thread_;
  std::uint16_t port_{0};
  std::atomic<bool> draining_{false};
  const std::string id_prefix_{random_prefix()};
  std::uint64_t exchanges_{0};                // i/o thread
  std::map<std::uint64_t, InFlight> flying_;  // i/o thread
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> in_flight_count_{0};
  std::mutex idle_mutex_;
  std::condition_variable idle_;
};

void Server::Core::configure(LibrarySettings& settings) {
  const auto& limits = options_.limits;
  settings.address(options_.address == "localhost" ? std::string("127.0.0.1") : options_.address)
      .port(options_.port)
      .buffer_size(16384)
      .read_next_http_message_timelimit(limits.read)
      .write_http_response_timelimit(limits.write)
      .handle_request_timeout(limits.handle + std::chrono::seconds(30))
      .max_pipelined_requests(1)
      .incoming_http_msg_limits(
          restinio::incoming_http_msg_limits_t{}.max_body_size(limits.body_hard_max))
      .timer_manager(kTick)
      .acceptor_options_setter([](restinio::acceptor_options_t& options) {
        options.set_option(asio::ip::tcp::acceptor::reuse_address(true));
      })
      .socket_options_setter([](restinio::socket_options_t& options) {
        options.set_option(asio::ip::tcp::no_delay{true});
      })
      .acceptor_post_bind_hook(
          [this](asio::ip::tcp::acceptor& acceptor) { port_ = acceptor.local_endpoint().port(); })
      .request_handler([this](const restinio::request_handle_t& r) { return handle(r); });
  settings.socket_settings(sockets_);
  asio::error_code error;
  const auto address = asio::ip::make_address(
      options_.address == "localhost" ? "127.0.0.1" : options_.address, error);
  if (error) {
    throw std::runtime_error("address " + options_.address + ": " + error.message());
  }
  settings.protocol(address.is_v6() ? asio::ip::tcp::v6() : asio::ip::tcp::v4());
}

void Server::Core::open() {
  const auto& limits = options_.limits;
  sockets_->framing.target_max = limits.target_max;
  sockets_->framing.header_max = limits.header_max;
  sockets_->framing.body_max = limits.body_hard_max;
  sockets_->tls = tls_context(options_.tls);
  sockets_->handshake_limit = limits.handshake;
  sockets_->head_limit = limits.head;
  sockets_->connections_max = affordable_connections(limits.connections_max);
  sockets_->connections_of_peer_max = limits.connections_of_peer_max;
  sockets_->proxies = &proxies_;
  sockets_->observer = observer_;
  server_ =
      std::make_unique<HttpServer>(restinio::external_io_context(context_),
                                   [this](LibrarySettings& settings) { configure(settings); });
  server_->open_sync();
  tick();
  thread_ = std::thread([this] { run(); });
}

void Server::Core::run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& error) {
      observer_->handler_threw("", error.what());
    }
  }
}

void Server::Core::tick() {
  const auto now = SteadyClock::now();
  for (auto& [id, flight] : flying_) {
    flight.exchange->tick(now, options_.limits.handle);
  }
  connections_ = sockets_->open.size();
  ticker_.expires_after(kTick);
  ticker_.async_wait([this](const asio::error_code& error) {
    if (!error) {
      tick();
    }
  });
}

Request Server::Core::make_request(const restinio::request_handle_t& incoming,
                                   std::string id) const {
  const auto& header = incoming->header();
  Request request;
  request.method = header.method().c_str();
  request.target = header.request_target();
  header.for_each_field([&](const restinio::http_header_field_t& field) {
    request.headers.add(field.name(), field.value());
  });
  request.remote = incoming->remote_endpoint().address().to_string();
  request.id = std::move(id);
  request.secure = sockets_->tls != nullptr;
  request.received = SteadyClock::now();
  proxies_.resolve(request);
  // The library's request no longer holds its connection, so any thread may let go of it.
  request.set_body(incoming->body(), incoming);
  return request;
}

restinio::request_handling_status_t Server::Core::handle(
    const restinio::request_handle_t& incoming) {
  const auto number = ++exchanges_;
  wire::ReplySlot slot{std::move(restinio::impl::access_req_connection(*incoming)),
                       incoming->request_id(), incoming->connection_id()};
  auto request = make_request(incoming, fmt::format("{}-{:x}", id_prefix_, number));
  ReplyTerms terms;
  terms.head_only = request.method == "HEAD";
  terms.keep_alive = incoming->header().should_keep_alive() && !draining_;
  terms.accepts_gzip = accepts_coding(request.headers.value_or("Accept-Encoding", ""), "gzip");
  terms.http_1_0 = incoming->header().http_major() == 1 && incoming->header().http_minor() == 0;
  terms.request_id = request.id;
  const auto connection_id = slot.connection_id;
  if (auto* state = socket(connection_id)) {
    ++state->busy;
  }
  const auto exchange = std::make_shared<HttpExchange>(
      weak_from_this(),
      HttpExchange::Start{number, request.method, request.language(), std::move(terms),
                          request.body().size(), request.received, request.secure},
      std::move(slot));
  flying_.emplace(number, InFlight{exchange, connection_id});
  connections_ = sockets_->open.size();
  in_flight_count_ = flying_.size();
  // std::function wants what can be copied.
  auto parts =
      std::make_shared<std::pair<Request, Responder>>(std::move(request), Responder(exchange));
  const bool queued = !draining_ && pool_.try_post([this, parts, exchange] {
    work(std::move(parts->first), std::move(parts->second), *exchange);
  });
  if (!queued) {
    parts->second.send(problem_response(
        Error{ErrorCode::overloaded, "", draining_ ? "shutting down" : "queue is full"},
        parts->first));
  }
  return restinio::request_accepted();
}

void Server::Core::work(Request request, Responder responder, const HttpExchange& exchange) {
  try {
    if (auto decoded = decode_body(request, options_.limits.body_max); !decoded) {
      responder.send(problem_response(decoded.error(), request));
      return;
    }
    router_.dispatch(std::move(request), std::move(responder));
  } catch (const std::exception& error) {
    observer_->handler_threw(exchange.route(), error.what());
  } catch (...) {
    observer_->handler_threw(exchange.route(), "something that is no std::exception");
  }
}

void Server::Core::written(std::uint64_t exchange_id) {
  const auto found = flying_.find(exchange_id);
  if (found == flying_.end()) {
    return;
  }
  if (auto* state = socket(found->second.connection_id)) {
    --state->busy;
  }
  const auto keep = std::move(found->second.exchange);
  {
    const std::lock_guard lock(idle_mutex_);
    flying_.erase(found);
    in_flight_count_ = flying_.size();
  }
  idle_.notify_all();
}

void Server::Core::begin_drain() {
  server_->close_sync();
  std::vector<wire::SocketState*> idle;
  for (const auto& [id, state] : sockets_->open) {
    if (state->busy == 0 && state->guard.is_idle()) {
      idle.push_back(state);
    }
  }
  for (auto* state : idle) {
    state->hang_up();
  }
  for (auto& [id, flight] : flying_) {
    flight.exchange->end_stream();
  }
}

void Server::Core::close_all() {
  std::vector<std::uint64_t> open;
  for (const auto& [id, state] : sockets_->open) {
    open.push_back(id);
  }
  for (const auto id : open) {
    if (auto* state = socket(id)) {
      state->hang_up();
    }
  }
  ticker_.cancel();
}

void Server::Core::run_there(const std::function<void()>& job) {
  std::mutex mutex;
  std::condition_variable done;
  bool ready = false;
  asio::post(context_, [&] {
    job();
    const std::lock_guard lock(mutex);
    ready = true;
    done.notify_all();
  });
  std::unique_lock lock(mutex);
  done.wait(lock, [&] { return ready; });
}

void Server::Core::stop(std::chrono::milliseconds deadline) {
  if (!thread_.joinable()) {
    return;
  }
  draining_ = true;
  run_there([this] { begin_drain(); });
  {
    std::unique_lock lock(idle_mutex_);
    idle_.wait_for(lock, deadline, [this] { return in_flight_count_ == 0; });
  }
  run_there([this] { close_all(); });
  // One more turn, so that the library sees the hung-up sockets and closes its connections.
  run_there([] {});
  context_.stop();
  thread_.join();
  for (auto& [id, flight] : flying_) {
    flight.exchange->release();
  }
  pool_.stop();
  flying_.clear();
  in_flight_count_ = 0;
}

base::Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router,
                                                    ServerObserver& observer) {
  HUAN_TRY(proxies, Proxies::parse(options.proxies));
  auto core =
      std::make_shared<Core>(std::move(options), std::move(router), observer, std::move(proxies));
  try {
    core->open();
  } catch (const std::exception& error) {
    return Error{ErrorCode::bad_config, "", error.what()};
  }
  return std::unique_ptr<Server>(new Server(std::move(core)));
}

Server::Server(std::shared_ptr<Core> core) : core_(std::move(core)) {}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

std::uint16_t Server::port() const { return core_->port(); }

ServerStats Server::stats() const { return core_->stats(); }

void Server::stop(std::chrono::milliseconds deadline) { core_->stop(deadline); }

}  // namespace huan::http_server
