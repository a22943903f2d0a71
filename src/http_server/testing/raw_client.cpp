// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/testing/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace huan::http_server::testing {
namespace {

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

void set_patience(int socket, std::chrono::milliseconds patience) {
  timeval limit{};
  limit.tv_sec = patience.count() / 1000;
  limit.tv_usec = (patience.count() % 1000) * 1000;
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

}  // namespace

std::string Reply::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) {
      return value;
    }
  }
  return {};
}

RawClient::RawClient(std::uint16_t port, std::chrono::milliseconds patience)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  set_patience(socket_, patience);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw std::runtime_error("cannot connect to the loopback");
  }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}

RawClient::~RawClient() {
  if (socket_ >= 0) {
    ::close(socket_);
  }
}

void RawClient::abort() {
  const linger at_once{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::fill() {
  std::array<char, 65536> block;
  const auto got = ::recv(socket_, block.data(), block.size(), 0);
  if (got <= 0) {
    return false;
  }
  buffer_.append(block.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawClient::read_until(std::string_view end) {
  std::size_t from = 0;
  for (;;) {
    if (const auto at = buffer_.find(end, from); at != std::string::npos) {
      auto text = buffer_.substr(0, at + end.size());
      buffer_.erase(0, at + end.size());
      return text;
    }
    from = buffer_.size() < end.size() ? 0 : buffer_.size() - end.size();
    if (!fill()) {
      return std::exchange(buffer_, {});
    }
  }
}

bool RawClient::at_end() {
  char byte = 0;
  const auto got = ::recv(socket_, &byte, 1, 0);
  if (got > 0) {
    buffer_.push_back(byte);
  }
  return got == 0 || (got < 0 && errno == ECONNRESET);
}

std::optional<std::string> RawClient::line() {
  auto text = read_until("\r\n");
  if (!text.ends_with("\r\n")) {
    return std::nullopt;
  }
  text.resize(text.size() - 2);
  return text;
}

std::optional<std::string> RawClient::exactly(std::size_t size) {
  while (buffer_.size() < size) {
    if (!fill()) {
      return std::nullopt;
    }
  }
  auto text = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return text;
}

bool RawClient::read_body(Reply& reply) {
  if (reply.header("transfer-encoding") == "chunked") {
    for (;;) {
      const auto size = line();
      if (!size) {
        return false;
      }
      const auto bytes = std::stoul(*size, nullptr, 16);
      const auto data = exactly(bytes);
      if (!data || !line()) {
        return false;
      }
      if (bytes == 0) {
        return true;
      }
      reply.body += *data;
    }
  }
  const auto length = reply.header("content-length");
  auto data = exactly(length.empty() ? 0 : std::stoul(length));
  if (!data) {
    return false;
  }
  reply.body = std::move(*data);
  return true;
}

std::optional<Reply> RawClient::read_reply(bool head) {
  Reply reply;
  const auto status = line();
  if (!status || status->size() < 12 || !status->starts_with("HTTP/1.1 ")) {
    return std::nullopt;
  }
  reply.status = std::stoi(status->substr(9, 3));
  for (;;) {
    const auto field = line();
    if (!field) {
      return std::nullopt;
    }
    if (field->empty()) {
      break;
    }
    const auto colon = field->find(": ");
    reply.headers.emplace_back(lower_case(field->substr(0, colon)), field->substr(colon + 2));
  }
  const bool bodiless = head || reply.status == 204 || reply.status == 304 || reply.status < 200;
  if (!bodiless && !read_body(reply)) {
    return std::nullopt;
  }
  return reply;
}

std::optional<Reply> RawClient::request(std::string_view method, std::string_view target,
                                        std::string_view body, const Fields& fields) {
  std::string text;
  text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : fields) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
  if (!body.empty() || method == "POST" || method == "PUT") {
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  text.append("\r\n").append(body);
  if (!send(text)) {
    return std::nullopt;
  }
  return read_reply(method == "HEAD");
}

}  // namespace huan::http_server::testing
