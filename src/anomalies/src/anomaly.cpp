// SPDX-License-Identifier: Apache-2.0
#include "huan/anomalies/anomaly.hpp"

#include <array>

namespace huan::anomalies {
namespace {

struct Words {
  std::string_view name;
  std::string_view zh;
  std::string_view why_zh;
  std::string_view why_en;
  std::string_view check_zh;
  std::string_view check_en;
};

constexpr std::array<Words, kKinds> kWords{{
    {"mass_outlier", "重量异常", "同品类、同季节、同类网点中，该网点磅单重量明显偏大",
     "tickets are much heavier than at places of its kind, material and season alike",
     "抽查磅单照片与衡器示值，复核发运重量",
     "compare tickets with photos and the scale's log, and with what left"},
    {"two_end_bias", "两端差异偏向一方", "两端称重之差几乎总是偏向同一方",
     "the two ends' weights differ, nearly always to the same side",
     "现场核验收货端衡器检定与皮重记录",
     "check the receiving scale's verification and its tares on site"},
    {"hoarding", "库存异常", "库存超出许可量，或只进不出",
     "stock is over the permit, or comes in and does not leave", "现场盘点，核对发运与销售记录",
     "count the stock on site and compare with shipments and sales"},
    {"frequent_seller", "同一人频繁出售", "同一人出售次数远多于其他人",
     "one person sells far more often than others", "核对身份登记与付款对象，询问来源",
     "check identity and payee, and ask where it comes from"},
    {"low_price", "价格明显偏低", "同一出售者多次以远低于行情的价格成交",
     "the same seller is paid far below what others get, again and again", "核查物品来源与付款凭证",
     "check where the goods come from and what was really paid"},
    {"carousel", "往返发运", "货物在同两个网点之间往返",
     "goods go to and fro between the same two places", "核对运单、车辆与两端库存，排查虚假流转",
     "compare waybills, vehicles and both stocks"},
    {"unlicensed_work", "超范围作业",
     "作业内容超出该类网点的许可范围，或经营者没有该品类要求的资质",
     "a process that places of this kind are not licensed for, or a material whose qualification "
     "its operator does not hold",
     "查验许可证经营范围与现场设备", "check the licence's items and the equipment on site"},
    {"untracked", "无轨迹发运", "发运没有车辆也没有铅封记录，或车辆装有终端而当日没有轨迹",
     "shipments with neither vehicle nor seal, or by a vehicle whose terminal was silent that day",
     "调取出场监控与运输凭证，检查车载终端",
     "ask for gate video and transport papers, and look at the vehicle's terminal"},
    {"late_corrections", "申报前集中更正", "申报截止前集中更正磅单",
     "corrections in bulk just before a deadline", "比对更正前后的磅单与原始凭证",
     "compare tickets before and after with the original papers"},
    {"yield_too_good", "得率异常", "损耗远低于同类作业",
     "almost nothing is lost, unlike at its peers", "核对残余物去向与投料、产出称重",
     "check where residue went, and weigh input and output"},
}};

const Words& words(Kind kind) { return kWords.at(static_cast<std::size_t>(kind)); }

}  // namespace

std::string_view name(Kind kind) noexcept { return words(kind).name; }
std::string_view name(Rule rule) noexcept {
  constexpr std::array<std::string_view, 4> kRules{"given", "sum", "middle", "derived"};
  return kRules.at(static_cast<std::size_t>(rule));
}
std::string_view name_zh(Kind kind) noexcept { return words(kind).zh; }
std::string_view how_to_check(Kind kind, bool chinese) noexcept {
  return chinese ? words(kind).check_zh : words(kind).check_en;
}
std::string_view why(Kind kind, bool chinese) noexcept {
  return chinese ? words(kind).why_zh : words(kind).why_en;
}

}  // namespace huan::anomalies
