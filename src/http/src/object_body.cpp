// SPDX-License-Identifier: Apache-2.0
#include "object_body.hpp"

#include <algorithm>

#include "huan/base/text.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kBodyMax = 64U << 10U;
constexpr std::size_t kTextMax = 1'000;

Error bad(std::string_view name, std::string detail) {
  return {ErrorCode::bad_field, "/" + std::string(name), std::move(detail)};
}

}  // namespace

Result<ObjectBody> ObjectBody::parse(const Request& request,
                                     std::initializer_list<std::string_view> known) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kBodyMax) {
    return Error{ErrorCode::too_large, "", "at most 64 KiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  const auto root = document.root();
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "an object"};
  }
  for (const json::Member member : root.members()) {
    if (std::find(known.begin(), known.end(), member.key) == known.end()) {
      return bad(base::pointer_token(member.key), "unknown field");
    }
  }
  return ObjectBody(std::move(document));
}

Result<std::string> ObjectBody::text(std::string_view name) const {
  const auto found = document_.root().find(name);
  if (!found || !found->is_string() || found->string().size() > kTextMax) {
    return bad(name, "a text of at most 1000 bytes");
  }
  return std::string(found->string());
}

Result<std::string> ObjectBody::optional_text(std::string_view name) const {
  return has(name) ? text(name) : Result<std::string>(std::string());
}

Result<std::vector<std::string>> ObjectBody::texts(std::string_view name, std::size_t most) const {
  const auto found = document_.root().find(name);
  if (!found || !found->is_array() || found->size() > most) {
    return bad(name, "an array of texts");
  }
  std::vector<std::string> all;
  for (const json::Value one : found->elements()) {
    if (!one.is_string() || one.string().size() > kTextMax) {
      return bad(name, "an array of texts");
    }
    all.emplace_back(one.string());
  }
  return all;
}

Result<bool> ObjectBody::flag(std::string_view name) const {
  const auto found = document_.root().find(name);
  if (!found || !found->is_boolean()) {
    return bad(name, "true or false");
  }
  return found->boolean();
}

Result<std::int64_t> ObjectBody::integer(std::string_view name, std::int64_t otherwise) const {
  const auto found = document_.root().find(name);
  if (!found) {
    return otherwise;
  }
  if (!found->is_integer() || found->integer() < 0) {
    return bad(name, "a whole number, not negative");
  }
  return found->integer();
}

bool ObjectBody::has(std::string_view name) const {
  return document_.root().find(name).has_value();
}

}  // namespace huan::http
