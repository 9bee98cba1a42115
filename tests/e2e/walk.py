"""The way through the whole wizard that several tests take, and the answers they give on it. The words are the same in every language."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
from playwright.sync_api import Page
from pypdf import PdfReader

from app.documents.outputs import files_from
from app.pack.load import the_pack
from app.pack.text import Language
from tests.e2e.wizard import Wizard

NAME = "Åsly & Sønner AS"
ANSWERS: dict[str, Any] = {
    "workplace_name": NAME,
    "org_number": "974 760 673",
    "sector": "construction",
    "size": "n30_99",
    "bodies": ["safety_rep", "amu", "union_reps"],
    "ohs": "yes",
    "critical_work": ["machines", "heights"],
    "abstinence_groups": ["none"],
    "work_features": ["lone_work", "third_parties"],
    "situations": ["workday", "christmas_party", "travel"],
    "risk": {"workday": {"likelihood": "l2", "consequence": "c4", "existing": "HMS 1–2"}, "christmas_party": {"likelihood": "l3"}},
    "mapping_notes": "HMS & AMU < 2026 >",
    "needs": ["known_policy", "event_rules", "early_help"],
    "purpose_focus": ["safety", "health"],
    "lights": {"workday": {"light": "red"}, "own_1": {"label": "Quiz", "light": "yellow", "rule": "HMS 3"}},
    "own_events": "limited",
    "event_limits": ["alcohol_free_equal", "max_units", "from_time"],
    "testing": "none",
    "event_units": 2,
    "event_from": "kl. 18",
    "exceptions": "none",
    "decides": "amu",
    "decision_planned": "12.3.2027",
    "owner_function": "HMS",
    "took_part": ["leaders", "safety_rep"],
    "consulted": [{"who": "AMU", "how": "meeting", "date": "1.2.2027"}, {"who": "LO", "how": "discussion", "date": "2027-02-08"}],
    "contact_role": "akan_contact",
    "roles": {"leader": {"name": "Kari Lund", "reach": "kari@eksempel.example"}},
    "review_date": "12.03.2029",
    "retention": None,
    "ohs_plan": "yes",
    "own_links": [{"title": "HMS", "address": "www.eksempel.example/hms"}],
    "links_owner": "HMS",
    "document_note": "AMU 4/27",
}
MUST = {id for id, question in the_pack().questions.items() if question.required}
STEPS = ("map", "scope", "anchor", "follow_up", "partners", "references")
FILES = (*files_from(the_pack(), "draft"), "answers.json")
TAGS = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}

# Words that one language has and the two others do not.
TELLING = {
    language: frozenset(words.split())
    for language, words in {
        "nb": "ikke hvordan hvilke hvilken hva hvem hvor hvorfor dere noen virksomhet bare ansatte arbeidstaker mye jeg",
        "nn": "ikkje korleis kva kven kvifor dykk nokon noko verksemd berre tilsette arbeidstakar mykje eg ein eit dei",
        "en": "the and what which your you with not are this should",
    }.items()
}
# What a reader of the page meets, but what says itself to be in another language, and the sources, which are named as their publisher names them.
WORDS = """() => {
  const page = document.documentElement.cloneNode(true);
  const own = page.lang;
  for (const e of page.querySelectorAll(`[lang]:not([lang="${own}"]), .sources, script, textarea, .own-rule, .on-paper`)) e.remove();
  const told = ["aria-label", "alt", "title", "placeholder", "content", "data-offline", "data-conflict", "data-slow", "data-failed"];
  const named = [...page.querySelectorAll("*")].flatMap(e => told.map(name => e.getAttribute(name) || ""));
  const said = [...page.querySelectorAll("*")].flatMap(e => [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data));
  return [...said, ...named].join(" ");
}"""


def foreign_words(page: Page, language: Language) -> list[str]:
    """Words on the page that belong to another language than its own."""
    text = re.sub(r"https?://\S+", "", str(page.evaluate(WORDS)))
    for name in names_of_sources(language):
        text = text.replace(name, "")
    words = set(re.findall(r"[a-zæøåéòô]+", text.lower()))
    return sorted(word for other, telling in TELLING.items() if other != language for word in words & telling)


def names_of_sources(language: Language) -> list[str]:
    """What the sources are called and who published them, which may be in another language; the longest first."""
    return sorted((name for one in the_pack().sources.values() for name in (one.title.in_(language), one.publisher)), key=len, reverse=True)


def fill_page(wizard: Wizard) -> list[str]:
    """Answer what ANSWERS has an answer to on the page before us; gives the questions answered."""
    known = [id for id in wizard.asked() if id in ANSWERS]
    for id in known:
        wizard.answer(id, ANSWERS[id])
    return known


def documents(wizard: Wizard) -> dict[str, bytes]:
    """Every file of the download page, after each has been opened and found to name the workplace."""
    files = {name: _taken(wizard, name) for name in FILES}
    for name, content in files.items():
        assert NAME in " ".join(text_of(name, content).split()), f"{name} does not name the workplace"
    return files


def _taken(wizard: Wizard, name: str) -> bytes:
    download = wizard.download(name)
    assert "Åsly & Sønner AS" in download.suggested_filename
    return download.path().read_bytes()


def text_of(name: str, content: bytes) -> str:
    """What stands in a file."""
    if name.endswith(".docx"):
        body = docx.Document(BytesIO(content)).element
        return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))
    if name.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return content.decode("utf-8").replace("&amp;", "&")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
