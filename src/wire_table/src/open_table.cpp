// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

enum class Kind { csv, xlsx, compound };

Kind kind_of(std::string_view front) {
  if (front.starts_with("PK\x03\x04") || front.starts_with("PK\x05\x06")) {
    return Kind::xlsx;
  }
  return front.starts_with("\xD0\xCF\x11\xE0") ? Kind::compound : Kind::csv;
}

Error compound(const TableOptions& options) {
  return Error{ErrorCode::bad_file, options.name,
               "the file is an old .xls or is protected by a password; save it as .xlsx without "
               "one, or as CSV"};
}

}  // namespace

base::Result<std::unique_ptr<TableReader>> open_table_file(const std::filesystem::path& path,
                                                           const TableOptions& options) {
  HUAN_TRY(source, FileSource::open(path));
  std::array<char, 4> front{};
  const std::size_t n = source->read(front);
  const Kind kind = kind_of({front.data(), n});
  if (kind == Kind::compound) {
    return compound(options);
  }
  if (kind == Kind::xlsx) {
    return open_xlsx_file(path, options);
  }
  HUAN_TRY(again, FileSource::open(path));
  return open_csv(std::move(again), options);
}

base::Result<std::unique_ptr<TableReader>> open_table_bytes(std::string bytes,
                                                            const TableOptions& options) {
  const Kind kind = kind_of(bytes);
  if (kind == Kind::compound) {
    return compound(options);
  }
  if (kind == Kind::xlsx) {
    return open_xlsx_bytes(std::move(bytes), options);
  }
  return open_csv(std::make_unique<MemorySource>(std::move(bytes)), options);
}

}  // namespace huan::wire_table
