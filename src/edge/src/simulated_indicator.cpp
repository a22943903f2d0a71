// SPDX-License-Identifier: Apache-2.0
#include "huan/edge/simulated_indicator.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include "huan/scales/encode.hpp"
#include "indicator.hpp"

namespace huan::edge {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kFrameMs = 100;
constexpr std::int64_t kWaverMs = 800;
constexpr std::size_t kCommand = 6;

struct Client {
  int handle{-1};
  std::string in{};
};

int listen_on(std::uint16_t port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr any{};
  std::memcpy(&any, &address, sizeof any);
  if (handle >= 0 && (::bind(handle, &any, sizeof address) != 0 || ::listen(handle, 8) != 0)) {
    ::close(handle);
    return -1;
  }
  return handle;
}

std::uint16_t port_of(int handle) {
  sockaddr_in address{};
  sockaddr any{};
  socklen_t size = sizeof any;
  ::getsockname(handle, &any, &size);
  std::memcpy(&address, &any, sizeof any);
  return ntohs(address.sin_port);
}

}  // namespace

struct SimulatedIndicator::Works {
  Works(SimulatedIndicatorOptions given, int listening)
      : options(std::move(given)), listener(listening), thread([this] { run(); }) {}
  Works(const Works&) = delete;
  Works& operator=(const Works&) = delete;
  ~Works() {
    ends = true;
    thread.join();
    for (const Client& client : clients) {
      ::close(client.handle);
    }
    ::close(listener);
  }

  /// What stands on the platform: empty, then a load that wavers before it rests.
  [[nodiscard]] scales::Reading reading(std::int64_t ms) const {
    scales::Reading shown;
    shown.at_rest = true;
    const std::int64_t round = options.empty_ms + options.loaded_ms;
    const std::int64_t at = ms % round - options.empty_ms;
    if (options.loads_g.empty() || at < 0) {
      return shown;
    }
    const auto load = static_cast<std::size_t>(ms / round) % options.loads_g.size();
    std::int64_t mass = options.loads_g[load];
    if (at < kWaverMs) {
      mass += mass * (kWaverMs - at) / kWaverMs / 20;
      shown.at_rest = false;
    }
    shown.mass = base::Mass{mass};
    return shown;
  }

  void accept_clients() {
    const int handle = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (handle < 0) {
      return;
    }
    if (clients.size() >= static_cast<std::size_t>(options.clients_max)) {
      ::close(handle);
      return;
    }
    clients.push_back({handle, {}});
  }

  /// False: the client is gone, or reads too slowly.
  bool serve(Client& client, const scales::Reading& shown) const {
    std::array<char, 64> buffer{};
    const ssize_t n = ::recv(client.handle, buffer.data(), buffer.size(), 0);
    if (n == 0 || (n < 0 && errno != EAGAIN)) {
      return false;
    }
    std::string out;
    if (!options.asked) {
      out = scales::encode(shown, options.protocol, options.decimals);
    } else {
      client.in.append(buffer.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
      while (client.in.size() >= kCommand) {
        out += scales::yaohua_reply(client.in.substr(0, kCommand), 'A', shown);
        client.in.erase(0, kCommand);
      }
    }
    return out.empty() || ::send(client.handle, out.data(), out.size(), MSG_NOSIGNAL) ==
                              static_cast<ssize_t>(out.size());
  }

  void run() {
    const std::int64_t begun = now_ms();
    while (!ends) {
      pollfd wait{listener, POLLIN, 0};
      ::poll(&wait, 1, kFrameMs);
      if ((wait.revents & POLLIN) != 0) {
        accept_clients();
      }
      const scales::Reading shown = reading(now_ms() - begun);
      const auto gone = [&](Client& client) {
        if (serve(client, shown)) {
          return false;
        }
        ::close(client.handle);
        return true;
      };
      clients.erase(std::remove_if(clients.begin(), clients.end(), gone), clients.end());
    }
  }

  SimulatedIndicatorOptions options;
  int listener;
  std::vector<Client> clients;
  std::atomic<bool> ends{false};
  std::thread thread;  // last: it uses the others
};

SimulatedIndicator::SimulatedIndicator(std::unique_ptr<Works> works) : works_(std::move(works)) {}
SimulatedIndicator::~SimulatedIndicator() = default;

base::Result<std::unique_ptr<SimulatedIndicator>> SimulatedIndicator::start(
    const SimulatedIndicatorOptions& options) {
  const int listener = listen_on(options.port);
  if (listener < 0) {
    return Error{ErrorCode::bad_config, "--listen", std::strerror(errno)};
  }
  return std::unique_ptr<SimulatedIndicator>{
      new SimulatedIndicator(std::make_unique<Works>(options, listener))};
}

std::uint16_t SimulatedIndicator::port() const { return port_of(works_->listener); }

}  // namespace huan::edge
