// SPDX-License-Identifier: Apache-2.0
// A payment service behind HTTP, which translates to whatever a bank or a wallet speaks:
//
//   POST {url}/payments {"account","fen","id","name"}
//   GET  {url}/payments/{id}, where 404 says that it was never received
//
// Both answer {"state","reference","reason"} with 200 or 202.
// `state` is paid, refused or pending. Whatever else comes back, or nothing, is `unknown`. It has
// to take an id once, however often it is sent. Any thread.
#pragma once

#include <mutex>
#include <string>

#include "huan/http_client/client.hpp"
#include "huan/rewards/payment_gateway.hpp"

namespace huan::payments {

class HttpGateway final : public rewards::PaymentGateway {
 public:
  /// `secret` is sent as a bearer token; empty: none is.
  HttpGateway(std::string url, const std::string& secret);
  rewards::PaymentAnswer pay(const rewards::Payment& payment) override;
  rewards::PaymentAnswer ask(const std::string& id) override;

 private:
  rewards::PaymentAnswer call(const http_client::Call& call);

  std::string url_;
  http_client::Fields headers_;
  std::mutex mutex_;
  http_client::Client client_;
};

}  // namespace huan::payments
