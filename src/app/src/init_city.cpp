// SPDX-License-Identifier: Apache-2.0
#include "huan/app/init_city.hpp"

#include <algorithm>

namespace huan::app {
namespace {

constexpr std::size_t kInitBatch = 1'000;

base::Result<void> put_some(CityWriter& writer, const registry::Pack& pack,
                            const std::vector<registry::Draft>& drafts, std::size_t from,
                            InitReport& report) {
  const Principal by{"pack/" + pack.name};
  const std::string time = base::format_time(pack.records_from, pack.utc_offset_s);
  for (std::size_t i = from; i < std::min(from + kInitBatch, drafts.size()); ++i) {
    const registry::Draft& draft = drafts[i];
    const base::Uuid id = registry::record_id(pack, draft);
    if (writer.reading().seq_of(pack.city.code, id) != 0) {
      ++report.present;
      continue;
    }
    RegistryPut put;
    put.kind = registry::name(draft.kind);
    put.key = draft.key;
    put.data = registry::to_json(draft.data);
    put.id = id.text();
    put.time = time;
    Outcome outcome = writer.put(put, by);
    if (outcome.status == Status::refused) {
      return std::move(outcome.error).within(put.kind + " " + put.key + " ");
    }
    ++report.recorded;
  }
  return {};
}

}  // namespace

base::Result<InitReport> init_city(Recorder& recorder, const registry::Pack& pack,
                                   const InitProgress& progress) {
  InitReport report;
  report.city = pack.city.code;
  recorder.run(pack.city.code, 1, [&](CityWriter& writer) {
    if (!writer.reading().city(pack.city.code)) {
      writer.transaction().city({pack.city.code, pack.utc_offset_s, pack.city.zh, pack.name});
      writer.configure(pack.utc_offset_s);
    }
    return true;
  });
  const std::vector<registry::Draft> drafts = registry::drafts(pack);
  base::Result<void> result;
  for (std::size_t from = 0; from < drafts.size() && result; from += kInitBatch) {
    recorder.run(pack.city.code, kInitBatch, [&](CityWriter& writer) {
      result = put_some(writer, pack, drafts, from, report);
      return result.has_value();
    });
    if (progress) {
      progress(std::min(from + kInitBatch, drafts.size()), drafts.size());
    }
  }
  if (!result) {
    return std::move(result).error();
  }
  return report;
}

}  // namespace huan::app
