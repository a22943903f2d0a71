// SPDX-License-Identifier: Apache-2.0
#include "huan/app/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "huan/base/text.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using std::string_view_literals::operator""sv;

bool is_what_it_says(std::string_view type, std::string_view content) {
  if (type == "image/png") {
    return content.starts_with("\x89PNG\r\n\x1a\n"sv);
  }
  if (type == "image/jpeg") {
    return content.starts_with("\xFF\xD8\xFF"sv);
  }
  if (type == "image/webp") {
    return content.starts_with("RIFF"sv) && content.size() > 12 && content.substr(8, 4) == "WEBP"sv;
  }
  if (type == "application/pdf") {
    return content.starts_with("%PDF-"sv);
  }
  return type == "text/plain" && base::is_clean_utf8(content);
}

[[noreturn]] void fail(const std::string& path) {
  throw store::Failure(ErrorCode::store_failed, path + ": " + std::strerror(errno));
}

void sync_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0) {
    ::fsync(fd);
    ::close(fd);
  }
}

void write_whole(const std::filesystem::path& path, std::string_view content) {
  std::filesystem::create_directories(path.parent_path());
  const std::string part = path.string() + ".part" + std::to_string(::getpid());
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) {
    fail(part);
  }
  while (!content.empty()) {
    const ssize_t n = ::write(fd, content.data(), content.size());
    if (n <= 0) {
      const int error = errno;
      ::close(fd);
      ::unlink(part.c_str());
      errno = error;
      fail(part);
    }
    content.remove_prefix(static_cast<std::size_t>(n));
  }
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced || ::rename(part.c_str(), path.c_str()) != 0) {
    fail(path);
  }
  sync_folder(path.parent_path());
}

}  // namespace

std::string Files::path_of(const crypto::Digest& digest) const {
  const std::string hex = crypto::hex(digest);
  return folder_ + "/" + hex.substr(0, 2) + "/" + hex;
}

base::Result<store::FileRow> Files::put(Recorder& recorder, base::Clock& clock,
                                        FileUpload upload) const {
  if (upload.content.empty() || upload.content.size() > kFileMax) {
    return Error{ErrorCode::too_large, "", "1 byte to 32 MiB"};
  }
  if (!is_what_it_says(upload.media_type, upload.content)) {
    return Error{ErrorCode::unsupported_media, "",
                 "PNG, JPEG, WebP, PDF or plain UTF-8 text is expected"};
  }
  store::FileRow row;
  row.sha256 = crypto::sha256(upload.content);
  row.media_type = std::move(upload.media_type);
  row.name = std::move(upload.name);
  row.size = static_cast<std::int64_t>(upload.content.size());
  row.created = clock.now();
  const std::string path = path_of(row.sha256);
  if (!std::filesystem::exists(path)) {
    write_whole(path, upload.content);
  }
  recorder.run(upload.city, 1, [&](CityWriter& writer) {
    writer.transaction().file(row);
    return true;
  });
  return row;
}

base::Result<StoredFile> Files::get(store::Reading& reading, std::string_view city,
                                    std::string_view digest_hex) const {
  const auto digest = crypto::digest_from_hex(digest_hex);
  const auto row = digest ? reading.file(city, *digest) : std::nullopt;
  if (!row) {
    return Error{ErrorCode::not_found, "", std::string{digest_hex}};
  }
  std::ifstream in{path_of(*digest), std::ios::binary};
  std::string content{std::istreambuf_iterator<char>{in}, {}};
  if (crypto::sha256(content) != *digest) {
    return Error{ErrorCode::store_failed, "", "the file is missing or was altered"};
  }
  return StoredFile{*row, std::move(content)};
}

}  // namespace huan::app
