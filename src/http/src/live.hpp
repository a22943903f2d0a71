// SPDX-License-Identifier: Apache-2.0
// Tells the listeners of a city what was recorded, in order of seq, on a thread of its own: the
// writer does not wait for them.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "huan/app/recorder.hpp"
#include "huan/http_server/event_hub.hpp"
#include "huan/store/store.hpp"

namespace huan::http {

class Live {
 public:
  Live(store::Store& store, app::Recorder& recorder);
  ~Live();

  /// What a listener hears: the events of a city that they may see, and those of its registry's
  /// records that belong to no tenant; all of them without a scope.
  struct Channel {
    std::string city;
    store::RowScope scope{};
    [[nodiscard]] std::string topic() const;
    [[nodiscard]] bool admits(const store::RecordView& record) const;
  };
  /// Streams what comes after `last` (absent: from now on).
  void follow(http_server::Responder responder, const Channel& channel,
              std::optional<std::uint64_t> last);
  [[nodiscard]] std::size_t listeners() const { return hub_.subscribers(); }
  void close();

 private:
  /// What the recorder calls; it may outlive this object, since listeners stay registered.
  struct Mail {
    std::mutex mutex;
    std::condition_variable wake;
    std::map<std::string, std::uint64_t> committed;  ///< last seq by city
    bool closed{false};
  };

  void run();
  void publish(const std::string& city, std::uint64_t last);

  store::Store& store_;
  std::shared_ptr<Mail> mail_;
  http_server::EventHub hub_;
  std::mutex channels_mutex_;
  std::map<std::string, Channel> channels_;    // by topic, while anybody listens
  std::map<std::string, std::uint64_t> told_;  // the thread's
  std::thread thread_;
};

}  // namespace huan::http
