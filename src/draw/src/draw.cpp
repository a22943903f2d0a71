// SPDX-License-Identifier: Apache-2.0
#include "huan/draw/draw.hpp"

#include <algorithm>
#include <bit>

#include "huan/base/assert.hpp"
#include "huan/base/text.hpp"
#include "stream.hpp"

namespace huan::draw {
namespace {

constexpr std::size_t kValueMax = 200;

/// Weights that can be taken out one by one, and found by their running sum (a Fenwick tree).
class Urn {
 public:
  explicit Urn(const std::vector<Object>& objects) : sums_(objects.size() + 1, 0) {
    for (std::size_t at = 0; at < objects.size(); ++at) {
      sums_[at + 1] += objects[at].weight;
      total_ += objects[at].weight;
      const std::size_t above = (at + 1) + low_bit(at + 1);
      if (above < sums_.size()) {
        sums_[above] += sums_[at + 1];
      }
    }
  }
  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

  /// The first whose running sum, it included, is over `r` (< total).
  [[nodiscard]] std::size_t find(std::uint64_t r) const {
    std::size_t at = 0;
    for (std::size_t step = std::bit_floor(sums_.size() - 1); step > 0; step /= 2) {
      if (at + step < sums_.size() && sums_[at + step] <= r) {
        at += step;
        r -= sums_[at];
      }
    }
    return at;
  }

  void take(std::size_t at, std::uint64_t weight) {
    total_ -= weight;
    for (std::size_t n = at + 1; n < sums_.size(); n += low_bit(n)) {
      sums_[n] -= weight;
    }
  }

 private:
  static std::size_t low_bit(std::size_t n) { return n & (0 - n); }
  std::vector<std::uint64_t> sums_;
  std::uint64_t total_{0};
};

bool holds(const std::vector<std::string>& list, const std::string& what) {
  return std::ranges::binary_search(list, what);
}

/// Who may be sent to an object: of those the ones with the fewest objects so far.
class Desk {
 public:
  explicit Desk(const Papers& papers) : papers_(papers), sent_(papers.people.size(), 0) {
    for (std::size_t at = 0; at < papers.people.size(); ++at) {
      if (std::ranges::includes(papers.people[at].skills, papers.skills)) {
        skilled_.push_back(at);
      }
    }
  }

  [[nodiscard]] std::vector<std::string> send_to(const Object& object, Stream& stream) {
    std::vector<std::size_t> free;
    for (const std::size_t at : skilled_) {
      const auto& against = papers_.people[at].conflicts;
      if (!holds(against, object.id) && !holds(against, object.party) &&
          !holds(against, object.district)) {
        free.push_back(at);
      }
    }
    std::vector<std::string> out;
    for (std::uint32_t n = 0; n < papers_.people_each; ++n) {
      HUAN_ASSERT(!free.empty());  // validate() counted them
      std::uint32_t fewest = sent_[free.front()];
      for (const std::size_t at : free) {
        fewest = std::min(fewest, sent_[at]);
      }
      std::vector<std::size_t> least;
      std::ranges::copy_if(free, std::back_inserter(least),
                           [&](std::size_t at) { return sent_[at] == fewest; });
      const std::size_t chosen = least[stream.below(least.size())];
      ++sent_[chosen];
      std::erase(free, chosen);
      out.push_back(papers_.people[chosen].code);
    }
    return out;
  }

 private:
  const Papers& papers_;
  std::vector<std::size_t> skilled_;
  std::vector<std::uint32_t> sent_;
};

}  // namespace

base::Result<void> check_value(std::string_view value) {
  const bool fits = !value.empty() && value.size() <= kValueMax && base::is_clean_utf8(value) &&
                    value.front() != ' ' && value.back() != ' ' &&
                    std::ranges::none_of(value, [](char c) {
                      const auto byte = static_cast<unsigned char>(c);
                      return byte < 0x20U || byte == 0x7fU;
                    });
  if (!fits) {
    return base::Error{base::ErrorCode::bad_field, "value",
                       "1 to 200 bytes on one line without a blank at either end"};
  }
  return {};
}

crypto::Digest seed_of(const Seeding& seeding) {
  return crypto::sha256("huan draw seed 1\n" + crypto::hex(seeding.commitment) + "\n" +
                        seeding.value + "\n" + std::to_string(seeding.log.size) + "\n" +
                        crypto::hex(seeding.log.root) + "\n");
}

Outcome run(const Papers& papers, const Seeding& seeding) {
  Outcome out{seeding, seed_of(seeding), {}};
  Stream stream(out.seed);
  Urn urn(papers.objects);
  std::vector<std::size_t> chosen;
  chosen.reserve(papers.count);
  for (std::uint32_t n = 0; n < papers.count; ++n) {
    const std::size_t at = urn.find(stream.below(urn.total()));
    urn.take(at, papers.objects[at].weight);
    chosen.push_back(at);
  }
  Desk desk(papers);
  out.drawn.reserve(chosen.size());
  for (const std::size_t at : chosen) {
    const Object& object = papers.objects[at];
    out.drawn.push_back({object.id, desk.send_to(object, stream)});
  }
  return out;
}

}  // namespace huan::draw
