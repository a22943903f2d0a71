// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <map>
#include <thread>

#include "broker.hpp"
#include "huan/edge/bin_gateway.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::edge {
namespace {

constexpr std::int64_t kDepositG = 1'250;
constexpr std::int64_t kHeartbeatMs = 1'000;
constexpr std::chrono::milliseconds kPause{20};  // between two looks at bins that have time

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// One bin: deposits go out in a window, and again until they are answered.
class SimulatedBin {
 public:
  SimulatedBin(const SimulatedBinsOptions& options, std::string device)
      : options_(options), device_(std::move(device)), next_(options.first_seq) {
    BrokerOptions broker = options.broker;
    broker.user = device_;
    broker.password = device_ + "-secret";
    Broker::Hooks hooks;
    hooks.connected = [this] { connected(); };
    hooks.message = [this](std::string_view topic, std::string_view payload) {
      hear(topic, payload);
    };
    // The first ones are spread, or all bins would speak at once.
    due_ms_ =
        options.every_ms == 0
            ? 0
            : steady_ms() + static_cast<std::int64_t>(std::hash<std::string>{}(device_) %
                                                      static_cast<std::size_t>(options.every_ms));
    auto made = Broker::make(broker, device_, std::move(hooks));
    broker_ = made ? std::move(*made) : nullptr;
  }

  void beat() {
    if (broker_ == nullptr) {
      return;
    }
    const std::int64_t ms = steady_ms();
    const std::int64_t end = options_.first_seq + options_.deposits;
    while (is_in_ && next_ < end && waiting_.size() < options_.window && ms >= due_ms_) {
      due_ms_ = options_.every_ms == 0 ? 0 : ms + options_.every_ms;
      waiting_.emplace(next_, ms);
      deposit(next_++);
    }
    for (auto& [seq, sent] : waiting_) {
      if (is_in_ && ms - sent > options_.again_ms) {
        sent = ms;
        deposit(seq);
      }
    }
    if (is_in_ && ms - beat_ms_ >= kHeartbeatMs) {
      heartbeat(ms);
    }
    broker_->step(0);
  }
  [[nodiscard]] std::int64_t made() const { return next_ - options_.first_seq; }
  [[nodiscard]] std::int64_t answered() const {
    return made() - static_cast<std::int64_t>(waiting_.size());
  }
  [[nodiscard]] std::int64_t opened() const { return opened_; }
  [[nodiscard]] bool is_done() const { return made() == options_.deposits && waiting_.empty(); }

 private:
  void connected() {
    is_in_ = true;
    broker_->subscribe("huan/v1/" + device_ + "/down/#");
    heartbeat(steady_ms());
  }
  void heartbeat(std::int64_t ms) {
    beat_ms_ = ms;
    say("heartbeat", options_.first_seq, [](json::Writer&) {});
  }

  template <class Members>
  void say(const std::string& what, std::int64_t seq, Members members) {
    base::SystemClock clock;
    const base::Instant at{clock.now().s - options_.clock_behind_s};
    std::string out;
    json::Writer w(out);
    w.begin_object().member("at", base::format_time(at, 0)).member("seq", seq);
    members(w);
    w.end_object();
    broker_->publish("huan/v1/" + device_ + "/up/" + what, out, 1);
  }

  void deposit(std::int64_t seq) {
    say("deposit", seq, [&](json::Writer& w) {
      w.member("after_g", kDepositG).member("before_g", std::int64_t{0}).member("door", "1");
      w.member("material", options_.material);
    });
  }

  void hear(std::string_view topic, std::string_view payload) {
    const auto document = json::Document::parse(payload);
    if (!document || !document->root().is_object()) {
      return;
    }
    const auto seq = document->root().find("seq");
    const auto command = document->root().find("command");
    if (topic.ends_with("/answer") && seq && seq->is_integer()) {
      waiting_.erase(seq->integer());
    } else if (topic.ends_with("/open") && command && command->is_string()) {
      ++opened_;
      say("done", options_.first_seq,
          [&](json::Writer& w) { w.member("command", command->string()).member("ok", true); });
    }
  }

  const SimulatedBinsOptions& options_;
  std::string device_;
  std::unique_ptr<Broker> broker_;
  bool is_in_{false};
  std::int64_t beat_ms_{0};
  std::int64_t due_ms_{0};  // the next deposit
  std::int64_t next_;
  std::map<std::int64_t, std::int64_t> waiting_;  // number, when it was sent
  std::int64_t opened_{0};
};

}  // namespace

SimulatedBinsReport run_bins(const SimulatedBinsOptions& options,
                             const std::function<bool()>& ends) {
  std::vector<std::unique_ptr<SimulatedBin>> all;
  all.reserve(options.devices.size());
  for (const std::string& device : options.devices) {
    all.push_back(std::make_unique<SimulatedBin>(options, device));
  }
  bool done = false;
  while (!done && !ends()) {
    done = true;
    for (const auto& bin : all) {
      bin->beat();
      done = done && bin->is_done();
    }
    if (options.every_ms > 0) {
      std::this_thread::sleep_for(kPause);
    }
  }
  SimulatedBinsReport report;
  for (const auto& bin : all) {
    report.made += bin->made();
    report.answered += bin->answered();
    report.opened += bin->opened();
  }
  return report;
}

}  // namespace huan::edge
