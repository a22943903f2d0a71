// SPDX-License-Identifier: Apache-2.0
#include "machine.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>
#include <thread>

#include "huan/base/error.hpp"
#include "huan/store/store.hpp"

namespace huan::bench {
namespace {

constexpr int kSyncs = 200;
constexpr std::size_t kBlock = 4096;

/// The value of the first line that begins with the name, as in /proc/cpuinfo.
std::string proc_value(const char* file, const std::string& name) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto colon = line.find(':');
    if (line.starts_with(name) && colon != std::string::npos) {
      const auto begin = line.find_first_not_of(" \t", colon + 1);
      return begin == std::string::npos ? "" : line.substr(begin);
    }
  }
  return "";
}

double sync_us(const std::string& scratch) {
  const std::string path = scratch + "/sync";
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) {
    throw store::Failure(base::ErrorCode::store_failed, "cannot write in " + scratch);
  }
  const std::array<char, kBlock> block{};
  std::vector<double> times;
  for (int i = 0; i < kSyncs; ++i) {
    const bool whole = ::write(file, block.data(), block.size()) == ssize_t{kBlock};
    const Watch watch;
    if (!whole || ::fdatasync(file) != 0) {
      break;
    }
    times.push_back(watch.wall() * 1e6);
  }
  ::close(file);
  ::unlink(path.c_str());
  return median(times);
}

}  // namespace

Machine look_at_machine(const std::string& scratch) {
  Machine machine;
  machine.cpu = proc_value("/proc/cpuinfo", "model name");
  machine.cores = std::thread::hardware_concurrency();
  const std::string memory = proc_value("/proc/meminfo", "MemTotal");
  machine.memory_mib = std::strtoll(memory.c_str(), nullptr, 10) / 1024;
  utsname name{};
  if (::uname(&name) == 0) {
    machine.kernel = std::string(name.sysname) + " " + name.release;
  }
#ifdef __clang__
  machine.compiler = __VERSION__;
#else
  machine.compiler = std::string("g++ ") + __VERSION__;
#endif
  machine.fsync_us = sync_us(scratch);
  return machine;
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double thread_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double percentile(std::vector<double> values, std::size_t percent) {
  if (values.empty()) {
    return 0;
  }
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, values.size() * percent / 100)];
}

}  // namespace huan::bench
