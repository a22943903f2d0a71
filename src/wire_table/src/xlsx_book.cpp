// SPDX-License-Identifier: Apache-2.0
#include "xlsx_book.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "huan/base/text.hpp"
#include "huan/wire_table/decimal.hpp"
#include "xml_stream.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kListedMax =
    100'000;  // sheets, relations, styles: far beyond any real workbook

int integer_or(std::optional<std::string_view> text, int otherwise) {
  int value = otherwise;
  if (text) {
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    return error == std::errc{} && end == text->data() + text->size() ? value : otherwise;
  }
  return value;
}

struct Relation {
  std::string id;
  std::string
      type;  ///< the last segment of its URI: worksheet, sharedStrings, styles, officeDocument
  std::string target;
};

class Relations final : public XmlHandler {
 public:
  explicit Relations(std::string folder) : folder_(std::move(folder)) {}
  void start(std::string_view name, const XmlAttributes& attributes) override {
    const auto target = attributes.find("Target");
    if (name != "Relationship" || !target || attributes.find("TargetMode") == "External") {
      return;
    }
    if (list.size() == kListedMax) {
      return refuse(ErrorCode::too_large, "the workbook has too many relations");
    }
    const std::string_view type = attributes.find("Type").value_or("");
    list.push_back({std::string{attributes.find("Id").value_or("")},
                    std::string{type.substr(type.rfind('/') + 1)}, resolve(*target)});
  }
  void end(std::string_view) override {}
  [[nodiscard]] std::string of_type(std::string_view type) const {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Relation& r) { return r.type == type; });
    return found == list.end() ? std::string{} : found->target;
  }

  std::vector<Relation> list;

 private:
  [[nodiscard]] std::string resolve(std::string_view target) const {
    if (target.starts_with('/')) {
      return std::string{target.substr(1)};
    }
    std::string folder = folder_;
    while (target.starts_with("../")) {
      target.remove_prefix(3);
      folder.pop_back();
      folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
      if (folder.empty()) {
        break;
      }
    }
    return folder + std::string{target};
  }
  std::string folder_;  ///< with its '/', empty at the root
};

struct Sheet {
  std::string name;
  std::string relation;
  bool visible{true};
};

class Workbook final : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") {
      const std::string_view flag = attributes.find("date1904").value_or("");
      from_1904 = flag == "1" || flag == "true";
    } else if (name == "sheet") {
      if (sheets.size() == kListedMax) {
        return refuse(ErrorCode::too_large, "the workbook has too many sheets");
      }
      sheets.push_back({std::string{attributes.find("name").value_or("")},
                        std::string{attributes.find_prefixed("id").value_or("")},
                        attributes.find("state").value_or("visible") == "visible"});
    }
  }
  void end(std::string_view) override {}

  std::vector<Sheet> sheets;
  bool from_1904{false};
};

class Styles final : public XmlHandler {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (kinds.size() == kListedMax || formats_.size() == kListedMax) {
      return refuse(ErrorCode::too_large, "the workbook has too many styles");
    }
    if (name == "cellXfs") {
      in_cells_ = true;
    } else if (name == "numFmt") {
      formats_[integer_or(attributes.find("numFmtId"), -1)] =
          attributes.find("formatCode").value_or("");
    } else if (name == "xf" && in_cells_) {
      const int id = integer_or(attributes.find("numFmtId"), 0);
      const auto own = formats_.find(id);
      kinds.push_back(kind_of_format(id, own == formats_.end() ? std::string_view{} : own->second));
    }
  }
  void end(std::string_view name) override { in_cells_ = in_cells_ && name != "cellXfs"; }

  std::vector<NumberKind> kinds;

 private:
  std::map<int, std::string> formats_;
  bool in_cells_{false};
};

/// <si> of <t>, or of runs <r><t>; what stands in <rPh> is a reading aid, not text.
class StringItems final : public XmlHandler {
 public:
  StringItems(std::string& text, std::vector<std::uint32_t>& ends, const TableLimits& limits)
      : text_(text), ends_(ends), limits_(limits) {}
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "rPh") {
      ++aids_;
    }
    in_text_ = name == "t" && aids_ == 0;
    run_.clear();
  }
  void text(std::string_view part) override {
    if (in_text_) {
      run_.append(part);
      check(run_.size());
    }
  }
  void end(std::string_view name) override {
    if (name == "rPh") {
      --aids_;
    } else if (in_text_ && name == "t") {
      append_unescaped(run_, text_);
    } else if (name == "si") {
      check(0);
      ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    }
    in_text_ = false;
  }

 private:
  void check(std::size_t more) {
    const std::size_t begin = ends_.empty() ? 0 : ends_.back();
    if (text_.size() - begin + more > limits_.cell_bytes_max) {
      refuse(ErrorCode::too_large,
             "a cell is larger than " + std::to_string(limits_.cell_bytes_max) + " bytes");
    }
    if (text_.size() + more + ends_.size() * sizeof(std::uint32_t) > limits_.shared_bytes_max) {
      refuse(ErrorCode::too_large, "the workbook has too much text; save the sheet as CSV");
    }
  }
  std::string& text_;
  std::vector<std::uint32_t>& ends_;
  const TableLimits& limits_;
  std::string run_;
  int aids_{0};
  bool in_text_{false};
};

base::Result<void> read_part(ZipArchive& archive, const std::string& part, XmlHandler& handler) {
  HUAN_TRY(entry, archive.open(part));
  XmlStream stream{std::move(entry), handler};
  return stream.pump_all();
}

base::Result<Sheet> choose(const std::vector<Sheet>& sheets, std::string_view wanted) {
  const auto found = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& sheet) {
    return wanted.empty() ? sheet.visible : narrow(sheet.name) == narrow(wanted);
  });
  if (found != sheets.end()) {
    return *found;
  }
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(sheets.size(), 20); ++i) {
    names += (i == 0 ? "" : ", ") + sheets[i].name;
  }
  return Error{ErrorCode::bad_file, "",
               "there is no sheet \"" + std::string{wanted} + "\"; there are: " + names};
}

std::optional<char> control_character(std::string_view escape) {
  unsigned value = 0;
  if (escape.size() < 7 || !escape.starts_with("_x") || escape[6] != '_') {
    return std::nullopt;
  }
  const auto [end, error] = std::from_chars(escape.data() + 2, escape.data() + 6, value, 16);
  const bool known = error == std::errc{} && end == escape.data() + 6 &&
                     ((value > 0 && value < 0x20) || value == '_');
  return known ? std::optional{static_cast<char>(value)} : std::nullopt;
}

}  // namespace

void append_unescaped(std::string_view stored, std::string& out) {
  while (true) {
    const std::size_t at = stored.find("_x");
    out.append(stored.substr(0, at));
    if (at == std::string_view::npos) {
      return;
    }
    stored.remove_prefix(at);
    const auto control = control_character(stored.substr(0, 7));
    out.push_back(control.value_or('_'));
    stored.remove_prefix(control ? 7 : 1);
  }
}

std::string_view SharedStrings::at(std::size_t i) const {
  const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::string_view{text_}.substr(begin, ends_[i] - begin);
}

base::Result<void> SharedStrings::load(ZipArchive& archive, const std::string& part,
                                       const TableLimits& limits) {
  StringItems items{text_, ends_, limits};
  return read_part(archive, part, items);
}

base::Result<XlsxBook> load_book(ZipArchive& archive, std::string_view sheet,
                                 const TableLimits& limits) {
  if (!archive.find_ending("vbaProject.bin").empty()) {
    return Error{ErrorCode::bad_file, "",
                 "the workbook holds macros; save it as .xlsx without them"};
  }
  Relations top{""};
  HUAN_CHECK(read_part(archive, "_rels/.rels", top));
  const std::string book_part = top.of_type("officeDocument");
  const std::size_t slash = book_part.rfind('/');
  const std::string folder =
      slash == std::string::npos ? std::string{} : book_part.substr(0, slash + 1);
  Workbook workbook;
  HUAN_CHECK(read_part(archive, book_part, workbook));
  Relations relations{folder};
  HUAN_CHECK(
      read_part(archive, folder + "_rels/" + book_part.substr(folder.size()) + ".rels", relations));

  HUAN_TRY(chosen, choose(workbook.sheets, sheet));
  const auto relation = std::find_if(relations.list.begin(), relations.list.end(),
                                     [&](const Relation& r) { return r.id == chosen.relation; });
  if (relation == relations.list.end() || relation->type != "worksheet") {
    return Error{ErrorCode::bad_file, "", "\"" + chosen.name + "\" is not a sheet with cells"};
  }
  XlsxBook book;
  book.sheet_name = chosen.name;
  book.sheet_part = relation->target;
  book.from_1904 = workbook.from_1904;
  if (const std::string part = relations.of_type("styles"); archive.has(part)) {
    Styles styles;
    HUAN_CHECK(read_part(archive, part, styles));
    book.kinds = std::move(styles.kinds);
  }
  if (const std::string part = relations.of_type("sharedStrings"); archive.has(part)) {
    HUAN_CHECK(book.strings.load(archive, part, limits));
  }
  return book;
}

}  // namespace huan::wire_table
