// SPDX-License-Identifier: Apache-2.0
// What browsers send of themselves, and the city's rule of push services: the first byte chooses.
// An address that is taken is of a service that the rule lists, and nothing of it has to be escaped
// in a header or in JSON; a rule reads back as the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/app/push.hpp"
#include "huan/base/assert.hpp"
#include "huan/json/document.hpp"

namespace app = huan::app;
namespace json = huan::json;

namespace {

bool is_safe(const std::string& text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c < 0x7F && c != '"' && c != '\\'; });
}

/// The host of an https address, as a strict reader sees it; empty: it is none.
std::string_view host_of(std::string_view address) {
  constexpr std::string_view kHttps = "https://";
  if (!address.starts_with(kHttps)) {
    return {};
  }
  const std::string_view rest = address.substr(kHttps.size());
  return rest.substr(0, rest.find_first_of("/?#@:"));
}

void check_subscription(json::Value value) {
  const app::PushRule rule;
  const auto taken = app::parse_push(value, rule);
  if (!taken) {
    return;
  }
  HUAN_ASSERT(is_safe(taken->endpoint) && taken->endpoint.size() <= 1'000);
  const std::string_view host = host_of(taken->endpoint);
  const bool listed =
      std::any_of(rule.services.begin(), rule.services.end(), [&](const std::string& service) {
        return service.starts_with("*.") ? host.ends_with(service.substr(1)) : host == service;
      });
  HUAN_ASSERT(listed);
  HUAN_ASSERT(taken->endpoint.starts_with(rule.origin_of(taken->endpoint) + "/"));
  HUAN_ASSERT(taken->id().size() == 16);
}

void check_rule(json::Value value) {
  const auto rule = app::parse_push_rule(value);
  if (!rule) {
    return;
  }
  const std::string once = app::to_json(*rule);
  const auto document = json::Document::parse(once);
  HUAN_ASSERT(document.has_value());
  const auto again = app::parse_push_rule(document->root());
  HUAN_ASSERT(again.has_value() && app::to_json(*again) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto document = json::Document::parse(rest);
  if (!document) {
    return 0;
  }
  data[0] == 'r' ? check_rule(document->root()) : check_subscription(document->root());
  return 0;
}
