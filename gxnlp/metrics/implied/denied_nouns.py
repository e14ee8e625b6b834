"""Which nouns of a negated clause are denied: the last that are joined, and none that only modifies."""

from __future__ import annotations

from gxnlp.deferred import deferred
from gxnlp.lexicon import SITE, Term
from gxnlp.metrics.context.patterns import Rule
from gxnlp.metrics.implied.denied import denies_messages

_MODIFIER = deferred(
    r"\s*(?:的(?![情案事问行申现])|引发|引起|导致|产生|而|所|方面|过程|工作|办理|答复|不|被)"
)
JOIN = deferred(r"[^，。；0-9]{0,8}(?:[、和与及或]|，?以及|，或)[^，。；0-9]{0,14}")
_SOME = deferred(r"(?:重大|不良|严重|较大|恶劣)(?:社会)?影响|败诉的?|被纠错的?|超期|逾期|久拖不决|重大疑难")
SOME_BEHIND = deferred(
    r"(?:案件|事项|申请)?(?:败诉|被纠错|被撤销|被纠正|超期|逾期|有关的|相关的)|的?(?:制定|制发|管理)?权"
    r"|(?:方面|标准|情况)?的?(?:异议|质疑|争议|纠纷)"
    r"|的(?:文件|决策|草案|政策|栏目|议题)"
    r"|(?:工作|案件|事项)?的(?:专[门职项用]人员|(?:专[门项用]|固定|统一|独立)?(?:经费|机构|部门|队伍|场所|岗位|窗口|办法|流程|能力|经验|渠道|职能|职责|权限))"
)
"""没有处理诉讼的专门经费: what is wanting is something for them."""
_OWN_SITE = deferred(r"(?:账号|栏目)?(?:[，。；：、）！\n]|和|与|及|或|以及|$)")
"""没有网站: a site that is denied ends its clause; 没有在网站公开 names only where."""
_PLACED = deferred(r"[在从于由向经]|通过|利用|借助")
DISPUTES = frozenset({"n.review", "n.lawsuit"})
_TOGETHER = frozenset({"n.fee", "n.accountability", "n.blame"})
_ALL_SUCH = deferred("等(?:其他|其它|各类|官方)?")


def named_singly(run: list[Term], nouns: list[Term], folded: str) -> list[Term]:
    """未开通微博、微信等政务新媒体: the accounts that are named one by one, not the word for them all."""
    before = nouns[: -len(run)]
    if len(run) > 1 or not before or not _ALL_SUCH.fullmatch(folded, before[-1].end, run[0].start):
        return run
    named = last_run(before, folded)
    return named if len(named) > 1 and all(t.kinds & SITE for t in named) else run


def is_for_dispute(noun: Term, terms: list[Term], folded: str) -> bool:
    """未收到行政复议、提起行政诉讼的申请: what is applied for is no information."""
    before = terms[terms.index(noun) - 1]
    touches = before.end <= noun.start and folded[before.end : noun.start] in ("", "的")
    return touches and "n.apply" in noun.classes and not before.classes.isdisjoint(DISPUTES)


def said_of(noun: Term) -> frozenset[str]:
    """What keeps apart two zeros of one metric; 检索费、复制费、邮寄费 are one sum, 通报、问责 one zero."""
    return frozenset() if not noun.classes.isdisjoint(_TOGETHER) else noun.classes


def runs_on(one: tuple[Rule, Term], pairs: list[tuple[Rule, Term]]) -> bool:
    """网上信箱来信: the noun behind it, that it touches, says the same."""
    rule, noun = one
    return any(r.metric == rule.metric and n.start == noun.end for r, n in pairs)


def is_qualified(neg: Term, noun: Term, folded: str) -> bool:
    """未发生可能产生重大影响的申请, 无败诉的诉讼: some are denied, not all; 与诉讼有关的 only modifies."""
    if "ch.website" in noun.classes and (
        not _OWN_SITE.match(folded, noun.end) or _PLACED.search(folded, neg.end, noun.start)
    ):
        return True
    if "n.message" in noun.classes and not denies_messages(neg, noun, folded):
        return True
    dispute = not noun.classes.isdisjoint(DISPUTES) and "公开" in folded[noun.start : noun.end]
    if folded.startswith("因", noun.start - 1) and not dispute:
        return True  # 没有因依申请公开产生的费用: what it might have come of; but 没有因信息公开行政复议
    return bool(_SOME.search(folded, neg.end, noun.start) or SOME_BEHIND.match(folded, noun.end))


def last_run(nouns: list[Term], folded: str) -> list[Term]:
    """The last nouns that are joined: earlier ones modify them (因申请引发的行政复议)."""
    run: list[Term] = []
    for noun in reversed(nouns):
        touches = (
            run
            and noun.end == run[0].start
            and (noun.classes & run[0].classes or {*noun.classes, *run[0].classes} <= DISPUTES)
        )  # 行政复议诉讼
        if run and not touches and not JOIN.fullmatch(folded, noun.end, run[0].start):
            break
        if _MODIFIER.match(folded, noun.end) and run:
            break
        run.insert(0, noun)
    return run
