// SPDX-License-Identifier: Apache-2.0
#include "live.hpp"

#include <algorithm>
#include <iterator>

#include "huan/app/scope.hpp"
#include "huan/json/writer.hpp"

namespace huan::http {
namespace {

constexpr std::uint64_t kReplayMax = 10'000;  // older ones are read from the list of events

http_server::ServerSentEvent announce(const store::RecordView& record) {
  http_server::ServerSentEvent event;
  event.id = record.seq;
  event.event = record.klass == store::RecordClass::event ? "event" : "registry";
  json::Writer w(event.data);
  w.begin_object().member("id", record.id.text());
  if (!record.key.empty()) {
    w.key("key").string(record.key);
  }
  if (!record.place.empty()) {
    w.key("place").string(record.place);
  }
  w.member("recorded_at", base::format_time(record.recorded_at, 0));
  w.member("seq", static_cast<std::int64_t>(record.seq));
  w.member("time", base::format_time(record.time, 0)).key("type").string(record.type).end_object();
  return event;
}

/// What was on record before anybody could listen is no news.
std::map<std::string, std::uint64_t> positions(store::Store& store) {
  std::map<std::string, std::uint64_t> seqs;
  const auto reading = store.snapshot();
  for (const auto& row : reading->cities()) {
    seqs[row.city] = reading->last(row.city).seq;
  }
  return seqs;
}

}  // namespace

std::string Live::Channel::topic() const {
  return city + ' ' + scope.district + ' ' + scope.party + ' ' + scope.place;
}

bool Live::Channel::admits(const store::RecordView& record) const {
  if (scope.any()) {
    return true;
  }
  if (record.klass == store::RecordClass::event) {
    return app::sees_record(record, scope);
  }
  const auto kind = registry::kind_from(record.type);
  return kind && app::reach_of(*kind) == app::RecordReach::open;
}

Live::Live(store::Store& store, app::Recorder& recorder)
    : store_(store),
      mail_(std::make_shared<Mail>()),
      told_(positions(store)),
      thread_([this] { run(); }) {
  recorder.on_commit([mail = mail_](const std::string& city, std::uint64_t seq) {
    {
      const std::lock_guard lock(mail->mutex);
      if (mail->closed) {
        return;
      }
      mail->committed[city] = seq;
    }
    mail->wake.notify_one();
  });
}

Live::~Live() { close(); }

void Live::close() {
  {
    const std::lock_guard lock(mail_->mutex);
    mail_->closed = true;
  }
  mail_->wake.notify_all();
  if (thread_.joinable()) {
    thread_.join();
  }
  hub_.close();
}

void Live::run() {
  std::unique_lock lock(mail_->mutex);
  for (;;) {
    mail_->wake.wait(lock, [this] { return mail_->closed || !mail_->committed.empty(); });
    if (mail_->closed) {
      return;
    }
    const auto news = std::exchange(mail_->committed, {});
    lock.unlock();
    for (const auto& [city, last] : news) {
      publish(city, last);
    }
    lock.lock();
  }
}

void Live::publish(const std::string& city, std::uint64_t last) {
  // Without listeners nothing is read; whoever comes later asks for what they missed.
  const auto before = std::exchange(told_[city], last);
  const bool heard = hub_.subscribers() > 0;
  std::vector<std::pair<std::string, Channel>> channels;
  {
    const std::lock_guard lock(channels_mutex_);
    if (!heard) {
      channels_.clear();
    }
    std::copy_if(channels_.begin(), channels_.end(), std::back_inserter(channels),
                 [&](const auto& one) { return one.second.city == city; });
  }
  if (!heard || last <= before) {
    return;
  }
  try {
    store_.snapshot()->record_heads(city, {before, last}, [&](const store::RecordView& record) {
      for (const auto& [topic, channel] : channels) {
        if (channel.admits(record)) {
          hub_.publish(topic, announce(record));
        }
      }
      return true;
    });
  } catch (const store::Failure&) {
    told_[city] = before;  // told with the next commit
  }
}

void Live::follow(http_server::Responder responder, const Channel& channel,
                  std::optional<std::uint64_t> last) {
  const auto& city = channel.city;
  hub_.subscribe(std::move(responder), channel.topic(), [&] {
    {
      // Here the listener counts already: the thread does not forget the channel any more.
      const std::lock_guard lock(channels_mutex_);
      channels_.insert_or_assign(channel.topic(), channel);
    }
    std::vector<http_server::ServerSentEvent> missed;
    const auto reading = store_.snapshot();
    const auto newest = reading->last(city).seq;
    const auto after =
        last && newest > *last ? std::max(*last, newest - std::min(newest, kReplayMax)) : newest;
    reading->record_heads(city, {after, newest}, [&](const store::RecordView& record) {
      if (channel.admits(record)) {
        missed.push_back(announce(record));
      }
      return true;
    });
    return missed;
  });
}

}  // namespace huan::http
