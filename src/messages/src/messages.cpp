// SPDX-License-Identifier: Apache-2.0
#include "huan/messages/messages.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace huan::messages {
namespace {

using app::Sent;

constexpr std::chrono::seconds kAnswerIn{8};
constexpr std::size_t kAnswerBytesMax = 64U << 10U;
constexpr int kOwnerOnly = 0600;
constexpr std::array kMayChange{401, 403, 408, 429};  // of the gateway, not of the message

http_client::Options client_options() {
  http_client::Options options;
  options.total = kAnswerIn;
  options.body_max = kAnswerBytesMax;
  return options;
}

Sent meaning_of(int status) {
  if (status >= 200 && status < 300) {
    return Sent::yes;
  }
  const bool refused = status >= 400 && status < 500;
  return refused && std::ranges::find(kMayChange, status) == kMayChange.end() ? Sent::never
                                                                              : Sent::later;
}

}  // namespace

Sent Outbox::put(const std::string& line) {
  const std::lock_guard lock(mutex_);
  const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwnerOnly);
  if (file < 0) {
    return Sent::later;
  }
  const std::string whole = line + "\n";
  const bool kept = ::write(file, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size());
  return ::close(file) == 0 && kept ? Sent::yes : Sent::later;
}

HttpMessages::HttpMessages(std::string url, const std::string& secret)
    : url_(std::move(url)), client_(client_options()) {
  headers_.emplace_back("Content-Type", "application/json");
  if (!secret.empty()) {
    headers_.emplace_back("Authorization", "Bearer " + secret);
  }
}

Sent HttpMessages::put(const std::string& line) {
  const std::lock_guard lock(mutex_);
  const auto reply = client_.send({"POST", url_, headers_, line});
  return reply ? meaning_of(reply->status) : Sent::later;
}

}  // namespace huan::messages
