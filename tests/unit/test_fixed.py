"""What the law says stands where no workplace can word it anew; what is practice can be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.pack.clause import Block, Clause
from app.pack.load import the_pack
from app.pack.text import Text

PACK = the_pack()
LAW = re.compile(r"§|\b\w*lov(?:en|ene|givning\w*|ens)?\b|forskrift|regelverk|ulovlig|forbudt|aldersgrense|bevilling", re.IGNORECASE)
PRACTICE = {
    "other-rules": "how our rules meet those of others: chosen in the wizard, one line each",
    "abstinence": "says that there is no rule of our own",
    "crew": "«landlov» is shore leave",
    "early-talk": "one line of a list about who takes part; the right itself is fixed in `consequences`",
    "what-is-a-breach": "what we count as a breach is for the workplace to say",
    "appendix-risk": "what was found, under the names that the law gives it",
    "appendix-conversation": "«lov» is to promise",
    "appendix-warnings": "a template for managers; what the law says stands in its note",
}


def words(block: Block) -> Iterator[Text]:
    yield from (text for text in (block.paragraph, block.note) if text)
    yield from (line.text for lines in (block.bullets, block.numbered) for line in lines or ())
    if block.each:
        yield from (option.label if block.briefly or not option.text else option.text for option in PACK.questions[block.each].options)


def can_be_reworded(clause: Clause) -> Iterator[str]:
    if not clause.fixed:
        yield from (text.nb for block in clause.blocks if not block.fixed for text in words(block))


def test_what_the_law_says_is_fixed() -> None:
    found = {clause.id for clause in PACK.clauses if not clause.id.startswith("rules-") if any(map(LAW.search, can_be_reworded(clause)))}
    assert found == set(PRACTICE)


def test_what_is_chosen_between_can_be_reworded() -> None:
    """A chapter that is fixed whole is about testing, privacy, statutory abstinence, participation, or a list of ours."""
    fixed = {clause.id for clause in PACK.clauses if clause.fixed and not clause.id.startswith("abstinence-")}
    assert fixed == {"control-testing", "when-we-test", "privacy", "participation", "open-points", "policy-check", "sources-used", "further-reading"}
