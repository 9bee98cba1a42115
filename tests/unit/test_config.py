"""Settings come from the environment alone, and wrong ones are refused by name."""

import stat
import sys
from dataclasses import fields

import pytest

from app.config import Config, ConfigError, make_instance

GOOD = {
    "PORT": ("8123", "port", 8123),
    "HOST": ("0.0.0.0", "host", "0.0.0.0"),
    "DATABASE_URL": ("postgres://me@db/rusoff", "database", "postgresql+psycopg://me@db/rusoff"),
    "RUSOFF_PUBLIC_URL": ("https://rusoff.example.no/", "public_url", "https://rusoff.example.no"),
    "RUSOFF_TRUSTED_PROXIES": ("1", "trusted_proxies", 1),
    "RUSOFF_ENHETSREGISTERET": (" https://data.brreg.no/enhetsregisteret/api/ ", "enhetsregisteret", "https://data.brreg.no/enhetsregisteret/api"),
    "RUSOFF_MAIL_FROM": (" Rådgiver <rusoff@example.no>", "mail_from", "Rådgiver <rusoff@example.no>"),
}
BAD = {
    "PORT": ["", "0", "65536", "80a", "-1", "8 000", "²", "9" * 5000],
    "HOST": [" "],
    "DATABASE_URL": ["", "mysql://x/y", "not an address", "sqlite://", "sqlite:///:memory:"],
    "RUSOFF_PUBLIC_URL": ["rusoff.example.no", "ftp://x", "https://", "https://x/path", "https://x?q"],
    "RUSOFF_ENHETSREGISTERET": [
        "", "data.brreg.no", "http://data.brreg.no", "https://", "https://x:port", "https://x:0", "https://me@x", "https://x?y", "https://x#y", "ftp://127.0.0.1",
        "https://[::1",
    ],
    "RUSOFF_TRUSTED_PROXIES": ["true", "99"],
    "RUSOFF_SHOW_LETTERS": ["", "1", "true"],
    "SECRET_KEY": ["short", ""],
    "RUSOFF_INSTANCE": [""],
    "RUSOFF_SAVES_PER_MINUTE": ["0", "1.5"],
    "RUSOFF_MAIL_FROM": ["", "RusOff", "RusOff <rusoff>", "RusOff <a@b> x", "a@b\nBcc: c@d", "a@b c@d", "Rus\nOff <a@b.no>"],
    "RUSOFF_SMTP": [
        "", "mail.example.no", "http://mail.example.no", "smtp://", "smtp://host:port", "smtp://host:0", "smtp://host:99999", "smtp://host/path",
        "smtp://me@host", "smtp://:word@host", "smtp://me:pass#word@host", "smtp://me:pass/word@host", "smtp://me:pass?word@host", "smtp://[::1",
    ],
}  # fmt: skip


def test_nothing_has_to_be_set() -> None:
    config = Config.from_environment({"PATH": "/bin", "HOME": ""})
    assert (config.host, config.port, config.is_https) == ("127.0.0.1", 8000, False)
    assert config.database.endswith("instance/rusoff.sqlite3")


@pytest.mark.parametrize("name", GOOD)
def test_a_setting_is_read(name: str) -> None:
    given, field, wanted = GOOD[name]
    assert getattr(Config.from_environment({name: given}), field) == wanted


@pytest.mark.parametrize(("name", "given"), [(name, given) for name, all_given in BAD.items() for given in all_given])
def test_a_wrong_value_is_refused_by_name_in_one_sentence(name: str, given: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_environment({name: given})
    assert str(refused.value).startswith(name)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_a_mail_server_needs_a_sender_and_a_public_address() -> None:
    given = {"RUSOFF_SMTP": "smtp://me:Hemmelig%40ord@mail.example.no"}
    with pytest.raises(ConfigError, match="RUSOFF_MAIL_FROM must be set"):
        Config.from_environment(given)
    given["RUSOFF_MAIL_FROM"] = "RusOff <rusoff@example.no>"
    with pytest.raises(ConfigError, match="RUSOFF_PUBLIC_URL must be set"):
        Config.from_environment(given)
    config = Config.from_environment({**given, "RUSOFF_PUBLIC_URL": "https://rusoff.example.no"})
    assert config.smtp == given["RUSOFF_SMTP"]
    assert "Hemmelig" not in repr(config)


@pytest.mark.parametrize("given", ["smtp://me:Hemmelig#1@host", "smtp://me:Hemmelig@host:x", "smtp://Hemmelig:@host", "Hemmelig"])
def test_no_refusal_tells_the_password(given: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_environment({"RUSOFF_SMTP": given})
    assert "Hemmelig" not in str(refused.value)


@pytest.mark.parametrize("given", ["http://127.0.0.1:8080/api", "http://localhost:8080", "http://[::1]:8080"])
def test_a_register_on_this_machine_needs_no_encryption(given) -> None:
    assert Config.from_environment({"RUSOFF_ENHETSREGISTERET": given}).enhetsregisteret == given


@pytest.mark.parametrize(
    ("settings", "is_local"),
    [
        ({}, True), ({"host": "localhost"}, True), ({"host": "::1"}, True), ({"host": "127.0.0.2"}, True), ({"host": "0.0.0.0"}, False),
        ({"host": "rusoff.example.no"}, False), ({"public_url": "http://localhost:8000"}, False), ({"trusted_proxies": 1}, False),
    ],
)  # fmt: skip
def test_what_is_local(settings, is_local) -> None:
    assert Config(**settings).is_local is is_local


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"RUSOFF_PROT is no setting.*PORT"):
        Config.from_environment({"RUSOFF_PROT": "1"})


def test_every_setting_says_what_it_is_for() -> None:
    assert all(f.metadata["says"].endswith(".") for f in fields(Config))
    assert len({f.metadata["name"] for f in fields(Config)}) == len(fields(Config))


def test_the_secret_is_made_once_and_for_the_owner_alone(tmp_path) -> None:
    config = Config(instance=tmp_path / "new" / "instance")
    make_instance(config)
    first = config.secret()
    assert len(first) >= 32
    assert config.secret() == first
    if sys.platform != "win32":
        assert stat.S_IMODE((config.instance / "secret_key").stat().st_mode) == 0o600


def test_an_open_secret_is_closed(tmp_path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("x" * 64)
    path.chmod(0o644)
    assert Config(instance=tmp_path).secret() == "x" * 64
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_spoilt_secret_is_refused(tmp_path) -> None:
    (tmp_path / "secret_key").write_text("abc")
    with pytest.raises(ConfigError, match="too short"):
        Config(instance=tmp_path).secret()


def test_a_secret_given_is_used_and_nothing_is_written(tmp_path) -> None:
    assert Config.from_environment({"SECRET_KEY": "k" * 40, "RUSOFF_INSTANCE": str(tmp_path)}).secret() == "k" * 40
    assert list(tmp_path.iterdir()) == []


def test_an_instance_that_cannot_be_made_is_refused(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="RUSOFF_INSTANCE"):
        make_instance(Config(instance=tmp_path / "file" / "instance"))
