// SPDX-License-Identifier: Apache-2.0
// How the tree is kept: in tiles of up to 256 hashes (C2SP tlog-tiles, height 8). Tile n of level t
// holds the roots of the complete subtrees of 256^t leaves from 256 n on, 32 bytes each; the last
// tile of a level may be shorter, and grows. An Appender carries the right edge in memory and says
// which tiles a commit has to write; TileNodes answers proofs from them. A tile once full never
// changes.
//
//   HUAN_TRY(appender, log::Appender::resume(store.log_state(city), tiles));
//   appender.append(log::leaf_hash(header));
//   for (const log::Tile& tile : appender.take_tiles()) { transaction.tile(tile.level, tile.n,
//   tile.bytes); } transaction.log_state(appender.state());
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/log/merkle.hpp"
#include "huan/log/proof.hpp"

namespace huan::log {

inline constexpr unsigned kTileHeight = 8;
inline constexpr std::uint64_t kTileWidth = 256;
inline constexpr std::size_t kHashSize = 32;

class TileSource {
 public:
  virtual ~TileSource() = default;
  /// As last written; more hashes than were there at some earlier size do no harm.
  virtual std::optional<std::string> tile(std::int32_t level, std::uint64_t n) = 0;
};

struct Tile {
  std::int32_t level{0};
  std::uint64_t n{0};
  std::string bytes;
};

class Appender {
 public:
  Appender() = default;
  /// Goes on where state() was taken. store_failed if state and tiles do not fit together.
  [[nodiscard]] static base::Result<Appender> resume(std::string_view state, TileSource& tiles);

  void append(const Digest& leaf);
  [[nodiscard]] std::uint64_t size() const noexcept { return frontier_.size(); }
  [[nodiscard]] Digest root() const { return frontier_.root(); }
  [[nodiscard]] std::string state() const { return frontier_.serialise(); }
  /// What changed since the last call: each to be written whole, in place of what stood there.
  [[nodiscard]] std::vector<Tile> take_tiles();

 private:
  struct Edge {
    std::string bytes;  ///< of the level's last tile, while it is not full
    bool changed{false};
  };

  Frontier frontier_;
  std::vector<Edge> edges_;  // by level
  std::vector<Tile> full_;   // not yet taken
};

/// Nodes out of tiles; keeps the tiles it has read, so use one for each request or batch of proofs.
class TileNodes final : public NodeSource {
 public:
  explicit TileNodes(TileSource& tiles) : tiles_(tiles) {}
  std::optional<Digest> node(unsigned level, std::uint64_t index) override;

 private:
  TileSource& tiles_;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> read_;
};

/// The path of a tile as C2SP tlog-tiles names it, e.g. tile/0/x001/234.p/17; width 256 is a full
/// tile.
[[nodiscard]] std::string tile_path(std::int32_t level, std::uint64_t n, std::uint64_t width);

}  // namespace huan::log
