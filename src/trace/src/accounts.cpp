// SPDX-License-Identifier: Apache-2.0
// From the ledger's accounts to nodes and labels.
#include <string>
#include <utility>

#include "huan/base/assert.hpp"
#include "writer.hpp"

namespace huan::trace {

Ref Writer::add_node(NodeKind kind, std::uint32_t name, std::uint32_t at) {
  const auto ref = static_cast<Ref>(d_.nodes.size());
  Node node{};
  node.maker = kUnset;
  node.maker_is = static_cast<std::uint32_t>(Maker::process);
  node.uses = kUnset;
  node.kind = static_cast<std::uint32_t>(kind) & 3U;
  node.name = name;
  node.at = at;
  d_.nodes.push_back(node);
  return ref;
}

Ref Writer::lot_named(std::string_view lot) {
  if (met_[0].ref == kNone || met_[0].lot != lot) {
    std::swap(met_[0], met_[1]);
    if (met_[0].ref == kNone || met_[0].lot != lot) {
      met_[0].ref = find_or_add_lot(lot);
      met_[0].lot = lot;
    }
  }
  return met_[0].ref;
}

Ref Writer::find_or_add_lot(std::string_view lot) {
  const LotNames::Code code = d_.lot_names.code(lot);
  const std::uint64_t hash = d_.lot_names.hash(code);
  const Ref found = d_.index.find(hash, [&](Ref node) {
    return d_.nodes[node].node_kind() == NodeKind::lot &&
           d_.lot_names.equals(d_.nodes[node].name, code);
  });
  if (found != Slots::kNone) {
    return found;
  }
  const Ref node = add_node(NodeKind::lot, d_.lot_names.add(code), kNone);
  d_.index.insert(hash, node, [&](Ref other) { return d_.index_hash(other); });
  ++d_.lots;
  return node;
}

Ref Writer::lot_node(std::string_view lot, std::string_view place) {
  const Ref first = lot_named(lot);
  const std::uint32_t at = d_.places.intern(place);
  if (d_.nodes[first].at == kNone) {
    d_.nodes[first].at = at;  // named before as the line of a shipment only
  }
  if (d_.nodes[first].at == at) {
    return first;
  }
  std::vector<Ref>& more = d_.elsewhere[first];
  for (const Ref node : more) {
    if (d_.nodes[node].at == at) {
      return node;
    }
  }
  more.push_back(add_node(NodeKind::lot, d_.nodes[first].name, at));
  ++d_.lots;
  return more.back();
}

Ref Writer::line_node(std::string_view shipment, std::string_view line) {
  const std::uint32_t named = d_.shipments.intern(shipment);
  const Ref lot = lot_named(line);
  const std::uint64_t hash = hash_pair(named, lot, d_.key);
  const Ref found = d_.index.find(hash, [&](Ref node) {
    const Node& n = d_.nodes[node];
    return n.node_kind() == NodeKind::transit && n.name == named && n.at == lot;
  });
  if (found != Slots::kNone) {
    return found;
  }
  const Ref node = add_node(NodeKind::transit, named, lot);
  d_.index.insert(hash, node, [&](Ref other) { return d_.index_hash(other); });
  return node;
}

Ref Writer::label_of(LabelKind kind, std::string_view a, std::string_view b) {
  std::string text(1, static_cast<char>('0' + static_cast<int>(kind)));
  text.append(a).append(1, '\n').append(b);
  std::uint32_t id = d_.labels.find(text);
  if (id == NameTable::kNone && d_.labels.size() >= kLabelsMax) {
    text.resize(1);  // the table is full: the kind alone
    text.append(1, '\n');
  }
  id = d_.labels.intern(text);
  HUAN_ASSERT(id < kNoSource);
  return kLabels + id;
}

Ref Writer::node_of(AccountKind kind, std::string_view a, std::string_view b) {
  switch (kind) {
    case AccountKind::stock:
      return lot_node(b, a);
    case AccountKind::transit:
      return line_node(a, b);
    case AccountKind::source:
      return label_of(LabelKind::source, a, b);
    case AccountKind::sink:
      return label_of(LabelKind::sink, a, b);
    case AccountKind::loss:
      return label_of(LabelKind::loss, a, {});
    case AccountKind::abroad:
      return label_of(LabelKind::abroad, a, b);
    case AccountKind::variance:
      return kVariance;
    case AccountKind::imbalance:
    case AccountKind::wip:
      break;
  }
  return kNone;
}

}  // namespace huan::trace
