// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_report/pdf.hpp"

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill() of a group is POSIX
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <system_error>
#include <thread>
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

constexpr std::chrono::seconds kPrintMax{60};
constexpr int kNotStarted = -1;
constexpr int kTooLong = -2;

/// Exit status, or one of the above. Whom it started goes with it when it takes too long.
int wait_for(pid_t child) {
  constexpr std::chrono::milliseconds kLook{20};
  const auto end = std::chrono::steady_clock::now() + kPrintMax;
  int status = 0;
  for (pid_t ended = 0; ended == 0;) {
    ended = waitpid(child, &status, WNOHANG);
    if (ended < 0) {
      return kNotStarted;
    }
    if (ended == 0 && std::chrono::steady_clock::now() > end) {
      kill(-child, SIGKILL);
      waitpid(child, &status, 0);
      return kTooLong;
    }
    if (ended == 0) {
      std::this_thread::sleep_for(kLook);
    }
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : kNotStarted;
}

/// A group of its own, quiet; as wait_for() says.
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
  posix_spawnattr_t own_group;
  posix_spawnattr_init(&own_group);
  posix_spawnattr_setpgroup(&own_group, 0);
  posix_spawnattr_setflags(&own_group, POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments.front(), &quiet, &own_group, arguments.data(), environ);
  posix_spawnattr_destroy(&own_group);
  posix_spawn_file_actions_destroy(&quiet);
  return failed != 0 ? kNotStarted : wait_for(child);
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
  if (status == kTooLong) {
    return Error{ErrorCode::overloaded, "chromium", "took longer than a minute to print the page"};
  }
  std::error_code failed;
  if (status != 0 || !std::filesystem::exists(printed, failed)) {
    return Error{ErrorCode::bad_config, "chromium",
                 status == kNotStarted ? "is not there: install it, or name it in HUAN_CHROMIUM"
                                       : "did not print the page"};
  }
  std::filesystem::copy_file(printed, path, std::filesystem::copy_options::overwrite_existing,
                             failed);
  if (failed) {
    return Error{ErrorCode::bad_file, path, failed.message()};
  }
  return {};
}

Result<std::string> pdf_bytes(const std::string& html) {
  static std::mutex one_at_a_time;
  const std::unique_lock alone(one_at_a_time, std::try_to_lock);
  if (!alone.owns_lock()) {
    return Error{ErrorCode::overloaded, "format", "another report is being printed"};
  }
  const Scratch scratch;
  const std::string path = scratch.path() + "/report.pdf";
  HUAN_CHECK(print_pdf(html, path));
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  if (!in || bytes.empty()) {
    return Error{ErrorCode::bad_file, path, "cannot be read"};
  }
  return bytes;
}

}  // namespace huan::wire_report
