// SPDX-License-Identifier: Apache-2.0
#include "fault_vfs.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <new>
#include <string>

#include "fault_disk.hpp"

namespace huan::faults {

namespace {

FaultDisk* the_disk = nullptr;

sqlite3_vfs* system_vfs() {
  static sqlite3_vfs* const kSystem = sqlite3_vfs_find(nullptr);
  return kSystem;
}

/// Ours, then in the same block the system's own.
struct File {
  sqlite3_file base{};
  sqlite3_file* real{nullptr};
  std::string* path{nullptr};  ///< null: a temporary file, which a cut may take
};

File* ours(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return ours(file)->real; }

/// Whether the fault disk looks after the file.
bool watched(sqlite3_file* file) { return the_disk != nullptr && ours(file)->path != nullptr; }

int close_file(sqlite3_file* file) {
  const int code = real(file)->pMethods->xClose(real(file));
  delete ours(file)->path;
  ours(file)->path = nullptr;
  return code;
}

int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  if (watched(file) && the_disk->is_cut()) {
    return SQLITE_IOERR_READ;
  }
  return real(file)->pMethods->xRead(real(file), into, size, offset);
}

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  if (watched(file)) {
    const int code = the_disk->before_write(*ours(file)->path, offset, data, size);
    if (code != SQLITE_OK) {
      return code;
    }
  }
  return real(file)->pMethods->xWrite(real(file), data, size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (watched(file)) {
    const int code = the_disk->before_truncate(*ours(file)->path, size);
    if (code != SQLITE_OK) {
      return code;
    }
  }
  return real(file)->pMethods->xTruncate(real(file), size);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
  // The real one is not needed: what a cut leaves is decided by the disk.
  return watched(file) ? the_disk->before_sync(*ours(file)->path) : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int kind) { return real(file)->pMethods->xLock(real(file), kind); }
int unlock(sqlite3_file* file, int kind) { return real(file)->pMethods->xUnlock(real(file), kind); }
int check_lock(sqlite3_file* file, int* result) {
  return real(file)->pMethods->xCheckReservedLock(real(file), result);
}
int control(sqlite3_file* file, int operation, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int shm_map(sqlite3_file* file, int page, int size, int extend, void volatile** memory) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
int shm_lock(sqlite3_file* file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int shm_unmap(sqlite3_file* file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

const sqlite3_io_methods* methods() {
  static const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods m{};
    m.iVersion = 2;  // with shared memory, without mapped reading
    m.xClose = close_file;
    m.xRead = read_file;
    m.xWrite = write_file;
    m.xTruncate = truncate_file;
    m.xSync = sync_file;
    m.xFileSize = file_size;
    m.xLock = lock;
    m.xUnlock = unlock;
    m.xCheckReservedLock = check_lock;
    m.xFileControl = control;
    m.xSectorSize = sector_size;
    m.xDeviceCharacteristics = characteristics;
    m.xShmMap = shm_map;
    m.xShmLock = shm_lock;
    m.xShmBarrier = shm_barrier;
    m.xShmUnmap = shm_unmap;
    return m;
  }();
  return &kMethods;
}

int open_file(sqlite3_vfs* /*vfs*/, sqlite3_filename name, sqlite3_file* file, int flags,
              int* out_flags) {
  auto* opened = new (file) File;
  opened->real = reinterpret_cast<sqlite3_file*>(reinterpret_cast<std::byte*>(file) + sizeof(File));
  if (the_disk != nullptr && the_disk->is_cut()) {
    return SQLITE_CANTOPEN;
  }
  const int code = system_vfs()->xOpen(system_vfs(), name, opened->real, flags, out_flags);
  if (opened->real->pMethods == nullptr) {
    return code;  // SQLite does not close what has no methods
  }
  opened->base.pMethods = methods();
  if (name != nullptr) {
    opened->path = new std::string(name);
  }
  return code;
}

int remove_file(sqlite3_vfs* /*vfs*/, const char* name, int sync) {
  if (the_disk != nullptr) {
    const int code = the_disk->before_remove(name, sync != 0);
    if (code != SQLITE_OK) {
      return code;
    }
  }
  return system_vfs()->xDelete(system_vfs(), name, sync);
}

}  // namespace

void install(FaultDisk* disk) {
  the_disk = disk;
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs copy = *system_vfs();
    copy.szOsFile += static_cast<int>(sizeof(File));
    copy.pNext = nullptr;
    copy.zName = kVfsName;
    copy.xOpen = open_file;
    copy.xDelete = remove_file;
    return copy;
  }();
  static const int kRegistered = sqlite3_vfs_register(&vfs, 0);
  (void)kRegistered;
}

}  // namespace huan::faults
