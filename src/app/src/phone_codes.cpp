// SPDX-License-Identifier: Apache-2.0
#include "huan/app/phone_codes.hpp"

#include <algorithm>

#include "huan/crypto/digest.hpp"
#include "huan/crypto/random.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kHourS = 3'600;
constexpr std::uint32_t kCodes = 1'000'000;
constexpr std::size_t kCodeDigits = 6;

std::string fresh_digits() {
  std::uint32_t number = 0;
  // Below the largest multiple, so that each code is as likely as the others.
  constexpr std::uint32_t kEven = UINT32_MAX - UINT32_MAX % kCodes;
  do {
    number = 0;
    for (const char c : crypto::random_bytes(4)) {
      number = number << 8U | static_cast<std::uint8_t>(c);
    }
  } while (number >= kEven);
  const std::string digits = std::to_string(number % kCodes);
  return std::string(kCodeDigits - digits.size(), '0') + digits;
}

Error wrong_code() {
  return {ErrorCode::unauthorized, "/code", "the code is wrong or no longer good: ask for another"};
}

}  // namespace

std::int64_t PhoneCodes::wait_of(const std::string& key, std::size_t per_hour, base::Instant now) {
  auto& times = asked_[key];
  std::erase_if(times, [&](base::Instant at) { return at.s <= now.s - kHourS; });
  return times.size() < per_hour ? 0 : times.front().s + kHourS - now.s;
}

void PhoneCodes::make_room(base::Instant now) {
  if (codes_.size() + asked_.size() < limits_.entries_max) {
    return;
  }
  std::erase_if(codes_, [&](const auto& one) { return one.second.until <= now; });
  std::erase_if(asked_, [&](const auto& one) {
    return one.second.empty() || one.second.back().s <= now.s - kHourS;
  });
}

base::Result<std::string> PhoneCodes::ask(const Asker& asker, base::Instant now) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  if (codes_.size() + asked_.size() >= limits_.entries_max) {
    return Error{ErrorCode::too_many_requests, "", std::to_string(limits_.pause_s) + " seconds"};
  }
  const std::string phone = "phone " + std::string(asker.phone);
  const std::string address = "address " + std::string(asker.address);
  std::int64_t wait = std::max(wait_of(phone, limits_.of_phone_per_hour, now),
                               wait_of(address, limits_.of_address_per_hour, now));
  if (const auto& times = asked_[phone]; !times.empty()) {
    wait = std::max(wait, times.back().s + limits_.pause_s - now.s);
  }
  if (wait > 0) {
    return Error{ErrorCode::too_many_requests, "", std::to_string(wait) + " seconds"};
  }
  asked_[phone].push_back(now);
  asked_[address].push_back(now);
  const Code code{fresh_digits(), {now.s + limits_.good_for_s}, 0};
  codes_.insert_or_assign(std::string(asker.phone), code);
  return code.digits;
}

base::Result<void> PhoneCodes::check(std::string_view phone, std::string_view code,
                                     base::Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = codes_.find(phone);
  if (found == codes_.end()) {
    return wrong_code();
  }
  if (found->second.until <= now || ++found->second.tries > limits_.tries) {
    codes_.erase(found);
    return wrong_code();
  }
  if (!crypto::equal_in_constant_time(found->second.digits, code)) {
    return wrong_code();
  }
  codes_.erase(found);
  return {};
}

}  // namespace huan::app
