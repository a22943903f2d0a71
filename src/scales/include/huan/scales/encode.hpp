// SPDX-License-Identifier: Apache-2.0
// The other side: the frames that an indicator sends. For the simulated one (`huan
// simulate-scale`), which speaks the real protocols, and for tests.
//
//   socket.write(encode(Reading{.mass = Mass{1'560'000}}, {.protocol = Protocol::yaohua}));
#pragma once

#include <string>

#include "huan/scales/decode.hpp"

namespace huan::scales {

/// A continuous frame of that reading, with `decimals` 0 to 4 of the options' unit (kg for the line
/// form). The mass is rounded to what the display holds and clamped to its six digits.
[[nodiscard]] std::string encode(const Reading& reading, const DecoderOptions& options,
                                 int decimals);
/// A Yaohua indicator's reply to a command of six bytes; empty when the command is not one for this
/// address.
[[nodiscard]] std::string yaohua_reply(std::string_view command, char address,
                                       const Reading& reading);

}  // namespace huan::scales
