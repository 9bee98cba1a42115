"""Plain text: every block has its line, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from app.documents.model import Bullets, Fields, Paragraph, Run, Section
from app.documents.render import plain
from tests.unit.sample_document import sample


def test_headings_and_blocks() -> None:
    text = plain.draw(sample())
    for line in (
        "[Utkast]",
        "# Rusmiddelpolicy for Solsiden sykehjem",
        "## 2 Kjøreregler",
        "### 2.1 Samlinger, reise og representasjon",
        "#### Slik bruker vi tabellen",
        "| Hos oss tar vi vare på hverandre, også når det er vanskelig.",
        "> Legen kan hjelpe uten at arbeidsgiver får vite noe.",
        "1. Legen kan hjelpe uten at arbeidsgiver får vite noe.",
        "☐ Legen kan hjelpe uten at arbeidsgiver får vite noe.",
        "Situasjon | Vurdering | Slik gjør vi det",
        "2 ▲ Reise og konferanse",
        "Innhold 2026.1",
    ):
        assert line in text.split("\n"), line


def test_numbers_begin_at_one_in_each_list() -> None:
    twice = (Bullets(((Run("a"),), (Run("b"),)), numbered=True), Bullets(((Run("c"),),), numbered=True), Bullets(()))
    document = replace(sample(), sections=(Section("x", 1, "X", "body", twice),))
    assert "1. a\n2. b\n\n1. c" in plain.draw(document)


def test_lines_of_own_words_keep_their_mark() -> None:
    blocks = (Paragraph((Run("a\nb"),), "own"), Fields(("Navn",), 2))
    assert "| a\n| b\n\nNavn ……" in plain.draw(replace(sample(), sections=(Section("x", 1, "X", "body", blocks),)))
