// SPDX-License-Identifier: Apache-2.0
// The files of the console and the phone pages. Addresses without a dot in their last part belong
// to the page's own router and get its index.
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "doors.hpp"

namespace huan::http {
namespace {

struct MediaType {
  std::string_view ending;
  std::string_view type;
};

constexpr std::array<MediaType, 14> kTypes{{{".html", "text/html; charset=utf-8"},
                                            {".js", "text/javascript; charset=utf-8"},
                                            {".mjs", "text/javascript; charset=utf-8"},
                                            {".css", "text/css; charset=utf-8"},
                                            {".json", "application/json"},
                                            {".webmanifest", "application/manifest+json"},
                                            {".svg", "image/svg+xml"},
                                            {".png", "image/png"},
                                            {".jpg", "image/jpeg"},
                                            {".webp", "image/webp"},
                                            {".ico", "image/x-icon"},
                                            {".woff2", "font/woff2"},
                                            {".txt", "text/plain; charset=utf-8"},
                                            {".pdf", "application/pdf"}}};

std::string_view file_media_type(const std::filesystem::path& path) {
  const auto ending = path.extension().string();
  for (const auto& type : kTypes) {
    if (type.ending == ending) {
      return type.type;
    }
  }
  return "application/octet-stream";
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// `name` is safe below the folder: the router lets no "..", slash or backslash into its parts.
Response page(const std::string& folder, const Request& request, std::string_view name) {
  const bool of_api = name == "api" || name.starts_with("api/");
  auto path = std::filesystem::path(folder) / name;
  const bool asset = path.has_extension();
  if (!asset) {
    // The residents' phone pages and the public site are entries of their own.
    path = std::filesystem::path(folder) / (name == "m"        ? "m.html"
                                            : name == "driver" ? "driver.html"
                                            : name == "open"   ? "open.html"
                                                               : "index.html");
  }
  auto content = of_api ? std::nullopt : read_file(path);
  if (!content) {
    return http_server::problem_response(Error{ErrorCode::not_found, "", request.path}, request);
  }
  auto response =
      http_server::make_response(200, std::string(file_media_type(path)), std::move(*content));
  // Vite puts a digest into the names below assets/.
  response.headers.add("Cache-Control", name.starts_with("assets/")
                                            ? "public, max-age=31536000, immutable"
                                            : "no-cache");
  return response;
}

}  // namespace

void add_page_doors(Doors& doors) {
  const auto folder = doors.context().parts.web_folder;
  if (folder.empty()) {
    return;
  }
  doors.open("GET", "/",
             [folder](const Request& request) { return page(folder, request, "index.html"); });
  doors.open("GET", "/{path...}", [folder](const Request& request) {
    return page(folder, request, request.param("path"));
  });
}

}  // namespace huan::http
