// SPDX-License-Identifier: Apache-2.0
#include "huan/app/import_items.hpp"

#include "huan/base/assert.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "trial_memory.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kBatch = 2'000;
constexpr std::string_view kPurpose = "import of a table";

std::string text_of(json::Value root, std::string_view key) {
  const auto value = root.find(key);
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

RegistryPut version_of(const ImportItem& item, json::Value root) {
  RegistryPut put;
  put.kind = text_of(root, "kind");
  put.key = text_of(root, "key");
  put.data = json::canonical(*root.find("data"));
  put.id = item.id;
  put.time = text_of(root, "time");
  return put;
}

Outcome refused(const ImportItem& item, Error error) {
  Outcome outcome;
  outcome.id = item.id;
  outcome.error = std::move(error);
  return outcome;
}

/// The rows of one commit.
class Batch {
 public:
  Batch(CityWriter& writer, const ImportInto& into) : writer_(writer), into_(into) {}

  Outcome put(const ImportItem& item);
  Outcome post(const PreparedEvent& event);
  /// A row further up, as it would stand on record by now.
  void recall(const ImportItem& item);
  [[nodiscard]] const PersonalCounts& counts() const { return counts_; }

 private:
  Outcome put_version(const ImportItem& item, json::Value root);
  [[nodiscard]] base::Result<void> check(const ImportItem& item) const {
    if (into_.personal == nullptr) {
      return Error{into_.no_personal, "", "personal data is not taken in here"};
    }
    return into_.personal->check(item.personal, writer_.setting().offset_s);
  }

  CityWriter& writer_;
  const ImportInto& into_;
  PersonalCounts counts_;
};

Outcome Batch::put_version(const ImportItem& item, json::Value root) {
  const auto id = base::Uuid::parse(item.id);
  if (!id || !root.is_object() || !root.find("data")) {
    return refused(item, Error{ErrorCode::bad_field, "/data", "required"});
  }
  const auto put = version_of(item, root);
  const auto allowed = may_register(writer_.reading(), writer_.setting().city, put, into_.scope);
  if (!allowed) {
    return refused(item, allowed.error());
  }
  if (const std::uint64_t seq = writer_.reading().seq_of(writer_.setting().city, *id); seq != 0) {
    Outcome outcome;
    outcome.id = item.id;
    outcome.status = Status::duplicate;
    outcome.seq = seq;
    return outcome;
  }
  return writer_.put(put, into_.by);
}

Outcome Batch::put(const ImportItem& item) {
  const auto document = json::Document::parse(item.json);
  if (!document) {
    return refused(item, document.error());
  }
  const bool about_persons = !item.personal.values.empty();
  if (auto good = about_persons ? check(item) : base::Result<void>{}; !good) {
    return refused(item, good.error());
  }
  Outcome outcome = put_version(item, document->root());
  if (!about_persons || outcome.status == Status::refused) {
    return outcome;
  }
  const auto counts = into_.personal->put_imported(writer_, {into_.by.name, kPurpose},
                                                   text_of(document->root(), "key"), item.personal);
  HUAN_ASSERT(counts.has_value());  // checked above, and the record has taken the key
  counts_.set += counts->set;
  counts_.same += counts->same;
  counts_.erased += counts->erased;
  return outcome;
}

void Batch::recall(const ImportItem& item) {
  if (!item.registry) {
    (void)post(prepare(item.json));
  } else if (const auto document = json::Document::parse(item.json)) {
    (void)put_version(item, document->root());
  }
}

Outcome Batch::post(const PreparedEvent& event) {
  if (event.event) {
    const auto allowed =
        may_record(writer_.reading(), writer_.setting().city, *event.event, into_.scope);
    if (!allowed) {
      Outcome outcome;
      outcome.id = event.id;
      outcome.error = allowed.error();
      return outcome;
    }
  }
  return writer_.post(event, into_.by);
}

struct Imported {
  std::vector<Outcome> outcomes;  ///< one an item, in order
  PersonalCounts personal;
};

Imported import_items(const ImportInto& into, const std::vector<ImportRow>& rows,
                      const std::vector<const ImportItem*>& above) {
  std::vector<PreparedEvent> events(rows.size());
  std::size_t items = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    items += rows[i].item ? 1 : 0;
    if (rows[i].item && !rows[i].item->registry) {
      events[i] = prepare(rows[i].item->json);
    }
  }
  Imported imported;
  if (items == 0) {
    return imported;
  }
  imported.outcomes.reserve(items);
  into.recorder.run(into.city, items + above.size(), [&](CityWriter& writer) {
    Batch batch{writer, into};
    for (const ImportItem* item : above) {
      batch.recall(*item);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].item) {
        imported.outcomes.push_back(rows[i].item->registry ? batch.put(*rows[i].item)
                                                           : batch.post(events[i]));
      }
    }
    imported.personal = batch.counts();
    if (into.dry_run) {
      writer.forget_refused();
    }
    return !into.dry_run;  // a refused row writes nothing, the others stand
  });
  return imported;
}

/// Sends what waits, tells what was refused of it, and adds it up.
void flush(const ImportInto& into, std::vector<ImportRow>& rows, const RefusedRow& tell,
           TrialMemory& memory, ImportSums& sums) {
  const auto imported = import_items(into, rows, memory.spoken_of(rows));
  std::size_t sent = 0;
  for (ImportRow& row : rows) {
    const Outcome* outcome = row.item ? &imported.outcomes[sent++] : nullptr;
    sums.counts.add(outcome == nullptr ? Status::refused : outcome->status);
    if (outcome == nullptr) {
      tell(row, row.error.value_or(Error{}));
    } else if (outcome->status == Status::refused) {
      tell(row, outcome->error);
    } else if (into.dry_run && outcome->status == Status::posted) {
      memory.keep(std::move(*row.item));
    }
  }
  sums.personal.set += imported.personal.set;
  sums.personal.same += imported.personal.same;
  sums.personal.erased += imported.personal.erased;
  rows.clear();
}

}  // namespace

ImportSums import_rows(const ImportInto& into, const NextRow& next, const RefusedRow& refused,
                       const GoOn& go_on) {
  ImportSums sums;
  TrialMemory memory;
  std::vector<ImportRow> waiting;
  while (auto row = next()) {
    waiting.push_back(std::move(*row));
    if (waiting.size() == kBatch) {
      flush(into, waiting, refused, memory, sums);
      if (go_on && !go_on(sums)) {
        return sums;
      }
    }
  }
  flush(into, waiting, refused, memory, sums);
  return sums;
}

}  // namespace huan::app
