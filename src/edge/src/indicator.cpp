// SPDX-License-Identifier: Apache-2.0
#include "indicator.hpp"

namespace huan::edge {
namespace {

constexpr int kBeatMs = 200;
constexpr int kRetryBeats = 5;

}  // namespace

Indicator::Indicator(const IndicatorOptions& options, LineAddress address, Hear hear)
    : options_(options),
      line_(std::move(address)),
      hear_(std::move(hear)),
      thread_([this] { run(); }) {}

Indicator::~Indicator() {
  ends_ = true;
  thread_.join();
}

Heard Indicator::heard() const {
  return {open_.load(), frames_.load(), checksums_.load(), skipped_.load()};
}

void Indicator::run() {
  scales::Decoder decoder{options_.decoder};
  while (!ends_) {
    if (line_.open()) {
      open_ = true;
      listen(decoder);
      open_ = false;
      line_.close();
    }
    for (int i = 0; i < kRetryBeats && !ends_; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{kBeatMs});
    }
  }
}

void Indicator::listen(scales::Decoder& decoder) {
  std::string bytes;
  std::vector<scales::Reading> readings;
  const std::string ask =
      options_.ask == 0 ? "" : scales::yaohua_command(options_.ask, scales::Ask::gross);
  while (!ends_) {
    bytes.clear();
    readings.clear();
    if ((!ask.empty() && !line_.write(ask)) || !line_.read(bytes, kBeatMs)) {
      return;
    }
    decoder.feed(bytes, readings);
    const scales::Tally& tally = decoder.tally();
    frames_ = tally.frames;
    checksums_ = tally.checksums;
    skipped_ = tally.skipped;
    for (const scales::Reading& reading : readings) {
      hear_(reading, now_ms());
    }
    if (!ask.empty()) {
      std::this_thread::sleep_for(std::chrono::milliseconds{kBeatMs});
    }
  }
}

}  // namespace huan::edge
