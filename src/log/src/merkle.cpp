// SPDX-License-Identifier: Apache-2.0
#include "huan/log/merkle.hpp"

namespace huan::log {
namespace {

constexpr std::size_t kSizeBytes = 8;

}  // namespace

Digest leaf_hash(std::string_view bytes) { return crypto::sha256(0x00, bytes); }

Digest node_hash(const Digest& left, const Digest& right) {
  return crypto::sha256(0x01, crypto::bytes(left), crypto::bytes(right));
}

Digest empty_root() { return crypto::sha256({}); }

Digest Frontier::root() const {
  if (hashes_.empty()) {
    return empty_root();
  }
  Digest root = hashes_.back();
  for (auto left = hashes_.rbegin() + 1; left != hashes_.rend(); ++left) {
    root = node_hash(*left, root);
  }
  return root;
}

std::string Frontier::serialise() const {
  std::string bytes;
  bytes.reserve(kSizeBytes + hashes_.size() * sizeof(Digest));
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<std::uint8_t>(size_ >> static_cast<unsigned>(shift)));
  }
  for (const Digest& hash : hashes_) {
    bytes += crypto::bytes(hash);
  }
  return bytes;
}

std::optional<Frontier> Frontier::parse(std::string_view bytes) {
  Frontier frontier;
  if (bytes.empty()) {
    return frontier;
  }
  if (bytes.size() < kSizeBytes) {
    return std::nullopt;
  }
  for (const char c : bytes.substr(0, kSizeBytes)) {
    frontier.size_ = (frontier.size_ << 8U) | static_cast<std::uint8_t>(c);
  }
  bytes.remove_prefix(kSizeBytes);
  if (bytes.size() != static_cast<std::size_t>(std::popcount(frontier.size_)) * sizeof(Digest)) {
    return std::nullopt;
  }
  for (; !bytes.empty(); bytes.remove_prefix(sizeof(Digest))) {
    frontier.hashes_.push_back(*crypto::digest_from_bytes(bytes.substr(0, sizeof(Digest))));
  }
  return frontier;
}

}  // namespace huan::log
