// SPDX-License-Identifier: Apache-2.0
// A simulated city that posts now, on a thread of its own, into the recorder of this process: what
// `huan serve --demo` shows. A few events a second until it is destroyed.
//
//   HUAN_TRY(demo, LiveDemo::start({recorder, store, clock}, "130100", seed));
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "huan/app/recorder.hpp"
#include "huan/base/result.hpp"
#include "huan/simulator/live.hpp"

namespace huan::app {

class LiveDemo {
 public:
  struct Parts {
    Recorder& recorder;
    store::Store& store;
    base::Clock& clock;  ///< of now
  };
  /// not_found when the city has no station. Throws store::Failure.
  [[nodiscard]] static base::Result<std::unique_ptr<LiveDemo>> start(const Parts& parts,
                                                                     const std::string& city,
                                                                     std::uint64_t seed);
  ~LiveDemo();  ///< ends the thread; what it posted is durable
  LiveDemo(const LiveDemo&) = delete;
  LiveDemo& operator=(const LiveDemo&) = delete;

  [[nodiscard]] std::uint64_t posted() const { return posted_; }
  /// Answers other than the simulator expects; somebody else took its lots, or a fault of ours.
  [[nodiscard]] std::uint64_t unexpected() const { return unexpected_; }

 private:
  LiveDemo(const Parts& parts, std::string city, std::unique_ptr<simulator::LiveCity> live);
  void loop();
  void step();

  Recorder& recorder_;
  base::Clock& clock_;
  std::string city_;
  std::unique_ptr<simulator::LiveCity> live_;
  std::atomic<std::uint64_t> posted_{0};
  std::atomic<std::uint64_t> unexpected_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_{false};
  std::thread thread_;
};

}  // namespace huan::app
