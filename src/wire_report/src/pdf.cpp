// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_report/pdf.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

namespace huan::wire_report {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

/// A folder of our own that goes away with us.
class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huan-print-XXXXXX").string();
    const char* made = mkdtemp(pattern.data());
    path_ = made == nullptr ? "" : made;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) {
      std::filesystem::remove_all(path_, ignored);
    }
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string browser() {
  const char* named = std::getenv("HUAN_CHROMIUM");  // NOLINT(concurrency-mt-unsafe)
  return named == nullptr ? "chromium" : named;
}

/// Exit status; -1 when it could not be started.
int run_quietly(std::vector<std::string> words) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t quiet;
  posix_spawn_file_actions_init(&quiet);
  posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments.front(), &quiet, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&quiet);
  int status = 0;
  if (failed != 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
    return -1;
  }
  return WEXITSTATUS(status);
}

}  // namespace

Result<void> print_pdf(const std::string& html, const std::string& path) {
  const Scratch scratch;
  const std::string page = scratch.path() + "/page.html";
  const std::string printed = scratch.path() + "/page.pdf";
  std::ofstream out(page, std::ios::binary);
  out << html;
  out.close();
  if (scratch.path().empty() || !out) {
    return Error{ErrorCode::bad_file, page, "cannot be written"};
  }
  std::vector<std::string> words{browser(),
                                 "--headless",
                                 "--disable-gpu",
                                 "--disable-dev-shm-usage",
                                 "--no-first-run",
                                 "--no-pdf-header-footer",
                                 "--user-data-dir=" + scratch.path() + "/profile",
                                 "--print-to-pdf=" + printed,
                                 "file://" + page};
  if (geteuid() == 0) {
    words.insert(words.begin() + 1, "--no-sandbox");  // it does not start for root otherwise
  }
  const int status = run_quietly(std::move(words));
  std::error_code failed;
  if (status != 0 || !std::filesystem::exists(printed, failed)) {
    return Error{ErrorCode::bad_config, "chromium",
                 status < 0 ? "is not there: install it, or name it in HUAN_CHROMIUM"
                            : "did not print the page"};
  }
  std::filesystem::copy_file(printed, path, std::filesystem::copy_options::overwrite_existing,
                             failed);
  if (failed) {
    return Error{ErrorCode::bad_file, path, failed.message()};
  }
  return {};
}

}  // namespace huan::wire_report
