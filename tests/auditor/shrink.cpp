// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "audit.hpp"

namespace huan::auditor {
namespace {

class Shrinker {
 public:
  Shrinker(const World& world, const MakeSubject& make, std::vector<Step> steps)
      : world_(world), make_(make), steps_(std::move(steps)) {}

  std::vector<Step> run() {
    if (const auto mismatch = play(world_, make_, steps_, {1})) {
      kind_ = mismatch->kind;
      steps_.resize(std::min(steps_.size(), mismatch->step + 1));
    }
    for (std::size_t chunk = std::max<std::size_t>(1, steps_.size() / 2);; chunk /= 2) {
      drop_steps(chunk);
      if (chunk == 1) {
        break;
      }
    }
    drop_events();
    bool again = true;
    for (int round = 0; again && round < 4; ++round) {
      again = simplify();
      drop_steps(1);
    }
    return steps_;
  }

 private:
  bool fails(const std::vector<Step>& steps) {
    try {
      const auto mismatch = play(world_, make_, steps, {1});
      return mismatch && mismatch->kind == kind_;
    } catch (const Json::exception&) {
      return false;  // simplified beyond what the model reads
    } catch (const std::out_of_range&) {
      return false;
    }
  }

  bool take(std::vector<Step> steps) {
    if (!fails(steps)) {
      return false;
    }
    steps_ = std::move(steps);
    return true;
  }

  void drop_steps(std::size_t chunk) {
    for (std::size_t at = steps_.size(); at > 0;) {
      at = at > chunk ? at - chunk : 0;
      std::vector<Step> fewer = steps_;
      const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(at);
      const auto last =
          fewer.begin() + static_cast<std::ptrdiff_t>(std::min(fewer.size(), at + chunk));
      fewer.erase(first, last);
      take(std::move(fewer));
      at = std::min(at, steps_.size());
    }
  }

  void drop_events() {
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      for (std::size_t e = 0; e < steps_[s].sendings.size() && steps_[s].sendings.size() > 1;) {
        std::vector<Step> fewer = steps_;
        auto& sendings = fewer[s].sendings;
        sendings.erase(sendings.begin() + static_cast<std::ptrdiff_t>(e));
        e += take(std::move(fewer)) ? 0 : 1;
      }
    }
  }

  /// Every member and element left out, every number made smaller, as far as it goes.
  bool simplify() {
    bool any = false;
    for (std::size_t s = 0; s < steps_.size(); ++s) {
      for (std::size_t e = 0; e < steps_[s].sendings.size(); ++e) {
        if (steps_[s].sendings[e].raw.empty() && !steps_[s].sendings[e].form) {
          any = simplify(s, e, Json::json_pointer()) || any;
        }
      }
    }
    return any;
  }

  Json& value(std::vector<Step>& steps, std::size_t s, std::size_t e,
              const Json::json_pointer& at) {
    return steps[s].sendings[e].event[at];
  }

  bool simplify(std::size_t s, std::size_t e, const Json::json_pointer& at) {
    bool any = false;
    const Json here = value(steps_, s, e, at);
    if (here.is_object()) {
      for (const auto& [key, member] : here.items()) {
        std::vector<Step> without = steps_;
        value(without, s, e, at).erase(key);
        const bool dropped = key != "id" && key != "type" && key != "time" && key != "place" &&
                             take(std::move(without));
        any = dropped || simplify(s, e, at / key) || any;
      }
    } else if (here.is_array()) {
      for (std::size_t i = here.size(); i-- > 0;) {
        std::vector<Step> without = steps_;
        value(without, s, e, at).erase(i);
        const bool dropped = value(steps_, s, e, at).size() > 1 && take(std::move(without));
        any = dropped || simplify(s, e, at / i) || any;
      }
    } else if (here.is_number_integer()) {
      for (const std::int64_t divisor : {1'000'000, 1'000, 10, 2}) {
        const std::int64_t smaller = value(steps_, s, e, at).get<std::int64_t>() / divisor;
        std::vector<Step> other = steps_;
        value(other, s, e, at) = smaller;
        any = (smaller != value(steps_, s, e, at) && take(std::move(other))) || any;
      }
    }
    return any;
  }

  const World& world_;
  const MakeSubject& make_;
  std::vector<Step> steps_;
  std::string kind_;
};

}  // namespace

std::vector<Step> shrink(const World& world, const MakeSubject& make, std::vector<Step> steps) {
  return Shrinker(world, make, std::move(steps)).run();
}

}  // namespace huan::auditor
