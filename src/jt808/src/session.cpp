// SPDX-License-Identifier: Apache-2.0
#include "huan/jt808/session.hpp"

#include <algorithm>

namespace huan::jt808 {
namespace {

constexpr int kWrongsMax = 20;
constexpr std::size_t kJoinedMax = 64'000;
constexpr std::uint16_t kPartsMax = 256;

bool is(const Message& message, Id id) { return message.id == static_cast<std::uint16_t>(id); }

}  // namespace

std::string plain_phone(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string{digits.substr(first)};
}

Taken Session::take(std::string_view bytes) {
  Taken taken;
  const auto broken = deframer_.tally().broken;
  deframer_.feed(bytes, [&](std::string_view whole) {
    if (taken.close) {
      return;
    }
    auto message = parse_message(whole);
    if (!message) {
      ++wrongs_;
    } else if (!phone_.empty() && plain_phone(message->phone) != phone_) {
      taken.close = true;  // one connection, one terminal
    } else if (message->part) {
      receive_part(*std::move(message), taken);
    } else {
      handle(*message, taken);
    }
  });
  wrongs_ += static_cast<int>(std::min<std::uint64_t>(deframer_.tally().broken - broken, 1'000));
  taken.close = taken.close || wrongs_ > kWrongsMax;
  return taken;
}

void Session::receive_part(Message message, Taken& taken) {
  const Part part = *message.part;
  // Serials of the parts follow each other, so the first one's names the message.
  const auto first = static_cast<std::uint16_t>(message.serial - (part.index - 1));
  if (part.total > kPartsMax || phone_.empty()) {
    ++wrongs_;
    return;
  }
  if (message.id != joined_id_ || first != joined_first_ || part.total != joined_total_) {
    joined_.clear();
    joined_bytes_ = 0;
    joined_id_ = message.id;
    joined_first_ = first;
    joined_total_ = part.total;
  }
  if (joined_bytes_ + message.body.size() > kJoinedMax) {
    ++wrongs_;
    joined_.clear();
    joined_bytes_ = 0;
    return;
  }
  const auto [at, added] = joined_.emplace(part.index, message.body);
  joined_bytes_ += added ? at->second.size() : 0;
  if (joined_.size() < part.total) {
    reply(message, Verdict::ok, taken);
    return;
  }
  message.body.clear();
  for (const auto& [index, body] : joined_) {
    message.body += body;
  }
  joined_.clear();
  joined_bytes_ = 0;
  handle(message, taken);
}

void Session::handle(const Message& message, Taken& taken) {
  if (is(message, Id::register_terminal)) {
    handle_registration(message, taken);
  } else if (is(message, Id::authenticate)) {
    handle_authentication(message, taken);
  } else if (phone_.empty()) {
    reply(message, Verdict::failed, taken);
    ++wrongs_;
  } else if (is(message, Id::location) || is(message, Id::location_batch)) {
    handle_reports(message, taken);
  } else if (is(message, Id::heartbeat) || is(message, Id::log_out)) {
    reply(message, Verdict::ok, taken);
    taken.close = taken.close || is(message, Id::log_out);
  } else if (!is(message, Id::general_reply)) {
    reply(message, Verdict::unsupported, taken);
  }
}

void Session::handle_registration(const Message& message, Taken& taken) {
  const auto registration = parse_registration(message);
  if (!registration) {
    ++wrongs_;
    reply(message, Verdict::wrong, taken);
    return;
  }
  const auto answer = doorkeeper_.enrol(plain_phone(message.phone), *registration);
  taken.replies += frame(to_bytes(register_reply(message, answer.verdict, answer.code, ++serial_)));
  wrongs_ += answer.verdict == RegisterVerdict::ok ? 0 : 1;
}

void Session::handle_authentication(const Message& message, Taken& taken) {
  const auto code = parse_authentication(message);
  const std::string phone = plain_phone(message.phone);
  if (!code || !doorkeeper_.admits(phone, *code)) {
    reply(message, Verdict::failed, taken);
    taken.close = true;
    return;
  }
  phone_ = phone;
  reply(message, Verdict::ok, taken);
}

void Session::handle_reports(const Message& message, Taken& taken) {
  std::vector<Fix> fixes;
  if (is(message, Id::location)) {
    if (const auto fix = parse_location(message.body)) {
      fixes.push_back(*fix);
    }
  } else if (auto batch = parse_batch(message.body)) {
    fixes = *std::move(batch);
  }
  if (fixes.empty()) {
    ++wrongs_;
    reply(message, Verdict::wrong, taken);
    return;
  }
  taken.fixes.insert(taken.fixes.end(), fixes.begin(), fixes.end());
  reply(message, Verdict::ok, taken);
}

void Session::reply(const Message& to, Verdict verdict, Taken& taken) {
  taken.replies += frame(to_bytes(platform_reply(to, verdict, ++serial_)));
}

}  // namespace huan::jt808
