// SPDX-License-Identifier: Apache-2.0
#include "huan/vehicle_gateway/simulated_fleet.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstring>
#include <deque>
#include <numbers>
#include <vector>

#include "huan/jt808/session.hpp"

namespace huan::vehicle_gateway {
namespace {

using base::Error;
using base::ErrorCode;
using jt808::Fix;
using jt808::Id;
using jt808::Message;

constexpr std::int64_t kRetryMs = 500;
constexpr std::int64_t kLastAnswersMs = 10'000;
constexpr std::size_t kBatchMax = 20;  // stays one frame
constexpr double kTurn = 2 * std::numbers::pi;

std::int64_t fleet_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

enum class State : std::uint8_t { away, registering, authenticating, in };

struct SentReports {
  std::uint16_t serial;
  std::size_t count;
};

class Terminal {
 public:
  Terminal(const FleetOptions& options, std::size_t number)
      : options_(&options), number_(number), edition_2019_(number % 2 == 0) {
    const std::string phone =
        std::to_string(options.first_phone + static_cast<std::int64_t>(number));
    phone_ = std::string((edition_2019_ ? 20U : 12U) - phone.size(), '0') + phone;
    next_ms_ = options.every_ms * static_cast<std::int64_t>(number) /
               static_cast<std::int64_t>(options.vehicles);
  }

  [[nodiscard]] int handle() const { return handle_; }
  [[nodiscard]] bool idle() const { return waiting_.empty(); }

  void beat(std::int64_t ms, bool makes, FleetReport& report) {
    if (makes && ms >= next_ms_) {
      next_ms_ += options_->every_ms;
      waiting_.push_back(fix(ms));
      ++report.made;
    }
    if (handle_ < 0 && ms >= retry_ms_) {
      connect(report);
      retry_ms_ = ms + kRetryMs;
    }
    if (state_ == State::in && sent_.empty() && !waiting_.empty()) {
      send_reports();
    }
  }

  void read(FleetReport& report) {
    std::array<char, 4'096> buffer{};
    const ssize_t n = ::recv(handle_, buffer.data(), buffer.size(), 0);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
      leave();
      return;
    }
    if (n < 0) {
      return;
    }
    deframer_.feed({buffer.data(), static_cast<std::size_t>(n)}, [&](std::string_view bytes) {
      if (const auto message = jt808::parse_message(bytes)) {
        hear(*message, report);
      }
    });
  }

  void leave() {
    if (handle_ >= 0) {
      ::close(handle_);
    }
    handle_ = -1;
    state_ = State::away;
    sent_.clear();  // what was not answered is sent again
    deframer_ = {};
  }

 private:
  [[nodiscard]] Fix fix(std::int64_t ms) const {
    const double turn = kTurn * (static_cast<double>(ms % 600'000) / 600'000.0 +
                                 static_cast<double>(number_) / 97.0);
    Fix made;
    // Each second once, or two reports of one vehicle would be one.
    made.time = base::SystemClock{}.now();
    made.lat_e6 = options_->lat_e6 + static_cast<std::int32_t>(20'000 * std::sin(turn));
    made.lng_e6 = options_->lng_e6 + static_cast<std::int32_t>(25'000 * std::cos(turn));
    made.speed_dmh = 320;
    made.direction = static_cast<std::uint16_t>(ms / 1'000 % 360);
    made.located = true;
    made.ignition = true;
    made.doors = options_->open_doors;
    if (options_->where) {
      const Whereabouts now = options_->where(number_, made.time);
      made.lat_e6 = now.lat_e6;
      made.lng_e6 = now.lng_e6;
      made.speed_dmh = now.moves ? made.speed_dmh : 0;
      made.doors = now.doors;
    }
    return made;
  }

  void connect(FleetReport& report) {
    handle_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_->port);
    sockaddr any{};
    if (::inet_pton(AF_INET, options_->address.c_str(), &address.sin_addr) != 1) {
      leave();
      return;
    }
    std::memcpy(&any, &address, sizeof any);
    if (::connect(handle_, &any, sizeof any) != 0 && errno != EINPROGRESS) {
      leave();
      return;
    }
    pollfd wait{handle_, POLLOUT, 0};
    if (::poll(&wait, 1, 1'000) != 1 || (wait.revents & (POLLERR | POLLHUP)) != 0) {
      leave();
      return;
    }
    ++report.connects;
    code_.empty() ? enrol() : authenticate();
  }

  void enrol() {
    jt808::Registration registration;
    registration.maker = "HUAN";
    registration.model = "SIM";
    registration.terminal = "S" + std::to_string(number_);
    state_ = State::registering;
    send(Id::register_terminal, jt808::registration_body(registration, edition_2019_));
  }

  void authenticate() {
    state_ = State::authenticating;
    send(Id::authenticate, jt808::authentication_body(code_, edition_2019_));
  }

  void send_reports() {
    if (waiting_.size() == 1) {
      send(Id::location, jt808::location_body(waiting_.front()));
      sent_.push_back({serial_, 1});
      return;
    }
    const std::size_t count = std::min(waiting_.size(), kBatchMax);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(count);
    send(Id::location_batch, jt808::batch_body({waiting_.begin(), end}));
    sent_.push_back({serial_, count});
  }

  void send(Id id, const std::string& body) {
    Message message;
    message.id = static_cast<std::uint16_t>(id);
    message.edition_2019 = edition_2019_;
    message.version = edition_2019_ ? 1 : 0;
    message.phone = phone_;
    message.serial = ++serial_;
    message.body = body;
    const std::string bytes = jt808::frame(jt808::to_bytes(message));
    if (::send(handle_, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(bytes.size())) {
      leave();
    }
  }

  void hear(const Message& message, FleetReport& report) {
    const auto byte = [&](std::size_t at) {
      return at < message.body.size() ? static_cast<std::uint8_t>(message.body[at]) : 0xFFU;
    };
    if (message.id == static_cast<std::uint16_t>(Id::register_reply)) {
      if (byte(2) != 0) {
        ++report.refused;
        return;
      }
      code_ = message.body.substr(3);
      authenticate();
      return;
    }
    if (message.id != static_cast<std::uint16_t>(Id::platform_reply)) {
      return;
    }
    const bool good = byte(4) == 0;
    if (state_ == State::authenticating) {
      report.refused += good ? 0 : 1;
      code_ = good ? code_ : "";
      state_ = good ? State::in : State::away;
    } else if (!sent_.empty() && sent_.front().serial == byte(0) * 256U + byte(1) && good) {
      report.answered += sent_.front().count;
      waiting_.erase(waiting_.begin(),
                     waiting_.begin() + static_cast<std::ptrdiff_t>(sent_.front().count));
      sent_.pop_front();
    }
  }

  const FleetOptions* options_;
  std::size_t number_;
  bool edition_2019_;
  std::string phone_;
  std::string code_;
  int handle_{-1};
  State state_{State::away};
  std::uint16_t serial_{0};
  std::int64_t next_ms_{0};
  std::int64_t retry_ms_{0};
  std::deque<Fix> waiting_;
  std::deque<SentReports> sent_;
  jt808::Deframer deframer_;
};

/// Reads whatever has come, for so long at most.
void read_all(std::vector<Terminal>& fleet, int wait_ms, FleetReport& report) {
  std::vector<pollfd> waits;
  std::vector<Terminal*> whose;
  waits.reserve(fleet.size());
  whose.reserve(fleet.size());
  for (Terminal& terminal : fleet) {
    if (terminal.handle() >= 0) {
      waits.push_back({terminal.handle(), POLLIN, 0});
      whose.push_back(&terminal);
    }
  }
  ::poll(waits.data(), waits.size(), wait_ms);
  for (std::size_t i = 0; i < waits.size(); ++i) {
    if (waits[i].revents != 0) {
      whose[i]->read(report);
    }
  }
}

}  // namespace

base::Result<FleetReport> run_fleet(const FleetOptions& options,
                                    const std::function<bool()>& ends) {
  std::vector<Terminal> fleet;
  fleet.reserve(options.vehicles);
  for (std::size_t i = 0; i < options.vehicles; ++i) {
    fleet.emplace_back(options, i);
  }
  FleetReport report;
  const std::int64_t begun = fleet_ms();
  bool done = false;
  while (!done && !ends()) {
    const std::int64_t ms = fleet_ms() - begun;
    const bool makes = ms < options.for_ms;
    bool idle = true;
    for (Terminal& terminal : fleet) {
      terminal.beat(ms, makes, report);
      idle = idle && terminal.idle();
    }
    done = !makes && (idle || ms > options.for_ms + kLastAnswersMs);
    read_all(fleet, 20, report);
    // poll() comes back at once while anybody speaks; thousands are served in turns.
    ::poll(nullptr, 0, 20);
  }
  for (Terminal& terminal : fleet) {
    terminal.leave();
  }
  if (report.connects == 0) {
    return Error{ErrorCode::unreachable, "", options.address + ":" + std::to_string(options.port)};
  }
  return report;
}

}  // namespace huan::vehicle_gateway
