// SPDX-License-Identifier: Apache-2.0
#include "huan/log/tiles.hpp"

#include <algorithm>
#include <bit>

namespace huan::log {
namespace {

base::Error damaged(const std::string& what) {
  return {base::ErrorCode::store_failed, "", "the log is damaged: " + what};
}

/// How many hashes a level has in a tree of that size.
std::uint64_t hashes_at(std::uint64_t size, std::size_t level) {
  const std::size_t shift = level * kTileHeight;
  return shift < 64 ? size >> shift : 0;
}

/// The largest subtrees of the tree, as the tiles have them, against the frontier.
bool fits(const Frontier& frontier, NodeSource& nodes) {
  std::uint64_t start = 0;
  for (const Digest& hash : frontier.hashes()) {
    const auto level = static_cast<unsigned>(std::bit_width(frontier.size() - start) - 1);
    if (nodes.node(level, start >> level) != hash) {
      return false;
    }
    start += std::uint64_t{1} << level;
  }
  return true;
}

}  // namespace

base::Result<Appender> Appender::resume(std::string_view state, TileSource& tiles) {
  auto frontier = Frontier::parse(state);
  if (!frontier.has_value()) {
    return damaged("its state cannot be read");
  }
  TileNodes nodes(tiles);
  if (!fits(*frontier, nodes)) {
    return damaged("state and tiles differ");
  }
  Appender appender;
  for (std::size_t level = 0; hashes_at(frontier->size(), level) > 0; ++level) {
    const std::uint64_t count = hashes_at(frontier->size(), level);
    const std::size_t bytes = static_cast<std::size_t>(count % kTileWidth) * kHashSize;
    Edge edge;
    if (bytes > 0) {
      auto tile = tiles.tile(static_cast<std::int32_t>(level), count / kTileWidth);
      if (!tile.has_value() || tile->size() < bytes) {
        return damaged("its last tile of level " + std::to_string(level) + " is missing");
      }
      edge.bytes = tile->substr(0, bytes);
    }
    appender.edges_.push_back(std::move(edge));
  }
  appender.frontier_ = std::move(*frontier);
  return appender;
}

void Appender::append(const Digest& leaf) {
  frontier_.append(leaf, [this](unsigned level, std::uint64_t index, const Digest& hash) {
    if (level % kTileHeight != 0) {
      return;
    }
    const std::size_t tile_level = level / kTileHeight;
    if (edges_.size() <= tile_level) {
      edges_.resize(tile_level + 1);
    }
    Edge& edge = edges_[tile_level];
    edge.bytes += crypto::bytes(hash);
    edge.changed = true;
    if (edge.bytes.size() == kTileWidth * kHashSize) {
      full_.push_back(
          {static_cast<std::int32_t>(tile_level), index / kTileWidth, std::move(edge.bytes)});
      edge = Edge{};
    }
  });
}

std::vector<Tile> Appender::take_tiles() {
  std::vector<Tile> tiles = std::move(full_);
  full_.clear();
  for (std::size_t level = 0; level < edges_.size(); ++level) {
    Edge& edge = edges_[level];
    if (edge.changed) {
      tiles.push_back(
          {static_cast<std::int32_t>(level), hashes_at(size(), level) / kTileWidth, edge.bytes});
      edge.changed = false;
    }
  }
  return tiles;
}

std::optional<Digest> TileNodes::node(unsigned level, std::uint64_t index) {
  const unsigned tile_level = level / kTileHeight;
  const unsigned inside = level % kTileHeight;
  const std::uint64_t first = index << inside;
  const auto key = std::pair(tile_level, first / kTileWidth);
  auto found = read_.find(key);
  if (found == read_.end()) {
    auto bytes = tiles_.tile(static_cast<std::int32_t>(key.first), key.second);
    if (!bytes.has_value()) {
      return std::nullopt;
    }
    found = read_.emplace(key, std::move(*bytes)).first;
  }
  const std::string_view tile = found->second;
  const std::size_t offset = static_cast<std::size_t>(first % kTileWidth) * kHashSize;
  const std::size_t count = std::size_t{1} << inside;
  if (tile.size() < offset + count * kHashSize) {
    return std::nullopt;
  }
  std::vector<Digest> row(count);
  for (std::size_t i = 0; i < count; ++i) {
    row[i] = *crypto::digest_from_bytes(tile.substr(offset + i * kHashSize, kHashSize));
  }
  for (std::size_t size = count; size > 1; size /= 2) {
    for (std::size_t i = 0; i < size / 2; ++i) {
      row[i] = node_hash(row[2 * i], row[2 * i + 1]);
    }
  }
  return row.front();
}

std::string tile_path(std::int32_t level, std::uint64_t n, std::uint64_t width) {
  const auto three = [](std::uint64_t part) {
    const std::string digits = std::to_string(part);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string path = three(n % 1000);
  for (n /= 1000; n > 0; n /= 1000) {
    path = "x" + three(n % 1000) + "/" + path;
  }
  path = "tile/" + std::to_string(level) + "/" + path;
  return width == kTileWidth ? path : path + ".p/" + std::to_string(width);
}

}  // namespace huan::log
