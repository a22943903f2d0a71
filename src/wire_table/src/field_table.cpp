// SPDX-License-Identifier: Apache-2.0
#include "field_table.hpp"

#include <algorithm>
#include <array>

#include "huan/base/id.hpp"

namespace huan::wire_table {
namespace {

constexpr std::string_view kOrigins =
    "居民=household|家庭=household|公共机构=public-institution|机关=public-institution|商业="
    "commercial|商户=commercial|"
    "工业=industrial|企业=industrial|农业=agricultural|医疗=medical|医疗机构=medical|建筑="
    "construction|装修=construction";
constexpr std::string_view kStatuses =
    "营业=active|正常=active|在用=active|停业=suspended|暂停=suspended|关闭=closed|注销=closed|"
    "规划=planned|在建=planned";
constexpr std::string_view kTerms =
    "正常=active|有效=active|在用=active|停用=ended|注销=ended|报废=ended";
constexpr std::string_view kPartyKinds =
    "企业=enterprise|公司=enterprise|个体工商户=sole_trader|个体户=sole_trader|合作社=cooperative|"
    "农民专业合作社=cooperative|"
    "主管部门=authority|机关事业单位=institution|机关=institution|居民=resident|自然人=natural_"
    "person|个人=natural_person";
constexpr std::string_view kPlaceKinds =
#define HUAN_PLACE_KIND(id, code, zh, en, tier) zh "=" code "|" en "=" code "|"
#include "huan/registry/place_kinds.inc"
#undef HUAN_PLACE_KIND
    "回收站=station|固定回收站=station|流动回收站=station|收购点=station|站点=station";
constexpr std::string_view kForms =
    "固定=fixed|流动=mobile|综合=comprehensive|综合型=comprehensive|专业=specialised|专业型="
    "specialised";
constexpr std::string_view kEnergies =
    "柴油=diesel|汽油=petrol|天然气=gas|电动=electric|纯电动=electric|混合动力=hybrid|氢=hydrogen|"
    "人力=human";
constexpr std::string_view kUnits = "公斤=kg|千克=kg|吨=kg|件=piece|台=piece|个=piece|辆=piece";
constexpr std::string_view kPayments =
    "现金=till|cash=till|转账=bank|银行转账=bank|对公=bank|微信=bank|支付宝=bank|transfer=bank";

using enum FieldType;

constexpr std::array kTickets{
    FieldInfo{"ticket", long_name, false, "",
              "磅单号|磅单编号|过磅单号|单号|票号|流水号|ticket|ticketno|ticketnumber|ticketid",
              ""},
    FieldInfo{"time", time, true, "",
              "过磅时间|称重时间|交易时间|收购时间|日期时间|时间|过磅日期|收购日期|日期|time|"
              "datetime|timestamp|date",
              ""},
    FieldInfo{
        "place", short_name, true, "",
        "网点编号|站点编号|网点|站点|回收站|回收站点|收购点|placeid|place|stationid|station|site",
        ""},
    FieldInfo{
        "material", material, true, "",
        "品类代码|品类|品名|品种|物料|材料|货名|货物名称|类别|materialcode|material|commodity", ""},
    FieldInfo{"mass", mass, false, "", "净重|重量|mass|netweight|netmass|net|weight", ""},
    FieldInfo{"gross", mass, false, "", "毛重|总重|grossweight|grossmass|gross", ""},
    FieldInfo{"tare", mass, false, "", "皮重|空重|tareweight|taremass|tare", ""},
    FieldInfo{"deduct", deduction, false, "", "扣重|扣杂|扣水|扣减|扣杂率|deduction|deduct", ""},
    FieldInfo{"settle", mass, false, "",
              "结算重量|结算净重|实重|settlementweight|settleweight|settle", ""},
    FieldInfo{"pieces", count, false, "", "件数|台数|个数|pieces|piececount|count", ""},
    FieldInfo{"price", price, false, "", "单价|收购价|收购单价|价格|unitprice|price", ""},
    FieldInfo{"amount", money, false, "", "金额|总金额|应付金额|货款|总价|totalamount|amount|total",
              ""},
    FieldInfo{"origin", word, true, "", "来源|来源类别|来源类型|origin|source", kOrigins},
    FieldInfo{"party", short_name, false, "",
              "卖方编号|主体编号|卖方|交售方|交售单位|交售人|供应商|供货单位|客户|出售者|主体|"
              "partyid|party|sellerid|seller|supplier|customer",
              ""},
    FieldInfo{"vehicle", short_name, false, "",
              "车牌号|车牌|车号|车辆|licenseplate|plate|vehicleid|vehicle", ""},
    FieldInfo{"lot", long_name, false, "", "批次号|批次|批号|lotid|lot|batch", ""},
    FieldInfo{"scale", short_name, false, "", "衡器编号|衡器|地磅|磅秤|scaleid|scale", ""},
    FieldInfo{"payment", word, false, "", "付款方式|支付方式|paymentmethod|payment", kPayments},
    FieldInfo{"note", text, false, "", "备注|说明|note|notes|remark|remarks", ""},
};

constexpr std::array kPlaces{
    FieldInfo{"key", short_name, true, "", "网点编号|站点编号|编号|代码|placeid|id|key|code", ""},
    FieldInfo{"kind", word, true, "/data/kind", "网点类型|站点类型|类型|种类|kind|type",
              kPlaceKinds},
    FieldInfo{"form", word, false, "/data/form", "形式|固定或流动|form", kForms},
    FieldInfo{"name", text, true, "/data/name", "网点名称|站点名称|名称|name", ""},
    FieldInfo{"name_en", text, false, "/data/name_en", "英文名称|nameen", ""},
    FieldInfo{"district", short_name, true, "/data/district",
              "区划代码|行政区划代码|行政区划|区县代码|区县|district", ""},
    FieldInfo{"street", short_name, false, "/data/street", "街道代码|乡镇代码|street", ""},
    FieldInfo{"community", short_name, false, "/data/community", "社区代码|村代码|community", ""},
    FieldInfo{"address", text, false, "/data/address", "网点地址|站点地址|地址|address", ""},
    FieldInfo{"operator", short_name, false, "/data/operator",
              "运营单位|经营单位|经营者|运营主体|operator", ""},
    FieldInfo{"status", word, false, "/data/status", "营业状态|状态|status", kStatuses},
    FieldInfo{"lng", degrees, false, "/data/location/lng_e7", "经度|lng|lon|longitude|x", ""},
    FieldInfo{"lat", degrees, false, "/data/location/lat_e7", "纬度|lat|latitude|y", ""},
    FieldInfo{"datum", word, false, "/data/location/datum", "坐标系|datum",
              "国家2000=cgcs2000|火星坐标=gcj02"},
    FieldInfo{"capacity_per_day", mass, false, "/data/capacity_g_per_day",
              "日处理能力|日处理量|capacityperday", ""},
    FieldInfo{"storage_limit", mass, false, "/data/storage_limit_g",
              "贮存上限|储存上限|storagelimit", ""},
    FieldInfo{"storage_days_max", count, false, "/data/storage_days_max",
              "贮存期限|最长储存天数|storagedaysmax", ""},
    FieldInfo{"area", count, false, "/data/area_m2", "占地面积|面积|areasqm|area", ""},
    FieldInfo{"building_area", count, false, "/data/building_area_m2", "建筑面积|buildingarea", ""},
    FieldInfo{"sorting_area", count, false, "/data/sorting_area_m2",
              "分拣面积|分拣区面积|sortingarea", ""},
    FieldInfo{"output_per_year", count, false, "/data/output_t_per_year",
              "年处理能力|年处理量|outputperyear", ""},
    FieldInfo{"households", count, false, "/data/households", "服务户数|户数|households", ""},
    FieldInfo{"opened", day, false, "/data/opened", "开业日期|建成日期|opened", ""},
    FieldInfo{"hours", hours, false, "/data/hours", "营业时间|openinghours|hours", ""},
    FieldInfo{"materials", names, false, "/data/materials", "收购品类|回收品类|品类|materials", ""},
    FieldInfo{"time", time, false, "", "生效时间|生效日期|登记日期|validfrom|time", ""},
};

constexpr std::array kParties{
    FieldInfo{"key", short_name, true, "", "主体编号|企业编号|编号|代码|partyid|id|key|code", ""},
    FieldInfo{"kind", word, true, "/data/kind", "主体类型|企业类型|类型|kind|type", kPartyKinds},
    FieldInfo{"name", text, false, "/data/name", "企业名称|单位名称|主体名称|姓名|名称|name", ""},
    FieldInfo{"name_en", text, false, "/data/name_en", "英文名称|nameen", ""},
    FieldInfo{"uscc", text, false, "/data/uscc", "统一社会信用代码|社会信用代码|信用代码|uscc", ""},
    FieldInfo{"district", short_name, false, "/data/district",
              "区划代码|行政区划代码|行政区划|区县代码|区县|district", ""},
    FieldInfo{"status", word, false, "/data/status", "状态|status", kTerms},
    FieldInfo{"origin", word, false, "/data/origin", "来源|来源类别|origin", kOrigins},
    FieldInfo{"destination", word, false, "/data/destination", "去向|destination",
              "再生=recycle|再利用=reuse|能源=energy"},
    FieldInfo{"party", short_name, false, "/data/party", "收购企业|所属企业|party|buyer", ""},
    FieldInfo{"phone", personal, false, "",
              "手机号码|手机号|手机|联系电话|电话|phone|mobile|tel|telephone", ""},
    FieldInfo{"id_number", personal, false, "",
              "身份证号码|身份证号|身份证|证件号码|证件号|idnumber|idcard", ""},
    FieldInfo{"contact", personal, false, "",
              "联系人|法定代表人|法人|负责人|contact|contactname|contactperson", ""},
    FieldInfo{"address", personal, false, "",
              "住址|家庭住址|通讯地址|联系地址|地址|homeaddress|address", ""},
    FieldInfo{"bank_account", personal, false, "", "银行账号|银行卡号|账号|卡号|bankaccount|iban",
              ""},
    FieldInfo{"bank_name", personal, false, "", "开户行|开户银行|bankname|bank", ""},
    FieldInfo{"email", personal, false, "", "电子邮箱|邮箱|email|mail", ""},
    FieldInfo{"keep_until", day, false, "", "个人信息保存至|保存期限至|keepuntil", ""},
    FieldInfo{"time", time, false, "", "生效时间|生效日期|登记日期|validfrom|time", ""},
};

constexpr std::array kVehicles{
    FieldInfo{"key", short_name, false, "", "车辆编号|编号|vehicleid|id|key", ""},
    FieldInfo{"plate", text, false, "/data/plate", "车牌号|车牌|号牌|licenseplate|plate", ""},
    FieldInfo{"number", text, false, "/data/number", "自编号|统一编号|标识编号|number", ""},
    FieldInfo{"name", text, false, "/data/name", "车辆名称|车型|名称|name", ""},
    FieldInfo{"party", short_name, false, "/data/party",
              "所属单位|所属企业|车主|party|owner|operator", ""},
    FieldInfo{"place", short_name, false, "/data/place", "所属网点|网点|place", ""},
    FieldInfo{"vin", text, false, "/data/vin", "车辆识别代号|车架号|vin", ""},
    FieldInfo{"energy", word, false, "/data/energy", "燃料类型|能源类型|energy|fuel", kEnergies},
    FieldInfo{"capacity", mass, false, "/data/capacity_g",
              "核定载质量|核定载重|载重|载重量|capacity|payload", ""},
    FieldInfo{"volume", count, false, "/data/volume_l", "容积|volume", ""},
    FieldInfo{"status", word, false, "/data/status", "状态|status", kTerms},
    FieldInfo{"time", time, false, "", "生效时间|登记日期|validfrom|time", ""},
};

constexpr std::array kMaterials{
    FieldInfo{"key", material, true, "", "品类代码|代码|编号|materialcode|code|id|key", ""},
    FieldInfo{"zh", text, true, "/data/zh", "品类名称|中文名称|名称|品类|zh|namezh|name", ""},
    FieldInfo{"en", text, true, "/data/en", "英文名称|en|nameen|english", ""},
    FieldInfo{"unit", word, false, "/data/unit", "计量单位|单位|unit", kUnits},
    FieldInfo{"hazardous", flag, false, "/data/hazardous", "危险废物|危废|hazardous", ""},
    FieldInfo{"prohibited", flag, false, "/data/prohibited", "禁止收购|prohibited", ""},
    FieldInfo{"low_value", flag, false, "/data/low_value", "低值|低值可回收物|lowvalue", ""},
    FieldInfo{"seller_registration", flag, false, "/data/seller_registration",
              "登记出售者|sellerregistration", ""},
    FieldInfo{"requires", names, false, "/data/requires", "所需资质|requires", ""},
    FieldInfo{"source", text, false, "/data/source", "依据|来源|source", ""},
    FieldInfo{"time", time, false, "", "生效时间|生效日期|validfrom|time", ""},
};

constexpr std::string_view kPersonalHeaders =
    "姓名|真实姓名|联系人|法人|法定代表人|负责人|经办人|交售人|出售人|出售者|卖方|司机|驾驶员|"
    "身份证|身份证号|身份证号码|证件号|证件号码|手机|手机号|"
    "手机号码|电话|联系电话|联系方式|住址|家庭住址|通讯地址|联系地址|银行账号|银行卡号|账号|卡号|"
    "微信|微信号|name|fullname|contact|contactname|"
    "phone|mobile|tel|telephone|idnumber|idcard|homeaddress|bankaccount|iban|driver|email|邮箱";

template <class Visit>
void each(std::string_view list, Visit visit) {
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    if (!visit(list.substr(0, bar))) {
      return;
    }
    list = bar == std::string_view::npos ? std::string_view{} : list.substr(bar + 1);
  }
}

std::string normalise(std::string_view text) {
  std::string out;
  for (const char c : lower(narrow(text))) {
    if (c != ' ' && c != '_' && c != '-' && c != '*' && c != ':') {
      out.push_back(c);
    }
  }
  return out;
}

/// "净重(吨)", "净重[吨]", "净重【吨】", "净重/吨", "weight_kg" -> where the name ends and what the
/// unit is.
std::pair<std::string, std::string> split_unit(const std::string& text) {
  for (const auto& [open, close] : std::array<std::pair<std::string_view, std::string_view>, 3>{
           {{"(", ")"}, {"[", "]"}, {"【", "】"}}}) {
    const std::size_t at = text.rfind(open);
    if (at != std::string::npos && at > 0 && text.ends_with(close) &&
        at + open.size() + close.size() < text.size()) {
      const std::size_t from = at + open.size();
      return {text.substr(0, at), text.substr(from, text.size() - close.size() - from)};
    }
  }
  for (const char separator : {' ', '_', ':', ',', '/'}) {
    const std::size_t at = text.find(separator);
    if (at != std::string::npos && at > 0) {
      const std::string unit = narrow(std::string_view{text}.substr(at + 1));
      if (unit_named(unit)) {
        return {text.substr(0, at), unit};
      }
    }
    const std::size_t last = text.rfind(separator);
    if (last != std::string::npos && last > 0 &&
        unit_named(std::string_view{text}.substr(last + 1))) {
      return {text.substr(0, last), text.substr(last + 1)};
    }
  }
  return {text, ""};
}

}  // namespace

bool is_material_code(std::string_view text) {
  return !text.empty() && text.size() <= base::kShortNameMax &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                  c == '_';
         });
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string_view name(TableKind kind) noexcept {
  constexpr std::array<std::string_view, 5> kNames{"tickets", "places", "parties", "vehicles",
                                                   "materials"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::optional<TableKind> table_kind_from(std::string_view text) noexcept {
  for (const TableKind kind : {TableKind::tickets, TableKind::places, TableKind::parties,
                               TableKind::vehicles, TableKind::materials}) {
    if (name(kind) == text) {
      return kind;
    }
  }
  return std::nullopt;
}

std::span<const FieldInfo> fields_of(TableKind kind) noexcept {
  switch (kind) {
    case TableKind::tickets:
      return kTickets;
    case TableKind::places:
      return kPlaces;
    case TableKind::parties:
      return kParties;
    case TableKind::vehicles:
      return kVehicles;
    case TableKind::materials:
      return kMaterials;
  }
  return {};
}

const FieldInfo* find_field(TableKind kind, std::string_view name) noexcept {
  const auto fields = fields_of(kind);
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const FieldInfo& f) { return f.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

std::optional<std::size_t> synonym_rank(const FieldInfo& field, std::string_view normalised) {
  std::optional<std::size_t> rank;
  std::size_t at = 0;
  each(field.synonyms, [&](std::string_view synonym) {
    rank = synonym == normalised ? std::optional{at} : std::nullopt;
    ++at;
    return !rank;
  });
  return rank;
}

std::optional<std::string_view> builtin_value(const FieldInfo& field, std::string_view folded) {
  std::optional<std::string_view> found;
  each(field.values, [&](std::string_view pair) {
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) == folded) {
      found = pair.substr(equals + 1);
    }
    return !found;
  });
  return found;
}

bool is_personal_header(std::string_view normalised) {
  bool found = false;
  each(kPersonalHeaders, [&](std::string_view header) {
    found = header == normalised;
    return !found;
  });
  return found;
}

Header read_header(std::string_view cell) {
  Header out;
  out.text = narrow(cell);
  out.full = normalise(out.text);
  auto [name, unit] = split_unit(out.text);
  out.name = normalise(name);
  out.unit = narrow(unit);
  return out;
}

}  // namespace huan::wire_table
