// SPDX-License-Identifier: Apache-2.0
#include "row_identity.hpp"

#include <algorithm>
#include <cstring>

#include "huan/crypto/digest.hpp"

namespace huan::wire_table {

IdentityText::IdentityText(TableKind kind, std::string_view city) {
  add("huan-import/1").add(name(kind)).add(city);
}

IdentityText& IdentityText::add(std::string_view part) {
  text_.append(std::to_string(part.size())).push_back(':');
  text_.append(part);
  return *this;
}

base::Uuid IdentityText::id() const { return base::make_uuid_v8(crypto::sha256(text_)); }

std::uint64_t IdentityText::fingerprint() const {
  const crypto::Digest digest = crypto::sha256(text_);
  std::uint64_t out = 0;
  std::memcpy(&out, digest.data(), sizeof out);
  return std::max<std::uint64_t>(out, 1);
}

Occurrences::Slot& Occurrences::slot_of(std::vector<Slot>& slots, std::uint64_t fingerprint) const {
  std::size_t at = fingerprint & (slots.size() - 1);
  while (slots[at].fingerprint != 0 && slots[at].fingerprint != fingerprint) {
    at = (at + 1) & (slots.size() - 1);
  }
  return slots[at];
}

void Occurrences::grow() {
  std::vector<Slot> larger(std::max<std::size_t>(slots_.size() * 2, 1'024));
  for (const Slot& slot : slots_) {
    if (slot.fingerprint != 0) {
      slot_of(larger, slot.fingerprint) = slot;
    }
  }
  slots_ = std::move(larger);
}

base::Result<std::int64_t> Occurrences::count(std::uint64_t fingerprint) {
  if (used_ * 2 >= slots_.size()) {
    grow();
  }
  Slot& slot = slot_of(slots_, fingerprint);
  if (slot.fingerprint == 0) {
    if (used_ == kRowsMax) {
      return base::Error{base::ErrorCode::too_large, "",
                         "more than 8 million rows without a key; name key columns in a mapping, "
                         "or split the file"};
    }
    ++used_;
    slot.fingerprint = fingerprint;
  }
  return slot.seen++;
}

}  // namespace huan::wire_table
