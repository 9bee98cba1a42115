"""Whoever holds a file can check it: whether it is ours, which version, whether its words are unchanged, and whether it is in force."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from pypdf import PdfWriter

from app.clock import now, today
from app.commands.build import CommandError
from app.commands.verify import verify
from tests.conftest import browser
from tests.deciding import ANSWERS, Scene, scene
from tests.reading import Browser

KINDS = ("docx", "pdf", "html")
RUN = r'(<w:r>)(<w:t xml:space="preserve">Vi spør tidlig)'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SAME, CHANGED, UNKNOWN = "Teksten er uendret", "Filen er ikke slik", "Vi kjenner ikke igjen filen"


@pytest.fixture
def stranger(app) -> Browser:
    return browser(app)


@pytest.fixture
def play(app) -> Scene:
    return scene(app)


def file_of(play: Scene, kind: str, number: int = 1) -> bytes:
    return play.owner.get(play.address(f"versions/{number}/policy.{kind}")).data


def asked(stranger: Browser, data: bytes, language: str = "nb", status: int = 200) -> str:
    answer = stranger.post(f"/{language}/verify", data={"file": (io.BytesIO(data), "policy.docx")}, content_type="multipart/form-data")
    assert answer.status_code == status
    return answer.text


def rewritten(file: bytes, change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    """A Word file with one part changed, packed by another program."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name).decode()).encode() if name == part else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_known_through_every_state(play, stranger, kind) -> None:
    told = {"ready": "er et forslag", "decided": "er vedtatt, men", "in_force": "er i kraft"}
    for state, words in told.items():
        page = asked(stranger, file_of(play.until(state), kind))
        assert f"{SAME}: Dette er versjon 1" in page
        assert words in page
        assert "nøyaktig den vi laget" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_taken_as_a_proposal_is_known_when_it_is_decided(play, stranger, kind) -> None:
    file = file_of(play.until("ready"), kind)
    play.until("in_force")
    page = asked(stranger, file)
    assert SAME in page
    assert "er i kraft" in page
    assert "laget før dette ble bestemt" in page


def test_a_replaced_a_coming_and_an_opened_version(app, stranger) -> None:
    play = scene(app).until("in_force")
    play.reopen()
    play.until("decided")
    later = today() + timedelta(days=10)
    play.put_in_force(f"{later:%d.%m.%Y}")
    first, second = file_of(play, "html", 1), file_of(play, "html", 2)
    assert "er i kraft" in asked(stranger, first)
    assert "Den er ikke i kraft ennå" in asked(stranger, second)
    with time_machine.travel(now() + timedelta(days=11)):
        assert "En nyere tok over" in asked(stranger, first)
        assert "er i kraft" in asked(stranger, second)
    play.reopen()
    assert "gjelder ikke" in asked(stranger, second)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_answers_in_three_languages_about_files_in_three_languages(app, stranger, language) -> None:
    file = file_of(scene(app, language=language).until("in_force"), "docx")
    page = asked(stranger, file, language)
    assert {"nb": "Teksten er uendret", "nn": "Teksten er uendra", "en": "The text is unchanged"}[language] in page


# ── saved again ──


def test_a_word_file_saved_again_says_the_same(play, stranger) -> None:
    page = asked(stranger, rewritten(file_of(play.until("in_force"), "docx"), lambda words: words.replace("<w:body>", "<w:body> ")))
    assert SAME in page
    assert "lagret på nytt" in page


def test_words_that_hold_in_print_alone_are_seen(play, stranger) -> None:
    """Word and LibreOffice mark the page numbers of the contents so."""
    mark = r"\1<w:rPr><w:webHidden/></w:rPr>\2"
    assert SAME in asked(stranger, rewritten(file_of(play.until("in_force"), "docx"), lambda words: re.sub(RUN, mark, words)))


def test_a_pdf_written_again_says_the_same(play, stranger) -> None:
    made, writer = io.BytesIO(), PdfWriter(clone_from=io.BytesIO(file_of(play.until("in_force"), "pdf")))
    writer.add_metadata({"/Keywords": "RusOff SHA-256 " + "0" * 64})
    writer.write(made)
    page = asked(stranger, made.getvalue())
    assert SAME in page
    assert "lagret på nytt" in page


# ── changed by hand ──


CHANGES = {
    "a word": ("Samtalen er ingen anklage", "Samtalen er en anklage", "Tidlig samtale og omsorg"),
    "the date": ("Vedtaksdato", "Vedtaksdatoen", "øverst i dokumentet"),
    "the number": ("Medvirkning og vedtak", "Medvirkning og annet", ""),
}


@pytest.mark.parametrize("kind", ["docx", "html"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_hand_is_seen_and_where(play, stranger, kind, change) -> None:
    old, new, where = CHANGES[change]
    file = file_of(play.until("in_force"), kind)
    edited = rewritten(file, lambda words: words.replace(old, new)) if kind == "docx" else file.decode().replace(old, new).encode()
    page = asked(stranger, edited)
    assert CHANGED in page
    assert where in page
    assert SAME not in page


BODY, HEADER, FOOTER = "word/document.xml", "word/header.xml", "word/footer.xml"
ADDED = "<w:body><w:p><w:r><w:t>Dette gjelder ikke oss.</w:t></w:r></w:p>"
HIDDEN = r'(<w:r>)(<w:t xml:space="preserve">Vi spør tidlig)', r"\1<w:rPr><w:vanish/></w:rPr>\2"
DELETED = "</w:t></w:r><w:del><w:r><w:t>Vi spør</w:t></w:r></w:del><w:r><w:t> tidlig"
LOOKS = ["<w:strike/>", '<w:dstrike w:val="true"/>', '<w:color w:val="ffffff"/>', '<w:sz w:val="2"/>']
UNSEEN = {
    **{look: (BODY, lambda words, look=look: re.sub(RUN, rf"\1<w:rPr>{look}</w:rPr>\2", words)) for look in LOOKS},
    "a sign of a font": (BODY, lambda words: re.sub(RUN, r'<w:r><w:sym w:font="Symbol" w:char="F0D8"/></w:r>\1\2', words)),
    "another file inside": (BODY, lambda words: words.replace("<w:body>", '<w:body><w:altChunk r:id="rId1"/>')),
    "a style": ("word/styles.xml", lambda words: words.replace("<w:rPr>", "<w:rPr><w:vanish/>", 1)),
    "a bullet": ("word/numbering.xml", lambda words: words.replace('w:lvlText w:val="', 'w:lvlText w:val="Ikke: ', 1)),
    "added": (BODY, lambda words: words.replace("<w:body>", ADDED)),
    "hidden": (BODY, lambda words: re.sub(*HIDDEN, words)),
    "deleted": (BODY, lambda words: words.replace("Vi spør tidlig", DELETED)),
    "header": (HEADER, lambda words: words.replace("Solbakken", "Furulund")),
    "footer": (FOOTER, lambda words: words.replace("Innholdsutgave", "Utgave")),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_only_what_is_seen_counts(play, stranger, name) -> None:
    part, change = UNSEEN[name]
    file = file_of(play.until("in_force"), "docx")
    edited = rewritten(file, change, part)
    assert edited != rewritten(file, lambda words: words, part)
    assert CHANGED in asked(stranger, edited)


SENTENCE = "Samtalen er ingen anklage"
OTHER_PAGES = {
    "looks": ("</style>", "p{display:none}</style>"),
    "script": ("<body", "<script>1</script><body"),
    "away": ("<head>", '<head><meta http-equiv="refresh" content="0;url=https://a.no">'),
    "base": ("<head>", '<head><base href="https://a.no/">'),
    "link": ('href="https://', 'href="https://a.no/'),
    **{tag: (SENTENCE, f"<{tag}>{SENTENCE}</{tag}>") for tag in ("s", "del", "details", "dialog", 'font color="white"', "textarea")},
    "input": (SENTENCE, f'{SENTENCE}<input value="Men ikke her">'),
    "class": ("<p>", '<p class="a">'),
    "number": ("<ol", '<ol start="7"'),
}


@pytest.mark.parametrize("name", OTHER_PAGES)
def test_a_page_with_other_marks_or_looks_is_not_ours(play, stranger, name) -> None:
    file = file_of(play.until("in_force"), "html").decode()
    edited = file.replace(*OTHER_PAGES[name], 1)
    assert edited != file
    assert CHANGED in asked(stranger, edited.encode())


def test_a_page_that_a_browser_saved_says_the_same(play, stranger) -> None:
    file = file_of(play.until("in_force"), "html").decode()
    saved = file.replace("<html", "<!-- saved from url=(0014)about:internet -->\n<html", 1).replace("\n", "\r\n")
    saved = saved.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">', 1)
    assert SAME in asked(stranger, saved.encode())


NOTES = '<w:footnotes {}><w:footnote w:id="2"><w:p><w:r><w:t>Gjelder ikke sjefen.</w:t></w:r></w:p></w:footnote></w:footnotes>'


def with_part(file: bytes, kind: str, name: str, words: str, links: str = "word/_rels/document.xml.rels") -> bytes:
    """A Word file that names one part more."""
    link = f'<Relationship Id="rIdMore" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}"/>'
    made = io.BytesIO(rewritten(file, lambda old: old.replace("</Relationships>", f"{link}</Relationships>"), links))
    with zipfile.ZipFile(made, "a") as package:
        package.writestr(f"word/{name.rpartition('/')[2]}", words)
    return made.getvalue()


def test_the_parts_that_word_opens_are_read_whatever_their_name(play, stranger) -> None:
    file = file_of(play.until("in_force"), "docx")
    assert CHANGED in asked(stranger, with_part(file, "footnotes", "notes.xml", NOTES.format('xmlns:w="' + WORD + '"')))
    assert CHANGED in asked(stranger, with_part(file, "header", "/word/other.bin", NOTES.format('xmlns:w="' + WORD + '"')))
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        body, links = (package.read(name).decode() for name in (BODY, "word/_rels/document.xml.rels"))
    other = rewritten(file, lambda words: words.replace("word/document.xml", "word/other.xml"), "_rels/.rels")
    made = io.BytesIO(other)
    with zipfile.ZipFile(made, "a") as package:
        package.writestr("word/other.xml", body.replace(SENTENCE, "Samtalen er en anklage"))
        package.writestr("word/_rels/other.xml.rels", links)
    assert CHANGED in asked(stranger, made.getvalue())


def test_the_properties_prove_nothing(app, play, stranger) -> None:
    """Another text that carries the fingerprint of a version, in its properties and in sight."""
    version = play.until("in_force").versions()[0]
    code = f"{version.text_hash[:4]} {version.text_hash[4:8]}"
    forged = f'<!doctype html><meta name="rusoff-sha-256" content="{version.text_hash}"><p>Alt er lov.</p><p>Kontrollkode {code}</p>'
    page = asked(stranger, forged.encode())
    assert UNKNOWN in page
    assert "gjelder fra" not in page
    assert "Dette er versjon" not in page


def test_nothing_is_told_that_the_file_does_not_say(play, stranger) -> None:
    """Whoever changes a word does not learn the right one, nor whose policy it is."""
    file = file_of(play.until("in_force"), "html").decode()
    name = ANSWERS["workplace_name"].split(" & ")[0]
    edited = re.sub("Solbakken", "Furulund", file).replace("ingen anklage", "en anklage")
    page = asked(stranger, edited.encode())
    assert CHANGED in page
    assert name not in page
    assert "ingen anklage" not in page


def test_a_draft_has_no_code_and_is_not_known(play, stranger) -> None:
    assert UNKNOWN in asked(stranger, play.owner.get(play.address("documents/policy.html")).data)


# ── what is no such file ──


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 200_000_000)
    return made.getvalue()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<!DOCTYPE x [{entities}]><x>&a9;</x>")
    return made.getvalue()


STRANGE = {
    "empty": b"", "words": b"Hei", "zip": b"PK\x03\x04" + b"\0" * 50, "bomb": bomb(), "entities": laughs(), "pdf": b"%PDF-1.7\n" + b"x" * 500,
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_what_cannot_be_read_is_refused_at_once(stranger, name) -> None:
    began = time.monotonic()
    page = asked(stranger, STRANGE[name], status=422)
    assert "kan leses" in page
    assert time.monotonic() - began < 15


def test_deep_html_is_read_or_refused(stranger) -> None:
    assert UNKNOWN in asked(stranger, b"<!doctype html>" + b"<div>" * 100_000)


def test_no_file_is_told(stranger) -> None:
    assert "Velg en fil først" in stranger.post("/nb/verify", data={}).text


def test_nothing_is_kept(app, play, stranger) -> None:
    file = file_of(play.until("in_force"), "docx")
    before = play.owner.get(f"/nb/workplaces/{play.workplace_id}/log").text.count("<tr")
    asked(stranger, file)
    assert play.owner.get(f"/nb/workplaces/{play.workplace_id}/log").text.count("<tr") == before


# ── the command ──


def test_the_command_says_the_same(app, play, tmp_path, capsys) -> None:
    path = tmp_path / "policy.docx"
    path.write_bytes(file_of(play.until("in_force"), "docx"))
    lines, is_same = verify(app, path)
    assert is_same
    assert "version 1, unchanged, byte for byte" in lines[0]
    assert lines[1].startswith("in force, from ")
    path.write_bytes(rewritten(path.read_bytes(), lambda words: words.replace("Samtalen er ingen", "Samtalen er en")))
    lines, is_same = verify(app, path)
    assert not is_same
    assert any(line.startswith("changed: ") and "Tidlig samtale" in line for line in lines)
    path.write_bytes(b"PK")
    with pytest.raises(CommandError, match="can be read"):
        verify(app, tmp_path / "policy.docx")
    with pytest.raises(CommandError, match="cannot be read"):
        verify(app, tmp_path / "none.docx")
