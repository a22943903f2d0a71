// SPDX-License-Identifier: Apache-2.0
// What residents, desks and drivers send about an order: the first byte chooses which body the rest
// is. What is refused names its place; an order on record reads back as the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/app/orders.hpp"
#include "huan/base/assert.hpp"
#include "huan/json/document.hpp"

namespace app = huan::app;
namespace booking = huan::booking;
namespace json = huan::json;

namespace {

void keep(json::Value value) {
  const auto order = booking::parse_order(value, "/data");
  if (!order.has_value()) {
    HUAN_ASSERT(order.error().at.starts_with("/data"));
    return;
  }
  HUAN_ASSERT(booking::units_of(*order) >= 1);
  const std::string once = booking::to_json(*order);
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value());
  const auto parsed = booking::parse_order(again->root(), "/data");
  HUAN_ASSERT(parsed.has_value() && booking::to_json(*parsed) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto document = json::Document::parse(rest);
  if (!document.has_value()) {
    return 0;
  }
  if (data[0] == 'm') {
    const auto move = app::parse_order_move(document->root());
    HUAN_ASSERT(!move.has_value() || !move->weighed || !move->weighed->lines.empty());
  } else if (data[0] == 'o') {
    keep(document->root());
  } else {
    const auto request = app::parse_order_request(document->root());
    HUAN_ASSERT(!request.has_value() || request->order.lines.size() <= booking::kLinesMax);
  }
  return 0;
}
