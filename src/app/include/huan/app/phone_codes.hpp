// SPDX-License-Identifier: Apache-2.0
// Codes for one use that prove a phone: six digits, good for five minutes and five tries, kept in
// memory alone. How often one phone and one address may ask is limited; whether anybody is known by
// that phone makes no difference to what they are told. Safe to use from several threads.
//
//   HUAN_TRY(code, codes.ask({customer, address}, now));   // goes to the phone, nowhere else
//   HUAN_CHECK(codes.check(customer, typed, now));
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::app {

struct CodeLimits {
  std::int64_t good_for_s{300};
  std::int64_t tries{5};
  std::int64_t pause_s{60};  ///< between two codes of one phone
  std::size_t of_phone_per_hour{5};
  std::size_t of_address_per_hour{30};  ///< many may share one
  std::size_t entries_max{20'000};
};

class PhoneCodes {
 public:
  explicit PhoneCodes(CodeLimits limits = {}) : limits_(limits) {}

  struct Asker {
    std::string_view phone;    ///< or what stands for it
    std::string_view address;  ///< of who asks
  };
  /// too_many_requests with the seconds to wait as detail.
  [[nodiscard]] base::Result<std::string> ask(const Asker& asker, base::Instant now);
  /// unauthorized: wrong, used, too old, or tried too often. Right once only.
  [[nodiscard]] base::Result<void> check(std::string_view phone, std::string_view code,
                                         base::Instant now);

 private:
  struct Code {
    std::string digits;
    base::Instant until;
    std::int64_t tries{0};
  };
  [[nodiscard]] std::int64_t wait_of(const std::string& key, std::size_t per_hour,
                                     base::Instant now);
  void make_room(base::Instant now);

  CodeLimits limits_;
  std::mutex mutex_;
  std::map<std::string, Code, std::less<>> codes_;
  std::map<std::string, std::vector<base::Instant>> asked_;
};

}  // namespace huan::app
