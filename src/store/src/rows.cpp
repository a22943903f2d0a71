// SPDX-License-Identifier: Apache-2.0
#include "huan/store/rows.hpp"

namespace huan::store {

Record::Record(const RecordView& from)
    : seq(from.seq),
      id(from.id),
      klass(from.klass),
      type(from.type),
      key(from.key),
      time(from.time),
      recorded_at(from.recorded_at),
      supersedes(from.supersedes),
      place(from.place),
      operator_id(from.operator_id),
      district(from.district),
      leaf(from.leaf),
      body(from.body) {}

RecordView Record::view() const {
  return {seq,        id,    klass,       type,     key,  time, recorded_at,
          supersedes, place, operator_id, district, leaf, body};
}

std::pair<std::string_view, std::string_view> Page::parts() const {
  const std::string_view key = after;
  const auto space = key.find(' ');
  if (space == std::string_view::npos) {
    return {key, {}};
  }
  return {key.substr(0, space), key.substr(space + 1)};
}

}  // namespace huan::store
