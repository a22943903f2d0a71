// SPDX-License-Identifier: Apache-2.0
#include "audit.hpp"

#include <algorithm>

namespace huan::auditor {
namespace {

std::string describe(const Reply& reply) {
  std::string text = reply.status;
  if (!reply.code.empty()) {
    text += " " + reply.code + " at '" + reply.at + "'";
  }
  for (const std::string& raised : reply.raised) {
    text += " +" + raised;
  }
  return text;
}

std::string kind(const Reply& reply) {
  if (reply.code.empty()) {
    return describe(reply);
  }
  std::string at = reply.at;  // indices may change
  std::erase_if(at, [](char c) { return c >= '0' && c <= '9'; });
  return reply.code + at;
}

std::string difference(const Dump& expected, const Dump& actual) {
  std::string text;
  int shown = 0;
  for (const auto& [key, value] : expected) {
    const auto found = actual.find(key);
    if (found == actual.end() || found->second != value) {
      text += "  " + key + ": expected " + value + ", actual " +
              (found == actual.end() ? "nothing" : found->second) + "\n";
      ++shown;
    }
    if (shown > 11) {
      return text;
    }
  }
  for (const auto& [key, value] : actual) {
    if (expected.find(key) == expected.end()) {
      text += "  " + key + ": expected nothing, actual " + value + "\n";
    }
  }
  return text;
}

class Audit {
 public:
  Audit(const World& world, const MakeSubject& make, const AuditOptions& options)
      : model_(world), subject_(make(world)), options_(options) {}

  std::optional<Mismatch> step(const Step& step) {
    std::vector<Reply> expected = expect(step);
    std::vector<std::string> texts;
    for (const Sending& sending : step.sendings) {
      texts.push_back(text_of(sending));
    }
    std::vector<Reply> actual = subject_->post(texts, step.each, step.now);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      std::sort(actual.at(i).raised.begin(), actual.at(i).raised.end());
      if (!(expected[i] == actual[i])) {
        return Mismatch{steps_, kind(expected[i]) + " / " + kind(actual[i]),
                        "event " + std::to_string(i) + ": expected " + describe(expected[i]) +
                            ", actual " + describe(actual[i]) + "\n"};
      }
    }
    ++steps_;
    return steps_ % options_.compare_every == 0 ? compare() : std::nullopt;
  }

  std::optional<Mismatch> compare() {
    const std::string text = difference(model_.dump(), subject_->dump());
    return text.empty() ? std::nullopt
                        : std::optional{Mismatch{steps_, "state", "state:\n" + text}};
  }

  std::optional<Mismatch> end() {
    if (auto mismatch = compare()) {
      return mismatch;
    }
    const std::string broken = subject_->broken();
    return broken.empty() ? std::nullopt : std::optional{Mismatch{steps_, "broken", broken + "\n"}};
  }

  const Model& model() const { return model_; }

 private:
  std::vector<Reply> expect(const Step& step) {
    const bool may_go_back = !step.each && step.sendings.size() > 1;
    const std::size_t before = model_.records().size();
    std::vector<Reply> expected;
    bool refused = false;
    for (const Sending& sending : step.sendings) {
      expected.push_back(sending.form ? *sending.form : model_.post(sending.event, step.now));
      refused = refused || expected.back().status == "refused";
    }
    if (may_go_back && refused) {
      model_.go_back(before);
    }
    return expected;
  }

  Model model_;
  std::unique_ptr<Subject> subject_;
  AuditOptions options_;
  std::size_t steps_{0};
};

}  // namespace

std::optional<Mismatch> play(const World& world, const MakeSubject& make,
                             const std::vector<Step>& steps, const AuditOptions& options) {
  Audit audit(world, make, options);
  for (const Step& step : steps) {
    if (auto mismatch = audit.step(step)) {
      return mismatch;
    }
  }
  return audit.end();
}

std::string as_lines(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) {
    text += "# now " + rfc3339(step.now) +
            (step.sendings.size() == 1 ? ""
             : step.each               ? " mode=each"
                                       : " atomic") +
            "\n";
    for (const Sending& sending : step.sendings) {
      text += (sending.raw.empty() ? sending.event.dump() : sending.raw) + "\n";
    }
  }
  return text;
}

std::string audit(const World& world, const MakeSubject& make, std::uint64_t seed) {
  Generator generator(seed);
  std::vector<Step> steps;
  std::optional<Mismatch> mismatch;
  {
    Audit run(world, make, {});
    for (int i = 0; i < generator.steps() && !mismatch; ++i) {
      steps.push_back(generator.next(run.model()));
      mismatch = run.step(steps.back());
    }
    mismatch = mismatch ? mismatch : run.end();
  }
  if (!mismatch) {
    return "";
  }
  steps = shrink(world, make, steps);
  const auto smallest = play(world, make, steps, {1});
  return "seed " + std::to_string(seed) + ", " + std::to_string(steps.size()) + " steps\n" +
         as_lines(steps) + (smallest ? smallest->what : "not seen again: ") +
         "first: " + mismatch->what;
}

}  // namespace huan::auditor
