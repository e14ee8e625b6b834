"""Words that make business of what disclosure counts as well: 取水许可申请, 执法检查, 技能培训."""

from __future__ import annotations

from gxnlp.deferred import deferred

_CASES_OF_TRADE = deferred(
    r"(?:纠纷|争议|事故|警情|理赔|仲裁|公证|鉴定|检测|救助|报装|贷款|挂失|预约|证照|调解)(?:案件|业务|事项|申请)?(?:共|全年|累计)*$"
)
BUSINESS = {
    "n.apply": deferred(
        r"(?:许可|道路|报装|补[贴助]|救助|低保|贷款|[公廉]租房|保障房|住房|用地|占道|挖掘|入学|资助|专利|商标|资质|审批|证照|登记证|执照|理赔|工伤|职称|[入落]户|(?:不动产|产权|企业|商事|工商|婚姻|设立|注册|户口|车辆)登记)$"
    ),
    "n.inspection": deferred(
        r"(?:执法|消防|卫生|食品|药品|质量|水质|计量|价格|市场|环保|防汛|交通|治安|入户|企业|排污|入企|管控|河道|河湖|森林|防火|违建|市容|农房|用气|安全生产|特种设备|燃气|工地|农资|农产品|矿山|旅游|文化市场|校园|养老机构|医保基金)[专大]?项?$"
    ),
    "n.complaint": deferred(
        r"(?:物业|消费|消费者|环境|环保|食品|药品|劳动|欠薪|价格|质量|噪[声音]|扬尘|旅游|市场|交通|[供用]水|供[电气热]|医疗|房[产屋]|客户|游客|信访|涉旅|维权|采购|企业|患者|医患|招[标投]标|工程|业主|乘客|用户|商户|安全生产|违法|违规|违章)$"
    ),
    "n.training": deferred(
        r"(?:企业家|药师|农民|农户|(?<!干部)(?<!机关)(?<!全体)职工|技能|就业|驾驶|创业|电商|安全生产|消防|急救|科技|种植|养殖|教师|医师|护士|党员|家长|会计|民兵|岗位|职业|燃气安全|食品安全|用电安全|转移|健康|普法|养老护理|护理员|实用技术)$"
    ),
    "n.consult": deferred("[^，。；]{0,8}(?:[游旅顾]客|读者|观众|患者|病人|参观者|客商|隔离|返乡|办事群众)"),
    "n.event": deferred(
        r"(?:安全生产|消防|禁毒|防溺水|反诈骗?|献血|义诊|慰问|文艺|垃圾分类|交通安全|食品安全|用药安全|防震减灾|防汛|防火|招聘|招商)[^，。；0-9]{0,4}$"
    ),
    "n.review": deferred(r"复议机[关构][^。；]{0,18}$"),
    "n.lawsuit": deferred(r"(?:工伤|劳动|行政处罚|治安|欠薪)(?:认定|决定)?[类案]?件?的?$"),
    "v.receive": _CASES_OF_TRADE,
    "v.handle": _CASES_OF_TRADE,
    "n.handling": deferred(
        r"(?:审批|许可|登记|信访|开办|报装|报建|通关|退税|理赔|立项|竣工|建设项目|政务服务)(?:事项|项目|手续|业务)?的?(?:平均)?$"
    ),
}
"""Business: what is told of where one of these words stands at the noun, by the class of the noun."""
TRAINED = deferred(
    "[^，。；0-9]{0,2}(?:农民|农户|企业家|居民|村民|驾驶员|家长|学生|残疾人|劳动者|失业|退役军人|致富|学徒|从业人员|务工|妇女|护理员)"
)
"""培训农民工860人次: who was trained is named behind the word."""
AT_COUNTER = deferred("(?:服务|便民|办事|政务)(?:大厅|中心|窗口)[^，。；]{0,8}$")
LOOKED_UP = deferred("公开|查阅|信息|咨询|来访")
"""接待 at a counter is business, unless it was to look something up."""
