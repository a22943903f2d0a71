// SPDX-License-Identifier: Apache-2.0
#include "huan/json/value.hpp"

#include <charconv>

namespace huan::json {
namespace {

constexpr detail::Node kNull{{0}, 0, Kind::null, false};

}  // namespace

Value::Value() noexcept : node_(&kNull), nodes_(&kNull), text_("") {}

double Value::number() const {
  if (is_integer()) {
    return static_cast<double>(node_->integer);
  }
  const std::string_view source = decimal();
  double value = 0;
  std::from_chars(source.data(), source.data() + source.size(), value);
  return value;
}

std::optional<Value> Value::find(std::string_view key) const {
  for (const Member member : members()) {
    if (member.key == key) {
      return member.value;
    }
  }
  return std::nullopt;
}

}  // namespace huan::json
