// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/responder.hpp"

#include "huan/base/assert.hpp"

namespace huan::http_server {

Responder& Responder::operator=(Responder&& other) noexcept {
  std::swap(exchange_, other.exchange_);
  return *this;
}

Responder::~Responder() {
  if (exchange_ != nullptr) {
    exchange_->drop();
  }
}

void Responder::send(Response response) {
  HUAN_ASSERT(exchange_ != nullptr);
  std::exchange(exchange_, nullptr)->send(std::move(response));
}

std::shared_ptr<Stream> Responder::stream(Response head, StreamOptions options) {
  HUAN_ASSERT(exchange_ != nullptr);
  return std::exchange(exchange_, nullptr)->stream(std::move(head), std::move(options));
}

void Responder::matched(const Route& route) {
  HUAN_ASSERT(exchange_ != nullptr);
  exchange_->matched(route);
}

}  // namespace huan::http_server
