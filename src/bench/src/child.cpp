// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <random>
#include <thread>

namespace huan::bench {
namespace {

double seconds_of(const timeval& time) {
  constexpr double kMicro = 1e-6;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * kMicro;
}

sockaddr loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr any{};
  static_assert(sizeof any == sizeof address);
  std::memcpy(&any, &address, sizeof any);
  return any;
}

bool listens(int port) {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr address = loopback(port);
  const bool open = ::connect(handle, &address, sizeof address) == 0;
  ::close(handle);
  return open;
}

}  // namespace

Child::~Child() { end(SIGKILL); }

void Child::start(const Words& words, const std::string& out) {
  Words copy = words;  // execv wants what it may write to
  std::vector<char*> arguments;
  arguments.reserve(copy.size() + 1);
  for (std::string& word : copy) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  constexpr int kWritten = O_WRONLY | O_CREAT | O_TRUNC;
  constexpr mode_t kOwner = 0600;
  posix_spawn_file_actions_t files{};
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, out.c_str(), kWritten, kOwner);
  ::posix_spawn_file_actions_addopen(&files, STDERR_FILENO, (out + ".err").c_str(), kWritten,
                                     kOwner);
  if (::posix_spawn(&pid_, arguments.front(), &files, nullptr, arguments.data(), ::environ) != 0) {
    pid_ = 0;
  }
  ::posix_spawn_file_actions_destroy(&files);
}

int Child::wait() {
  if (pid_ <= 0) {
    return -1;
  }
  int status = 0;
  rusage used{};
  ::wait4(pid_, &status, 0, &used);
  cpu_s_ += seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  pid_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int Child::end(int signal) {
  tell(signal);
  return wait();
}

void Child::tell(int signal) const {
  if (pid_ > 0) {
    ::kill(pid_, signal);
  }
}

int free_port() {
  // Below those that the kernel gives to who calls out, or one that is taken up again after its
  // program was killed may have gone to a stranger.
  std::random_device device;
  std::uniform_int_distribution<int> ports(20'000, 32'000);
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const int port = ports(device);
    const sockaddr address = loopback(port);
    const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool bound = ::bind(handle, &address, sizeof address) == 0;
    ::close(handle);
    if (bound) {
      return port;
    }
  }
  return 0;
}

bool wait_for_port(int port) {
  constexpr int kTries = 400;
  constexpr std::chrono::milliseconds kBetween{50};
  for (int i = 0; i < kTries; ++i) {
    if (listens(port)) {
      return true;
    }
    std::this_thread::sleep_for(kBetween);
  }
  return false;
}

}  // namespace huan::bench
