// SPDX-License-Identifier: Apache-2.0
#include "huan/draw/papers.hpp"

#include <algorithm>
#include <set>

#include "huan/base/text.hpp"
#include "huan/base/text_map.hpp"
#include "huan/base/time.hpp"
#include "lines.hpp"

namespace huan::draw {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kNameMax = 120;
constexpr std::size_t kSourceMax = 500;
constexpr std::size_t kListMax = 1'000;
constexpr std::string_view kPapersHead = "huan draw 1";

/// Printable ASCII without the blank, the comma and the dash alone, which have a meaning here.
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= kNameMax && text != "-" &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && c != ','; });
}

bool ascending(const std::vector<std::string>& list) {
  return std::ranges::adjacent_find(list, [](const auto& a, const auto& b) { return a >= b; }) ==
         list.end();
}

bool is_list(const std::vector<std::string>& list) {
  return list.size() <= kListMax && ascending(list) && std::ranges::all_of(list, is_word);
}

Error not_papers(std::string at, std::string what) {
  return {ErrorCode::bad_field, std::move(at), std::move(what)};
}

bool is_source(std::string_view text) {
  return !text.empty() && text.size() <= kSourceMax && base::is_clean_utf8(text) &&
         std::ranges::none_of(text, [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20U || byte == 0x7fU;
         });
}

Result<void> check_head(const Papers& papers) {
  for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"key", papers.key},
                                    {"city", papers.city},
                                    {"item", papers.item}}) {
    if (!is_word(value)) {
      return not_papers(name, "1 to 120 printable characters without blank or comma");
    }
  }
  if (papers.people_each < 1 || papers.people_each > kPeopleEachMax) {
    return not_papers("people_each", "1 to 10");
  }
  if (!is_list(papers.skills)) {
    return not_papers("skills", "an ascending list of words");
  }
  if (!base::parse_time(papers.known_at)) {
    return not_papers("known_at", "a time like 2026-11-25T21:30:00+08:00");
  }
  return is_source(papers.source) ? Result<void>()
                                  : not_papers("source", "one line of at most 500 bytes");
}

Result<void> check_objects(const Papers& papers) {
  if (papers.objects.empty() || papers.objects.size() > kObjectsMax) {
    return not_papers("objects", "1 to 1,000,000");
  }
  if (papers.count < 1 || papers.count > papers.objects.size()) {
    return not_papers("count", "1 to the number of objects");
  }
  const std::string* before = nullptr;
  for (const Object& one : papers.objects) {
    if (!is_word(one.id) || (before != nullptr && *before >= one.id)) {
      return not_papers("objects", "ascending by id, each once: " + one.id);
    }
    before = &one.id;
    if (one.weight < 1 || one.weight > kWeightMax) {
      return not_papers("objects", "weights are 1 to 1,000,000: " + one.id);
    }
    if ((!one.party.empty() && !is_word(one.party)) ||
        (!one.district.empty() && !is_word(one.district))) {
      return not_papers("objects", "party and district are words: " + one.id);
    }
  }
  return {};
}

Result<void> check_people(const Papers& papers) {
  if (papers.people.size() > kPeopleMax) {
    return not_papers("people", "at most 20,000");
  }
  const std::string* before = nullptr;
  for (const Person& one : papers.people) {
    if (!is_word(one.code) || (before != nullptr && *before >= one.code)) {
      return not_papers("people", "ascending by code, each once: " + one.code);
    }
    before = &one.code;
    if (!is_list(one.skills) || !is_list(one.conflicts)) {
      return not_papers("people", "ascending lists of words: " + one.code);
    }
  }
  return {};
}

/// For each object there are enough people with the skills and without a conflict.
Result<void> check_enough(const Papers& papers) {
  base::TextMap<std::vector<std::size_t>> against;
  std::size_t skilled = 0;
  for (std::size_t at = 0; at < papers.people.size(); ++at) {
    const Person& one = papers.people[at];
    if (!std::ranges::includes(one.skills, papers.skills)) {
      continue;
    }
    ++skilled;
    for (const std::string& what : one.conflicts) {
      against[what].push_back(at);
    }
  }
  for (const Object& object : papers.objects) {
    std::set<std::size_t> out;
    for (const std::string* what : {&object.id, &object.party, &object.district}) {
      if (const auto found = against.find(*what); found != against.end()) {
        out.insert(found->second.begin(), found->second.end());
      }
    }
    if (skilled - out.size() < papers.people_each) {
      return not_papers("people", std::to_string(skilled - out.size()) + " of " +
                                      std::to_string(papers.people_each) + " who may be sent to " +
                                      object.id);
    }
  }
  return {};
}

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }
std::string dash_is_none(std::string_view text) {
  return text == "-" ? std::string() : std::string(text);
}

Result<void> read_head(Lines& lines, Papers& out) {
  HUAN_CHECK(lines.expect(kPapersHead));
  HUAN_TRY(key, lines.after("key"));
  HUAN_TRY(city, lines.after("city"));
  HUAN_TRY(item, lines.after("item"));
  HUAN_TRY(count, lines.number_after("count"));
  HUAN_TRY(each, lines.number_after("each"));
  HUAN_TRY(skills, lines.after("skills"));
  HUAN_TRY(known_at, lines.after("known_at"));
  HUAN_TRY(source, lines.after("source"));
  out.key = key;
  out.city = city;
  out.item = item;
  out.count = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, kObjectsMax + 1));
  out.people_each = static_cast<std::uint32_t>(std::min<std::uint64_t>(each, kPeopleEachMax + 1));
  out.skills = list_of(skills);
  out.known_at = known_at;
  out.source = source;
  return {};
}

Result<void> read_objects(Lines& lines, Papers& out) {
  HUAN_TRY(number, lines.number_after("objects"));
  if (number > kObjectsMax) {
    return lines.wrong("at most 1,000,000 objects");
  }
  for (std::uint64_t n = 0; n < number; ++n) {
    HUAN_TRY(line, lines.next());
    const auto parts = split(line, '\t');
    const auto weight = parts.size() == 4 ? whole_number(parts[1]) : std::nullopt;
    if (!weight) {
      return lines.wrong("id, weight, party and district are expected, parted by tabs");
    }
    out.objects.push_back(
        {std::string(parts[0]), *weight, dash_is_none(parts[2]), dash_is_none(parts[3])});
  }
  return {};
}

Result<void> read_people(Lines& lines, Papers& out) {
  HUAN_TRY(number, lines.number_after("people"));
  if (number > kPeopleMax) {
    return lines.wrong("at most 20,000 people");
  }
  for (std::uint64_t n = 0; n < number; ++n) {
    HUAN_TRY(line, lines.next());
    const auto parts = split(line, '\t');
    if (parts.size() != 3) {
      return lines.wrong("code, skills and conflicts are expected, parted by tabs");
    }
    out.people.push_back({std::string(parts[0]), list_of(parts[1]), list_of(parts[2])});
  }
  return {};
}

void sort_list(std::vector<std::string>& list) {
  std::ranges::sort(list);
  const auto rest = std::ranges::unique(list);
  list.erase(rest.begin(), rest.end());
}

}  // namespace

Papers in_order(Papers papers) {
  sort_list(papers.skills);
  std::ranges::sort(papers.objects, {}, &Object::id);
  std::ranges::sort(papers.people, {}, &Person::code);
  for (Person& one : papers.people) {
    sort_list(one.skills);
    sort_list(one.conflicts);
  }
  return papers;
}

Result<void> validate(const Papers& papers) {
  HUAN_CHECK(check_head(papers));
  HUAN_CHECK(check_objects(papers));
  HUAN_CHECK(check_people(papers));
  return check_enough(papers);
}

std::string to_text(const Papers& papers) {
  std::string out(kPapersHead);
  out += "\nkey " + papers.key + "\ncity " + papers.city + "\nitem " + papers.item;
  out += "\ncount " + std::to_string(papers.count);
  out += "\neach " + std::to_string(papers.people_each);
  out += "\nskills " + list_text(papers.skills) + "\nknown_at " + papers.known_at;
  out += "\nsource " + papers.source;
  out += "\nobjects " + std::to_string(papers.objects.size()) + "\n";
  for (const Object& one : papers.objects) {
    out += one.id + '\t' + std::to_string(one.weight) + '\t' + or_dash(one.party) + '\t' +
           or_dash(one.district) + '\n';
  }
  out += "people " + std::to_string(papers.people.size()) + "\n";
  for (const Person& one : papers.people) {
    out += one.code + '\t' + list_text(one.skills) + '\t' + list_text(one.conflicts) + '\n';
  }
  return out + "end\n";
}

Result<Papers> parse_papers(std::string_view text) {
  Lines lines(text);
  Papers out;
  HUAN_CHECK(read_head(lines, out));
  HUAN_CHECK(read_objects(lines, out));
  HUAN_CHECK(read_people(lines, out));
  HUAN_CHECK(lines.expect("end"));
  HUAN_CHECK(lines.finish());
  HUAN_CHECK(validate(out));
  return out;
}

}  // namespace huan::draw
