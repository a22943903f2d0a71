// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "contract.hpp"
#include "huan/store_sqlite/store.hpp"

namespace huan::contract {

namespace {

class SqliteBackend final : public Backend {
 public:
  SqliteBackend() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "huan-contract-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
      throw std::runtime_error("no folder for the test");
    }
    folder_ = pattern;
    store_ = store_sqlite::open({.path = path(), .create = true});
  }
  ~SqliteBackend() override {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  store::Store& store() override { return *store_; }
  bool reopen() override {
    store_.reset();
    store_ = store_sqlite::open({.path = path()});
    return true;
  }
  std::unique_ptr<store::Store> second_writer() override {
    return store_sqlite::open({.path = path()});
  }
  std::string fresh_path(const std::string& name) override { return folder_ + "/" + name; }

 private:
  [[nodiscard]] std::string path() const { return folder_ + "/huan.db"; }

  std::string folder_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace

std::unique_ptr<Backend> make_backend() { return std::make_unique<SqliteBackend>(); }

}  // namespace huan::contract
