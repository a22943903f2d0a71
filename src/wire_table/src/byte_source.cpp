// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/byte_source.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace huan::wire_table {

std::size_t MemorySource::read(std::span<char> into) {
  const std::size_t n = std::min(into.size(), bytes_.size() - at_);
  std::copy_n(bytes_.data() + at_, n, into.data());
  at_ += n;
  return n;
}

base::Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) {
    return base::Error{base::ErrorCode::bad_file, path.string(), "there is no such file"};
  }
  std::FILE* file = std::fopen(path.c_str(), "rbe");
  if (file == nullptr) {
    return base::Error{base::ErrorCode::bad_file, path.string(), "the file cannot be opened"};
  }
  std::setvbuf(file, nullptr, _IONBF, 0);
  return std::unique_ptr<FileSource>{new FileSource{file}};
}

std::size_t FileSource::read(std::span<char> into) {
  const std::size_t n = std::fread(into.data(), 1, into.size(), file_.get());
  if (n == 0 && std::ferror(file_.get()) != 0) {
    throw std::system_error{errno, std::generic_category(), "read"};
  }
  return n;
}

}  // namespace huan::wire_table
