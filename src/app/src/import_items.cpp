// SPDX-License-Identifier: Apache-2.0
#include "huan/app/import_items.hpp"

#include "huan/base/assert.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kPurpose = "import of a table";

std::string text_of(json::Value root, std::string_view key) {
  const auto value = root.find(key);
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

Outcome put_version(CityWriter& writer, const ImportItem& item, json::Value root,
                    const Principal& by) {
  Outcome outcome;
  outcome.id = item.id;
  const auto id = base::Uuid::parse(item.id);
  if (!id || !root.is_object() || !root.find("data")) {
    outcome.error = Error{ErrorCode::bad_field, "/data", "required"};
    return outcome;
  }
  if (const std::uint64_t seq = writer.reading().seq_of(writer.setting().city, *id); seq != 0) {
    outcome.status = Status::duplicate;
    outcome.seq = seq;
    return outcome;
  }
  RegistryPut put;
  put.kind = text_of(root, "kind");
  put.key = text_of(root, "key");
  put.data = json::canonical(*root.find("data"));
  put.id = item.id;
  put.time = text_of(root, "time");
  return writer.put(put, by);
}

class Batch {
 public:
  Batch(CityWriter& writer, const Principal& by, Personal* personal)
      : writer_(writer), by_(by), personal_(personal) {}

  Outcome put(const ImportItem& item) {
    const auto document = json::Document::parse(item.json);
    if (!document) {
      return refused(item, document.error());
    }
    const bool about_persons = !item.personal.values.empty();
    if (auto good = about_persons ? check(item) : base::Result<void>{}; !good) {
      return refused(item, good.error());
    }
    Outcome outcome = put_version(writer_, item, document->root(), by_);
    if (!about_persons || outcome.status == Status::refused) {
      return outcome;
    }
    const auto counts = personal_->put_imported(writer_, {by_.name, kPurpose},
                                                text_of(document->root(), "key"), item.personal);
    HUAN_ASSERT(counts.has_value());  // checked above, and the record has taken the key
    counts_.set += counts->set;
    counts_.same += counts->same;
    counts_.erased += counts->erased;
    return outcome;
  }
  [[nodiscard]] const PersonalCounts& counts() const { return counts_; }

 private:
  static Outcome refused(const ImportItem& item, Error error) {
    Outcome outcome;
    outcome.id = item.id;
    outcome.error = std::move(error);
    return outcome;
  }
  [[nodiscard]] base::Result<void> check(const ImportItem& item) const {
    if (personal_ == nullptr) {
      return Error{ErrorCode::vault_locked, "", "personal data is not taken in here"};
    }
    return personal_->check(item.personal, writer_.setting().offset_s);
  }

  CityWriter& writer_;
  const Principal& by_;
  Personal* personal_;
  PersonalCounts counts_;
};

}  // namespace

Imported import_items(Recorder& recorder, const std::string& city,
                      const std::vector<ImportItem>& items, const Principal& by,
                      Personal* personal) {
  std::vector<PreparedEvent> events(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].registry) {
      events[i] = prepare(items[i].json);
    }
  }
  Imported imported;
  imported.outcomes.reserve(items.size());
  recorder.run(city, items.size(), [&](CityWriter& writer) {
    Batch batch{writer, by, personal};
    for (std::size_t i = 0; i < items.size(); ++i) {
      imported.outcomes.push_back(items[i].registry ? batch.put(items[i])
                                                    : writer.post(events[i], by));
    }
    imported.personal = batch.counts();
    return true;  // a refused row writes nothing, the others stand
  });
  return imported;
}

}  // namespace huan::app
