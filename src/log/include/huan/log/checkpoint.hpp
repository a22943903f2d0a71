// SPDX-License-Identifier: Apache-2.0
// A checkpoint (C2SP tlog-checkpoint): origin, size and root of a log, signed. Whoever keeps one
// can later prove that nothing before it was altered or removed, whatever the server then says.
//
//   const std::string note = log::sign_checkpoint({origin, appender.size(), appender.root(), {}},
//   signer); HUAN_TRY(checkpoint, log::open_checkpoint(note, verifier));
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/log/merkle.hpp"
#include "huan/log/note.hpp"

namespace huan::log {

struct Checkpoint {
  std::string origin;  ///< names the log; the same as the signer's name
  std::uint64_t size{0};
  Digest root{};
  std::vector<std::string> extensions;  ///< further lines, passed through

  [[nodiscard]] static base::Result<Checkpoint> parse(
      std::string_view text);  ///< without signatures; bad_checkpoint
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer);
/// Signed by this verifier, and of the log that has its name; else bad_checkpoint.
[[nodiscard]] base::Result<Checkpoint> open_checkpoint(std::string_view note,
                                                       const Verifier& verifier);

}  // namespace huan::log
