// SPDX-License-Identifier: Apache-2.0
#include "line.hpp"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <optional>

#include "huan/base/text.hpp"

namespace huan::edge {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kConnectMs = 1'000;
constexpr std::size_t kReadBytes = 512;

struct Baud {
  unsigned rate;
  speed_t code;
};
constexpr std::array<Baud, 8> kBauds{{{600, B600},
                                      {1'200, B1200},
                                      {2'400, B2400},
                                      {4'800, B4800},
                                      {9'600, B9600},
                                      {19'200, B19200},
                                      {38'400, B38400},
                                      {115'200, B115200}}};

std::optional<speed_t> code_of(unsigned rate) {
  for (const Baud& baud : kBauds) {
    if (baud.rate == rate) {
      return baud.code;
    }
  }
  return std::nullopt;
}

Error bad_line(const std::string& what) {
  return Error{ErrorCode::bad_config, "--indicator",
               what + "; tcp:HOST:PORT or serial:/dev/ttyS0@9600"};
}

base::Result<LineAddress> parse_serial(std::string_view rest) {
  LineAddress address;
  address.serial = true;
  const auto at = rest.rfind('@');
  address.name = std::string{rest.substr(0, at)};
  if (at != std::string_view::npos) {
    const auto baud = base::parse_integer(rest.substr(at + 1));
    if (!baud || *baud < 0 || !code_of(static_cast<unsigned>(*baud))) {
      return bad_line("no such rate: " + std::string{rest.substr(at + 1)});
    }
    address.baud = static_cast<unsigned>(*baud);
  }
  if (!address.name.starts_with('/')) {
    return bad_line("the device's whole path is needed");
  }
  return address;
}

int open_serial(const LineAddress& address) {
  const int handle = ::open(address.name.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (handle < 0) {
    return -1;
  }
  termios mode{};
  const speed_t speed = *code_of(address.baud);
  bool set = ::tcgetattr(handle, &mode) == 0;
  ::cfmakeraw(&mode);
  mode.c_cflag |= static_cast<tcflag_t>(CLOCAL | CREAD);
  set = set && ::cfsetispeed(&mode, speed) == 0 && ::cfsetospeed(&mode, speed) == 0 &&
        ::tcsetattr(handle, TCSANOW, &mode) == 0;
  if (!set) {
    ::close(handle);
    return -1;
  }
  return handle;
}

bool connected(int handle) {
  pollfd wait{handle, POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  return ::poll(&wait, 1, kConnectMs) == 1 &&
         ::getsockopt(handle, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

int open_tcp(const LineAddress& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.name.c_str(), address.port.c_str(), &hints, &found) != 0) {
    return -1;
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned{found, &::freeaddrinfo};
  const int handle = ::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (handle < 0) {
    return -1;
  }
  const int begun = ::connect(handle, found->ai_addr, found->ai_addrlen);
  if ((begun != 0 && errno != EINPROGRESS) || !connected(handle)) {
    ::close(handle);
    return -1;
  }
  return handle;
}

}  // namespace

base::Result<LineAddress> parse_line(std::string_view text) {
  if (text.starts_with("serial:")) {
    return parse_serial(text.substr(7));
  }
  const auto colon = text.rfind(':');
  if (!text.starts_with("tcp:") || colon <= 4) {
    return bad_line("not an address: " + std::string{text});
  }
  const auto port = base::parse_integer(text.substr(colon + 1));
  if (!port || *port < 1 || *port > 65'535) {
    return bad_line("not a port: " + std::string{text.substr(colon + 1)});
  }
  return LineAddress{false, std::string{text.substr(4, colon - 4)}, std::to_string(*port), 0};
}

Line::~Line() { close(); }

bool Line::open() {
  close();
  handle_ = address_.serial ? open_serial(address_) : open_tcp(address_);
  return is_open();
}

void Line::close() {
  if (handle_ >= 0) {
    ::close(handle_);
    handle_ = -1;
  }
}

bool Line::read(std::string& bytes, int wait_ms) {
  pollfd wait{handle_, POLLIN, 0};
  const int ready = ::poll(&wait, 1, wait_ms);
  if (ready <= 0) {
    return ready == 0 || errno == EINTR;
  }
  std::array<char, kReadBytes> buffer{};
  const ssize_t n = ::read(handle_, buffer.data(), buffer.size());
  if (n > 0) {
    bytes.append(buffer.data(), static_cast<std::size_t>(n));
    return true;
  }
  return n < 0 && (errno == EAGAIN || errno == EINTR);
}

bool Line::write(std::string_view bytes) {
  const ssize_t n = address_.serial ? ::write(handle_, bytes.data(), bytes.size())
                                    : ::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  return n == static_cast<ssize_t>(bytes.size());
}

}  // namespace huan::edge
