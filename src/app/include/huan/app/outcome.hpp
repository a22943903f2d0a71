// SPDX-License-Identifier: Apache-2.0
// What is sent in and what becomes of it (events.md §3, §7).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/ledger/event.hpp"
#include "huan/ledger/posting.hpp"

namespace huan::app {

enum class Status : std::uint8_t { posted, duplicate, refused };
[[nodiscard]] std::string_view name(Status status);

struct Outcome {
  Status status{Status::refused};
  std::string id;
  std::uint64_t seq{0};  ///< of the record; 0 when refused
  base::Error error;     ///< when refused
  std::vector<ledger::Raised> raised;
};

/// An event read and put into canonical form: all that can be done before the city's turn to write.
struct PreparedEvent {
  std::string id;         ///< as sent, also when the rest is refused; empty when there is none
  std::string time;       ///< as sent
  std::string canonical;  ///< RFC 8785 bytes
  base::Result<ledger::Event> event{base::Error{}};
};

/// Pure; any thread.
[[nodiscard]] PreparedEvent prepare(std::string_view text);

struct Counts {
  std::uint64_t posted{0};
  std::uint64_t duplicate{0};
  std::uint64_t refused{0};
  void add(Status status);
};

}  // namespace huan::app
