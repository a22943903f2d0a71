// SPDX-License-Identifier: Apache-2.0
// Where the bytes of a table come from. A source is read once, front to back. A failing disk is an
// exception (std::system_error): it is not something the sender of the table can mend.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "huan/base/result.hpp"

namespace huan::wire_table {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills the front of `into` and returns how much; 0 means the end. Fewer bytes than asked for
  /// are fine.
  virtual std::size_t read(std::span<char> into) = 0;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}
  std::size_t read(std::span<char> into) override;

 private:
  std::string bytes_;
  std::size_t at_{0};
};

class FileSource final : public ByteSource {
 public:
  /// Errors: bad_file when there is no such file or it may not be read.
  static base::Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);
  std::size_t read(std::span<char> into) override;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit FileSource(std::FILE* file) : file_(file) {}
  std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace huan::wire_table
