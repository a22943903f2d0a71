// SPDX-License-Identifier: Apache-2.0
// 更正: a ticket was typed wrong or twice. Its lots may have gone on meanwhile.
#include "flows.hpp"

namespace huan::simulator {

void plan_correction(World& world, const Receipt& receipt, std::vector<std::int64_t> right,
                     std::int64_t after_s) {
  const std::uint32_t n = world.corrections.put({receipt, std::move(right)});
  world.push(world.now_s + world.lasting(after_s), TaskKind::correct, n);
}

void correct(World& world, Correction correction) {
  Receipt& receipt = correction.receipt;
  const bool is_void = correction.right.empty();
  const std::int64_t now = world.time_at(receipt.site, world.now_s);
  json::Writer w = world.begin("correct", receipt.site, now);
  w.member("corrects", receipt.id);
  w.member("reason", is_void ? "重复录入" : "重量录错");
  std::vector<std::int64_t> differences;
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    const std::int64_t right = is_void ? 0 : correction.right[i];
    differences.push_back(right - receipt.lines[i].lot.mass_g);
    receipt.lines[i].lot.mass_g = right;
  }
  if (is_void) {
    w.key("replacement").null();
  } else {
    w.key("replacement").begin_object().member("type", "receive");
    w.member("time", world.time_text(receipt.time_s));
    w.member("place", world.site(receipt.site).key);
    write_receipt(world, w, receipt);
    w.end_object();
  }
  world.send(w);
  for (std::size_t i = 0; i < receipt.lines.size(); ++i) {
    world.state(receipt.site).raw.change(receipt.lines[i].lot, differences[i]);
  }
}

}  // namespace huan::simulator
