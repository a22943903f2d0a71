// SPDX-License-Identifier: Apache-2.0
#include "network_page.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "huan/reports/html.hpp"

namespace huan::wire_siting {
namespace {

using base::Language;
using siting_problem::Area;
using siting_problem::kNobody;
using siting_problem::Network;
using siting_problem::Rule;
using siting_problem::RuleKind;
using siting_problem::Standing;
using siting_problem::Who;
using siting_report::Report;

constexpr double kCent = 100;

constexpr std::string_view kStyle =
    "body{font:14px/1.5 'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif;"
    "color:#222;max-width:960px;margin:24px auto;padding:0 16px}h1{font-size:22px}"
    "h2{font-size:17px;margin-top:28px;border-bottom:1px solid #ccc}table{border-collapse:collapse;"
    "width:100%;font-size:13px}th,td{border-bottom:1px solid #ddd;padding:3px 6px;text-align:right;"
    "vertical-align:top}th{background:#f3f3ee}td:first-child,th:first-child,.l{text-align:left}"
    ".note{background:#fff7e0;border-left:4px solid #d9a400;padding:6px 10px}svg{width:100%;"
    "height:auto;border:1px solid #ddd}.key span{display:inline-block;width:10px;height:10px;"
    "border-radius:5px;margin:0 4px 0 12px}small{color:#666}"
    "@media print{body{max-width:none;margin:0;font-size:11px}table{font-size:10px}"
    "h2{break-after:avoid}tr,svg{break-inside:avoid}thead{display:table-header-group}"
    "@page{size:A4;margin:14mm}}";

/// 12,345,678 with so many digits behind the point.
std::string digits(double value, int behind = 0) {
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%.*f", behind, std::abs(value));
  std::string out(text.data(), static_cast<std::size_t>(std::max(size, 0)));
  const std::size_t whole = std::min(out.find('.'), out.size());
  for (std::size_t at = whole; at > 3; at -= 3) {
    out.insert(at - 3, ",");
  }
  return (value < 0 ? "-" : "") + out;
}

bool stands(const siting_problem::Site& site) {
  return site.standing == Standing::existing || site.standing == Standing::closable;
}

bool counts_for(Who who, bool urban) {
  return who == Who::everyone || urban == (who == Who::urban);
}

class Page {
 public:
  Page(const Network& network, const Report& report, const PageWords& words)
      : network_(network), report_(report), words_(words), zh_(words.language == Language::zh) {
    open_.assign(network.sites.size(), 0);
    for (const std::uint32_t site : report.plan.open) {
      open_[site] = 1;
    }
  }

  std::string write() {
    begin();
    if (report_.plan.status == siting_problem::Status::infeasible) {
      conflict();
    } else {
      ends();
      tiers();
      explain();
      map();
      rules();
      years();
      districts();
    }
    return out_ + "</body></html>\n";
  }

 private:
  [[nodiscard]] std::string say(std::string_view zh, std::string_view en) const {
    return std::string(zh_ ? zh : en);
  }
  void head(std::string_view zh, std::string_view en) { out_ += "<h2>" + say(zh, en) + "</h2>"; }
  void row(const std::vector<std::string>& cells, bool heads = false) {
    out_ += "<tr>";
    for (const std::string& cell : cells) {
      out_ += (heads ? "<th>" : "<td>") + cell + (heads ? "</th>" : "</td>");
    }
    out_ += "</tr>";
  }
  void begin_table(const std::vector<std::string>& cells) {
    out_ += "<table><thead>";
    row(cells, true);
    out_ += "</thead><tbody>";
  }
  void end_table() { out_ += "</tbody></table>"; }

  [[nodiscard]] std::string tier_name(std::uint32_t tier) const {
    struct Named {
      std::string_view code;
      std::string_view zh;
      std::string_view en;
    };
    static constexpr std::array<Named, 5> kNamed{
        {{"drop-off-point", "投放点", "drop-off points"},
         {"station", "回收站点", "stations"},
         {"transfer-station", "中转站", "transfer stations"},
         {"sorting-centre", "分拣中心", "sorting centres"},
         {"processor", "加工企业", "processors"}}};
    const std::string& code = network_.tiers[tier].name;
    for (const Named& one : kNamed) {
      if (one.code == code) {
        return say(one.zh, one.en);
      }
    }
    return reports::escape_html(code);
  }
  [[nodiscard]] std::string district_name(std::uint32_t district) const {
    return reports::escape_html(words_.districts.empty() ? network_.districts[district]
                                                         : words_.districts[district]);
  }

  void begin() {
    const std::string title =
        say("再生资源回收网络规划", "Plan of the recyclables network") +
        (words_.city.empty() ? "" : " · " + reports::escape_html(words_.city));
    out_ = "<!doctype html><html lang=\"" + say("zh-CN", "en") +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width\"><title>" +
           title + "</title><style>" + std::string(kStyle) + "</style></head><body><h1>" + title +
           "</h1>";
    if (!network_.origin.empty()) {
      out_ += "<p class=\"note\">" +
              say("坐标说明：合成坐标不是实测位置，由固定种子在真实区县驻地周围生成，选址前须以实测"
                  "坐标替换。",
                  "Coordinates: synthetic ones are no surveyed places; survey before building. ") +
              "<br><small>" + reports::escape_html(network_.origin) + "</small></p>";
    }
  }

  void conflict() {
    const bool proven = report_.plan.stop == siting_problem::Stop::proven;
    head("没有可行方案", "No plan is possible");
    out_ += "<p>" + reports::escape_html(report_.plan.reason) + "</p><p>" +
            (proven ? say("已证明。去掉下列任何一条规则，矛盾即消失：",
                          "Proven. Without any one of these rules nothing is in the way:")
                    : say("搜索所见，未证明。去掉下列任何一条规则即有方案：",
                          "As searches saw it, not proven. Without any one of these rules there "
                          "is a plan:")) +
            "</p><ul>";
    for (const std::string& rule : report_.plan.conflict) {
      out_ += "<li>" + reports::escape_html(rule) + "</li>";
    }
    out_ += "</ul>";
  }

  void ends() {
    const auto& plan = report_.plan;
    head("费用与下界", "Cost and bound");
    begin_table({say("项目", "what"), say("每年", "a year")});
    row({say("方案费用（上界）", "the plan costs (upper)"),
         digits(plan.upper) + say(" 元", " yuan")});
    row({say("其中设施", "of that, sites"), digits(report_.found.open) + say(" 元", " yuan")});
    row({say("其中运输", "of that, ways"), digits(report_.found.ways) + say(" 元", " yuan")});
    row({say("已证明的下界：任何方案都不会更低", "proven lower bound: no plan costs less"),
         digits(plan.lower) + say(" 元", " yuan")});
    row({say("差距", "gap"), digits(kCent * plan.gap(), 2) + " %"});
    row({say("结束原因", "ended because"), zh_ ? stop_zh() : std::string(name(plan.stop))});
    row({say("服务家庭", "households served"),
         digits(report_.found.served_households) + " / " + digits(report_.found.all_households)});
    end_table();
  }

  [[nodiscard]] std::string stop_zh() const {
    static constexpr std::array<std::string_view, 5> kStops{
        "已证明最优", "时间用完", "次数用完", "中途取消", "搜索已无改进（未证明最优）"};
    return std::string(kStops.at(static_cast<std::size_t>(report_.plan.stop)));
  }

  void tiers() {
    head("各级设施：方案与文件", "Tiers: the plan beside the document");
    begin_table({say("设施", "tier"), say("现有", "existing"), say("新建", "new"),
                 say("关闭", "closed"), say("方案合计", "plan"), say("文件基数", "document, base"),
                 say("文件目标", "document, target"), say("相差", "difference")});
    for (std::uint32_t tier = 0; tier < network_.tiers.size(); ++tier) {
      double kept = 0;
      double built = 0;
      double closed = 0;
      for (std::size_t j = 0; j < open_.size(); ++j) {
        const auto& site = network_.sites[j];
        if (site.tier == tier) {
          kept += open_[j] != 0 && stands(site) ? 1 : 0;
          built += open_[j] != 0 && !stands(site) ? 1 : 0;
          closed += open_[j] == 0 && stands(site) ? 1 : 0;
        }
      }
      const DocumentCount* document = counted(tier);
      const auto cell = [](const std::optional<double>& value) {
        return value ? digits(*value) : std::string("–");
      };
      const bool compared = document != nullptr && document->after.has_value();
      row({"<span style=\"color:" + std::string(tier_colour(tier)) + "\">●</span> " +
               tier_name(tier),
           digits(kept + closed), digits(built), digits(closed), digits(kept + built),
           document == nullptr ? "–" : cell(document->before),
           document == nullptr ? "–" : cell(document->after),
           compared ? digits(kept + built - *document->after) : "–"});
    }
    end_table();
  }

  [[nodiscard]] const DocumentCount* counted(std::uint32_t tier) const {
    for (const DocumentCount& one : words_.document) {
      if (one.tier == network_.tiers[tier].name) {
        return &one;
      }
    }
    return nullptr;
  }

  // Line by line: what the document counts, then each rule of numbers of the tier, area by area.
  void explain() {
    if (words_.document.empty()) {
      return;
    }
    head("与文件数字的差异", "Why the counts differ from the document's");
    out_ += "<ul>";
    for (std::uint32_t tier = 0; tier < network_.tiers.size(); ++tier) {
      if (const DocumentCount* document = counted(tier)) {
        out_ += "<li><b>" + tier_name(tier) + "</b>：" +
                reports::escape_html(zh_ ? document->says_zh : document->says_en) + "<ul>";
        for (std::uint32_t r = 0; r < network_.rules.size(); ++r) {
          if (network_.rules[r].tier == tier && network_.rules[r].kind == RuleKind::at_least) {
            explain_rule(r);
          }
        }
        explain_rest(tier);
        out_ += "</ul></li>";
      }
    }
    out_ += "</ul>";
  }

  void explain_rule(std::uint32_t r) {
    const Rule& rule = network_.rules[r];
    const auto& found = report_.found.rules[r];
    double standing = 0;
    double built = 0;
    for (std::size_t j = 0; j < open_.size(); ++j) {
      const auto& site = network_.sites[j];
      if (open_[j] != 0 && site.tier == rule.tier && counts_for(rule.who, site.urban)) {
        (stands(site) ? standing : built) += 1;
      }
    }
    out_ +=
        "<li>" + rule_words(rule) + "：" +
        (zh_ ? "要求 " + digits(found.asked) + "（" + digits(static_cast<double>(found.areas)) +
                   " 处分别取整）；方案 " + digits(standing + built) + "，其中现有 " +
                   digits(standing) + "、新建 " + digits(built) + "；卡住 " +
                   digits(static_cast<double>(found.binding)) + " 处"
             : "asks for " + digits(found.asked) + " (rounded up in " +
                   digits(static_cast<double>(found.areas)) + " areas); the plan has " +
                   digits(standing + built) + ", of them " + digits(standing) + " existing and " +
                   digits(built) + " new; binds in " + digits(static_cast<double>(found.binding))) +
        over(found.asked, standing + built, rule.neighbours) + "</li>";
  }

  /// Open sites of which no rule of numbers speaks: they are there to serve the shares.
  void explain_rest(std::uint32_t tier) {
    double rest = 0;
    for (const std::uint32_t j : report_.plan.open) {
      const auto& site = network_.sites[j];
      const bool spoken =
          std::any_of(network_.rules.begin(), network_.rules.end(), [&](const Rule& rule) {
            return rule.kind == RuleKind::at_least && rule.tier == tier &&
                   counts_for(rule.who, site.urban);
          });
      rest += site.tier == tier && !spoken ? 1 : 0;
    }
    if (rest > 0) {
      out_ += "<li>" +
              (zh_ ? "其余 " + digits(rest) + " 个不在数量规则之内：为达到覆盖率（如农村）而设"
                   : "the other " + digits(rest) +
                         " are under no rule of numbers: the shares to be served need them") +
              "</li>";
    }
  }

  [[nodiscard]] std::string over(double asked, double there, bool shared) const {
    if (shared && there < asked) {
      return say("；相邻区县共用，故少于逐县计数", "; neighbours share, so fewer than one each");
    }
    if (there > asked) {
      return zh_ ? "；多出 " + digits(there - asked) + " 个：现有的保留，或运输更省"
                 : "; " + digits(there - asked) +
                       " more than asked: what exists stays, or the ways are cheaper";
    }
    return {};
  }

  [[nodiscard]] std::string rule_words(const Rule& rule) const {
    const std::string source = reports::escape_html(rule.source);
    return reports::escape_html(zh_ && !rule.source.empty() ? rule.source : rule.name) +
           (zh_ || source.empty() ? "" : " <small>" + source + "</small>");
  }

  void map() {
    head("规划图", "Map");
    out_ += "<p class=\"key\"><span style=\"background:#c9c9c0\"></span>" +
            say("已服务家庭", "homes served") + "<span style=\"background:#d64545\"></span>" +
            say("未服务家庭", "homes not served");
    for (std::uint32_t tier = 0; tier < network_.tiers.size(); ++tier) {
      out_ += "<span style=\"background:" + std::string(tier_colour(tier)) + "\"></span>" +
              tier_name(tier);
    }
    out_ += say("（白心：现有）", " (white centre: existing)") + "</p>" +
            page_map(network_, report_.plan, words_.language);
  }

  [[nodiscard]] std::string step_words(std::uint32_t rule) const {
    struct Step {
      std::string_view en;
      std::string_view zh;
    };
    static constexpr std::array<Step, 7> kSteps{
        {{"one site fewer in each area", "每处少 1 个"},
         {"one site more in each area", "每处多 1 个"},
         {"one household in a hundred fewer", "少 1 个百分点"},
         {"100 metres nearer", "近 100 米"},
         {"a tenth more in each site", "每处多收一成"},
         {"a twentieth more money", "预算多 5 %"},
         {"what exists may be closed", "现有的可以关闭"}}};
    for (const auto& cost : report_.costs) {
      if (cost.rule != rule) {
        continue;
      }
      for (const Step& step : kSteps) {
        if (step.en == cost.step) {
          return say(step.zh, step.en) + "<br><b>" + digits(cost.saves) + "</b>";
        }
      }
    }
    return report_.found.rules[rule].binding > 0 && !network_.rules[rule].permission ? "…" : "–";
  }

  [[nodiscard]] std::string where(std::uint32_t rule) const {
    const auto& found = report_.found.rules[rule];
    constexpr std::size_t kNamedMost = 6;
    std::string out;
    for (std::size_t k = 0; k < std::min(found.where.size(), kNamedMost); ++k) {
      std::string area = reports::escape_html(found.where[k]);
      for (std::uint32_t d = 0; d < network_.districts.size(); ++d) {
        area =
            network_.rules[rule].area == Area::district && network_.districts[d] == found.where[k]
                ? district_name(d)
                : area;
      }
      out += (k > 0 ? "、" : "") + area;
    }
    return out + (found.where.size() > kNamedMost ? "…" : "");
  }

  /// What is asked, and what the plan has, as the kind of the rule counts it.
  [[nodiscard]] std::pair<std::string, std::string> weighed(std::uint32_t r) const {
    const auto& found = report_.found.rules[r];
    const std::string asked = digits(found.asked);
    const std::string there = digits(found.found);
    switch (network_.rules[r].kind) {
      case RuleKind::at_least:
      case RuleKind::at_most: {
        const auto sites = static_cast<double>(found.sites);
        const std::string shared = say("（相邻共用，计 " + there + " 处）",
                                       " (counted " + there + " times: neighbours share)");
        return {(network_.rules[r].kind == RuleKind::at_least ? "≥ " : "≤ ") + asked,
                digits(sites) + (sites < found.found ? shared : "")};
      }
      case RuleKind::coverage:
        return {"≥ " + asked, there};
      case RuleKind::capacity:
      case RuleKind::budget:
        return {"≤ " + asked, there};
      case RuleKind::kept:
        return {say("现有 ", "existing ") + asked, say("保留 ", "kept ") + there};
      default:
        return {say("候选 ", "candidates ") + asked, say("过近不建 ", "too near ") + there};
    }
  }

  void rules() {
    head("规则：要求、在哪里卡住、代价", "Rules: asked, where they bind, what they cost");
    out_ += "<p><small>" +
            say("多于要求不算违反；卡住：方案恰好只满足要求之处。代价：把这一条放松一步后重新规划，"
                "每年可省的元数（搜索所见）。许可不是要求，不计代价。",
                "More than asked breaks nothing; a rule binds where the plan has just what is "
                "asked. Cost: yuan a year that a plan with this rule eased by one step saves, as "
                "the search found it. A permission asks for nothing and costs nothing.") +
            "</small></p>";
    begin_table({say("规则", "rule"), say("要求", "asked"), say("方案", "there"),
                 say("卡住处数", "binds in"), say("哪里", "where"),
                 say("放松一步 / 代价（元）", "eased by / costs (yuan)")});
    for (std::uint32_t r = 0; r < network_.rules.size(); ++r) {
      const auto& found = report_.found.rules[r];
      const std::string permitted =
          found.permission ? " <small>" + say("（许可）", "(a permission)") + "</small>" : "";
      const auto [asked, there] = weighed(r);
      row({rule_words(network_.rules[r]) + permitted, asked, there,
           digits(static_cast<double>(found.binding)) + " / " +
               digits(static_cast<double>(found.areas)),
           "<span class=\"l\">" + where(r) + "</span>", step_words(r)});
    }
    end_table();
  }

  void years() {
    if (report_.years.empty()) {
      return;
    }
    head("分年建设", "Year by year");
    out_ += "<p><small>" +
            say("每年的设施都包含上一年的，也都在总方案之中：没有一年的建设会被后来放弃。",
                "Each year's sites hold those of the year before and are a part of the whole "
                "plan: nothing is built that a later year regrets.") +
            "</small></p>";
    begin_table({say("年份", "year"), say("可用（元）", "money"), say("使用（元）", "spent"),
                 say("新开", "opened"), say("服务家庭", "households"), say("上界", "at most"),
                 say("年费用（元）", "cost a year")});
    for (const auto& year : report_.years) {
      row({reports::escape_html(year.name), digits(year.budget), digits(year.spent),
           digits(static_cast<double>(year.opened.size())), digits(year.households),
           digits(year.households_most), digits(year.cost)});
    }
    end_table();
  }

  void districts() {
    head("区县", "Districts");
    std::vector<std::string> heads{say("区县", "district"), say("家庭", "households"),
                                   say("服务 %", "served %")};
    for (std::uint32_t tier = 0; tier < network_.tiers.size(); ++tier) {
      heads.push_back(tier_name(tier) + "<br><small>" + say("方案（现有）", "plan (existing)") +
                      "</small>");
    }
    begin_table(heads);
    const std::size_t tiers = network_.tiers.size();
    std::vector<double> households(network_.districts.size(), 0);
    std::vector<double> served(network_.districts.size(), 0);
    for (std::size_t h = 0; h < network_.homes.size(); ++h) {
      const auto& home = network_.homes[h];
      households[home.district] += home.households;
      served[home.district] += report_.plan.served[h] == kNobody ? 0 : home.households;
    }
    std::vector<double> open(network_.districts.size() * tiers, 0);
    std::vector<double> exist(open.size(), 0);
    for (std::size_t j = 0; j < open_.size(); ++j) {
      const auto& site = network_.sites[j];
      open[site.district * tiers + site.tier] += open_[j] != 0 ? 1 : 0;
      exist[site.district * tiers + site.tier] += stands(site) ? 1 : 0;
    }
    for (std::uint32_t d = 0; d < network_.districts.size(); ++d) {
      std::vector<std::string> cells{
          district_name(d), digits(households[d]),
          households[d] > 0 ? digits(kCent * served[d] / households[d], 1) : "–"};
      for (std::size_t tier = 0; tier < tiers; ++tier) {
        cells.push_back(digits(open[d * tiers + tier]) + " <small>(" +
                        digits(exist[d * tiers + tier]) + ")</small>");
      }
      row(cells);
    }
    end_table();
  }

  const Network& network_;
  const Report& report_;
  const PageWords& words_;
  bool zh_;
  std::vector<std::uint8_t> open_;
  std::string out_;
};

}  // namespace

std::string report_page(const Network& network, const Report& report, const PageWords& words) {
  return Page(network, report, words).write();
}

}  // namespace huan::wire_siting
