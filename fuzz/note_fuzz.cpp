// SPDX-License-Identifier: Apache-2.0
// Signed notes, checkpoints, keys and the log's own state: whatever is read must be written back
// the same, and no input passes for a note signed by a key that did not sign it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/log/checkpoint.hpp"
#include "huan/log/merkle.hpp"
#include "huan/log/note.hpp"

namespace log = huan::log;

namespace {

constexpr std::string_view kText =
    "huan.test/130100\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

log::Verifier verifier() {
  huan::crypto::PublicKey key{};
  const auto parsed =
      log::Verifier::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  return parsed.has_value() ? *parsed : log::Verifier{"", key};
}

void keys(std::string_view text) {
  if (const auto key = log::Verifier::parse(text); key.has_value()) {
    HUAN_ASSERT(log::Verifier::parse(key->text()).value().text() == key->text());
  }
  if (const auto key = log::Signer::parse(text); key.has_value()) {
    const log::Verifier own = key->verifier();
    HUAN_ASSERT(log::Signer::parse(key->private_text()).value().private_text() ==
                key->private_text());
    HUAN_ASSERT(log::open_note(key->sign(kText), std::span(&own, 1)).has_value());
  }
}

void notes(std::string_view text) {
  static const log::Verifier known = verifier();
  if (const auto note = log::open_note(text, std::span(&known, 1)); note.has_value()) {
    HUAN_ASSERT(text.starts_with(note->text) && note->signers.size() == 1);
    HUAN_ASSERT(note->text.find("cryptography") !=
                std::string::npos);  // the one text of the corpus that it signed
  }
  if (const auto checkpoint = log::Checkpoint::parse(text); checkpoint.has_value()) {
    HUAN_ASSERT(checkpoint->text() == text);
  }
  if (const auto frontier = log::Frontier::parse(text); frontier.has_value() && !text.empty()) {
    HUAN_ASSERT(frontier->serialise() == text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  keys(text);
  notes(text);
  return 0;
}
