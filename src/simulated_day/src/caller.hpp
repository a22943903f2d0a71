// SPDX-License-Identifier: Apache-2.0
// One person at a server's doors: a token, or a login with its cookie.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/json/document.hpp"
#include "huan/simulated_day/roles.hpp"

namespace huan::simulated_day {

struct Who {
  std::string token{};  ///< or
  std::string cookie{};
  std::string csrf{};
  std::string address{};  ///< as a proxy would tell it; empty: the process's own
};

struct Answer {
  int status{0};
  std::string body;
  std::string etag;
  std::string cookie;
  std::optional<json::Document> json{};
  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
  [[nodiscard]] json::Value root() const { return json ? json->root() : json::Value{}; }
};

/// The member of an object, if it is there and of that kind.
[[nodiscard]] std::string text_at(json::Value object, std::string_view key);
[[nodiscard]] std::int64_t integer_at(json::Value object, std::string_view key);
[[nodiscard]] json::Value value_at(json::Value object, std::string_view key);

class Caller {
 public:
  explicit Caller(const DayOptions& options) : options_(options) {}
  /// JSON, or a picture. unreachable.
  [[nodiscard]] base::Result<Answer> call(const Who& who, const std::string& method,
                                          const std::string& path, const std::string& body = "",
                                          const std::string& match = "");

  /// Every page of a list. unreachable, also for any other answer than the list.
  template <class Visit>
  [[nodiscard]] base::Result<void> each(const Who& who, const std::string& path,
                                        const Visit& visit) {
    std::string after;
    do {
      HUAN_TRY(page, page_of(who, path, after));
      for (const json::Value item : value_at(page.root(), "items").elements()) {
        visit(item);
      }
      after = text_at(page.root(), "next");
    } while (!after.empty());
    return {};
  }

 private:
  [[nodiscard]] base::Result<Answer> page_of(const Who& who, const std::string& path,
                                             const std::string& after);

  const DayOptions& options_;
};

/// Notes what was not expected.
void unexpected(DayReport& report, const std::string& what, const Answer& answer);

/// A login's cookie and the value that changes need beside it.
[[nodiscard]] Who logged_in(const Answer& answer, std::string address);

}  // namespace huan::simulated_day
