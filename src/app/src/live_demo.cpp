// SPDX-License-Identifier: Apache-2.0
#include "huan/app/live_demo.hpp"

#include <chrono>

#include "huan/app/simulate.hpp"

namespace huan::app {
namespace {

constexpr std::chrono::milliseconds kBeat{300};

}  // namespace

base::Result<std::unique_ptr<LiveDemo>> LiveDemo::start(const Parts& parts, const std::string& city,
                                                        std::uint64_t seed) {
  HUAN_TRY(network, simulated_city(*parts.store.snapshot(), city));
  auto live = std::make_unique<simulator::LiveCity>(std::move(network), seed, parts.clock.now());
  HUAN_CHECK(register_simulated(parts.recorder, city, live->registrations()));
  return std::unique_ptr<LiveDemo>{new LiveDemo{parts, city, std::move(live)}};
}

LiveDemo::LiveDemo(const Parts& parts, std::string city, std::unique_ptr<simulator::LiveCity> live)
    : recorder_(parts.recorder),
      clock_(parts.clock),
      city_(std::move(city)),
      live_(std::move(live)),
      thread_([this] { loop(); }) {}

LiveDemo::~LiveDemo() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void LiveDemo::loop() {
  std::unique_lock lock{mutex_};
  while (!wake_.wait_for(lock, kBeat, [this] { return stopping_; })) {
    lock.unlock();
    try {
      step();
    } catch (const store::Failure&) {
      return;  // the store is broken or closing: the server's own requests say so
    }
    lock.lock();
  }
}

void LiveDemo::step() {
  std::vector<PreparedEvent> events;
  std::vector<simulator::Expect> expect;
  live_->advance(clock_.now(), [&](simulator::Sent&& sent) {
    events.push_back(prepare(sent.json));
    expect.push_back(sent.expect);
  });
  if (events.empty()) {
    return;
  }
  std::vector<Outcome> outcomes;
  recorder_.run(city_, events.size(), [&](CityWriter& writer) {
    for (const PreparedEvent& event : events) {
      outcomes.push_back(post_simulated(writer, event));
    }
    return true;
  });
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    posted_ += outcomes[i].status == Status::posted ? 1 : 0;
    unexpected_ += as_expected(outcomes[i].status, expect[i]) ? 0 : 1;
  }
}

}  // namespace huan::app
