// SPDX-License-Identifier: Apache-2.0
#include "huan/edge/bin_gateway.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "broker.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/edge/edge.hpp"
#include "huan/http_server/problem.hpp"
#include "huan/http_server/server.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "journal.hpp"
#include "reporter.hpp"
#include "sender.hpp"

namespace huan::edge {
namespace {

using base::Error;
using base::ErrorCode;
using http_server::Request;
using http_server::Response;

constexpr std::size_t kQueueMax = 50'000;
constexpr std::size_t kAtOnce = 1'000;
constexpr std::size_t kCommandsMax = 1'000;
constexpr std::chrono::milliseconds kGather{5};

struct RawMessage {
  std::string topic;
  std::string payload;
};

class BinObserver final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered& /*exchange*/) noexcept override {}
  void refused(int /*status*/, std::string_view /*why*/) noexcept override {}
  void handler_threw(std::string_view /*route*/, std::string_view /*what*/) noexcept override {}
};

std::string down(const std::string& device, const char* what) {
  return "huan/v1/" + device + "/down/" + what;
}

base::Uuid deposit_id(const std::string& device, std::int64_t seq) {
  return base::make_uuid_v8(crypto::sha256("huan/v1 " + device + " " + std::to_string(seq)));
}

EdgeOptions sender_options(const BinGatewayOptions& options) {
  EdgeOptions sender;
  sender.server = options.server;
  while (sender.server.ends_with('/')) {
    sender.server.pop_back();
  }
  sender.token = options.token;
  sender.ca_file = options.ca_file;
  return sender;
}

std::vector<std::string> names_of(const std::vector<BinDevice>& devices) {
  std::vector<std::string> names;
  names.reserve(devices.size());
  for (const BinDevice& device : devices) {
    names.push_back(device.id);
  }
  return names;
}

}  // namespace

struct BinGateway::Works {
  Works(const BinGatewayOptions& given, std::unique_ptr<Journal> opened)
      : options(given),
        journal(std::move(opened)),
        sender(*journal, sender_options(given)),
        board(names_of(given.devices), clock.now(), given.board) {
    for (const BinDevice& device : given.devices) {
      devices.emplace(device.id, device.bin);
    }
  }
  Works(const Works&) = delete;
  Works& operator=(const Works&) = delete;
  ~Works() {
    reporter.reset();
    server.reset();
    {
      const std::scoped_lock lock(queue_mutex);
      ends = true;
    }
    queued.notify_all();
    if (worker.joinable()) {
      worker.join();
    }
    broker.reset();  // last: the worker answers through it
  }

  void push(std::string_view topic, std::string_view payload) {
    const std::scoped_lock lock(queue_mutex);
    if (queue.size() >= kQueueMax || payload.size() > bins::kPayloadMax) {
      ++left;
      return;
    }
    queue.push_back({std::string{topic}, std::string{payload}});
    queued.notify_one();
  }

  void run() {
    for (;;) {
      std::vector<RawMessage> batch;
      {
        std::unique_lock lock(queue_mutex);
        queued.wait(lock, [&] { return ends || !queue.empty(); });
        if (ends) {
          return;
        }
        // A moment more, and one sync serves all that came in it.
        queued.wait_for(lock, kGather, [&] { return ends || queue.size() >= kAtOnce; });
        batch.swap(queue);
      }
      take(batch);
    }
  }

  void take(const std::vector<RawMessage>& batch) {
    std::vector<std::pair<base::Uuid, std::string>> events;
    std::vector<std::pair<std::string, std::int64_t>> whose;
    for (const RawMessage& raw : batch) {
      const auto message = bins::parse_message(raw.topic, raw.payload);
      if (!message) {
        ++refused;
        continue;
      }
      const std::scoped_lock lock(board_mutex);
      if (!board.hear(*message, clock.now())) {
        ++strangers;
      } else if (const auto* deposit = std::get_if<bins::Deposit>(&message->what)) {
        const auto offset_s = board.offset_s(message->device);
        if (!offset_s) {
          continue;  // unanswered: it comes again, when a heartbeat has told how its clock is
        }
        const base::Uuid id = deposit_id(message->device, message->seq);
        events.emplace_back(
            id, bins::receive_event(*message, *deposit, devices.find(message->device)->second,
                                    *offset_s, id));
        whose.emplace_back(message->device, message->seq);
      } else if (const auto* done = std::get_if<bins::Done>(&message->what)) {
        const auto command = commands.find(done->command.text());
        if (command != commands.end() && command->second.device == message->device) {
          command->second.status = done->ok ? "done" : "failed";
          if (command->second.of_server) {
            answered.emplace_back(command->first, command->second.status);
          }
        }
      }
    }
    if (!events.empty()) {
      keep(events, whose);
    }
  }

  /// On the disk first, then the answers; without a disk there are none, and the bins send again.
  void keep(const std::vector<std::pair<base::Uuid, std::string>>& events,
            const std::vector<std::pair<std::string, std::int64_t>>& whose) {
    std::vector<base::Result<Ticket>> kept;
    try {
      std::vector<bool> before;
      before.reserve(events.size());
      for (const auto& [id, event] : events) {
        before.push_back(journal->find(id.text()).has_value());
      }
      kept = journal->keep_all(events);
      for (const bool there : before) {
        ++(there ? again : deposits);
      }
    } catch (const std::exception&) {
      left += events.size();
      return;
    }
    sender.wake();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      // The clock was measured anew since it came first: the same message all the same.
      const bool known = kept[i] || kept[i].error().code == ErrorCode::id_conflict;
      if (known) {
        broker->publish(down(whose[i].first, "answer"), bins::answer(whose[i].second, "kept", ""),
                        0);
      }
    }
  }

  [[nodiscard]] bool admits(const Request& request) const {
    return crypto::equal_in_constant_time(request.headers.value_or("Authorization", ""),
                                          "Bearer " + options.token);
  }

  Response show(const Request& request) {
    if (!admits(request)) {
      return http_server::problem_response({ErrorCode::unauthorized, "", ""}, request);
    }
    std::string out;
    json::Writer w(out);
    const std::scoped_lock lock(board_mutex);
    w.begin_object().key("items").begin_array();
    for (const bins::Health& one : board.health(clock.now())) {
      write_health(w, one);
    }
    w.end_array().member("waiting", static_cast<std::int64_t>(journal->waiting_count()));
    w.end_object();
    return http_server::json_response(200, std::move(out));
  }

  base::Result<std::string> command(const Request& request) {
    const std::string device{request.param("device")};
    HUAN_TRY(body, json::Document::parse(request.body()));
    const auto door = body.root().is_object() ? body.root().find("door") : std::nullopt;
    if (!door || !door->is_string() || !base::is_name(door->string(), base::kShortNameMax)) {
      return Error{ErrorCode::bad_text, "/door", "1 to 40 printable characters"};
    }
    if (!devices.contains(device)) {
      return Error{ErrorCode::not_found, "", device};
    }
    const base::Uuid id = ids.next();
    send_open(id, device, std::string{door->string()}, false);
    return id.text();
  }

  void send_open(const base::Uuid& id, const std::string& device, const std::string& door,
                 bool of_server) {
    {
      const std::scoped_lock lock(board_mutex);
      if (commands.size() >= kCommandsMax) {
        commands.erase(commands.begin());  // v7: the oldest
      }
      commands[id.text()] = {device, "sent", of_server};
    }
    broker->publish(down(device, "open"), bins::open_command(id, door), 1);
  }

  /// What the server says is judged like anybody's word.
  void open_for_server(const std::string& command, const std::string& device,
                       const std::string& door) {
    const auto id = base::Uuid::parse(command);
    if (id && devices.contains(device) && base::is_name(door, base::kShortNameMax)) {
      send_open(*id, device, door, true);
    }
  }

  ReporterHooks reporter_hooks() {
    ReporterHooks hooks;
    hooks.health = [this] {
      const std::scoped_lock lock(board_mutex);
      return board.health(clock.now());
    };
    hooks.answered = [this] {
      const std::scoped_lock lock(board_mutex);
      return std::exchange(answered, {});
    };
    hooks.open = [this](const std::string& command, const std::string& device,
                        const std::string& door) { open_for_server(command, device, door); };
    return hooks;
  }

  Response open(const Request& request) {
    if (!admits(request)) {
      return http_server::problem_response({ErrorCode::unauthorized, "", ""}, request);
    }
    const auto id = command(request);
    return id ? http_server::json_response(202, R"({"command":")" + *id + "\"}")
              : http_server::problem_response(id.error(), request);
  }

  Response follow(const Request& request) {
    if (!admits(request)) {
      return http_server::problem_response({ErrorCode::unauthorized, "", ""}, request);
    }
    const std::scoped_lock lock(board_mutex);
    const auto found = commands.find(std::string{request.param("id")});
    return found == commands.end()
               ? http_server::problem_response({ErrorCode::not_found, "", ""}, request)
               : http_server::json_response(200, R"({"status":")" + found->second.status + "\"}");
  }

  http_server::Router router() {
    http_server::Router made;
    made.add("GET", "/bins", [this](const Request& r) { return show(r); });
    made.add("POST", "/bins/{device}/open", [this](const Request& r) { return open(r); });
    made.add("GET", "/commands/{id}", [this](const Request& r) { return follow(r); });
    return made;
  }

  struct Command {
    std::string device;
    std::string status;
    bool of_server{false};  ///< it waits to hear what became of it
  };

  BinGatewayOptions options;
  base::SystemClock clock;
  crypto::SystemIdSource ids;
  std::unique_ptr<Journal> journal;
  Sender sender;
  std::mutex board_mutex;
  bins::Board board;
  std::map<std::string, Command> commands;
  std::vector<std::pair<std::string, std::string>> answered;  // commands of the server
  std::map<std::string, bins::Bin> devices;                   // does not change
  std::mutex queue_mutex;
  std::condition_variable queued;
  std::vector<RawMessage> queue;
  bool ends{false};
  std::atomic<std::uint64_t> deposits{0};
  std::atomic<std::uint64_t> again{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> strangers{0};
  std::atomic<std::uint64_t> left{0};
  BinObserver observer;
  std::unique_ptr<Broker> broker;
  std::unique_ptr<http_server::Server> server;
  std::thread worker;
  std::unique_ptr<Reporter> reporter;
};

BinGateway::BinGateway(std::unique_ptr<Works> works) : works_(std::move(works)) {}
BinGateway::~BinGateway() = default;

base::Result<std::unique_ptr<BinGateway>> BinGateway::start(const BinGatewayOptions& options) {
  HUAN_TRY(journal, Journal::open(options.folder, {}));
  auto works = std::make_unique<Works>(options, std::move(journal));
  Works& made = *works;
  Broker::Hooks hooks;
  hooks.connected = [&made] { made.broker->subscribe("huan/v1/+/up/#"); };
  hooks.message = [&made](std::string_view topic, std::string_view payload) {
    made.push(topic, payload);
  };
  HUAN_TRY(broker, Broker::make(options.broker, "huan-bins", std::move(hooks)));
  made.broker = std::move(broker);
  http_server::ServerOptions server;
  server.port = options.port;
  server.workers = 2;
  HUAN_TRY(started, http_server::Server::start(std::move(server), made.router(), made.observer));
  made.server = std::move(started);
  made.worker = std::thread([&made] { made.run(); });
  made.broker->run_in_background();
  made.reporter = std::make_unique<Reporter>(sender_options(options), names_of(options.devices),
                                             made.reporter_hooks());
  return std::unique_ptr<BinGateway>{new BinGateway(std::move(works))};
}

std::uint16_t BinGateway::port() const { return works_->server->port(); }
std::size_t BinGateway::waiting() const { return works_->journal->waiting_count(); }
BinStats BinGateway::stats() const {
  return {works_->deposits.load(), works_->again.load(), works_->refused.load(),
          works_->strangers.load(), works_->left.load()};
}

}  // namespace huan::edge
