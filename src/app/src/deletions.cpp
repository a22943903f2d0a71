// SPDX-License-Identifier: Apache-2.0
#include "huan/app/deletions.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::app {
namespace {

using base::Result;
using vault::SealedField;

constexpr std::string_view kOnRequest = "on_request";  // erased by its owner, kept for a term
constexpr std::string_view kKeyPrefix = "retention-";
constexpr std::size_t kParts = 4;

std::string class_of(const SealedField& field) {
  return std::string(field.retention ? vault::name(*field.retention) : kOnRequest);
}

std::string line_of(const SealedField& field) {
  const auto until = field.keep_until ? base::format_day(*field.keep_until) : std::string("-");
  return field.subject.party + ' ' + std::string(vault::name(field.field)) + ' ' + class_of(field) +
         ' ' + until;
}

std::array<std::string, kParts> parts_of(std::string_view line) {
  std::array<std::string, kParts> parts;
  std::size_t at = 0;
  for (const char c : line) {
    if (c != ' ') {
      parts.at(at) += c;
    } else if (++at == kParts) {
      return {};
    }
  }
  return parts;
}

std::string digest_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) {
    text += line + '\n';
  }
  return crypto::hex(crypto::sha256(text));
}

void count(KeptDeletion& run) {
  std::map<std::string, std::int64_t> classes;
  std::set<std::string> persons;
  for (const std::string& line : run.lines) {
    const auto parts = parts_of(line);
    persons.insert(parts[0]);
    ++classes[parts[2]];
  }
  run.removed = static_cast<std::int64_t>(run.lines.size());
  run.persons = static_cast<std::int64_t>(persons.size());
  run.classes.assign(classes.begin(), classes.end());
}

std::string to_json(const KeptDeletion& run) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("by", run.by).key("classes").begin_object();
  for (const auto& [name, values] : run.classes) {
    w.member(name, values);
  }
  w.end_object().member("kind", kDeletionRun).member("list", run.list);
  w.member("persons", run.persons).member("ran_at", run.ran_at).member("removed", run.removed);
  w.member("until", run.until).key("values").begin_array();
  for (const std::string& line : run.lines) {
    w.string(line);
  }
  w.end_array().end_object();
  return out;
}

std::string free_key(store::Reading& reading, const std::string& city, base::Instant now) {
  std::string key;
  for (std::size_t n = 1;; ++n) {
    key = std::string(kKeyPrefix) + std::to_string(now.s) + "-" + std::to_string(n);
    if (!reading.registered(city, "document", key)) {
      return key;
    }
  }
}

}  // namespace

Result<std::vector<DeletionRun>> Personal::delete_ended(const std::string& city,
                                                        const Principal& by, bool even_none) {
  std::vector<DeletionRun> runs;
  std::optional<base::Error> refused;
  for (bool more = true; more;) {
    parts_.recorder.run(city, 1, [&](CityWriter& writer) {
      more = false;
      const auto fields = parts_.stores.of_transaction(writer.transaction());
      const std::int32_t offset_s = writer.setting().offset_s;
      const auto removed = vault(*fields, offset_s).sweep(city, kDeletionRunMax);
      if (removed.empty() && (!even_none || !runs.empty())) {
        return false;
      }
      const base::Instant now = parts_.clock.now();
      KeptDeletion run;
      run.by = by.name;
      run.ran_at = base::format_time(now, offset_s);
      run.until = base::format_day(base::Day{base::day_of(now, offset_s).n - 1});
      for (const SealedField& field : removed) {
        run.lines.push_back(line_of(field));
      }
      run.list = digest_of(run.lines);
      count(run);
      RegistryPut put;
      put.kind = "document";
      put.key = free_key(writer.reading(), city, now);
      put.data = to_json(run);
      auto outcome = writer.put(put, by);
      if (outcome.status == Status::refused) {  // nothing is removed without its record
        refused = std::move(outcome.error);
        return false;
      }
      runs.push_back({put.key, removed.size()});
      more = removed.size() == kDeletionRunMax;
      return true;
    });
  }
  if (refused) {
    return std::move(*refused);
  }
  return runs;
}

std::optional<KeptDeletion> deletion_on_record(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  if (!data || !data->is_object()) {
    return std::nullopt;
  }
  const auto text = [](const json::Value& of, std::string_view name) {
    const auto found = of.find(name);
    return found && found->is_string() ? std::string(found->string()) : std::string();
  };
  KeptDeletion run;
  run.key = row.key;
  run.id = text(*record, "id");
  run.by = text(*data, "by");
  run.ran_at = text(*data, "ran_at");
  run.until = text(*data, "until");
  run.list = text(*data, "list");
  const auto values = data->find("values");
  if (text(*data, "kind") != kDeletionRun || run.list.empty() || !values || !values->is_array()) {
    return std::nullopt;  // another document, or of before lists were kept
  }
  for (const json::Value line : values->elements()) {
    run.lines.emplace_back(line.is_string() ? line.string() : std::string_view());
  }
  count(run);
  return run;
}

std::vector<KeptDeletion> deletions(store::RegistryReading& reading, const std::string& city,
                                    store::Page page) {
  page.after = std::max(page.after, std::string(kKeyPrefix));
  std::vector<KeptDeletion> runs;
  for (const auto& row : reading.registry(city, "document", {}, page)) {
    if (!row.key.starts_with(kKeyPrefix)) {
      break;
    }
    if (auto run = deletion_on_record(row)) {
      runs.push_back(std::move(*run));
    }
  }
  return runs;
}

void check_deletion(vault::VaultStore& fields, const std::string& city, KeptDeletion& run) {
  const auto ran_at = base::parse_time(run.ran_at);
  run.sound = ran_at && digest_of(run.lines) == run.list;
  for (const std::string& line : run.lines) {
    const auto parts = parts_of(line);
    const auto field = vault::field_from(parts[1]);
    const auto found = field ? fields.find({city, parts[0]}, *field) : std::nullopt;
    run.sound = run.sound && field && !(found && found->stored <= *ran_at);
  }
}

std::size_t overdue(vault::VaultStore& fields, const std::string& city, base::Day today) {
  return fields.expired(city, today, kDeletionRunMax).size();
}

}  // namespace huan::app
