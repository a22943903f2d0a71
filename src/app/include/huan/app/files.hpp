// SPDX-License-Identifier: Apache-2.0
// Files (photos, papers) by the SHA-256 of their content, in a folder beside the store: <first two
// digits>/<digest>. A file is written aside, synced and renamed, so what has its name is whole. The
// same content twice is one file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "huan/app/recorder.hpp"
#include "huan/base/result.hpp"
#include "huan/crypto/digest.hpp"

namespace huan::app {

inline constexpr std::size_t kFileMax = std::size_t{32} << 20;

struct FileUpload {
  std::string city;
  std::string media_type;
  std::string name;
  std::string content;
};

struct StoredFile {
  store::FileRow row;
  std::string content;
};

class Files {
 public:
  explicit Files(std::string folder) : folder_(std::move(folder)) {}

  /// too_large beyond kFileMax, unsupported_media when the content is not what the type says (PNG,
  /// JPEG, WebP and PDF are accepted, and UTF-8 text).
  base::Result<store::FileRow> put(Recorder& recorder, base::Clock& clock, FileUpload upload) const;
  /// not_found when it is not on record for the city, store_failed when the content was altered.
  base::Result<StoredFile> get(store::Reading& reading, std::string_view city,
                               std::string_view digest_hex) const;

 private:
  std::string path_of(const crypto::Digest& digest) const;
  std::string folder_;
};

}  // namespace huan::app
