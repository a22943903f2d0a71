// SPDX-License-Identifier: Apache-2.0
// Which column fills which field: the mapping and the usual headers, held against one header row.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "field_table.hpp"
#include "huan/wire_table/importer.hpp"

namespace huan::wire_table {

struct BoundPart {
  std::string text;
  std::size_t column{0};
  std::size_t width{0};
  bool last{false};  ///< text alone
};

struct BoundField {
  enum class From { nothing, column, text, constant };
  From from{From::nothing};
  std::size_t column{0};
  std::vector<BoundPart> parts;
  std::string constant;
  std::string header;  ///< for errors
  Unit unit;
  bool percent{false};
};

struct BoundLine {
  std::size_t column{0};
  std::string header;
  std::string material;
  Unit unit;
};

struct BoundKey {
  const FieldInfo* field{nullptr};  ///< or a column that is no field
  std::size_t column{0};
  std::string header;
};

struct Binding {
  std::vector<BoundField> fields;  ///< in the order of fields_of(kind)
  std::vector<BoundLine> lines;
  std::vector<BoundKey> key;
  std::vector<std::string> headers;
  std::vector<bool> personal;  ///< by column
  std::vector<std::size_t>
      persons;  ///< columns that are personal where the row is a person's: names
  ImportPlan plan;
};

/// Errors: missing_column (all that are missing), bad_file (a header twice, a unit that is not
/// known), bad_mapping. `matched` counts the fields found in columns, to tell a header from a
/// title.
base::Result<Binding> bind(const Row& row, const Mapping& mapping, const ImportOptions& options,
                           std::size_t& matched);

}  // namespace huan::wire_table
