// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/detail.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace huan::http_server {
namespace {

/// A star stands for a name or a number; those of both languages come in the same order.
struct Sentence {
  std::string_view en;
  std::string_view zh;
};

// Where two would fit, the one with more words of its own stands first.
constexpr auto kSentences = std::to_array<Sentence>({
    // ---- form
    {"required", "必填"},
    {"unknown field", "未知字段"},
    {"unknown parameter", "未知参数"},
    {"no such field here", "此处没有该字段"},
    {"no such field in this type of event", "该类事件没有此字段"},
    {"an object is expected", "应为对象"},
    {"an object", "应为对象"},
    {"an array is expected", "应为数组"},
    {"a string is expected", "应为文本"},
    {"an integer is expected", "应为整数"},
    {"a UUID is expected", "应为 UUID"},
    {"true or false is expected", "应为 true 或 false"},
    {"true or false", "应为 true 或 false"},
    {"at least one element is expected", "至少应有一个元素"},
    {"more elements than allowed", "元素个数超出限制"},
    {"at most * bytes", "最多 * 字节"},
    {"a text of at most * bytes", "文本最多 * 字节"},
    {"1 to * visible ASCII characters without space, % and ?, and neither . nor ..",
     "1 至 * 个可见 ASCII 字符，不含空格、% 和 ?，也不得为 . 或 .."},
    {"a whole number, not negative", "应为非负整数"},
    {"a day like *", "日期写法如 *"},
    {"the body is empty", "请求正文为空"},
    {"the file is empty", "文件为空"},
    {"the file cannot be read", "文件无法读取"},
    {"several cities are on record: name one", "本系统登记了多个城市，请指明其一"},
    {"text behind the end of the value", "值之后还有多余文本"},
    {"the text ends too early", "文本过早结束"},
    {"the text ends inside a string", "文本在字符串中间结束"},
    {"key expected", "此处应为键"},
    {"value expected", "此处应为值"},
    {"colon expected behind the key", "键之后应为冒号"},
    {"digit expected", "此处应为数字"},
    {"nested too deeply", "嵌套过深"},
    {"the key stands twice in this object", "同一对象中此键出现两次"},
    {"the string is too long", "字符串过长"},
    {"unknown escape", "未知转义"},
    {"four hexadecimal digits expected", "应为四位十六进制数字"},
    {"lone surrogate", "孤立的代理码点"},
    {"control character inside a string", "字符串内含控制字符"},
    {"not well-formed UTF-8", "不是合规的 UTF-8"},
    {"a number starts with a zero", "数字以零开头"},
    {"beyond 2^53 - 1", "超出 2^53 - 1"},
    {"whole numbers without fraction or exponent only", "只接受整数，不带小数或指数"},
    {"out of range", "超出范围"},
    // ---- events
    {"a type of event is expected", "应为事件类型"},
    {"any type but correct", "可为更正以外的任何类型"},
    {"an origin of the list is expected", "来源应取自列表"},
    {"a reason is expected", "请填写原因"},
    {"RFC 3339 with offset, whole seconds", "应为带时区的 RFC 3339 整秒时间"},
    {"six digits, or x- and a name", "应为六位数字，或 x- 加名称"},
    {"either lines or total_g is expected", "lines 与 total_g 应二选一"},
    {"an acceptance by total is always final", "按总量接收即为最终接收"},
    {"goes with total_g and is part of it", "须与 total_g 同用且不大于它"},
    {"from another city each line is named", "来自其他城市时须逐行列明"},
    {"line, material and declared_g are expected from another city",
     "来自其他城市时须填写 line、material 和 declared_g"},
    {"inputs, outputs or close are expected", "应有 inputs、outputs 或 close"},
    {"goes with a run", "仅用于作业"},
    {"goes with a sale", "仅用于销售"},
    {"goes with a receipt", "仅用于收购"},
    {"goes with a material, not with a lot", "随品类使用，不随批次"},
    {"goes with a lot, not with a material", "随批次使用，不随品类"},
    {"goes with what is accepted", "须与接收的部分同用"},
    {"required when the price is per piece", "按件计价时必填"},
    {"accepted and refused are both zero", "接收与拒收均为零"},
    {"a line of the shipment or a material is expected", "应为发运单的一行或品类"},
    {"lots with items are accepted by line", "含单件的批次须逐行接收"},
    {"gross is less than tare and deduction", "毛重小于皮重与扣重之和"},
    {"more is deducted than was weighed", "扣重大于称重"},
    {"no such line", "没有此行"},
    {"a deduction names its line", "扣重须指明所属行"},
    {"points need a party", "积分须有主体"},
    {"fen do not sum to zero", "金额合计不为零"},
    {"points do not sum to zero", "积分合计不为零"},
    {"the place has no operator whose bank could pay", "该网点没有可由其银行付款的经营者"},
    {"without a party the whole amount is paid: * fen", "没有主体时须付清全额：* 分"},
    {"in * g, out * g, loss * g", "投入 * 克，产出 * 克，损耗 * 克"},
    {"line *: net * g, mass * g", "第 * 行：净重 * 克，质量 * 克"},
    {"net * g, mass * g", "净重 * 克，质量 * 克"},
    {"outputs exceed the run by * g; a reason is needed", "产出超出作业 * 克，须填写原因"},
    {"*: * g there, * g asked", "*：现有 * 克，需要 * 克"},
    {"*: * g there, * g missing", "*：现有 * 克，缺 * 克"},
    {"*: * pieces there", "*：现有 * 件"},
    {"*: * points there", "*：现有 * 分"},
    {"the whole lot has *", "整批共 * 件"},
    {"the shipment goes to *", "该发运单的目的地是 *"},
    {"the line is *", "该行的品类是 *"},
    {"nothing of * is on the way", "* 已没有在途量"},
    {"* is no line of *", "* 不是 * 的行"},
    {"* stands at *; count what is more by its material", "* 在 *；多出的请按品类盘点"},
    {"* stands at *", "* 在 *"},
    {"* has ended", "* 已终止"},
    {"* stands in record *", "* 已在第 * 号记录中使用"},
    {"*: dossier * (scrap_registration, about *) lacks *; *",
     "*：登记 *（scrap_registration，出售方 *）缺 *；*"},
    {"*: * leaves only to a party with * on that day, not to nobody named; *",
     "*：* 只能交给当日具备 * 资质的主体，未指明接收方；*"},
    {"*: * leaves only to a party with * on that day, not to *; *",
     "*：* 只能交给当日具备 * 资质的主体，不得交给 *；*"},
    // ---- doubts
    {"* is on *: *", "* 在布控名单 * 中：*"},
    {"* stood in record *", "* 曾在第 * 号记录中使用"},
    {"* stood in *", "* 原在 *"},
    {"* was on the way to *", "* 原本发往 *"},
    {"* was not on the papers", "* 不在单据上"},
    {"* does not take *", "* 不收 *"},
    {"*: * g shipped, * g arrived", "*：发出 * 克，到达 * 克"},
    {"* follows *", "* 的前一号是 *"},
});

/// `zh` with what stands in `text` where `en` has stars; nullopt when `text` is another sentence.
std::optional<std::string> filled(std::string_view text, const Sentence& sentence) {
  std::string out;
  std::string_view en = sentence.en;
  std::string_view zh = sentence.zh;
  for (auto star = en.find('*'); star != std::string_view::npos; star = en.find('*')) {
    if (!text.starts_with(en.substr(0, star))) {
      return std::nullopt;
    }
    text.remove_prefix(star);
    en.remove_prefix(star + 1);
    const std::string_view behind = en.substr(0, en.find('*'));
    const bool last = behind.size() == en.size();
    const auto end = behind.empty() ? text.size()
                     : last         ? text.size() - std::min(behind.size(), text.size())
                                    : text.find(behind);
    if (end == 0 || end == std::string_view::npos) {
      return std::nullopt;
    }
    out.append(zh.substr(0, zh.find('*'))).append(text.substr(0, end));
    zh.remove_prefix(zh.find('*') + 1);
    text.remove_prefix(end);
  }
  return text == en ? std::optional{out.append(zh)} : std::nullopt;
}

}  // namespace

std::string detail_text(std::string_view detail, base::Language language) {
  if (language == base::Language::zh) {
    for (const Sentence& sentence : kSentences) {
      if (auto said = filled(detail, sentence)) {
        return *said;
      }
    }
  }
  return std::string{detail};
}

}  // namespace huan::http_server
