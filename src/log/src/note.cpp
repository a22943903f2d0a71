// SPDX-License-Identifier: Apache-2.0
#include "huan/log/note.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "huan/base/assert.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"

namespace huan::log {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr char kEd25519 = 0x01;
constexpr std::string_view kDash = "— ";
constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr std::size_t kIdSize = 4;

Error bad_note(std::string detail) { return {ErrorCode::bad_checkpoint, "", std::move(detail)}; }

std::string_view view(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string id_bytes(std::uint32_t id) {
  return {static_cast<char>(id >> 24U), static_cast<char>((id >> 16U) & 0xFFU),
          static_cast<char>((id >> 8U) & 0xFFU), static_cast<char>(id & 0xFFU)};
}

std::string id_hex(std::uint32_t id) {
  const std::string bytes = id_bytes(id);
  return base::hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

struct KeyText {
  std::string name;
  std::string id;
  std::array<std::uint8_t, 32> bytes{};
};

/// name+id+base64(0x01 ‖ 32 bytes)
Result<KeyText> parse_key(std::string_view text) {
  const std::size_t first = text.find('+');
  const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos || !is_key_name(text.substr(0, first))) {
    return bad_note("a key is written name+id+base64");
  }
  auto raw = base::unbase64(text.substr(second + 1));
  if (!raw.has_value() || raw->size() != 33 || raw->front() != kEd25519) {
    return bad_note("not an Ed25519 key");
  }
  KeyText key;
  key.name = text.substr(0, first);
  key.id = text.substr(first + 1, second - first - 1);
  std::copy(raw->begin() + 1, raw->end(), key.bytes.begin());
  OPENSSL_cleanse(raw->data(), raw->size());
  return key;
}

bool is_note_text(std::string_view text) {
  return base::is_clean_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<std::uint8_t>(c) < 0x20 && c != '\n';
         });
}

struct SignatureLine {
  std::string_view name;
  std::uint32_t id{0};
  std::string signature;
};

/// — name base64(id ‖ signature)
Result<SignatureLine> parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) {
    return bad_note("a signature line starts with a dash");
  }
  line.remove_prefix(kDash.size());
  const std::size_t space = line.find(' ');
  const auto raw =
      space == std::string_view::npos ? std::nullopt : base::unbase64(line.substr(space + 1));
  if (!raw.has_value() || raw->size() <= kIdSize || !is_key_name(line.substr(0, space))) {
    return bad_note("a signature line is a dash, a name and base64");
  }
  SignatureLine signature{line.substr(0, space), 0, raw->substr(kIdSize)};
  for (std::size_t i = 0; i < kIdSize; ++i) {
    signature.id = (signature.id << 8U) | static_cast<std::uint8_t>((*raw)[i]);
  }
  return signature;
}

bool holds(const SignatureLine& line, const Verifier& verifier, std::string_view text) {
  crypto::Signature signature;
  if (line.signature.size() != signature.size()) {
    return false;
  }
  std::copy(line.signature.begin(), line.signature.end(), signature.begin());
  return crypto::verify(verifier.key, text, signature);
}

Result<void> check_line(std::string_view line, std::span<const Verifier> known, OpenedNote& note) {
  HUAN_TRY(signature, parse_signature(line));
  const auto verifier = std::find_if(known.begin(), known.end(), [&](const Verifier& one) {
    return one.name == signature.name && key_id(one.name, one.key) == signature.id;
  });
  if (verifier == known.end() ||
      std::find(note.signers.begin(), note.signers.end(), verifier->name) != note.signers.end()) {
    return {};
  }
  if (!holds(signature, *verifier, note.text)) {
    return bad_note("the signature of " + verifier->name + " does not hold");
  }
  note.signers.push_back(verifier->name);
  return {};
}

}  // namespace

bool is_key_name(std::string_view name) {
  // White space beyond ASCII: U+0085, U+00A0, U+1680, U+2000–U+200A, U+2028, U+2029, U+202F,
  // U+205F, U+3000.
  constexpr std::string_view kSpaces[] = {"\u0085", "\u00A0", "\u1680", "\u2000", "\u2001",
                                          "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
                                          "\u2007", "\u2008", "\u2009", "\u200A", "\u2028",
                                          "\u2029", "\u202F", "\u205F", "\u3000"};
  return !name.empty() && base::is_clean_utf8(name) &&
         std::none_of(name.begin(), name.end(),
                      [](char c) {
                        return static_cast<std::uint8_t>(c) <= 0x20 || c == '+' || c == 0x7F;
                      }) &&
         std::none_of(std::begin(kSpaces), std::end(kSpaces), [&](std::string_view space) {
           return name.find(space) != std::string_view::npos;
         });
}

std::uint32_t key_id(std::string_view name, const crypto::PublicKey& key) {
  std::string text(name);
  text.append(1, '\n').append(1, kEd25519).append(view(key));
  const crypto::Digest digest = crypto::sha256(text);
  return static_cast<std::uint32_t>(digest[0]) << 24U |
         static_cast<std::uint32_t>(digest[1]) << 16U |
         static_cast<std::uint32_t>(digest[2]) << 8U | digest[3];
}

Result<Verifier> Verifier::parse(std::string_view text) {
  HUAN_TRY(key, parse_key(text));
  if (key.id != id_hex(key_id(key.name, key.bytes))) {
    return bad_note("the key's id does not fit");
  }
  return Verifier{std::move(key.name), key.bytes};
}

std::string Verifier::text() const {
  return name + "+" + id_hex(key_id(name, key)) + "+" +
         base::base64(std::string(1, kEd25519).append(view(key)));
}

Result<Signer> Signer::generate(std::string name) {
  if (!is_key_name(name)) {
    return bad_note("not a name for a key");
  }
  return Signer(std::move(name), crypto::SigningKey::generate());
}

Result<Signer> Signer::parse(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  text = text.substr(0, text.find_last_not_of(kSpace) + 1);
  if (!text.starts_with(kPrivate)) {
    return bad_note("not a private key");
  }
  HUAN_TRY(key, parse_key(text.substr(kPrivate.size())));
  Signer signer(std::move(key.name), crypto::SigningKey::from_seed(key.bytes));
  OPENSSL_cleanse(key.bytes.data(), key.bytes.size());
  if (key.id != id_hex(key_id(signer.name_, signer.key_.public_key()))) {
    return bad_note("the key's id does not fit");
  }
  return signer;
}

Result<Signer> Signer::renamed(std::string name) const {
  if (!is_key_name(name)) {
    return bad_note("not a name for a key");
  }
  return Signer(std::move(name), crypto::SigningKey::from_seed(key_.seed()));
}

std::string Signer::private_text() const {
  return std::string(kPrivate) + name_ + "+" + id_hex(key_id(name_, key_.public_key())) + "+" +
         base::base64(std::string(1, kEd25519).append(view(key_.seed())));
}

std::string Signer::sign(std::string_view text) const {
  HUAN_ASSERT(is_note_text(text) && text.ends_with('\n'));
  const std::string signature =
      id_bytes(key_id(name_, key_.public_key())).append(view(key_.sign(text)));
  std::string note(text);
  return note.append("\n")
      .append(kDash)
      .append(name_)
      .append(" ")
      .append(base::base64(signature))
      .append("\n");
}

Result<OpenedNote> open_note(std::string_view note, std::span<const Verifier> known) {
  if (note.size() > kNoteMax) {
    return bad_note("the note is too long");
  }
  // The last empty line parts text and signatures: the text itself may hold empty lines.
  const std::size_t gap = note.rfind("\n\n");
  if (gap == std::string_view::npos || gap + 2 == note.size() || !note.ends_with('\n') ||
      !is_note_text(note)) {
    return bad_note("a note is text, an empty line and signatures");
  }
  OpenedNote opened{std::string(note.substr(0, gap + 1)), {}};
  std::string_view lines = note.substr(gap + 2);
  for (std::size_t count = 1; !lines.empty(); ++count) {
    if (count > kNoteSignaturesMax) {
      return bad_note("too many signatures");
    }
    const std::size_t end = lines.find('\n');
    HUAN_CHECK(check_line(lines.substr(0, end), known, opened));
    lines.remove_prefix(end + 1);
  }
  if (opened.signers.empty()) {
    return bad_note("not signed by a known key");
  }
  return opened;
}

}  // namespace huan::log
