// SPDX-License-Identifier: Apache-2.0
// A registry record {id, kind, key, version, time, data}: one version of one registered thing
// (events.md §1). `time` is from when it holds, `version` counts from 1. Kinds with a form of their
// own are parsed into it; every other known kind keeps its data as canonical JSON text until a
// module gives it a form. Unknown fields are refused with their pointer.
//
//   HUAN_TRY(record, parse_record(document.root()));
//   if (const auto* place = std::get_if<Place>(&record.data)) { … }
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/agreement.hpp"
#include "huan/registry/asset.hpp"
#include "huan/registry/material.hpp"
#include "huan/registry/party.hpp"
#include "huan/registry/place.hpp"

namespace huan::registry {

enum class Kind : std::uint8_t {
#define HUAN_RECORD_KIND(id, name, collection) id,
#include "huan/registry/record_kinds.inc"
#undef HUAN_RECORD_KIND
};

[[nodiscard]] std::string_view name(Kind kind) noexcept;        ///< "place", as in records
[[nodiscard]] std::string_view collection(Kind kind) noexcept;  ///< "places", as in addresses
[[nodiscard]] std::optional<Kind> kind_from(std::string_view name_or_collection) noexcept;

/// Data of a kind without a form of its own: a JSON object in RFC 8785 bytes.
struct OtherData {
  std::string json;
};
using Data = std::variant<Place, Party, Asset, Material, Price, Contract, Hold, OtherData>;

struct Record {
  base::Uuid id;
  Kind kind{};
  std::string key;
  std::int64_t version{1};
  base::Instant time;
  Data data;
};

/// bad_field, bad_text, bad_time, bad_number, bad_identifier, bad_coordinates, too_large; `at` is a
/// pointer from the record's root, "/data/district".
[[nodiscard]] base::Result<Record> parse_record(json::Value record);
[[nodiscard]] base::Result<Data> parse_data(Kind kind, std::string_view key, json::Value data);
[[nodiscard]] std::string to_json(const Data& data);

/// What is to be recorded but has no id and time yet: a pack's contents.
struct Draft {
  Kind kind{};
  std::string key;
  Data data;
};
/// The record as it is sent to the write path, version 1, RFC 8785.
[[nodiscard]] std::string to_record_json(const Draft& draft, const base::Uuid& id,
                                         std::string_view time);

}  // namespace huan::registry
