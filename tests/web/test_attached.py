"""A file has its own name where a program can show it, and the nearest one elsewhere."""

from __future__ import annotations

import pytest
from werkzeug.http import parse_options_header

from app.web.files import in_ascii
from tests.conftest import start_policy


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Spørreskjema - Ærø Ås.docx", "Sporreskjema - Aero As.docx"),
        ("Sámi Đorđe Łódź ß.pdf", "Sami Dorde Lodz ss.pdf"),
        ("a – b — «c».docx", "a - b - _c_.docx"),
        ('en "to" \\ tre.docx', "en 'to' _ tre.docx"), ("日本.docx", "__.docx"), ("Løp\r\nX: y.docx", "Lop__X: y.docx"),
    ],
)  # fmt: skip
def test_a_name_in_ascii_has_no_holes(name, plain) -> None:
    assert in_ascii(name) == plain


def test_both_names_are_sent(client) -> None:
    id = start_policy(client, {"workplace_name": 'Sørøya "Fisk" & æ; filename=x'})
    for file in ("policy.docx", "questionnaire.docx"):
        header = client.get(f"/nb/policies/{id}/documents/{file}").headers["Content-Disposition"]
        header.encode("ascii")
        kind, options = parse_options_header(header)
        assert kind == "attachment"
        assert "Sørøya" in options["filename"]
        assert "Soroya" in header
