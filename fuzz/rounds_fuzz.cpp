// SPDX-License-Identifier: Apache-2.0
// Dispatch: the first byte chooses what the rest is read as: a round, a sheet, a rule, sequences of
// a dispatcher's hand, a driver's step. What is taken is written as JSON that is taken again, and
// means the same; a round takes any step without harm.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "huan/app/drive_round.hpp"
#include "huan/json/document.hpp"
#include "huan/rounds/drive.hpp"

namespace {

namespace rounds = huan::rounds;

template <class Parse>
void written_again(huan::json::Value value, const Parse& parse) {
  const auto first = parse(value);
  if (!first) {
    return;
  }
  const std::string text = rounds::to_json(*first);
  const auto document = huan::json::Document::parse(text);
  const auto second = document ? parse(document->root()) : parse(value);
  if (!document || !second || rounds::to_json(*second) != text) {
    std::abort();
  }
}

void drive(huan::json::Value value) {
  auto step = huan::app::parse_round_step(value);
  if (!step) {
    return;
  }
  rounds::Round round;
  round.state = rounds::RoundState::published;
  for (const auto kind :
       {rounds::StopKind::order, rounds::StopKind::station, rounds::StopKind::unload}) {
    rounds::Stop stop;
    stop.id = step->step.stop;
    stop.kind = kind;
    round.stops = {stop};
    static_cast<void>(rounds::take_step(round, step->step));
    static_cast<void>(rounds::balance_of(round, 28'800));
    static_cast<void>(rounds::on_board(round));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto document = huan::json::Document::parse(text);
  if (!document) {
    return 0;
  }
  const auto root = document->root();
  switch (data[0] % 5) {
    case 0:
      written_again(root, [](huan::json::Value v) { return rounds::parse_round(v, ""); });
      break;
    case 1:
      written_again(root, [](huan::json::Value v) { return rounds::parse_sheet(v, ""); });
      break;
    case 2:
      written_again(root, [](huan::json::Value v) { return rounds::parse_rule(v, ""); });
      break;
    case 3:
      static_cast<void>(rounds::parse_sequences(root));
      break;
    default:
      drive(root);
  }
  return 0;
}
