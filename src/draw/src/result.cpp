// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/draw/draw.hpp"
#include "lines.hpp"

namespace huan::draw {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::string_view kResultHead = "huan draw result 1";

Result<crypto::Digest> digest_in(const Lines& lines, std::string_view text) {
  const auto digest = crypto::digest_from_hex(text);
  if (!digest || crypto::hex(*digest) != text) {
    return lines.wrong("64 lower-case hexadecimal digits are expected");
  }
  return *digest;
}

Result<void> read_result_head(Lines& lines, Outcome& out) {
  HUAN_CHECK(lines.expect(kResultHead));
  HUAN_TRY(papers, lines.after("papers"));
  HUAN_TRY(commitment, digest_in(lines, papers));
  HUAN_TRY(value, lines.after("value"));
  HUAN_TRY(checkpoint, lines.after("checkpoint"));
  const auto parts = split(checkpoint, ' ');
  const auto size = parts.size() == 2 ? whole_number(parts[0]) : std::nullopt;
  if (!size) {
    return lines.wrong("the log's size and root are expected");
  }
  HUAN_TRY(root, digest_in(lines, parts[1]));
  HUAN_TRY(seed_text, lines.after("seed"));
  HUAN_TRY(seed, digest_in(lines, seed_text));
  out.seeding = {commitment, std::string(value), {*size, root}};
  out.seed = seed;
  return check_value(value);
}

Error differs(std::string at, const std::string& expected) {
  return {ErrorCode::wrong_answer, std::move(at), "the papers and the seed give " + expected};
}

}  // namespace

std::string to_text(const Outcome& outcome) {
  std::string out(kResultHead);
  const Seeding& from = outcome.seeding;
  out += "\npapers " + crypto::hex(from.commitment) + "\nvalue " + from.value;
  out += "\ncheckpoint " + std::to_string(from.log.size) + " " + crypto::hex(from.log.root);
  out += "\nseed " + crypto::hex(outcome.seed);
  out += "\ndrawn " + std::to_string(outcome.drawn.size()) + "\n";
  for (const Drawn& one : outcome.drawn) {
    out += one.object + '\t' + list_text(one.people) + '\n';
  }
  return out + "end\n";
}

Result<Outcome> parse_outcome(std::string_view text) {
  Lines lines(text);
  Outcome out;
  HUAN_CHECK(read_result_head(lines, out));
  HUAN_TRY(number, lines.number_after("drawn"));
  if (number > kObjectsMax) {
    return lines.wrong("at most 1,000,000 objects");
  }
  for (std::uint64_t n = 0; n < number; ++n) {
    HUAN_TRY(line, lines.next());
    const auto parts = split(line, '\t');
    if (parts.size() != 2 || parts[0].empty()) {
      return lines.wrong("an object and its people are expected, parted by a tab");
    }
    out.drawn.push_back({std::string(parts[0]), list_of(parts[1])});
  }
  HUAN_CHECK(lines.expect("end"));
  HUAN_CHECK(lines.finish());
  return out;
}

Result<Outcome> verify(std::string_view papers_text, std::string_view result_text) {
  HUAN_TRY(papers, parse_papers(papers_text));
  HUAN_TRY(said, parse_outcome(result_text));
  if (said.seeding.commitment != commitment(papers_text)) {
    return Error{ErrorCode::wrong_answer, "papers",
                 "these papers hash to " + crypto::hex(commitment(papers_text))};
  }
  Outcome again = run(papers, said.seeding);
  if (again.seed != said.seed) {
    return differs("seed", crypto::hex(again.seed));
  }
  if (again.drawn.size() != said.drawn.size()) {
    return differs("drawn", std::to_string(again.drawn.size()) + " objects");
  }
  for (std::size_t n = 0; n < again.drawn.size(); ++n) {
    if (again.drawn[n].object != said.drawn[n].object ||
        again.drawn[n].people != said.drawn[n].people) {
      return differs("drawn/" + std::to_string(n + 1),
                     again.drawn[n].object + " " + list_text(again.drawn[n].people));
    }
  }
  return again;
}

}  // namespace huan::draw
