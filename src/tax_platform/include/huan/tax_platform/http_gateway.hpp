// SPDX-License-Identifier: Apache-2.0
// A tax platform behind HTTP: a service that translates to whatever the platform speaks.
//
//   POST {url}/invoices {"id","invoice","key","seller":{"id_number","name"}}
//   GET  {url}/invoices/{id}, where 404 says that it was never received
//
// Both answer {"state","number","reason"} with 200 or 202. `state` is issued (with its number),
// refused or pending. Whatever else comes back, or nothing, is no answer. `id` is a UUID that
// follows from the request's own; the service has to take it once, however often it is sent.
// Any thread.
#pragma once

#include <string>

#include "huan/http_client/client.hpp"
#include "huan/invoicing/gateway.hpp"

namespace huan::tax_platform {

class HttpGateway final : public invoicing::Gateway {
 public:
  /// `secret` is sent as a bearer token; empty: none is.
  HttpGateway(std::string url, const std::string& secret);
  invoicing::GatewayReply ask(const std::string& id) override;
  invoicing::GatewayReply issue(const invoicing::GatewayRequest& request) override;

 private:
  [[nodiscard]] invoicing::GatewayReply call(const http_client::Call& call) const;

  std::string url_;
  http_client::Fields headers_;
};

}  // namespace huan::tax_platform
