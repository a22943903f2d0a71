// SPDX-License-Identifier: Apache-2.0
// A weighbridge's books of many years are one table of a gibibyte: it is taken in as it is read, so
// the memory it needs does not grow with it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace huan {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMib = 1'048'576;
constexpr std::int64_t kPeakMib = 300;
/// What a run may need more in its second half than at its middle: caches that fill, not the table.
constexpr std::int64_t kGrowthMib = 32;

constexpr std::int64_t kLogMib = 512;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "huan-import-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] std::string operator/(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

struct Book {
  std::int64_t rows{0};
  std::int64_t grams{0};
};

/// Ten years of tickets, each with its lot, and columns that nothing is made of.
Book write_book(const std::string& path, std::int64_t bytes) {
  constexpr std::int64_t kPerDay = 1'000;
  std::FILE* file = std::fopen(path.c_str(), "wb");
  EXPECT_NE(file, nullptr);
  Book book;
  std::int64_t written =
      std::fprintf(file,
                   "磅单号,时间,网点,品类,来源,毛重(kg),皮重(kg),净重(kg),单价(元/kg),批次,"
                   "备注,磅房,打印次数,设备状态,摄像头一,摄像头二,上传标志\n");
  while (written < bytes) {
    const std::int64_t n = book.rows++;
    const std::int64_t day = n / kPerDay % 3'600;
    const std::int64_t net_g = 5'000 + n * 7'919 % 900'000;
    const std::int64_t tare_g = 3'000'000 + n % 500;
    book.grams += net_g;
    const auto kg = [](std::int64_t g) { return static_cast<double>(g) / 1'000.0; };
    written += std::fprintf(
        file,
        "T-%09lld,%04lld-%02lld-%02lld %02lld:%02lld,CD-10%lld,paper.mixed,居民,%.3f,%.3f,%.3f,1.4,"
        "L-%09lld,\"旧报纸与纸箱混装, 已压实, 第 %lld 车\",北磅房一号地磅,1,"
        "稳定/零点正常/通讯正常,cam-a/%09lld-front.jpg,cam-b/%09lld-rear.jpg,已上传\n",
        static_cast<long long>(n), static_cast<long long>(2015 + day / 360),
        static_cast<long long>(1 + day / 30 % 12), static_cast<long long>(1 + day % 28),
        static_cast<long long>(7 + n % 12), static_cast<long long>(n % 60),
        static_cast<long long>(1 + n % 9), kg(tare_g + net_g), kg(tare_g), kg(net_g),
        static_cast<long long>(n), static_cast<long long>(n % 40), static_cast<long long>(n),
        static_cast<long long>(n));
  }
  EXPECT_EQ(std::fclose(file), 0);
  return book;
}

struct Ended {
  int code{-1};
  std::int64_t peak_mib{0};
  double seconds{0};
  std::vector<std::int64_t> anonymous_mib;  ///< memory that no file backs, over time
  std::int64_t log_mib{0};                  ///< the longest that the store's log was
};

std::int64_t anonymous_mib(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) {
      return std::atoll(line.c_str() + 8) / 1'024;
    }
  }
  return 0;
}

/// `log`: a file whose size is looked at meanwhile.
Ended run(std::vector<std::string> arguments, const std::string& output,
          const std::string& log = "") {
  arguments.insert(arguments.begin(), HUAN_BINARY);
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) {
    argv.push_back(argument.data());
  }
  argv.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  Ended result;
  int status = 0;
  struct rusage usage{};
  while (::wait4(child, &status, WNOHANG, &usage) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    result.anonymous_mib.push_back(anonymous_mib(child));
    std::error_code none;
    const auto size = log.empty() ? 0 : fs::file_size(log, none);
    if (!none) {
      result.log_mib = std::max(result.log_mib, static_cast<std::int64_t>(size) / kMib);
    }
  }
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  result.peak_mib = usage.ru_maxrss / 1'024;
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

nlohmann::json json_of(const std::string& path) {
  std::ifstream in(path);
  return nlohmann::json::parse(in, nullptr, false);
}

TEST(LargeImport, IsTakenInWithTheMemoryOfASmallOne) {
  const Folder folder;
  const char* wanted = std::getenv("HUAN_IMPORT_MIB");
  const std::int64_t mib = wanted != nullptr ? std::atoll(wanted) : 1'024;
  const Book book = write_book(folder / "book.csv", mib * kMib);
  const std::string store = "sqlite:" + (folder / "city.db");
  ASSERT_EQ(run({"init", "--store", store, "--pack", "packs/x-nyc"}, folder / "init.out").code, 0);
  const Ended taken = run({"import", "--store", store, "--json", folder / "book.csv"},
                          folder / "import.out", folder / "city.db-wal");
  ASSERT_EQ(taken.code, 0);
  const auto said = json_of(folder / "import.out");
  EXPECT_EQ(said["rows"], book.rows);
  EXPECT_EQ(said["posted"], book.rows);
  EXPECT_EQ(said["refused"], 0);
  const std::size_t middle = taken.anonymous_mib.size() / 2;
  const std::int64_t half =
      *std::max_element(taken.anonymous_mib.begin(),
                        taken.anonymous_mib.begin() + static_cast<std::ptrdiff_t>(middle) + 1);
  const std::int64_t whole =
      *std::max_element(taken.anonymous_mib.begin(), taken.anonymous_mib.end());
  std::printf(
      "%lld MiB, %lld rows in %.0f s: %.0f rows a second; peak %lld MiB, of which not of "
      "files %lld, %lld by the middle; the store has %lld MiB, its log had %lld\n",
      static_cast<long long>(mib), static_cast<long long>(book.rows), taken.seconds,
      static_cast<double>(book.rows) / taken.seconds, static_cast<long long>(taken.peak_mib),
      static_cast<long long>(whole), static_cast<long long>(half),
      static_cast<long long>(fs::file_size(folder / "city.db")) / kMib,
      static_cast<long long>(taken.log_mib));
  EXPECT_LE(taken.peak_mib, kPeakMib);
  EXPECT_LE(whole, half + kGrowthMib);
  EXPECT_LE(taken.log_mib, kLogMib) << "it is copied back while rows come in";
  ASSERT_EQ(run({"stock", "--store", store, "--json"}, folder / "stock.out").code, 0);
  EXPECT_EQ(json_of(folder / "stock.out")["total_g"], book.grams);
}

}  // namespace
}  // namespace huan
