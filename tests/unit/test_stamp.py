"""What is laid over a frozen text: one number, what was decided, and the check code; never in the text itself."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.documents import assemble, frozen, papers
from app.documents.draft import Draft
from app.documents.model import Document, Paragraph, Run, Seal, SealKind
from app.documents.record import Decided
from app.documents.render import docx, html, pdf, plain
from app.documents.render.docx.styles import SEALS
from app.documents.stamp import Stage, Stamp, stage_of, stamped
from app.pack.load import the_pack
from app.pack.text import LANGUAGES, Language
from tests.unit.sample_record import SAMPLES

PACK = the_pack()
ANSWERS = json.loads((Path(__file__).resolve().parents[2] / "examples" / "building_firm.json").read_text("utf-8"))["answers"]
HASH = "1a2b3c4d" + "0f" * 28
DECIDED = Decided(date(2026, 11, 27), "amu", "AMU ved Nordtun", "4/26")
PLANNED = {"nb": "20. januar 2027", "nn": "20. januar 2027", "en": "20 January 2027"}
ON = {"nb": "27. november 2026", "nn": "27. november 2026", "en": "27 November 2026"}
FROM = {"nb": "1. februar 2027", "nn": "1. februar 2027", "en": "1 February 2027"}


def drawn(stage: Stage, language: Language = "nb", document: Document | None = None) -> Document:
    text = document or assemble.policy(Draft(PACK, ANSWERS, language))
    is_decided = stage in ("adopted", "replaced", "lapsed")
    return stamped(PACK, text, Stamp(3, stage, HASH, DECIDED if is_decided else None, date(2027, 2, 1) if is_decided else None, date(2028, 1, 1)))


def facts(document: Document) -> dict[str, str]:
    return {label: "".join(run.words for run in runs) for label, runs in document.facts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_until_it_is_decided_it_says_who_is_to_decide(language: Language) -> None:
    document = drawn("proposal", language)
    said = facts(document)
    assert document.draft == PACK.word("proposal", language)
    assert said[PACK.word("version", language)] == "3"
    assert PLANNED[language] in said.values()
    assert PACK.word("adopted_by", language) not in said
    assert PACK.word("adopted_on", language) not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_once_decided_it_says_what_was_decided_and_nothing_that_was_planned(language: Language) -> None:
    document = drawn("adopted", language)
    said, text = facts(document), plain.draw(document)
    assert document.draft == ""
    names = ("version", "adopted_by", "adopted_on", "case_number", "in_force_from")
    assert [said[PACK.word(name, language)] for name in names] == ["3", "AMU ved Nordtun", ON[language], "4/26", FROM[language]]
    assert PLANNED[language] not in text
    assert next(line.label for line in PACK.manifest.title_block if line.until_decided).in_(language) not in text


def test_a_replaced_text_says_so_and_since_when() -> None:
    document = drawn("replaced")
    assert (document.draft, facts(document)["Erstattet fra"]) == ("Erstattet", "1. januar 2028")


def test_a_text_that_was_adopted_and_opened_again_is_no_longer_valid() -> None:
    document = drawn("lapsed")
    assert document.draft == "Gjelder ikke"
    assert "Vedtatt av" not in facts(document)


def test_what_is_open_stays_a_draft_whatever_the_stage() -> None:
    document = drawn("proposal", document=assemble.policy(Draft(PACK, {"workplace_name": "Vi"}, "nb")))
    assert (document.draft, stage_of(PACK, document)) == ("Utkast", "draft")


def test_a_text_that_was_unfinished_when_it_was_frozen_is_no_proposal() -> None:
    typed = {**ANSWERS, "own_values": f"Vi mener [{PACK.word('open_point', 'nb')}]"}
    document = drawn("proposal", document=assemble.policy(Draft(PACK, typed, "nb")))
    assert not document.open_points
    assert (document.draft, stage_of(PACK, document)) == ("Utkast", "draft")


@pytest.mark.parametrize(
    ("stage", "kind", "words"),
    [
        ("draft", "draft", "UTKAST – Ikke vedtatt"),
        ("proposal", "proposal", "TIL VEDTAK – Forslag, ikke vedtatt ennå"),
        ("adopted", "in_force", "✓ I KRAFT FRA – 1. februar 2027"),
        ("replaced", "replaced", "✕ ERSTATTET – 1. januar 2028"),
        ("lapsed", "lapsed", "✕ GJELDER IKKE – Åpnet for endringer"),
    ],
)
def test_it_is_sealed_on_page_one_with_what_it_is(stage: Stage, kind: SealKind, words: str) -> None:
    document = drawn(stage)
    assert document.seal is not None
    assert document.seal.kind == kind
    assert plain.draw(document).startswith(f"[{words}]")


def test_it_is_adopted_until_there_is_a_day_from_which_it_is_in_force() -> None:
    document = stamped(PACK, assemble.policy(Draft(PACK, ANSWERS, "nb")), Stamp(3, "adopted", HASH, DECIDED))
    assert document.seal == Seal("adopted", "✓ VEDTATT", "27. november 2026")


def test_each_seal_has_a_frame_of_its_own_or_another_sign() -> None:
    for kinds in (("draft", "proposal", "adopted", "in_force", "replaced"), ("draft", "proposal", "adopted", "in_force", "lapsed")):
        assert len({SEALS[kind] for kind in kinds}) == len(kinds)


def test_a_text_that_was_frozen_before_there_were_seals_keeps_its_fingerprint_and_gets_one() -> None:
    old = replace(assemble.policy(Draft(PACK, ANSWERS, "nb")), seal=None)
    thawed = frozen.thaw(json.loads(frozen.canonical(frozen.freeze(old))))
    assert "seal" not in frozen.freeze(thawed)
    sealed = drawn("adopted", document=thawed).seal
    assert sealed is not None
    assert sealed.kind == "in_force"


@pytest.mark.parametrize("stage", ["proposal", "adopted", "replaced", "lapsed", "draft"])
def test_the_stage_is_read_from_the_mark(stage: Stage) -> None:
    assert stage_of(PACK, drawn(stage)) == stage


def test_the_stamp_is_never_in_the_text() -> None:
    text = assemble.policy(Draft(PACK, ANSWERS, "nb"))
    before = frozen.text_hash(frozen.freeze(text))
    drawn("adopted", document=text)
    assert frozen.text_hash(frozen.freeze(text)) == before
    thawed = frozen.thaw(json.loads(frozen.canonical(frozen.freeze(text))))
    assert drawn("adopted", document=thawed) == drawn("adopted", document=text)


def test_a_text_of_before_loses_what_only_a_decision_can_say() -> None:
    lines = (("Versjon", "2.0"), ("Vedtatt av", "Styret"), ("Vedtaksdato", "20. januar 2027"), ("Saksnummer", "9/27"), ("Ansvarlig", "HR"))
    old = replace(
        assemble.policy(Draft(PACK, ANSWERS, "nb")), status=(), draft="", title_block=tuple((label, (Run(words),)) for label, words in lines)
    )
    decided = facts(drawn("adopted", document=old))
    assert [decided[label] for label in ("Versjon", "Vedtatt av", "Vedtaksdato", "Saksnummer", "Ansvarlig")] == [
        "3", "AMU ved Nordtun", "27. november 2026", "4/26", "HR",
    ]  # fmt: skip
    proposed = drawn("proposal", document=old)
    assert facts(proposed) == {"Versjon": "3", "Skal vedtas av": "Styret", "Ansvarlig": "HR"}
    assert proposed.draft == "Forslag"


def test_every_kind_of_file_carries_the_code_in_sight_and_the_whole_in_its_properties() -> None:
    document = drawn("adopted")
    with zipfile.ZipFile(io.BytesIO(docx.draw(document))) as archive:
        assert "Kontrollkode 1a2b 3c4d" in archive.read("word/footer.xml").decode()
        assert HASH in archive.read("docProps/custom.xml").decode()
    reader = PdfReader(io.BytesIO(pdf.draw(document)))
    assert all("Kontrollkode 1a2b 3c4d" in page.extract_text() for page in reader.pages)
    assert reader.metadata is not None
    assert HASH in str(reader.metadata["/Keywords"])
    page = html.draw(document)
    assert f'content="{HASH}"' in page
    assert "Kontrollkode 1a2b 3c4d" in re.sub("<[^>]*>", "", page)


def test_a_file_that_was_never_frozen_carries_none() -> None:
    document = assemble.policy(Draft(PACK, ANSWERS, "nb"))
    with zipfile.ZipFile(io.BytesIO(docx.draw(document))) as archive:
        assert "SHA-256" not in archive.read("docProps/custom.xml").decode()
    assert "sha-256" not in html.draw(document)
    assert "Kontrollkode" not in plain.draw(document)


# ── papers ──


def paper(kind: str, stage: Stage, decided: Decided = DECIDED) -> Document:
    policy = assemble.policy(Draft(PACK, ANSWERS, "nb"))
    said = SAMPLES["building_firm"][0](policy)
    made = {
        "record": lambda: papers.record(PACK, said, "nb"),
        "case_paper": lambda: papers.case_paper(PACK, said, policy, "nb", draft=Draft(PACK, ANSWERS, "nb")),
        "decision": lambda: papers.decision(PACK, said, decided, "nb", policy_document=policy),
    }
    return stamped(PACK, made[kind](), Stamp(3, stage, HASH, decided, date(2027, 2, 1)))


@pytest.mark.parametrize("kind", ["record", "case_paper"])
def test_papers_show_what_was_decided_afterwards(kind: str) -> None:
    assert "Vedtaksdato" not in facts(paper(kind, "proposal"))
    said = facts(paper(kind, "adopted"))
    wanted = ("AMU ved Nordtun", "27. november 2026", "1. februar 2027")
    assert tuple(said[label] for label in ("Vedtatt av", "Vedtaksdato", "Gjelder fra")) == wanted


def test_the_decision_shows_the_day_in_force_once() -> None:
    text = plain.draw(paper("decision", "adopted"))
    assert text.count("1. februar 2027") == 1
    fixed = plain.draw(paper("decision", "adopted", replace(DECIDED, in_force_from=date(2027, 2, 1))))
    assert fixed.count("Gjelder fra") == 1
    old = paper("decision", "adopted")
    section = replace(old.sections[0], blocks=(*old.sections[0].blocks, Paragraph((Run("Datoen policyen gjelder fra, er ikke satt ennå."),))))
    again = stamped(PACK, replace(old, sections=(section, *old.sections[1:])), Stamp(3, "adopted", HASH, DECIDED, date(2027, 2, 1)))
    assert "ikke satt" not in plain.draw(again), "a paper of before does not say that the day is not set beside the day"


def test_a_decision_that_does_not_hold_any_more_says_so() -> None:
    assert paper("decision", "lapsed").draft == "Gjelder ikke"
