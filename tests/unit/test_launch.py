"""The launch kit says what the policy says: it changes with the answers, and names the sections that it is made from."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from random import Random

import pytest
import zxingcpp
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from app.documents import assemble
from app.documents.draft import Draft
from app.documents.launch import Item, cards_of, kit_of
from app.documents.look import Look
from app.documents.own_words import OwnWords
from app.documents.render import pptx
from app.documents.render.copied import text_of
from app.documents.render.pdf import cards
from app.pack.engine import LENGTH, LENGTHS
from app.pack.kinds import kind_of
from app.pack.launch import RECORD, LaunchItem
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from tests.deciding import ANSWERS
from tests.unit.any_answers import any_answers
from tests.unit.solve import answers_for

PACK = the_pack()
FACTS = {
    "address": "https://rusmiddelpolicy.en-stor-kommune.no/p/" + "a" * 40,
    "since": "1. desember 2026", "version": "1", "readers": "7", "comments": "12",
    "changed_sections": "Hjelp",
}  # fmt: skip
SMS = set("@£$¥èéùìòÇ\nØø\rÅåÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà_[]")


def kit(answers: dict, language: str = "nb", **more) -> dict[str, Item]:
    draft = Draft(PACK, answers, language, **more)  # type: ignore[arg-type]
    return {item.id: item for item in kit_of(draft, assemble.policy(draft), FACTS)}


@cache
def asked_of_clauses() -> dict[str, frozenset[str]]:
    """The questions that each clause of the policy asks, by any of its words."""
    return {clause.id: frozenset(named(clause.model_dump())) for clause in PACK.clauses}


def named(value) -> set[str]:
    """Every question that is named below a value, in conditions, holes and blocks; those in the words of options too."""
    if isinstance(value, dict):
        keys = {str(key).partition(".")[0] for key in value} & PACK.questions.keys()
        return keys.union(*map(named, value.values()))
    if isinstance(value, list | tuple):
        return {id for one in value for id in named(one)}
    if not isinstance(value, str):
        return set()
    holes = {hole.partition(".")[0] for hole in value.replace("{", "}").split("}")[1::2]}
    found = ({value} | holes) & PACK.questions.keys()
    return found | {id for one in found for option in PACK.questions[one].options for id in named(option.words.nb)}


def test_a_part_asks_only_what_its_clauses_ask() -> None:
    for item in PACK.launch.values():
        for part in item.parts:
            allowed = frozenset[str]().union(*(asked_of_clauses()[id] for id in part.clauses))
            if part.clauses:
                assert named({"when": part.when, "blocks": [b.model_dump() for b in part.blocks]}) <= allowed | {"workplace_name"}, (item.id, part.id)
            else:
                assert RECORD & set(part.needs), (item.id, part.id)


def asked_in(item: LaunchItem) -> list[str]:
    """The keys of all conditions of an item, and the answers that it puts in."""
    parts = [[part.when, *(block.model_dump() for block in [*part.blocks, *part.notes])] for part in item.parts]
    return sorted(named(parts) - {"workplace_name"})


def test_what_an_item_says_changes_with_the_answer() -> None:
    """For each question that an item asks, two answers make it read in two ways, in the long policy or the short."""
    texts = [assemble.policy(Draft(PACK, {**ANSWERS, LENGTH: length}, "nb")) for length in (LENGTHS[0], LENGTHS[-1])]
    cases = [(text, facts) for text in texts for facts in (FACTS, {})]
    asked = {source.id: set(asked_in(source)) for source in PACK.launch.values()}
    silent = []
    for id in sorted(set[str]().union(*asked.values())):
        question = PACK.questions[id]
        tokens = {"undecided", "given", *(option.id for option in question.options)} & set(kind_of(question).conditions(question))
        told: dict[tuple[str, int], set[str]] = {}
        for token in sorted(tokens):
            draft = Draft(PACK, answers_for({id: [token]}, {**ANSWERS, LENGTH: "full"}), "nb")
            for at, (text, facts) in enumerate(cases):
                for item in kit_of(draft, text, facts):
                    told.setdefault((item.id, at), set()).add(str([(one.id, one.blocks, one.notes) for one in item.parts]))
        silent += [(item, id) for item, ids in asked.items() if id in ids and not any(len(told.get((item, at), ())) > 1 for at in range(len(cases)))]
    assert silent == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_answered_a_part_names_sections_that_stand(seed: int) -> None:
    chance = Random(seed)
    answers = any_answers(chance) | {LENGTH: chance.choice(LENGTHS)}
    for language in LANGUAGES:
        draft = Draft(PACK, answers, language)
        text = assemble.policy(draft)
        ids = {section.id for section in text.sections}
        for item in kit_of(draft, text, FACTS):
            for part in item.parts:
                source = next(one for one in item.source.parts if one.id == part.id)
                assert {section.id for section in part.sections} <= ids
                assert part.sections or RECORD & set(source.needs), (item.id, part.id)
            if item.source.most:
                assert len(text_of(item)) <= item.source.most, text_of(item)
                assert set(text_of(item)) <= SMS, set(text_of(item)) - SMS


def test_every_item_stands_at_every_length() -> None:
    for length in LENGTHS:
        assert set(kit({**ANSWERS, LENGTH: length})) == {item.id for item in PACK.launch.values()}, length


def test_what_is_taken_is_the_decided_text_and_own_words_warn() -> None:
    own = OwnWords.of({"sections": {"in-brief": {"nb": {"rewording": "Hos oss er det helt tørt."}}}})
    found = kit({**ANSWERS, LENGTH: "full"}, own_words=own)
    assert "Hos oss er det helt tørt." in text_of(found["notice"])
    assert any(part.in_own_words for part in found["sms"].parts)
    assert not any(part.in_own_words for part in kit({**ANSWERS, LENGTH: "full"})["sms"].parts)


def test_without_an_address_the_place_is_named() -> None:
    draft = Draft(PACK, {**ANSWERS, LENGTH: "full"}, "nb")
    found = {item.id: item for item in kit_of(draft, assemble.policy(draft), {})}
    assert "https" not in text_of(found["notice"])
    assert "Du finner policyen" in text_of(found["notice"])
    assert "feedback" not in found, "nothing is known of what readers said"


def test_slides_have_titles_notes_and_words_for_every_picture() -> None:
    logo = BytesIO()
    Image.new("RGB", (40, 20), "#aa2244").save(logo, "PNG")
    item = kit({**ANSWERS, LENGTH: "full"}, "nn")["slides"]
    file = pptx.draw(item, pptx.Deck("Solbakken & Sønner", "nn", FACTS["address"], Look(logo.getvalue(), "7A1F5C")))
    deck = Presentation(BytesIO(file))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    assert [slide.shapes.title.text for slide in deck.slides] == [part.title for part in item.parts]
    assert len(deck.slides) == 5
    assert "Solbakken & Sønner" in deck.slides[0].placeholders[1].text
    assert "Uroa for ein kollega?" in deck.slides[3].placeholders[1].text
    for slide in deck.slides:
        assert len(slide.notes_slide.notes_text_frame.text) > 40
        pictures = [shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert pictures
        assert all(picture._element._nvXxPr.cNvPr.get("descr") for picture in pictures)
        assert all(shape.left >= 0 and shape.left + shape.width <= deck.slide_width for shape in slide.shapes)
        for run in slide.shapes._spTree.iter("{*}r"):
            assert run.find("{*}rPr").get("lang") == "nn-NO"
    code = next(shape for shape in deck.slides[4].shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE)
    assert zxingcpp.read_barcode(Image.open(BytesIO(code.image.blob)).convert("L")).text == FACTS["address"]


def test_cards_say_every_situation_and_every_story() -> None:
    found = kit({**ANSWERS, LENGTH: "full"})
    for id, per_sheet in (("colours", 8), ("dilemmas", 4), ("pocket", 4)):
        made = cards_of(found[id])
        pdf = PdfReader(BytesIO(cards.draw(cards.Sheets(found[id].title, made, per_sheet, "Solbakken, versjon 1", "nb"))))
        assert len(pdf.pages) == -(-len(made) // per_sheet)
        told = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
        for card in made:
            assert card.title in told.replace("- ", "").replace("-\n", "") or card.title in told, card.title
    assert [card.tone for card in cards_of(found["colours"])][:4] == ["green", "yellow", "red", "red"]
    assert all(card.light for card in cards_of(found["colours"])[3:]), "the colour is said in words"
    assert len(cards_of(kit({**ANSWERS, LENGTH: LENGTHS[0]})["colours"])) == len(cards_of(found["colours"])), "names that share a line are cards too"
