"""A Document as HTML: a file of its own to download, or section by section for the preview beside the draft."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.documents import charts
from app.documents.characters import legal
from app.documents.colours import MARKS, TONES, palette_of
from app.documents.logo import CM, logo_of
from app.documents.look import OURS, Look
from app.documents.model import Chart, Document, OtherLanguage, Run, Runs, Section, Wheel
from app.documents.risk_chart import key_words
from app.pack.languages import tag_of
from app.values.contact_ways import contacts_in
from app.values.web_address import Link

from .docx.body import after_box, is_checklist

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_LOOKS = {"plain": "{}", "strong": "<strong>{}</strong>", "open": '<strong class="doc-open">{}</strong>'}


def draw(document: Document, look: Look = OURS) -> str:
    """The document as a standalone, accessible HTML file with its own style.

    Raises LogoError when the logo is no PNG or JPEG.
    """
    mark = logo_of(look.logo) if look.logo else None
    picture = f"data:image/{mark.kind.replace('jpg', 'jpeg')};base64,{b64encode(mark.data).decode()}" if mark else ""
    page = _templates().get_template("document.html")
    size = (f"{mark.width / CM:.3f}cm", f"{mark.height / CM:.3f}cm") if mark else ()
    drawn = {"logo": picture, "logo_size": size, "colours": palette_of(look.colour), "tones": TONES, "marks": MARKS}
    return legal(page.render(document=document, lang=tag_of(document.language), **drawn))


def front(document: Document, top: int = 1) -> Markup:
    """Seal, title, title block and introduction, with the title as a heading of level `top`; no styles, only classes that begin with doc-."""
    return _markup("cover", document, top)


def sections(document: Document, top: int = 1) -> tuple[Markup, ...]:
    """Each section, heading first, drawn for a page whose own title is a heading of level `top`."""
    return tuple(section(one, top) for one in document.sections)


def section(one: Section, top: int = 1) -> Markup:
    """One section, as `sections` draws it."""
    return _markup("section", one, top)


def contents(document: Document) -> Markup:
    """The table of contents, with links to the sections."""
    return _markup("contents", document)


def _markup(macro: str, *given: object) -> Markup:
    module = _templates().get_template("document_blocks.html").module
    return Markup(legal(str(getattr(module, macro)(*given))))  # noqa: S704 (the macro has escaped every word)


@cache
def _templates() -> Environment:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters |= {
        "said": said,
        "kind": lambda block: type(block).__name__,
        "checklist": is_checklist,
        "after_box": after_box,
        "picture": _picture,
        "key_words": key_words,
        "lines": lambda words, language="": said((Run(words, language=language),)),
    }
    return made


def said(runs: Runs) -> Markup:
    """Runs as HTML: escaped, with their looks, line breaks, links and languages."""
    return Markup("").join(_in_language(Markup(_LOOKS[run.kind]).format(_linked(run)), run.language) for run in runs)  # noqa: S704 (format escapes)


def _in_language(words: Markup, language: OtherLanguage) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(tag_of(language), words) if language else words


def _linked(run: Run) -> Markup:
    found, at, words = Markup(""), 0, run.words
    for link in _links(run):
        found += _broken(words[at : link.start]) + Markup('<a href="{}">{}</a>').format(link.target, words[link.start : link.end])
        at = link.end
    return found + _broken(words[at:])


def _links(run: Run) -> list[Link]:
    """Web addresses, and where none of them reaches, numbers to call and addresses to write to."""
    web = run.links
    return sorted([*web, *(one for one in contacts_in(run.words) if not any(of.start < one.end and one.start < of.end for of in web))])


def _broken(words: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in words.split("\n"))


def _picture(block: Chart | Wheel) -> Markup:
    return Markup(charts.svg(block))  # noqa: S704 (charts.svg escapes its words)
