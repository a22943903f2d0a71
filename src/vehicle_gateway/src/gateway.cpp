// SPDX-License-Identifier: Apache-2.0
#include "huan/vehicle_gateway/gateway.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <map>
#include <thread>
#include <unordered_map>
#include <utility>

namespace huan::vehicle_gateway {
namespace {

using base::Error;
using base::ErrorCode;
using GatewayClock = std::chrono::steady_clock;

constexpr int kEventsAtOnce = 256;
constexpr std::size_t kReadBytes = 16'384;
constexpr std::size_t kGroupMax = 4'000;
constexpr std::chrono::seconds kSweepEach{1};

struct Connection {
  Connection(int socket, std::uint32_t address, jt808::Doorkeeper& door)
      : handle(socket), peer(address), session(door) {}
  int handle;
  std::uint32_t peer;
  jt808::Session session;
  std::string held;  // answers to what is not kept yet
  std::string out;
  GatewayClock::time_point opened{GatewayClock::now()};
  GatewayClock::time_point heard{opened};
  std::size_t bytes_of_second{0};
  bool closing{false};  // once its answers are out
  bool written{false};  // waits for room
};

void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

int listen_at(const GatewayOptions& options) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(options.port);
  sockaddr any{};
  const bool known = ::inet_pton(AF_INET, options.address.c_str(), &address.sin_addr) == 1;
  std::memcpy(&any, &address, sizeof any);
  if (!known || handle < 0 || ::bind(handle, &any, sizeof any) != 0 ||
      ::listen(handle, SOMAXCONN) != 0) {
    ::close(handle);
    return -1;
  }
  return handle;
}

}  // namespace

class Gateway::Loop {
 public:
  Loop(const GatewayOptions& options, Yard& yard, int listener)
      : options_(options),
        yard_(yard),
        listener_(listener),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    watch(listener_, EPOLLIN, EPOLL_CTL_ADD);
    thread_ = std::thread([this] { run(); });
  }
  ~Loop() {
    ends_ = true;
    thread_.join();
    for (const auto& [handle, connection] : connections_) {
      ::close(handle);
    }
    ::close(epoll_);
    ::close(listener_);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  [[nodiscard]] std::uint16_t port() const {
    sockaddr_in address{};
    sockaddr any{};
    socklen_t size = sizeof any;
    ::getsockname(listener_, &any, &size);
    std::memcpy(&address, &any, sizeof any);
    return ntohs(address.sin_port);
  }
  [[nodiscard]] GatewayStats stats() const {
    return {open_.load(), refused_.load(), dropped_.load(), kept_.load(), failures_.load()};
  }

 private:
  void watch(int handle, std::uint32_t events, int how) const {
    epoll_event event{};
    event.events = events;
    event.data.fd = handle;
    ::epoll_ctl(epoll_, how, handle, &event);
  }

  void run() {
    std::array<epoll_event, kEventsAtOnce> events{};
    auto group = GatewayClock::now();
    auto sweep = group;
    while (!ends_) {
      const int count = ::epoll_wait(epoll_, events.data(), kEventsAtOnce,
                                     static_cast<int>(options_.group.count()));
      for (int i = 0; i < count; ++i) {
        handle(events[static_cast<std::size_t>(i)]);
      }
      const auto now = GatewayClock::now();
      if (now - group >= options_.group || reports_.size() >= kGroupMax) {
        keep_group();
        group = now;
      }
      if (now - sweep >= kSweepEach) {
        put_out_the_silent(now);
        sweep = now;
      }
    }
  }

  void handle(const epoll_event& event) {
    if (event.data.fd == listener_) {
      accept_all();
      return;
    }
    const auto found = connections_.find(event.data.fd);
    if (found == connections_.end()) {
      return;
    }
    Connection& connection = *found->second;
    if ((event.events & EPOLLOUT) != 0) {
      flush(connection);
      return;  // it may be gone; what else it has is told again
    }
    if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !connection.closing) {
      read(connection);
    }
  }

  void accept_all() {
    for (;;) {
      sockaddr_in address{};
      sockaddr any{};
      socklen_t size = sizeof any;
      const int handle = ::accept4(listener_, &any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (handle < 0) {
        return;
      }
      std::memcpy(&address, &any, sizeof any);
      const std::uint32_t peer = address.sin_addr.s_addr;
      if (connections_.size() >= options_.connections_max ||
          peers_[peer] >= options_.connections_of_peer_max) {
        ++refused_;
        ::close(handle);
        continue;
      }
      ++peers_[peer];
      ++open_;
      connections_.emplace(handle, std::make_unique<Connection>(handle, peer, yard_));
      watch(handle, EPOLLIN, EPOLL_CTL_ADD);
    }
  }

  void drop(Connection& connection, bool put_out) {
    const int handle = connection.handle;
    if (--peers_[connection.peer] == 0) {
      peers_.erase(connection.peer);
    }
    dropped_ += put_out ? 1 : 0;
    --open_;
    answering_.erase(handle);
    ::close(handle);
    connections_.erase(handle);
  }

  void read(Connection& connection) {
    std::array<char, kReadBytes> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t n = ::recv(connection.handle, buffer.data(), buffer.size(), 0);
    if (n <= 0) {
      if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        drop(connection, false);
      }
      return;
    }
    connection.bytes_of_second += static_cast<std::size_t>(n);
    if (connection.bytes_of_second > options_.bytes_of_second_max) {
      drop(connection, true);
      return;
    }
    connection.heard = GatewayClock::now();
    jt808::Taken taken = connection.session.take({buffer.data(), static_cast<std::size_t>(n)});
    for (jt808::Fix& fix : taken.fixes) {
      reports_.push_back({connection.session.phone(), fix});
    }
    connection.held += taken.replies;
    connection.closing = taken.close;
    dropped_ += taken.close ? 1 : 0;
    if (!connection.held.empty() || connection.closing) {
      answering_.emplace(connection.handle, &connection);
    }
  }

  /// Keeps what came since the last time, then answers it. What cannot be kept is not answered.
  void keep_group() {
    bool kept = true;
    if (!reports_.empty()) {
      try {
        yard_.keep(reports_);
        kept_ += reports_.size();
      } catch (const std::exception&) {
        kept = false;
        ++failures_;
      }
      reports_.clear();
    }
    const auto answering = std::exchange(answering_, {});
    for (const auto& [handle, connection] : answering) {
      if (kept) {
        connection->out += std::exchange(connection->held, {});
        flush(*connection);
      } else {
        drop(*connection, false);
      }
    }
  }

  void flush(Connection& connection) {
    while (!connection.out.empty()) {
      const ssize_t n =
          ::send(connection.handle, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
      if (n < 0 && errno != EAGAIN && errno != EINTR) {
        drop(connection, false);
        return;
      }
      if (n < 0) {
        break;
      }
      connection.out.erase(0, static_cast<std::size_t>(n));
    }
    if (connection.out.size() > options_.waiting_max) {
      drop(connection, true);
      return;
    }
    if (connection.closing && connection.out.empty() && connection.held.empty()) {
      drop(connection, false);
      return;
    }
    const bool waits = !connection.out.empty();
    if (waits != connection.written) {
      connection.written = waits;
      watch(connection.handle, waits ? EPOLLIN | EPOLLOUT : EPOLLIN, EPOLL_CTL_MOD);
    }
  }

  void put_out_the_silent(GatewayClock::time_point now) {
    std::vector<Connection*> silent;
    for (const auto& [handle, connection] : connections_) {
      connection->bytes_of_second = 0;
      const bool stranger =
          connection->session.phone().empty() && now - connection->opened > options_.authenticate;
      if (stranger || now - connection->heard > options_.silence) {
        silent.push_back(connection.get());
      }
    }
    for (Connection* connection : silent) {
      drop(*connection, true);
    }
  }

  GatewayOptions options_;
  Yard& yard_;
  int listener_;
  int epoll_;
  std::unordered_map<int, std::unique_ptr<Connection>> connections_;
  std::unordered_map<std::uint32_t, std::size_t> peers_;
  std::map<int, Connection*> answering_;
  std::vector<Report> reports_;
  std::atomic<std::uint64_t> open_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> dropped_{0};
  std::atomic<std::uint64_t> kept_{0};
  std::atomic<std::uint64_t> failures_{0};
  std::atomic<bool> ends_{false};
  std::thread thread_;
};

Gateway::Gateway(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}
Gateway::~Gateway() = default;

base::Result<std::unique_ptr<Gateway>> Gateway::start(const GatewayOptions& options, Yard& yard) {
  raise_file_limit();
  const int listener = listen_at(options);
  if (listener < 0) {
    return Error{
        ErrorCode::bad_config, "--listen",
        options.address + ":" + std::to_string(options.port) + ": " + std::strerror(errno)};
  }
  return std::unique_ptr<Gateway>{new Gateway(std::make_unique<Loop>(options, yard, listener))};
}

std::uint16_t Gateway::port() const { return loop_->port(); }
GatewayStats Gateway::stats() const { return loop_->stats(); }

}  // namespace huan::vehicle_gateway
