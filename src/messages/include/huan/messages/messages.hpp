// SPDX-License-Identifier: Apache-2.0
// Where messages to people go: codes and notices, each one object of JSON with `channel` (sms,
// wechat, party), `kind` and the words in both languages. Either a file, that what delivers them
// follows, or a gateway behind HTTP that speaks to an SMS service or to WeChat:
//
//   POST {url} with the object
//
// 2xx: taken. 4xx: refused for good, except 401, 403, 408 and 429. Anything else, or nothing: not
// now. A gateway has to take an `id` once, however often it is sent. Any thread.
#pragma once

#include <mutex>
#include <string>

#include "huan/app/notifier.hpp"
#include "huan/http_client/client.hpp"

namespace huan::messages {

/// Readable by its owner alone.
class Outbox {
 public:
  explicit Outbox(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] app::Sent put(const std::string& line);

 private:
  std::string path_;
  std::mutex mutex_;
};

class HttpMessages {
 public:
  /// `secret` is sent as a bearer token; empty: none is.
  HttpMessages(std::string url, const std::string& secret);
  [[nodiscard]] app::Sent put(const std::string& line);

 private:
  std::string url_;
  http_client::Fields headers_;
  std::mutex mutex_;
  http_client::Client client_;
};

}  // namespace huan::messages
