// SPDX-License-Identifier: Apache-2.0
// What is often asked about recycling, in both languages, found by any word in it.
export interface Lesson { zh: string; en: string; zh_text: string; en_text: string }

export const lessons: Lesson[] = [
  { zh: "纸和纸箱怎么交", en: "Paper and cardboard", zh_text: "压平、捆好、保持干燥。沾油的餐盒纸、用过的纸巾、热敏小票不回收。胶带和泡沫请先取下。", en_text: "Flat, bundled and dry. No greasy food boxes, used tissues or thermal receipts. Take off tape and foam first." },
  { zh: "塑料瓶要洗吗", en: "Do bottles have to be washed", zh_text: "倒空、冲一下、压扁、盖上盖子即可，不必撕标签。装过农药、强酸碱的容器属于危险废物，不能交给回收站。", en_text: "Empty, rinse, press, put the cap on; labels may stay. Containers of pesticides, acids or lye are hazardous and must not go to a station." },
  { zh: "旧家电交给谁", en: "Who takes old appliances", zh_text: "电视、冰箱、洗衣机、空调、电脑由有资质的企业拆解。请整机交投，不要自行拆压缩机和线路板：冷媒和铅会泄漏。", en_text: "Televisions, fridges, washing machines, air conditioners and computers are dismantled by qualified firms. Hand them in whole: compressors and boards leak refrigerant and lead." },
  { zh: "废电池怎么办", en: "Batteries", zh_text: "普通干电池可随其他垃圾投放；纽扣电池、充电电池、铅蓄电池须单独投放。电动车电池请交销售点或专门网点，鼓包的电池不要挤压。", en_text: "Plain dry cells go with the rest; button cells, rechargeable and lead batteries go apart. Those of e-bikes go to a shop or a special point; never press a swollen one." },
  { zh: "哪些东西回收站不能收", en: "What a station must not take", zh_text: "井盖、消防和电力通信设施、铁路器材、枪支弹药、爆炸物、危险废物。遇到有人出售这些物品，站点须暂存并报告。", en_text: "Manhole covers, fire, power and telecom equipment, railway parts, arms, explosives, hazardous waste. A station that is offered such things holds them and reports." },
  { zh: "卖废金属为什么要登记", en: "Why sellers of scrap metal are registered", zh_text: "单位出售生产性废旧金属，收购站须查验并登记单位名称、经办人和物品。居民出售日常废品无须登记身份。", en_text: "When a unit sells scrap metal of production, the station checks and registers the unit, who acts for it and the goods. Households that sell everyday scrap are not registered." },
  { zh: "旧衣服去了哪里", en: "Where old clothes go", zh_text: "能穿的消毒后再使用，不能穿的做成擦拭布、隔音棉和再生纤维。请洗净、晾干、装袋；湿的、霉的衣物会毁掉一整箱。", en_text: "What can be worn is used again; the rest becomes wipes, felt and fibre. Clean, dry, in a bag: one wet piece spoils a whole box." },
  { zh: "怎样查我交的东西去了哪里", en: "How do I see where mine went", zh_text: "扫磅单上的二维码，或在“我的”里打开订单，可看到这批回收物经过的环节和最终去向，不含个人信息。", en_text: "Scan the code on the receipt, or open the order under “Mine”: the steps of that lot and its fate, without any personal data." },
];

export function lessons_about(words: string): Lesson[] {
  const wanted = words.trim().toLowerCase();
  return wanted ? lessons.filter((one) => [one.zh, one.en, one.zh_text, one.en_text].some((text) => text.toLowerCase().includes(wanted))) : lessons;
}
