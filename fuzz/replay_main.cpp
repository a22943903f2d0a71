// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without a fuzzer: every file of a corpus as it is, then seeded mutations of
// it. The same corpus gives the same inputs in every build. A crash names the file and the mutation
// and prints the input in hex.
//
//   fuzz_base fuzz/corpus/base
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" __attribute__((weak)) void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr std::size_t kMutations = 600;        // spread over the files of the corpus
constexpr std::size_t kMutationsEachMin = 20;  // of each file
constexpr std::size_t kSoakFactor = 200;
constexpr std::size_t kInputBytesMax = 1U << 20U;

// What parsers stumble over, put in at random places.
constexpr std::array<std::string_view, 20> kTokens{"\"",
                                                   "\\",
                                                   "{",
                                                   "}",
                                                   "[",
                                                   "]",
                                                   ",",
                                                   ":",
                                                   "\r\n",
                                                   "-",
                                                   "0",
                                                   ".",
                                                   "1e",
                                                   "null",
                                                   "\xFF",
                                                   "\xC0\x80",
                                                   "\xED\xA0\x80",
                                                   "\xEF\xBB\xBF",
                                                   "\\u0000",
                                                   "9223372036854775808"};

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : next() % bound; }

 private:
  std::uint64_t state_;
};

struct Running {
  std::string file;
  std::size_t mutation{0};  // 0: the file itself
  std::string input;
};
Running running;  // read by the crash handlers only

void report_crash() {
  std::fprintf(stderr, "\nreplay: failed on %s, mutation %zu, %zu bytes:\n", running.file.c_str(),
               running.mutation, running.input.size());
  for (const char c : running.input.substr(0, 4096)) {
    std::fprintf(stderr, "%02x", static_cast<unsigned>(static_cast<std::uint8_t>(c)));
  }
  std::fputs("\n", stderr);
}

extern "C" void on_signal(int signal_number) {
  report_crash();
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

void run(const std::string& input) {
  running.input = input;
  // A copy of exactly this size on the heap, so that a sanitizer sees a read past the end.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void mutate_once(std::string& text, const std::vector<std::string>& corpus, Random& random) {
  const std::size_t at = random.below(text.size() + 1);
  const std::size_t length = std::min(text.size() - at, 1 + random.below(8));
  switch (random.below(7)) {
    case 0:
      if (at < text.size()) {
        text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
      }
      break;
    case 1:
      if (at < text.size()) {
        text[at] = static_cast<char>(random.below(256));
      }
      break;
    case 2:
      text.erase(at, length);
      break;
    case 3:
      text.insert(at, text.substr(at, length));
      break;
    case 4:
      text.insert(at, kTokens[random.below(kTokens.size())]);
      break;
    case 5:
      text.resize(at);
      break;
    default: {  // the head of this one, the tail of another
      const std::string& other = corpus[random.below(corpus.size())];
      text = text.substr(0, at) + other.substr(random.below(other.size() + 1));
    }
  }
  text.resize(std::min(text.size(), kInputBytesMax));
}

std::uint64_t seed_of(std::string_view name) {
  std::uint64_t seed = 0xCBF29CE484222325ULL;  // FNV-1a
  for (const char c : name) {
    seed = (seed ^ static_cast<std::uint8_t>(c)) * 0x100000001B3ULL;
  }
  return seed;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2 || !std::filesystem::is_directory(argv[1])) {
    std::fprintf(stderr, "usage: %s CORPUS_FOLDER\n", argv[0]);
    return 2;
  }
  for (const int signal_number : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS}) {
    std::signal(signal_number, on_signal);
  }
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(report_crash);
  }
  const auto files = files_of(argv[1]);
  if (files.empty()) {
    std::fprintf(stderr, "%s holds no file: a corpus needs at least one accepted input\n", argv[1]);
    return 1;
  }
  std::vector<std::string> corpus;
  std::transform(files.begin(), files.end(), std::back_inserter(corpus), content);
  const std::size_t factor = std::getenv("HUAN_SOAK") != nullptr ? kSoakFactor : 1;
  const std::size_t each = std::max(kMutationsEachMin, kMutations / files.size()) * factor;
  for (std::size_t i = 0; i < files.size(); ++i) {
    running.file = files[i].string();
    Random random(seed_of(files[i].filename().string()));
    for (std::size_t mutation = 0; mutation <= each; ++mutation) {
      running.mutation = mutation;
      std::string input = corpus[i];
      for (std::size_t n = mutation == 0 ? 0 : 1 + random.below(4); n > 0; --n) {
        mutate_once(input, corpus, random);
      }
      run(input);
    }
  }
  std::printf("replayed %zu files and %zu mutations\n", files.size(), files.size() * each);
  return 0;
}
