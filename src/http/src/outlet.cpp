// SPDX-License-Identifier: Apache-2.0
#include "outlet.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kQueueMax = 4U << 20U;
constexpr std::chrono::seconds kPatience{10};  // for one piece

}  // namespace

Outlet::~Outlet() {
  if (stream_ == nullptr) {
    return;
  }
  if (!finished_) {
    stream_->abort();
  }
  --streams_;
}

void Outlet::send(http_server::Response response) {
  if (stream_ == nullptr) {
    responder_.send(std::move(response));
  }
}

bool Outlet::begin(http_server::Response head) {
  if (++streams_ > kStreamsMax) {
    --streams_;
    return false;
  }
  http_server::StreamOptions options;
  options.queue_bytes_max = kQueueMax;
  options.has_end = true;
  stream_ = responder_.stream(std::move(head), std::move(options));
  return true;
}

bool Outlet::piece(std::string text) { return stream_->write_waiting(std::move(text), kPatience); }

void Outlet::finish() {
  finished_ = true;
  stream_->finish();
}

}  // namespace huan::http
