// SPDX-License-Identifier: Apache-2.0
// Records that are known by their number alone, with all that belongs to them: whoever knows how
// many there are knows what a store has to hold, to the byte.
#pragma once

#include <string>
#include <string_view>

#include "huan/store/store.hpp"

namespace huan::faults {

inline constexpr std::string_view kCity = "130100";

/// A folder of its own, gone with the object.
class Folder {
 public:
  Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder();
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string database() const { return path_ + "/huan.db"; }

 private:
  std::string path_;
};

/// A record with all that belongs to it.
void put(store::Transaction& transaction, store::Seq seq);
/// Everything is what the records 1 … last make it, and nothing else is there.
void expect_whole(store::Store& store, store::Seq last);
/// SQLite finds no fault in the file.
void expect_sound_file(const std::string& path);

}  // namespace huan::faults
