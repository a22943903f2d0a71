// SPDX-License-Identifier: Apache-2.0
#include "huan/payments/http_gateway.hpp"

#include "huan/base/id.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::payments {
namespace {

using rewards::PaymentAnswer;
using rewards::PaymentState;

constexpr std::chrono::seconds kAnswerIn{20};
constexpr std::size_t kAnswerBytesMax = 64U << 10U;
constexpr std::size_t kReasonMax = 40;
constexpr std::size_t kReferenceMax = 120;
constexpr int kOk = 200;
constexpr int kAccepted = 202;
constexpr int kNotFound = 404;

/// A word for the record: what is none is left out, as it goes where everybody may read.
std::string word_in(json::Value object, std::string_view name, std::size_t size_max) {
  const auto found = object.find(name);
  const bool usable = found && found->is_string() && base::is_name(found->string(), size_max);
  return usable ? std::string(found->string()) : std::string();
}

PaymentAnswer answer_of(const std::string& body) {
  const auto document = json::Document::parse(body);
  if (!document || !document->root().is_object()) {
    return {};
  }
  const auto root = document->root();
  const std::string state = word_in(root, "state", kReasonMax);
  PaymentAnswer answer;
  answer.state = state == "paid"      ? PaymentState::paid
                 : state == "refused" ? PaymentState::refused
                 : state == "pending" ? PaymentState::pending
                                      : PaymentState::unknown;
  answer.reference = word_in(root, "reference", kReferenceMax);
  answer.reason = word_in(root, "reason", kReasonMax);
  return answer;
}

http_client::Options client_options() {
  http_client::Options options;
  options.total = kAnswerIn;
  options.body_max = kAnswerBytesMax;
  return options;
}

}  // namespace

HttpGateway::HttpGateway(std::string url, const std::string& secret)
    : url_(std::move(url)), client_(client_options()) {
  while (url_.ends_with('/')) {
    url_.pop_back();
  }
  headers_.emplace_back("Content-Type", "application/json");
  if (!secret.empty()) {
    headers_.emplace_back("Authorization", "Bearer " + secret);
  }
}

PaymentAnswer HttpGateway::call(const http_client::Call& call) {
  const std::lock_guard lock(mutex_);
  const auto reply = client_.send(call);
  if (!reply) {
    return {};
  }
  if (call.method == "GET" && reply->status == kNotFound) {
    return {PaymentState::not_received, {}, {}};
  }
  return reply->status == kOk || reply->status == kAccepted ? answer_of(reply->body)
                                                            : PaymentAnswer{};
}

PaymentAnswer HttpGateway::pay(const rewards::Payment& payment) {
  std::string body;
  json::Writer w(body);
  w.begin_object().member("account", payment.account).member("fen", payment.fen);
  w.member("id", payment.id).member("name", payment.name).end_object();
  return call({"POST", url_ + "/payments", headers_, body});
}

PaymentAnswer HttpGateway::ask(const std::string& id) {
  return call({"GET", url_ + "/payments/" + id, headers_, ""});
}

}  // namespace huan::payments
