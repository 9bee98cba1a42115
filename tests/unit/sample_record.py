"""Invented people who read a policy, what they said, and what was decided: real enough to be looked at on paper."""

# ruff: noqa: E501 - a table is read by its rows

from __future__ import annotations

from datetime import date

from app.documents.compare import Hunk, SectionChange, body_of
from app.documents.model import Document
from app.documents.record import Decided, Meeting, Record, Remark, Voice
from app.pack.text import Language
from app.values.vocabulary import CHANGING_OUTCOMES

# section id of the policy, voice, kind, text, wording, outcome, answer, reply, stands
Row = tuple[str, str, str, str, str, str, str, str, bool]


NOT_YET = "Si «basen», ikke «nærmeste leder». Det er det vi sier her."


def remarks(policy: Document, rows: list[Row], answered_on: date | None) -> tuple[Remark, ...]:
    """The rows as remarks on the sections of a policy, in its order, numbered."""
    order = {section.id: (at, section.title) for at, section in enumerate(policy.sections)}
    assert {row[0] for row in rows} <= {*order, ""}
    found = sorted(rows, key=lambda row: order.get(row[0], (-1, ""))[0])
    return tuple(
        Remark(
            at, id, order.get(id, (0, ""))[1], voice, kind, text, wording, outcome, answer, answered_on if outcome else None, reply, stands,  # type: ignore[arg-type]
            changed=outcome in CHANGING_OUTCOMES and text != NOT_YET,
        )
        for at, (id, voice, kind, text, wording, outcome, answer, reply, stands) in enumerate(found, start=1)
    )  # fmt: skip


def changes(policy: Document, rows: list[Row]) -> tuple[SectionChange, ...]:
    """What became of the sections that were changed: the first paragraph gave way to what was proposed, or got a sentence more."""
    wanted = {row[0]: row[4] for row in rows if row[5] in CHANGING_OUTCOMES and row[3] != NOT_YET}
    found = [section for section in policy.sections if section.id in wanted]
    return tuple(
        SectionChange(one.id, one.title, "changed", (Hunk(body_of(one)[0] if wanted[one.id] else "", wanted[one.id] or "…"),)) for one in found
    )


NURSING_VOICES = (
    Voice(
        "a", "Synnøve Bjørkli", "verneombud", date(2026, 12, 15), False, True, True,
        "Eg har gått vaktrommet rundt med utkastet, både dag og natt. Dei fleste kjenner seg igjen og synest tonen er god: Hjelp først, og reglar som er like for alle.\n\n"
        "Det eg er mest oppteken av, er nattevaktene. Dei er åleine, og dei er dei siste som får vite noko. Policyen må nå dei på papir og i ein prat, ikkje berre på intranettet.\n\n"
        "Eg står bak policyen, med unntak av regelen om medisinar.",
        (("reached_shifts", "not_sure", "Nattevaktene fekk utkastet, men møtet var klokka tolv."), ("reached_hired", "no", "Vikarane frå byrået var ikkje spurde."),
         ("reached_offline", "yes", ""), ("enough_time", "yes", ""), ("took_part_early", "yes", "Eg var med frå første møtet.")),
    ),
    Voice("b", "Odd-Arne Øvrebø", "hovedverneombud", date(2026, 12, 15), False, True, True, "Godt arbeid. Lik regel for alle einingar i kommunen er viktig for meg.",
          (("reached_shifts", "yes", ""), ("clear_decision", "yes", ""))),
    Voice("c", "Marit Ås", "union_rep", date(2026, 12, 15), False, True, True,
          "Fagforbundet støttar policyen. Vi meiner likevel at skriftleg åtvaring ikkje bør vere første svar på eit brot når den tilsette ber om hjelp.",
          (("reached_shifts", "no", "Vi fekk ikkje svar frå nokon på helgestillingane."), ("enough_time", "no", "Jula kom midt i."))),
    Voice("d", "Jon Vik", "union_rep", date(2026, 12, 15), True, True, True, "", (("reached_shifts", "not_sure", ""),)),
    Voice("e", "Ragnhild Lie", "amu_member", date(2026, 12, 15), False, True, False),
    Voice("f", "Fjellvik bedriftshelseteneste", "bht", date(2026, 12, 16), False, True, True, "", ()),
    Voice("g", "Tone Haugen", "manager", date(2026, 12, 16), False, True, False),
    Voice("h", "Ali Hassan", "other", date(2027, 1, 4), True, False, False),
)  # fmt: skip

NURSING_ROWS: list[Row] = [
    ("purpose", "a", "support", "Fint at det står at hjelp kjem før straff. Lat det stå.", "", "", "", "", False),
    ("purpose", "c", "proposal", "Bebuarane bør nemnast før verksemda.", "Vi skal gi bebuarane trygge tenester, og vi skal ta vare på kvarandre.", "taken_in", "Vi har bytt om på rekkjefølgja, slik du føreslår.", "", False),
    ("who-it-covers", "d", "question", "Gjeld dette studentane som er på kveldsvakt åleine med ein tilsett?", "", "answered", "Ja. Studentar står i lista, og det gjeld heile døgnet.", "", False),
    ("who-it-covers", "a", "proposal", "Vikarar frå byrå må få policyen før første vakt, ikkje i løpet av den første veka.", "", "changed_otherwise", "Vikarbyrået får policyen no, og vaktleiar går gjennom han før første vakt. Vi skreiv det i avsnittet om opplæring.", "", False),
    ("working-hours", "a", "proposal", "Skriv at ein skal vere utkvild og edru når vakta tek til, ikkje når ein er framme på avdelinga.", "Alle er edru og utkvilde når vakta tek til.", "taken_in", "Vi bruker setninga di ordrett.", "", False),
    ("working-hours", "c", "question", "Kva gjer ein som luktar alkohol av nattevakta før, når det berre er to på jobb?", "", "answered", "Vaktleiar avgjer og skaffar avløysing. Det står no i akuttrutinen.", "", False),
    ("on-call", "d", "disagreement", "Fullt avhald på telefonvakt heime kvar tredje helg er eit stort inngrep når vi nesten aldri blir ringde.", "På telefonvakt heime er det avhald frå klokka 20.", "not_taken_in", "Den som har telefonvakt, gir råd om pasientar og medisinar. Avhaldsregelen for helsepersonell gjeld også betalt telefonvakt, så den kan vi ikkje mjuke opp.", "Då må vaktene fordelast på fleire.", True),
    ("on-call", "a", "proposal", "Ta inn kven ein ringjer for å byte vakt, også om natta.", "", "taken_in", "Telefonnummeret til vaktleiar står no i avsnittet.", "", False),
    ("own-events", "c", "support", "Bra at det er alkoholfrie val på alt, og at det ikkje er noko ein må be om.", "", "", "", "", False),
    ("own-events", "b", "proposal", "To einingar er greitt, men skriv at kommunen ikkje betaler for alkohol.", "Arbeidsgivaren betaler ikkje for alkohol.", "taken_in", "Det var meininga heile tida.", "", False),
    ("green-yellow-red", "e", "question", "Kvifor er sommarfesten gul når pårørande og born er med?", "", "answered", "Sommarfesten for tilsette er utan born. Pårørandekafeen er raud, og det står i tabellen.", "", False),
    ("green-yellow-red", "d", "proposal", "Vinlotteri på pauserommet er ein tradisjon. Lat det vere gult i staden for raudt.", "", "not_taken_in", "Vi vil ikkje ha alkohol som gevinst på ein arbeidsplass med bebuarar og unge lærlingar. Loddtrekninga held fram med andre gevinstar.", "", False),
    ("medicines", "a", "disagreement", "«Skal seie frå» om medisinar går for langt. Det er mellom meg og legen kva eg bruker. Plikta bør gjelde berre den som har oppgåver der det kan bli farleg.", "Har du oppgåver der medisinen kan gjere arbeidet farleg, seier du frå.", "not_taken_in", "Alle her kan få oppgåver med medisinhandtering eller køyring, ofte på kort varsel. Vi spør ikkje kva medisin det gjeld, berre om arbeidet må leggjast til rette.", "Eg forstår grunngivinga, men meiner framleis at plikta er for vid.", True),
    ("medicines", "f", "proposal", "Legg til at bedriftshelsetenesta kan gi råd utan at leiaren får vite noko.", "Du kan spørje bedriftshelsetenesta om råd. Dei har teieplikt.", "taken_in", "Setninga di står til slutt i avsnittet.", "", False),
    ("medicines", "c", "question", "Kven skriv ned at nokon har sagt frå, og kvar blir det liggjande?", "", "answered", "Ingen skriv ned kva medisin det gjeld. Er det avtalt tilrettelegging, ligg det i personalmappa.", "", False),
    ("drugs-and-doping", "b", "support", "Klart og utan moral. Godt.", "", "", "", "", False),
    ("early-talk", "a", "proposal", "Skriv at medarbeidaren kan ta med verneombodet i samtalen.", "Du kan ta med verneombod eller tillitsvald.", "taken_in", "Det står no i det tredje punktet.", "", False),
    ("early-talk", "g", "question", "Eg leier førti menneske. Når skal eg rekkje å øve på samtalen?", "", "answered", "Kvar avdelingsleiar får ein halv dag med bedriftshelsetenesta i vår, på turnus.", "", False),
    ("help", "f", "proposal", "Nemn at også pårørande av tilsette kan ringje RUSinfo.", "", "changed_otherwise", "Vi viser til lista over hjelpetilbod i staden for å nemne eitt av dei.", "", False),
    ("consequences", "c", "disagreement", "Første skriftlege åtvaring bør kunne vente når den tilsette sjølv ber om hjelp. Elles tør ingen seie frå.", "Ber du sjølv om hjelp, ventar vi med åtvaringa medan avtalen blir følgd.", "changed_otherwise", "Vi skreiv inn at den som ber om hjelp sjølv, blir møtt med tilbod om avtale først. Vi kan likevel ikkje love at åtvaring aldri kjem, for alvorlege hendingar må kunne følgjast opp.", "Betre, men framleis opent for skjønn. Vi ønskjer at det står fast.", True),
    ("consequences", "d", "question", "Kor lenge blir ei åtvaring liggjande?", "", "answered", "Ho blir fjerna etter to år. Det står no i avsnittet om personvern.", "", False),
    ("privacy", "b", "proposal", "Skriv kven som har tilgang, med funksjon.", "", "taken_in", "No står det at berre den tilsette, næraste leiar og HR har tilgang.", "", False),
    ("", "e", "support", "Kort nok til at folk les det.", "", "", "", "", False),
]  # fmt: skip

NURSING_MEETINGS = (
    Meeting(date(2026, 11, 26), "discussion", "Fagforbundet: Marit Ås. NSF: Jon Vik. For arbeidsgivaren: einingsleiaren og personalrådgivaren.", "Semje om mål og tone. Usemje om åtvaringar. NSF bad om å få sjå regelen om telefonvakt på skrift."),
    Meeting(date(2026, 12, 8), "all_staff", "31 frå dag- og kveldsvakt, 4 frå natt", "Gruppene sorterte situasjonar i grønt, gult og raudt. Mange spurde om morgonen etter ein fest."),
    Meeting(date(2027, 1, 15), "amu", "Heile utvalet", "Førebels drøfting. Utvalet bad om at nattevaktene fekk ein ekstra runde."),
)  # fmt: skip


def nursing_home(policy: Document) -> Record:
    """A round with eight readers and twenty-three comments, in nynorsk."""
    return Record(
        policy.workplace, policy.title, "Solbakken, alle avdelingar", 2, date(2026, 12, 15), date(2027, 1, 12), True, NURSING_VOICES,
        remarks(policy, NURSING_ROWS, date(2027, 1, 19)), NURSING_MEETINGS, changes=changes(policy, NURSING_ROWS),
    )  # fmt: skip


def nursing_decided() -> Decided:
    return Decided(
        date(2027, 2, 10), "amu", "Arbeidsmiljøutvalet i Fjellvik kommune", "27/00412",
        "Ragnhild Lie (leiar, for dei tilsette)\nOdd-Arne Øvrebø (hovudverneombod)\nMarit Ås (Fagforbundet)\nKommunalsjef helse og omsorg\nPersonalsjefen\nFjellvik bedriftshelseteneste",
        "adopted", "Marit Ås (Fagforbundet) ville ha teke inn at åtvaring ventar når den tilsette ber om hjelp. Ho røysta for policyen, med dette merkt.",
        date(2027, 3, 1), "9f2c41ab7730d5e86cc01b94d0aa52f3e1847bb06a9d3fc25510e7d8b4a6c93f", 3, date(2027, 2, 11),
    )  # fmt: skip


BUILDING_ROWS: list[Row] = [
    ("working-hours", "a", "proposal", "Si rett ut at du skal hjem, ikke i kranen, hvis du lukter av gårsdagen.", "", "taken_in", "Nå står det at basen tar deg ut av arbeidet, og at du kommer trygt hjem.", "", False),
    ("control-testing", "b", "disagreement", "Testing av kranførere er greit, men ikke at basen kan be om den alene.", "Bare daglig leder og verneombudet sammen kan be om test.", "changed_otherwise", "Basen må snakke med anleggslederen først. Sykepleieren tar prøven.", "Verneombudet bør være med hver gang.", True),
    ("control-testing", "a", "question", "Hva skjer med prøvesvaret?", "", "answered", "Det er hos bedriftshelsetjenesten. Vi får bare vite om du er skikket den dagen.", "", False),
    ("own-events", "b", "support", "Buss hjem er bra.", "", "", "", "", False),
    ("own-events", "a", "proposal", "Skriv at vakta i porten skal ringe basen.", "Vakta i porten ringer basen.", "noted", "Det står i instruksen for porten fra nyttår.", "", False),
    ("early-talk", "a", "proposal", NOT_YET, "", "taken_in", "Ja, det gjør vi.", "", False),
    ("help", "c", "proposal", "Oversett hjelpetilbudene til polsk og litauisk.", "", "", "", "", False),
]  # fmt: skip


def building_firm(policy: Document) -> Record:
    """A workplace without a committee: three readers, one comment still to be answered."""
    voices = (
        Voice("a", "Roar Nilsen", "hovedverneombud", date(2026, 11, 9), False, True, True, "Policyen er grei å forstå. Guttene på brakka må få den muntlig.", (("reached_languages", "no", ""),)),
        Voice("b", "Bjørg Aune", "union_rep", date(2026, 11, 9), False, True, True),
        Voice("c", "Darius", "other", date(2026, 11, 9), True, True, False),
    )  # fmt: skip
    meetings = (Meeting(date(2026, 10, 14), "discussion", "Hovedverneombud og tillitsvalgt i Fellesforbundet", "Drøftet behovet for testing, hvem det gjelder, og hvordan det skal gjøres."),)  # fmt: skip
    return Record(
        policy.workplace, policy.title, "", 1, date(2026, 11, 9), date(2026, 11, 23), False, voices,
        remarks(policy, BUILDING_ROWS, date(2026, 11, 25)), meetings, without_amu=True, changes=changes(policy, BUILDING_ROWS),
    )  # fmt: skip


def building_decided() -> Decided:
    return Decided(date(2027, 1, 20), "discussion", present="", result="adopted_with_changes", text_hash="ab" * 32, version=2)


SHIPPING_ROWS: list[Row] = [
    ("working-hours", "a", "proposal", "Say what applies when a crew change is delayed and people wait in a hotel.", "While waiting for a delayed crew change, the rules for time off ashore apply.", "taken_in", "Your sentence is in, as you wrote it.", "", False),
    ("own-events", "b", "disagreement", "Two units at the Christmas dinner is fewer than most other shipowners allow. People will simply go elsewhere afterwards.", "", "not_taken_in", "We keep two units. The bus home leaves at midnight.", "", True),
    ("drugs-and-doping", "a", "question", "Does the zero tolerance also cover legal use in a port where the drug is allowed?", "", "answered", "Yes. It says so in the section now.", "", False),
]  # fmt: skip


def shipping(policy: Document) -> Record:
    """A workplace that speaks English: two readers, adopted by the board."""
    voices = (
        Voice(
            "a",
            "Magnus Eide",
            "hovedverneombud",
            date(2027, 1, 18),
            False,
            True,
            True,
            "The crew have asked for the same rules ashore and on board. This does it.",
        ),
        Voice("b", "Liv O'Hara <crew>", "union_rep", date(2027, 1, 18), False, True, True),
    )
    meetings = (
        Meeting(date(2027, 1, 18), "discussion", "Seamen's union & management", "The parties went through the draft."),
        Meeting(None, "safety_round"),
    )
    return Record(policy.workplace, policy.title, "All ships", 1, date(2027, 1, 18), date(2027, 2, 5), False, voices,
                  remarks(policy, SHIPPING_ROWS, date(2027, 2, 10)), meetings, changes=changes(policy, SHIPPING_ROWS))  # fmt: skip


def shipping_decided() -> Decided:
    return Decided(date(2027, 3, 1), "board", case_number="12/27", present="The whole board", result="sent_back", text_hash="0f" * 32, version=2)


def empty(policy: Document) -> Record:
    """Nothing but the names of the workplace and the policy."""
    return Record(policy.workplace, policy.title)


SAMPLES = {
    "nursing_home": (nursing_home, nursing_decided),
    "building_firm": (building_firm, building_decided),
    "shipping": (shipping, shipping_decided),
}
LANGUAGE: dict[str, Language] = {"nursing_home": "nn", "building_firm": "nb", "shipping": "en"}
