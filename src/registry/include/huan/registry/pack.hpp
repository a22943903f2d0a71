// SPDX-License-Identifier: Apache-2.0
// A pack 数据包: what a jurisdiction is, as data (docs/packs.md): its code, offset and districts
// down to the communities, the catalogue with its reporting schemes, and what of places, parties,
// assets and prices is known or generated. A pack inherits catalogue, schemes and qualifications of
// its parent. Errors are `bad_pack`, and name the file, the line and what was expected.
//
//   HUAN_TRY(pack, load_pack("packs/shijiazhuang"));
//   for (const Draft& draft : drafts(pack)) { … record_id(pack, draft), pack.records_from … }
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/registry/coordinates.hpp"
#include "huan/registry/material.hpp"
#include "huan/registry/network.hpp"
#include "huan/registry/record.hpp"

namespace huan::registry {

struct Label {
  std::string code;
  std::string zh;
  std::string en;
};

/// A list of kinds that somebody reports by.
struct Scheme {
  Label label;
  std::vector<Label> items;
  std::string source;
};

struct Pack {
  std::string name;
  Label city;  ///< code: 130100, x-nyc; of a base pack empty
  std::string version;
  std::string parent;  ///< name of the pack it inherits from; empty: none
  std::string source;  ///< the document that it follows
  std::optional<base::Day> effective_from;
  std::optional<base::Day> effective_to;
  base::Instant records_from;    ///< from when its records hold
  std::int32_t utc_offset_s{0};  ///< fixed: days do not follow daylight saving
  std::string time_zone;         ///< IANA name, for display only
  std::vector<District> districts;
  std::vector<Street> streets;
  std::vector<Community> communities;
  Catalogue catalogue;
  std::vector<Scheme> schemes;
  std::vector<Label> qualifications;
  Network stated;  ///< places, parties, assets that the pack lists
  std::vector<std::pair<std::string, Price>> prices;  ///< by record key
  GenerateSpec generate;
};

/// File name → contents, of one folder.
using PackFiles = std::map<std::string, std::string, std::less<>>;

/// pack.toml alone: what the pack is called, where it belongs, what it inherits from.
[[nodiscard]] base::Result<Pack> parse_pack_head(const PackFiles& files);

/// Pure: errors are positioned as "districts.csv line 14".
[[nodiscard]] base::Result<Pack> parse_pack(const PackFiles& files, const Pack* parent);

/// One folder of a pack as it is on disk.
struct PackFolder {
  std::string path;  ///< ends with a slash; errors put it before their file
  PackFiles files;   ///< every .toml and .csv in it
};

/// The folder and those of its parents beside it, the oldest first. Parents that come round to
/// where they began are refused.
[[nodiscard]] base::Result<std::vector<PackFolder>> read_pack_folders(const std::string& folder);

/// What read_pack_folders() gave, as one pack.
[[nodiscard]] base::Result<Pack> parse_pack_folders(const std::vector<PackFolder>& folders);

/// Reads the folder and the folders of its parents beside it.
[[nodiscard]] base::Result<Pack> load_pack(const std::string& folder);

/// Everything that `init` records: the pack itself, materials, parties, places, assets, prices;
/// with what the pack has generated. The same on every machine.
[[nodiscard]] std::vector<Draft> drafts(const Pack& pack);

/// The same record of the same pack has the same id, so that a second init repeats and adds
/// nothing.
[[nodiscard]] base::Uuid record_id(const Pack& pack, const Draft& draft);

}  // namespace huan::registry
