"""Own words are never lost, and stand in the document exactly once: whatever is answered, and whatever becomes of the content."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.own_blocks import standard_of
from app.documents.own_words import OwnSection, OwnText, OwnWords, SectionWords, first_in
from app.documents.render import plain
from app.pack.clause import Block, Clause
from app.pack.load import the_pack
from app.pack.model import Pack
from app.pack.text import LANGUAGES, Language, Text
from tests.unit.test_open_is_draft import BASES, CHANGES, EXAMPLES, MANY

PACK = the_pack()
CLAUSES = {clause.id: clause for clause in PACK.clauses}
WORDED = sorted(CLAUSES.keys() - assemble.draft_only(PACK))
CHAPTERS = [clause.id for clause in PACK.clauses if clause.level == 1 and clause.part == "body"]
NEW = Block(paragraph=Text(nb="En ny standardtekst.", nn="Ein ny standardtekst.", en="A new standard text."))
PLACES = ("addition", "rewording")
EDITIONS: dict[str, dict[str, Any] | None] = {"as it was": {}, "another text": {"blocks": [NEW]}, "fixed": {"fixed": True}, "gone": None}

Said = dict[tuple[str, Language, str], str]


@st.composite
def said(draw: st.DrawFn) -> Said:
    """A word of its own for some places of some sections in some languages."""
    keys = st.tuples(st.sampled_from(WORDED), st.sampled_from(LANGUAGES), st.sampled_from(PLACES))
    return {key: f"Egenord{at}x" for at, key in enumerate(draw(st.lists(keys, max_size=12, unique=True)))}


@st.composite
def sections(draw: st.DrawFn) -> tuple[OwnSection, ...]:
    """Sections of one's own in some chapters, each in some languages; some are out."""
    wanted = draw(st.lists(st.tuples(st.sampled_from(CHAPTERS), st.sets(st.sampled_from(LANGUAGES), min_size=1), st.booleans()), max_size=5))
    return tuple(
        OwnSection(f"own-{at}", chapter, {language: OwnText(f"Eget{at}{language}x", f"Avsnitt{at}{language}x") for language in languages}, is_out)
        for at, (chapter, languages, is_out) in enumerate(wanted)
    )


def own_words(words: Said, own: tuple[OwnSection, ...]) -> OwnWords:
    found = OwnWords(own=own)
    for (section, language, place), word in words.items():
        before = found.of_section(section, language)
        found = found.with_words(section, language, SectionWords(**{"addition": before.addition, "rewording": before.rewording, place: word}))
    return found


def edited(changes: dict[str, str]) -> Pack:
    """The content with some clauses as a later edition might have them."""
    kept = [(clause, EDITIONS[changes.get(clause.id, "as it was")]) for clause in PACK.clauses]
    return PACK.model_copy(update={"clauses": [clause.model_copy(update=change) for clause, change in kept if change is not None]})


def can_stand(draft: Draft, clause: Clause, place: str) -> bool:
    return draft.standing.holds(clause.when) and (place == "addition" or bool(standard_of(draft, clause).text))


def expected(draft: Draft, words: Said) -> set[str]:
    """The words that are to stand, each for the language of the draft or else for the first in which there are any."""
    clauses = {clause.id: clause for clause in draft.pack.clauses}
    found = set()
    for section, place in {(section, place) for section, _, place in words}:
        there = {language: word for (one, language, at), word in words.items() if (one, at) == (section, place)}
        if section in clauses and can_stand(draft, clauses[section], place):
            found.add(there[first_in(there, draft.language)])
    return found


def expected_own(draft: Draft) -> set[str]:
    standing = {clause.id for clause in draft.pack.clauses if draft.standing.holds(clause.when)}
    found = set()
    for one in draft.own_words.own:
        if one.chapter in standing and not one.is_out:
            words, _ = one.said(draft.language)
            found |= {words.heading, words.text}
    return found


EDITED = st.dictionaries(st.sampled_from(list(CLAUSES)), st.sampled_from(list(EDITIONS)), max_size=6)


@settings(max_examples=MANY // 3, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], derandomize=True)
@given(BASES, CHANGES, said(), sections(), EDITED)
def test_own_words_stand_once_and_are_never_lost(base, changed, words, own, changes) -> None:
    answers = {**EXAMPLES.get(base, {}), **changed}
    kept, pack = own_words(words, own), edited(changes)
    everything = {*words.values(), *(text for one in own for said in one.words.values() for text in (said.heading, said.text))}
    for language in LANGUAGES:
        draft = Draft(pack, answers, language, kept)
        text = plain.draw(assemble.policy(draft))
        assert {word: text.count(word) for word in everything if word in text} == dict.fromkeys(expected(draft, words) | expected_own(draft), 1)
    loaded = savefile.read(PACK, savefile.write(PACK, answers, "nb", own_words=kept.stored))
    assert loaded.own_words == kept
