// SPDX-License-Identifier: Apache-2.0
// The only file of this module that touches the disk.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/registry/pack.hpp"
#include "huan/registry/toml_document.hpp"

namespace huan::registry {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::uintmax_t kFileBytesMax = 256U << 20U;
constexpr std::size_t kFilesMax = 100;
constexpr std::size_t kFoldersMax = 9;

Result<std::string> read_file(const fs::path& path) {
  std::error_code failed;
  if (fs::file_size(path, failed) > kFileBytesMax && !failed) {
    return Error{ErrorCode::too_large, path.string(), "at most 256 MiB"};
  }
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (failed || (!in.good() && !in.eof())) {
    return Error{ErrorCode::bad_pack, path.string(), "the file cannot be read"};
  }
  return text;
}

Result<PackFiles> read_folder(const fs::path& folder) {
  PackFiles files;
  std::error_code failed;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const fs::path& path = at->path();
    if ((path.extension() != ".toml" && path.extension() != ".csv") || !at->is_regular_file()) {
      continue;
    }
    if (files.size() == kFilesMax) {
      return Error{ErrorCode::too_large, folder.string(), "at most 100 files"};
    }
    HUAN_TRY(text, read_file(path));
    files.emplace(path.filename().string(), std::move(text));
  }
  return files;
}

/// The error at `parent` in the folder's pack.toml.
Error parent_error(const PackFolder& folder, const std::string& expected) {
  const auto& text = folder.files.at("pack.toml");
  const Error error{ErrorCode::bad_pack, "/parent", expected};
  const auto toml = TomlDocument::parse("pack.toml", text);
  return (toml ? toml->located(error) : error).within(folder.path);
}

bool is_beside(std::string_view parent) {
  return parent != "." && parent != ".." && parent.find_first_of("/\\") == std::string_view::npos;
}

}  // namespace

Result<std::vector<PackFolder>> read_pack_folders(const std::string& folder) {
  fs::path path = fs::path{folder}.lexically_normal();
  path = path.has_filename() ? path : path.parent_path();
  std::vector<PackFolder> chain;
  std::string names = path.filename().string();
  while (true) {
    HUAN_TRY(files, read_folder(path));
    chain.push_back({path.string() + "/", std::move(files)});
    const PackFolder& last = chain.back();
    const auto head = parse_pack_head(last.files);
    if (!head) {
      return head.error().within(last.path);
    }
    const std::string& parent = head->parent;
    if (parent.empty()) {
      break;
    }
    if (!is_beside(parent)) {
      return parent_error(last, "the name of a pack beside this one is expected as parent");
    }
    path = (path / ".." / parent).lexically_normal();
    names += " → " + parent;
    const std::string next = path.string() + "/";
    const bool seen = std::any_of(chain.begin(), chain.end(),
                                  [&](const PackFolder& one) { return one.path == next; });
    if (seen || chain.size() == kFoldersMax) {
      return parent_error(last, seen ? "a line of parents with an end is expected, found " + names
                                     : "at most eight parents are expected");
    }
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

Result<Pack> parse_pack_folders(const std::vector<PackFolder>& folders) {
  HUAN_ASSERT(!folders.empty());
  std::optional<Pack> pack;
  for (const PackFolder& folder : folders) {
    auto next = parse_pack(folder.files, pack ? &*pack : nullptr);
    if (!next) {
      return std::move(next).error().within(folder.path);
    }
    pack = std::move(*next);
  }
  return std::move(*pack);
}

Result<Pack> load_pack(const std::string& folder) {
  HUAN_TRY(folders, read_pack_folders(folder));
  return parse_pack_folders(folders);
}

}  // namespace huan::registry
