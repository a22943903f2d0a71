// SPDX-License-Identifier: Apache-2.0
#include "flow_net.hpp"

#include "slots.hpp"

namespace huan::trace {

void KeyMap::clear() {
  used_ = 0;
  ++round_;
  if (entries_.empty() || round_ == 0) {
    entries_.assign(1024, Entry{});
    round_ = 1;
  }
}

std::pair<std::uint32_t, bool> KeyMap::add(std::uint64_t key, std::uint32_t fresh) {
  if (used_ * 2 >= entries_.size()) {
    grow();
  }
  const std::size_t mask = entries_.size() - 1;
  std::size_t at = static_cast<std::size_t>((key * 0x9E37'79B9'7F4A'7C15U) >> 24U) & mask;
  while (entries_[at].round == round_) {
    if (entries_[at].key == key) {
      return {entries_[at].value, false};
    }
    at = (at + 1) & mask;
  }
  entries_[at] = {key, fresh, round_};
  ++used_;
  return {fresh, true};
}

void KeyMap::grow() {
  std::vector<Entry> old(entries_.empty() ? 1024 : entries_.size() * 2);
  old.swap(entries_);
  const std::uint32_t round = round_;
  used_ = 0;
  round_ = 1;
  for (const Entry& entry : old) {
    if (entry.round == round) {
      add(entry.key, entry.value);
    }
  }
}

void FlowNet::clear() {
  keys_.clear();
  vertices_.clear();
  edges_.clear();
  terminals_.clear();
  terminal_amounts_.clear();
  open_.clear();
}

FlowNet::Target FlowNet::vertex(std::uint64_t key) {
  const auto fresh = static_cast<std::uint32_t>(vertices_.size());
  const auto [number, is_new] = keys_.add(key, fresh);
  if (is_new) {
    vertices_.push_back({key, 0, 0, 0, 0, 0});
    open_.push_back(number);
  }
  return number;
}

FlowNet::Target FlowNet::terminal_for(std::uint64_t key, const Terminal& wanted) {
  const auto fresh = static_cast<Target>(terminals_.size()) | kTerminal;
  const auto [target, is_new] = keys_.add(key, fresh);
  if (is_new) {
    terminals_.push_back(wanted);
  }
  return target;
}

bool FlowNet::take_open(std::vector<std::uint32_t>& vertices) {
  vertices.clear();
  vertices.swap(open_);
  return !vertices.empty();
}

void FlowNet::begin_edges(std::uint32_t vertex) {
  current_ = vertex;
  vertices_[vertex].begin = vertices_[vertex].end = static_cast<std::uint32_t>(edges_.size());
}

void FlowNet::run(std::uint64_t mass) {
  terminal_amounts_.assign(terminals_.size(), 0);
  ready_.assign(1, 0);
  waiting_ = vertices_.size();
  vertices_.front().amount = to_fixed(mass);
  while (!ready_.empty()) {
    const Vertex& from = vertices_[ready_.back()];
    ready_.pop_back();
    --waiting_;
    if (from.total == 0) {
      continue;
    }
    const Splitter split(from.amount, from.total);
    for (std::uint32_t i = from.begin; i < from.end; ++i) {
      const auto [target, weight] = edges_[i];
      const Fixed part = split.part(weight);
      if ((target & kTerminal) != 0) {
        terminal_amounts_[target & ~kTerminal] += part;
        continue;
      }
      Vertex& to = vertices_[target];
      to.amount += part;
      if (--to.pending == 0) {
        ready_.push_back(target);
      }
    }
  }
}

}  // namespace huan::trace
