"""Each annex as a document of its own: the words of the policy, whatever length was chosen."""

from __future__ import annotations

import pytest

from app.documents import annexes, assemble
from app.documents.draft import Draft
from app.documents.model import Document
from app.documents.outputs import annexes_of
from app.documents.render import docx, pdf, plain
from app.documents.stamp import Stamp, stamped
from app.pack.engine import APPENDICES, LENGTHS
from tests.unit.drawn import pdf_pages
from tests.unit.test_lengths import EXAMPLES, PACK, draft_of

EVERY = [option.id for option in PACK.questions[APPENDICES].options]


def annexes_made(draft: Draft) -> dict[str, Document]:
    whole = annexes.whole(draft)
    made = {name: annexes.annex(PACK, name, whole) for name in PACK.annexes}
    return {name: document for name, document in made.items() if document}


def test_every_appendix_is_a_file_of_its_own() -> None:
    """The questionnaire is one already."""
    apart = {clause.id for clause in PACK.clauses if clause.part == "appendix" and not clause.annex}
    assert apart == {"appendix-questionnaire"}
    assert [output.annex for output in annexes_of(PACK)] == list(PACK.annexes)


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_says_what_the_policy_says_and_the_same_at_every_length(example: str) -> None:
    policy = assemble.policy(draft_of(example, length="full", appendices=EVERY))
    made = [annexes_made(draft_of(example).at_length(length)) for length in LENGTHS]
    assert made[0] == made[1] == made[2] == annexes_made(draft_of(example, appendices=[]))
    for name, document in made[0].items():
        first, *rest = annexes.sections_of(PACK, name, policy)
        assert document.intro == first.blocks
        assert [section.blocks for section in document.sections] == [section.blocks for section in rest]
        assert first.title.endswith(document.title)
        assert not document.title.startswith(("Vedlegg", "Appendix"))


def test_what_is_offered_is_what_there_is() -> None:
    for agreement in ("yes", "no"):
        draft = draft_of("sports_club", agreement=agreement)
        assert set(annexes.offered(draft)) == set(annexes_made(draft))
        assert ("agreement-template" in annexes.offered(draft)) == (agreement == "yes")
    assert annexes.offered(draft_of("building_firm"))["plan"].nb == "Plan for ledelsen og AMU"


def test_it_bears_what_stands_above_the_policy_and_not_its_check_code() -> None:
    policy = stamped(PACK, assemble.policy(draft_of("building_firm")), Stamp(3, "adopted", "ab" * 32))
    document = annexes.annex(PACK, "acute-routine", policy)
    assert document
    above = ["".join(run.words for run in value) for _, value in document.facts]
    assert above[:2] == ["Rusmiddelpolicy for Nordtun Bygg AS", "3"]
    assert (document.draft, document.fingerprint, "Kontrollkode" in document.edition) == ("", "", False)


def test_an_annex_that_the_decided_text_lacks_has_its_words_from_the_answers() -> None:
    draft = draft_of("building_firm")
    short = stamped(PACK, assemble.policy(draft.at_length("policy")), Stamp(1, "proposal", "ab" * 32))
    assert annexes.annex(PACK, "signs", short) is None
    document = annexes.annex(PACK, "signs", short, annexes.whole(draft))
    assert document
    assert "Lukter alkohol" in plain.draw(document)
    assert document.status[1] == short.status[0]


def test_every_annex_is_drawn() -> None:
    for document in annexes_made(draft_of("sports_club")).values():
        assert docx.draw(document).startswith(b"PK")
        assert len(pdf_pages(pdf.draw(document))) <= 4
