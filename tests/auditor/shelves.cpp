// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <stdexcept>

#include "app_subject.hpp"
#include "huan/store/testing/memory_store.hpp"
#include "huan/store_sqlite/store.hpp"

namespace huan::auditor {
namespace {

class MemoryShelf final : public Shelf {
 public:
  store::Store& store() override { return *store_; }
  bool reopen() override { return false; }

 private:
  std::unique_ptr<store::Store> store_ = store::testing::memory_store();
};

class SqliteShelf final : public Shelf {
 public:
  SqliteShelf() {
    // In memory where the system has such a folder: what a sync costs is no matter here.
    const std::filesystem::path memory{"/dev/shm"};
    const auto base =
        std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    std::string pattern = (base / "huan-audit-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("no folder for the test");
    }
    folder_ = pattern;
    store_ = store_sqlite::open({.path = folder_ + "/huan.db", .create = true});
  }
  SqliteShelf(const SqliteShelf&) = delete;
  SqliteShelf& operator=(const SqliteShelf&) = delete;
  ~SqliteShelf() override {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  store::Store& store() override { return *store_; }
  bool reopen() override {
    store_.reset();
    store_ = store_sqlite::open({.path = folder_ + "/huan.db"});
    return true;
  }

 private:
  std::string folder_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace

std::unique_ptr<Shelf> memory_shelf() { return std::make_unique<MemoryShelf>(); }
std::unique_ptr<Shelf> sqlite_shelf() { return std::make_unique<SqliteShelf>(); }

}  // namespace huan::auditor
