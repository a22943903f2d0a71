// SPDX-License-Identifier: Apache-2.0
#include "gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace huan::http_server {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kGzipWindow = 15 + 16;  // zlib: 16 asks for the gzip wrapper

// zlib takes its input through a pointer to non-const that it does not write to.
Bytef* input_bytes(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

Error damaged() { return {ErrorCode::bad_encoding, "", "body is not whole gzip data"}; }

}  // namespace

std::string gzip(std::string_view plain) {
  z_stream stream{};
  if (deflateInit2(&stream, 5, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed(deflateBound(&stream, plain.size()), '\0');
  stream.next_in = input_bytes(plain);
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int result = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) {
    throw std::runtime_error("zlib could not compress");
  }
  return packed;
}

base::Result<std::string> gunzip(std::string_view packed, GunzipLimits limits) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) {
    throw std::bad_alloc();
  }
  const std::unique_ptr<z_stream, InflateEnd> guard(&stream);
  stream.next_in = input_bytes(packed);
  stream.avail_in = static_cast<uInt>(packed.size());
  const std::size_t allowed =
      std::min(limits.size_max, (1U << 20U) + packed.size() * limits.ratio_max);
  std::string plain;
  std::array<char, 65536> block{};
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = block.size();
    result = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = block.size() - stream.avail_out;
    if (plain.size() + got > allowed) {
      return Error{ErrorCode::too_large, "", "body unpacks to more than the limit"};
    }
    plain.append(block.data(), got);
  }
  if (result != Z_STREAM_END || stream.avail_in != 0) {
    return damaged();
  }
  return plain;
}

}  // namespace huan::http_server
