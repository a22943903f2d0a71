// SPDX-License-Identifier: Apache-2.0
// What a bin says: the first line is the topic, the rest the payload. What is taken makes an event
// that is JSON again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "huan/bins/board.hpp"
#include "huan/json/document.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto line = bytes.substr(0, bytes.find('\n'));
  const auto payload = bytes.substr(line.size() == size ? size : line.size() + 1);
  const auto message = huan::bins::parse_message(line, payload);
  if (!message) {
    return 0;
  }
  const huan::base::Instant now{1'790'000'000};
  huan::bins::Board board({message->device}, now, {});
  if (!board.hear(*message, now)) {
    std::abort();
  }
  if (const auto* deposit = std::get_if<huan::bins::Deposit>(&message->what)) {
    const auto event = huan::bins::receive_event(*message, *deposit, {"S-1", "B"}, 0, {});
    if (!huan::json::Document::parse(event)) {
      std::abort();
    }
  }
  return 0;
}
