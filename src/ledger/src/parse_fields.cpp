// SPDX-License-Identifier: Apache-2.0
#include "parse_fields.hpp"

#include "huan/base/id.hpp"
#include "huan/base/text.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

base::Result<std::string> read_name(json::Value value, std::size_t size_max) {
  if (!value.is_string()) {
    return Error{ErrorCode::bad_field, "", "a string is expected"};
  }
  if (!base::is_name(value.string(), size_max)) {
    return Error{ErrorCode::bad_text, "",
                 "1 to " + std::to_string(size_max) +
                     " visible ASCII characters without space, % and ?, and neither . nor .."};
  }
  return std::string{value.string()};
}

}  // namespace

Error bad_field(std::string_view key, std::string_view expected) {
  return Error{ErrorCode::bad_field, "/" + base::pointer_token(key), std::string{expected}};
}

base::Result<std::string> read_short_name(json::Value value) {
  return read_name(value, base::kShortNameMax);
}

base::Result<std::string> read_long_name(json::Value value) {
  return read_name(value, base::kLongNameMax);
}

base::Result<std::string> read_text(json::Value value, std::size_t size_max) {
  if (!value.is_string()) {
    return Error{ErrorCode::bad_field, "", "a string is expected"};
  }
  if (value.string().size() > size_max) {
    return Error{ErrorCode::too_large, "", "at most " + std::to_string(size_max) + " bytes"};
  }
  return std::string{value.string()};
}

base::Result<std::int64_t> read_integer(json::Value value, std::int64_t min, std::int64_t max) {
  if (!value.is_integer()) {
    return Error{ErrorCode::bad_field, "", "an integer is expected"};
  }
  if (value.integer() < min || value.integer() > max) {
    return Error{ErrorCode::bad_number, "", std::to_string(min) + " to " + std::to_string(max)};
  }
  return value.integer();
}

base::Result<base::Mass> read_mass(json::Value value) {
  HUAN_TRY(grams, read_integer(value, 1, base::kMassMax));
  return base::Mass{grams};
}

base::Result<base::Mass> read_mass_or_zero(json::Value value) {
  HUAN_TRY(grams, read_integer(value, 0, base::kMassMax));
  return base::Mass{grams};
}

base::Result<base::Count> read_count(json::Value value) {
  HUAN_TRY(pieces, read_integer(value, 0, base::kMassMax));
  return base::Count{pieces};
}

base::Result<bool> read_bool(json::Value value) {
  if (!value.is_boolean()) {
    return Error{ErrorCode::bad_field, "", "true or false is expected"};
  }
  return value.boolean();
}

}  // namespace huan::ledger
