// SPDX-License-Identifier: Apache-2.0
#include "reporter.hpp"

#include <chrono>
#include <exception>

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::edge {
namespace {

constexpr std::chrono::milliseconds kReportEvery{2'000};
constexpr std::chrono::milliseconds kReportWait{10'000};
constexpr int kBoardRounds = 15;  // half a minute
constexpr std::size_t kAnsweredMax = 64;

std::string text_in_reply(json::Value object, std::string_view key) {
  const auto value = object.is_object() ? object.find(key) : std::nullopt;
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

/// What is worth telling at once.
std::string changes_of(const std::vector<bins::Health>& board) {
  std::string text;
  for (const bins::Health& one : board) {
    text += one.device;
    for (const bins::Trouble& trouble : one.troubles) {
      text.append(" ").append(trouble.what).append(" ").append(trouble.door);
    }
    text += "\n";
  }
  return text;
}

http_client::Options reporter_client(const EdgeOptions& options) {
  http_client::Options client;
  client.connect = kReportWait;
  client.total = kReportWait;
  client.ca_file = options.ca_file;
  return client;
}

}  // namespace

void write_health(json::Writer& w, const bins::Health& one) {
  w.begin_object().member("clock_behind_s", one.clock_behind_s).member("device", one.device);
  w.key("doors").begin_array();
  for (const bins::DoorFill& door : one.doors) {
    w.begin_object().member("door", door.door).member("fill_pct", door.percent).end_object();
  }
  w.end_array().member("heard", base::format_time(one.heard, 0)).member("missing", one.missing);
  w.member("seq", one.seq).key("troubles").begin_array();
  for (const bins::Trouble& trouble : one.troubles) {
    w.begin_object().member("door", trouble.door);
    w.member("since", base::format_time(trouble.since, 0)).member("what", trouble.what);
    w.end_object();
  }
  w.end_array().end_object();
}

Reporter::Reporter(const EdgeOptions& options, std::vector<std::string> devices,
                   ReporterHooks hooks)
    : devices_(std::move(devices)),
      hooks_(std::move(hooks)),
      url_(options.server + "/api/v1/device-reports"),
      token_(options.token),
      client_(reporter_client(options)),
      thread_([this] { run(); }) {}

Reporter::~Reporter() {
  {
    const std::scoped_lock lock(mutex_);
    ends_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Reporter::run() {
  for (;;) {
    try {
      report();
    } catch (const std::exception&) {  // the next call says it again
    }
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, kReportEvery, [&] { return ends_; })) {
      return;
    }
  }
}

std::string Reporter::body(bool with_board) const {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("commands").begin_array();
  for (const auto& [command, status] : answered_) {
    w.begin_object().member("command", command).member("status", status).end_object();
  }
  w.end_array().key("devices").begin_array();
  if (with_board) {
    for (const bins::Health& one : hooks_.health()) {
      write_health(w, one);
    }
  }
  w.end_array().key("fetch").begin_array();
  for (const std::string& device : devices_) {
    w.string(device);
  }
  w.end_array().end_object();
  return out;
}

void Reporter::report() {
  for (auto& one : hooks_.answered()) {
    if (answered_.size() < kAnsweredMax) {
      answered_.push_back(std::move(one));
    }
  }
  const std::string now = changes_of(hooks_.health());
  const bool with_board = now != said_ || ++rounds_since_ >= kBoardRounds;
  const std::string text = body(with_board);
  http_client::Call call;
  call.method = "POST";
  call.url = url_;
  call.headers = {{"Authorization", "Bearer " + token_}, {"Content-Type", "application/json"}};
  call.body = text;
  const auto reply = client_.send(call);
  if (!reply || reply->status != 200) {
    said_.clear();
    return;
  }
  answered_.clear();
  said_ = now;
  rounds_since_ = with_board ? 0 : rounds_since_;
  obey(reply->body);
}

void Reporter::obey(const std::string& reply) const {
  const auto document = json::Document::parse(reply, json::kStored);
  const auto open =
      document && document->root().is_object() ? document->root().find("open") : std::nullopt;
  if (!open || !open->is_array()) {
    return;
  }
  for (const json::Value one : open->elements()) {
    hooks_.open(text_in_reply(one, "command"), text_in_reply(one, "device"),
                text_in_reply(one, "door"));
  }
}

}  // namespace huan::edge
