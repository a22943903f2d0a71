// SPDX-License-Identifier: Apache-2.0
#include "fault_disk.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "fault_vfs.hpp"

namespace huan::faults {

namespace {

constexpr std::size_t kSector = 512;
constexpr double kTorn = 0.05;

}  // namespace

FaultDisk::FaultDisk(std::uint64_t seed) : random_(seed) { install(this); }

FaultDisk::~FaultDisk() { install(nullptr); }

const char* FaultDisk::vfs() { return kVfsName; }

bool FaultDisk::chance(double probability) {
  return std::uniform_real_distribution<double>(0, 1)(random_) < probability;
}

bool FaultDisk::step() {
  if (is_cut_) {
    return false;
  }
  ++changes_;
  if (changes_ == cut_at_) {
    cut();
    return false;
  }
  return true;
}

void FaultDisk::apply(std::string& bytes, const Change& change) {
  if (change.truncates) {
    bytes.resize(change.offset, '\0');
    return;
  }
  if (bytes.size() < change.offset + change.bytes.size()) {
    bytes.resize(change.offset + change.bytes.size(), '\0');
  }
  std::copy(change.bytes.begin(), change.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

void FaultDisk::apply_some(std::string& bytes, const Change& change, double kept) {
  if (change.truncates) {
    if (chance(kept)) {
      apply(bytes, change);
    }
    return;
  }
  std::size_t at = 0;
  while (at < change.bytes.size()) {
    const std::size_t sector_end = (change.offset + at) / kSector * kSector + kSector;
    auto size = std::min(change.bytes.size() - at, sector_end - change.offset - at);
    const auto next = at + size;
    if (chance(kept)) {
      if (chance(kTorn)) {
        size = std::uniform_int_distribution<std::size_t>(0, size)(random_);
      }
      apply(bytes, {change.offset + at, change.bytes.substr(at, size), false, false});
    }
    at = next;
  }
}

void FaultDisk::cut() {
  if (is_cut_) {
    return;
  }
  is_cut_ = true;
  constexpr double kKept[] = {0, 0.2, 0.5, 0.9, 1};
  const double kept = kKept[std::uniform_int_distribution<std::size_t>(0, 4)(random_)];
  for (auto& [path, file] : files_) {
    const auto name = std::filesystem::path(path).filename().string();
    auto bytes = file.synced;
    for (const auto& change : file.since) {
      apply_some(bytes, change, kept);
    }
    if (!file.exists && file.removed && chance(0.5)) {
      left_[name] = *file.removed;
    } else if (file.exists || (!file.since.empty() && chance(kept))) {
      left_[name] = bytes;
    }
  }
}

void FaultDisk::leave(const std::string& folder) const {
  for (const auto& [name, bytes] : left_) {
    std::ofstream(folder + "/" + name, std::ios::binary) << bytes;
  }
}

int FaultDisk::before_write(const std::string& path, sqlite3_int64 offset, const void* data,
                            int size) {
  // What is being written when the power goes may be there as well.
  auto& file = files_[path];
  file.since.push_back({static_cast<std::size_t>(offset),
                        std::string(static_cast<const char*>(data), static_cast<std::size_t>(size)),
                        false, false});
  if (!step()) {
    return SQLITE_IOERR_WRITE;
  }
  if (full_.holds(changes_)) {
    file.since.pop_back();
    return SQLITE_FULL;
  }
  return SQLITE_OK;
}

int FaultDisk::before_truncate(const std::string& path, sqlite3_int64 size) {
  files_[path].since.push_back({static_cast<std::size_t>(size), "", true, false});
  return step() ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int FaultDisk::before_sync(const std::string& path) {
  if (!step()) {
    return SQLITE_IOERR_FSYNC;
  }
  auto& file = files_[path];
  if (unsynced_.holds(changes_)) {
    for (auto& change : file.since) {
      change.doubtful = true;
    }
    return SQLITE_IOERR_FSYNC;
  }
  // The system forgot which of the doubtful ones still have to be written: some reached the disk.
  for (const auto& change : file.since) {
    if (change.doubtful) {
      apply_some(file.synced, change, 0.5);
    } else {
      apply(file.synced, change);
    }
  }
  file.since.clear();
  file.exists = true;
  file.removed.reset();
  return SQLITE_OK;
}

int FaultDisk::before_remove(const std::string& path, bool synced) {
  if (!step()) {
    return SQLITE_IOERR_DELETE;
  }
  auto& file = files_[path];
  File gone;
  if (!synced && file.exists) {
    gone.removed = file.synced;
  }
  file = std::move(gone);
  return SQLITE_OK;
}

}  // namespace huan::faults
