// SPDX-License-Identifier: Apache-2.0
#include "huan/log/checkpoint.hpp"

#include <array>
#include <charconv>

#include "huan/base/text.hpp"

namespace huan::log {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

Error bad(std::string detail) { return {ErrorCode::bad_checkpoint, "", std::move(detail)}; }

/// The next line without its line feed; nullopt when there is no whole one.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  std::uint64_t size = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), size);
  const bool whole = failed == std::errc{} && end == text.data() + text.size();
  return whole && std::to_string(size) == text ? std::optional(size) : std::nullopt;
}

}  // namespace

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  const auto origin = take_line(text);
  const auto size_line = take_line(text);
  const auto root_line = take_line(text);
  if (!origin.has_value() || origin->empty() || !size_line.has_value() || !root_line.has_value()) {
    return bad("a checkpoint is origin, size and root, each on its line");
  }
  const auto size = parse_size(*size_line);
  const auto raw = base::unbase64(*root_line);
  const auto root = raw.has_value() ? crypto::digest_from_bytes(*raw) : std::nullopt;
  if (!size.has_value() || !root.has_value()) {
    return bad("size or root of the checkpoint cannot be read");
  }
  Checkpoint checkpoint{std::string(*origin), *size, *root, {}};
  while (!text.empty()) {
    const auto line = take_line(text);
    if (!line.has_value() || line->empty()) {
      return bad("an extension line is empty or not ended");
    }
    checkpoint.extensions.emplace_back(*line);
  }
  return checkpoint;
}

std::string Checkpoint::text() const {
  std::string out =
      origin + "\n" + std::to_string(size) + "\n" + base::base64(crypto::bytes(root)) + "\n";
  for (const std::string& line : extensions) {
    out.append(line).append("\n");
  }
  return out;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const Signer& signer) {
  return signer.sign(checkpoint.text());
}

Result<Checkpoint> open_checkpoint(std::string_view note, const Verifier& verifier) {
  HUAN_TRY(opened, open_note(note, std::span(&verifier, 1)));
  HUAN_TRY(checkpoint, Checkpoint::parse(opened.text));
  if (checkpoint.origin != verifier.name) {
    return bad("the checkpoint is of another log: " + checkpoint.origin);
  }
  return checkpoint;
}

}  // namespace huan::log
