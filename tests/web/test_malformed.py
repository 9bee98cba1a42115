"""Whatever is sent, no answer is a 5xx. With TEST_THOROUGHLY, as in `make check`, 10,000 requests are tried; always the same ones."""

from __future__ import annotations

import io
import json
import os
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app

from app.documents.outputs import files_from
from app.pack.load import the_pack
from app.pack.text import LANGUAGES
from app.web.security import HEADERS, KEY
from tests.conftest import browser, empty, start_policy
from tests.every_field import form_of, savefile
from tests.unit.solve import full

MANY = 10_000 if "TEST_THOROUGHLY" in os.environ else 400
FIVE = 5
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
ID, TOKEN, FINGERPRINT = "{id}", "{token}", "{fingerprint}"  # put in when the request is sent, as they are at that moment
QUICK = (*(name for name in files_from(the_pack(), "draft") if not name.endswith(".pdf")), "answers.json", "policy.exe", "..%2fpolicy.docx")


@dataclass
class Request:
    """One request, as bytes on the wire would give it."""

    method: str
    path: str
    query: str = ""
    type: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


IDS = st.sampled_from(
    [ID] * 30 + ["a" * 26, str(2**70), "..%2f..", "\x00", "%00", "A" * 26, "{id}x", "🙂", "\xff\xfe", "' OR 1=1 --", "-1", "a" * 5000]
)
ODD = st.one_of(st.sampled_from(["..", "%2e%2e", "/", "//", "\\", "\x00", "%ff", ";", "{{7*7}}", "null", "0", "é" * 300]), st.text(max_size=12))
PLACES = st.sampled_from([f"{step}/{page}" for step, page in the_pack().pages])
VIEWS = st.sampled_from(["", "check", "control", "preview", "documents", "answers.json", "continue", "delete", "logo"])
FILES = st.sampled_from([f"documents/{name}" for name in QUICK])
TAILS = st.one_of(PLACES, PLACES, PLACES, VIEWS, FILES, ODD, st.tuples(ODD, ODD).map("/".join))
SCREENS = st.sampled_from([*LANGUAGES, *LANGUAGES, "no", "..", "NB", "\x00", ""])
OTHERS = st.one_of(
    st.sampled_from(
        ["/", "/healthz", "/readyz", "/static/lock.json", "/static/../app.py", "/static/%2e%2e/config.py", "/static/\x00", "//evil.example/nb"]
    ),
    st.tuples(SCREENS, st.sampled_from(["", "/", "/policies", "/policies/from-file", "/privacy", "/questions.docxx"])).map("".join).map("/{}".format),
    st.tuples(SCREENS, ODD).map(lambda pair: f"/{pair[0]}/continue/{pair[1]}"),
    ODD.map("/{}".format),
)
PATHS = st.one_of(st.tuples(SCREENS, IDS, TAILS).map(lambda parts: "/{}/policies/{}/{}".format(*parts)), OTHERS)

QUESTIONS = list(the_pack().questions)
NAMES = st.one_of(
    st.sampled_from([*QUESTIONS, "asked", "add", "remove", "to", "return", "fingerprint", "form", "document_language", "example", "logo", "answers"]),
    st.tuples(st.sampled_from(QUESTIONS), st.sampled_from(["undecided", "0-name", "own_1-label", "99999999999-name", "-", "0", "own_1"])).map(
        "-".join
    ),
    st.sampled_from(QUESTIONS).map("keep-{}".format),
    st.text(max_size=6),
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "undecided", "yes", "none", "stored", "mine", "nb", "x" * 6000, "9" * 5000, "\x00\x0b", "2026-02-30", "²", "٣", "1e9", "-1", "\ud800"]
    ),
    st.sampled_from(QUESTIONS).map("{}-".format).map(lambda name: name + "9" * 5000),
    st.sampled_from(QUESTIONS),
    st.text(max_size=20),
)
PAIRS = st.lists(st.tuples(NAMES, VALUES), max_size=12)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=8,
)


def quoted(pairs: list[tuple[str, str]]) -> bytes:
    """Pairs as a form, badly quoted: only what would end a pair is."""
    safe = [(name.replace("&", "%26"), value.replace("&", "%26")) for name, value in pairs]
    return "&".join("=".join(pair) for pair in safe).encode("utf-8", "surrogatepass")


def parts(pairs: list[tuple[str, str]], end: str = "--b--\r\n", extra: str = "") -> bytes:
    """Pairs as multipart, ended or not, each with `extra` beside its name."""
    head = '--b\r\nContent-Disposition: form-data; name="{}"{}\r\n\r\n{}\r\n'
    return ("".join(head.format(name.replace('"', ""), extra, value) for name, value in pairs) + end).encode("utf-8", "surrogatepass")


TOKENS = st.sampled_from([("csrf_token", TOKEN)] * 5 + [("csrf_token", "x"), ("csrf_token", ""), ("x", "y")])
SIGNED = st.tuples(TOKENS, PAIRS).map(lambda both: [both[0], *both[1]])
ENDS = st.sampled_from(["--b--\r\n", "--b--\r\n", "", "--b", "--c--", "--b\r\n\r\n"])
EXTRAS = st.sampled_from(
    ["", "", '; filename="x.json"', "; filename*=UTF-8''%ff", '"\r\nContent-Type: text/html; charset=bogus', '"\r\nContent-Transfer-Encoding: base64']
)
LARGE = [(f"f{n}", "x") for n in range(3000)]
ANSWERS = st.dictionaries(st.sampled_from(QUESTIONS), JSON, max_size=4)
TYPES = [
    f"{FORM}; charset=utf-7",
    f"{FORM}; charset=\xff",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "text/plain",
    "",
    "\xff/\xff",
    "a" * 3000,
]
MASSES = [
    (FORM, quoted([("csrf_token", TOKEN), *LARGE])),
    (MULTIPART, parts([("csrf_token", TOKEN), *LARGE])),
    (FORM, b"csrf_token={token}&a=" + b"x" * 1100000),
]
BODIES = st.one_of(
    st.tuples(st.just(FORM), SIGNED.map(quoted)),
    st.tuples(st.just(MULTIPART), st.builds(parts, SIGNED, ENDS, EXTRAS)),
    st.tuples(st.just(MULTIPART), ANSWERS.map(lambda given: answers_file(savefile(answers=given)))),
    st.tuples(st.just(MULTIPART), JSON.map(lambda value: answers_file(json.dumps(value).encode()))),
    st.sampled_from(MASSES),
    st.tuples(
        st.sampled_from(["application/json", "application/json; charset=utf-32", "text/json"]),
        st.sampled_from([b"0", b'"x"', b"[1,2]", b"{", b"null", b"\xff"]),
    ),
    st.tuples(st.sampled_from(TYPES), SIGNED.map(quoted)),
)


def answers_file(content: bytes) -> bytes:
    """A form with a file of answers in it."""
    head = '--b\r\nContent-Disposition: form-data; name="answers"; filename="a.json"\r\n\r\n'
    return parts([("csrf_token", TOKEN)], end=head) + content + b"\r\n--b--\r\n"


WORDS = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n"), max_size=30)
FIELDS = [
    *["ACCEPT_LANGUAGE", "ACCEPT", "RANGE", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IF_RANGE", "REFERER", "ORIGIN", "X_AUTOSAVE", "X_FORWARDED_FOR"],
    *["X_FORWARDED_HOST", "X_HTTP_METHOD_OVERRIDE", "AUTHORIZATION", "COOKIE", "HOST", "TRANSFER_ENCODING", "EXPECT", "X_CSRFTOKEN"],
]
KNOWN_BAD = [
    *["bytes=0-", "bytes=9-1", "bytes=-5", "bytes=a-b", "bytes=" + "0-0," * 500, "*", '"', "W/", "chunked", "no;q=nan", "nn;q=1e400, *;q=-1", "[::1"],
    *["a:b:c", "1", "Thu, 32 Foo 99999 99:99:99 GMT", "rusoff=", "rusoff=eyJ9.x.y", "rusoff=..", "a=" + "b" * 9000, "DELETE"],
]
SENT = st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.sampled_from(KNOWN_BAD), WORDS), max_size=3)
METHODS = st.sampled_from(["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get", ""])
QUERIES = st.one_of(
    st.sampled_from(["", "", "return=check", "return=//evil.example", "deleted", "v=1", "%ff=%00", "a=b" * 500]),
    st.text(st.characters(min_codepoint=33), max_size=10),
)


@st.composite
def volleys(draw: st.DrawFn) -> list[Request]:
    """One address with one set of headers, asked for in FIVE ways: drawing costs more than answering."""
    path, query, headers, pairs = draw(PATHS), draw(QUERIES), draw(SENT), draw(SIGNED)
    type, body = draw(BODIES)
    return [
        Request("GET", path, query, headers=headers),
        Request("POST", path, query, type, body, headers),
        Request("POST", path, query, FORM, quoted(pairs)),
        Request("POST", path, query, MULTIPART, parts(pairs, draw(ENDS), draw(EXTRAS)), {"X_AUTOSAVE": "1"}),
        Request(draw(METHODS), path, query, type, body, headers),
    ]


FILLED = {f"{step.id}/{page.id}": form_of(page, full(), lambda most: "Ord") for step, page in the_pack().pages.values()}


@st.composite
def saves(draw: st.DrawFn) -> list[Request]:
    """A page of questions filled in rightly, but for some fields, and sent in FIVE ways: some of them are stored."""
    place, language, headers = draw(PLACES), draw(st.sampled_from(LANGUAGES)), draw(SENT)
    path, names = f"/{language}/policies/{ID}/{place}", st.sampled_from(list(FILLED[place]))
    spoilt = dict(draw(st.lists(st.tuples(st.one_of(names, names, NAMES), VALUES), min_size=1, max_size=6)))
    typed = [(name, value) for name, values in FILLED[place].items() if name not in spoilt or name == "asked" for value in values]
    pairs = [("csrf_token", TOKEN), ("fingerprint", FINGERPRINT), *typed, *spoilt.items()]
    return [
        Request("GET", path, headers=headers),
        Request("POST", path, "", FORM, quoted(pairs)),
        Request("POST", path, "", MULTIPART, parts(pairs), headers),
        Request("POST", path, "", FORM, quoted([("fingerprint", "old"), *pairs])),
        Request("POST", path, "", FORM, quoted(pairs), {"X_AUTOSAVE": "1"}),
    ]


_FINGERPRINT = re.compile(rb'name="fingerprint" value="([0-9a-f]+)"')


class Sender:
    """A browser that holds a draft, and gets a new one when a request has deleted it."""

    def __init__(self, app: Any) -> None:
        self.app, self.client = app, browser(app)
        self.id = start_policy(self.client, full())
        self.token = self.client.token()
        self.fingerprint = b""
        self.cookie = "; ".join(f"{cookie.key}={cookie.value}" for cookie in self.client._cookies.values())

    def send(self, asked: Request) -> tuple[str, dict[str, str]]:
        body = asked.body.replace(TOKEN.encode(), self.token.encode()).replace(FINGERPRINT.encode(), self.fingerprint)
        path = asked.path.replace(ID, self.id).encode("utf-8", "surrogatepass").decode("latin-1")
        environ = create_environ(method=asked.method or "GET", input_stream=io.BytesIO(body), content_type=asked.type)
        environ |= {"REQUEST_METHOD": asked.method, "PATH_INFO": path, "QUERY_STRING": asked.query.encode("utf-8", "replace").decode("latin-1")}
        environ |= {"HTTP_COOKIE": self.cookie, **{f"HTTP_{name}": value for name, value in asked.headers.items()}}
        chunked = asked.headers.get("TRANSFER_ENCODING") == "chunked"
        environ |= {"wsgi.input_terminated": True} if chunked else {"CONTENT_LENGTH": str(len(body))}
        page, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        self.fingerprint = max(_FINGERPRINT.findall(b"".join(page)), default=self.fingerprint)
        if asked.method == "POST" and asked.path.endswith("/delete") and status.startswith("303"):
            self.id = start_policy(self.client, full())
        return status, headers


@pytest.fixture(scope="module")
def sender(the_app: Any) -> Any:
    yield Sender(the_app)
    empty(the_app)


# werkzeug leaves the files of a form that breaks off to the garbage collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@settings(max_examples=MANY // FIVE, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(volley=st.one_of(volleys(), saves()))
def test_nothing_that_is_sent_makes_the_app_fail(sender: Sender, volley: list[Request]) -> None:
    for asked in volley:
        status, headers = sender.send(asked)
        assert int(status[:3]) < 500, (status, asked)
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, asked
        location = headers.get("Location", "/")
        assert location.startswith("/"), (location, asked)
        assert not location.startswith("//"), (location, asked)


def test_the_draft_is_still_there_and_whole(sender: Sender) -> None:
    with sender.client.session_transaction() as session:
        assert session[KEY]
    assert sender.client.get(f"/nb/policies/{sender.id}/check").status_code == 200
    for name in ("policy.docx", "policy.pdf", "policy.html"):
        assert sender.client.get(f"/nb/policies/{sender.id}/documents/{name}").status_code == 200


def test_a_part_without_a_name_is_refused(app) -> None:
    body = b"--x\r\nContent-Disposition: form-data\r\n\r\nord\r\n--x--\r\n"
    answer = app.test_client().post("/nb/policies", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
