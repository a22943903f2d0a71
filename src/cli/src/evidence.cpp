// SPDX-License-Identifier: Apache-2.0
// Evidence and declared values out of a CSV file, through the one write path. The same row sent
// again changes nothing; a row with the key of another replaces it.
#include "huan/registry/evidence.hpp"

#include <fmt/core.h>

#include <fstream>
#include <iterator>
#include <map>

#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/json.hpp"
#include "huan/registry/csv_rows.hpp"
#include "huan/wire_pack/rules.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct EvidenceOptions {
  std::string file;
  std::string pack;
};

struct Read {
  std::vector<app::RegistryPut> puts;
};

std::string cell(const registry::CsvRows& csv, const registry::CsvRow& row,
                 std::string_view column) {
  return std::string(csv.cell(row, column));
}

Result<std::optional<base::Day>> day_in(const registry::CsvRows& csv, const registry::CsvRow& row,
                                        std::string_view column) {
  const auto text = csv.cell(row, column);
  const auto day = text.empty() ? std::nullopt : base::parse_day(text);
  if (!text.empty() && !day) {
    return csv.error(row, column, "a day like 2025-06-30");
  }
  return day;
}

/// "key" as given, else made of what the row is about, so that it is the same next time.
std::string key_of(const registry::CsvRows& csv, const registry::CsvRow& row,
                   const std::string& about) {
  const std::string given = cell(csv, row, "key");
  return given.empty() ? crypto::hex(crypto::sha256(about)).substr(0, 32) : given;
}

app::RegistryPut put_of(std::string kind, std::string key, std::string data) {
  app::RegistryPut put;
  put.kind = std::move(kind);
  put.key = std::move(key);
  put.data = std::move(data);
  return put;
}

bool is_yes(std::string_view text) { return text == "true" || text == "yes" || text == "是"; }
bool is_no(std::string_view text) { return text == "false" || text == "no" || text == "否"; }

Result<registry::Evidence> evidence_of(const registry::CsvRows& csv, const registry::CsvRow& row,
                                       const norms::FactTable& table) {
  registry::Evidence evidence;
  evidence.subject_kind = cell(csv, row, "subject_kind");
  evidence.subject = cell(csv, row, "subject");
  evidence.fact = cell(csv, row, "fact");
  const norms::FactType* type = table.find(evidence.fact);
  if (type == nullptr) {
    return csv.error(row, "fact", "a fact that the pack's norms know");
  }
  if (name(type->subject) != evidence.subject_kind) {
    return csv.error(row, "subject_kind", std::string(name(type->subject)));
  }
  const auto value = csv.cell(row, "value");
  evidence.unit = cell(csv, row, "unit");
  if (type->type == norms::ValueType::yes_no) {
    if (!is_yes(value) && !is_no(value)) {
      return csv.error(row, "value", "true or false");
    }
    evidence.value = is_yes(value);
  } else if (type->type == norms::ValueType::amount) {
    const auto amount = base::parse_integer(value);
    const auto unit = evidence.unit.empty() ? type->unit : norms::unit_from(evidence.unit);
    if (!amount || !unit || !norms::convert(*amount, *unit, type->unit)) {
      return csv.error(row, "value", "a whole number in " + std::string(name(type->unit)));
    }
    evidence.value = *amount;
  } else {
    evidence.value = std::string(value);
  }
  HUAN_TRY(from, day_in(csv, row, "from"));
  HUAN_TRY(to, day_in(csv, row, "to"));
  evidence.from = from;
  evidence.to = to;
  evidence.source = cell(csv, row, "source");
  evidence.note = cell(csv, row, "note");
  return evidence;
}

Result<registry::DeclaredValue> value_of(const registry::CsvRows& csv, const registry::CsvRow& row,
                                         const wire_pack::City& city) {
  registry::DeclaredValue declared;
  declared.indicator = cell(csv, row, "indicator");
  const indicators::Indicator* indicator = nullptr;
  for (const auto& one : city.rules.indicators) {
    indicator = one.id == declared.indicator ? &one : indicator;
  }
  if (indicator == nullptr) {
    return csv.error(row, "indicator", "the id of one of the pack's indicators");
  }
  HUAN_TRY(day, day_in(csv, row, "day"));
  if (!day) {
    return csv.error(row, "day", "the day that the value is of");
  }
  declared.day = *day;
  const auto value = csv.cell(row, "value");
  if (indicator->unit.dimension == indicators::Dimension::statement) {
    if (!is_yes(value) && !is_no(value)) {
      return csv.error(row, "value", "true or false: is it met");
    }
    declared.met = is_yes(value);
  } else {
    declared.value = indicators::parse_amount(value, indicator->unit);
    if (!declared.value) {
      return csv.error(row, "value", "a number in " + indicator->unit.text);
    }
  }
  declared.is_base = is_yes(csv.cell(row, "is_base"));
  declared.text = cell(csv, row, "text");
  declared.source = cell(csv, row, "source");
  return declared;
}

Result<Read> read_rows(const registry::CsvRows& csv, const wire_pack::City& city) {
  const bool values = csv.cell({0, csv.header()}, "indicator") == "indicator";
  HUAN_CHECK(values
                 ? csv.expect({"indicator", "day", "value", "source"}, {"key", "is_base", "text"})
                 : csv.expect({"subject_kind", "subject", "fact", "value", "source"},
                              {"key", "unit", "from", "to", "note"}));
  Read read;
  read.puts.reserve(csv.rows().size());
  for (const registry::CsvRow& row : csv.rows()) {
    if (csv.cell(row, "source").empty()) {
      return csv.error(row, "source", "the document, inspection or photo that says so");
    }
    if (values) {
      HUAN_TRY(one, value_of(csv, row, city));
      const std::string about = one.indicator + ' ' + base::format_day(one.day);
      read.puts.push_back(put_of("indicator_value",
                                 key_of(csv, row, about + (one.is_base ? " base" : "")),
                                 registry::to_json(one)));
    } else {
      HUAN_TRY(one, evidence_of(csv, row, city.rules.facts));
      const std::string about = one.subject_kind + ' ' + one.subject + ' ' + one.fact + ' ' +
                                (one.from ? base::format_day(*one.from) : "");
      read.puts.push_back(put_of("evidence", key_of(csv, row, about), registry::to_json(one)));
    }
  }
  return read;
}

/// Does the latest version say just that?
bool on_record(store::Reading& reading, const std::string& city, const app::RegistryPut& put) {
  const auto latest = reading.registered(city, put.kind, put.key);
  const auto body = latest ? json::Document::parse(latest->body, json::kStored)
                           : base::Result<json::Document>(Error{});
  const auto record = body ? body->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  return data && json::canonical(*data) == put.data;
}

int evidence(const Common& common, const EvidenceOptions& options) {
  const auto city = wire_pack::load(options.pack);
  if (!city) {
    return refused(common, city.error());
  }
  std::ifstream in{options.file, std::ios::binary};
  if (!in) {
    return refused(common, {ErrorCode::bad_file, options.file, "cannot be read"});
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  const auto csv = registry::CsvRows::parse(options.file, text);
  if (!csv) {
    return refused(common, csv.error());
  }
  auto read = read_rows(*csv, *city);
  if (!read) {
    return refused(common, read.error());
  }
  Writing writing{common};
  const auto code = common.one_city(*writing.store->snapshot());
  if (!code) {
    return refused(common, code.error());
  }
  app::Counts counts;
  for (std::size_t i = 0; i < read->puts.size(); ++i) {
    if (on_record(*writing.store->snapshot(), *code, read->puts[i])) {
      ++counts.duplicate;
      continue;
    }
    const app::Outcome outcome =
        writing.recorder.put(*code, read->puts[i], {"import/" + options.file});
    counts.add(outcome.status);
    if (outcome.status == app::Status::refused) {
      return refused(common, Error{outcome.error}.within("row " + std::to_string(i + 1) + " "));
    }
  }
  if (common.json) {
    fmt::print("{{\"duplicate\":{},\"ok\":true,\"recorded\":{}}}\n", counts.duplicate,
               counts.posted);
  } else {
    fmt::print("{} recorded, {} there before\n", counts.posted, counts.duplicate);
  }
  return kDone;
}

}  // namespace

void add_evidence(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "evidence", "take in evidence or declared values from CSV");
  auto options = std::make_shared<EvidenceOptions>();
  one->add_option(
         "file", options->file,
         "subject_kind,subject,fact,value,unit,from,to,source or indicator,day,value,source")
      ->required();
  one->add_option("--pack", options->pack, "folder of the jurisdiction's pack")->required();
  one->add_option("--city", common.city, "when the store holds several");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return evidence(common, *options); };
  });
}

}  // namespace huan::cli
