// SPDX-License-Identifier: Apache-2.0
#include "contract.hpp"
#include "huan/store/testing/memory_store.hpp"

namespace huan::contract {

namespace {

class MemoryBackend final : public Backend {
 public:
  store::Store& store() override { return *store_; }
  bool reopen() override { return false; }
  std::unique_ptr<store::Store> second_writer() override {
    throw store::Failure(base::ErrorCode::store_busy, "memory belongs to one process");
  }
  std::string fresh_path(const std::string& name) override { return name; }

 private:
  std::unique_ptr<store::Store> store_ = store::testing::memory_store();
};

}  // namespace

std::unique_ptr<Backend> make_backend() { return std::make_unique<MemoryBackend>(); }

}  // namespace huan::contract
