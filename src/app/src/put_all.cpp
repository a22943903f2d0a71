// SPDX-License-Identifier: Apache-2.0
#include "huan/app/put_all.hpp"

#include <algorithm>

namespace huan::app {
namespace {

constexpr std::size_t kAtOnce = 500;

}  // namespace

base::Result<std::uint64_t> put_all(Recorder& recorder, const std::string& city,
                                    std::span<const RegistryPut> puts, const Principal& by) {
  std::uint64_t recorded = 0;
  while (!puts.empty()) {
    const auto now = puts.first(std::min(puts.size(), kAtOnce));
    base::Error refused;
    bool kept = true;
    recorder.run(city, now.size(), [&](CityWriter& writer) {
      for (const RegistryPut& put : now) {
        Outcome outcome = writer.put(put, by);
        if (outcome.status == Status::refused) {
          refused = std::move(outcome.error).within(put.kind + " " + put.key + " ");
          kept = false;
          return false;
        }
      }
      return true;
    });
    if (!kept) {
      return refused;
    }
    recorded += now.size();
    puts = puts.subspan(now.size());
  }
  return recorded;
}

}  // namespace huan::app
