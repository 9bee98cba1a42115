"""The papers of a review and a decision: the same words everywhere, each party's own words whole, and nothing said that is not so."""

# ruff: noqa: E501 - a table is read by its rows

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML

from app.documents import assemble, papers, savefile
from app.documents.characters import shown
from app.documents.draft import Draft
from app.documents.frozen import freeze, text_hash, thaw
from app.documents.model import Document, Signatures, Table
from app.documents.papers import facts, lists
from app.documents.papers.text import small
from app.documents.record import Decided, Meeting, Record, Remark, Voice
from app.documents.render import docx, html, pdf, plain
from app.pack.load import CONTENT, the_pack
from app.pack.papers import FACTS, PAPERS, WORDS, Guarded, ListId, Papers
from app.pack.text import LANGUAGES, Language
from app.pack.validate_papers import papers_faults
from app.values.vocabulary import CommentKind, StoredOutcome
from tests.unit.drawn import docx_text, html_text, missing, pdf_text, without_alt, words_of
from tests.unit.sample_document import HARD
from tests.unit.sample_record import SAMPLES, empty

PACK = the_pack()
EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = [*SAMPLES, "empty"]


@cache
def answers_of(name: str) -> dict[str, Any]:
    return dict(savefile.read(PACK, (EXAMPLES / f"{name}.json").read_text("utf-8")).answers) if name != "empty" else {}


@cache
def policy_of(name: str, language: Language) -> Document:
    return assemble.policy(Draft(PACK, answers_of(name), language))


def case_of(name: str, language: Language) -> tuple[Record, Decided]:
    make, decide = SAMPLES.get(name, (empty, Decided))
    return make(policy_of(name, language)), decide()


@cache
def papers_of(name: str, language: Language) -> dict[str, Document]:
    record, decided = case_of(name, language)
    return all_papers(record, decided, policy_of(name, language), answers_of(name), language)


def all_papers(record: Record, decided: Decided, policy: Document, answers: dict[str, Any], language: Language) -> dict[str, Document]:
    return {
        "statement": papers.statement(PACK, record, "a", language),
        "record": papers.record(PACK, record, language, decided),
        "case_paper": papers.case_paper(PACK, record, policy, language, draft=Draft(PACK, answers, language)),
        "decision": papers.decision(PACK, record, decided, language, policy_document=policy),
    }


def bare(document: Document) -> Document:
    return replace(document, contents="", draft="", edition="", page_of="", seal=None)


def say_the_same(document: Document, in_order: bool = True) -> None:
    """All four renderers. Not `in_order`: cells that break over pages side by side are read back mixed, so in the PDF letters are counted."""
    text = plain.draw(bare(document))
    words = words_of(text)
    assert words_of(html_text(html.draw(bare(document)))) == words
    assert words_of(docx_text(docx.draw(bare(document)))) == words
    expected, drawn = words_of(shown(plain.draw(without_alt(bare(document))))), words_of(pdf_text(pdf.draw(bare(document))))
    assert (missing(expected, drawn) if in_order else Counter("".join(expected)) - Counter("".join(drawn))) in ([], Counter())


# ── every paper, every language ──


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", CASES)
def test_all_four_renderers_say_the_same(name: str, paper: str, language: Language) -> None:
    say_the_same(papers_of(name, language)[paper])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_every_paper_is_whole(name: str, language: Language) -> None:
    for kind, document in papers_of(name, language).items():
        text = plain.draw(document)
        assert document.kind == kind
        assert document.draft == ""
        assert document.title
        assert document.origin
        assert document.edition
        assert "{page}" in document.page_of
        assert not re.search(r"\{|\}|\*\*|None|True|False|\bNr\. \D", text), text
        assert thaw(freeze(document)) == document
        assert all(section.sources for section in document.sections)
        assert all(section.blocks for section in document.sections)
        assert len({section.id for section in document.sections}) == len(document.sections)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_called_blank_where_everything_is_filled_in(language: Language) -> None:
    for document in papers_of("nursing_home", language).values():
        assert PACK.papers.words["blank"].in_(language) not in plain.draw(document)


def hostile(words: str) -> tuple[Record, Decided]:
    """A case in which every text is `words`."""
    voice = Voice("a", words, words, date(2026, 1, 2), True, True, True, words, (("enough_time", "yes", words), (words, words, words)))
    remark = Remark(1, "x", words, "a", "disagreement", words, words, "not_taken_in", words, date(2026, 1, 3), words, True)
    gone = Remark(2, "y", words, "nobody-now", words, words, words, words, words)  # type: ignore[arg-type]
    meeting = Meeting(date(2026, 1, 4), words, words, words)
    record = Record(words, words, words, 1, date(2026, 1, 5), None, True, (voice,), (remark, gone), (meeting,))
    return record, Decided(date(2026, 1, 6), words, words, words, words, "adopted", words, date(2026, 2, 1), words)


@pytest.mark.parametrize(
    "words", [*(words[:1200] for words in HARD), "x" * 200, "{name} **sterk** {no_such}", "\u202eabc", "a" * 5 + "\ud800", " \n\n "]
)
def test_hard_words_stay_words(words: str) -> None:
    record, decided = hostile(words)
    for document in all_papers(record, decided, policy_of("building_firm", "nb"), {}, "nb").values():
        say_the_same(document, in_order=False)
        assert "<script" not in html.draw(document)
    assert "{name} **sterk** {no_such}" not in words or "{name} **sterk** {no_such}" in plain.draw(papers.statement(PACK, record, "a", "nb"))


def test_five_thousand_letters_without_a_space_are_drawn() -> None:
    record, decided = hostile("x" * 5000)
    for document in all_papers(record, decided, policy_of("building_firm", "nb"), {}, "nb").values():
        assert plain.draw(document).count("x") == docx_text(docx.draw(document)).count("x")
        assert pdf.draw(document).startswith(b"%PDF")


def test_letters_that_no_file_may_hold_are_gone() -> None:
    record, decided = hostile("a\x00b\x0bc\ud800d￾")
    for document in all_papers(record, decided, policy_of("building_firm", "nb"), {}, "nb").values():
        assert freeze(document) == freeze(thaw(freeze(document)))
        assert "ab cd" in repr(document)
        assert "\\x00" not in repr(document)


# ── the statement ──


def test_a_statement_holds_her_own_words_and_nobody_elses() -> None:
    record, _ = case_of("nursing_home", "nn")
    text = plain.draw(papers.statement(PACK, record, "c", "nn"))
    for remark in record.remarks:
        assert (remark.text in text) == (remark.voice_id == "c")
        assert not remark.answer or remark.answer not in text
    assert "Fagforbundet støttar policyen." in text
    assert "Marit Ås, tillitsvald" in text
    assert "Jula kom midt i." in text
    assert "Usemje. Usemja er ført inn i protokollen.\n| Første skriftlege" in text
    assert "> Forslag til tekst:\n> Ber du sjølv om hjelp" in text
    assert "Synnøve" not in text


def test_one_who_had_nothing_to_add_says_so() -> None:
    record = Record("Verksted AS", "Rusmiddelpolicy", voices=(Voice("a", "Kari", "verneombud", finished=True),))
    text = plain.draw(papers.statement(PACK, record, "a", "nb"))
    assert "Jeg har lest utkastet og har ikke noe å legge til." in text
    assert "## Merknadene" not in text
    assert "## Om prosessen" not in text


# ── the record ──


def test_the_record_holds_every_word_that_was_said() -> None:
    record, decided = case_of("nursing_home", "nn")
    text = plain.draw(papers.record(PACK, record, "nn", decided))
    for remark in record.remarks:
        assert all(words in text for words in (remark.text, remark.wording, remark.answer, remark.reply)), remark.number
        assert f"Nr. {remark.number}\n" in text
    for voice in record.voices:
        assert all(line in text for line in (voice.name, *voice.statement.split("\n")))
        assert all(note in text for _, _, note in voice.checklist)
    assert text.count("Usemja er ført inn i protokollen.") == 3
    assert "Policyen vart vedteken 10. februar 2027 av Arbeidsmiljøutvalet i Fjellvik kommune." in text


def test_an_empty_record_says_so_plainly() -> None:
    document = papers.record(PACK, Record("Verksted AS", "Rusmiddelpolicy"), "nb")
    text = plain.draw(document)
    for said in ("Det kom ingen merknader til utkastet.", "Ingen er ført inn som invitert", "Ingen møter er ført inn."):
        assert said in text
    assert document.contents == ""
    assert [section.id for section in document.sections] == ["about", "who", "meetings", "remarks"]


def test_sixty_comments_are_all_there_and_in_tables() -> None:
    policy = policy_of("building_firm", "nb")
    ids = [section.id for section in policy.sections][:20]
    found = tuple(
        Remark(n, ids[(n - 1) // 3], f"Avsnitt {(n - 1) // 3}", "a", "proposal", f"Merknad {n}. " + "Ord om saken. " * 20, outcome="taken_in", answer="Ja. " * 30)
        for n in range(1, 61)
    )  # fmt: skip
    document = papers.record(PACK, Record("V", "P", voices=(Voice("a", "Kari"),), remarks=found), "nb")
    tables = [block for section in document.sections if section.id == "remarks" for block in section.blocks if isinstance(block, Table)]
    assert sum(len(table.rows) for table in tables[1:]) == 60
    assert len(re.findall(r"/Type /Page\b", pdf.draw(document).decode("latin-1"))) > 10 or pdf.draw(document).startswith(b"%PDF")
    short = plain.draw(papers.case_paper(PACK, Record("V", "P", remarks=found), policy, "nb"))
    assert "60 merknader kom inn." in short
    assert "Forslag (nr. 1, 2 og 3)" in short


def test_what_is_not_answered_is_seen_and_support_needs_no_answer() -> None:
    text = plain.draw(papers_of("building_firm", "nb")["record"])
    assert "Ikke besvart ennå | 1" in text
    assert "Støtte. Buss hjem er bra. | Trenger ikke svar." in text
    assert "polsk og litauisk. | Ikke besvart ennå." in text


def test_a_very_long_comment_stands_across_the_page() -> None:
    long, short = "Dette er viktig for oss. " * 80, "Kort."
    found = tuple(
        Remark(n, "x", "X", "a", "proposal", words, "", "taken_in", "Ja.", changed=True) for n, words in enumerate((short, long, short), start=1)
    )
    document = papers.record(PACK, Record("V", "P", voices=(Voice("a", "Kari", "verneombud"),), remarks=found), "nb")
    blocks = next(section.blocks for section in document.sections if section.id == "remarks")
    assert [type(block).__name__ for block in blocks] == ["Table", "Subheading", "Table", "Paragraph", "Paragraph", "Table"]
    assert f"| Nr. 2 · Kari, verneombud · Forslag\n| {long.strip()}\n\nTatt inn. Ja." in plain.draw(document)


def test_the_counts_add_up() -> None:
    kinds: tuple[Any, ...] = get_args(CommentKind)
    outcomes: tuple[Any, ...] = get_args(StoredOutcome)
    found = tuple(Remark(n, "x", "X", "a", kinds[n % 4], "Ord", outcome=outcomes[n % 6], changed=n % 7 > 2) for n in range(1, 41))
    document = papers.record(PACK, Record("V", "P", remarks=found), "nb")
    table = next(b for section in document.sections if section.id == "remarks" for b in section.blocks if isinstance(b, Table))
    *parts, total = [int(row[1].runs[0].words) for row in table.rows]
    assert sum(parts) == total == 40


# ── the case paper ──


def test_the_proposal_names_the_exact_text() -> None:
    policy, record = policy_of("nursing_home", "nn"), case_of("nursing_home", "nn")[0]
    hashed = text_hash(freeze(policy))
    own = plain.draw(papers.case_paper(PACK, record, policy, "nn", version=7))
    assert facts.code_of(hashed) in own
    assert "versjon 7" in own
    assert "versjon 2" not in own
    given = plain.draw(papers.case_paper(PACK, record, policy, "nn", fingerprint="0123456789ab"))
    assert "0123 4567." in given


def test_the_answers_tell_who_decides_and_when_it_is_evaluated() -> None:
    text = plain.draw(papers_of("nursing_home", "nn")["case_paper"])
    assert "1. Arbeidsmiljøutvalet vedtek «Rusmiddelpolicy for Solbakken" in text
    assert "innan 1. desember 2028" in text
    assert "Einingsleiar ved sjukeheimen har ansvaret" in text
    assert "Saksnummer" not in text, "it belongs to the decision"
    board = plain.draw(papers_of("shipping", "en")["case_paper"])
    assert "recommends that it be adopted. It is for the board to adopt it." in board
    assert "committee adopts" not in board


def test_without_a_committee_the_parties_discuss() -> None:
    document = papers_of("building_firm", "nb")["case_paper"]
    text = plain.draw(document)
    assert document.title.startswith("Sak til drøfting")
    assert "Drøfting med tillitsvalgte og verneombud" in text
    assert not re.search("[Uu]tvalget (skal|vedtar|slutter)", text)
    assert "fra 30 ansatte, og fra 10 til 30" in text
    assert "arbeidsmiljøloven § 9-2" in text  # this policy allows testing
    assert "§ 9-2" not in plain.draw(papers_of("nursing_home", "nn")["case_paper"])


def test_long_words_are_cut_in_the_case_paper_alone_and_it_says_where_the_rest_is() -> None:
    words = "Dette er viktig for oss. " * 60
    remark = Remark(4, "x", "2 Et avsnitt", "a", "disagreement", words, "", "not_taken_in", "Nei.", None, "", True)
    record = Record("V", "P", voices=(Voice("a", "Kari"),), remarks=(remark,))
    short = plain.draw(papers.case_paper(PACK, record, policy_of("building_firm", "nb"), "nb"))
    assert "… (Hele teksten står i medvirkningsprotokollen, nr. 4.)" in short
    assert len(short) < 5000
    assert words.strip() in plain.draw(papers.record(PACK, record, "nb"))


def test_open_points_are_for_discussion() -> None:
    text = plain.draw(papers_of("empty", "nb")["case_paper"])
    assert "Dette er ikke bestemt ennå:\n\n- Hva heter virksomheten?" in text


# ── the decision ──


def test_a_decision_names_the_text_in_groups_of_four() -> None:
    text = plain.draw(papers_of("nursing_home", "nn")["decision"])
    assert "9f2c 41ab 7730 d5e8" in text
    assert f"Innhaldsutgåve {PACK.manifest.edition}" in text
    assert "versjon 3" in text
    assert "Marit Ås (Fagforbundet) ville ha teke inn" in text
    assert "nr. 8, 14 og 21" in text
    assert "Gjeld frå: 1. mars 2027" in text


def test_what_was_sent_back_is_not_in_force() -> None:
    decided = replace(SAMPLES["shipping"][1](), in_force_from=date(2027, 4, 1))
    document = papers.decision(PACK, case_of("shipping", "en")[0], decided, "en")
    text = plain.draw(document)
    assert document.title == "The alcohol and drug policy was sent back"
    assert "has not been adopted" in text
    assert "April 2027" not in text


@pytest.mark.parametrize(("body", "parties"), [("amu", 4), ("discussion", 3), ("board", 3), ("", 3), ("unknown", 3)])
def test_who_signs(body: str, parties: int) -> None:
    document = papers.decision(PACK, case_of("empty", "nb")[0], Decided(body=body), "nb")
    signed = next(b for section in document.sections for b in section.blocks if isinstance(b, Signatures))
    assert len(signed.parties) == parties


# ── the record as an appendix ──


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_the_record_is_the_last_appendix(name: str, language: Language) -> None:
    policy, record = policy_of(name, language), papers_of(name, language)["record"]
    whole = papers.with_record(policy, record, PACK)
    back = tuple(section for section in policy.sections if section.part == "back")
    front = policy.sections[: len(policy.sections) - len(back)]
    assert whole.sections[len(whole.sections) - len(back) :] == back, "the sources stay last"
    added = whole.sections[len(front) : len(whole.sections) - len(back)]
    before = [section.title for section in policy.sections if section.part == "appendix" and section.level == 1]
    assert whole.sections[: len(front)] == front
    assert added[0].title == f"{PACK.word('appendix', language)} {len(before) + 1}: {record.title}"
    assert added[0].page_break
    assert added[0].level == 1
    assert {section.level for section in added[1:]} == {2}
    assert all(section.id.startswith("record-") and section.part == "appendix" for section in added)
    assert len({section.id for section in whole.sections}) == len(whole.sections)
    assert [section.title for section in added[1:]] == [section.title for section in record.sections]
    assert thaw(freeze(whole)) == whole
    assert papers.with_record(whole, record, PACK) == whole


def test_the_appendix_is_in_the_table_of_contents_and_says_the_same_everywhere() -> None:
    whole = papers.with_record(policy_of("building_firm", "nb"), papers_of("building_firm", "nb")["record"], PACK)
    say_the_same(whole)
    text = docx_text(docx.draw(whole))
    assert text.count("Vedlegg 8: Medvirkningsprotokoll") == 2
    assert html.contents(whole).count('href="#section-record-') == 10


# ── content and code fit each other ──


def everything(name: str, language: Language = "nb") -> dict[str, dict[str, Any]]:
    """The facts of each paper in one case."""
    record, decided = case_of(name, language)
    common, draft = facts.common(PACK, record, language), Draft(PACK, answers_of(name), language)
    policy = policy_of(name, language)
    return {
        "statement": common | facts.of_statement(record, record.voice("a"), "verneombud"),
        "record": common | facts.of_record(PACK, record, decided, language),
        "case_paper": common | facts.of_case(PACK, record, draft, language) | {"fingerprint": "", "open_points": bool(facts.open_labels(PACK, policy))},
        "decision": common | facts.of_decision(PACK, record, decided, language, "nr. 1"),
    }  # fmt: skip


def test_the_facts_are_those_that_the_content_may_ask_for() -> None:
    for paper, found in everything("nursing_home").items():
        assert set(found) == FACTS[paper]  # type: ignore[index]


def test_every_list_and_every_word_is_used() -> None:
    assert set(lists.MAKERS) == set(get_args(ListId))
    written = (CONTENT / "papers.yaml").read_text("utf-8")
    assert [id for id in get_args(ListId) if f"- list: {id}\n" not in written] == []
    code = "".join(path.read_text("utf-8") for path in Path(papers.__file__).parent.glob("*.py"))
    assert [id for id in WORDS if f'"{id}"' not in code and f"'{id}'" not in code] == []


def guards(item: Any) -> Iterator[Guarded]:
    if isinstance(item, Guarded):
        yield item
    for inner in item if isinstance(item, list) else dict(item).values() if isinstance(item, BaseModel) else ():
        yield from guards(inner)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sentence_can_appear(paper: str) -> None:
    """In some case: those of the samples, and a few in which other things are so."""
    known = [everything(name)[paper] for name in CASES]
    known += [found | dict.fromkeys(names & set(found), "") for found in known for names in ODD]
    known += [found | {"decides": "the board"} for found in known]
    unsaid = [guard for guard in guards(PACK.papers.paper(paper)) if not any(holds(guard, found) for found in known)]  # type: ignore[arg-type]
    assert unsaid == []


ODD = [
    {"answered", "made_known", "own_statement"}, {"answered", "decides", "owner", "remarks"}, {"changed", "role"}, {"name"}, {"in_force_from", "present"},
    {"policy_title", "sees_others", "own_statement", "own_remarks"}, {"standing", "amu_decides"}, {"sent_on"}, {"name", "role"}, {"review_date"},
]  # fmt: skip


def holds(guard: Guarded, found: dict[str, Any]) -> bool:
    return all(found.get(name) for name in guard.when) and not any(found.get(name) for name in guard.unless)


def test_a_record_is_plain_values() -> None:
    assert {f.name for f in fields(Decided)} == {
        "on", "body", "body_name", "case_number", "present", "result", "dissent", "in_force_from", "text_hash", "version", "recorded_on",
    }  # fmt: skip
    assert case_of("nursing_home", "nn")[0].voice("z").name == ""


def test_a_word_in_capitals_keeps_them() -> None:
    assert (small("AMU-medlem"), small("Verneombud"), small("")) == ("AMU-medlem", "verneombud", "")


# ── refusals ──


def put(target: Any, **keys: Any) -> None:
    target.update({name.rstrip("_"): value for name, value in keys.items()})


TEXT = {"nb": "a", "nn": "b", "en": "c"}
REFUSALS: dict[str, tuple[Callable[[Any], None], str]] = {
    "word missing": (lambda d: d["words"].pop("wish"), "papers.yaml: words: wish is missing"),
    "word idle": (lambda d: put(d["words"], spare=TEXT), "papers.yaml: words: nothing uses spare"),
    "hole in a word": (lambda d: put(d["words"]["wish"], nb="{n}"), "papers.yaml: words.wish: nothing fills {n}"),
    "result missing": (lambda d: d["results"].pop(), "papers.yaml: results: sent_back is missing"),
    "count missing": (lambda d: d["counts"].pop("remarks"), "papers.yaml: counts: remarks is missing"),
    "hole in a count": (lambda d: put(d["counts"]["remarks"]["many"], en="{m}"), "papers.yaml: counts.remarks: nothing fills {m}"),
    "hole in the origin": (lambda d: put(d["origin"], nb="{name}"), "papers.yaml: origin: nothing fills {name}"),
    "hole that nothing fills": (lambda d: put(d["record"]["sections"][0]["heading"], nn="{x}"), "papers.yaml: record.about.heading: nothing fills {x}"),
    "hole of another paper": (lambda d: put(d["statement"]["sections"][0]["heading"], nn="{body}"), "nothing fills {body}"),
    "hole in the title": (lambda d: put(d["record"]["title"][0]["text"], nb="{x}"), "papers.yaml: record.title.0: nothing fills {x}"),
    "no title that always holds": (lambda d: put(d["record"]["title"][0], when=["unit"]), "papers.yaml: record.title: the last title holds always"),
    "cited but not a source": (lambda d: put(d["record"]["sections"][0], sources=["own"]), "nothing fills {aml-3-1}"),
    "source unknown": (lambda d: put(d["record"]["sections"][0], sources=["nowhere"]), "record.about.sources: there is no source nowhere"),
    "no source": (lambda d: put(d["record"]["sections"][1], sources=[]), "record.who.sources: no source; own advice says `own`"),
    "fact unknown": (lambda d: put(d["record"]["sections"][0], when=["rain"]), "papers.yaml: record.about.when: there is no fact rain"),
    "fact of a line unknown": (lambda d: put(d["decision"]["sections"][-1]["blocks"][1]["signatures"][0], unless=["rain"]), "unless: there is no fact rain"),
    "contents unknown": (lambda d: put(d["record"], contents=["rain"]), "papers.yaml: record.contents: there is no fact rain"),
    "section twice": (lambda d: d["record"]["sections"].append(d["record"]["sections"][0]), "record.sections: about: this id is there 2 times"),
    "two things": (lambda d: put(d["record"]["sections"][0]["blocks"][0], note=TEXT), "record.about.blocks.0: a block says exactly one thing"),
}  # fmt: skip
MALFORMED: dict[str, Callable[[Any], None]] = {
    "language missing": lambda d: d["words"]["wish"].pop("nn"),
    "list unknown": lambda d: put(d["record"]["sections"][0]["blocks"][0], list="weather"),
    "result unknown": lambda d: put(d["results"][0], id="burnt"),
    "key unknown": lambda d: put(d["record"], colour="red"),
    "paper missing": lambda d: d.pop("decision"),
}


@cache
def source() -> str:
    return (CONTENT / "papers.yaml").read_text("utf-8")


def edited(edit: Callable[[Any], None]) -> Any:
    data = YAML(typ="safe", pure=True).load(source())
    edit(data)
    return data


@pytest.mark.parametrize("name", REFUSALS)
def test_refuses(name: str) -> None:
    edit, expected = REFUSALS[name]
    found = list(papers_faults(PACK.model_copy(update={"papers": Papers.model_validate(edited(edit))})))
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize("name", MALFORMED)
def test_refuses_what_is_malformed(name: str) -> None:
    with pytest.raises(ValidationError):
        Papers.model_validate(edited(MALFORMED[name]))


def test_the_content_as_it_is_has_no_fault() -> None:
    assert list(papers_faults(PACK)) == []


def test_the_case_paper_says_how_the_policy_is_made_known_in_sentences() -> None:
    pack, (make, _) = the_pack(), SAMPLES["nursing_home"]
    answers = savefile.read(pack, (CONTENT.parents[1] / "examples" / "nursing_home.json").read_text("utf-8")).answers
    policy = assemble.policy(Draft(pack, answers, "nb"))
    for owner in ("Daglig leder", ""):
        said = {**answers, "owner_function": owner, "made_known": ["onboarding", "yearly"]}
        text = plain.draw(papers.case_paper(pack, make(policy), policy, "nb", draft=Draft(pack, said, "nb") if said else None))
        assert "Slik blir policyen gjort kjent:" in text
        assert ("Daglig leder har ansvaret for å gjøre policyen kjent" in text) == bool(owner)
        assert "\n- Vi går gjennom policyen med alle nyansatte den første uken.\n- Vi minner om policyen" in text
