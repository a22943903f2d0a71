// SPDX-License-Identifier: Apache-2.0
#include "rules.hpp"

#include <algorithm>
#include <array>

#include "huan/base/assert.hpp"

namespace huan::http {
namespace {

using access::Action;
using enum Rows;

constexpr auto kRules = std::to_array<Rule>({
    {"GET", "/", std::nullopt},
    {"GET", "/{path...}", std::nullopt},
    {"GET", "/healthz", std::nullopt},
    {"GET", "/readyz", std::nullopt},
    {"GET", "/docs/errors", std::nullopt},
    {"GET", "/api/openapi.yaml", std::nullopt},
    {"POST", "/api/v1/login", std::nullopt},
    {"POST", "/api/v1/logout", std::nullopt},
    {"POST", "/api/v1/session", std::nullopt},
    {"GET", "/api/v1/session", Action::own_session, nobodys},
    {"DELETE", "/api/v1/session", Action::own_session, nobodys},
    {"PUT", "/api/v1/session/password", Action::own_session, nobodys},
    {"POST", "/api/v1/session/totp", Action::own_session, nobodys},
    {"PUT", "/api/v1/session/totp", Action::own_session, nobodys},
    {"GET", "/api/v1/where/{link}", std::nullopt},
    {"POST", "/api/v1/lots/{lot}/link", Action::share_trace, filtered},
    {"GET", "/api/v1/oidc", std::nullopt},
    {"GET", "/api/v1/oidc/login", std::nullopt},
    {"GET", "/api/v1/oidc/return", std::nullopt},
    {"PUT", "/api/v1/accounts/{account}/identity", Action::write_accounts, filtered},
    {"DELETE", "/api/v1/accounts/{account}/identity", Action::write_accounts, filtered},
    {"GET", "/api/v1/accounts", Action::read_accounts, filtered},
    {"POST", "/api/v1/accounts", Action::write_accounts, filtered},
    {"PUT", "/api/v1/accounts/{account}", Action::write_accounts, filtered},
    {"POST", "/api/v1/accounts/{account}/password", Action::write_accounts, filtered},
    {"GET", "/api/v1/tokens", Action::write_accounts, filtered},
    {"POST", "/api/v1/tokens", Action::write_accounts, filtered},
    {"DELETE", "/api/v1/tokens/{token}", Action::write_accounts, filtered},
    {"GET", "/api/v1/cities", Action::read_cities, filtered},
    {"GET", "/api/v1/events", Action::read_events, filtered},
    {"GET", "/api/v1/events/{id}", Action::read_events, filtered},
    {"GET", "/api/v1/events/stream", Action::read_events, filtered},
    {"POST", "/api/v1/events", Action::write_events, filtered},
    {"GET", "/api/v1/lots", Action::read_stock, filtered},
    {"GET", "/api/v1/lots/{lot}", Action::read_stock, filtered},
    {"GET", "/api/v1/lots/{lot}/trace", Action::read_trace, filtered},
    {"GET", "/api/v1/items/{code}", Action::read_trace, filtered},
    {"GET", "/api/v1/tickets", Action::read_events, filtered},
    {"GET", "/api/v1/stock", Action::read_stock, filtered},
    {"GET", "/api/v1/shipments", Action::read_stock, filtered},
    {"GET", "/api/v1/shipments/{shipment}", Action::read_stock, filtered},
    {"GET", "/api/v1/statistics", Action::read_statistics, filtered},
    {"POST", "/api/v1/files", Action::write_files, nobodys},
    {"GET", "/api/v1/files/{sha256}", Action::read_files, nobodys},
    {"GET", "/api/v1/log/{city}/checkpoint", Action::read_log, nobodys},
    {"GET", "/api/v1/log/{city}/key", Action::read_log, nobodys},
    {"GET", "/api/v1/log/{city}/inclusion", Action::read_log, nobodys},
    {"GET", "/api/v1/log/{city}/consistency", Action::read_log, nobodys},
    {"GET", "/api/v1/{kind}", Action::read_registry, filtered},
    {"GET", "/api/v1/{kind}/{key}", Action::read_registry, filtered},
    {"PUT", "/api/v1/{kind}/{key}", Action::write_registry, filtered},
    {"GET", "/api/v1/parties/{key}/personal", Action::see_masked, filtered},
    {"PUT", "/api/v1/parties/{key}/personal", Action::write_personal, filtered},
    {"DELETE", "/api/v1/parties/{key}/personal", Action::erase_personal, filtered},
    {"GET", "/api/v1/parties/{key}/personal/accesses", Action::audit_personal, filtered},
    {"GET", "/api/v1/parties/{key}/personal/copy", Action::copy_personal, filtered},
    {"GET", "/api/v1/personal/accesses", Action::audit_personal, filtered},
    {"POST", "/api/v1/route", Action::run_plans, nobodys},
    {"POST", "/api/v1/site", Action::run_plans, nobodys},
    {"GET", "/api/v1/jobs", Action::read_jobs, filtered},
    {"GET", "/api/v1/jobs/{id}", Action::read_jobs, filtered},
    {"DELETE", "/api/v1/jobs/{id}", Action::read_jobs, filtered},
    {"GET", "/api/v1/jobs/{id}/result", Action::read_jobs, filtered},
    {"GET", "/api/v1/jobs/{id}/stream", Action::read_jobs, filtered},
    {"GET", "/api/v1/findings", Action::read_reports, filtered},
    {"POST", "/api/v1/findings", Action::write_reports},
    {"GET", "/api/v1/findings/history", Action::read_reports, filtered},
    {"GET", "/api/v1/rules", Action::read_registry, nobodys},
    {"GET", "/api/v1/dispatch", Action::read_indicators, nobodys},
    {"POST", "/api/v1/dispatch", Action::write_reports},
    {"GET", "/api/v1/campaigns", Action::read_indicators, nobodys},
    {"GET", "/api/v1/key-projects", Action::read_indicators, nobodys},
    {"GET", "/api/v1/evaluation", Action::read_indicators, filtered},
    {"POST", "/api/v1/dossiers/{key}/signatures", Action::write_registry, filtered},
    {"GET", "/api/v1/scores", Action::read_reports, filtered},
    {"GET", "/api/v1/indicators", Action::read_indicators, filtered},
    {"GET", "/api/v1/declarations", Action::read_reports, filtered},
    {"GET", "/api/v1/declarations/sums", Action::read_reports},
    {"POST", "/api/v1/declarations/sums", Action::read_reports, nobodys},
    {"GET", "/api/v1/declarations/{key}", Action::read_reports, filtered},
    {"POST", "/api/v1/declarations", Action::write_reports, filtered},
    {"POST", "/api/v1/declarations/{key}/{move}", Action::write_reports, filtered},
    {"GET", "/api/v1/reports/{report}", Action::read_reports},
    {"GET", "/api/v1/open-data", std::nullopt},
    {"GET", "/api/v1/open-data/{period}", std::nullopt},
    {"POST", "/api/v1/open-data", Action::write_reports},
    {"GET", "/api/v1/invoices", Action::read_invoices, filtered},
    {"POST", "/api/v1/invoices", Action::write_invoices, filtered},
    {"GET", "/api/v1/invoices/limit", Action::read_invoices, filtered},
    {"GET", "/api/v1/invoices/filing", Action::read_invoices, filtered},
    {"GET", "/api/v1/invoices/{key}", Action::read_invoices, filtered},
    {"POST", "/api/v1/invoices/{key}/{move}", Action::write_invoices, filtered},
    {"GET", "/api/v1/coverage", Action::read_reports},
    {"GET", "/api/v1/orders", Action::read_orders, filtered},
    {"POST", "/api/v1/orders", Action::write_orders, filtered},
    {"GET", "/api/v1/orders/{key}", Action::read_orders, filtered},
    {"GET", "/api/v1/orders/{key}/contact", Action::write_orders, filtered},
    {"POST", "/api/v1/orders/{key}/moves/{state}", Action::write_orders, filtered},
    {"POST", "/api/v1/callers", Action::write_orders, filtered},
    {"GET", "/api/v1/points", Action::read_points, filtered},
    {"POST", "/api/v1/redemptions", Action::write_points, filtered},
    {"GET", "/api/v1/rewards", std::nullopt},
    {"GET", "/api/v1/order-states", std::nullopt},
    {"GET", "/api/v1/slots", std::nullopt},
    {"GET", "/api/v1/directory", std::nullopt},
    {"GET", "/api/v1/directory/{key}", std::nullopt},
    {"GET", "/api/v1/published-prices", std::nullopt},
    {"GET", "/api/v1/catalogue", std::nullopt},
    {"POST", "/api/v1/residents/code", std::nullopt},
    {"POST", "/api/v1/residents/session", std::nullopt},
    {"GET", "/metrics", Action::read_figures, nobodys},
});

}  // namespace

const Rule& rule_of(std::string_view method, std::string_view pattern) {
  const auto* found = std::find_if(kRules.begin(), kRules.end(), [&](const Rule& rule) {
    return rule.method == method && rule.pattern == pattern;
  });
  HUAN_ASSERT(found != kRules.end());
  return *found;
}

}  // namespace huan::http
