// SPDX-License-Identifier: Apache-2.0
#include "huan/jt808/message.hpp"

#include "bytes.hpp"
#include "huan/base/assert.hpp"

namespace huan::jt808 {
namespace {

using base::Error;
using base::ErrorCode;

constexpr unsigned kLength = 0x3FF;
constexpr unsigned kEncrypted = 0x1C00;
constexpr unsigned kInParts = 0x2000;
constexpr unsigned kEdition2019 = 0x4000;
constexpr std::size_t kPhone2013 = 6;
constexpr std::size_t kPhone2019 = 10;

Error bad_message(const char* what) { return Error{ErrorCode::bad_field, "", what}; }

}  // namespace

base::Result<Message> parse_message(std::string_view bytes) {
  ByteReader in{bytes};
  Message message;
  message.id = in.word();
  const unsigned props = in.word();
  message.edition_2019 = (props & kEdition2019) != 0;
  message.version = message.edition_2019 ? in.byte() : std::uint8_t{0};
  const auto phone = digits_of_bcd(in.take(message.edition_2019 ? kPhone2019 : kPhone2013));
  message.serial = in.word();
  if ((props & kInParts) != 0) {
    Part part;
    part.total = in.word();
    part.index = in.word();
    message.part = part;
  }
  if (in.failed() || !phone) {
    return bad_message("the header is cut off, or its number is not one");
  }
  if ((props & kEncrypted) != 0) {
    return bad_message("encrypted bodies are not taken");
  }
  if (in.left() != (props & kLength)) {
    return bad_message("the body is not as long as its header says");
  }
  if (message.part && (message.part->index < 1 || message.part->index > message.part->total)) {
    return bad_message("a part out of range");
  }
  message.phone = *phone;
  message.body = std::string{in.take(in.left())};
  return message;
}

std::string to_bytes(const Message& message) {
  HUAN_ASSERT(message.body.size() <= kLength);
  auto props = static_cast<std::uint32_t>(message.body.size());
  props |= message.edition_2019 ? kEdition2019 : 0U;
  props |= message.part ? kInParts : 0U;
  std::string out;
  put_number(out, message.id, 2);
  put_number(out, props, 2);
  if (message.edition_2019) {
    put_number(out, message.version, 1);
  }
  put_bcd(out, message.phone, message.edition_2019 ? kPhone2019 : kPhone2013);
  put_number(out, message.serial, 2);
  if (message.part) {
    put_number(out, message.part->total, 2);
    put_number(out, message.part->index, 2);
  }
  return out + message.body;
}

}  // namespace huan::jt808
