// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "huan/wire_table/table_reader.hpp"
#include "xlsx_sheet.hpp"

namespace huan::wire_table {
namespace {

using base::Error;

class XlsxReader final : public TableReader {
 public:
  XlsxReader(std::unique_ptr<ZipArchive> archive, const TableOptions& options)
      : archive_(std::move(archive)), limits_(options.limits), name_(options.name) {}

  base::Result<void> start(std::string_view sheet) {
    HUAN_TRY(book, load_book(*archive_, sheet, limits_));
    book_ = std::move(book);
    HUAN_TRY(entry, archive_->open(book_.sheet_part));
    handler_ = std::make_unique<SheetHandler>(book_, limits_);
    stream_ = std::make_unique<XmlStream>(std::move(entry), *handler_);
    return {};
  }

  base::Result<bool> next() override {
    while (!failed_) {
      if (const SheetRow* row = handler_->take()) {
        publish(*row);
        return true;
      }
      if (pending_) {
        failed_ = pending_;
        break;
      }
      if (ended_) {
        return false;
      }
      auto more = stream_->pump();
      if (!more) {
        pending_ = at_row(std::move(more).error());  // the rows before it are still good
      } else {
        ended_ = !*more;
      }
    }
    return *failed_;
  }

  [[nodiscard]] std::string description() const override {
    return "XLSX, sheet " + book_.sheet_name;
  }

 private:
  void publish(const SheetRow& row) {
    row_.number = row.number;
    row_.cells.assign(row.cells.back().column + 1, std::string_view{});
    for (const SheetCell& cell : row.cells) {
      row_.cells[cell.column] = cell.shared ? book_.strings.at(cell.at)
                                            : std::string_view{row.text}.substr(cell.at, cell.size);
    }
  }
  [[nodiscard]] Error at_row(Error error) const {
    error.at = (name_.empty() ? "row " : name_ + " row ") + std::to_string(handler_->row_number());
    return error;
  }

  std::unique_ptr<ZipArchive> archive_;
  TableLimits limits_;
  std::string name_;
  XlsxBook book_;
  std::unique_ptr<SheetHandler> handler_;
  std::unique_ptr<XmlStream> stream_;
  std::optional<Error> pending_;
  std::optional<Error> failed_;
  bool ended_{false};
};

base::Result<std::unique_ptr<TableReader>> start(base::Result<std::unique_ptr<ZipArchive>> archive,
                                                 const TableOptions& options) {
  const auto named = [&](Error error) {
    error.at = options.name;
    return error;
  };
  if (!archive) {
    return named(std::move(archive).error());
  }
  auto reader = std::make_unique<XlsxReader>(std::move(*archive), options);
  if (auto started = reader->start(options.sheet); !started) {
    return named(std::move(started).error());
  }
  return std::unique_ptr<TableReader>{std::move(reader)};
}

}  // namespace

base::Result<std::unique_ptr<TableReader>> open_xlsx_file(const std::filesystem::path& path,
                                                          const TableOptions& options) {
  return start(ZipArchive::open_file(path, options.limits), options);
}

base::Result<std::unique_ptr<TableReader>> open_xlsx_bytes(std::string bytes,
                                                           const TableOptions& options) {
  return start(ZipArchive::open_bytes(std::move(bytes), options.limits), options);
}

}  // namespace huan::wire_table
