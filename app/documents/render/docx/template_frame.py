"""The frame of a Word file made of a workplace's own template: their page, styles, lists, theme, header and footer, and what must be said in ours.

What a file says of itself (title, language, fingerprint) and its settings are ours; their sample text has not come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from types import MappingProxyType

from lxml import etree

from app.documents.colours import ACCENT, readable
from app.documents.word_template import Kept, Template, TemplateError, opened, taken
from app.documents.word_template.carrying import fields_of
from app.documents.word_template.named_styles import Styles, W
from app.pack.languages import DocumentLanguage, tag_of

from . import fitted_lists, fitted_styles
from .package import Frame, cut, saved
from .page_estimate import PAGE, WIDTH
from .sheet import Sheet
from .styles import BODY

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PART_TYPES = {"styles": f"{_TYPES}styles+xml", "numbering": f"{_TYPES}numbering+xml", "fontTable": f"{_TYPES}fontTable+xml"}
_PART_TYPES |= {"theme": "application/vnd.openxmlformats-officedocument.theme+xml", "settings": f"{_TYPES}settings+xml"}
_LINK = '<Relationship Id="{}" Type="' + _R + '/{}" Target="{}"/>'
_PAGE = re.compile(r"\b(NUM|SECTION)?PAGES?\b")
_DRAWN = (f"{W}drawing", f"{W}pict")


def tried(content: bytes) -> Template:
    """The template in `content`, as it is kept; a frame of it has been made. Raises TemplateError. Never inside a transaction."""
    template = taken(content)
    try:
        fitted(template.data, "nb", "")
    except Exception as fault:  # whatever a stranger's styles and lists lead to
        raise TemplateError("broken") from fault
    return template


@lru_cache(maxsize=16)
def fitted(template: bytes, language: DocumentLanguage, colour: str) -> Frame:
    """The frame in `language`, of a template as it is kept; `colour` is that of the workplace, empty for the first accent of the template's theme."""
    kept = opened(template)
    ours = saved(language, colour or _accent_of(kept))
    parts: dict[str, str | bytes] = {name: words for name, words in ours.items() if not name.startswith("word/") or name.endswith("settings.xml")}
    parts |= kept.parts
    for name in ("word/theme.xml", "word/fontTable.xml"):
        parts.setdefault(name, ours[name])
    sheet = _styled(parts, kept, ours, tag_of(language))
    sides = _sides(parts, kept, ours, sheet)
    _tie(parts, kept, sides)
    return cut(parts, sheet)


def _styled(parts: dict[str, str | bytes], kept: Kept, ours: dict[str, str], tag: str) -> Sheet:
    """Write styles and lists; what the body must know of them."""
    root = _known(kept.tree("word/styles.xml"))
    lists = kept.tree("word/numbering.xml")
    styles = Styles(root, lists, kept.table)
    width = kept.page["w"] - kept.page["left"] - kept.page["right"] - kept.page["gutter"]
    ids = fitted_styles.fit(styles, _tree(ours["word/styles.xml"]), width, tag)
    styles = Styles(root, lists, kept.table)
    made = fitted_lists.fit(_known(lists) if lists is not None else None, _tree(ours["word/numbering.xml"]), styles, ids)
    parts["word/styles.xml"] = _written(root)
    parts["word/numbering.xml"] = _written(made.root)
    room = (kept.page["h"] - kept.page["top"] - kept.page["bottom"]) * width / 400 / (PAGE * WIDTH) * (BODY / _size(styles)) ** 2
    on_top = ("header", "first" if kept.titled else "default")
    has_picture = any(True for side in kept.sides if (side.kind, side.pages) == on_top for _ in _tree(kept.parts[side.part]).iter(*_DRAWN))
    levels = "2-3" if styles.is_drawn_here else "1-2"
    return Sheet(width, made.first, made.numbers, levels, MappingProxyType(ids), min(max(room, 0.3), 3.0), has_picture)


def _size(styles: Styles) -> int:
    """The size of running text, in half points."""
    normal = styles.by_id.get(styles.default("paragraph"))
    places = [one.find(f"{W}rPr/{W}sz") for one in (normal, styles.root.find(f"{W}docDefaults/{W}rPrDefault")) if one is not None]
    return next((int(size.get(f"{W}val") or 20) for size in places if size is not None), 20)


def _sides(parts: dict[str, str | bytes], kept: Kept, ours: dict[str, str], sheet: Sheet) -> dict[tuple[str, str], str]:
    """Write headers and footers: theirs with our marks below, ours where they have none. The part of each, by its kind and its pages."""
    theirs = {(side.kind, side.pages): side.part for side in kept.sides}
    pages = ["default", *(["first"] if kept.titled else []), *(["even"] if kept.even else [])]
    found = {}
    for kind in ("header", "footer"):
        for where in pages:
            part = theirs.get((kind, where), f"word/{kind}.xml")
            found[kind, where] = part
            parts[part] = _marked(kept.parts[part], kind, sheet) if part in kept.parts else sheet.restyled(ours[part])
    for part in theirs.values():
        if part not in found.values():
            parts.pop(part)
            parts.pop(f"word/_rels/{part.rpartition('/')[2]}.rels", None)
    return found


def _marked(part: bytes, kind: str, sheet: Sheet) -> str:
    """Their header with the mark of a draft, or their footer with the edition, and the page where it has none."""
    root = _known(_tree(part))
    mark = "@draft_line@" if kind == "header" else "@edition_line@" if _PAGE.search(fields_of(root)) else "@footer_line@"
    words = _written(root)
    end = words.rindex("</")
    return words[:end] + mark + words[end:]


def _tie(parts: dict[str, str | bytes], kept: Kept, sides: dict[tuple[str, str], str]) -> None:
    """Write the page, what the document leads to, and what each part is."""
    ids = {part: f"rIdSide{at}" for at, part in enumerate(dict.fromkeys(sides.values()), start=1)}
    links = [_LINK.format(f"rId{at}", kind, f"{kind}.xml") for at, kind in enumerate(_PART_TYPES, start=1)]
    links += [_LINK.format(id, _kind(part), part.removeprefix("word/")) for part, id in ids.items()]
    parts["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}relationships">{"".join(links)}</Relationships>'
    shown = "".join(f'<w:{kind}Reference w:type="{where}" r:id="{ids[part]}"/>' for (kind, where), part in sides.items())
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{W[1:-1]}" xmlns:r="{_R}"><w:body><w:p><w:r><w:t>@body@</w:t></w:r></w:p>'
        f"<w:sectPr>{shown}{_page(kept)}</w:sectPr></w:body></w:document>"
    )
    if kept.even:
        parts["word/settings.xml"] = str(parts["word/settings.xml"]).replace("<w:defaultTabStop", "<w:evenAndOddHeaders/><w:defaultTabStop")
    parts["[Content_Types].xml"] = _content_types(kept, ids)


def _page(kept: Kept) -> str:
    page = kept.page
    margins = "".join(f' w:{side}="{page[side]}"' for side in ("top", "right", "bottom", "left", "header", "footer", "gutter"))
    turned = ' w:orient="landscape"' if page["w"] > page["h"] else ""
    return f'<w:pgSz w:w="{page["w"]}" w:h="{page["h"]}"{turned}/><w:pgMar{margins}/>{"<w:titlePg/>" if kept.titled else ""}'


def _content_types(kept: Kept, sides: Iterable[str]) -> str:
    overrides = {f"/word/{kind}.xml": type for kind, type in _PART_TYPES.items()} | {f"/{part}": f"{_TYPES}{_kind(part)}+xml" for part in sides}
    overrides |= {"/word/document.xml": f"{_TYPES}document.main+xml"}
    overrides |= {"/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml"}
    endings = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    endings |= {ending: type for ending, type in kept.types.items() if ending not in ("png", "jpg")}  # the frame has those already
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{type}"/>' for ending, type in endings.items())
    named = "".join(f'<Override PartName="{part}" ContentType="{type}"/>' for part, type in overrides.items())
    return f'<Types xmlns="{_PACKAGE}content-types">{defaults}{named}</Types>'


def _kind(part: str) -> str:
    """What a header or footer is, by the name of its part."""
    return part.removeprefix("word/").partition("_")[0].removesuffix(".xml")


def _accent_of(kept: Kept) -> str:
    """The first accent of their theme, six hexadecimal digits; ours when it cannot be told."""
    theme = kept.tree("word/theme.xml")
    found = theme.find(f".//{_A}accent1/{_A}srgbClr") if theme is not None else None
    value = found.get("val") or "" if found is not None else ""
    return readable(value).lower() if re.fullmatch("[0-9A-Fa-f]{6}", value) else ACCENT.lower()


def _known(root: etree._Element | None) -> etree._Element:
    """The same tree with a root that knows the letters w and r, in which our pieces are written."""
    assert root is not None
    made = etree.Element(root.tag, attrib=dict(root.attrib), nsmap={**root.nsmap, "w": W[1:-1], "r": _R})
    made.extend(list(root))
    return made


def _tree(words: str | bytes) -> etree._Element:
    return etree.fromstring(words.encode() if isinstance(words, str) else words)


def _written(root: etree._Element) -> str:
    return str(etree.tostring(root, encoding="unicode")).replace("@", "&#64;")  # nothing of theirs is one of our @marks@
