// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <filesystem>

#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "huan/track_store/track_store.hpp"
#include "vehicles.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStoreName = "huan.db";
constexpr const char* kFilesName = "huan.files";
constexpr const char* kTracksName = "huan.tracks.db";

struct Copied {
  std::uint64_t files{0};
  std::uint64_t bytes{0};
};

/// Files are content-addressed and never change: what is there already is skipped.
Copied copy_files(const fs::path& from, const fs::path& to) {
  Copied copied;
  if (!fs::exists(from)) {
    return copied;
  }
  fs::create_directories(to);
  for (const auto& entry : fs::recursive_directory_iterator{from}) {
    if (!entry.is_regular_file()) {
      continue;
    }
    const fs::path target = to / fs::relative(entry.path(), from);
    fs::create_directories(target.parent_path());
    fs::copy_file(entry.path(), target, fs::copy_options::skip_existing);
    ++copied.files;
    copied.bytes += entry.file_size();
  }
  return copied;
}

void say(const Common& common, const std::string& folder, const Copied& copied, bool restored) {
  const std::string keys = common.keys_folder();
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object()
        .member("files", static_cast<std::int64_t>(copied.files))
        .member("folder", folder);
    w.key("keys_left_out").begin_array();
    w.string(key_files::signer_file(keys)).string(key_files::vault_file(keys)).end_array();
    w.member("ok", true).end_object();
    fmt::print("{}\n", out);
    return;
  }
  fmt::print("{} {} with {} files\n", restored ? "restored from" : "backed up to", folder,
             copied.files);
  fmt::print("keys are left out, keep them apart: {} {}\n", key_files::signer_file(keys),
             key_files::vault_file(keys));
}

int backup(const Common& common, const std::string& folder) {
  const fs::path target = fs::path{folder} / kStoreName;
  if (fs::exists(target)) {
    return refused(
        common, {base::ErrorCode::in_use, folder, "there is a backup already; name a new folder"});
  }
  fs::create_directories(folder);
  const auto store = common.open(Open::read);
  Progress progress{"backup"};
  store->backup(target.string(), [&](std::int64_t done, std::int64_t all) {
    progress.at(static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(all));
    return true;
  });
  if (fs::exists(tracks_path(common))) {
    track_store::TrackStore{tracks_path(common)}.copy_to((fs::path{folder} / kTracksName).string());
  }
  say(common, folder, copy_files(common.files_folder(), fs::path{folder} / kFilesName), false);
  return kDone;
}

int restore(const Common& common, const std::string& folder) {
  const fs::path from = fs::path{folder} / kStoreName;
  const fs::path to = common.path();
  if (!fs::exists(from)) {
    return refused(common, {base::ErrorCode::not_found, folder, "there is no backup in it"});
  }
  if (fs::exists(to)) {
    return refused(common,
                   {base::ErrorCode::in_use, to.string(), "the store exists; move it away first"});
  }
  if (!to.parent_path().empty()) {
    fs::create_directories(to.parent_path());
  }
  const fs::path part = to.string() + ".part";
  fs::copy_file(from, part, fs::copy_options::overwrite_existing);
  const Copied copied = copy_files(fs::path{folder} / kFilesName, common.files_folder());
  if (const fs::path tracks = fs::path{folder} / kTracksName; fs::exists(tracks)) {
    fs::copy_file(tracks, tracks_path(common), fs::copy_options::overwrite_existing);
  }
  fs::rename(part, to);  // last: a store that is there is whole
  say(common, folder, copied, true);
  return kDone;
}

}  // namespace

void add_backup(CLI::App& root, Common& common, Verb& verb) {
  auto folder = std::make_shared<std::string>();
  CLI::App* out =
      add_verb(root, common, "backup", "a consistent copy of store and files while others go on");
  out->add_option("folder", *folder, "a new folder")->required();
  out->callback(
      [&common, &verb, folder] { verb = [&common, folder] { return backup(common, *folder); }; });
  CLI::App* in = add_verb(root, common, "restore", "make the store from a backup");
  in->add_option("folder", *folder, "a backup's folder")->required();
  in->callback(
      [&common, &verb, folder] { verb = [&common, folder] { return restore(common, *folder); }; });
}

}  // namespace huan::cli
