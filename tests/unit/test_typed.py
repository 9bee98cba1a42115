"""What people type: dates, times, numbers and addresses as they write them, and what is said of those that cannot be read."""

from __future__ import annotations

import pytest

from app.ui_texts import the_words
from app.values.email_address import bare_address, mail_address
from app.values.parsing import date_fault, read_date, read_number, read_time, show_date
from app.values.web_address import is_address, is_place, links_in, read_address, target_of


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("12.3.2027", "2027-03-12"),
        ("12.03.27", "2027-03-12"),
        ("12/3-2027", "2027-03-12"),
        ("12 3 2027", "2027-03-12"),
        ("12032027", "2027-03-12"),
        ("2027-03-12", "2027-03-12"),
        ("12. mars 2027", "2027-03-12"),
        ("12 March 2027", "2027-03-12"),
        (" 1.desember 2026 ", "2026-12-01"),
        ("1,12,2027", "2027-12-01"),
        ("01,12,27", "2027-12-01"),
        ("011227", "2027-12-01"),
        ("20271201", "2027-12-01"),
        ("12.mars-28", "2028-03-12"),
        ("12mars28", "2028-03-12"),
        ("01.12.2027.", "2027-12-01"),
        ("1.12 .2027", "2027-12-01"),
        ("1–12–2027", "2027-12-01"),
        ("1.\u00a0desember\u2009'27", "2027-12-01"),
        ("0\u200b1.12.2\u200d027\ufeff", "2027-12-01"),
        ("\u202a01.12.2027\u202c", "2027-12-01"),
        ("onsdag 1. desember 2027", "2027-12-01"),
        ("onsdag den 1. des. 2027", "2027-12-01"),
        ("the 1st of December 2027", "2027-12-01"),
        ("December 1, 2027", "2027-12-01"),
        ("2027/12/1", "2027-12-01"),
        ("1·12·2027", "2027-12-01"),
        ("1\\12\\2027", "2027-12-01"),
        ("2027-12-01T00:00:00", "2027-12-01"),
        ("2027-12-01T10:00", None),
        ("2027-12-01 00:00:00", "2027-12-01"),
        ("2027-12-01T00:00:00.000+01:00", "2027-12-01"),
        ("2027-12-01 10:00:00", None),
        ("1." + " " * 900 + "12.2027", "2027-12-01"),
        ("1." + " " * 2000 + "12.2027", None),
        ("0112270", None),
        ("1.12.2027 kl. 10", None),
        ("1.12.2027-2.12.2027", None),
        ("1.12.", None),
        ("²", None),
        ("1.12.²", None),
        ("29.2.2027", None),
        ("31.11.2026", None),
        ("12.13.2027", None),
        ("mars", None),
        ("12.03.0227", None),
        ("0.0.0", None),
        ("12. foo 2027", None),
    ],
)
def test_dates_are_read_as_people_write_them(words, stored) -> None:
    assert read_date(words) == stored
    if stored:
        assert read_date(show_date(stored)) == stored


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("12. mars", "error_date_year"), ("12.03", "error_date_year"), ("1,12.", "error_date_year"), ("tirsdag 12/3", "error_date_year"),
        ("mars 2027", "error_date_day"), ("03.2027", "error_date_day"), ("2027-03", "error_date_day"), ("mars, 2027", "error_date_day"),
        ("2027", "error_date_whole"), ("mars", "error_date_whole"), ("12", "error_date_whole"),
        ("31.02.2027", "error_date"), ("i går", "error_date"), ("x" * 5000, "error_date"), ("12.03.20277", "error_date"),
    ],
)  # fmt: skip
def test_a_date_that_is_refused_says_what_is_missing(words, missing) -> None:
    assert (read_date(words), date_fault(words)) == (None, missing)
    assert set(the_words()[missing]) >= {"nb", "nn", "en"}


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("18", "18.00"),
        ("1800", "18.00"),
        ("18:30", "18.30"),
        ("kl. 9.05", "09.05"),
        ("18,00", "18.00"),
        ("kl. 18", "18.00"),
        ("klokka 18", "18.00"),
        ("Kl: 18.30", "18.30"),
        ("18.00.", "18.00"),
        ("18 . 30", "18.30"),
        ("18 30", "18.30"),
        ("830", "08.30"),
        ("18;00", "18.00"),
        ("18h30", "18.30"),
        ("18 h", "18.00"),
        ("18:30:00", "18.30"),
        ("1\u200b8:00", "18.00"),
        ("6 pm", "18.00"),
        ("6.30 p.m.", "18.30"),
        ("12 am", "00.00"),
        ("13 pm", None),
        ("18-20", None),
        ("18" + " " * 2000, None),
        ("24.00", None),
        ("9.60", None),
        ("kveld", None),
    ],
)
def test_times_are_read_as_people_write_them(words, stored) -> None:
    assert read_time(words) == stored


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("3", 3),
        ("1 000", 1000),
        ("-2", -2),
        ("−2", -2),
        ("+2", 2),
        ("1\u202f000", 1000),
        ("1.000", 1000),
        ("1'000", 1000),
        ("2,0", 2),
        ("2.0", 2),
        ("2.", 2),
        ("\u200b2", 2),
        ("1.000.000", 1000000),
        ("1,000", None),
        ("1 00", None),
        ("10.00.0", None),
        ("3,5", None),
        ("tre", None),
        ("9" * 30, None),
        ("²", None),
    ],
)
def test_numbers_are_whole(words, stored) -> None:
    assert read_number(words) == stored


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("www.akan.no/policy", "https://www.akan.no/policy"),
        ("http://intranett.example.no:8080/a?b=c#d", "http://intranett.example.no:8080/a?b=c#d"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("http://intranett/hms", "http://intranett/hms"),
        ("https://intranett", "https://intranett"),
        ("http://intranett:8080/hms", "http://intranett:8080/hms"),
        ("http://10.0.0.5/hms", "http://10.0.0.5/hms"),
        ("Https://a.no/x", "Https://a.no/x"),
        ("<https://a.no/x>", "https://a.no/x"),
        ("«a.no/x»", "https://a.no/x"),
        ('"S:\\HMS"', "S:\\HMS"),
        ("a.no:8080/x", "https://a.no:8080/x"),
        (
            "https://f.sharepoint.com/sites/HMS/Delte dokumenter/Rutine rus.docx",
            "https://f.sharepoint.com/sites/HMS/Delte%20dokumenter/Rutine%20rus.docx",
        ),
        ("f.sharepoint.com/Delte\u00a0dokumenter", "https://f.sharepoint.com/Delte%20dokumenter"),
        ("https://a.no/w/Rus_(middel)", "https://a.no/w/Rus_(middel)"),
        ("https://a.no/{b}|c'd!", "https://a.no/{b}|c'd!"),
        ("https://blåbær.no/ø", "https://blåbær.no/ø"),
        ("https://\u200ba.no/\u200bx", "https://a.no/x"),
        ("\\\\srv\\hms\\rutine rus.docx", "\\\\srv\\hms\\rutine rus.docx"),
        ("S:\\Felles\\HMS", "S:\\Felles\\HMS"),
        ("https://a.no/x og https://b.no", None),
        ("https://a.no:99999/", None),
        ("https://kari@a.no/", None),
        ("intranett", None),
        ("http://", None),
        ("file:javascript", None),
        ("to ord.no", None),
        ("https://a.no/<b>", None),
        ("//a.no", None),
        ("https://a.no,", "https://a.no"),
        ("(https://a.no/x);", "https://a.no/x"),
        ("10.0.0.5/hms", "https://10.0.0.5/hms"),
        ("12.3.2027", None),
        ("3.5/10", None),
    ],
)
def test_addresses_are_web_addresses(words, stored) -> None:
    assert read_address(words) == stored
    assert stored is None or is_address(stored) or is_place(stored)


@pytest.mark.parametrize(
    "typed",
    [
        "Nordmann, Kari <kari@example.no>", "kari@example.no;", "kari@example.no,", "kari@example.no.", "mailto:kari@example.no",
        "Mailto: kari@example.no",
        "«kari@example.no»", "E-post: kari@example.no", "smtp:kari@example.no", "kari@example.no:",
        "<kari@example.no>", "Kari Nordmann <kari@example.no>;", "Nordmann, Kari [mailto:kari@example.no]", "'kari@example.no'", '"kari@example.no"',
        "kari@example.no <mailto:kari@example.no>", "mailto:kari@example.no?subject=Hei", "kari\u200b@example.no", "\u00a0kari@example.no\u2009",
        "Kari Nordmann (kari@example.no)", "'Nordmann, Kari' <kari@example.no>, ", "\u202akari@example.no\u202c", "kari@example.no\u00ad",
        "‹kari@example.no›", "kari@example.no‚", "mailto:kari%40example.no", "mailto:%6Bari@example.no?subject=Hei",
    ],
)  # fmt: skip
def test_an_address_is_read_as_a_mail_program_copies_it(typed) -> None:
    assert mail_address(bare_address(typed)) == "kari@example.no"


@pytest.mark.parametrize(
    "typed",
    [
        "a@x.no; b@x.no",
        "A <a@x.no>; B <b@x.no>",
        "a@x.no; B <b@x.no>",
        "a@x.no <b@x.no>",
        "Kari",
        "",
        "<>",
        "mailto:",
        "a@x.no\nBcc: c@d.no",
        "mailto:a@x.no%0ABcc:c@d.no",
        "a@x.no†",
        "a@x.no/b",
        "x" * 5000,
    ],
)
def test_of_two_addresses_or_none_nothing_is_chosen(typed) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        mail_address(bare_address(typed))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("https://a.no/ø?å=æ#ø", "https://a.no/%C3%B8?%C3%A5=%C3%A6#%C3%B8"),
        ("https://a.no/%C3%B8/100%", "https://a.no/%C3%B8/100%25"),
        ("https://blåbær.no/ø", "https://xn--blbr-roah.no/%C3%B8"),
        ("Https://A.no/x", "https://A.no/x"),
        ("https://a.no/{b}|c'd(e)f!", "https://a.no/%7Bb%7D%7Cc'd(e)f!"),
        ("https://a.no/a%20b", "https://a.no/a%20b"),
        ("http://intranett:8080/hms", "http://intranett:8080/hms"),
        ("http://[::1]:80/x[1]", "http://[::1]:80/x%5B1%5D"),
        ("https://a.no?q=ø", "https://a.no?q=%C3%B8"),
        ("https://" + "æ" * 70 + ".no/", "https://" + "%C3%A6" * 70 + ".no/"),
    ],
)
def test_a_link_points_at_what_was_typed_encoded_once(address, target) -> None:
    assert target_of(address) == target
    assert target_of(target) == target
    assert target.isascii()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Les https://a.no/hms.", ["https://a.no/hms"]),
        ("Les (https://a.no/hms), så", ["https://a.no/hms"]),
        ("Se https://a.no/w/Rus_(middel).", ["https://a.no/w/Rus_(middel)"]),
        ("(se https://a.no/w/Rus_(middel))", ["https://a.no/w/Rus_(middel)"]),
        ("«https://a.no/x» og Https://b.no/y!", ["https://a.no/x", "Https://b.no/y"]),
        ("https://a.no/x)", ["https://a.no/x)"]),
        ("https://a.no/x!", ["https://a.no/x!"]),
        ("https://a.no/x.", ["https://a.no/x"]),
        ("https://a.no/'x'", ["https://a.no/'x'"]),
        ("https://a.no/x|y", ["https://a.no/x|y"]),
        ("les https://a.no/x|y, https://b.no/{c}/d og https://c.no/e'f", ["https://a.no/x|y", "https://b.no/{c}/d", "https://c.no/e'f"]),
        ("https://a.no/{id}", ["https://a.no/{id}"]),
        ("se https://a.no/{id}", ["https://a.no/{id}"]),
        ("http://intranett/hms og http://", ["http://intranett/hms"]),
        ("a <https://a.no/x> b", ["https://a.no/x"]),
        ("\\\\srv\\hms og S:\\hms", []),
        ("første https://a.no\nandre https://b.no.", ["https://a.no", "https://b.no"]),
        ("*https://a.no/x*", ["https://a.no/x"]),
        ("ftp://a.no", []),
    ],
)
def test_where_an_address_ends_in_running_text(words, found) -> None:
    assert [words[link.start : link.end] for link in links_in(words)] == found
    assert [link.target for link in links_in(words)] == [target_of(address) for address in found]
