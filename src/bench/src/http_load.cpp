// SPDX-License-Identifier: Apache-2.0
#include "http_load.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "huan/base/text.hpp"
#include "huan/store/store.hpp"
#include "machine.hpp"

namespace huan::bench {
namespace {

[[noreturn]] void broken(const char* what) {
  throw store::Failure(base::ErrorCode::unreachable, what);
}

/// One kept connection with at most one request under way.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(socket_);
      broken("cannot connect to the server under test");
    }
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  void send(std::string_view request) {
    answer_.clear();
    while (!request.empty()) {
      const auto sent = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        broken("the server under test closed a connection");
      }
      request.remove_prefix(static_cast<std::size_t>(sent));
    }
    busy_ = true;
  }

  /// Reads what is there; true when the answer is whole.
  bool receive() {
    std::array<char, 65536> part;
    const auto size = ::recv(socket_, part.data(), part.size(), 0);
    if (size <= 0) {
      broken("the server under test closed a connection");
    }
    answer_.append(part.data(), static_cast<std::size_t>(size));
    busy_ = !whole();
    return !busy_;
  }

  [[nodiscard]] bool good() const { return answer_.starts_with("HTTP/1.1 200"); }
  [[nodiscard]] bool busy() const { return busy_; }
  [[nodiscard]] int socket() const { return socket_; }

 private:
  [[nodiscard]] bool whole() const {
    const auto head = answer_.find("\r\n\r\n");
    if (head == std::string::npos) {
      return false;
    }
    constexpr std::string_view kLength = "Content-Length: ";
    const auto at = answer_.find(kLength);
    if (at >= head) {
      broken("an answer without Content-Length");
    }
    const auto begin = at + kLength.size();
    const auto length =
        base::parse_integer(answer_.substr(begin, answer_.find('\r', begin) - begin));
    return length && answer_.size() >= head + 4 + static_cast<std::size_t>(*length);
  }

  int socket_;
  bool busy_{false};
  std::string answer_;
};

}  // namespace

std::string post_request(const std::string& token, const char* media_type, std::string_view body) {
  std::string request = "POST /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ";
  request += token + "\r\nContent-Type: " + media_type;
  request += "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  return request.append(body);
}

LoadResult send_all(std::uint16_t port, const std::vector<std::string>& requests,
                    std::size_t clients, double seconds) {
  std::vector<std::unique_ptr<Client>> all;
  std::vector<pollfd> waits;
  for (std::size_t i = 0; i < clients; ++i) {
    all.push_back(std::make_unique<Client>(port));
    waits.push_back({all.back()->socket(), POLLIN, 0});
  }
  LoadResult result;
  std::size_t next = 0;
  const Watch watch;
  const auto go_on = [&] { return next < requests.size() && watch.wall() < seconds; };
  for (auto& client : all) {
    if (next < requests.size()) {
      client->send(requests[next++]);
    }
  }
  const std::size_t begun = next;
  for (std::size_t under_way = begun; under_way > 0;) {
    if (::poll(waits.data(), waits.size(), 60'000) <= 0) {
      broken("the server under test does not answer");
    }
    for (std::size_t i = 0; i < clients; ++i) {
      if (waits[i].revents == 0 || !all[i]->receive()) {
        continue;
      }
      ++result.answered;
      result.refused += all[i]->good() ? 0 : 1;
      if (go_on()) {
        all[i]->send(requests[next++]);
      } else {
        --under_way;
      }
    }
  }
  result.wall_s = watch.wall();
  return result;
}

}  // namespace huan::bench
