"""Who people are: a person, the browsers where she is signed in, her passkeys, and mails that let her in."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta

from flask_security.core import UserMixin, WebAuthnMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, Moment, db, now
from app.models import HASH_LENGTH, ID_LENGTH, TOUCH_EVERY, hashed, new_id, new_key, one_of, only_read
from app.pack.text import LANGUAGES, Language

EMAIL_LENGTH = 254  # RFC 5321
NAME_LENGTH = 120
SITTING_LASTS = timedelta(days=30)  # since the browser was last used
SIGN_IN_LASTS = timedelta(minutes=15)
CODE_DIGITS = 6
TRIES = 5


def address_of(email: str) -> str:
    """An e-mail address as it is stored and compared: without space around it, in small letters."""
    return email.strip().lower()


class Person(UserMixin, Base):
    """Somebody with an account, known by an e-mail address that she has shown to be hers."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint(one_of("language", LANGUAGES), name="language"),)

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    language: Mapped[Language] = mapped_column(String(2))
    active: Mapped[bool] = mapped_column()
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    fs_webauthn_user_handle: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    webauthn: Mapped[list[Passkey]] = relationship(back_populates="person", passive_deletes=True, cascade="all, delete-orphan")  # type: ignore[assignment]

    sitting_key: str = ""  # of the browser that asks; Flask-Login keeps it in the signed cookie
    password = None  # nobody has one
    roles: tuple[()] = ()  # type: ignore[assignment]  # a role belongs to a workplace: see Member

    @classmethod
    def start(cls, email: str, language: Language, name: str = "") -> Person:
        """A new account, to be added to the session."""
        return cls(
            id=new_id(), email=address_of(email), name=name, language=language, active=True,
            fs_uniquifier=new_key(), fs_webauthn_user_handle=secrets.token_hex(32), created_at=now(),
        )  # fmt: skip

    @classmethod
    def with_email(cls, email: str) -> Person | None:
        """The person with this address."""
        return db.session.scalar(select(cls).where(cls.email == address_of(email)))

    def get_id(self) -> str:
        """What the cookie holds: the key of this browser's sitting, so that one browser can be signed out without the others."""
        return self.sitting_key

    def sit_down(self) -> str:
        """Sign one more browser in; its key."""
        self.sitting_key = new_key()
        at = now()
        db.session.add(Sitting(key_hash=hashed(self.sitting_key), person_id=self.id, began_at=at, used_at=at))
        return self.sitting_key

    def leave_everywhere(self) -> None:
        """End every sitting of this person."""
        db.session.execute(delete(Sitting).where(Sitting.person_id == self.id))

    def called(self) -> str:
        """Her name, or her address as long as she has given none."""
        return self.name or self.email


class Sitting(Base):
    """A browser where a person is signed in. Deleting the row signs it out at once, wherever its cookie is."""

    __tablename__ = "sitting"

    key_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def person_with(cls, key: str) -> Person | None:
        """Whoever sits in the browser with `key`; None when it was signed out, or not used for 30 days."""
        only_read()
        found = select(Person).join(cls).where(cls.key_hash == hashed(key), cls.used_at > now() - SITTING_LASTS, Person.active)
        person = db.session.scalar(found)
        if person:
            person.sitting_key = key
        return person

    @classmethod
    def end(cls, key: str) -> None:
        """Sign the browser with `key` out."""
        db.session.execute(delete(cls).where(cls.key_hash == hashed(key)))

    @classmethod
    def touch(cls, key: str) -> None:
        """The browser was used; written once a day at most."""
        at = now()
        db.session.execute(update(cls).where(cls.key_hash == hashed(key), cls.used_at < at - TOUCH_EVERY).values(used_at=at))

    @classmethod
    def purge(cls, at: datetime) -> None:
        """Delete the sittings that are over, and mails that let nobody in any more."""
        db.session.execute(delete(cls).where(cls.used_at <= at - SITTING_LASTS))
        db.session.execute(delete(SignIn).where(SignIn.expires_at <= at))


class Passkey(WebAuthnMixin, Base):
    """A passkey: the public half of a key that a telephone, a computer or a stick holds. Field names are Flask-Security's."""

    __tablename__ = "passkey"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True, default=new_id)  # type: ignore[assignment]
    user_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column()
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    extensions: Mapped[str | None] = mapped_column(String(255))
    backup_state: Mapped[bool] = mapped_column()
    device_type: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
    create_datetime: Mapped[datetime] = mapped_column(Moment, default=now)
    lastuse_datetime: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship(back_populates="webauthn")


class SignIn(Base):
    """A mail that lets somebody in: by its link, or by its code in the browser that asked for it. Good once, for 15 minutes."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH))
    browser_hash: Mapped[str] = mapped_column(String(HASH_LENGTH), index=True)
    code_hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
    tries: Mapped[int] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)

    @classmethod
    def ask(cls, email: str, browser: str, secret: str) -> tuple[str, str]:
        """Let `email` in from the browser with this key: the token for the link, and the code. Only keyed hashes are stored."""
        token, code = new_key(), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        db.session.execute(delete(cls).where(cls.browser_hash == hashed(browser)))
        asked = cls(
            token_hash=hashed(token),
            email=address_of(email),
            browser_hash=hashed(browser),
            code_hash=_keyed(secret, hashed(token), code),
            tries=0,
            expires_at=now() + SIGN_IN_LASTS,
        )
        db.session.add(asked)
        return token, code

    @classmethod
    def by_link(cls, token: str) -> str | None:
        """Use the link up: the address that it lets in. None when it is unknown, used or late."""
        return db.session.scalar(delete(cls).where(cls.token_hash == hashed(token), cls.expires_at > now()).returning(cls.email))

    @classmethod
    def by_code(cls, code: str, browser: str, secret: str) -> str | None:
        """Use the code up: the address that it lets in. Counts the tries: after five wrong ones the mail lets nobody in."""
        tried = update(cls).where(cls.browser_hash == hashed(browser), cls.expires_at > now(), cls.tries < TRIES)
        row = db.session.execute(tried.values(tries=cls.tries + 1).returning(cls.token_hash, cls.code_hash)).first()
        if row is None or not hmac.compare_digest(row.code_hash, _keyed(secret, row.token_hash, code)):
            return None
        return db.session.scalar(delete(cls).where(cls.token_hash == row.token_hash).returning(cls.email))


def _keyed(secret: str, token_hash: str, code: str) -> str:
    """A code has only a million values: without the app's secret its hash could be tried through."""
    return hmac.new(secret.encode(), f"{token_hash} {code}".encode("utf-8", "replace"), "sha256").hexdigest()
