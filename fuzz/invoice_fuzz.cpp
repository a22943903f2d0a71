// SPDX-License-Identifier: Apache-2.0
// Invoices and subsidy statements as records hold them: the first byte chooses which. Whatever is
// accepted reads back as the same; what is refused names its place; a statement moves without harm.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/invoicing/invoice.hpp"
#include "huan/json/document.hpp"
#include "huan/subsidy/statement.hpp"

namespace invoicing = huan::invoicing;
namespace json = huan::json;
namespace subsidy = huan::subsidy;

namespace {

void read_invoice(json::Value value) {
  const auto invoice = invoicing::parse_invoice(value, "/data");
  if (!invoice.has_value()) {
    HUAN_ASSERT(invoice.error().at.starts_with("/data"));
    return;
  }
  const std::string once = invoicing::to_json(*invoice);
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value());
  const auto parsed = invoicing::parse_invoice(again->root(), "/data");
  HUAN_ASSERT(parsed.has_value() && invoicing::to_json(*parsed) == once);
}

void read_statement(json::Value value) {
  auto statement = subsidy::parse_statement(value, "/data");
  if (!statement.has_value()) {
    HUAN_ASSERT(statement.error().at.starts_with("/data"));
    return;
  }
  const std::string once = subsidy::to_json(*statement);
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value());
  const auto parsed = subsidy::parse_statement(again->root(), "/data");
  HUAN_ASSERT(parsed.has_value() && subsidy::to_json(*parsed) == once);
  const auto appealed = subsidy::move(*statement, subsidy::StatementState::appealed, "");
  HUAN_ASSERT(!appealed.has_value());  // an appeal says why
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
  if (data[0] == 's') {
    read_statement(document->root());
  } else {
    read_invoice(document->root());
  }
  return 0;
}
