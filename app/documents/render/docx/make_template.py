"""Makes content/rusoff/template.docx anew: `python -m app.documents.render.docx.make_template`. Needed only when styles.py has changed.

The template holds styles, list definitions, header, footer, page and settings, and no word of any policy. Where a document's own words go, the
header, the footer and the properties hold @marks@.
"""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.documents.colours import ACCENT, INK, PALE, QUIET, RULE, TONES

from .styles import FALLBACK, FONT, styles_xml

TEMPLATE = Path(__file__).resolve().parents[4] / "content" / "rusoff" / "template.docx"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = ("styles", "numbering", "settings", "fontTable", "theme", "header", "firstHeader", "footer")
_KINDS = {"firstHeader": "header"}


def make(path: Path = TEMPLATE) -> None:
    """Write the template."""
    with ZipFile(path, "w") as archive:
        for name, words in _files().items():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, _HEAD + words)


def _files() -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}, ("metadata/core-properties", "docProps/core.xml")),
        "docProps/core.xml": _core(),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations({part: f"{part}.xml" for part in _PARTS}),
        "word/styles.xml": f"<w:styles {_W}>{styles_xml('nb-NO')}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>{_lists()}</w:numbering>",
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
        "word/theme.xml": _theme(),
        "word/header.xml": _header("@workplace@"),
        "word/firstHeader.xml": _header("", "@first_draft@"),
        "word/footer.xml": f'<w:ftr {_W} {_R}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_run("@edition@")}{_TAB}@page_of@</w:p></w:ftr>',
    }


_TAB = "<w:r><w:tab/></w:r>"


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def _header(left: str, mark: str = "@draft@") -> str:
    return f'<w:hdr {_W} {_R}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_run(left) if left else ""}{_TAB}{mark}</w:p></w:hdr>'


def _content_types() -> str:
    parts = "".join(f'<Override PartName="/word/{p}.xml" ContentType="{_type(p)}+xml"/>' for p in _PARTS)
    return (
        f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_TYPES}document.main+xml"/>'
        f'{parts}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _type(part: str) -> str:
    return "application/vnd.openxmlformats-officedocument.theme" if part == "theme" else _TYPES + _KINDS.get(part, part)


def _relations(targets: dict[str, str], *package: tuple[str, str]) -> str:
    pairs = [(_LINKS + _KINDS.get(kind, kind), target) for kind, target in targets.items()]
    pairs += [(_PACKAGE + "relationships/" + kind, target) for kind, target in package]
    links = "".join(f'<Relationship Id="rId{at}" Type="{kind}" Target="{target}"/>' for at, (kind, target) in enumerate(pairs, start=1))
    return f'<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>'


def _core() -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>@title@</dc:title>'
        "<dc:language>nb-NO</dc:language></cp:coreProperties>"
    )


def _document() -> str:
    page = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId{_PARTS.index("header") + 1}"/>'
        f'<w:headerReference w:type="first" r:id="rId{_PARTS.index("firstHeader") + 1}"/>'
        f'<w:footerReference w:type="default" r:id="rId{_PARTS.index("footer") + 1}"/>'
        f'<w:footerReference w:type="first" r:id="rId{_PARTS.index("footer") + 1}"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1077" w:right="1020" w:bottom="964" w:left="1020" w:header="567" w:footer="454" '
        'w:gutter="0"/><w:titlePg/></w:sectPr>'
    )
    return f"<w:document {_W} {_R}><w:body><w:p><w:r><w:t>@body@</w:t></w:r></w:p>{page}</w:body></w:document>"


def _lists() -> str:
    """Bullets and numbers: first what they look like, then the lists that use them (the other order makes Word drop them)."""
    kinds = ((0, "bullet", "•", "ListBullet", 340, 255), (1, "decimal", "%1.", "ListNumber", 340, 340))
    shapes = "".join(
        f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr><w:rPr><w:color w:val="{ACCENT}"/></w:rPr></w:lvl></w:abstractNum>'
        for id, kind, mark, style, left, hanging in kinds
    )
    return shapes + "".join(f'<w:num w:numId="{id + 1}"><w:abstractNumId w:val="{id}"/></w:num>' for id in range(2))


def _settings() -> str:
    flags = '<w:compatSetting w:name="{}" w:uri="http://schemas.microsoft.com/office/word" w:val="{}"/>'
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="425"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        f'{flags.format("compatibilityMode", 15)}</w:compat><w:themeFontLang w:val="nb-NO"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
        "</w:settings>"
    )


def _fonts() -> str:
    return (
        f'<w:fonts {_W}><w:font w:name="{FONT}"><w:altName w:val="{FALLBACK}"/><w:panose1 w:val="020F0502020204030204"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _theme() -> str:
    """Our colours and font in Word's menus, and the plainest shapes that the format asks for."""
    hues = {"dk1": INK, "lt1": "FFFFFF", "dk2": ACCENT, "lt2": PALE, "accent1": ACCENT, "accent2": QUIET, "accent3": RULE}
    hues |= {"accent4": TONES["green"], "accent5": TONES["yellow"], "accent6": TONES["red"], "hlink": ACCENT, "folHlink": QUIET}
    colours = "".join(f'<a:{name}><a:srgbClr val="{hue}"/></a:{name}>' for name, hue in hues.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    stroke = '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="RusOff"><a:themeElements>'
        f'<a:clrScheme name="RusOff">{colours}</a:clrScheme>'
        f'<a:fontScheme name="RusOff"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="RusOff"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{stroke}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


if __name__ == "__main__":
    make()
