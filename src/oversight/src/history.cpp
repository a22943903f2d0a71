// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/history.hpp"

#include <algorithm>
#include <tuple>

#include "registry_rows.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Judged;
using registry::Kind;

constexpr base::Instant kEnd{INT64_MAX};

bool same_verdicts(const Judged& a, const Judged& b) {
  return a.pack == b.pack && a.version == b.version && a.district == b.district &&
         a.party == b.party &&
         std::ranges::equal(a.norms, b.norms,
                            [](const registry::JudgedNorm& x, const registry::JudgedNorm& y) {
                              return x.norm == y.norm && x.verdict == y.verdict;
                            });
}

/// The stretches of one subject's norms while its versions pass by.
class Unrolled {
 public:
  void take(const Judged& judged) {
    std::map<std::string, Stretch, std::less<>> still;
    for (const registry::JudgedNorm& norm : judged.norms) {
      const auto open = open_.find(norm.norm);
      if (open != open_.end() && open->second.verdict == norm.verdict &&
          open->second.pack == judged.pack && open->second.version == judged.version) {
        still.emplace(norm.norm, std::move(open->second));
        open_.erase(open);
        continue;
      }
      Stretch stretch;
      stretch.kind =
          norms::subject_kind_from(judged.subject_kind).value_or(norms::SubjectKind::place);
      stretch.subject = judged.subject;
      stretch.norm = norm.norm;
      stretch.verdict = norm.verdict;
      stretch.from = begin(norm, judged, open == open_.end() ? nullptr : &open->second);
      stretch.pack = judged.pack;
      stretch.version = judged.version;
      still.emplace(norm.norm, std::move(stretch));
    }
    for (auto& [id, stretch] : open_) {
      close(std::move(stretch), judged.day);
    }
    open_ = std::move(still);
  }

  std::vector<Stretch> end() {
    for (auto& [id, stretch] : open_) {
      done_.push_back(std::move(stretch));
    }
    open_.clear();
    std::ranges::stable_sort(done_, [](const Stretch& a, const Stretch& b) {
      return std::tie(a.norm, a.from) < std::tie(b.norm, b.from);
    });
    return std::move(done_);
  }

 private:
  /// The facts may say that it was so before it was judged, but never while it was judged
  /// otherwise.
  static base::Day begin(const registry::JudgedNorm& norm, const Judged& judged,
                         const Stretch* before) {
    const base::Day since = std::min(norm.since.value_or(judged.day), judged.day);
    return before == nullptr ? since : std::max(since, base::Day{before->from.n + 1});
  }
  void close(Stretch stretch, base::Day found_otherwise) {
    stretch.to = base::Day{std::max(stretch.from.n, found_otherwise.n - 1)};
    done_.push_back(std::move(stretch));
  }

  std::map<std::string, Stretch, std::less<>> open_;  // by norm
  std::vector<Stretch> done_;
};

/// A shipment is open for days and there are many: one is kept from when something fails on.
bool is_passing(const Judged& judged) {
  return judged.subject_kind == name(norms::SubjectKind::shipment) &&
         std::ranges::none_of(judged.norms, [](const registry::JudgedNorm& one) {
           return one.verdict == name(norms::Verdict::fail);
         });
}

bool asks(const HistoryRequest& request, const Stretch& stretch) {
  return (request.norm.empty() || request.norm == stretch.norm) &&
         (!request.since || !stretch.to || *stretch.to >= *request.since);
}

}  // namespace

Findings::Findings(std::string pack, std::string version, base::Day day)
    : pack_(std::move(pack)), version_(std::move(version)), day_(day) {}

void Findings::add(const norms::Subject& subject, const norms::Finding& finding) {
  const std::string kind{name(subject.kind)};
  auto [at, is_new] = subjects_.try_emplace(kind + ":" + subject.id);
  Judged& judged = at->second;
  if (is_new) {
    judged.subject_kind = kind;
    judged.subject = subject.id;
    judged.district = subject.district;
    judged.party = subject.party;
    judged.day = day_;
    judged.pack = pack_;
    judged.version = version_;
  }
  judged.norms.push_back({finding.norm->id, std::string(name(finding.verdict)), finding.since});
}

Result<std::vector<FindingVersion>> Findings::changed(store::RegistryReading& reading,
                                                      const CityName& city) const {
  std::vector<FindingVersion> changed;
  std::map<std::string, Judged, std::less<>> on_record;
  visit_records(reading, city.code, Kind::finding, kEnd,
                [&](const store::RegistryRow& row, json::Value data) {
                  if (auto judged = registry::parse_judged(data, "/data")) {
                    on_record.emplace(row.key, std::move(*judged));
                  }
                });
  for (const auto& [key, judged] : on_record) {
    if (judged.day > day_) {
      return Error{
          ErrorCode::bad_time, "--at",
          key + " was judged on " + base::format_day(judged.day) + ": the past is not judged anew"};
    }
    if (!subjects_.contains(key) && !judged.norms.empty()) {
      Judged gone = judged;
      gone.day = day_;
      gone.pack = pack_;
      gone.version = version_;
      gone.norms.clear();
      changed.push_back({key, std::move(gone)});
    }
  }
  for (const auto& [key, judged] : subjects_) {
    const auto before = on_record.find(key);
    if (before == on_record.end() && is_passing(judged)) {
      continue;
    }
    if (before == on_record.end() || !same_verdicts(before->second, judged)) {
      changed.push_back({key, judged});
    }
  }
  std::ranges::sort(changed, {}, &FindingVersion::key);
  return changed;
}

std::vector<Stretch> history(store::RegistryReading& reading, const CityName& city,
                             const HistoryRequest& request) {
  std::map<std::string, std::pair<Unrolled, norms::Subject>, std::less<>> subjects;
  visit_versions(
      reading, city.code, Kind::finding, [&](const store::RegistryRow& row, json::Value data) {
        const auto judged = registry::parse_judged(data, "/data");
        if (!judged || (!request.subject.empty() && request.subject != judged->subject)) {
          return;
        }
        auto& [unrolled, subject] = subjects[row.key];
        unrolled.take(*judged);
        subject.id = judged->subject;
        subject.district = judged->district;
        subject.party = judged->party;
      });
  std::vector<Stretch> found;
  for (auto& [key, one] : subjects) {
    auto& [unrolled, subject] = one;
    if (request.sees && !request.sees(subject)) {
      continue;
    }
    for (Stretch& stretch : unrolled.end()) {
      if (asks(request, stretch)) {
        found.push_back(std::move(stretch));
      }
    }
  }
  return found;
}

}  // namespace huan::oversight
