"""A document that uses every block type, in nb, nn and en, and the words that are hard on renderers."""

from __future__ import annotations

from app.documents.model import (
    BOX,
    SYMBOLS,
    Bullets,
    Cell,
    Chart,
    Document,
    Fields,
    Paragraph,
    RiskPoint,
    Run,
    Section,
    Signatures,
    Subheading,
    Table,
    Wheel,
    WheelMark,
)
from app.pack.text import Language
from app.values.vocabulary import Tone

HARD = (
    "a\x0bb\x00c\x1fd￾e",
    "< & > ]]> {{ x }} {% y %} ${z}",
    '$x$ #read("/etc/passwd") *b* _i_ `c` = h @r <l> \\n',
    "«æøå ÆØÅ» “quotes” 'and' \"more\" – ☐ ● ▲ ■ č đ ŋ š",
    "Fylkestrafikksikkerhetsutvalgssekretariatslederfunksjonenxyz",
    "ord og setning " * 333,
    "😀 漢字 שלום",
    "first line\nsecond line",
)

_WORDS: dict[Language, dict[str, str]] = {
    "nb": {
        "title": "Rusmiddelpolicy for Solsiden sykehjem",
        "purpose": "Formål og verdier",
        "rules": "Kjøreregler",
        "events": "Samlinger, reise og representasjon",
        "text": "Vi vil ha en arbeidsplass der alle kan være trygge. Policyen sier hva vi venter av hverandre, og hva du kan vente av oss.",
        "more": "Nye medarbeidere får policyen før første arbeidsdag, og vi snakker om den i personalmøtet hver høst.",
        "sub": "Slik bruker vi tabellen",
        "open": "[ikke bestemt ennå]",
        "who": "Policyen eies av",
        "matrix": "Når alkohol og arbeid møtes",
        "head": "Situasjon|Vurdering|Slik gjør vi det",
        "party": "Julebord og sommerfest|Grønn|Arbeidsgiver byr på inntil to enheter. Det er alltid gode alkoholfrie alternativer.",
        "trip": "Reise og konferanse|Gul|Bare utenom programmet, og alle skal være skikket neste dag.",
        "duty": "Vakt og beredskap|Rød|Ingen alkohol. Avholdsplikten gjelder også i bakvakt.",
        "risk": "Risikobilde",
        "alt": "Risikobilde: tre situasjoner plassert etter sannsynlighet og konsekvens.",
        "axes": "Sannsynlighet|Konsekvens",
        "sign": "Daglig leder|Verneombud|Sted og dato|Underskrift",
        "fields": "Hva er avtalt?|Når møtes vi igjen?",
        "statement": "Påstand|Helt uenig|Uenig|Enig|Helt enig|Vet ikke",
        "facts": "Versjon|Vedtatt av|Neste gjennomgang",
        "note": "Legen kan hjelpe uten at arbeidsgiver får vite noe.",
        "own": "Hos oss tar vi vare på hverandre, også når det er vanskelig.",
        "page": "Side {page} av {pages}",
        "contents": "Innhold",
        "end": "Åpne punkter",
        "appendix": "Vedlegg 1: Samtalemal",
        "draft": "Utkast",
    },
}
_WORDS["nn"] = _WORDS["nb"] | {
    "title": "Rusmiddelpolicy for Solsida sjukeheim",
    "purpose": "Føremål og verdiar",
    "rules": "Køyrereglar",
    "text": "Vi vil ha ein arbeidsplass der alle kan vere trygge. Policyen seier kva vi ventar av kvarandre, og kva du kan vente av oss.",
    "open": "[ikkje avgjort enno]",
    "contents": "Innhald",
}
_WORDS["en"] = _WORDS["nb"] | {
    "title": "Alcohol and drug policy for Solsiden nursing home",
    "purpose": "Purpose and values",
    "rules": "Ground rules",
    "text": "We want a workplace where everyone can be safe. The policy says what we expect of each other, and what you can expect of us.",
    "open": "[not decided yet]",
    "page": "Page {page} of {pages}",
    "contents": "Contents",
}


def sample(language: Language = "nb", extra: str = "") -> Document:
    """Every block type once or more; `extra` is put in every place that takes a workplace's own words."""
    words = _WORDS[language]
    return Document(
        kind="policy",
        language=language,
        title=words["title"] + extra[:60],
        workplace=words["title"].partition(" for ")[2] + extra[:60],
        sections=tuple(_sections(words, extra)),
        title_block=tuple((label, (Run("1.0" + extra[:200]), Run(words["open"], "open"))) for label in words["facts"].split("|")),
        contents=words["contents"],
        origin="Laget med RusOff-veiviseren, innhold 2026.1.",
        edition="Innhold 2026.1",
        page_of=words["page"],
        draft=words["draft"],
        open_points=("decides",),
        intro=(Paragraph((Run(words["text"]),), "lead"),),
    )


def _sections(words: dict[str, str], extra: str) -> list[Section]:
    plain = Paragraph((Run(words["text"] + " "), Run("Viktig.", "strong"), Run(" " + words["who"] + " "), Run(words["open"], "open"), Run(".")))
    own = Paragraph((Run(words["own"] + extra),), "own")
    bullets = Bullets(((Run(words["text"]),), (Run("To "), Run("to", "strong"), Run(extra))))
    numbered = Bullets(((Run(words["note"]),), (Run(words["more"] + extra),)), numbered=True)
    note = Paragraph((Run(words["note"] + extra),), "note")
    fields = (Fields((words["fields"].split("|")[0],), 3), Fields((words["fields"].split("|")[1] + extra[:100],)))
    party = tuple(words["sign"].split("|"))
    boxes = Bullets(tuple((Run(f"{BOX} {words[id]}"),) for id in ("note", "own")))
    return [
        Section("purpose", 1, "1 " + words["purpose"], "body", (plain, own, bullets, numbered)),
        Section("rules", 1, "2 " + words["rules"], "body", ()),
        Section(
            "events", 2, "2.1 " + words["events"], "body", (Subheading(words["sub"]), numbered, _matrix(words, extra), *_board(words, extra), note)
        ),
        Section("risk", 1, "3 " + words["risk"], "body", (Subheading(words["sub"]), _chart(words, extra), _wheel(words, extra), plain, _form(words))),
        Section("open", 1, words["end"], "end", (boxes, Signatures(party[:2], party[2], party[3]))),
        Section("talk", 1, words["appendix"], "appendix", fields, page_break=True),
    ]


def _tables(words: dict[str, str], extra: str) -> tuple[Table, ...]:
    return (_matrix(words, extra), *_board(words, extra))


def _matrix(words: dict[str, str], extra: str) -> Table:
    tones: tuple[tuple[str, Tone], ...] = (("party", "green"), ("trip", "yellow"), ("duty", "red"))
    rows = []
    for id, tone in tones:
        name, word, rule = words[id].split("|")
        rows.append((Cell((Run(name),)), Cell((Run(f"{SYMBOLS[tone]} {word}"),), tone), Cell((Run(rule + extra),))))
    return Table(words["matrix"], tuple(words["head"].split("|")), tuple(rows), (0.3, 0.15, 0.55))


def _board(words: dict[str, str], extra: str) -> tuple[Table, Table]:
    party, trip, duty = (words[id].split("|") for id in ("party", "trip", "duty"))
    said = (Cell((Run(trip[0]),)), Cell((Run(trip[2] + extra),)))
    alone = (Cell((Run(f"{duty[0]} · {trip[0]}{extra}"),)),)
    head = words["head"].split("|")[2]
    return (
        Table(words["matrix"], (f"{SYMBOLS['red']} {duty[1]}", head), (alone, said), (0.36, 0.64), style="board", tone="red"),
        Table("", (f"{SYMBOLS['green']} {party[1]}",), ((Cell((Run(party[0]),)),),), (1.0,), style="board", tone="green"),
    )


def _form(words: dict[str, str]) -> Table:
    header = tuple(words["statement"].split("|"))
    rows = tuple((Cell((Run(f"{at}. {words['text']}"),)), *(Cell((Run(BOX),)) for _ in header[1:])) for at in (1, 2))
    return Table("", header, rows, (0.5, 0.1, 0.1, 0.1, 0.1, 0.1), style="form")


def _wheel(words: dict[str, str], extra: str) -> Wheel:
    months = tuple(f"{at}." for at in range(1, 13))
    return Wheel(words["risk"], words["alt"] + extra[:100], months, words["open"], (WheelMark(1, 0), WheelMark(2, 2), WheelMark(3, 2)))


def _chart(words: dict[str, str], extra: str) -> Chart:
    labels = [words[id].split("|")[0] + extra[:200] for id in ("party", "trip", "duty")]
    tones: tuple[Tone, ...] = ("green", "yellow", "red")
    places = ((2, 2), (3, 4), (5, 5))
    points = tuple(RiskPoint(at + 1, labels[at], *places[at], tones[at]) for at in range(3))
    x, y = words["axes"].split("|")
    return Chart(words["risk"], words["alt"] + extra[:100], x, y, points)
