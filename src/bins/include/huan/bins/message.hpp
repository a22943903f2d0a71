// SPDX-License-Identifier: Apache-2.0
// What a smart bin 智能回收箱 says, in the form of docs/devices.md: a topic
// `huan/v1/{device}/up/{what}` and a JSON object with the device's own running number and time.
// Guaranteed: numbers and sizes are bounded, unknown fields are refused. Not guaranteed: that the
// device is who it says; the broker's password and access list do that.
//
//   HUAN_TRY(message, parse_message("huan/v1/B-7/up/deposit", payload));
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::bins {

inline constexpr std::size_t kPayloadMax = 16'384;

struct Deposit {
  std::string door;
  std::string material;
  base::Mass before;
  base::Mass after;   ///< more than before
  std::string party;  ///< empty: nobody said who
};
struct DoorFill {
  std::string door;
  int percent{0};
};
struct Status {
  std::vector<DoorFill> doors;
};
struct Fault {
  std::string code;
  std::string door;  ///< empty: the whole device
  bool cleared{false};
};
struct Heartbeat {};
/// The answer to a command.
struct Done {
  base::Uuid command;
  bool ok{false};
};

struct Message {
  std::string device;
  std::int64_t seq{0};  ///< the device's own, rising
  base::Instant at;     ///< by the device's clock
  std::variant<Heartbeat, Deposit, Status, Fault, Done> what;
};

/// bad_text (topic), bad_json and its kind, bad_field, bad_number, bad_time, too_large.
[[nodiscard]] base::Result<Message> parse_message(std::string_view topic, std::string_view payload);

/// Where a bin stands in the registry.
struct Bin {
  std::string place;
  std::string code;  ///< goes into its lots and tickets
};
/// The receive event of a deposit. Its id follows from device and number alone, so that a message
/// is one event however often it comes; `offset_s` is what the device's clock is behind, the
/// device's own time stays in `weighings[].at`.
[[nodiscard]] std::string receive_event(const Message& message, const Deposit& deposit,
                                        const Bin& bin, std::int64_t offset_s,
                                        const base::Uuid& id);

/// What a command to open a door says.
[[nodiscard]] std::string open_command(const base::Uuid& command, std::string_view door);
/// The answer to a message: `kept` (it is on the disk) or `refused`.
[[nodiscard]] std::string answer(std::int64_t seq, std::string_view status, std::string_view code);

}  // namespace huan::bins
