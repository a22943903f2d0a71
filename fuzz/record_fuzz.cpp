// SPDX-License-Identifier: Apache-2.0
// Registry records from anywhere: whatever is accepted can be written, and reads back as the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "huan/base/assert.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/record.hpp"

namespace json = huan::json;
namespace registry = huan::registry;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = json::Document::parse(text);
  if (!document.has_value()) {
    return 0;
  }
  const auto record = registry::parse_record(document->root());
  if (!record.has_value()) {
    HUAN_ASSERT(record.error().at.empty() || record.error().at.front() == '/');
    HUAN_ASSERT(!record.error().detail.empty());
    return 0;
  }
  const std::string once = registry::to_json(record->data);
  const auto again = json::Document::parse(once);
  HUAN_ASSERT(again.has_value());
  const auto data_again = registry::parse_data(record->kind, record->key, again->root());
  HUAN_ASSERT(data_again.has_value());
  HUAN_ASSERT(registry::to_json(*data_again) == once);
  return 0;
}
