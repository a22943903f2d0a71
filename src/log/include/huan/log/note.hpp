// SPDX-License-Identifier: Apache-2.0
// Signed notes (C2SP signed-note): a text for people and programs, and below it lines with
// signatures. Ed25519 only. Keys are written as the tools of transparency logs write them: the
// private one `PRIVATE+KEY+name+id+base64`, which belongs into a file that only the server reads,
// the public one `name+id+base64`, which may be printed anywhere.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/crypto/ed25519.hpp"

namespace huan::log {

inline constexpr std::size_t kNoteMax = 65536;
inline constexpr std::size_t kNoteSignaturesMax = 100;

/// Not empty, UTF-8 without white space, control characters and `+`.
[[nodiscard]] bool is_key_name(std::string_view name);
/// First four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ public key), big endian.
[[nodiscard]] std::uint32_t key_id(std::string_view name, const crypto::PublicKey& key);

struct Verifier {
  std::string name;
  crypto::PublicKey key{};

  [[nodiscard]] static base::Result<Verifier> parse(std::string_view text);  ///< bad_checkpoint
  [[nodiscard]] std::string text() const;
};

class Signer {
 public:
  /// bad_checkpoint for a name that is not a key name.
  [[nodiscard]] static base::Result<Signer> generate(std::string name);
  [[nodiscard]] static base::Result<Signer> parse(
      std::string_view text);  ///< surrounding white space is ignored
  /// The same secret under another name: one key file serves the logs of all cities of a server.
  [[nodiscard]] base::Result<Signer> renamed(std::string name) const;

  [[nodiscard]] std::string private_text() const;  ///< secret
  [[nodiscard]] Verifier verifier() const { return {name_, key_.public_key()}; }
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  /// `text` ends with a line feed and has no empty line at its end; gives the whole note.
  [[nodiscard]] std::string sign(std::string_view text) const;

 private:
  Signer(std::string name, crypto::SigningKey key) : name_(std::move(name)), key_(std::move(key)) {}

  std::string name_;
  crypto::SigningKey key_;
};

struct OpenedNote {
  std::string text;                  ///< what was signed, with its last line feed
  std::vector<std::string> signers;  ///< of the known ones, whose signature holds
};

/// bad_checkpoint if the note is malformed, a known key's signature does not hold, or no known key
/// signed it. Signatures of unknown keys (witnesses) are passed over.
[[nodiscard]] base::Result<OpenedNote> open_note(std::string_view note,
                                                 std::span<const Verifier> known);

}  // namespace huan::log
