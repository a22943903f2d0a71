// SPDX-License-Identifier: Apache-2.0
// A hostile ZIP archive, read. Names, counts and stated sizes are checked when it is opened; the
// bytes that really come out are counted again, over all entries together, since stated sizes lie.
#pragma once

#include <zip.h>

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {

class ZipEntry {
 public:
  /// 0 at the end. Errors: too_large beyond the limits, bad_file when the archive is damaged.
  base::Result<std::size_t> read(std::span<char> into);
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  friend class ZipArchive;
  struct Close {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };
  std::unique_ptr<zip_file_t, Close> file_;
  std::string name_;
  std::uint64_t packed_{0};
  std::uint64_t stated_{0};
  std::uint64_t given_{0};
  std::uint64_t* total_{nullptr};  ///< the archive's; it outlives its entries
  const TableLimits* limits_{nullptr};
};

class ZipArchive {
 public:
  static base::Result<std::unique_ptr<ZipArchive>> open_file(const std::filesystem::path& path,
                                                             const TableLimits& limits);
  static base::Result<std::unique_ptr<ZipArchive>> open_bytes(std::string bytes,
                                                              const TableLimits& limits);

  [[nodiscard]] bool has(std::string_view name) const;
  /// Errors: bad_file when there is no such entry.
  base::Result<ZipEntry> open(std::string_view name);
  /// The name of an entry that ends so, empty when there is none.
  [[nodiscard]] std::string find_ending(std::string_view ending) const;

 private:
  struct Close {
    void operator()(zip_t* zip) const { zip_discard(zip); }
  };
  ZipArchive() = default;
  static base::Result<std::unique_ptr<ZipArchive>> adopt(std::unique_ptr<ZipArchive> archive,
                                                         zip_source_t* source,
                                                         const TableLimits& limits);
  base::Result<void> check_entries() const;

  std::string bytes_;
  std::unique_ptr<zip_t, Close> zip_;
  TableLimits limits_;
  std::uint64_t total_{0};
};

}  // namespace huan::wire_table
