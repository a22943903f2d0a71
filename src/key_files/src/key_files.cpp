// SPDX-License-Identifier: Apache-2.0
#include "huan/key_files/key_files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace huan::key_files {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kLogName = "huan";

Error failed(const std::string& path, const std::string& what) {
  return Error{ErrorCode::bad_config, path, what};
}

/// nullopt: there is no such file.
base::Result<std::optional<std::string>> read_secret(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) {
    return errno == ENOENT ? base::Result<std::optional<std::string>>{std::nullopt}
                           : failed(path, std::strerror(errno));
  }
  struct stat status{};
  std::array<char, 4'096> buffer{};
  const bool known = ::fstat(fd, &status) == 0;
  const ssize_t size = ::read(fd, buffer.data(), buffer.size());
  ::close(fd);
  if (!known || size < 0) {
    return failed(path, "cannot be read");
  }
  if ((status.st_mode & 077) != 0) {
    return failed(path, "others may read it; chmod 600");
  }
  return std::optional{std::string{buffer.data(), static_cast<std::size_t>(size)}};
}

/// Never overwrites: a key that exists is never lost.
base::Result<void> write_secret(const std::string& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    return failed(path, std::strerror(errno));
  }
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  ::close(fd);
  if (!written) {
    ::unlink(path.c_str());
    return failed(path, "cannot be written");
  }
  return {};
}

template <class Make>
base::Result<std::optional<std::string>> secret(const std::string& path, Missing missing,
                                                Make make) {
  HUAN_TRY(found, read_secret(path));
  if (found || missing == Missing::leave) {
    return found;
  }
  if (missing == Missing::refuse) {
    return failed(path, "the key file is missing");
  }
  const auto folder = std::filesystem::path{path}.parent_path();
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return failed(folder.string(), std::strerror(errno));
  }
  std::string text = make();
  HUAN_CHECK(write_secret(path, text));
  return std::optional{std::move(text)};
}

base::Result<std::optional<crypto::Key>> sealing_key(const std::string& path, Missing missing) {
  HUAN_TRY(text, secret(path, missing, [] { return crypto::Key::generate().hex() + "\n"; }));
  if (!text) {
    return std::optional<crypto::Key>{};
  }
  auto key = crypto::Key::from_hex(*text);
  if (!key) {
    return failed(path, "not a key of 64 hexadecimal digits");
  }
  return key;
}

/// A file's name is safe once its folder is.
base::Result<void> keep_folder(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool kept = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) {
    ::close(fd);
  }
  return kept ? base::Result<void>{} : failed(folder, "cannot be written");
}

std::string next_vault_file(const std::string& folder) { return vault_file(folder) + ".next"; }

}  // namespace

std::string signer_file(const std::string& folder) { return folder + "/log-signing.key"; }
std::string vault_file(const std::string& folder) { return folder + "/vault.key"; }

base::Result<log::Signer> open_signer(const std::string& folder, Missing missing) {
  HUAN_TRY(text, secret(signer_file(folder), missing, [] {
             return log::Signer::generate(std::string{kLogName})->private_text() + "\n";
           }));
  if (!text) {
    return failed(signer_file(folder), "the key file is missing");
  }
  return log::Signer::parse(*text);
}

std::string old_vault_file(const std::string& folder, std::string_view old_name) {
  return vault_file(folder) + "." + std::string(old_name);
}

base::Result<std::optional<crypto::Key>> open_vault_key(const std::string& folder,
                                                        Missing missing) {
  return sealing_key(vault_file(folder), missing);
}

base::Result<std::optional<crypto::Key>> open_next_vault_key(const std::string& folder,
                                                             Missing missing) {
  HUAN_TRY(key, sealing_key(next_vault_file(folder), missing));
  if (key) {
    HUAN_CHECK(keep_folder(folder));
  }
  return key;
}

base::Result<void> adopt_next_vault_key(const std::string& folder, std::string_view old_name) {
  const auto current = vault_file(folder);
  const auto old = old_vault_file(folder, old_name);
  if (::link(current.c_str(), old.c_str()) != 0 && errno != EEXIST) {
    return failed(old, std::strerror(errno));
  }
  if (::rename(next_vault_file(folder).c_str(), current.c_str()) != 0) {
    return failed(current, std::strerror(errno));
  }
  return keep_folder(folder);
}

}  // namespace huan::key_files
