// SPDX-License-Identifier: Apache-2.0
// The only file of this module that touches the disk.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/registry/pack.hpp"

namespace huan::registry {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::array<std::string_view, 11> kFiles{
    "pack.toml",     "materials.toml", "schemes.toml", "qualifications.toml",
    "districts.csv", "streets.csv",    "villages.csv", "parties.csv",
    "places.csv",    "assets.csv",     "prices.csv"};
constexpr std::uintmax_t kFileBytesMax = 256U << 20U;
constexpr int kParentsMax = 8;

Result<PackFiles> read_folder(const fs::path& folder) {
  PackFiles files;
  for (const auto name : kFiles) {
    const fs::path path = folder / name;
    std::error_code missing;
    const auto size = fs::file_size(path, missing);
    if (missing) {
      continue;
    }
    if (size > kFileBytesMax) {
      return Error{ErrorCode::too_large, path.string(), "at most 256 MiB"};
    }
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) {
      return Error{ErrorCode::bad_pack, path.string(), "the file cannot be read"};
    }
    files.emplace(name, std::move(text));
  }
  return files;
}

Result<Pack> load(const fs::path& folder, int parents_left) {
  const std::string prefix = folder.string() + "/";
  HUAN_TRY(files, read_folder(folder));
  // The catalogue builds on the parent's, so the parent's name is needed first.
  const auto head = parse_pack_head(files);
  if (!head) {
    return head.error().within(prefix);
  }
  const std::string& parent = head->parent;
  if (parent.empty()) {
    auto pack = parse_pack(files, nullptr);
    return pack ? std::move(pack) : Result<Pack>{std::move(pack).error().within(prefix)};
  }
  if (parents_left == 0 || parent == "." || parent == ".." ||
      parent.find_first_of("/\\") != std::string::npos) {
    return Error{ErrorCode::bad_pack, prefix + "pack.toml",
                 "the name of a pack beside this one is expected as parent"};
  }
  HUAN_TRY(inherited, load((folder / ".." / parent).lexically_normal(), parents_left - 1));
  auto pack = parse_pack(files, &inherited);
  return pack ? std::move(pack) : Result<Pack>{std::move(pack).error().within(prefix)};
}

}  // namespace

Result<Pack> load_pack(const std::string& folder) {
  const fs::path path = fs::path{folder}.lexically_normal();
  return load(path.has_filename() ? path : path.parent_path(), kParentsMax);
}

}  // namespace huan::registry
