// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "bytes.hpp"
#include "huan/base/assert.hpp"
#include "huan/jt808/message.hpp"

namespace huan::jt808 {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::uint32_t kIgnition = 1U << 0U;
constexpr std::uint32_t kLocated = 1U << 1U;
constexpr std::uint32_t kSouth = 1U << 2U;
constexpr std::uint32_t kWest = 1U << 3U;
constexpr unsigned kLoadAt = 8;    // two bits
constexpr unsigned kDoorsAt = 13;  // five bits: doors 1 to 5, set while open
constexpr std::uint32_t kLoadBits = 0x3;
constexpr std::uint32_t kDoorBits = 0x1F;
constexpr std::int64_t kChinaS = 8 * 3'600;
constexpr std::int64_t kDayS = 86'400;
constexpr std::uint32_t kLatMax = 90'000'000;
constexpr std::uint32_t kLngMax = 180'000'000;
constexpr std::uint16_t kDirectionMax = 359;
constexpr std::size_t kReportsMax = 1'000;
constexpr std::size_t kPlateMax = 64;
constexpr std::size_t kCodeMax = 255;

struct TerminalFields {
  std::size_t maker;
  std::size_t model;
  std::size_t terminal;
};
constexpr TerminalFields kFields2019{11, 30, 30};
constexpr TerminalFields kFields2013{5, 20, 7};

Error bad_body(const char* what) { return Error{ErrorCode::bad_field, "", what}; }

std::string trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(std::string_view{" \0", 2});
  return std::string{end == std::string_view::npos ? "" : text.substr(0, end + 1)};
}

/// YYMMDDhhmmss at GMT+8.
std::optional<base::Instant> time_of(std::string_view bcd) {
  const auto digits = digits_of_bcd(bcd);
  if (!digits || digits->size() != 12) {
    return std::nullopt;
  }
  const auto two = [&](std::size_t at) {
    return ((*digits)[at] - '0') * 10 + ((*digits)[at + 1] - '0');
  };
  const base::Civil civil{2'000 + two(0), two(2), two(4)};
  if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > 31 || two(6) > 23 ||
      two(8) > 59 || two(10) > 59) {
    return std::nullopt;
  }
  const base::Day day = base::day_of(civil);
  const base::Civil back = base::civil_of(day);
  if (back.month != civil.month || back.day != civil.day) {
    return std::nullopt;  // 30 February
  }
  return base::Instant{day.n * kDayS + two(6) * 3'600 + two(8) * 60 + two(10) - kChinaS};
}

void put_time(std::string& out, base::Instant time) {
  const std::int64_t local = time.s + kChinaS;
  const base::Civil civil = base::civil_of(base::day_of(time, kChinaS));
  const auto second = static_cast<std::int32_t>(local % kDayS);
  for (const std::int32_t value :
       {civil.year % 100, civil.month, civil.day, second / 3'600, second / 60 % 60, second % 60}) {
    put_bcd(out, std::to_string(value), 1);
  }
}

}  // namespace

base::Result<Registration> parse_registration(const Message& message) {
  const TerminalFields& fields = message.edition_2019 ? kFields2019 : kFields2013;
  ByteReader in{message.body};
  in.take(4);  // province and county
  Registration registration;
  registration.maker = trimmed(in.take(fields.maker));
  registration.model = trimmed(in.take(fields.model));
  registration.terminal = trimmed(in.take(fields.terminal));
  registration.plate_colour = in.byte();
  if (in.failed() || in.left() > kPlateMax) {
    return bad_body("a registration of another length");
  }
  registration.plate = std::string{in.take(in.left())};
  if (registration.terminal.empty()) {
    return bad_body("a terminal without id");
  }
  return registration;
}

base::Result<std::string> parse_authentication(const Message& message) {
  ByteReader in{message.body};
  if (!message.edition_2019) {
    if (in.left() > kCodeMax) {
      return bad_body("a code that is too long");
    }
    return std::string{in.take(in.left())};
  }
  const std::size_t size = in.byte();
  const std::string_view code = in.take(size);
  if (in.failed()) {
    return bad_body("a code that is cut off");
  }
  return std::string{code};  // IMEI and version behind it are not needed
}

base::Result<Fix> parse_location(std::string_view body) {
  ByteReader in{body};
  Fix fix;
  fix.alarms = in.number(4);
  const std::uint32_t status = in.number(4);
  const std::uint32_t lat = in.number(4);
  const std::uint32_t lng = in.number(4);
  fix.altitude_m = static_cast<std::int16_t>(in.word());
  fix.speed_dmh = in.word();
  fix.direction = in.word();
  const auto time = time_of(in.take(6));
  if (in.failed() || !time) {
    return bad_body("a report that is cut off, or at no time");
  }
  if (lat > kLatMax || lng > kLngMax || fix.direction > kDirectionMax) {
    return bad_body("a place or direction that there is not");
  }
  while (in.left() > 0) {
    in.byte();
    const std::size_t size = in.byte();
    in.take(size);
    if (in.failed()) {
      return bad_body("an additional item that is cut off");
    }
  }
  fix.time = *time;
  fix.lat_e6 = static_cast<std::int32_t>(lat) * ((status & kSouth) != 0 ? -1 : 1);
  fix.lng_e6 = static_cast<std::int32_t>(lng) * ((status & kWest) != 0 ? -1 : 1);
  fix.located = (status & kLocated) != 0;
  fix.ignition = (status & kIgnition) != 0;
  fix.load = static_cast<std::uint8_t>((status >> kLoadAt) & kLoadBits);
  fix.doors = static_cast<std::uint8_t>((status >> kDoorsAt) & kDoorBits);
  return fix;
}

base::Result<std::vector<Fix>> parse_batch(std::string_view body) {
  ByteReader in{body};
  const std::size_t count = in.word();
  in.byte();  // usual reports, or those of a blind area: the same to us
  if (in.failed() || count > kReportsMax) {
    return bad_body("a batch without head, or of too many");
  }
  std::vector<Fix> fixes;
  fixes.reserve(std::min(count, in.left() / 30));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t size = in.word();
    const std::string_view report = in.take(size);
    if (in.failed()) {
      return bad_body("a batch that is cut off");
    }
    HUAN_TRY(fix, parse_location(report));
    fixes.push_back(fix);
  }
  if (in.left() != 0) {
    return bad_body("a batch with something behind it");
  }
  return fixes;
}

Message platform_reply(const Message& to, Verdict verdict, std::uint16_t serial) {
  Message reply{static_cast<std::uint16_t>(Id::platform_reply),
                to.edition_2019,
                to.version,
                to.phone,
                serial,
                std::nullopt,
                {}};
  put_number(reply.body, to.serial, 2);
  put_number(reply.body, to.id, 2);
  put_number(reply.body, static_cast<std::uint8_t>(verdict), 1);
  return reply;
}

Message register_reply(const Message& to, RegisterVerdict verdict, std::string_view code,
                       std::uint16_t serial) {
  Message reply{static_cast<std::uint16_t>(Id::register_reply),
                to.edition_2019,
                to.version,
                to.phone,
                serial,
                std::nullopt,
                {}};
  put_number(reply.body, to.serial, 2);
  put_number(reply.body, static_cast<std::uint8_t>(verdict), 1);
  if (verdict == RegisterVerdict::ok) {
    reply.body.append(code);
  }
  return reply;
}

std::string registration_body(const Registration& registration, bool edition_2019) {
  const TerminalFields& fields = edition_2019 ? kFields2019 : kFields2013;
  std::string out(4, '\0');
  put_padded(out, registration.maker, fields.maker);
  put_padded(out, registration.model, fields.model);
  put_padded(out, registration.terminal, fields.terminal);
  put_number(out, registration.plate_colour, 1);
  return out + registration.plate;
}

std::string authentication_body(std::string_view code, bool edition_2019) {
  if (!edition_2019) {
    return std::string{code};
  }
  HUAN_ASSERT(code.size() <= kCodeMax);
  std::string out(1, static_cast<char>(code.size()));
  return out.append(code).append(15 + 20, '\0');
}

std::string location_body(const Fix& fix) {
  std::string out;
  std::uint32_t status = fix.located ? kLocated : 0U;
  status |= fix.ignition ? kIgnition : 0U;
  status |= (fix.load & kLoadBits) << kLoadAt;
  status |= (fix.doors & kDoorBits) << kDoorsAt;
  status |= fix.lat_e6 < 0 ? kSouth : 0U;
  status |= fix.lng_e6 < 0 ? kWest : 0U;
  put_number(out, fix.alarms, 4);
  put_number(out, status, 4);
  put_number(out, static_cast<std::uint32_t>(std::abs(fix.lat_e6)), 4);
  put_number(out, static_cast<std::uint32_t>(std::abs(fix.lng_e6)), 4);
  put_number(out, static_cast<std::uint16_t>(fix.altitude_m), 2);
  put_number(out, fix.speed_dmh, 2);
  put_number(out, fix.direction, 2);
  put_time(out, fix.time);
  return out;
}

std::string batch_body(const std::vector<Fix>& fixes) {
  std::string out;
  put_number(out, static_cast<std::uint32_t>(fixes.size()), 2);
  put_number(out, 1, 1);
  for (const Fix& fix : fixes) {
    const std::string report = location_body(fix);
    put_number(out, static_cast<std::uint32_t>(report.size()), 2);
    out += report;
  }
  return out;
}

}  // namespace huan::jt808
