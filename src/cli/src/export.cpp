// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <cstdio>

#include "verb.hpp"

namespace huan::cli {
namespace {

/// Every stored record as it is kept, one a line, in the order of the log: what verify needs, and
/// all of it.
int export_records(const Common& common, std::uint64_t after) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  Progress progress{"export"};
  const std::uint64_t all = reading->last(*city).seq;
  bool written = true;
  reading->records(*city, {after, UINT64_MAX}, [&](const store::RecordView& record) {
    written =
        std::fwrite(record.body.data(), 1, record.body.size(), stdout) == record.body.size() &&
        std::fputc('\n', stdout) != EOF;
    progress.at(record.seq, all);
    return written;
  });
  if (!written || std::fflush(stdout) != 0) {
    throw store::Failure(base::ErrorCode::store_failed, "standard output cannot be written");
  }
  return kDone;
}

}  // namespace

void add_export(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "export", "all records of a city as NDJSON, as they are kept");
  auto after = std::make_shared<std::uint64_t>(0);
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--after", *after, "only records after this seq")->capture_default_str();
  one->callback([&common, &verb, after] {
    verb = [&common, after] { return export_records(common, *after); };
  });
}

}  // namespace huan::cli
