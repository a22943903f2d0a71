// SPDX-License-Identifier: Apache-2.0
// Where items are. An item is where the last move in force put it. A replacement's move counts from
// where its event first moved the item, so that what later events did with it stands; a void puts
// an item back to where other events in force say it was.
#include <algorithm>
#include <unordered_map>

#include "worksheet.hpp"

namespace huan::ledger {

std::span<const ItemMove> own_moves(const std::vector<ItemMove>& moves, std::size_t back,
                                    std::size_t kept) {
  const std::span<const ItemMove> all{moves};
  const std::size_t begin = std::min(back, all.size());
  return all.subspan(begin, all.size() - begin - std::min(kept, all.size() - begin));
}

const Worksheet::ItemAround& Worksheet::around(std::string_view code) {
  if (const auto found = around_.find(code); found != around_.end()) {
    return found->second;
  }
  const std::uint64_t ours = *std::min_element(chain_.begin(), chain_.end());
  const std::vector<ItemMark> marks = book_.item_marks(code);
  std::unordered_map<std::uint64_t, std::uint64_t> since;  // event -> its first move of the item
  for (const ItemMark& mark : marks) {
    since.try_emplace(mark.origin, mark.seq);
  }
  const auto here = since.find(ours);
  ItemAround item;
  std::uint64_t before_at = 0;
  std::uint64_t later_at = 0;
  for (const ItemMark& mark : marks) {
    if (!mark.in_force || mark.origin == ours) {
      continue;
    }
    const std::uint64_t at = since.at(mark.origin);
    const bool before = here == since.end() || at < here->second;
    std::uint64_t& last = before ? before_at : later_at;
    if (at < last) {
      continue;
    }
    last = at;
    if (before) {
      item.before = mark.lot_after;
    } else {
      item.later = mark.lot_after;
    }
  }
  return around_.emplace(std::string{code}, std::move(item)).first->second;
}

void Worksheet::take_items_back(const VersionState& version) {
  for (const ItemMove& move :
       own_moves(version.item_moves, version.items_back, version.items_kept)) {
    const ItemAround& item = around(move.code);
    if (!items_.try_emplace(move.code, item.before).second || item.later) {
      continue;  // met already, or it has moved on since
    }
    const auto state = book_.item(move.code);
    if (state && state->lot != item.before) {
      posting_.item_moves.push_back({move.code, move.kind, move.parent, state->lot, item.before});
    }
  }
  posting_.items_back = posting_.item_moves.size();
}

void Worksheet::keep_items() {
  const std::size_t end = posting_.item_moves.size();
  for (std::size_t i = posting_.items_back; i < end && !chain_.empty(); ++i) {
    const ItemMove own = posting_.item_moves[i];
    const ItemAround& item = around(own.code);
    std::string& where = items_.find(own.code)->second;
    if (item.later && where != *item.later) {
      posting_.item_moves.push_back({own.code, own.kind, own.parent, where, *item.later});
      where = *item.later;
    }
  }
  posting_.items_kept = posting_.item_moves.size() - end;
}

std::string Worksheet::item_lot(std::string_view code) {
  if (const auto found = items_.find(code); found != items_.end()) {
    return found->second;
  }
  if (!chain_.empty()) {
    return around(code).before;
  }
  const auto state = book_.item(code);
  return state ? state->lot : std::string{};
}

std::vector<std::string> Worksheet::items_in(std::string_view lot_id) {
  std::vector<std::string> codes = book_.items_of(lot_id);
  std::erase_if(codes, [&](const std::string& code) { return item_lot(code) != lot_id; });
  for (const auto& [code, where] : items_) {
    if (where == lot_id && std::find(codes.begin(), codes.end(), code) == codes.end()) {
      codes.push_back(code);
    }
  }
  std::sort(codes.begin(), codes.end());
  return codes;
}

void Worksheet::move_item(const ItemMove& move, std::string_view at) {
  ItemMove complete = move;
  complete.lot_before = item_lot(move.code);
  if (complete.kind.empty()) {
    const auto state = book_.item(move.code);
    complete.kind = state ? state->kind : std::string{};
  }
  const bool taken_in = !move.lot_after.empty() && move.lot_before.empty();
  if (taken_in && !complete.lot_before.empty() && complete.lot_before != move.lot_after) {
    raise("item_elsewhere", at, complete.code + " stood in " + complete.lot_before);
  }
  items_[complete.code] = complete.lot_after;
  posting_.item_moves.push_back(std::move(complete));
}

}  // namespace huan::ledger
