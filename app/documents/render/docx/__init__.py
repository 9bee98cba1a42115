"""A Document as a Word file: the language's frame, and one escaped string put into it. Same document, same bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from app.documents import charts
from app.documents.characters import legal
from app.documents.logo import Logo, logo_of
from app.documents.look import OURS, Look
from app.documents.model import Document

from .body import Body
from .package import Frame, entry, frame
from .sheet import Sheet
from .template_frame import fitted, tried
from .xml import TAB, escaped, field, paragraph, run

__all__ = ["draw", "tried"]
_LONGEST_TITLE = 255
_IMAGE = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/{}"/>'
_PROPERTY = '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="RusOff SHA-256"><vt:lpwstr>{}</vt:lpwstr></property>'
_DRAFT = '<w:rPr><w:rStyle w:val="DraftMark"/></w:rPr>'


def draw(document: Document, look: Look = OURS) -> bytes:
    """The document as the bytes of a .docx file.

    Raises LogoError when the logo is no PNG or JPEG.
    """
    made = _frame(document, look)
    mark = logo_of(look.logo) if look.logo and not made.sheet.has_picture else None
    body = Body(document, (mark.width, mark.height) if mark else None, made.sheet)
    parts = {"word/document.xml": made.before + legal(made.sheet.restyled(body.draw())) + made.after}
    parts |= {name: _filled(words, document, body, mark) for name, words in made.parts.items()}
    package = BytesIO(made.packed)
    with ZipFile(package, "a") as archive:
        for name, words in parts.items():
            archive.writestr(entry(name), words)
        for name, data in _pictures(body, mark).items():
            archive.writestr(entry(f"word/media/{name}"), data, ZIP_STORED)
    return package.getvalue()


def _frame(document: Document, look: Look) -> Frame:
    """Ours, or that of the workplace's template. What is made to have room on one page of ours stays there."""
    if look.template and not document.is_compact:
        return fitted(look.template, document.language, look.colour)
    return frame(document.language, document.is_compact, look.colour)


def _filled(words: str, document: Document, body: Body, logo: Logo | None) -> str:
    """One of the small parts, with the document's words where its marks are, its lists and its pictures."""
    draft = run(f"\u00a0{document.draft}\u00a0", _DRAFT) if document.draft else ""
    edition, page_of = escaped(document.edition), _page_of(document.page_of, body.pages)
    said = run(document.edition) if document.edition else ""
    marks = {
        "@draft_line@": _line(body, "Header", draft),
        "@edition_line@": _line(body, "Footer", said),
        "@footer_line@": _line(body, "Footer", said + TAB + page_of),
        "@workplace@": escaped((document.workplace or document.title).replace("\n", " ")),
        "@first_draft@": "" if document.seal else body.sheet.restyled(draft),
        "@draft@": body.sheet.restyled(draft),
        "@edition@": edition,
        "@page_of@": page_of,
        "@title@": escaped(_short(document.title)),
        "@properties@": _PROPERTY.format(escaped(document.fingerprint)) if document.fingerprint else "",
        "</w:numbering>": "".join(_list(body.sheet, at) for at in range(body.lists)) + "</w:numbering>",
        "</Relationships>": "".join(_IMAGE.format(id, name) for id, name in _names(body, logo).items()) + "</Relationships>",
    }
    return re.sub("|".join(marks), lambda found: legal(marks[found[0]]), words)


def _short(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"


def _page_of(words: str, pages: int) -> str:
    """The words of the page number, with fields where its places are."""
    places = {"{page}": field("PAGE", run("1")), "{pages}": field("NUMPAGES", run(str(pages)))}
    return "".join(places[piece] if piece in places else run(piece) for piece in re.split(r"(\{pages?\})", words) if piece)


def _line(body: Body, style: str, inside: str) -> str:
    """A line in a header or footer of the template; none where there is nothing to say."""
    return body.sheet.restyled(paragraph(style, inside)) if inside else ""


def _list(sheet: Sheet, at: int) -> str:
    """A list of its own that begins at 1."""
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return f'<w:num w:numId="{sheet.first_list + at}"><w:abstractNumId w:val="{sheet.numbers}"/>{start}</w:num>'


def _names(body: Body, logo: Logo | None) -> dict[str, str]:
    """The file of each picture, by the id of its relationship."""
    names = {f"rIdChart{at}": f"chart{at}.png" for at, _ in enumerate(body.charts, start=1)}
    return names | ({"rIdLogo": f"logo.{logo.kind}"} if logo else {})


def _pictures(body: Body, logo: Logo | None) -> dict[str, bytes]:
    pictures = {f"chart{at}.png": charts.png(chart) for at, chart in enumerate(body.charts, start=1)}
    return pictures | ({f"logo.{logo.kind}": logo.data} if logo else {})
