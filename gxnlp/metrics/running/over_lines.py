r"""Lists of parts that a line announces and the lines below it give, item by item.

公开信息420条，具体如下：\n1.机构职能12条\n2.工作动态408条: each line is a sentence of its own.
"""

from __future__ import annotations

from gxnlp.deferred import deferred

LEAD_MARK = deferred(
    r"^(?:[（(]?[一二三四五六七八九十0-9]+[）).、．]|[①-⑳⑴-⒇㈠-㈩]|[一二三四五六七八九十]{1,2}是|——|[●▪■*·•◆]+)\s*"
)
LONGEST_LEAD = 18
_FARTHEST = 30
_COLON_LEAD = deferred(
    r"(?:(?:其中|包括|类别|类型|分类|分布|构成|分为|中|具体|详细|各栏目|分别)(?:主要|情况|内容|数据|信息)?(?:有|为|是|包括|如下)?"
    r"|(?<![作报简汇告法施])(?:(?:情况|内容|类别|数量|明细|条数|分布|统计|列举)?如下))：\s*$"
    r"|(?:按照?|从)[^，。；：、]{1,12}(?:分|划分|分类|统计|区分|看)：\s*$"
    r"|(?:包括|分为|涉及|涵盖|有)(?:以下|下列|如下)?[^，。；：]{0,3}[个大]?(?:方面|类别|类型|类|领域|部分)(?:的?(?:内容|信息))?：\s*$"
)
"""主要类别如下： at the end of a line: the items below are parts of what was counted last."""
_HEADED = deferred(
    r"\n[^\n，。；：]{0,20}(?:类别|分类|类型|种类|构成|分布)(?:情况|统计|如下)?[：。]?\s*\n\s*$"
)
"""（2）主动公开信息的主要类别 as a line of its own."""
_BARE_ITEM = deferred(
    r"\s*(?![我全共]|本(?!级)|累计|年内|20[0-9]{2}年)[^，。；：\n（0-9]{2,24}(?:（(?=[0-9]+[^）]{1,3}）)|(?:，?共|：|有|为)?\s?[0-9])"
)
_PUBLISHED = ("公开", "发布", "推送", "通过", "更新")
_ACTED = ("受理", "收到", "办理", "举办", "召开", "开展", "回复")


def announces(folded: str, start: int) -> bool:
    """Whether the line above an offset announces a list of parts.

    Args:
        folded: The folded text.
        start: Where a sentence begins.
    """
    first = max(0, start - _FARTHEST)
    led = _COLON_LEAD.search(folded, first, start) or _HEADED.search(folded, first, start)
    return led is not None


def is_item(folded: str, start: int, end: int, *, acts: bool) -> bool:
    """Whether a sentence below a lead is an item of its list: by its mark, or as a bare name with its number.

    Args:
        folded: The folded text.
        start: Where the sentence begins.
        end: Offset after it.
        acts: Whether it may say that its part was published (公开人事信息9条).
    """
    if LEAD_MARK.match(folded[start : min(end, start + LONGEST_LEAD)]):
        return True
    bare = _BARE_ITEM.match(folded, start, end)
    if bare is None:
        return False
    barred = _ACTED if acts else _ACTED + _PUBLISHED
    return bare[0].endswith("（") or not any(word in bare[0] for word in barred)
