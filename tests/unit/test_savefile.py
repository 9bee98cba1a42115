"""The answers file: there and back, and anything at all uploaded."""

import json
from base64 import b64encode, encodebytes, urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents import assemble, savefile
from app.documents.draft import Draft
from app.documents.look import Look
from app.pack.answer_parsing import TEXT_MAX
from app.pack.answers import standing
from app.pack.kinds import longest, most_rows, reader_of
from app.pack.load import the_pack
from app.pack.question import Column, Question
from app.pack.text import clean_text
from app.values.parsing import read_date

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def file(**changes: Any) -> str:
    whole = {"format": "rusoff-answers", "version": 1, "pack": "rusoff", "edition": the_pack().manifest.edition, "language": "nn", "answers": {}}
    return json.dumps(whole | changes)


def test_there_and_back() -> None:
    answers = {"workplace_name": "Ås «Bygg» & Sønn", "own_values": None, "covers": [], "event_units": 3, "risk": {"gift": {"likelihood": "l2"}}}
    text = savefile.write(the_pack(), answers, "nn", Look(b"\x89PNG", "00594f"))
    loaded = savefile.read(the_pack(), text)
    assert loaded.answers == answers
    assert (loaded.language, loaded.look, loaded.changes) == ("nn", Look(b"\x89PNG", "00594f"), ())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_json"),
        ("[1]", "not_answers"),
        ("{}", "not_answers"),
        ("[" * 100_000, "not_json"),
        (file(version=3), "newer"),
        (file(version="3"), "newer"),
        (file(version=1.5), "not_answers"),
        (file(version=True), "not_answers"),
        (file(version=None), "not_answers"),
        (file(version=0), "not_answers"),
        (file(pack="other"), "other_pack"),
        (file(answers=[]), "not_answers"),
    ],
)
def test_what_is_no_answers_file(text: str, reason: str) -> None:
    with pytest.raises(savefile.SavefileError) as refused:
        savefile.read(the_pack(), text)
    assert refused.value.reason == reason


def test_an_older_edition_tells_what_changed() -> None:
    old = {
        "workplace_name": "Vik",
        "beer_taps": 3,
        "size": "n7",
        "covers": ["employees", "horses"],
        "event_from": "kveld",
        "review_date": "2027-02-30",
    }
    loaded = savefile.read(the_pack(), file(edition="2024.3", answers=old))
    said = {(change.key, change.kind) for change in loaded.changes}
    assert {
        ("beer_taps", "question"),
        ("size.n7", "option"),
        ("covers.horses", "option"),
        ("event_from", "value"),
        ("review_date", "value"),
        ("sector", "new"),
    } <= said
    assert loaded.answers["covers"] == ["employees"]
    assert loaded.edition == "2024.3"


# Drawing JSON is slow on a busy machine; how long it takes says nothing of the product.
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(the_pack().questions)), JSON, max_size=6))
def test_any_answers_at_all_still_give_a_document(answers: dict[str, Any]) -> None:
    loaded = savefile.read(the_pack(), file(answers=answers))
    assert savefile.read(the_pack(), savefile.write(the_pack(), loaded.answers, "nb")).answers == loaded.answers
    standing(the_pack(), loaded.answers)
    assert assemble.policy(Draft(the_pack(), loaded.answers, "nn")).sections


def loaded(**answers: Any) -> savefile.Loaded:
    return savefile.read(the_pack(), file(answers=answers))


def told(found: savefile.Loaded) -> list[tuple[str, str, str, int]]:
    return [(change.key, change.kind, change.words, change.more) for change in found.changes]


@pytest.mark.parametrize(
    ("id", "given", "stored"),
    [
        ("org_number", "974 760 673", "974760673"),
        ("org_number", "NO 974\u00a0760\u00a0673 MVA", "974760673"),
        ("org_number", 974760673, "974760673"),
        ("event_units", "2", 2),
        ("event_units", 2.0, 2),
        ("event_units", " 2 ", 2),
        ("event_from", "kl. 18", "18.00"),
        ("event_from", "18:00", "18.00"),
        ("review_date", "1.12.2027", "2027-12-01"),
        ("review_date", "2027-12-01", "2027-12-01"),
        ("workplace_name", " Bo\u000bog\u2028Gård ", "Bo og Gård"),
        ("own_values", "Først\u000bså\u2028sist\u202e", "Først\nså\nsist"),
        ("covers", "employees", ["employees"]),
        ("own_links", [{"address": "www.akan.no/" + "x" * 281}], [{"address": "https://www.akan.no/" + "x" * 281}]),
        ("own_links", [{"title": "Rutine", "address": "S:\\HMS"}], [{"title": "Rutine", "address": "S:\\HMS"}]),
    ],
)  # fmt: skip
def test_a_file_is_read_as_kindly_as_a_form(id, given, stored) -> None:
    assert (loaded(**{id: given}).answers, loaded(**{id: given}).changes) == ({id: stored}, ())


def places() -> list[tuple[Question | Column, Any]]:
    """Every place for own words in the content, and what puts words there in an answers file."""
    found: list[tuple[Question | Column, Any]] = []
    for question in the_pack().questions.values():
        if question.kind in ("text", "long_text") and not question.format:
            found.append((question, lambda words, q=question: {q.id: words}))
        for column in question.columns:
            if column.kind == "text" and not column.format:
                row = question.rows[0].id if question.rows else "own_1"
                shape = (lambda record: [record]) if question.kind == "rows" else (lambda record, row=row: {row: record})
                if question.kind == "rows" or question.rows or question.own_rows:
                    found.append((column, lambda words, q=question, c=column, shape=shape: {q.id: shape({c.id: words})}))
    return found


@pytest.mark.parametrize(("asked", "put"), places(), ids=lambda one: getattr(one, "id", ""))
def test_what_is_too_long_is_named_and_told_whole(asked, put) -> None:
    most = longest(asked)
    fits = loaded(**put("æ" * most))
    assert fits.changes == ()
    assert "æ" * most in json.dumps(fits.answers, ensure_ascii=False)
    long = loaded(**put("æ" * (most + 7)))
    assert [(change.kind, change.words, change.more) for change in long.changes] == [("long", "æ" * (most + 7), 7)]
    assert "æ" not in json.dumps(long.answers, ensure_ascii=False)
    with pytest.raises(ValueError, match="error_too_long"):
        reader_of(asked)("æ" * (most + 7))


def test_every_value_that_cannot_be_used_is_told_with_its_words() -> None:
    rows = the_pack().questions["own_links"]
    found = loaded(
        org_number="974760674", review_date="12. mars", event_units="mange", workplace_name=["Bo", {"x": "Gård"}],
        gone={"a": "Ord", "b": [1, "flere"]},
        own_links=[{"title": f"n{n}", "old": "Bort"} for n in range(most_rows(rows) + 1)][-1:] * (most_rows(rows) + 1),
        risk={"no_such": {"likelihood": "l2"}},
    )  # fmt: skip
    name = f"n{most_rows(rows)}"
    assert set(told(found)) == {
        ("org_number", "value", "974760674", 0),
        ("review_date", "value", "12. mars", 0),
        ("event_units", "value", "mange", 0),
        ("workplace_name", "value", "Bo; Gård", 0),
        ("gone", "question", "Ord; 1; flere", 0),
        (f"own_links.{most_rows(rows) + 1}", "value", f"{name}; Bort", 0),
        *((f"own_links.{n + 1}.old", "option", "Bort", 0) for n in range(most_rows(rows))),
        ("risk.no_such", "option", "l2", 0),
    }
    assert len(found.answers["own_links"]) == most_rows(rows)
    assert "org_number" not in found.answers


def numbers() -> list[Question]:
    """The questions with a smallest and a largest number."""
    return [q for q in the_pack().questions.values() if q.kind == "number" and q.min is not None and q.max is not None]


@pytest.mark.parametrize("question", numbers(), ids=lambda one: one.id)
def test_the_smallest_and_the_largest_number_are_kept_and_the_next_ones_are_told(question) -> None:
    for number in (question.min, question.max):
        found = loaded(**{question.id: number})
        assert (found.answers, found.changes) == ({question.id: number}, ())
    for number in (question.min - 1, question.max + 1):
        found = loaded(**{question.id: number})
        assert (found.answers, told(found)) == ({}, [(question.id, "value", str(number), 0)])


def test_as_many_records_as_may_be_are_all_kept() -> None:
    most = most_rows(the_pack().questions["own_links"])
    found = loaded(own_links=[{"title": f"n{n}"} for n in range(most)])
    assert (len(found.answers["own_links"]), found.changes) == (most, ())


@pytest.mark.parametrize(
    ("given", "stored", "lost"),
    [
        ({"own_links": ["Bort", {"title": "Rutine"}]}, [{}, {"title": "Rutine"}], ("own_links.1", "value", "Bort", 0)),
        ({"risk": {"gift": "høy"}}, {"gift": {}}, ("risk.gift", "value", "høy", 0)),
        ({"risk": {"gift": {"likelihood": None}}}, {"gift": {"likelihood": ""}}, None),
        ({"risk": {"gift": {"likelihood": ""}}}, {"gift": {"likelihood": ""}}, None),
        ({"workplace_name": 10**15 - 1}, "9" * 15, None),
        ({"workplace_name": 10**15}, None, ("workplace_name", "value", "1" + "0" * 15, 0)),
        ({"workplace_name": [None, "", "Bo"]}, None, ("workplace_name", "value", "Bo", 0)),
        ({"size": ["Ti", "ansatte"]}, None, ("size", "value", "Ti; ansatte", 0)),
        ({"covers": [{"a": "Alle"}, "employees"]}, ["employees"], ("covers", "value", "Alle", 0)),
        ({"covers": ["x" * 90]}, [], ("covers." + "x" * 73, "option", "x" * 90, 0)),
    ],
)
def test_what_has_another_shape_than_its_place_is_told(given, stored, lost) -> None:
    found = loaded(**given)
    assert list(found.answers.values()) == ([] if stored is None else [stored])
    assert told(found) == ([lost] if lost else [])


def test_an_edition_is_shown_no_longer_than_one_is() -> None:
    assert savefile.read(the_pack(), file(edition="2" * 20)).edition == "2" * 20
    assert savefile.read(the_pack(), file(edition="2" * 30)).edition == "2" * 20


def test_a_file_from_before_the_lengths_keeps_the_whole_policy_and_tells() -> None:
    def read(edition: str, answers: dict[str, Any]) -> savefile.Loaded:
        return savefile.read(the_pack(), savefile.written("rusoff", edition, "nb", answers))

    old = read("2026.2", {"workplace_name": "Solbakken", "size": "n1_4"})
    assert old.answers["length"] == "full"
    assert savefile.LoadChange("length", "later") in old.changes
    assert "length" not in read(the_pack().manifest.edition, {"size": "n1_4"}).answers
    assert read("2026.2", {"length": "policy"}).answers["length"] == "policy"
    assert read("2026.2", {}).answers == {}


def test_more_than_can_be_told_is_counted() -> None:
    found = loaded(**{f"gone_{n}": "x" for n in range(205)})
    assert (len(found.changes), found.untold) == (200, 5)


def test_more_choices_than_may_be_made_are_told() -> None:
    several = next(q for q in the_pack().questions.values() if q.kind == "choices" and q.max)
    ids = [option.id for option in several.options if option.id != "none"]
    found = loaded(**{several.id: ids})
    assert found.answers[several.id] == ids[: several.max]
    assert [change.key for change in found.changes] == [f"{several.id}.{id}" for id in ids[several.max :]]


@pytest.mark.parametrize("version", ["1", 1.0, " 1 "])
def test_a_version_is_read_as_a_number(version) -> None:
    assert savefile.read(the_pack(), file(version=version)).language == "nn"


WORDS = "Blåbærøya – «Ås» Æ Ø Å é"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"])
def test_a_file_in_an_encoding_that_can_be_told_is_read(encoding) -> None:
    text = json.dumps(json.loads(file(answers={"workplace_name": WORDS})), ensure_ascii=False)
    assert savefile.load(the_pack(), text.encode(encoding)).answers == {"workplace_name": WORDS}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_wide_file_may_begin_with_a_line_break(encoding) -> None:
    text = json.dumps(json.loads(file(answers={"workplace_name": WORDS})), ensure_ascii=False)
    assert savefile.load(the_pack(), f"\r\n{text}".encode(encoding)).answers == {"workplace_name": WORDS}


@pytest.mark.parametrize("words", [WORDS, "“Ø” – Ý à í ý Ï", "Čáhci", "blåbær"])
def test_a_file_that_was_taken_for_windows_1252_and_written_anew_is_mended(words) -> None:
    text = json.dumps(json.loads(file(answers={"workplace_name": words})), ensure_ascii=False)
    taken = "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in text.encode())
    assert savefile.load(the_pack(), taken.encode("utf-8-sig")).answers == {"workplace_name": words}


def test_letters_that_are_only_like_that_are_kept() -> None:
    text = json.dumps(json.loads(file(answers={"workplace_name": "Ã¸ og ø"})), ensure_ascii=False)
    assert savefile.load(the_pack(), text.encode()).answers == {"workplace_name": "Ã¸ og ø"}


@pytest.mark.parametrize(
    "content",
    ["Blåbærøya".encode("cp850"), "Ærlig".encode("cp865"), "kødbolle".encode("cp037"), b"\xe9", "Привет".encode("cp1251"), b"\xe6\xbe",
     b"\xff\xfe\x00",
     "æ".encode() + b"\xe6", "æ".encode("utf-16-le")[:1] + b"\xff"],
)  # fmt: skip
def test_a_file_whose_encoding_cannot_be_told_is_refused(content) -> None:
    whole = file(answers={"workplace_name": "@"}).encode().replace(b"@", content) if not content.startswith(b"\xff\xfe") else content
    with pytest.raises(savefile.SavefileError, match="encoding"):
        savefile.load(the_pack(), whole)


PICTURE = bytes(range(256)) * 3


@pytest.mark.parametrize(
    "written",
    [
        b64encode(PICTURE).decode(), encodebytes(PICTURE).decode(), urlsafe_b64encode(PICTURE).decode(), b64encode(PICTURE).decode().rstrip("="),
        f"data:image/png;base64,{b64encode(PICTURE).decode()}", "data:image/svg+xml;charset=utf-8;base64,\r\n" + encodebytes(PICTURE).decode(),
    ],
)  # fmt: skip
def test_a_logo_is_read_however_its_base64_is_written(written) -> None:
    found = savefile.read(the_pack(), file(logo=written))
    assert (found.look.logo, found.changes) == (PICTURE, ())


@pytest.mark.parametrize("written", ["not base64!", "a", ["x"], {"a": 1}, 7, True, "data:image/png,abc=d"])
def test_a_logo_that_cannot_be_read_is_told(written) -> None:
    found = savefile.read(the_pack(), file(logo=written))
    assert (found.look.logo, [change.kind for change in found.changes]) == (None, ["logo"])


def test_a_logo_that_is_too_large_is_handed_on_to_be_told() -> None:
    content = b"x" * (savefile.MAX_LOGO + 1)
    assert savefile.read(the_pack(), file(logo=b64encode(content).decode())).look.logo == content


WORDS_OR_NUMBER = st.text(max_size=12) | st.integers(-(10**6), 10**6) | st.sampled_from(["x" * 300, "y" * 6000])
VALUE = st.recursive(
    WORDS_OR_NUMBER, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5), max_leaves=20
)


@st.composite
def foreign_answers(draw: Any) -> dict[str, Any]:
    """Answers in the right shape and in any other, with words of any length, more records than may be, and rows and columns that nobody knows."""
    found: dict[str, Any] = {}
    for id in draw(st.lists(st.sampled_from([*sorted(the_pack().questions), "gone"]), unique=True, min_size=1, max_size=4)):
        question = the_pack().questions.get(id)
        if question is None or not question.columns or draw(st.booleans()):
            found[id] = draw(VALUE)
            continue
        cells = st.dictionaries(st.sampled_from([*(column.id for column in question.columns), "label", "gone"]), VALUE, max_size=3)
        rows = [*(row.id for row in question.rows), "own_1", "no_such"]
        of_rows = draw(st.lists(cells, max_size=3)) * draw(st.sampled_from([1, 1, 30]))
        found[id] = of_rows if question.kind == "rows" else draw(st.dictionaries(st.sampled_from(rows), cells, max_size=3))
    return found


def words_in(value: Any) -> list[str]:
    """Everything written in a value, without white space."""
    if isinstance(value, dict | list):
        return [words for one in (value.values() if isinstance(value, dict) else value) for words in words_in(one)]
    return [words] if (words := "".join(clean_text(str(value)).split())) else []


def is_bounded(question: Question, value: Any) -> bool:
    """Whether a stored answer is no longer than its question takes."""
    if question.columns:
        records = value if question.kind == "rows" else list((value or {}).values())
        columns = {column.id: column for column in question.columns}
        fits = all(
            len(words) <= (longest(columns[id]) if id in columns and not columns[id].format else 500) for r in records for id, words in r.items()
        )
        return fits and (question.kind != "rows" or len(records) <= most_rows(question))
    if question.kind == "choices":
        return len(value) <= min(question.max or len(question.options), len(question.options))
    return len(str(value)) <= (longest(question) if question.kind in ("text", "long_text") else 80)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(foreign_answers())
def test_what_is_read_is_bounded_and_nothing_goes_unsaid(answers: dict[str, Any]) -> None:
    found = savefile.read(the_pack(), file(answers=answers))
    assert len(found.changes) <= savefile.MAX_CHANGES
    assert all(is_bounded(the_pack().questions[id], value) for id, value in found.answers.items())
    if found.untold:
        return
    told_of = "".join("".join(f"{change.key} {change.words}".split()) for change in found.changes)
    for id, given_ in answers.items():
        stands = told_of + "".join(words_in(found.answers.get(id)))
        assert [words for words in words_in(given_) if words not in stands and (read_date(words) or words) not in stands] == [], id


@st.composite
def as_stored(draw: Any, asked: Question | Column) -> Any:
    """What the wizard may have stored for own words, a number, a date or an address, typed by anybody."""
    if asked.kind in ("choice", "choices"):
        ids = [option.id for option in asked.options]
        return draw(st.sampled_from(["", *ids])) if asked.kind == "choice" else draw(st.sampled_from([[], ids[:1], ids[1:2]]))
    samples = {"url": ["www.a.no/ø {x}|", "S:\\HMS", "http://intranett"], "orgnr": ["974 760 673"], "time": ["kl. 18"]}
    kinds = {"date": ["1.12.27"], "number": [str(getattr(asked, "min", 0) or 0)]}
    whole = samples.get(asked.format or "") or kinds.get(asked.kind)
    words = clean_text(draw(st.sampled_from(whole) if whole else st.text(max_size=TEXT_MAX // 4)))
    try:
        return reader_of(asked)(words) if words.strip() else ""
    except ValueError:
        return ""


@st.composite
def wizard_answers(draw: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for id in draw(st.lists(st.sampled_from(sorted(the_pack().questions)), unique=True, max_size=8)):
        question = the_pack().questions[id]
        if question.columns:
            records = [{column.id: draw(as_stored(column)) for column in question.columns} for _ in range(draw(st.integers(0, 3)))]
            ids = [row.id for row in question.rows] + [f"own_{n + 1}" for n in range(question.own_rows)]
            found[id] = records if question.kind == "rows" else dict(zip(ids, records, strict=False))
        else:
            found[id] = draw(st.none() | as_stored(question))
    return found


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(wizard_answers())
def test_what_the_app_writes_it_reads_back_in_full(answers: dict[str, Any]) -> None:
    text = savefile.write(the_pack(), answers, "nb", Look(PICTURE, "00594f"))
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16"), text.replace("\n", "\r\n").encode()):
        found = savefile.load(the_pack(), content)
        assert (found.answers, found.changes, found.untold, found.look) == (answers, (), 0, Look(PICTURE, "00594f"))


@pytest.mark.parametrize(("written", "colour"), [("#00594F", "00594f"), ("0a5", "00aa55"), ("", ""), (None, "")])
def test_a_colour_is_read_however_it_is_written(written, colour) -> None:
    found = savefile.read(the_pack(), file(colour=written))
    assert (found.look.colour, found.changes) == (colour, ())


@pytest.mark.parametrize("written", ["green", "#00594", 7, ["#00594f"]])
def test_a_colour_that_cannot_be_read_is_told(written) -> None:
    found = savefile.read(the_pack(), file(colour=written))
    assert (found.look.colour, [change.kind for change in found.changes]) == ("", ["colour"])
