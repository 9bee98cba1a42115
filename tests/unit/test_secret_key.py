"""The secret key is written whole or not at all, and what is no key is refused."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from app import secret_key
from app.config import Config, ConfigError
from app.secret_key import SecretKeyError, kept_key, put_key

GARBAGE = [bytes(range(100, 200)), b"\x00" * 64, ("æ" * 64).encode(), b"x" * 31 + b" " + b"x" * 31, b"k" * 5000, b"", b" " * 64]


@pytest.mark.parametrize("content", GARBAGE)
def test_a_file_that_holds_no_key_is_refused_in_a_sentence_and_stays(tmp_path, content) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(ConfigError, match="secret"):
        Config(instance=tmp_path).secret()
    assert (tmp_path / "secret_key").read_bytes() == content


def test_of_many_that_begin_at_once_all_get_one_key(tmp_path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: kept_key(tmp_path / "secret_key"), range(40)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_disk_that_fills_up_leaves_no_half_key(tmp_path, monkeypatch) -> None:
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(secret_key.os, "fsync", full)
    with pytest.raises(SecretKeyError, match="No space left"):
        kept_key(tmp_path / "secret_key")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_links_will_do(tmp_path, monkeypatch) -> None:
    def cannot(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(secret_key.os, "link", cannot)
    key = kept_key(tmp_path / "secret_key")
    assert kept_key(tmp_path / "secret_key") == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_key_never_replaces_another(tmp_path) -> None:
    put_key(tmp_path / "secret_key", "a" * 64)
    put_key(tmp_path / "secret_key", "b" * 64)
    assert (tmp_path / "secret_key").read_text() == "a" * 64


def test_a_folder_that_cannot_be_written_is_told(tmp_path) -> None:
    with pytest.raises(SecretKeyError, match="cannot be written"):
        kept_key(tmp_path / "nowhere" / "secret_key")
    assert not os.path.lexists(tmp_path / "nowhere")
