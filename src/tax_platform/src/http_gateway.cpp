// SPDX-License-Identifier: Apache-2.0
#include "huan/tax_platform/http_gateway.hpp"

#include "huan/base/id.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::tax_platform {
namespace {

using invoicing::GatewayAnswer;
using invoicing::GatewayReply;

constexpr std::chrono::seconds kConnectIn{3};
constexpr std::chrono::seconds kAnswerIn{10};  // who asks for an invoice waits for it
constexpr std::size_t kAnswerBytesMax = 64U << 10U;
constexpr std::size_t kStateMax = 40;
constexpr std::size_t kNumberMax = 64;
constexpr int kOk = 200;
constexpr int kAccepted = 202;
constexpr int kNotFound = 404;

/// An id may hold what an address may not.
std::string address_of(const std::string& id) {
  return base::make_uuid_v8(crypto::sha256("invoice request " + id)).text();
}

/// A word for the record: what is none is left out.
std::string word_in(json::Value object, std::string_view name, std::size_t size_max) {
  const auto found = object.find(name);
  const bool usable = found && found->is_string() && base::is_name(found->string(), size_max);
  return usable ? std::string(found->string()) : std::string();
}

GatewayReply unknown(std::string why) { return {GatewayAnswer::no_answer, "", std::move(why)}; }

GatewayReply reply_of(const std::string& body) {
  const auto document = json::Document::parse(body);
  if (!document || !document->root().is_object()) {
    return unknown("the answer is no JSON object");
  }
  const auto root = document->root();
  const std::string state = word_in(root, "state", kStateMax);
  const std::string number = word_in(root, "number", kNumberMax);
  if (state == "issued" && !number.empty()) {
    return {GatewayAnswer::issued, number, ""};
  }
  if (state == "refused") {
    const auto reason = root.find("reason");  // in words too: who delivers makes them fit
    return {GatewayAnswer::refused, "",
            reason && reason->is_string() ? std::string(reason->string()) : std::string()};
  }
  return unknown(state == "pending" ? "not decided yet" : "the answer has no state or no number");
}

http_client::Options client_options() {
  http_client::Options options;
  options.connect = kConnectIn;
  options.total = kAnswerIn;
  options.body_max = kAnswerBytesMax;
  return options;
}

}  // namespace

HttpGateway::HttpGateway(std::string url, const std::string& secret) : url_(std::move(url)) {
  while (url_.ends_with('/')) {
    url_.pop_back();
  }
  headers_.emplace_back("Content-Type", "application/json");
  if (!secret.empty()) {
    headers_.emplace_back("Authorization", "Bearer " + secret);
  }
}

GatewayReply HttpGateway::call(const http_client::Call& call) const {
  http_client::Client client(client_options());  // of its own: nobody waits for another's answer
  const auto reply = client.send(call);
  if (!reply) {
    return unknown("not reached");
  }
  if (call.method == "GET" && reply->status == kNotFound) {
    return {GatewayAnswer::absent, "", ""};
  }
  return reply->status == kOk || reply->status == kAccepted
             ? reply_of(reply->body)
             : unknown("status " + std::to_string(reply->status));
}

GatewayReply HttpGateway::ask(const std::string& id) {
  return call({"GET", url_ + "/invoices/" + address_of(id), headers_, ""});
}

GatewayReply HttpGateway::issue(const invoicing::GatewayRequest& request) {
  const auto seller = request.seller ? request.seller() : std::nullopt;
  if (!seller) {
    return unknown("the seller's number cannot be read");  // and nothing was sent
  }
  std::string body;
  json::Writer w(body);
  w.begin_object().member("id", address_of(request.id)).key("invoice").raw(request.body);
  w.member("key", request.id).key("seller").begin_object();
  w.member("id_number", seller->id_number).member("name", seller->name).end_object().end_object();
  return call({"POST", url_ + "/invoices", headers_, body});
}

}  // namespace huan::tax_platform
