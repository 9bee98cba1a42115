"""The page of documents tells how long the policy is at each length, at once, and leads to where the length is chosen."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.documents import measure
from app.downloads import lengths
from app.models.db import db
from app.models.policy import Policy
from app.pack.text import LANGUAGES
from app.services.revision_cache import RevisionCache
from tests.conftest import start_policy
from tests.reading import Browser
from tests.web.test_pages import address

SMALL = {"workplace_name": "Solbakken", "size": "n5_9", "sector": "office"}


def shown(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index('id="length"') : page.index('id="more"')]))


def test_each_length_is_shown_with_pages_and_words_and_the_suggested_one_is_chosen(client: Browser) -> None:
    id = start_policy(client, SMALL)
    said = shown(client.get(address(id, "documents")).text)
    found = [
        (name, int(words))
        for name, words in re.findall(r"(Kjøreregler|Policy med rutiner|Policy) (?:Valgt )?Utkast Sider: omtrent \d+\. Ord: (\d+)\.", said)
    ]
    assert [name for name, _ in found] == ["Kjøreregler", "Policy", "Policy med rutiner"]
    assert found[0][1] < found[1][1] < found[2][1]
    assert "Policy Valgt Utkast" in said
    assert f"/nb/policies/{id}/references/length#q-length" in client.get(address(id, "documents")).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_speak_the_language_of_the_screen(client: Browser, language: str) -> None:
    id = start_policy(client, SMALL)
    chosen = {"nb": "Valgt", "nn": "Vald", "en": "Chosen"}[language]
    assert chosen in shown(client.get(address(id, "documents", language)).text)


def test_they_are_reckoned_once_until_somebody_saves(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    id, made = start_policy(client, SMALL), []

    def counted(draft):  # type: ignore[no-untyped-def]
        made.append(draft)
        return measure.measured(draft)

    monkeypatch.setattr(lengths, "measured", counted)
    for _ in range(2):
        client.get(address(id, "documents"))
    assert len(made) == 1
    with client.application.app_context():
        policy = db.session.get(Policy, id)
        assert policy
        policy.answer({"length": "full"})
        db.session.commit()
    assert "Policy med rutiner Valgt" in shown(client.get(address(id, "documents")).text)
    assert len(made) == 2


def test_another_language_of_the_documents_is_reckoned_anew(client: Browser) -> None:
    id = start_policy(client, SMALL)
    before = re.findall(r"Ord: (\d+)", shown(client.get(address(id, "documents")).text))
    assert client.post(address(id, "documents"), data={"document_language": "en"}).status_code == 303
    assert re.findall(r"Ord: (\d+)", shown(client.get(address(id, "documents")).text)) != before


def test_every_cache_forgets_a_deleted_draft(app: Flask, client: Browser) -> None:
    id = start_policy(client, SMALL)
    client.get(address(id, "documents"))
    client.get(address(id, "check"))
    client.get(address(id, ""))
    assert all(id in cache._kept for cache in RevisionCache.all)
    assert client.post(address(id, "delete")).status_code == 303
    assert not any(id in cache._kept for cache in RevisionCache.all)
