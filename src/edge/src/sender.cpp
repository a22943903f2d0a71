// SPDX-License-Identifier: Apache-2.0
#include "sender.hpp"

#include <algorithm>
#include <chrono>
#include <exception>

#include "huan/json/document.hpp"

namespace huan::edge {
namespace {

constexpr std::size_t kBatch = 500;
constexpr std::size_t kBatchBytes = std::size_t{1} << 20U;
constexpr std::chrono::milliseconds kFirstWait{250};
constexpr std::chrono::milliseconds kLongestWait{60'000};
constexpr std::chrono::milliseconds kConnectWait{3'000};
constexpr std::chrono::milliseconds kReplyWait{15'000};

std::string member_text(json::Value object, std::string_view key) {
  const auto value = object.is_object() ? object.find(key) : std::nullopt;
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

bool comes_later(const Answer& answer) {
  return answer.status == "refused" &&
         (answer.code.starts_with("unknown_") || answer.code == "time_in_future" ||
          answer.code == "overloaded" || answer.code == "internal");
}

http_client::Options client_options(const EdgeOptions& options) {
  http_client::Options client;
  client.connect = kConnectWait;
  client.total = kReplyWait;
  client.ca_file = options.ca_file;
  return client;
}

}  // namespace

Sender::Sender(Journal& journal, const EdgeOptions& options)
    : journal_(journal),
      url_(options.server + "/api/v1/events?mode=each"),
      token_(options.token),
      client_(client_options(options)),
      thread_([this] { run(); }) {}

Sender::~Sender() {
  {
    const std::scoped_lock lock(mutex_);
    ends_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Sender::wake() {
  {
    const std::scoped_lock lock(mutex_);
    asked_ = true;
  }
  woken_.notify_all();
}

SenderState Sender::state() const {
  const std::scoped_lock lock(mutex_);
  return state_;
}

void Sender::trouble(std::string why) {
  const std::scoped_lock lock(mutex_);
  state_ = {why.empty(), std::move(why)};
}

void Sender::run() {
  std::chrono::milliseconds wait = kFirstWait;
  for (;;) {
    bool whole = false;
    try {
      whole = send();
    } catch (const std::exception& broken) {
      trouble(broken.what());  // the journal's disk
    }
    std::unique_lock lock(mutex_);
    if (whole) {
      wait = kFirstWait;
      if (journal_.waiting_count() == 0) {
        woken_.wait(lock, [&] { return ends_ || asked_; });
      }
    } else {
      // A new ticket is no reason to try a server that is away sooner.
      woken_.wait_for(lock, wait, [&] { return ends_; });
      wait = std::min(2 * wait, kLongestWait);
    }
    asked_ = false;
    if (ends_) {
      return;
    }
  }
}

bool Sender::send() {
  const auto batch = journal_.waiting(kBatch, kBatchBytes);
  if (batch.empty()) {
    return true;
  }
  std::string body = "[";
  for (const auto& [id, event] : batch) {
    body.append(body.size() > 1 ? "," : "").append(event);
  }
  body += "]";
  http_client::Call call;
  call.method = "POST";
  call.url = url_;
  call.headers = {{"Authorization", "Bearer " + token_}, {"Content-Type", "application/json"}};
  call.body = body;
  const auto reply = client_.send(call);
  if (!reply) {
    trouble(base::describe(reply.error(), base::Language::en));
    return false;
  }
  if (reply->status != 200) {
    trouble("the server answered " + std::to_string(reply->status));
    return false;
  }
  return settle(batch, reply->body);
}

bool Sender::settle(const std::vector<std::pair<std::string, std::string>>& batch,
                    const std::string& reply) {
  const auto document = json::Document::parse(reply, json::kStored);
  const auto results =
      document && document->root().is_object() ? document->root().find("results") : std::nullopt;
  if (!results || !results->is_array() || results->size() != batch.size()) {
    trouble("the server's answer cannot be read");
    return false;
  }
  std::size_t i = 0;
  bool whole = true;
  std::vector<std::pair<std::string, Answer>> answers;
  answers.reserve(batch.size());
  for (const json::Value result : results->elements()) {
    const std::string& id = batch[i++].first;
    Answer answer{member_text(result, "status"), member_text(result, "code"),
                  member_text(result, "message")};
    if (answer.status == "duplicate") {
      answer.status = "posted";  // by an answer that got lost
    }
    if (comes_later(answer)) {
      journal_.postpone(id);
      trouble(answer.code + ": " + answer.message);
      whole = false;
    } else if (answer.status == "posted" || answer.status == "refused") {
      answers.emplace_back(id, std::move(answer));
    } else {
      whole = false;
    }
  }
  journal_.answer_all(answers);
  if (whole) {
    trouble("");
  }
  return whole;
}

}  // namespace huan::edge
