"""The files of the launch kit: each item as a text, slides, cards or a sheet, the ground rules and the poster, and all of it as one file."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.documents.launch import Item, cards_of, sheet_of
from app.documents.outputs import FORMATS, OutputFile, files_from
from app.documents.render import pptx
from app.documents.render.copied import text_of
from app.documents.render.pdf import cards
from app.pack.load import the_pack
from app.pack.text import Language
from app.ui_texts import say
from app.web import render_queue
from app.web.files import file_name
from app.web.qr import qr_png

from .in_force import InForce

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TYPES = {"txt": "text/plain; charset=utf-8", "pptx": PPTX, "png": "image/png", "docx": FORMATS["docx"].media_type, "pdf": FORMATS["pdf"].media_type}
ENDINGS = {"text": ("txt",), "slides": ("pptx",), "cards": ("pdf",), "sheet": ("docx", "pdf")}
BESIDE = ("rules.pdf", "poster.pdf")  # outputs that hang on a wall
CODE = "qr.png"


class KitFile(NamedTuple):
    """One file of the kit: its name in addresses, what it is called, and what it is made of. The code of the public page is made of neither."""

    name: str
    title: str
    item: Item | None = None
    output: OutputFile | None = None

    @property
    def ending(self) -> str:
        """The ending of its name."""
        return self.name.rpartition(".")[2]

    @property
    def type(self) -> str:
        """Its media type."""
        return TYPES[self.ending]


def files_of(found: InForce, language: Language) -> list[KitFile]:
    """Every file in one language, in the order of the page."""
    items = [KitFile(f"{item.id}.{ending}", item.title, item) for item in found.kit(language) for ending in ENDINGS[item.source.kind]]
    outputs = files_from(the_pack(), "draft")
    beside = [KitFile(name, outputs[name].saved_as(language), output=outputs[name]) for name in BESIDE]
    code = [KitFile(CODE, say("launch_code", language))] if found.public_name else []
    return [*beside, *code, *items]


def drawn(found: InForce, file: KitFile, language: Language) -> bytes:
    """The file. Raises BusyError and TooMuchError."""
    if file.item:
        return _DRAW[file.item.source.kind](found, file, file.item, language)
    return _output(found, file.output, language) if file.output else qr_png(found.public_name)


def packed(found: InForce, language: Language) -> bytes:
    """All files as one, with a manifest: what it is, of which version, since when, and the fingerprint of each file. No time of making is in it."""
    content, listed = BytesIO(), []
    with ZipFile(content, "w", ZIP_DEFLATED) as together:
        for file in files_of(found, language):
            data = drawn(found, file, language)
            name = file_name({}, language, file.title, file.ending)
            together.writestr(ZipInfo(name), data, ZIP_DEFLATED)
            listed.append({"file": name, "title": file.title, "bytes": len(data), "sha256": sha256(data).hexdigest(), "made_from": _made_from(file)})
        together.writestr(
            ZipInfo("manifest.json"), json.dumps(_about(found, language) | {"files": listed}, ensure_ascii=False, indent=2), ZIP_DEFLATED
        )
    return content.getvalue()


def _made_from(file: KitFile) -> list[str]:
    return [section.title for section in file.item.sections] if file.item else []


def _about(found: InForce, language: Language) -> dict[str, object]:
    version = found.version
    return {
        "format": "rusoff-launch-kit",
        "title": say("launch_zip", language),
        "workplace": found.workplace(language),
        "language": language,
        "version": version.number,
        "in_force_from": version.in_force_on.isoformat() if version.in_force_on else None,
        "text_sha256": version.text_hash,
        "address": found.address,
    }


def _text(_found: InForce, _file: KitFile, item: Item, _language: Language) -> bytes:
    words = f"{item.subject}\n\n{text_of(item)}\n" if item.subject else f"{text_of(item)}\n"
    return words.replace("\n", "\r\n").encode("utf-8-sig")  # as every editor of every system opens it


def _slides(found: InForce, _file: KitFile, item: Item, language: Language) -> bytes:
    deck = pptx.Deck(found.workplace(language), language, found.address, found.version.look)
    return render_queue.in_word_lane(lambda: pptx.draw(item, deck))


def _cards(found: InForce, _file: KitFile, item: Item, language: Language) -> bytes:
    foot = say("launch_foot", language, workplace=found.workplace(language), number=found.version.number)
    sheets = cards.Sheets(item.title, cards_of(item), item.source.per_sheet or 1, foot, language, found.version.look.colour)
    return render_queue.pressed(lambda by: cards.draw(sheets, by))


def _sheet(found: InForce, file: KitFile, item: Item, language: Language) -> bytes:
    document = sheet_of(found.version.draft(language), item)
    draw = render_queue.word if file.ending == "docx" else render_queue.portable
    return draw(document, found.version.look, found.policy.id)


def _output(found: InForce, file: OutputFile, language: Language) -> bytes:
    """The ground rules or the poster, with the mark of the text that was decided."""
    assert file.output.assemble
    whole, made = found.text(language), file.output.assemble(found.version.draft(language))
    marked = replace(made, draft=whole.draft, seal=whole.seal) if whole else made
    return render_queue.portable(marked, found.version.look, found.policy.id)


_DRAW = {"text": _text, "slides": _slides, "cards": _cards, "sheet": _sheet}
