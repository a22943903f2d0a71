// SPDX-License-Identifier: Apache-2.0
#include "zip_archive.hpp"

#include <algorithm>
#include <set>

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

Error bad(std::string detail) { return Error{ErrorCode::bad_file, "", std::move(detail)}; }
Error large(std::string detail) { return Error{ErrorCode::too_large, "", std::move(detail)}; }

bool beyond_ratio(std::uint64_t unpacked, std::uint64_t packed, const TableLimits& limits) {
  return unpacked > limits.ratio_free_bytes && unpacked / limits.ratio_max > packed;
}

}  // namespace

base::Result<std::size_t> ZipEntry::read(std::span<char> into) {
  const zip_int64_t n = zip_fread(file_.get(), into.data(), into.size());
  if (n < 0) {
    return bad(name_ + " inside the file is damaged");
  }
  given_ += static_cast<std::uint64_t>(n);
  *total_ += static_cast<std::uint64_t>(n);
  if (given_ > stated_) {
    return bad(name_ + " is larger than the archive states");
  }
  if (given_ > limits_->entry_bytes_max || *total_ > limits_->total_bytes_max ||
      beyond_ratio(given_, packed_, *limits_)) {
    return large(name_ + " unpacks to far more than its size");
  }
  return static_cast<std::size_t>(n);
}

base::Result<std::unique_ptr<ZipArchive>> ZipArchive::open_file(const std::filesystem::path& path,
                                                                const TableLimits& limits) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) {
    return bad("there is no such file");
  }
  zip_source_t* source = zip_source_file_create(path.c_str(), 0, -1, nullptr);
  return adopt(std::unique_ptr<ZipArchive>{new ZipArchive{}}, source, limits);
}

base::Result<std::unique_ptr<ZipArchive>> ZipArchive::open_bytes(std::string bytes,
                                                                 const TableLimits& limits) {
  std::unique_ptr<ZipArchive> archive{new ZipArchive{}};
  archive->bytes_ = std::move(bytes);
  zip_source_t* source =
      zip_source_buffer_create(archive->bytes_.data(), archive->bytes_.size(), 0, nullptr);
  return adopt(std::move(archive), source, limits);
}

base::Result<std::unique_ptr<ZipArchive>> ZipArchive::adopt(std::unique_ptr<ZipArchive> archive,
                                                            zip_source_t* source,
                                                            const TableLimits& limits) {
  if (source == nullptr) {
    return bad("the file cannot be opened");
  }
  archive->limits_ = limits;
  archive->zip_.reset(zip_open_from_source(source, ZIP_RDONLY, nullptr));
  if (!archive->zip_) {
    zip_source_free(source);
    return bad("the file is not a whole XLSX archive");
  }
  HUAN_CHECK(archive->check_entries());
  return archive;
}

base::Result<void> ZipArchive::check_entries() const {
  const zip_int64_t count = zip_get_num_entries(zip_.get(), 0);
  if (count > limits_.entries_max) {
    return large("the archive has " + std::to_string(count) + " entries");
  }
  std::set<std::string_view> names;
  std::uint64_t total = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t kNeeded =
        ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 ||
        (stat.valid & kNeeded) != kNeeded) {
      return bad("the archive's list of entries is damaged");
    }
    if (!names.insert(stat.name).second) {
      return bad("the archive holds the same name twice");
    }
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) {
      return bad("the file is protected by a password; save it without one");
    }
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
      return bad("the archive is packed in a way that XLSX does not use");
    }
    total += std::min(stat.size, limits_.total_bytes_max + 1);
    if (stat.size > limits_.entry_bytes_max || total > limits_.total_bytes_max ||
        beyond_ratio(stat.size, stat.comp_size, limits_)) {
      return large("the archive would unpack to far more than its size");
    }
  }
  return {};
}

bool ZipArchive::has(std::string_view name) const {
  return zip_name_locate(zip_.get(), std::string{name}.c_str(), ZIP_FL_NOCASE) >= 0;
}

base::Result<ZipEntry> ZipArchive::open(std::string_view name) {
  ZipEntry entry;
  entry.name_ = name;
  const zip_int64_t index = zip_name_locate(zip_.get(), entry.name_.c_str(), ZIP_FL_NOCASE);
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (index < 0 || zip_stat_index(zip_.get(), static_cast<zip_uint64_t>(index), 0, &stat) != 0) {
    return bad("the file lacks its part " + entry.name_ + "; it is not an XLSX workbook");
  }
  entry.file_.reset(zip_fopen_index(zip_.get(), static_cast<zip_uint64_t>(index), 0));
  if (!entry.file_) {
    return bad(entry.name_ + " inside the file cannot be opened");
  }
  entry.packed_ = stat.comp_size;
  entry.stated_ = stat.size;
  entry.total_ = &total_;
  entry.limits_ = &limits_;
  return entry;
}

std::string ZipArchive::find_ending(std::string_view ending) const {
  const zip_int64_t count = zip_get_num_entries(zip_.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(zip_.get(), static_cast<zip_uint64_t>(i), 0);
    if (name != nullptr && std::string_view{name}.ends_with(ending)) {
      return name;
    }
  }
  return {};
}

}  // namespace huan::wire_table
