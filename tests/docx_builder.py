"""Small Word documents for the tests: parts written by hand, in a short notation.

`<P>…</P>` is a paragraph (`s` its style, `n` its list and level as `1.0`), `<R>…</R>` a run,
`<TBL>`, `<ROW>` and `<C>` a table, its rows and its cells (`span`, and `down` for a vertical
merge: `restart` or `on`). Bare text in a paragraph or cell is a run of its own. Everything else
is WordprocessingML as it stands.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from gxnlp.reading import read
from gxnlp.records import Line

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT = "http://purl.oclc.org/ooxml"
_SPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "m": f"{OFFICE}/math",
        "r": f"{OFFICE}/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def expanded(short: str) -> str:
    """The short notation as WordprocessingML."""
    text = re.sub(r"<C((?: \w+='[^']*')*)>([^<]*)</C>", r"<C\1><P>\2</P></C>", short)
    text = re.sub(r"(<P(?: \w+='[^']*')*>)([^<]+)</P>", r"\1<R>\2</R></P>", text)
    text = re.sub(r"<P((?: \w+='[^']*')*)(/?)>", _paragraph, text)
    text = re.sub(r"<C((?: \w+='[^']*')*)(/?)>", _cell, text)
    for tag, xml in (("R", "w:r"), ("TBL", "w:tbl"), ("ROW", "w:tr"), ("C", "w:tc"), ("P", "w:p")):
        text = text.replace(f"<{tag}>", f"<{xml}>").replace(f"</{tag}>", f"</{xml}>")
    return re.sub(r"<w:r>([^<]+)</w:r>", r'<w:r><w:t xml:space="preserve">\1</w:t></w:r>', text)


def _attributes(text: str) -> dict[str, str]:
    return dict(re.findall(r"(\w+)='([^']*)'", text))


def _paragraph(match: re.Match[str]) -> str:
    given = _attributes(match[1])
    xml = f'<w:pStyle w:val="{given["s"]}"/>' if "s" in given else ""
    if "n" in given:
        num, _, level = given["n"].partition(".")
        xml += f'<w:numPr><w:ilvl w:val="{level or 0}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{xml}</w:pPr>{'</w:p>' if match[2] else ''}"


def _cell(match: re.Match[str]) -> str:
    given = _attributes(match[1])
    xml = f'<w:gridSpan w:val="{given["span"]}"/>' if "span" in given else ""
    if "down" in given:
        xml += '<w:vMerge w:val="restart"/>' if given["down"] == "restart" else "<w:vMerge/>"
    return f"<w:tc><w:tcPr>{xml}</w:tcPr>{'<w:p/></w:tc>' if match[2] else ''}"


def level(ilvl: int, text: str, form: str = "decimal", more: str = "") -> str:
    """A `w:lvl` of a list."""
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def part(root: str, inner: str) -> str:
    """A part with its root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES}>{inner}</w:{root}>'


def docx(body: str, *, styles: str = "", numbering: str = "", core: str = "", strict: bool = False) -> bytes:
    """A Word document.

    Args:
        body: What is in `w:body`, in the short notation.
        styles: What is in `w:styles`; no such part where it is empty.
        numbering: What is in `w:numbering`; the same.
        core: What is in the core properties; the same.
        strict: Whether to write the namespaces of strict OOXML.
    """
    parts = {"word/document.xml": part("document", f"<w:body>{expanded(body)}</w:body>")}
    if styles:
        parts["word/styles.xml"] = part("styles", styles)
    if numbering:
        parts["word/numbering.xml"] = part("numbering", numbering)
    if core:
        parts["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
            f"{core}</cp:coreProperties>"
        )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    if strict:
        parts = {name: _strict(xml) for name, xml in parts.items()}
    return package({"[Content_Types].xml": "<Types/>"} | parts)


def _strict(xml: str) -> str:
    xml = xml.replace(W, f"{STRICT}/wordprocessingml/main")
    return re.sub(rf"{OFFICE}/(math|relationships)", rf"{STRICT}/officeDocument/\1", xml)


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip container of parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return out.getvalue()


NUM = '<w:num w:numId="{0}"><w:abstractNumId w:val="{1}"/>{2}</w:num>'


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


CHAPTERS = abstract(
    0,
    level(0, "%1、", "chineseCounting"),
    level(1, "（%2）", "chineseCounting"),
    level(2, "%3."),
    level(3, "%4", "decimalEnclosedCircle"),
) + NUM.format(1, 0, "")


STYLES = (
    "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/>"
    "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='2'><w:name w:val='heading 2'/><w:basedOn w:val='1'/>"
    "<w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='3'><w:name w:val='节'/><w:basedOn w:val='2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='4'><w:name w:val='无号'/><w:basedOn w:val='1'/>"
    "<w:pPr><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr></w:style>"
)


def lines_of(data: bytes, name: str = "a.docx") -> list[Line]:
    return [line for line in read(data, name=name).pages[0].lines if line.text]


def numbered(numbering: str, *paragraphs: str, styles: str = "") -> list[str]:
    return [line.text for line in lines_of(docx("".join(paragraphs), numbering=numbering, styles=styles))]
