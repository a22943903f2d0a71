// SPDX-License-Identifier: Apache-2.0
#include "huan/app/import_items.hpp"

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

std::string text_of(json::Value root, std::string_view key) {
  const auto value = root.find(key);
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

Outcome put_record(CityWriter& writer, const ImportItem& item, const Principal& by) {
  Outcome outcome;
  outcome.id = item.id;
  const auto id = base::Uuid::parse(item.id);
  auto document = json::Document::parse(item.json);
  if (!document || !id || !document->root().is_object() || !document->root().find("data")) {
    outcome.error = document ? Error{ErrorCode::bad_field, "/data", "required"} : document.error();
    return outcome;
  }
  if (const std::uint64_t seq = writer.reading().seq_of(writer.setting().city, *id); seq != 0) {
    outcome.status = Status::duplicate;
    outcome.seq = seq;
    return outcome;
  }
  const json::Value root = document->root();
  RegistryPut put;
  put.kind = text_of(root, "kind");
  put.key = text_of(root, "key");
  put.data = json::canonical(*root.find("data"));
  put.id = item.id;
  put.time = text_of(root, "time");
  return writer.put(put, by);
}

}  // namespace

std::vector<Outcome> import_items(Recorder& recorder, const std::string& city,
                                  const std::vector<ImportItem>& items, const Principal& by) {
  std::vector<PreparedEvent> events(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].registry) {
      events[i] = prepare(items[i].json);
    }
  }
  std::vector<Outcome> outcomes;
  recorder.run(city, items.size(), [&](CityWriter& writer) {
    outcomes.clear();
    for (std::size_t i = 0; i < items.size(); ++i) {
      outcomes.push_back(items[i].registry ? put_record(writer, items[i], by)
                                           : writer.post(events[i], by));
    }
    return true;  // a refused row writes nothing, the others stand
  });
  return outcomes;
}

}  // namespace huan::app
