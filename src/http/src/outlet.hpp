// SPDX-License-Identifier: Apache-2.0
// Where the answer of a reading door goes: at once, or in pieces when it is a whole list too long
// to be held. Few of those at a time, since each holds a worker for as long as its reader reads.
#pragma once

#include <atomic>
#include <memory>

#include "huan/http_server/responder.hpp"

namespace huan::http {

class Outlet {
 public:
  static constexpr int kStreamsMax = 2;

  /// `streams` counts those of all outlets.
  Outlet(http_server::Responder responder, std::atomic<int>& streams)
      : responder_(std::move(responder)), streams_(streams) {}
  ~Outlet();
  Outlet(const Outlet&) = delete;
  Outlet& operator=(const Outlet&) = delete;

  /// The answer, unless it goes out in pieces already.
  void send(http_server::Response response);
  /// Begins to answer in pieces; false when too many do.
  [[nodiscard]] bool begin(http_server::Response head);
  /// False when the reader is gone or too slow.
  [[nodiscard]] bool piece(std::string text);
  /// Without it the reader sees that the answer is not whole.
  void finish();

 private:
  http_server::Responder responder_;
  std::atomic<int>& streams_;
  std::shared_ptr<http_server::Stream> stream_;  // shared with the server, which sees the reader go
  bool finished_{false};
};

}  // namespace huan::http
