"""What the command line does with content and answers, without a server or a database."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from app.documents import annexes, assemble, preview, savefile
from app.documents.colours import LEAST_CONTRAST, contrast, palette_of
from app.documents.draft import Draft
from app.documents.images import PictureError, taken
from app.documents.look import OURS, Look
from app.documents.model import Document
from app.documents.outputs import OutputFile, annexes_of, files_from, outputs_from
from app.documents.render import docx
from app.documents.word_template import TemplateError
from app.pack.load import the_pack
from app.pack.model import Pack
from app.pack.text import LANGUAGES, DocumentLanguage, Language
from app.ui_texts import say, the_words

ROOT = Path(__file__).resolve().parents[2]
WHY_UNREADABLE = {
    "encoding": "is in an encoding that cannot be told for sure: save it as UTF-8",
    "not_json": "is not JSON",
    "not_answers": "holds no answers: take a file that RusOff has written",
    "newer": "was written by a newer RusOff: update this one",
    "other_pack": "belongs to other content than this",
}
WHY_LOST = {
    "question": "there is no such question", "option": "there is no such choice", "value": "this cannot be an answer here",
    "long": "this is {more} characters too long", "logo": "this is no picture written as base64",
    "colour": "this is no colour such as #00594f",
}  # fmt: skip


class CommandError(Exception):
    """The command cannot be carried out. `lines` says why, one fault each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def further_languages() -> tuple[DocumentLanguage, ...]:
    """The languages beyond those of the screen in which something is built. Raises PackError."""
    return tuple(the_pack().manifest.employee_languages)


def build(answers: Path, language: DocumentLanguage, out: Path, length: str | None = None, asked: Look = OURS) -> list[Path]:
    """Write every document that is made in `language`, for a file of answers, into the folder `out`; the policy at `length`, if one is named.

    `asked` is what is wanted in the place of the look that the file holds.

    Raises CommandError when the file is not fit to build from.
    """
    pack = the_pack()
    loaded = _loaded(pack, answers)
    draft = Draft(pack, loaded.answers, language, loaded.own_words)
    draft = draft.at_length(length) if length else draft
    look = _told(Look(loaded.look.logo, asked.colour or loaded.look.colour, asked.template))
    made = ((output.files_in(language), output.assemble) for output in outputs_from(pack, "draft") if output.assemble)
    found = [(files, make(draft)) for files, make in made if files]
    if language in LANGUAGES:
        found += _annexes(draft)
    return [_write(out / file.name, file.draw(document, look)) for files, document in found for file in files]


def look_asked_for(colour: str | None, template: Path | None) -> Look:
    """A look of this colour (six hexadecimal digits) and the template in a file; what that lacks is said. Raises CommandError."""
    if template is None:
        return Look(colour=colour or "")
    try:
        read = docx.tried(template.read_bytes())
    except OSError as problem:
        raise CommandError([f"{template}: cannot be read ({problem.strerror})"]) from None
    except TemplateError as fault:
        raise CommandError([f"{template}: {say(f'error_template_{fault.reason}', 'en', **fault.values)}"]) from None
    for key in read.lacks:
        print(f"{template}: not in the template – {say(f'appearance_lacks_{key}', 'en')}", file=sys.stderr)
    return Look(colour=colour or "", template=read.data)


def _told(look: Look) -> Look:
    """The look; where another shade than theirs is drawn, that is said."""
    drawn = palette_of(look.colour).accent
    if look.colour and drawn.lower() != look.colour:
        given = f"#{look.colour}: contrast {contrast(look.colour):.2f} to white, and text needs {LEAST_CONTRAST}"
        print(f"{given}; drawn in the darker #{drawn.lower()}", file=sys.stderr)
    return look


def _annexes(draft: Draft) -> list[tuple[tuple[OutputFile, ...], Document]]:
    policy = annexes.whole(draft)
    made = ((output.files, annexes.annex(draft.pack, output.annex, policy)) for output in annexes_of(draft.pack))
    return [(files, document) for files, document in made if document]


def _loaded(pack: Pack, path: Path) -> savefile.Loaded:
    try:
        loaded = savefile.load(pack, path.read_bytes())
    except OSError as problem:
        raise CommandError([f"{path}: cannot be read ({problem.strerror})"]) from None
    except savefile.SavefileError as problem:
        raise CommandError([f"{path}: {WHY_UNREADABLE[problem.reason]}"]) from None
    look = loaded.look._replace(logo=_logo(loaded.look.logo, path))
    faults = [f"{path}: {change.key}: {WHY_LOST[change.kind].format(more=change.more)}" for change in loaded.changes if change.kind in WHY_LOST]
    if faults:
        raise CommandError(faults)
    for change in loaded.changes:
        told = pack.retired.get(change.key) or pack.later.get(change.key)
        if told:  # no fault of the file, and nothing goes without a word
            print(f"{path}: {change.key}: {told.why.en}", file=sys.stderr)
    return replace(loaded, look=look)


def _logo(content: bytes | None, path: Path) -> bytes | None:
    try:
        return taken(content).data if content else None
    except PictureError as fault:
        raise CommandError([f"{path}: logo: {say(f'error_logo_{fault.reason}', 'en', **fault.values)}"]) from None


def questions(language: Language, out: Path) -> list[Path]:
    """Write all questions as one printable document."""
    file = files_from(the_pack(), "nothing")["questions.docx"]
    return [_write(out, file.draw(assemble.questions(Draft(the_pack(), {}, language))))]


def show(id: str, language: Language | None, answers: Path | None) -> str:
    """What the answers of one question bring about, beside the answers of a file or none. Raises CommandError for an unknown id or an unfit file."""
    pack = the_pack()
    base = _loaded(pack, answers).answers if answers else {}
    try:
        return preview.show(pack, id, [language] if language else LANGUAGES, base)
    except preview.UnknownIdError as problem:
        raise CommandError([str(problem)]) from None


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise CommandError([f"{path}: cannot be written ({problem.strerror})"]) from None
    return path


def check_content() -> str:
    """Read content and words, and say what there is. Raises PackError or WordsError with every fault."""
    pack, words = the_pack(), the_words()
    return (
        f"{pack.manifest.id} {pack.manifest.edition}: {len(pack.steps)} steps, {len(pack.pages)} pages, {len(pack.questions)} questions, "
        f"{len(pack.clauses)} clauses, {len(pack.checks)} checks, {len(pack.references)} sources; {len(pack.review.roles)} roles, "
        f"{sum(len(look.points) for look in pack.review.look_for)} things to look for; {len(words)} words of the app: no faults."
    )


def benchmark() -> int:
    """Run the benchmarks, which stand beside the app and need the packages of the tests."""
    if not (ROOT / "benchmarks" / "__main__.py").exists():
        raise CommandError(["The benchmarks are not here: run this from a clone of the repository."])
    return subprocess.call([sys.executable, "-m", "benchmarks"], cwd=ROOT)
