"""The picture on the start page: the first page of a policy, as our own PDF has it, of an example in each language.

It is drawn anew with `rusoff first-page`. Beside the pictures stands the fingerprint of the words on each, so that a test can tell one that says
something else than a policy says today.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from io import BytesIO
from pathlib import Path

from PIL import Image
from pypdf import PdfReader

from app.documents import assemble, frozen
from app.documents.draft import Draft
from app.documents.model import Document
from app.documents.record import Decided
from app.documents.render import pdf
from app.documents.render.pdf.typesetting import page_as_png, typeset
from app.documents.savefile import load
from app.documents.stamp import Stamp, stamped
from app.pack.engine import LENGTHS
from app.pack.examples import EXAMPLES
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language

FOLDER = Path(__file__).parents[1] / "static" / "first-page"
WORDS = FOLDER / "words.json"
# Each in the language in which its own words are written.
SHOWN: dict[Language, str] = {"nb": "building_firm", "nn": "kindergarten", "en": "shipping"}
DOTS_PER_INCH = 145  # drawn twice as fine as it is kept
WIDTH, HEIGHT = 600, 849
QUALITY = 36
DAY = date(2026, 12, 1)


def document(language: Language) -> Document:
    """The policy of the example in this language, short, and adopted."""
    pack = the_pack()
    example = load(pack, (EXAMPLES / f"{SHOWN[language]}.json").read_bytes())
    policy = assemble.policy(Draft(pack, example.answers, language, example.own_words).at_length(LENGTHS[0]))
    code = frozen.text_hash(frozen.freeze(policy))
    decided = Decided(on=DAY, body="amu", body_name="", case_number="", present="", result="adopted", dissent="", in_force_from=DAY, text_hash=code)
    return stamped(pack, policy, Stamp(1, "adopted", code, decided, DAY))


def words(language: Language) -> str:
    """The fingerprint of the words on the first page, but for its foot: that changes with every word of the pages after it."""
    policy = document(language)
    page = PdfReader(BytesIO(typeset(pdf.written(policy)))).pages[0]
    said = " ".join(page.extract_text().split()).replace(" ".join(policy.edition.split()), "")
    return hashlib.sha256(said.encode()).hexdigest()


def draw(language: Language) -> bytes:
    """The picture, as WebP."""
    drawn = Image.open(BytesIO(page_as_png(pdf.written(document(language)), DOTS_PER_INCH))).convert("RGB")
    out = BytesIO()
    drawn.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def write() -> list[Path]:
    """Draw every picture, and note the words on it."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (FOLDER / f"{language}.webp").write_bytes(draw(language))
    WORDS.write_text(json.dumps({language: words(language) for language in LANGUAGES}, indent=1) + "\n", "utf-8")
    return sorted(FOLDER.glob("*.webp"))


def stale() -> list[Language]:
    """The languages whose picture has other words than the first page has now."""
    noted = json.loads(WORDS.read_text("utf-8")) if WORDS.exists() else {}
    return [language for language in LANGUAGES if noted.get(language) != words(language) or not (FOLDER / f"{language}.webp").exists()]
