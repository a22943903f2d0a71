// SPDX-License-Identifier: Apache-2.0
// Words of accounts, of who looked at personal data, of comparing plans and of the public page.
export const desk = {
  "nav.orders": "上门订单", "orders.day": "日期", "orders.call": "来电登记", "orders.phone": "来电号码", "orders.who": "查询", "orders.new": "首次来电", "orders.place": "网点", "orders.find": "查找", "orders.slot": "时段", "orders.kind": "品类",
  "orders.kilos": "约重（公斤）", "orders.called": "称呼", "orders.address": "地址", "orders.book": "下单", "orders.made": "已下单 {key}：{day} {from}", "orders.none": "这一天没有订单。", "orders.photo": "照片 {n}", "orders.key": "订单号", "orders.state": "状态", "orders.next": "下一步",
  "nav.team": "账号与令牌", "nav.privacy": "个人信息审计", "nav.where": "去向查询",
  "login.oidc": "用{name}登录", "login.oidc.failed": "统一认证登录未成功", "login.oidc.unauthorized": "此身份未与本系统账号关联，或登录已过期。请联系管理员关联账号，或重新登录。",
  "login.oidc.other": "认证服务暂不可用，请稍后重试，或用账号密码登录。",
  "team.accounts": "账号", "team.tokens": "程序令牌", "team.add": "新建账号", "team.token.add": "新建令牌", "team.account": "账号", "team.name": "姓名", "team.roles": "角色", "team.scope": "范围",
  "team.state": "状态", "team.active": "正常", "team.disabled": "已停用", "team.once": "待改密码", "team.factor": "动态验证码", "team.disable": "停用", "team.enable": "启用", "team.reset": "重置密码",
  "team.organisation": "企业编号", "team.place": "网点编号", "team.district": "区划代码", "team.label": "用途", "team.days": "有效天数", "team.expires": "到期", "team.never": "不过期", "team.forget": "作废",
  "team.password": "{account} 的一次性密码", "team.password.help": "只显示这一次，请当面转交。首次登录须换成自己的密码。", "team.secret": "令牌", "team.secret.help": "只显示这一次。请求时写在 Authorization: Bearer 之后。",
  "team.save": "保存", "team.copied": "已复制", "team.copy": "复制", "team.empty": "还没有账号。", "team.tokens.empty": "还没有令牌。称重设备等程序接入时，在此新建。", "team.sure": "确定？再点一次",
  "privacy.title": "个人信息审计", "privacy.help": "谁、何时、为何读取或改动了哪些个人信息。读取明文须先留下事由，记录不能修改。", "privacy.who": "操作人", "privacy.action": "动作", "privacy.party": "主体编号", "privacy.field": "字段",
  "privacy.purpose": "事由", "privacy.from": "起始日", "privacy.to": "截止日", "privacy.empty": "这一范围没有访问记录。", "access.put": "登记", "access.read": "读取明文", "access.erase": "删除", "access.refused": "被拒",
  "field.name": "姓名", "field.phone": "电话", "field.address": "住址", "field.id_number": "身份证号", "field.other_document": "其他证件", "field.bank_account": "银行账号", "field.bank_name": "开户行", "field.email": "邮箱", "field.contact": "联系人", "field.name_en": "英文名", "field.all": "全部",
  "views.open": "视图", "views.one": "已存视图", "views.title": "已存的视图", "views.name": "把当前页面和筛选条件存为", "views.save": "保存", "views.replace": "替换", "views.forget": "删除", "views.copy": "复制链接", "views.copied": "已复制", "views.empty": "还没有保存过视图。先设好筛选条件，再起个名字保存。",
  "views.help": "名称保存在本浏览器；换一台电脑时，打开复制的链接再保存一次即可。同事打开链接，只看到其权限内的数据。", "views.full": "最多保存 {n} 个，请先删除不用的。", "views.unkept": "浏览器不允许保存，关闭页面后这个名称会丢失。可以复制链接留用。",
  "compare.with": "对比", "compare.title": "两个方案对比", "compare.this": "方案甲", "compare.that": "方案乙", "compare.change": "差值（乙－甲）", "compare.none": "不对比", "compare.only": "仅一方选中", "compare.both": "两方均选中", "compare.legend": "实心：方案甲；空心：方案乙", "compare.figure": "指标", "compare.places": "选中的网点", "compare.duration": "总时长（小时）",
  "where.title": "这批回收物去了哪里", "where.help": "本页公开，不含个人信息。链接到 {day} 为止有效。", "where.mass": "重量", "where.material": "品类", "where.fates": "最终去向", "where.way": "经过", "where.gone": "链接已失效或不完整", "where.gone.help": "请向提供链接的单位索取新的链接。",
  "where.link": "公开链接", "where.link.do": "生成公开链接", "where.link.help": "30 天内有效，任何人可凭此查看去向；不含网点编号和个人信息。", "where.print": "打印",
};
