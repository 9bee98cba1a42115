"""What a letter says: whole in every language, and nothing that somebody typed can break it or pass for our words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.config import ConfigError, _sender
from app.mail.encryption import Contents, DecryptionError, decrypt, encrypt
from app.mail.messages import KINDS, LONGEST_NAME, News, compose
from app.mail.transports import NOBODY, message
from app.pack.text import LANGUAGES, Language
from app.ui_texts import the_words
from app.values.email_address import mail_address

LINK = "https://rusoff.example.no/nb/reviews/" + "x" * 43
VALUES: dict[str, Any] = {
    "name": "Åse Ødegård", "workplace": "Solbakken sykehjem", "policy": "Rusmiddelpolicy for Solbakken", "by": "Kari Nordmann", "role": "verneombud",
    "reviewer_role": "union_rep", "greeting": "Fint om du ser på dette.\nHilsen Kari", "link": LINK, "answer_by": date(2026, 12, 3), "days": 3,
    "closes_at": datetime(2026, 12, 4, 12, 30, tzinfo=UTC), "in_force_on": date(2027, 1, 1), "met": {"taken_in": 2, "none": 1}, "unsent": 2,
    "code": "123 456", "minutes": 15, "stands": 30, "passkey": "Telefonen min",
    "news": [News("of", {"workplace": "Solbakken sykehjem"}), News("measure_late", {"day": date(2026, 12, 3), "what": "Øve", "who": "(HR)"})],
}  # fmt: skip
HOSTILE = [
    "x\r\nBcc: offer@example.no", "x\nSubject: gratis", "x\r\n\r\n<b>annet</b>", "\x00\x07\x1b[31m", "\u2028\u202egnp.exe", "👩‍🚒🇳🇴" * 300,
    "ø" * 1000,
    "a" * 1000, "{link} {0} {by.__class__} %s", "=?utf-8?q?x?=", "\ud800", "<script>", "  ", "\u0085x\x0b",
]  # fmt: skip
ROLES = ["owner", "editor", "reader", "verneombud", "hovedverneombud", "union_rep", "amu_member", "bht", "manager", "other"]


def letter(kind: str, language: Language = "nb", **other: Any) -> tuple[str, str]:
    return compose(kind, language, {name: (VALUES | other)[name] for name in KINDS[kind]})


def sent(kind: str, language: Language = "nb", **other: Any) -> Any:
    """The letter as the reader's mail program sees it."""
    contents = Contents("ola@example.no", *letter(kind, language, **other))
    raw = message("a" * 26, contents, language, "RusOff <rusoff@example.no>", datetime(2026, 11, 22, 12, tzinfo=UTC)).as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) < 1000, "RFC 5321"
    return message_from_bytes(raw, policy=SMTP)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_says_what_one_must_know(kind, language) -> None:
    subject, text = letter(kind, language)
    assert subject
    assert "\n" not in subject
    assert text.splitlines().count(LINK) == 1, "the link stands on a line of its own"
    assert "RusOff" in text
    assert re.search(r"Du får denne e-posten|You get this e-mail", text)
    assert re.search(r"slett|delete it", text), "what to do if it is not meant for you"
    assert re.search(r"virker|verkar|work", text), "how long the link is good"
    assert not re.search(r"[{}<>]|None|\n\n\n", text.replace("\n> ", "\n"))
    assert max(len(line) for line in text.splitlines()) > 120, "not wrapped by hand"


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_is_used_in_every_language(kind) -> None:
    for language in LANGUAGES:
        words = "".join(the_words()[f"mail_{kind}_{part}"][language] for part in ("subject", "text"))
        used = set(re.findall(r"\{(\w+)\}", words)) | ({"name"} & KINDS[kind])
        assert used == KINDS[kind], language


def test_dates_days_and_roles_stand_in_words() -> None:
    for language, day, role in (
        ("nb", "3. desember 2026", "verneombud"),
        ("nn", "3. desember 2026", "verneombod"),
        ("en", "3 December 2026", "safety"),
    ):
        text = letter("review_invited", language)[1]
        assert day in text
        assert role in text
    said = [letter("review_reminder", "nn", days=days)[1] for days in (0, 1, 5)]
    assert ["det er i dag" in said[0], "det er i morgon" in said[1], "det er om 5 dagar" in said[2]] == [True] * 3


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_words(role) -> None:
    for language in LANGUAGES:
        assert the_words()[f"role_{role}"][language] in letter("member_invited", language, role=role)[1]


def test_a_greeting_is_marked_as_somebody_elses_words() -> None:
    assert "Kari Nordmann skriver til deg:\n> Fint om du ser på dette.\n> Hilsen Kari\n\nÅpne lenken" in letter("review_invited")[1]
    assert "skriver til deg" not in letter("review_invited", greeting=" \r\n")[1]


def test_whoever_has_no_name_is_greeted_all_the_same() -> None:
    assert letter("review_over")[1].startswith("Hei, Åse Ødegård!\n")
    assert letter("review_over", name=" ")[1].startswith("Hei!\n")


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", ["review_invited", "member_invited"])
def test_nothing_typed_breaks_a_letter(kind, words) -> None:
    usual, other = sent(kind), sent(kind, name=words, workplace=words, policy=words, by=words, greeting=words * 5)
    assert other.keys() == usual.keys()
    assert other["To"] == "ola@example.no"
    assert other["Bcc"] is None
    assert len(other["Subject"]) < 2 * LONGEST_NAME
    text = other.get_content()
    assert LINK in text.splitlines()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text.replace("\r\n", "\n"))


def test_letters_beyond_ascii_arrive_whole() -> None:
    got = sent("review_invited", "nn", policy="Rusmiddelpolicy for Bø ungdomsskule 🚒")
    assert got["Subject"] == "Kva meiner du om utkastet «Rusmiddelpolicy for Bø ungdomsskule 🚒»?"
    assert "Åse Ødegård" in got.get_content()
    assert got["Content-Language"] == "nn-NO"


def test_the_same_letter_has_the_same_id() -> None:
    assert sent("sign_in")["Message-ID"] == f"<{'a' * 26}@example.no>"
    made = message("b" * 26, Contents("a@b.no", "s", "t"), "nb", "", datetime(2026, 11, 22, tzinfo=UTC))
    assert (made["Message-ID"], made["From"]) == (f"<{'b' * 26}@localhost>", NOBODY)


@pytest.mark.parametrize(
    ("typed", "address"),
    [(" ola@example.no ", "ola@example.no"), ("o'la+x@bø.no", "o'la+x@xn--b-5ga.no"), ("a@localhost", "a@localhost")],
)
def test_an_address_as_servers_write_it(typed, address) -> None:
    assert mail_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "ola", "@x.no", "ola@", "ola@x..no", "øla@x.no", "a@b.no\nBcc: c@d.no", "a b@x.no", "a@b.no, c@d.no", "a@" + "x" * 64 + ".no",
     "a" * 65 + "@x.no", "a..b@x.no", '"a"@x.no', "a@[127.0.0.1]", "a@b@c.no", "<a@b.no>", "a@-b.no", "a@b.no\x00"],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_quoting_it(typed) -> None:
    with pytest.raises(ValueError, match=r"^this is no e-mail address$"):
        mail_address(typed)


def test_what_is_sealed_opens_with_the_same_secret_alone() -> None:
    contents = Contents("ola@example.no", "Æ", "Ø\nÅ 🚒")
    sealed = encrypt(contents, "k" * 40)
    assert decrypt(sealed, "k" * 40) == contents
    assert encrypt(contents, "k" * 40) != sealed
    for bad, secret in ((sealed, "j" * 40), (sealed[:-2], "k" * 40), (b"", "k" * 40)):
        with pytest.raises(DecryptionError):
            decrypt(bad, secret)


def received(sender: str) -> tuple[str, str]:
    """The sender as a mail program reads it in the bytes of a letter."""
    made = message("a" * 26, Contents("ola@example.no", "S", "T"), "nb", sender, datetime(2026, 11, 22, tzinfo=UTC))
    (found,) = message_from_bytes(made.as_bytes(), policy=SMTP)["From"].addresses
    return found.display_name, found.addr_spec


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("HR [x] <hr@example.no>", "HR [x]"), ("HR, Vik kommune <hr@example.no>", "HR, Vik kommune"), ('"HR, Vik" <hr@example.no>', "HR, Vik"),
        ("Ås & Sønn (HR) <hr@example.no>", "Ås & Sønn (HR)"), ("HR: x; y <hr@example.no>", "HR: x; y"), ("hr@vik.no <hr@example.no>", "hr@vik.no"),
        ('Vi "i HR" <hr@example.no>', 'Vi "i HR"'), ("HR \\\\ Vik <hr@example.no>", "HR \\\\ Vik"), ("hr@example.no", ""), ("<hr@example.no>", ""),
        ("A. B. <hr@example.no>", "A. B."), ("HR  i  Vik <hr@example.no>", "HR i Vik"), ("x" * 200 + " <hr@example.no>", "x" * 200),
    ],
)  # fmt: skip
def test_a_sender_is_quoted_as_it_must_be(sender, name) -> None:
    assert received(_sender("RUSOFF_MAIL_FROM", sender)) == (name, "hr@example.no")


@pytest.mark.parametrize(
    "sender", ["HR <hr@x.no", "HR hr@x.no>", "A <b@x.no> <c@x.no>", "HR\nBcc: <hr@x.no>\nx", "HR \x00 <hr@x.no>", "=?utf-8?q?x?= <hr@x.no>"]
)
def test_a_sender_that_cannot_be_sent_is_refused_at_the_start(sender) -> None:
    with pytest.raises(ConfigError, match="must be a sender such as"):
        _sender("RUSOFF_MAIL_FROM", sender)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=120) | st.text("åÅx,.:;()[]@\\\"'=?_ -", max_size=90))
def test_whatever_starts_can_send(name: str) -> None:
    try:
        sender = _sender("RUSOFF_MAIL_FROM", f"{name} <hr@example.no>")
    except ConfigError:
        return
    shown, address = received(sender)
    assert address == "hr@example.no"
    plain = " ".join(name.split())
    assert shown in (plain, plain[1:-1].replace('\\"', '"').replace("\\\\", "\\"))
