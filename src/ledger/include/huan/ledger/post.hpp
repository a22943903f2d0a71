// SPDX-License-Identifier: Apache-2.0
// post(): judges an event against the book and answers with all that it changes, or with the first
// reason to refuse it. Pure: it reads the book and writes nothing. The same event on the same book
// gives the same posting, byte for byte, which is what verify relies on.
//
//   auto posting = post(event, book, {.now = clock.now(), .offset_s = 8 * 3600});
//   if (!posting) refuse(posting.error());              // code, JSON pointer into the event,
//   detail
//
// Sums beyond 64 bits throw base::Overflow; the caller answers `too_large`.
#pragma once

#include "huan/base/result.hpp"
#include "huan/ledger/book.hpp"
#include "huan/ledger/event.hpp"
#include "huan/ledger/posting.hpp"

namespace huan::ledger {

struct PostOptions {
  base::Instant now;
  std::int32_t offset_s{0};       ///< the city's local time, for days
  std::int64_t tolerance_s{600};  ///< how far ahead of the server's clock a time may lie
};

/// `room`: a posting that is no longer needed, whose memory the new one may take; what it says is
/// forgotten.
[[nodiscard]] base::Result<Posting> post(const Event& event, Book& book, const PostOptions& options,
                                         Posting&& room = {});

}  // namespace huan::ledger
