// SPDX-License-Identifier: Apache-2.0
// JT/T 808 messages, of the 2013 and the 2019 edition: the header, and the bodies that a platform
// of vehicles needs. Text is GBK and left as it came. Times are UTC instants (the wire says China's
// time). A position is only one when the terminal says that it is located.
//
// Source: JT/T 808-2013 and -2019.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"

namespace huan::jt808 {

enum class Id : std::uint16_t {
  general_reply = 0x0001,
  heartbeat = 0x0002,
  log_out = 0x0003,
  register_terminal = 0x0100,
  authenticate = 0x0102,
  location = 0x0200,
  location_batch = 0x0704,
  platform_reply = 0x8001,
  register_reply = 0x8100
};

struct Part {
  std::uint16_t total{1};
  std::uint16_t index{1};
};

struct Message {
  std::uint16_t id{0};
  bool edition_2019{true};
  std::uint8_t version{1};  ///< of the 2019 edition
  std::string phone;        ///< 12 digits (2013) or 20 (2019)
  std::uint16_t serial{0};
  std::optional<Part> part{};
  std::string body;
};

/// Header and body as Deframer gives them. bad_field: lengths that do not agree, digits that are
/// none, encrypted bodies, parts out of range.
[[nodiscard]] base::Result<Message> parse_message(std::string_view bytes);
/// Header and body as frame() takes them; the body is at most 1,023 bytes.
[[nodiscard]] std::string to_bytes(const Message& message);

struct Registration {
  std::string maker;
  std::string model;
  std::string terminal;  ///< the device's own id, trailing blanks and zeros off
  std::uint8_t plate_colour{0};
  std::string plate;  ///< GBK
};
[[nodiscard]] base::Result<Registration> parse_registration(const Message& message);

/// The code that the platform gave.
[[nodiscard]] base::Result<std::string> parse_authentication(const Message& message);

struct Fix {
  base::Instant time;
  std::int32_t lat_e6{0};
  std::int32_t lng_e6{0};
  std::int16_t altitude_m{0};
  std::uint16_t speed_dmh{0};  ///< 0.1 km/h
  std::uint16_t direction{0};  ///< degrees from north, clockwise
  std::uint32_t alarms{0};
  bool located{false};
  bool ignition{false};
  std::uint8_t doors{
      0};  ///< bit n - 1: door n is open (1 front, 2 middle, 3 rear, 4 driver's, 5 own)
  std::uint8_t load{0};  ///< 0 empty, 1 half, 3 full; a terminal without the sensor says 0
  friend bool operator==(const Fix&, const Fix&) = default;
};
/// One report; what stands behind the 28 bytes is walked for its form and left out.
[[nodiscard]] base::Result<Fix> parse_location(std::string_view body);
/// Of a 0704: at most 1,000 reports.
[[nodiscard]] base::Result<std::vector<Fix>> parse_batch(std::string_view body);

enum class Verdict : std::uint8_t { ok = 0, failed = 1, wrong = 2, unsupported = 3 };
enum class RegisterVerdict : std::uint8_t {
  ok = 0,
  vehicle_taken = 1,
  no_vehicle = 2,
  terminal_taken = 3,
  no_terminal = 4
};
/// The platform's answers, in the edition that the terminal speaks.
[[nodiscard]] Message platform_reply(const Message& to, Verdict verdict, std::uint16_t serial);
[[nodiscard]] Message register_reply(const Message& to, RegisterVerdict verdict,
                                     std::string_view code, std::uint16_t serial);

/// What a terminal sends: for the simulated ones and tests.
[[nodiscard]] std::string registration_body(const Registration& registration, bool edition_2019);
[[nodiscard]] std::string authentication_body(std::string_view code, bool edition_2019);
[[nodiscard]] std::string location_body(const Fix& fix);
[[nodiscard]] std::string batch_body(const std::vector<Fix>& fixes);

}  // namespace huan::jt808
