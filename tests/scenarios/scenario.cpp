// SPDX-License-Identifier: Apache-2.0
// Runs one scenario (README.md) in a folder of its own:  scenario HUAN PROJECT FILE.scn
// Exit 0: all as written; 1: something differs, and what; 2: the file is no scenario.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "match.hpp"
#include "script.hpp"

namespace huan::scenarios {
namespace {

namespace fs = std::filesystem;

/// `serve` starts the server on a free port, waits until it listens, and sets URL; what a scenario
/// left running ends with it.
constexpr const char* kPrelude = R"(
serve() {
  : >serve.out  # here, or the address of a server before this one would be found in it
  huan serve --listen 127.0.0.1:0 "$@" >serve.out 2>&1 &
  SERVER=$!
  echo $SERVER >>.run/pids
  until URL=$(grep -o 'http://[0-9.]*:[0-9]*' serve.out | head -n 1); [ -n "$URL" ]; do
    kill -0 $SERVER 2>/dev/null || { cat serve.out >&2; return 1; }
    sleep 0.05
  done
}
trap 'touch .run/pids; for pid in $(cat .run/pids); do kill $pid 2>/dev/null; done; wait' EXIT
)";

std::string read(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write(const fs::path& path, const std::string& text) {
  if (path.has_parent_path()) {
    fs::create_directories(path.parent_path());
  }
  std::ofstream{path, std::ios::binary} << text;
}

/// One shell runs all commands, so that what they set stays set.
std::string shell_script(const Script& script) {
  std::string text = kPrelude;
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    const auto n = std::to_string(i);
    text += "{ " + script.steps[i].command + "\n} >.run/" + n + ".out 2>.run/" + n +
            ".err </dev/null\necho $? >.run/" + n + ".code\n";
  }
  return text;
}

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "huan-scenario-XXXXXX").string();
    path_ = mkdtemp(pattern.data()) == nullptr ? fs::path{} : fs::path{pattern};
  }
  ~Folder() {
    std::error_code ignored;
    if (!path_.empty()) {
      fs::remove_all(path_, ignored);
    }
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void set_environment(const fs::path& folder) {
  const char* path = std::getenv("PATH");
  const auto bin = (folder / ".run/bin").string();
  setenv("PATH", (bin + ":" + (path == nullptr ? "/usr/bin:/bin" : path)).c_str(), 1);
  setenv("LANG", "C.UTF-8", 1);
  setenv("TZ", "UTC", 1);
  for (const char* name : {"LC_ALL", "HUAN_STORE", "HUAN_TOKEN", "HUAN_LISTEN", "HUAN_WEB",
                           "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
    unsetenv(name);
  }
}

void run_shell(const Script& script, const fs::path& folder) {
  write(folder / ".run/script", shell_script(script));
  const auto command = "cd '" + folder.string() + "' && sh .run/script";
  if (std::system(command.c_str()) != 0) {
    std::puts("the shell failed");
  }
}

bool step_holds(const Step& step, const std::string& answers, Names& names) {
  const auto code = read(answers + ".code");
  std::string wrong;
  if (code != std::to_string(step.code) + "\n") {
    wrong += "  exit code expected " + std::to_string(step.code) + ", was " +
             (code.empty() ? "none: it never ended\n" : code);
  }
  if (const auto out = compare(step.out, lines_of(read(answers + ".out")), names); !out.empty()) {
    wrong += "  standard output\n" + out;
  }
  if (const auto err = compare(step.err, lines_of(read(answers + ".err")), names); !err.empty()) {
    wrong += "  standard error\n" + err;
  }
  if (!wrong.empty()) {
    std::printf("line %d: $ %s\n%s\n", step.line, step.command.c_str(), wrong.c_str());
  }
  return wrong.empty();
}

int run(const fs::path& huan, const fs::path& project, const fs::path& file) {
  const auto script = parse_script(read(file));
  for (const auto& error : script.errors) {
    std::printf("%s %s\n", file.filename().c_str(), error.c_str());
  }
  if (!script.errors.empty()) {
    return 2;
  }
  const Folder folder;
  fs::create_directories(folder.path() / ".run/bin");
  fs::create_symlink(fs::absolute(huan), folder.path() / ".run/bin/huan");
  fs::create_symlink(fs::absolute(project) / "packs", folder.path() / "packs");
  for (const auto& [name, content] : script.files) {
    write(folder.path() / name, content);
  }
  set_environment(folder.path());
  run_shell(script, folder.path());
  Names names;
  bool held = true;
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    const auto answers = (folder.path() / ".run" / std::to_string(i)).string();
    held = step_holds(script.steps[i], answers, names) && held;
  }
  std::printf("%s: %zu commands, %s\n", file.filename().c_str(), script.steps.size(),
              held ? "all as written" : "NOT as written");
  return held ? 0 : 1;
}

}  // namespace
}  // namespace huan::scenarios

int main(int argc, char** argv) {
  if (argc != 4) {
    std::puts("scenario HUAN PROJECT FILE.scn");
    return 2;
  }
  return huan::scenarios::run(argv[1], argv[2], argv[3]);
}
